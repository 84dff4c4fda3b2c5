"""The command line: what scripts and a second officer's checks ask for; without a command it opens the window."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unnm_desktop import access, logs, paths, settings
from unnm_desktop.arguments import COMMANDS, parser
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_, Language, language_for
from unnm_desktop.progress import SILENT, Cancelled, Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.engine import Database
    from unnm_desktop.db.networks import Network
    from unnm_desktop.services.duty_status import DutyStatus

Answer = tuple[dict[str, Any], list[str], str]
"""What a command answers: the machine-readable result, the lines for a reader, and what is bad, where something is."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window.

    Returns:
        0 done; 1 refused or found bad, with one plain sentence on standard error; 2 wrong usage.

    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    asks_for_command = bool(given) and (given[0] in COMMANDS or given[0] in ("-h", "--help", "--version"))
    if not asks_for_command:
        return _window(given)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # Windows consoles would refuse Arabic otherwise
            with suppress(ValueError, OSError):
                reconfigure(encoding="utf-8", errors="replace")
    chosen = parser().parse_args(given)
    preferences = settings.load()
    language = language_for(preferences.language, preferences.digits)
    run: dict[str, Callable[[argparse.Namespace, Language], Answer]] = {
        "demo": _demo,
        "new": _new,
        "add-network": _add_network,
        "check": _check,
        "list": _list,
        "report": _report,
        "import": _import,
        "backup": _backup,
        "restore": _restore,
        "protect": _protect,
        "unprotect": _unprotect,
        "handover": _handover,
    }
    try:
        result, lines, bad = run[chosen.command](chosen, language)
        _say([json.dumps(result, ensure_ascii=False, default=_plain)] if chosen.json else lines)
    except Invalid as error:
        return _refuse("; ".join(language.tr(text) for text in error.problems.values()))
    except UserError as error:
        return _refuse(language.tr(error.message, **error.values))
    except (Cancelled, KeyboardInterrupt):
        return _refuse(language.tr(N_("Stopped. Nothing was changed.")))
    except OSError as error:
        return _refuse(
            language.tr(
                N_("{file} cannot be read or written ({why}). Check the name, the space and your rights."),
                file=Path(str(error.filename or "")).name or "?",
                why=error.strerror or type(error).__name__,
            )
        )
    except Exception as error:  # noqa: BLE001 - the last resort: the officer never sees a traceback
        logs.start().error(logs.where(type(error), error.__traceback__))
        return _refuse(
            language.tr(
                N_("Something went wrong in the program. Nothing was changed. The log {file} says where."),
                file=str(logs.log_file()),
            )
        )
    return _refuse(bad) if bad else 0


def _say(lines: Sequence[str]) -> None:
    try:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
    except OSError as error:
        # Python keeps what it could not write and would complain once more, with status 120, while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # who reads has enough (``… | head``)
            raise


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def _refuse(sentence: str) -> int:
    sys.stderr.write(" ".join(sentence.split()) + "\n")  # one line, whatever lists it holds
    return 1


def _window(given: Sequence[str]) -> int:
    if given and given[0].startswith("-"):
        parser().error(f"unknown option {given[0]}")
    if len(given) > 1:
        parser().error(f"unknown command {given[0]!r}; the commands are {', '.join(COMMANDS)}")
    language = language_for(settings.load().language)
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens):
        # Qt itself would end the process with a core dump.
        return _refuse(language.tr(N_("There is no screen to open the window on. The commands of --help need none.")))
    try:
        from unnm_desktop.app import run  # Qt is imported for the window only
    except ImportError as error:
        return _refuse(
            language.tr(
                N_("The window cannot be opened ({why}). Install what the README names, then try again."),
                why=str(error),
            )
        )
    return run(Path(given[0]) if given else None)


def _today(chosen: argparse.Namespace) -> date:
    return chosen.on or date.today()  # noqa: DTZ011 - the officer's own day is meant


