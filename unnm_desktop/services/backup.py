"""Backups: copies of a workspace that are proven right after they are made, and thinned out with time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from threading import Lock
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop import paths
from unnm_desktop.cause import Cause
from unnm_desktop.db import ENTITIES, copies, disk, journal_order, keys
from unnm_desktop.db.blobs import Blobs, LoneBlobs, files_path
from unnm_desktop.db.engine import Database
from unnm_desktop.db.hybrid_clock import FAR
from unnm_desktop.db.keys import Key
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import outside
from unnm_desktop.services.backup_rotation import LEAST, Room, kept, room_for

_ROOM = 16 << 20
FILES = "files"
STAMP = "%Y%m%dT%H%M%S%fZ"
_TURN = Lock()


class Reason(StrEnum):
    """Why a copy was made."""

    TIMED = "timed"
    CLOSING = "closing"
    ASKED = "asked"
    MERGE = "merge"
    UNDO = "undo"
    MIGRATION = "migration"
    RESTORE = "restore"
    ERASURE = "erasure"
    ERASED = "erased"
    KEY = "key"

    @property
    def label(self) -> str:
        """The reason in words (a msgid)."""
        return _LABELS[self]


_LABELS = {
    Reason.TIMED: N_("While working"),
    Reason.CLOSING: N_("On closing"),
    Reason.ASKED: N_("By hand"),
    Reason.MERGE: N_("Before a merge"),
    Reason.UNDO: N_("Before a merge was undone"),
    Reason.MIGRATION: N_("Before an update of the program"),
    Reason.RESTORE: N_("Before a restore"),
    Reason.ERASURE: N_("Before an erasure"),
    Reason.ERASED: N_("After an erasure"),
    Reason.KEY: N_("With the new key"),
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
    number: int = 0
    """Its place among the copies, which no clock decides; 0 for those made before they were counted."""

    def whole(self) -> bool:
        """Whether the file still has the very bytes that were verified."""
        try:
            return disk.digest(self.path) == self.sha256
        except OSError:
            return False


def root_folder(chosen: str = "") -> Path:
    """Where the copies of all workspaces lie: in the folder the officer chose, else in this computer's own data."""
    return Path(chosen) if chosen else paths.data_folder() / "backups"


def folder_for(workspace: UUID, chosen: str = "") -> Path:
    """Where the copies of a workspace lie."""
    return root_folder(chosen) / str(workspace)


def make(
    database: Database,
    folder: Path,
    reason: Reason,
    *,
    now: datetime,
    progress: Progress = SILENT,
    wanted: Path | None = None,
) -> Backup:
    """Copy the workspace as it is now, open the copy and read it through; older copies are thinned out.

    Args:
        database: the open workspace.
        folder: where the copies of this workspace lie; made when missing.
        reason: why.
        now: the moment, in UTC.
        progress: hears of four steps; may stop the work, which leaves nothing half made.
        wanted: a copy that stays whatever its age, because it is needed next.

    Raises:
        UserError: there is no room, the folder cannot be written, or the copy did not prove whole.

    """
    with _alone(progress):
        return _make(database, folder, reason, now, progress, wanted)


@contextmanager
def _alone(progress: Progress) -> Iterator[None]:
    """One after the other: each clears away what one that was broken off has left."""
    progress(0, 4, N_("Making a backup"))
    while not _TURN.acquire(timeout=0.05):
        progress(0, 4, N_("Making a backup"))
    try:
        yield
    finally:
        _TURN.release()


