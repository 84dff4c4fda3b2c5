"""A file dropped anywhere on the window, which stays where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

WORKSPACE, PACKAGE = ".unnm", ".unnmx"
_TAKEN = (WORKSPACE, PACKAGE, ".xlsx", ".csv")


def take_copy(event: QDropEvent) -> None:
    """Accept what is dropped, and leave it to who drags it: a file manager deletes what is said to be moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def holds_files(data: QMimeData) -> bool:
    """Whether files of this computer are dragged or pasted, whose only words are their paths."""
    return not data.hasHtml() and any(url.isLocalFile() for url in data.urls())


class Drops(QObject):
    """A workspace, a package or a spreadsheet dropped anywhere on the window."""

    def __init__(self, window: QWidget, take: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if _dropped(event) is not None:
                take_copy(event)
                return True
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            path = _dropped(event)
            if path is not None:
                take_copy(event)
                self._take(path)
                return True
        return super().eventFilter(watched, event)


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() in _TAKEN else None
