"""When a copy of a workspace last left this computer, so that the officer is reminded once a week.

Kept on this computer, beside its other notes: days and the clock of a change, no names. Whoever gets the workspace on
another computer has the stick in hand and begins anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop import paths
from unnm_desktop.services import whereabouts

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database

EVERY = timedelta(days=7)


@dataclass(frozen=True)
class Copied:
    """What is known of a workspace's copies elsewhere; days in ISO form, "" where there is none.

    Args:
        first: when the workspace was first looked at on this computer.
        last: when a copy was last made.
        newest: the newest change that the copy has.
        put_off: when the officer put the reminder off.

    """

    first: str = ""
    last: str = ""
    newest: str = ""
    put_off: str = ""


@dataclass(frozen=True)
class Reminder:
    """How many days ago a copy was last made; None where there never was one."""

    days: int | None


def note(workspace: UUID, path: Path, newest: str, on: date) -> None:
    """A copy with that newest change was written there; it counts where that is not this computer's own disk."""
    if whereabouts.danger_of(path) is not None:
        _write(workspace, replace(_read(workspace), last=on.isoformat(), newest=newest, put_off=""))


def reminder(database: Database, on: date) -> Reminder | None:
    """What is to be said on that day; nothing while the last copy is young, has everything, or it was put off."""
    known = _read(database.id)
    if not known.first:
        known = replace(known, first=on.isoformat())
        _write(database.id, known)
    begins = max(known.last or known.first, known.put_off)
    if on - date.fromisoformat(begins) < EVERY or (known.last and known.newest == database.newest_change()):
        return None
    return Reminder((on - date.fromisoformat(known.last)).days if known.last else None)


def put_off(database: Database, on: date) -> None:
    """Say nothing for a week."""
    _write(database.id, replace(_read(database.id), put_off=on.isoformat()))


def _file(workspace: UUID) -> Path:
    return paths.data_folder() / "outside" / f"{workspace}.json"


def _read(workspace: UUID) -> Copied:
    """What was noted; a note that cannot be read is begun anew."""
    try:
        told = json.loads(_file(workspace).read_text(encoding="utf-8"))
        found = Copied(*(str(told[name]) for name in ("first", "last", "newest", "put_off")))
        for day in (found.first, found.last, found.put_off):
            if day:
                date.fromisoformat(day)
    except (OSError, ValueError, KeyError, TypeError):
        return Copied()
    return found


def _write(workspace: UUID, known: Copied) -> None:
    file = _file(workspace)
    try:
        paths.private_folder(file.parent)
        file.touch(mode=0o600)
        file.write_text(json.dumps(asdict(known)), encoding="utf-8")
    except OSError:
        # A full disk has its own bars; the reminder comes again.
        return
