"""Backups: copies of a workspace that are proven right after they are made, thinned out with time, and brought back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from unnm_desktop.db import ENTITIES, copies, disk, journal_order, keys
from unnm_desktop.db.blobs import Blobs, LoneBlobs, files_path
from unnm_desktop.db.engine import Database
from unnm_desktop.db.hybrid_clock import FAR
from unnm_desktop.db.keys import Key, KeyFile, Locked
from unnm_desktop.db.sealing import read_header
from unnm_desktop.db.trouble import Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import outside
from unnm_desktop.services.backup_rotation import LEAST, Room, kept, room_for

Erased = Mapping[UUID, str]
"""Who was erased for good, and by which officer."""
_ROOM = 16 << 20
FILES = "files"
_STAMP = "%Y%m%dT%H%M%S%fZ"
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


@dataclass(frozen=True)
class Access:
    """What opens a protected copy, what opens the workspace in whose place it comes, and new slots for the result.

    ``slots`` is for a copy that is opened with the recovery sheet and has no key file.
    """

    key: Key | None = None
    own: Key | None = None
    slots: KeyFile | None = None


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
    part = folder / f"{now:{_STAMP}}.part"
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
        path = folder / f"{now:{_STAMP}}-{reason.value}.unnm"
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
        if database.key is not None:
            keys.carry(database.path, path)
        _note(made)
        part.replace(path)
        disk.sync_folder(folder)
    except OSError as error:
        raise UserError(
            N_("The backup could not be written to {folder} ({why}). Choose another folder under Preferences."),
            folder=str(folder),
            why=error.strerror or type(error).__name__,
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _thin(folder, now, wanted)
    outside.note(database.id, path, newest, now.astimezone().date())
    progress(4, 4, N_("Making a backup"))
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
        if database.key is not None:
            keys.carry(database.path, target)
        progress(1, 2, N_("Making a backup"))
        if database.blobs.path.exists():
            LoneBlobs(files_path(target), database.key).take_missing(database.blobs)
        made = Backup(target, now, Reason.ASKED, held.records, part.stat().st_size, disk.digest(part))
        part.replace(target)
        disk.sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    outside.note(database.id, target, newest, now.astimezone().date())
    progress(2, 2, N_("Making a backup"))
    return made


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


def restore(
    copy: Path, workspace: Path, *, now: datetime, chosen: str = "", access: Access | None = None
) -> copies.Contents:
    """Put a copy in the workspace's place. What stands there now is backed up before; the workspace must be closed.

    A workspace that is too damaged for a backup, or whose key is not known, is set aside under another name instead:
    nothing is thrown away. A protected workspace stays protected with its own passphrases, whatever the copy is.
    Whoever was erased since the copy was made is erased from it, too.

    Args:
        copy: a backup or any copy of a workspace.
        workspace: the file to be replaced; made when missing.
        now: the moment, in UTC.
        chosen: the folder that the officer chose for backups.
        access: what opens a protected copy, and a protected workspace.

    Raises:
        Locked: the copy is protected and there is no key.
        UserError: the copy is damaged, no workspace, of a newer program, or the workspace is open elsewhere or handed
            over.

    """
    given = access or Access()
    held = copies.contents(copy, given.key)
    own = _key_of(workspace, (given.own, given.key))
    erased: Erased = {}
    try:
        if workspace.exists():
            erased = _keep_present(workspace, now, chosen, own, copy)
        # A backup's files lie beside it, shared by all copies of the workspace; a copy by itself has its own.
        folders = (copy.parent, folder_for(held.workspace, chosen))
        shared = [store_of(folder, key) for folder in folders for key in {given.key, None}]
        copies.put_in_place(copy, (files_path(copy), *shared), workspace, given.key, own, given.slots)
    except OSError as error:
        raise UserError(
            N_("{file} could not be restored ({why}). It is as it was. Make room, then try again."),
            file=workspace.name,
            why=error.strerror or type(error).__name__,
        ) from error
    if erased:
        _erase_again(workspace, _key_of(workspace, (own, given.key)), erased, now)
    return held


def _erase_again(workspace: Path, key: Key | None, erased: Erased, now: datetime) -> None:
    from unnm_desktop.services.handover import erasing  # seldom needed

    try:
        erasing.erase_again(workspace, key, erased, now.date())
    except UserError as error:
        raise UserError(
            N_(
                "{file} was restored, but the data of people who were erased since could not all be taken out of it."
                " Make room, then restore it once more."
            ),
            file=workspace.name,
        ) from error


def _key_of(workspace: Path, known: Iterable[Key | None]) -> Key | None:
    """Which of the keys a protected workspace is written with."""
    for key in known:
        if key is not None and paths.is_protected(workspace):
            with suppress(Damaged):
                read_header(workspace, key)
                return key
    return None


def _keep_present(workspace: Path, now: datetime, chosen: str, own: Key | None, copy: Path) -> Erased:
    """Back up what stands there, or set it aside; who was erased in it, as far as that can be read."""
    from unnm_desktop.services.handover import erasing  # a restore is seldom

    try:
        with Database(workspace, key=own) as present:
            if present.handed is not None:
                raise present.handed.refusal()
            make(present, folder_for(present.id, chosen), Reason.RESTORE, now=now, wanted=copy)
            with present.read() as session:
                return erasing.erased(session)
    except Damaged:
        _set_aside(workspace, f"-damaged-{now:{_STAMP}}")
    except Locked:
        _set_aside(workspace, f"-locked-{now:{_STAMP}}")
    return {}


def _set_aside(workspace: Path, mark: str) -> None:
    for file in (workspace, *paths.key_files(workspace)):
        if file.exists():
            shutil.copy2(file, file.with_name(f"{workspace.name}{mark}{file.name.removeprefix(workspace.name)}"))


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
