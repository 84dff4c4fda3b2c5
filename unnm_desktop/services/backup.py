"""Backups: copies of a workspace that are proven right after they are made, thinned out with time, and brought back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop import paths
from unnm_desktop.db import ENTITIES, copies
from unnm_desktop.db.blobs import Blobs, files_path
from unnm_desktop.db.engine import Database
from unnm_desktop.db.trouble import Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress

ALL_FOR = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9
LEAST = 3
"""Never fewer good copies than this, however old."""
SHARE = 0.2
"""Of the room on the disk that copies may take together."""
_ROOM = 16 << 20
_FILES = "files"
_STAMP = "%Y%m%dT%H%M%S%fZ"


class Reason(StrEnum):
    """Why a copy was made."""

    TIMED = "timed"
    CLOSING = "closing"
    ASKED = "asked"
    MERGE = "merge"
    MIGRATION = "migration"
    RESTORE = "restore"
    ERASURE = "erasure"

    @property
    def label(self) -> str:
        """The reason in words (a msgid)."""
        return _LABELS[self]


_LABELS = {
    Reason.TIMED: N_("While working"),
    Reason.CLOSING: N_("On closing"),
    Reason.ASKED: N_("By hand"),
    Reason.MERGE: N_("Before a merge"),
    Reason.MIGRATION: N_("Before an update of the program"),
    Reason.RESTORE: N_("Before a restore"),
    Reason.ERASURE: N_("Before an erasure"),
}


@dataclass(frozen=True)
class Backup:
    """One verified copy: when (UTC) and why it was made, how many records it holds, its size in bytes."""

    path: Path
    at: datetime
    reason: Reason
    records: int
    size: int
    sha256: str
    newest: str = ""

    def whole(self) -> bool:
        """Whether the file still has the very bytes that were verified."""
        try:
            return copies.digest(self.path) == self.sha256
        except OSError:
            return False


def folder_for(workspace: UUID, chosen: str = "") -> Path:
    """Where the copies of a workspace lie: in the folder the officer chose, else in this computer's own data."""
    root = Path(chosen) if chosen else paths.data_folder() / "backups"
    return root / str(workspace)