def _make(
    database: Database, folder: Path, reason: Reason, now: datetime, progress: Progress, wanted: Path | None
) -> Backup:
    part = folder / f"{now:{STAMP}}.part"
    try:
        paths.private_folder(folder)
        for left in folder.glob("*.part"):
            left.unlink()
        _make_room(database.path, folder, now, wanted)
        # Noted before: a step that comes while the copy is made may be in it, and calls for another one all the same.
        newest = database.newest_change()
        copies.copy_database(database, part)
        progress(1, 4, N_("Making a backup"))
        held = copies.contents(part, database.key)
        progress(2, 4, N_("Making a backup"))
        Blobs(store_of(folder, database.key), database.key).take_missing(database.blobs)
        progress(3, 4, N_("Making a backup"))
        path = folder / f"{now:{STAMP}}-{reason.value}.unnm"
        made = Backup(
            path,
            now,
            reason,
            held.records,
            part.stat().st_size,
            disk.digest(part),
            newest,
            1 + max((one.number for one in listed(folder)), default=0),
        )
        # The last moment to stop: who stops is told that there is no backup.
        progress(4, 4, N_("Making a backup"))
        if database.key is not None:
            keys.carry(database.path, path)
        _note(made)
        part.replace(path)
        disk.sync_folder(folder)
    except OSError as error:
        raise UserError(
            N_(
                "The backup could not be written to {folder} ({why})."
                " Make room there, or choose another folder under Preferences."
            ),
            folder=isolate(paths.as_read(folder.parent)),
            why=Cause(error),
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _thin(folder, now, wanted)
    outside.note(database.id, path, newest, now.astimezone().date())
    return made


def write_copy(database: Database, target: Path, *, progress: Progress = SILENT) -> Backup:
    """A copy by itself, with its files beside it, verified: for a stick or another folder.

    Raises:
        UserError: there is no room, the place cannot be written, or the copy did not prove whole.

    """
    now, newest = datetime.now(UTC), database.newest_change()
    part = target.with_name(f"{target.name}.part")
    progress(0, 2, N_("Making a backup"))
    try:
        part.unlink(missing_ok=True)
        _want_room(database.path, target.parent)
        copies.copy_database(database, part)
        held = copies.contents(part, database.key)
        # The last moment to stop: from here on files stand at the target.
        progress(1, 2, N_("Making a backup"))
        if database.key is not None:
            keys.carry(database.path, target)
        if database.blobs.path.exists():
            LoneBlobs(files_path(target), database.key).take_missing(database.blobs)
        made = Backup(target, now, Reason.ASKED, held.records, part.stat().st_size, disk.digest(part))
        part.replace(target)
        disk.sync_folder(target.parent)
    except OSError as error:
        raise no_copy(target.parent, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    outside.note(database.id, target, newest, now.astimezone().date())
    return made


def no_copy(folder: Path, error: OSError) -> UserError:
    """Why no copy could be written there: told of the folder that was chosen, whatever was being written in it."""
    return UserError(
        N_("The copy could not be written to {folder} ({why}). Choose another folder or stick."),
        folder=str(folder),
        why=Cause(error),
    )


def listed(folder: Path) -> list[Backup]:
    """The copies in a folder, the newest first whatever the clock said, as they were noted when they were verified."""
    found = [one for note in folder.glob("*.json") if (one := _read(note)) is not None and one.path.exists()]
    return sorted(found, key=lambda one: (one.number, one.at), reverse=True)


def doubtful(found: Sequence[Backup], now: datetime) -> set[Path]:
    """Those of these copies, the newest first, that were made by a clock that was wrong."""
    return {one.path for one, at in _in_order(found, now) if abs(one.at - at) > FAR}


def _in_order(found: Sequence[Backup], now: datetime) -> list[tuple[Backup, datetime]]:
    """The copies with the moments at which they can have been made."""
    moments = journal_order.in_order([one.at for one in reversed(found)], now)
    return list(zip(found, reversed(moments), strict=True))


def newest(folder: Path) -> Backup | None:
    """The newest copy that still has the bytes that were verified."""
    return next((one for one in listed(folder) if one.whole()), None)


def is_needed(database: Database, last: Backup | None) -> bool:
    """Whether the workspace has changed since that copy was made."""
    return last is None or database.newest_change() != last.newest


def parts(store: Path) -> tuple[Path, ...]:
    """A store of files and what SQLite keeps beside it."""
    return tuple(store.with_name(store.name + suffix) for suffix in ("-wal", "-shm", ""))


def store_of(folder: Path, key: Key | None) -> Path:
    """Where the bytes of the copies in a folder lie: those of each key, and the plain ones, by themselves."""
    return folder / (FILES if key is None else f"{FILES}-{key.id}")


def counts(session: Session, kinds: Iterable[str]) -> dict[str, int]:
    """How many records of these tables are in sight now, to be shown beside what a copy holds."""
    found = {}
    for name in kinds:
        entity = ENTITIES[name]
        found[name] = session.scalar(select(func.count()).select_from(entity).where(entity.removed_at.is_(None))) or 0
    return found


def room(folder: Path) -> Room | None:
    """How much of the disk the copies in a folder take; None where there are none."""
    known = listed(folder)
    if not known:
        return None
    return room_for((one.size for one in known), known[0].size, shutil.disk_usage(folder).free)


def _thin(folder: Path, now: datetime, wanted: Path | None = None) -> None:
    """Take away the copies that have had their time; where they fill the disk, the oldest too."""
    known = listed(folder)
    # One that was damaged since it was made is no copy to count on.
    staying = list(islice((one for one in known if one.whole()), LEAST))
    staying += [one for one in known if wanted is not None and one.path.samefile(wanted)]
    made_at = _in_order(known, now)
    moments = kept({at for _, at in made_at}, now)
    left = [one for one, at in made_at if at in moments or one in staying]
    for one in known:
        if one not in left:
            drop(one)
    if not left:
        return
    most = room_for((one.size for one in left), 0, shutil.disk_usage(folder).free).most
    spare = [one for one in left if one not in staying]
    while spare and sum(one.size for one in left) > most:
        gone = spare.pop()
        left.remove(gone)
        drop(gone)


def drop(one: Backup) -> None:
    """Take a copy away with its note and its key file."""
    one.path.unlink(missing_ok=True)
    one.path.with_suffix(".json").unlink(missing_ok=True)
    keys.remove(one.path)


def _make_room(workspace: Path, folder: Path, now: datetime, wanted: Path | None) -> None:
    """Where the disk has filled up since, older copies make way for a new one rather than keep it away."""
    try:
        _want_room(workspace, folder)
    except UserError:
        _thin(folder, now, wanted)
        _want_room(workspace, folder)


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
    """Keep what was verified beside the copy; no names and no texts of the workspace stand in it.

    Without it the copy is not offered, so it is on the disk before the copy takes its name.
    """
    note = made.path.with_suffix(".json")
    told = {
        "at": made.at.isoformat(),
        "reason": made.reason.value,
        "records": made.records,
        "size": made.size,
        "sha256": made.sha256,
        "newest": made.newest,
        "number": made.number,
    }
    note.touch(mode=0o600)
    note.write_text(json.dumps(told), encoding="utf-8")
    disk.sync(note)


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
            int(told.get("number", 0)),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
