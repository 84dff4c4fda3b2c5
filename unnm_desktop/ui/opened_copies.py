"""Papers opened with another program: copies in a private folder, gone when the workspace is closed or locked."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from unnm_desktop import paths

if TYPE_CHECKING:
    from filelock import FileLock


def root() -> Path:
    """Where the folders of all windows lie."""
    return paths.data_folder() / "opened"


class OpenedCopies:
    """The copies of one workspace that is open here; nobody else's are touched."""

    def __init__(self) -> None:
        self._mine: Path | None = None
        self._lock: FileLock | None = None

    def folder(self) -> Path:
        """A folder of this window's own, made when it is first needed."""
        if self._mine is None:
            from filelock import FileLock  # the hub is made before the first paint

            mine = paths.private_folder(root()) / os.urandom(16).hex()
            # The lock dies with the program, so that a folder is known to be left behind.
            self._lock = FileLock(mine.with_suffix(".lock"))
            self._lock.acquire(timeout=0)
            self._mine = paths.private_folder(mine)
        return self._mine

    def clear(self) -> None:
        """Take them away; one that another program holds open stays until the next start."""
        mine, lock = self._mine, self._lock
        if mine is None or lock is None:
            return
        self._mine = self._lock = None
        _take_away(mine)
        lock.release()
        if not mine.exists():
            mine.with_suffix(".lock").unlink(missing_ok=True)


def sweep() -> None:
    """Take away what a program left that was killed."""
    if not root().is_dir():
        return
    from filelock import FileLock, Timeout  # as above

    for sign in root().glob("*.lock"):
        lock = FileLock(sign)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        _take_away(sign.with_suffix(""))
        lock.release()
        if not sign.with_suffix("").exists():
            with suppress(OSError):
                sign.unlink(missing_ok=True)


def _take_away(folder: Path) -> None:
    import shutil  # as above

    from unnm_desktop.db import disk

    for file in folder.rglob("*"):
        if file.is_file():
            # They are made to be read only.
            with suppress(OSError):
                file.chmod(0o600)
                with file.open("rb+") as opened:
                    disk.overwrite(opened)
    shutil.rmtree(folder, ignore_errors=True)
