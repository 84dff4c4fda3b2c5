"""F6 leads from one part of the window to the next and back, Shift+F10 opens the menu of what the keyboard is on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget


def walk(panes: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the pane so many steps from the one that has it."""
    if not panes:
        return
    now = QApplication.focusWidget()
    here = next((n for n, pane in enumerate(panes) if now is not None and _holds(pane, now)), -1)
    enter(panes[(here + step) % len(panes)] if here >= 0 else panes[0])


def enter(pane: QWidget) -> None:
    """Give the keyboard to a pane, or to what in it takes keys first."""
    parts = getattr(pane, "parts", None)
    if parts is not None:
        parts.focus()
    else:
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)


def open_menu() -> None:
    """Ask for a menu as the Menu key does, which not every keyboard has."""
    now = QApplication.focusWidget()
    if now is not None:
        found = now.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        place = found.center() if isinstance(found, QRect) else now.rect().center()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(now, QContextMenuEvent(reason, place, now.mapToGlobal(place)))


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
