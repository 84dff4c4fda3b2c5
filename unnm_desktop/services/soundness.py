"""Whether the open file is whole: read through at once after a sitting that ended badly, else once a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlcipher3

from unnm_desktop import paths
from unnm_desktop.db.engine import Database
from unnm_desktop.services import backup
from unnm_desktop.services.backup import Backup

EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Found:
    """What is wrong (nothing = whole), and the newest copy that was read through."""

    problems: tuple[str, ...]
    newest: Backup | None


def is_due(database: Database, now: datetime) -> bool:
    """Whether it is to be read through now."""
    if database.ended_badly:
        return True
    try:
        return now.timestamp() - _note(database).stat().st_mtime >= EVERY.total_seconds()
    except OSError:
        return True


def look(database: Database, folder: Path) -> Found:
    """Read the file through, on a thread; nothing is ever repaired."""
    try:
        problems = tuple(database.ill_pages())
    except sqlcipher3.DatabaseError as error:
        problems = (str(error),)
    if not database.path.exists():
        # That is told where it matters: at the next step.
        return Found((), None)
    if not problems:
        note = _note(database)
        paths.private_folder(note.parent)
        note.touch(mode=0o600)
    return Found(problems, backup.newest(folder) if problems else None)


def _note(database: Database) -> Path:
    return paths.data_folder() / "read-through" / str(database.id)
