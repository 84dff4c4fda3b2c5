"""What every command needs: its answer, the workspace it names, the day it is asked for and how far it is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from unnm_desktop import settings
from unnm_desktop.console import access
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language
from unnm_desktop.progress import SILENT, Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.engine import Database
    from unnm_desktop.db.networks import Network

Answer = tuple[dict[str, Any], list[str], str]
"""What a command answers: the machine-readable result, the lines for a reader, and what is bad, where something is."""


def plain(value: Any) -> Any:
    """A value as JSON has it: days as ISO dates, anything else as text."""
    return value.isoformat() if isinstance(value, date) else str(value)


def today(chosen: argparse.Namespace) -> date:
    """The day the command is asked for."""
    return chosen.on or date.today()  # noqa: DTZ011 - the officer's own day is meant


def opened(chosen: argparse.Namespace, language: Language, *, lock: bool) -> Database:
    """The workspace it names, opened.

    Raises:
        UserError: it cannot be opened.

    """
    from unnm_desktop.db.engine import Database  # SQLAlchemy takes half a second; --help does not wait for it

    if lock:
        want_safe(chosen.file)
    key = access.key(chosen, language, chosen.file)
    database = Database(chosen.file, settings.load().officer, lock=lock, key=key)
    if lock and database.remains and not database.read_only and database.handed is None:
        from unnm_desktop.services.handover import erasing  # hardly ever

        with suppress(UserError):  # it waits for a disk that has room
            erasing.clear_remains(database)
    return database


def want_there(file: Path) -> None:
    """Refuse a name that no file has.

    Raises:
        UserError: none has.

    """
    if not file.is_file():
        raise UserError(N_("There is no file {file}. Check its name."), file=file.name)


def want_safe(file: Path) -> None:
    """Refuse to work on a workspace that lies on a stick, a network drive or in a cloud's folder.

    Raises:
        UserError: it does.

    """
    from unnm_desktop.services import whereabouts  # as below

    whereabouts.want_safe(file)


def network(session: Session, chosen: argparse.Namespace) -> Network:
    """The network it names, or the only one.

    Raises:
        UserError: there is none of that name, or several and none is named.

    """
    from unnm_desktop.services import networks  # as above

    return networks.network_of(session, chosen.network)


def clock(session: Session) -> tzinfo | None:
    """The clock of the workspace's first network, by which moments are told; this computer's where there is none."""
    from unnm_desktop.services import networks  # as above

    first = next(iter(networks.all_networks(session)), None)
    return ZoneInfo(first.time_zone) if first is not None else None


def progress() -> Progress:
    """How far the work is, on the terminal of who waits for it."""
    if not sys.stderr.isatty():
        return SILENT

    def show(done: int, total: int, text: str = "") -> None:
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{text} {done}/{total}{end}")
        sys.stderr.flush()

    return show


def want_known(kind: str, known: Sequence[str]) -> None:
    """Refuse a kind that is none of these.

    Raises:
        UserError: it is none of them.

    """
    if kind not in known:
        raise UserError(
            N_("There is no “{kind}” here. Choose one of: {known}."), kind=kind, known=", ".join(sorted(known))
        )


def written(language: Language, *files: Path) -> list[str]:
    """One line for each file that was written."""
    return [language.tr(N_("Written: {file}"), file=str(file)) for file in files]
