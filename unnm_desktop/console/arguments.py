"""The words of the command line: its commands, their arguments and what a wrong one is told."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from unnm_desktop import __version__


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        sys.stderr.write(f"{self.prog}: {message}\n")
        sys.exit(2)


_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""Of what a day or year may be: beyond it counting months and deadlines leaves the calendar."""


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it like 2026-11-21") from None
    _year(str(day.year))
    return day


def _year(text: str) -> int:
    if not (text.isascii() and len(text) == 4 and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """What understands the arguments; it ends the program with status 2 where they are wrong."""
    whole = _Parser(
        prog="unnm-desktop",
        description="The tool of the secretariat of a UN Network on Migration; without a command it opens the window.",
        epilog="unnm-desktop [FILE] opens the window on FILE, or on the last workspace.",
    )
    whole.add_argument("--version", action="version", version=f"UNNM Desktop {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, text: str, among: Any = commands) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = among.add_parser(name, help=text, description=text)
        made.add_argument("--json", action="store_true", help="machine-readable result on standard output")
        made.add_argument(
            "--workspace-passphrase-file",
            metavar="P",
            type=Path,
            help="where the passphrase of a protected workspace stands (default: UNNM_PASSPHRASE, else the prompt)",
        )
        made.add_argument("--recovery-file", metavar="P", type=Path, help="the recovery code instead of a passphrase")
        made.add_argument("--on", type=_day, default=None, metavar="DATE", help="the day to judge by (default: today)")
        return made

    demo = command("demo", "make DIR/demo.unnm with an illustrative year of both networks, and its documents")
    demo.add_argument("folder", metavar="DIR", type=Path)
    demo.add_argument("--years", type=int, default=1, metavar="N", help="so many years of it")
    for name, text in (
        ("new", "make a workspace from a ToR profile"),
        ("add-network", "add a network to a workspace"),
    ):
        made = command(name, text)
        made.add_argument("file", metavar="FILE", type=Path)
        made.add_argument("--tor", required=True, metavar="NAME|PATH", help="kuwait, bahrain, or a profile file")
    check = command("check", "the integrity of the file, then each duty of the ToR")
    check.add_argument("file", metavar="FILE", type=Path)
    check.add_argument("--network", metavar="C", help="country code, for example BHR")
    lists = command("list", "any list of the window")
    lists.add_argument("kind", metavar="KIND")
    lists.add_argument("file", metavar="FILE", type=Path)
    lists.add_argument("--network", metavar="C")
    lists.add_argument("-o", "--output", metavar="OUT", type=Path, help=".xlsx or .csv")
    lists.add_argument("--words", metavar="W", default="", help="only what holds these words")
    lists.add_argument(
        "--where",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="organisation=ILO, period=2026-06, state=open",
    )
    lists.add_argument("--lang", choices=("en", "ar"), default="en")
    report = command("report", "a document as PDF or text")
    report.add_argument("kind", metavar="KIND")
    report.add_argument("file", metavar="FILE", type=Path)
    report.add_argument("-o", "--output", metavar="OUT", type=Path, required=True)
    report.add_argument("--network", metavar="C")
    report.add_argument("--period", metavar="P", default="", help="2026-H1, 2026-Q2 or 2026")
    report.add_argument("--meeting", metavar="REF", default="")
    report.add_argument("--year", type=_year, metavar="Y")
    report.add_argument("--lang", choices=("en", "ar"), default="en")
    report.add_argument("--issue", action="store_true", help="keep the document as issued")
    imports = command("import", "people, organisations, workplan or actions from a spreadsheet")
    imports.add_argument("kind", metavar="KIND")
    imports.add_argument("sheet", metavar="SHEET", type=Path)
    imports.add_argument("file", metavar="FILE", type=Path)
    imports.add_argument("--network", metavar="C")
    imports.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    copy = command("backup", "a verified copy of a workspace")
    copy.add_argument("file", metavar="FILE", type=Path)
    copy.add_argument("-o", "--output", metavar="DIR", type=Path, help="a folder or stick (default: with the others)")
    protect = command("protect", "write a plain workspace anew with a passphrase")
    protect.add_argument("file", metavar="FILE", type=Path)
    protect.add_argument("-o", "--output", metavar="OUT", type=Path, help="the recovery sheet as PDF")
    protect.add_argument("--lang", choices=("en", "ar"), default="en")
    unprotect = command("unprotect", "write a protected workspace anew as a plain file")
    unprotect.add_argument("file", metavar="FILE", type=Path)
    fresh = command("new-key", "write a protected workspace anew with another key; every sheet made before ends")
    fresh.add_argument("file", metavar="FILE", type=Path)
    fresh.add_argument("-o", "--output", metavar="OUT", type=Path, help="the new recovery sheet as PDF")
    fresh.add_argument("--lang", choices=("en", "ar"), default="en")
    fresh.add_argument(
        "--new-passphrase-file", metavar="P", type=Path, required=True, help="where the only passphrase stands"
    )
    for one in (protect, fresh):
        one.add_argument(
            "--replace-backups",
            action="store_true",
            help="make three new backups, then take away those that open without the new key",
        )
    back = command("restore", "put a copy in the place of a workspace, which is backed up before")
    back.add_argument("copy", metavar="COPY", type=Path)
    back.add_argument("file", metavar="FILE", type=Path)
    back.add_argument(
        "--copy-passphrase-file",
        metavar="P",
        type=Path,
        help="where the passphrase of COPY stands, if it is another than that of FILE",
    )
    packages = commands.add_parser("handover", help="packages for a successor or colleague")
    of_packages = packages.add_subparsers(dest="handover", required=True, metavar="COMMAND", parser_class=_Parser)
    _packing(command("pack", "write a package into a folder or onto a stick", of_packages))
    show = command("show", "what a package holds, who made it, whether it is whole", of_packages)
    show.add_argument("package", metavar="PACKAGE", type=Path)
    show.add_argument("--passphrase-file", metavar="F", type=Path, help="where its passphrase stands (default: asked)")
    _merging(command("merge", "take a package into a workspace, or make one from it", of_packages))
    undo = command("undo", "take the last merge back; work done since stays", of_packages)
    undo.add_argument("file", metavar="FILE", type=Path)
    told = command("report", "the report of the newest merge as PDF or text", of_packages)
    told.add_argument("file", metavar="FILE", type=Path)
    told.add_argument("-o", "--output", metavar="OUT", type=Path, required=True)
    told.add_argument("--lang", choices=("en", "ar"), default="en")
    back_again = command("take-back", "work again in a workspace that was handed over", of_packages)
    back_again.add_argument("file", metavar="FILE", type=Path)
    back_again.add_argument("--reason", metavar="R", required=True, help="why; it stands in the journal and travels")
    command("code", "this computer's code, for those who make packages for it", of_packages)
    return whole


def _packing(pack: argparse.ArgumentParser) -> None:
    pack.add_argument("file", metavar="FILE", type=Path)
    pack.add_argument("-o", "--output", metavar="DIR", type=Path, required=True, help="the stick or folder")
    pack.add_argument(
        "--passphrase-file",
        metavar="F",
        type=Path,
        help="where its passphrase stands; without it and --to six words are made and shown once",
    )
    pack.add_argument("--to", metavar="CODE", action="append", default=[], help="an office's code, age1…; repeatable")
    pack.add_argument("--network", metavar="C", action="append", default=[], help="only this one; repeatable")
    pack.add_argument("--without-files", action="store_true", help="leave attachments and issued documents out")
    pack.add_argument(
        "--office", metavar="NAME", default="", help="hand the office over to NAME: FILE can then only be read"
    )
    pack.add_argument("--lang", choices=("en", "ar"), default="", help="of the state of play (default: both)")


def _merging(merge: argparse.ArgumentParser) -> None:
    merge.add_argument("package", metavar="PACKAGE", type=Path)
    merge.add_argument("file", metavar="FILE", type=Path, help="a file that does not exist is made from the package")
    merge.add_argument("--passphrase-file", metavar="F", type=Path, help="where its passphrase stands (default: asked)")
    merge.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    merge.add_argument("--other-workspace", action="store_true", help="also from a workspace that is no copy of it")
    merge.add_argument("--resolve", choices=("mine", "theirs"), help="decide every conflict so (default: left open)")
