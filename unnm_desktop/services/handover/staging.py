"""A private folder for the time of one hand-over; what a killed program left there is swept at the next."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from unnm_desktop import paths
from unnm_desktop.cause import Cause
from unnm_desktop.db.identity import uuid7
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_


def root() -> Path:
    """Where the folders lie."""
    return paths.data_folder() / "handover" / "staging"


@contextmanager
def folder() -> Iterator[Path]:
    """A new private folder, removed at the end; nothing readable is ever put into it.

    Raises:
        UserError: there is no room for it on this computer.

    """
    mine = root() / str(uuid7())
    # The lock dies with the program, so that a folder is known to be left behind.
    # A package that is looked at in one thread may be let go in another.
    lock = FileLock(mine.with_suffix(".lock"), thread_local=False)
    try:
        _make(mine, lock)
        yield mine
    finally:
        shutil.rmtree(mine, ignore_errors=True)
        lock.release()
        with suppress(OSError):
            mine.with_suffix(".lock").unlink(missing_ok=True)


def _make(mine: Path, lock: FileLock) -> None:
    try:
        paths.private_folder(root().parent)
        paths.private_folder(root())
        sweep()
        lock.acquire()
        mine.mkdir(mode=0o700)
    except OSError as error:
        raise UserError(
            N_("There is no place on this computer to work on a package ({why}). Make room, then try again."),
            why=Cause(error),
        ) from error


def sweep() -> None:
    """Remove what is nobody's any more."""
    for path in root().glob("*.lock"):
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        shutil.rmtree(path.with_suffix(""), ignore_errors=True)
        lock.release()
        with suppress(OSError):
            path.unlink(missing_ok=True)