def make(database: Database, folder: Path, reason: Reason, *, now: datetime, progress: Progress = SILENT) -> Backup:
    """Copy the workspace as it is now, open the copy and read it through; older copies are thinned out.

    Args:
        database: the open workspace.
        folder: where the copies of this workspace lie; made when missing.
        reason: why.
        now: the moment, in UTC.
        progress: hears of four steps; may stop the work, which leaves nothing half made.

    Raises:
        UserError: there is no room, the folder cannot be written, or the copy did not prove whole.

    """
    progress(0, 4, N_("Making a backup"))
    part = folder / f"{now:{_STAMP}}.part"
    try:
        paths.private_folder(folder)
        for left in folder.glob("*.part"):
            left.unlink()
        _want_room(database.path, folder)
        copies.copy_database(database, part)
        progress(1, 4, N_("Making a backup"))
        held = copies.contents(part)
        progress(2, 4, N_("Making a backup"))
        Blobs(folder / _FILES).take_missing(database.blobs)
        progress(3, 4, N_("Making a backup"))
        path = folder / f"{now:{_STAMP}}-{reason.value}.unnm"
        made = Backup(
            path, now, reason, held.records, part.stat().st_size, copies.digest(part), copies.newest_change(part)[0]
        )
        _note(made)
        part.replace(path)
        copies.sync_folder(folder)
    except OSError as error:
        raise UserError(
            N_("The backup could not be written to {folder} ({why}). Choose another folder under Preferences."),
            folder=str(folder),
            why=error.strerror or type(error).__name__,
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _thin(folder, now)
    progress(4, 4, N_("Making a backup"))
    return made


def write_copy(database: Database, target: Path, *, progress: Progress = SILENT) -> Backup:
    """A copy by itself, with its files beside it, verified: for a stick or another folder.

    Raises:
        UserError: there is no room, the place cannot be written, or the copy did not prove whole.

    """
    now = datetime.now(UTC)
    part = target.with_name(f"{target.name}.part")
    progress(0, 2, N_("Making a backup"))
    try:
        part.unlink(missing_ok=True)
        _want_room(database.path, target.parent)
        copies.copy_database(database, part)
        held = copies.contents(part)
        progress(1, 2, N_("Making a backup"))
        if database.blobs.path.exists():
            Blobs(files_path(target)).take_missing(database.blobs)
        made = Backup(target, now, Reason.ASKED, held.records, part.stat().st_size, copies.digest(part))
        part.replace(target)
        copies.sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    progress(2, 2, N_("Making a backup"))
    return made


def listed(folder: Path) -> list[Backup]:
    """The copies in a folder, the newest first, as they were noted when they were verified."""
    found = [one for note in folder.glob("*.json") if (one := _read(note)) is not None and one.path.exists()]
    return sorted(found, key=lambda one: one.at, reverse=True)


def newest(folder: Path) -> Backup | None:
    """The newest copy."""
    return next(iter(listed(folder)), None)


def is_needed(database: Database, last: Backup | None) -> bool:
    """Whether the workspace has changed since that copy was made."""
    return last is None or database.newest_change() != last.newest


def restore(copy: Path, workspace: Path, *, now: datetime, chosen: str = "") -> copies.Contents:
    """Put a copy in the workspace's place. What stands there now is backed up before; the workspace must be closed.

    A workspace that is too damaged for a backup is set aside under another name instead: nothing is thrown away.

    Args:
        copy: a backup or any copy of a workspace.
        workspace: the file to be replaced; made when missing.
        now: the moment, in UTC.
        chosen: the folder that the officer chose for backups.

    Raises:
        UserError: the copy is damaged, no workspace, of a newer program, or the workspace is open elsewhere.

    """
    held = copies.contents(copy)
    try:
        if workspace.exists():
            _keep_present(workspace, now, chosen)
        # A backup's files lie beside it, shared by all copies of the workspace; a copy by itself has its own.
        shared = (copy.parent / _FILES, folder_for(held.workspace, chosen) / _FILES)
        copies.put_in_place(copy, (files_path(copy), *shared), workspace)
    except OSError as error:
        raise UserError(
            N_("{file} could not be restored ({why}). It is as it was. Make room, then try again."),
            file=workspace.name,
            why=error.strerror or type(error).__name__,
        ) from error
    return held


def _keep_present(workspace: Path, now: datetime, chosen: str) -> None:
    try:
        with Database(workspace) as present:
            make(present, folder_for(present.id, chosen), Reason.RESTORE, now=now)
    except Damaged:
        shutil.copy2(workspace, workspace.with_name(f"{workspace.name}-damaged-{now:{_STAMP}}"))


def counts(session: Session, kinds: Iterable[str]) -> dict[str, int]:
    """How many records of these tables are in sight now, to be shown beside what a copy holds."""
    found = {}
    for name in kinds:
        entity = ENTITIES[name]
        found[name] = session.scalar(select(func.count()).select_from(entity).where(entity.removed_at.is_(None))) or 0
    return found


def kept(moments: Collection[datetime], now: datetime) -> set[datetime]:
    """Which copies stay: all of two days, then the last of each of 12 days, 10 weeks and 9 months; at least three."""
    newest_first = sorted(moments, reverse=True)
    stays = {at for at in newest_first if now - at <= ALL_FOR}
    stays.update(newest_first[:LEAST])
    rest = [at for at in newest_first if now - at > ALL_FOR]
    # What falls out of the days is looked at by weeks, and what falls out of the weeks by months.
    for label, most in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        found: dict[object, datetime] = {}
        for at in rest:
            if label(at) not in found and len(found) == most:
                break
            found.setdefault(label(at), at)
        stays.update(found.values())
        oldest = min(found.values(), default=now)
        rest = [at for at in rest if at < oldest]
    return stays


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def _month(at: datetime) -> object:
    return at.year, at.month


def _thin(folder: Path, now: datetime) -> None:
    """Take away the copies that have had their time; where they fill the disk, the oldest too."""
    known = listed(folder)
    stays = kept({one.at for one in known}, now)
    for one in known:
        if one.at not in stays:
            _drop(one)
    left = [one for one in known if one.at in stays]
    room = SHARE * (shutil.disk_usage(folder).free + sum(one.size for one in left))
    while len(left) > LEAST and sum(one.size for one in left) > room:
        _drop(left.pop())


def _drop(one: Backup) -> None:
    one.path.unlink(missing_ok=True)
    one.path.with_suffix(".json").unlink(missing_ok=True)


def _want_room(workspace: Path, folder: Path) -> None:
    files = files_path(workspace)
    size = workspace.stat().st_size + (files.stat().st_size if files.exists() else 0)
    free = shutil.disk_usage(folder).free
    if free < size + _ROOM:
        raise UserError(
            N_("There is no room for a backup: {wanted} MB are needed, {free} MB are free. Make room, then try again."),
            wanted=(size + _ROOM) >> 20,
            free=free >> 20,
        )


def _note(made: Backup) -> None:
    """Keep what was verified beside the copy; no names and no texts of the workspace stand in it."""
    note = made.path.with_suffix(".json")
    told = {
        "at": made.at.isoformat(),
        "reason": made.reason.value,
        "records": made.records,
        "size": made.size,
        "sha256": made.sha256,
        "newest": made.newest,
    }
    note.touch(mode=0o600)
    note.write_text(json.dumps(told), encoding="utf-8")


def _read(note: Path) -> Backup | None:
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        return Backup(
            note.with_suffix(".unnm"),
            datetime.fromisoformat(told["at"]),
            Reason(told["reason"]),
            int(told["records"]),
            int(told["size"]),
            str(told["sha256"]),
            str(told["newest"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
