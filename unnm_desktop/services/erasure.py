"""Erasing a person's data as an officer asks for it: what goes, where else it stays, and what happens to backups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.engine import Database
from unnm_desktop.db.issued import IssuedDocument
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.db.people import Person
from unnm_desktop.db.schema import draft_table
from unnm_desktop.db.text import fold
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import backup, old_copies, records
from unnm_desktop.services.backup import Reason
from unnm_desktop.services.handover import erasing

_SHORTEST = 3
"""Letters of a name that the index knows."""


@dataclass(frozen=True)
class Reach:
    """What an erasure would take, and what it cannot reach."""

    name: str
    joined: int
    """Records of the same person that were joined to this one."""
    doings: int
    """Appointments, invitations and attendance whose notes go."""
    files: int
    views: int
    drafts: int
    mentions: Mapping[str, int]
    """Other records that name the person, by kind: they are texts of the office and stay."""
    issued: int
    """Issued documents of the workspace: their bytes never change."""


@dataclass(frozen=True)
class Erased:
    """What was done."""

    person: UUID
    backups: int
    """Older copies that were taken away."""


def reach(session: Session, person: UUID, language: Language) -> Reach:
    """What erasing this person would take.

    Raises:
        UserError: the data are erased already.

    """
    erasing.refuse_erased(session, person)
    record = records.get(session, Person, person)
    people = erasing.same_people(session, person)
    about = list(erasing.about(session, people))
    kinds = Counter(table for _, table in about)
    keys = [key for key, _ in about]
    drafts = session.scalar(select(func.count()).where(draft_table.c.record_id.in_(keys))) or 0
    return Reach(
        language.pick(record, "name"),
        len(people) - 1,
        sum(kinds[table] for table in erasing.ABOUT),
        kinds["attachment"],
        kinds["saved_view"],
        drafts,
        _mentions(session, people, set(keys)),
        session.scalar(select(func.count()).select_from(IssuedDocument)) or 0,
    )


def _mentions(session: Session, people: list[UUID], erased: set[UUID]) -> Mapping[str, int]:
    """What else names these people, by kind of record."""
    cursor = cursor_of(session)
    found: dict[UUID, str] = {}
    for one in people:
        record = records.get(session, Person, one)
        for name in {fold(record.name_en), fold(record.name_ar)}:
            if len(name) >= _SHORTEST:
                match = 'folded:"' + name.replace('"', '""') + '"'
                lines = cursor.execute(
                    "SELECT record_id, entity FROM search_index WHERE search_index MATCH ?", (match,)
                )
                found |= {UUID(row): table for row, table in lines.fetchall()}
    return Counter(table for key, table in found.items() if key not in erased)


def older_copies(database: Database, folder: Path) -> list[Path]:
    """All copies of the workspace on this computer that hold what is in it now."""
    folders = dict.fromkeys((folder, backup.folder_for(database.id)))
    return [*(one.path for each in folders for one in backup.listed(each)), *old_copies.beside(database.path)]


def carry_out(
    database: Database,
    person: UUID,
    on: date,
    *,
    folder: Path | None,
    drop_older: bool,
    now: datetime,
    progress: Progress = SILENT,
) -> Erased:
    """Erase a person's data; a verified backup is made before, and the older ones go after a new one was read through.

    Args:
        database: the open workspace.
        person: who.
        on: the day from which the person holds nothing any more.
        folder: where the copies of the workspace lie; None where it has none.
        drop_older: take the copies away that still hold the data.
        now: the moment, in UTC.
        progress: hears of the backups; may stop the work before anything is erased.

    Raises:
        UserError: the backup or the erasure could not be made; nothing was erased.
        Remains: the data are erased, but not all that held them is cleared away.
        Cancelled: the officer asked to stop.

    """
    if folder is None:
        erasing.erase(database, person, on)
        return Erased(person, 0)
    # Counted as the officer was told: what is made on the way comes and goes unseen.
    older = len(older_copies(database, folder))
    backup.make(database, folder, Reason.ERASURE, now=now, progress=progress)
    erasing.erase(database, person, on)
    if not drop_older:
        return Erased(person, 0)
    try:
        _drop_older(database, folder, now + timedelta(seconds=1))
    except (OSError, UserError) as error:
        raise erasing.Remains from error
    return Erased(person, older)


def _drop_older(database: Database, folder: Path, now: datetime) -> None:
    made = backup.make(database, folder, Reason.ERASED, now=now)
    old_copies.drop_others(folder, made.path, database)
    usual = backup.folder_for(database.id)
    if usual != folder and usual.is_dir():
        # From before the officer chose another folder.
        old_copies.drop_others(usual, None, database)
    old_copies.drop_beside(old_copies.beside(database.path))
