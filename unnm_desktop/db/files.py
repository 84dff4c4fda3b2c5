"""The files of a workspace on the disk: looked at before they are opened, held, settled, replaced and taken away."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from unnm_desktop import paths
from unnm_desktop.cause import Cause
from unnm_desktop.db.blobs import files_path
from unnm_desktop.db.schema import APPLICATION_ID, SCHEMA_REVISION
from unnm_desktop.db.sealing import fold_log, read_header
from unnm_desktop.db.trouble import AlreadyOpen
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key


def refuse_what_is_not_ours(path: Path, key: Key | None) -> None:
    """Look at the file before any engine does.

    Raises:
        Locked: it is protected and there is no key.
        UserError: it is missing, no workspace, damaged or made by a newer program. The file is left as it is.

    """
    if not path.exists():
        raise UserError(N_("There is no file {file}. Check the name, or make a new workspace."), file=path.name)
    if path.is_dir():
        raise UserError(N_("{file} is a folder. Choose a workspace file (NAME.unnm)."), file=path.name)
    if paths.has_log(path) and not is_writable(path):
        # Read as it lies there, it would be shown without the last changes.
        raise UserError(
            N_(
                "{file} was not closed, and nothing can be written where it lies: the last changes in {file}-wal could"
                " not be shown."
                " Copy all files whose names begin with {file} to a folder of this computer and open it there."
            ),
            file=path.name,
        )
    foreign = UserError(N_("{file} is not a UNNM workspace. Choose a file made by this program."), file=path.name)
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise UserError(N_("{file} cannot be read. Check that you may open it."), file=path.name) from error
    if len(header) < 100:
        raise foreign
    if header.startswith(b"SQLite format 3\0"):
        application, revision = int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
    elif key is not None:
        application, revision = read_header(path, key)
    elif paths.is_protected(path):
        from unnm_desktop.db.keys import Locked  # OpenSSL, which a plain file is opened without

        raise Locked(path)
    elif paths.looks_sealed(path):
        raise UserError(
            N_(
                "{file} is not a UNNM workspace, or a protected one whose key file {keys} is missing."
                " Put the key file of a backup beside it, or restore a backup with the recovery sheet."
            ),
            file=path.name,
            keys=paths.key_files(path)[0].name,
        )
    else:
        raise foreign
    if application != APPLICATION_ID:
        raise foreign
    if revision > SCHEMA_REVISION:
        raise UserError(
            N_("{file} was made with a newer version of this program. Update the program, then open it again."),
            file=path.name,
        )


def is_writable(path: Path) -> bool:
    """Whether the file, and others beside it, may be written."""
    try:
        with path.open("r+b"):
            pass
        probe = path.with_name(f".{path.name}-probe")
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def hold(path: Path) -> FileLock:
    """Hold a workspace for this process; the lock dies with it.

    Raises:
        UserError: another process holds it.

    """
    lock = FileLock(str(path.with_name(f"{path.name}-lock")), mode=0o600)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError) as error:
        raise AlreadyOpen(path) from error
    return lock


def fold_what_was_left(path: Path, key: Key) -> None:
    """Fold away the log of a sitting that was cut off; where somebody has the workspace open it is theirs."""
    if paths.has_log(path) and is_writable(path):
        with suppress(AlreadyOpen):
            lock = hold(path)
            try:
                fold_log(path, key)
            finally:
                lock.release()


def discard(path: Path) -> None:
    """Take a workspace away with the files beside it: one that was only half made, or a sample to be replaced."""
    for suffix in ("", "-wal", "-shm", "-files", "-files-wal", "-files-shm", "-keys", "-keys-copy", "-lock"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def settle(path: Path) -> None:
    """End a turning (plain to protected or back) that was cut off: its files are there, or it never was.

    The workspace itself is replaced first. While its new file still waits, nothing has happened yet; once it has gone
    into place, the attachments follow, and the slots of a new key.
    """
    waiting, files = paths.turning(path), paths.turning(files_path(path))
    slots = zip(paths.key_files(waiting), paths.key_files(path), strict=True)
    if waiting.exists():
        # It goes last: without it, what else waits would be taken for what follows.
        for left in (files, *paths.key_files(waiting), waiting):
            left.unlink(missing_ok=True)
    else:
        if files.exists():
            replace_database(files, files_path(path))
        for new, old in slots:
            if new.exists():
                new.replace(old)
    if paths.is_plain(path):
        for left in paths.key_files(path):
            left.unlink(missing_ok=True)
    # A log of what was never finished may hold attachments that anybody can read.
    for gone in (waiting, files):
        for suffix in ("-wal", "-shm", "-journal"):
            gone.with_name(gone.name + suffix).unlink(missing_ok=True)


def settle_after(path: Path) -> None:
    """End a turning of this moment; what the disk does not let happen now is done when the workspace is opened.

    Raises:
        UserError: the workspace itself is in its place, but not all that goes with it.

    """
    try:
        settle(path)
    except OSError as error:
        if paths.turning(path).exists():
            return  # it never was, and the next opening takes away what is left of it
        raise UserError(
            N_(
                "{file} was written anew, but not all that goes with it could be put in its place ({why})."
                " Nothing is lost: make room, then open it again, and the rest is done."
            ),
            file=path.name,
            why=Cause(error),
        ) from error


def replace_database(new: Path, old: Path) -> None:
    """Put one database in another's place; the old one's log, which SQLite would replay into it, goes before."""
    for suffix in ("-wal", "-shm"):
        old.with_name(old.name + suffix).unlink(missing_ok=True)
    new.replace(old)
