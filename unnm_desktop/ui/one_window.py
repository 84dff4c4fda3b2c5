"""One window for a workspace: a second start brings the window that has it to the front instead of opening another.

The window holds a lock for as long as it listens; who wants it knocks by a file beside the lock, and the window takes
the file away when it has come.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QFileSystemWatcher, QLockFile, QObject, Qt

from unnm_desktop import paths, settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

# Seconds: a window that has nothing else to do comes in a few hundredths.
PATIENCE = 1.0
_LOOK_AGAIN = 0.005
# Milliseconds: a start that looks whether somebody listens holds the lock for a moment.
_MOMENT = 200


def _lock(path: Path | None) -> tuple[QLockFile, Path]:
    """What the window that has this workspace holds, and the file by which one knocks."""
    told = f"{paths.data_folder().resolve()}\n{path.resolve() if path is not None else ''}"
    digest = QCryptographicHash.hash(told.encode("utf-8", "surrogateescape"), QCryptographicHash.Algorithm.Sha256)
    folder = paths.private_folder(paths.data_folder() / "windows")
    name = bytes(digest.data()).hex()[:24]
    lock = QLockFile(str(folder / name))
    # A window may be open for days; that of a killed process is known by the process.
    lock.setStaleLockTime(0)
    return lock, folder / f"{name}.knock"


def wanted(path: Path | None) -> Path | None:
    """The workspace a start is for: the one named, else the last one.

    The last one even where it is gone: to open an older one in silence would mislead.
    """
    recent = settings.load().recent
    return path or (Path(recent[0]) if recent else None)


def bring_forward(path: Path | None) -> bool:
    """Ask the window that has this workspace to come to the front; False when there is none."""
    with suppress(OSError):
        lock, knock = _lock(path)
        # Most starts find no lock at all, and taking one costs a visit to the disk.
        if not Path(lock.fileName()).exists():
            return False
        if lock.tryLock(0):
            lock.unlock()
            return False
        _let_it_come()
        knock.touch()
        end = time.monotonic() + PATIENCE
        while knock.exists() and time.monotonic() < end:
            time.sleep(_LOOK_AGAIN)
        if not knock.exists():
            return True
        knock.unlink()
    return False


def _let_it_come() -> None:
    """Windows lets no process come to the front unless the one in front allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


class Door(QObject):
    """Listens for second starts and shows the window."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._lock: QLockFile | None = None
        self._knock: Path | None = None
        self._watcher: QFileSystemWatcher | None = None
        self.window: QWidget | None = None

    def listen(self, path: Path | None) -> None:
        """Answer for this workspace from now on; for no workspace while the welcome shows."""
        with suppress(OSError):  # a full or read-only home: a second start opens a window of its own
            lock, knock = _lock(path)
            if knock == self._knock:
                return
            self.close()
            if not lock.tryLock(_MOMENT):
                return
            self._lock, self._knock = lock, knock
            knock.unlink(missing_ok=True)
            self._watcher = QFileSystemWatcher([str(knock.parent)], self)
            self._watcher.directoryChanged.connect(self._look)

    def _look(self) -> None:
        if self._knock is None or not self._knock.exists():
            return
        window = self.window
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()
        with suppress(OSError):
            self._knock.unlink(missing_ok=True)

    def close(self) -> None:
        """Answer no more."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
        self._knock = None
