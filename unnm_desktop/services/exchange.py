"""Spreadsheets in and out: the door to reading them into a workspace and to writing lists as .xlsx or .csv."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import headings, records
from unnm_desktop.services.import_actions import import_actions
from unnm_desktop.services.import_organisations import import_organisations
from unnm_desktop.services.import_people import import_people
from unnm_desktop.services.import_workplan import import_workplan
from unnm_desktop.services.sheet_entries import Entries, ImportResult, Problem
from unnm_desktop.services.sheet_rows import KINDS, Scope
from unnm_desktop.services.sheet_writing import export_listing
from unnm_desktop.services.sheets import read_table

# One door for callers.
__all__ = ["KINDS", "LABEL", "ImportResult", "Problem", "export_listing", "import_sheet", "preview"]

LABEL = N_("Import a spreadsheet")
"""What the step of an import is called."""
_IMPORTS: Mapping[str, Callable[[Session, Entries, Scope, Progress], ImportResult]] = {
    "actions": import_actions,
    "organisations": import_organisations,
    "people": import_people,
    "workplan": import_workplan,
}


def import_sheet(
    session: Session, kind: str, path: Path, network_id: UUID, *, on: date, progress: Progress = SILENT
) -> ImportResult:
    """Take the rows of a spreadsheet in: what is good is created or updated, what is not is told and left out.

    Raises:
        UserError: the file is no spreadsheet of that kind, or the kind is unknown.
        Cancelled: the officer asked to stop; the step is not finished.

    """
    take = _IMPORTS.get(kind)
    if take is None:
        raise UserError(
            N_("“{kind}” cannot be imported. Choose one of: {kinds}."), kind=kind[:40], kinds=", ".join(KINDS)
        )
    table = read_table(path, lambda found: headings.recognise(kind, found), progress)
    scope = Scope(records.get(session, Network, network_id), on)
    return take(session, Entries(kind, table), scope, progress)


class _Rehearsed(Exception):
    def __init__(self, result: ImportResult) -> None:
        super().__init__()
        self.result = result


def preview(
    database: Database, kind: str, path: Path, network_id: UUID, *, on: date, progress: Progress = SILENT
) -> ImportResult:
    """What an import would do: it is done in a step that is then taken back, so that it tells exactly that.

    Raises:
        UserError: the file is no spreadsheet of that kind, or the kind is unknown.

    """
    try:
        with database.write(LABEL) as session:
            # The commit itself never runs: the exception leaves the step before it.
            _end_rehearsal(import_sheet(session, kind, path, network_id, on=on, progress=progress))
    except _Rehearsed as rehearsed:
        return rehearsed.result


def _end_rehearsal(result: ImportResult) -> NoReturn:
    raise _Rehearsed(result)
