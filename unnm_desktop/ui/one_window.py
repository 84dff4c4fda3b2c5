"""One window for a workspace: a second start brings the window that has it to the front instead of opening another."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QObject, Qt

from unnm_desktop import paths, settings

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer
    from PySide6.QtWidgets import QWidget

COME, CAME = b"come\n", b"came\n"
# Milliseconds: between processes of one computer an answer takes one or two; a window that is busy gets a second.
PATIENCE = 1000


def _name(path: Path | None) -> str:
    """What the window that has this workspace listens to; no other user's window listens to the same."""
    told = f"{paths.data_folder().resolve()}\n{path.resolve() if path is not None else ''}"
    digest = QCryptographicHash.hash(told.encode("utf-8", "surrogateescape"), QCryptographicHash.Algorithm.Sha256)
    return f"unnm-{bytes(digest.data()).hex()[:24]}"


def _sign(name: str) -> Path:
    """A file that is there while somebody listens: looking for it is cheaper than loading Qt's network."""
    return paths.data_folder() / "windows" / name


def wanted(path: Path | None) -> Path | None:
    """The workspace a start is for: the one named, else the last one.

    The last one even where it is gone: to open an older one in silence would mislead.
    """
    recent = settings.load().recent
    return path or (Path(recent[0]) if recent else None)


def bring_forward(path: Path | None) -> bool:
    """Ask the window that has this workspace to come to the front; False when there is none."""
    name = _name(path)
    if not _sign(name).exists():
        return False
    from PySide6.QtNetwork import QLocalSocket  # only where somebody probably listens

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE):
        # Whoever listened was killed.
        with suppress(OSError):
            _sign(name).unlink()
        return False
    _let_it_come()
    socket.write(COME)
    socket.flush()
    answered = socket.waitForReadyRead(PATIENCE) and bytes(socket.readAll().data()) == CAME
    socket.disconnectFromServer()
    return answered


def _let_it_come() -> None:
    """Windows lets no process come to the front unless the one in front allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


class Door(QObject):
    """Listens for second starts and shows the window."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._server: QLocalServer | None = None
        self._name = ""
        self.window: QWidget | None = None

    def listen(self, path: Path | None) -> None:
        """Answer for this workspace from now on; for no workspace while the welcome shows."""
        name = _name(path)
        if name == self._name:
            return
        self.close()
        from PySide6.QtNetwork import QLocalServer  # after the first paint

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._come)
        if not server.listen(name):
            # Left behind by a process that was killed: nobody else has this workspace, its lock is ours.
            QLocalServer.removeServer(name)
            if not server.listen(name):
                server.deleteLater()
                return
        self._server, self._name = server, name
        with suppress(OSError):
            paths.private_folder(_sign(name).parent)
            _sign(name).touch()

    def _come(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            window = self.window
            if window is not None:
                window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
                window.show()
                window.raise_()
                window.activateWindow()
            socket.disconnected.connect(socket.deleteLater)
            socket.write(CAME)
            socket.flush()

    def close(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
            with suppress(OSError):
                _sign(self._name).unlink()
        self._name = ""