def _open(chosen: argparse.Namespace, language: Language, *, lock: bool) -> Database:
    from unnm_desktop.db.engine import Database  # SQLAlchemy takes half a second; --help does not wait for it

    key = access.key(chosen, language, chosen.file)
    return Database(chosen.file, settings.load().officer, lock=lock, key=key)


def _network(session: Session, chosen: argparse.Namespace) -> Network:
    from unnm_desktop.services import networks  # as above

    return networks.network_of(session, chosen.network)


def _progress() -> Progress:
    if not sys.stderr.isatty():
        return SILENT

    def show(done: int, total: int, text: str = "") -> None:
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{text} {done}/{total}{end}")
        sys.stderr.flush()

    return show


def _new(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop.db.engine import Database, discard
    from unnm_desktop.services import networks, tor_profile

    profile = tor_profile.load(chosen.tor)
    with Database.create(chosen.file, settings.load().officer) as database:
        try:
            with database.write(N_("Set up the network")) as session:
                network = networks.found(session, profile, records_from=_today(chosen), on=_today(chosen))
        except BaseException:
            database.close()
            discard(chosen.file)
            raise
        database.introduce()
    return _made(chosen.file, [network.country], [str(chosen.file)], language)


def _made(path: Path, countries: list[str], written: list[str], language: Language) -> Answer:
    result = {"workspace": str(path), "networks": countries, "written": written}
    return result, [language.tr(N_("Written: {file}"), file=name) for name in written], ""


def _add_network(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop.db.networks import Network
    from unnm_desktop.services import networks, records, tor_profile

    profile = tor_profile.load(chosen.tor)
    with _open(chosen, language, lock=True) as database:
        with database.write(N_("Add a network")) as session:
            networks.found(session, profile, records_from=_today(chosen), on=_today(chosen))
            countries = [network.country for network in records.all_of(session, Network)]
        database.introduce()
    return _made(chosen.file, countries, [str(chosen.file)], language)


def _check(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop.db.trouble import DAMAGED, Damaged
    from unnm_desktop.services import compliance

    on = _today(chosen)
    damaged = language.tr(DAMAGED, file=chosen.file.name)
    networks: list[tuple[str, list[DutyStatus]]] = []
    problems: list[str] = []
    try:
        with _open(chosen, language, lock=False) as database:
            problems = database.check()
            try:
                networks = _judged(database, chosen, on)
            except UserError:
                raise
            except Exception:
                if not problems:
                    raise
    except Damaged:
        problems = problems or [damaged]
    lines = [language.tr(N_("The file is whole.")) if not problems else language.tr(N_("The file is damaged:"))]
    lines += [f"  {problem}" for problem in problems]
    found = []
    for country, duties in networks:
        rows = []
        lines.append(f"{country}, {language.day(on)}")
        for duty in duties:
            says = language.tr(duty.says.text, **duty.says.values)
            rows.append(
                {
                    "duty": duty.duty,
                    "state": duty.state,
                    "due": duty.due.isoformat() if duty.due else None,
                    "clause": duty.clause,
                    "says": says,
                    "evidence": [item.text for item in duty.evidence],
                }
            )
            clause = f" [{duty.clause}]" if duty.clause else ""
            lines.append(f"  {language.tr(compliance.STATES[duty.state])}: {says}{clause}")
        found.append({"country": country, "on": on.isoformat(), "duties": rows})
    result = {"integrity": {"ok": not problems, "problems": problems}, "networks": found}
    return result, lines, damaged if problems else ""


def _judged(database: Database, chosen: argparse.Namespace, on: date) -> list[tuple[str, list[DutyStatus]]]:
    from unnm_desktop.db.networks import Network
    from unnm_desktop.services import compliance, records

    with database.read() as session:
        judged = [_network(session, chosen)] if chosen.network else records.all_of(session, Network)
        return [(network.country, compliance.duties(session, network.id, on)) for network in judged]


def _json_value(value: Any) -> Any:
    """A list's value as JSON has it: days as ISO dates, choices by their value, keys as text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_json_value(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else _plain(value)


def _json_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A list's row as JSON has it; its money as minor units, all of it in the row's currency."""
    from unnm_desktop.services.money import Money  # as above

    made: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Money):
            made[name] = value.part(name)
            made["currency"] = value.currency
        else:
            made[name] = _json_value(value)
    return made


def _known(kind: str, known: Sequence[str]) -> None:
    if kind not in known:
        raise UserError(
            N_("There is no “{kind}” here. Choose one of: {known}."), kind=kind, known=", ".join(sorted(known))
        )


def _list(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop.services import exchange, facets
    from unnm_desktop.services.listing import Context
    from unnm_desktop.services.listings import LISTINGS

    _known(chosen.kind, list(LISTINGS))
    listing = LISTINGS[chosen.kind]
    reader = language_for(chosen.lang, language.digits)
    with _open(chosen, language, lock=False) as database, database.read() as session:
        network = _network(session, chosen)
        context = Context(network.id, reader, _today(chosen))
        narrowed = facets.read(session, listing, chosen.where, context)
        ids = listing.ids(session, context, words=chosen.words, narrowed=narrowed)
        values = listing.values(session, context, ids, exported=True)
        if chosen.output:
            exchange.export_listing(session, listing, context, chosen.output, ids=ids, progress=_progress())
        columns = [column for column in listing.columns if column.listed]
        lines = [" | ".join(reader.tr(column.title) for column in columns)] + [
            " | ".join(column.show(row.get(column.name), context).text for column in columns) for row in values
        ]
        rows = [_json_row(row) for row in values]
    result = {"kind": chosen.kind, "network": network.country, "rows": rows}
    if chosen.output:
        lines = [language.tr(N_("Written: {file}"), file=str(chosen.output))]
        result["path"] = str(chosen.output)
    return result, lines, ""


def _report(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop import reports
    from unnm_desktop.reports import issuing

    _known(chosen.kind, list(reports.REPORTS))
    with _open(chosen, language, lock=chosen.issue) as database:
        with database.read() as session:
            network = _network(session, chosen)
            paper = language_for(chosen.lang, network.paper_digits, paper=network.paper_months)
            request = reports.request_for(
                session,
                chosen.kind,
                network_id=network.id,
                on=_today(chosen),
                language=paper,
                period=chosen.period,
                meeting=chosen.meeting,
                year=chosen.year,
            )
            document = reports.make(session, chosen.kind, request, database.blobs.get)
        if chosen.issue:
            # A workspace that cannot be written says so before the document is.
            with database.write(N_("Issue a document")) as session:
                written = reports.write(document, chosen.output, progress=_progress())
                issuing.issue(session, database.blobs.put, chosen.kind, request, document, chosen.output.read_bytes())
        else:
            written = reports.write(document, chosen.output, progress=_progress())
    result = {"path": str(chosen.output), "pages": written.pages, "sha256": written.sha256}
    return result, [language.tr(N_("Written: {file}"), file=str(chosen.output))], ""


def _import(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop.db.journal import Kind
    from unnm_desktop.services import exchange

    _known(chosen.kind, exchange.KINDS)
    with _open(chosen, language, lock=True) as database:
        with database.read() as session:
            network_id = _network(session, chosen).id
        on, progress = _today(chosen), _progress()
        if chosen.dry_run:
            done = exchange.preview(database, chosen.kind, chosen.sheet, network_id, on=on, progress=progress)
        else:
            with database.write(exchange.LABEL, kind=Kind.IMPORT, network_id=network_id) as session:
                done = exchange.import_sheet(session, chosen.kind, chosen.sheet, network_id, on=on, progress=progress)
        database.introduce()
    problems = [
        {"row": problem.row, "column": problem.column, "says": language.tr(problem.says.text, **problem.says.values)}
        for problem in done.problems
    ]
    result = {"created": done.created, "updated": done.updated, "unchanged": done.unchanged, "problems": problems}
    head = N_("Would create {created}, update {updated}; {unchanged} unchanged.")
    told = head if chosen.dry_run else N_("Created {created}, updated {updated}; {unchanged} unchanged.")
    lines = [language.tr(told, created=done.created, updated=done.updated, unchanged=done.unchanged)]
    lines += [
        language.tr(N_("Row {row}, {column}: {says}"), row=item["row"], column=item["column"] or "–", says=item["says"])
        for item in problems
    ]
    return result, lines, ""


def _demo(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop import demo

    if not 1 <= chosen.years <= 50:
        raise UserError(N_("Give a number of years from 1 to 50."))
    made = demo.make(chosen.folder, on=_today(chosen), years=chosen.years, progress=_progress())
    return _made(made.workspace, list(made.networks), [str(path) for path in made.written], language)


def _backup(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop.services import backup

    now = datetime.now(UTC)
    # Beside an open window, too: a copy is one consistent moment and needs no lock.
    with _open(chosen, language, lock=False) as database:
        if chosen.output:
            chosen.output.mkdir(parents=True, exist_ok=True)
            target = chosen.output / f"{chosen.file.stem}-{now:%Y%m%d-%H%M%S}.unnm"
            made = backup.write_copy(database, target, progress=_progress())
        else:
            folder = backup.folder_for(database.id, settings.load().backup_folder)
            made = backup.make(database, folder, backup.Reason.ASKED, now=now, progress=_progress())
    return _proven(made.path, made.records, language)


def _handover(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop import handover_commands, handover_merging

    if chosen.handover == "code":
        return handover_commands.code(language)
    if chosen.handover == "show":
        return handover_commands.show(chosen, language, _progress())
    if chosen.handover == "merge":
        opened = partial(_open, chosen, language, lock=True)
        return handover_merging.merge(chosen, language, opened, _progress())
    if chosen.handover == "undo":
        with _open(chosen, language, lock=True) as database:
            return handover_merging.undo(language, database)
    # Beside an open window, too: a package is one consistent moment and needs no lock.
    with _open(chosen, language, lock=False) as database:
        return handover_commands.pack(chosen, language, database, _today(chosen), _progress())


def _restore(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop.services import backup

    held = backup.restore(
        chosen.copy,
        chosen.file,
        now=datetime.now(UTC),
        chosen=settings.load().backup_folder,
        access=access.of_restore(chosen, language),
    )
    return _proven(chosen.file, held.records, language)


def _protect(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop.db import turning
    from unnm_desktop.db.engine import Database

    # Looked at first: what is no workspace is refused with the words for that.
    Database(chosen.file, lock=False).close()
    key = turning.protect(chosen.file, access.passphrase(chosen, language, chosen.file))
    written = [str(chosen.file)]
    if chosen.output:
        from unnm_desktop.reports import recovery_sheet

        recovery_sheet.write(key, chosen.file.stem, _today(chosen), language_for(chosen.lang), chosen.output)
        written.append(str(chosen.output))
    key.wipe()
    return _written(chosen.file, written, language)


def _unprotect(chosen: argparse.Namespace, language: Language) -> Answer:
    from unnm_desktop.db import turning

    with _open(chosen, language, lock=True) as database:
        key = database.key
    if key is None:
        raise UserError(N_("{file} is not protected."), file=chosen.file.name)
    turning.unprotect(chosen.file, key)
    key.wipe()
    return _written(chosen.file, [str(chosen.file)], language)


def _written(path: Path, written: list[str], language: Language) -> Answer:
    result = {"workspace": str(path), "protected": paths.is_protected(path), "written": written}
    return result, [language.tr(N_("Written: {file}"), file=name) for name in written], ""


def _proven(path: Path, records: int, language: Language) -> Answer:
    text = language.ntr("{file}: verified, {n} record", "{file}: verified, {n} records", records, file=str(path))
    return {"path": str(path), "verified": True, "records": records}, [text], ""
