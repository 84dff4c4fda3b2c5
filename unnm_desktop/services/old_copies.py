"""Copies that should not stay: plain ones of a protected workspace, those of a key it no longer has, of erased data."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from unnm_desktop import paths
from unnm_desktop.db import disk, keys
from unnm_desktop.db.blobs import Blobs
from unnm_desktop.db.engine import Database
from unnm_desktop.db.keys import Key
from unnm_desktop.db.sealing import read_header
from unnm_desktop.db.trouble import Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import backup
from unnm_desktop.services.backup import Backup, Reason
from unnm_desktop.services.backup_rotation import LEAST


@dataclass(frozen=True)
class Readable:
    """Copies of a protected workspace that open without its present key."""

    plain: tuple[Path, ...]
    """Anybody can read them."""
    other: tuple[Path, ...]
    """Whoever has an earlier passphrase or recovery sheet can."""

    def __bool__(self) -> bool:
        return bool(self.plain or self.other)

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them."""
        return *self.plain, *self.other


def readable(database: Database, folder: Path) -> Readable:
    """Which copies on this computer, in its folders and beside it, open without the workspace's present key."""
    if database.key is None:
        return Readable((), ())
    found = [one.path for each in _folders(database, folder) for one in backup.listed(each)]
    found += beside(database.path)
    plain = tuple(one for one in found if paths.is_plain(one))
    return Readable(plain, tuple(one for one in found if one not in plain and _has_another(one, database.key)))


def replace(database: Database, folder: Path, *, now: datetime, progress: Progress = SILENT) -> int:
    """Make copies until three good ones have the workspace's present key, then take away those that open without it.

    Returns:
        How many were taken away.

    Raises:
        UserError: a copy could not be made; none was taken away.

    """
    gone = set(readable(database, folder).files)
    good = [*islice((one for one in backup.listed(folder) if one.path not in gone and one.whole()), LEAST)]
    for number in range(LEAST - len(good)):
        backup.make(database, folder, Reason.KEY, now=now + timedelta(seconds=number), progress=progress)
    for each in _folders(database, folder):
        for one in backup.listed(each):
            if one.path in gone:
                _discard(one)
        for file in each.glob(f"{backup.FILES}*"):
            if file not in backup.parts(backup.store_of(each, database.key)):
                disk.discard(file)
    drop_beside([one for one in beside(database.path) if one in gone])
    return len(gone)


def _folders(database: Database, folder: Path) -> tuple[Path, ...]:
    """Where its copies lie: from before the officer chose another folder, too."""
    return tuple(dict.fromkeys((folder, backup.folder_for(database.id))))


def _has_another(copy: Path, key: Key) -> bool:
    try:
        return keys.read(copy).key_id != key.id
    except UserError:  # its key file is gone: the file itself says which key it has
        try:
            read_header(copy, key)
        except Damaged:
            return True
        return False


def drop_others(folder: Path, stays: Path | None, database: Database) -> None:
    """Take all copies but one away, and of the files what the workspace does not have."""
    for one in backup.listed(folder):
        if one.path != stays:
            _discard(one)
    store = backup.store_of(folder, database.key)
    kept = set(backup.parts(store)) if stays is not None else set()
    for file in folder.glob(f"{backup.FILES}*"):
        if file not in kept:
            disk.discard(file)
    if stays is not None:
        copied = Blobs(store, database.key)
        copied.drop(copied.digests() - database.blobs.digests())


def _discard(one: Backup) -> None:
    disk.discard(one.path)
    backup.drop(one)


def beside(workspace: Path) -> list[Path]:
    """Copies of the workspace that lie beside it: from before an update of the program, or set aside as damaged."""
    kinds = ("before", "damaged", "locked")
    found = (one for kind in kinds for one in workspace.parent.glob(f"{glob.escape(workspace.name)}-{kind}-*"))
    return sorted(one for one in found if one.is_file() and not one.name.endswith(("-keys", "-keys-copy")))


def drop_beside(copies: Iterable[Path]) -> None:
    """Take such copies away."""
    for one in copies:
        disk.discard(one)
        keys.remove(one)
