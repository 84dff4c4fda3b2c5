"""A window that is left on no screen, because one was unplugged, comes back to where it can be seen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

# So much of the top of a window must be seen for the mouse to move it.
TOP, LEAST_SEEN = 40, QSize(120, 16)


# What the system puts around a window, and a little of the screen.
FRAME = 56


def room_for(window: QWidget) -> QSize:
    """How large a window may be to stand whole on its screen."""
    return window.screen().availableSize() - QSize(FRAME // 2, FRAME)


def bring_back(window: QWidget) -> bool:
    """Move the window onto a screen where too little of its top is seen; whether it had to be moved."""
    top = QRect(window.frameGeometry().topLeft(), QSize(window.frameGeometry().width(), TOP))
    for screen in QGuiApplication.screens():
        seen = screen.availableGeometry().intersected(top)
        if seen.width() >= LEAST_SEEN.width() and seen.height() >= LEAST_SEEN.height():
            return False
    room = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(window.size().boundedTo(room.size()))
    window.move(room.topLeft())
    return True
