"""A workspace turned from plain to protected, back, or to another key, through a copy that is verified before."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from unnm_desktop import paths
from unnm_desktop.cause import Cause
from unnm_desktop.db import copies, disk, keys
from unnm_desktop.db.blobs import Blobs, files_path
from unnm_desktop.db.files import hold, replace_database, settle, settle_after
from unnm_desktop.db.keys import Key, KeyFile
from unnm_desktop.db.passphrases import want_good
from unnm_desktop.db.trouble import DAMAGED, Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_


def protect(workspace: Path, passphrase: str) -> Key:
    """Write a plain workspace anew with a random key that the passphrase opens; it must be closed.

    Returns:
        The key.

    Raises:
        UserError: the passphrase is too short, the workspace is open, protected already, or the copy did not prove
            whole. The workspace is as it was.

    """
    want_good(passphrase)
    if paths.is_protected(workspace):
        raise UserError(N_("{file} is protected already."), file=workspace.name)
    key = Key.make()
    with _held(workspace):
        keys.write(workspace, KeyFile.make(key, passphrase))
        _turn(workspace, None, key)
    return key


def unprotect(workspace: Path, key: Key) -> None:
    """Write a protected workspace anew as a plain file; it must be closed.

    Raises:
        UserError: the workspace is open, or the copy did not prove whole. The workspace is as it was.

    """
    with _held(workspace):
        _turn(workspace, key, None)


def change_key(workspace: Path, key: Key, passphrase: str) -> Key:
    """Write a protected workspace anew with another key, which the passphrase opens; it must be closed.

    Every other passphrase and every recovery sheet made before end with the old key.

    Returns:
        The new key.

    Raises:
        UserError: the passphrase is too short, the workspace is open, or the copy did not prove whole. The workspace
            is as it was, with its old key.

    """
    want_good(passphrase)
    new = Key.make()
    with _held(workspace):
        _turn(workspace, key, new, KeyFile.make(new, passphrase))
    return new


@contextmanager
def _held(workspace: Path) -> Iterator[None]:
    lock = hold(workspace)
    try:
        settle(workspace)
        yield
    except OSError as error:
        raise UserError(
            N_("{file} could not be written anew ({why}). It is as it was. Make room, then try again."),
            file=workspace.name,
            why=Cause(error),
        ) from error
    finally:
        try:
            settle_after(workspace)
        finally:
            lock.release()


def _turn(workspace: Path, key: Key | None, new: Key | None, slots: KeyFile | None = None) -> None:
    files = files_path(workspace)
    for file in (workspace, files):
        if file.exists():
            _fold_log(file, key)
    held, marks = copies.contents(workspace, key), copies.newest_change(workspace, key)
    # The files first: while the workspace's own new file is missing, settling would put them into place.
    part, waiting = paths.turning(workspace), paths.turning(files)
    part.touch(mode=0o600)
    if slots is not None:
        keys.write(part, slots)
    if files.exists():
        _write_files(files, waiting, key, new)
    copies.write_anew(workspace, part, key, new)
    if paths.is_plain(part) != (new is None):
        raise RuntimeError("a file was not written with the key it was to have")
    if copies.contents(part, new) != held or copies.newest_change(part, new) != marks:
        raise Damaged(DAMAGED, file=workspace.name)
    disk.sync(part)
    disk.sync_folder(workspace.parent)
    _put(part, workspace)
    with suppress(OSError):  # it has happened: what fails from here on is tried once more by the settling
        if files.exists():
            _put(waiting, files)
        disk.sync_folder(workspace.parent)


def _write_files(files: Path, waiting: Path, key: Key | None, new: Key | None) -> None:
    before, after = Blobs(files, key), Blobs(waiting, new)
    # Each is proven by its hash on the way.
    after.take_missing(before)
    if after.digests() != before.digests():
        raise Damaged(DAMAGED, file=files.name)
    _fold_log(waiting, new)
    disk.sync(waiting)


def _fold_log(file: Path, key: Key | None) -> None:
    """Bring everything into the file itself; no log stays beside it."""
    with copies.writing(file, key) as connection:
        # For itself alone: see ``sealing.fold_log``.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")


def _put(new: Path, old: Path) -> None:
    """Replace a file; what it held is written over, as far as the disk lets a program do so."""
    if sys.platform == "win32":  # a file that is open cannot be replaced there
        replace_database(new, old)
        return
    with old.open("rb+") as left:
        replace_database(new, old)
        with suppress(OSError):  # the old file has no name any more; that it is gone is what counts
            disk.overwrite(left)
