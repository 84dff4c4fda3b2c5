"""Windows that are left on no screen, because one was unplugged, come back to where they can be seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

# What the system puts around a window, and a little of the screen.
FRAME = 56


def room_for(window: QWidget) -> QSize:
    """How large a window may be to stand whole on its screen."""
    return window.screen().availableSize() - QSize(FRAME // 2, FRAME)


def bring_back(window: QWidget) -> bool:
    """Move the window to where it stands whole on its screen, or as whole as it can; whether it had to be moved."""
    frame = window.frameGeometry()
    for screen in QGuiApplication.screens():
        room = screen.availableGeometry()
        if room.intersected(frame).size() == frame.size().boundedTo(room.size()):
            return False
    room = window.screen().availableGeometry()
    window.resize(window.size().boundedTo(room.size() - (frame.size() - window.size())))
    size = window.frameGeometry().size().boundedTo(room.size())
    corner = room.bottomRight() - QPoint(size.width() - 1, size.height() - 1)
    window.move(max(room.left(), min(frame.left(), corner.x())), max(room.top(), min(frame.top(), corner.y())))
    return True


def gather() -> None:
    """A screen was unplugged: window and dialogs come to one that is left, and a list that hangs open closes."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    for window in QApplication.topLevelWidgets():
        # The system itself takes care of a window that fills its screen.
        if window.isVisible() and not window.isMaximized() and not window.isFullScreen():
            bring_back(window)
