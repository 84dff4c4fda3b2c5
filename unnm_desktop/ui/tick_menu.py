"""A menu whose ticks and arrows are ours: as large as its words, mirrored as all icons are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from unnm_desktop.ui.theme import Look

_SIGN, _EDGE = 15, 10


class TickMenu(QMenu):
    """Qt's own signs, which keep their size whatever that of the text, are taken away by the style sheet."""

    def __init__(self, look: Look, parent: QWidget, title: str = "") -> None:
        super().__init__(title, parent)
        self._look = look
        if look.system is None:
            self.setProperty("role", "ticks")

    def inside(self, title: str) -> TickMenu:
        """Add a menu that opens beside this one."""
        made = TickMenu(self._look, self, title)
        self.addMenu(made)
        # Qt leaves no room for an arrow of ours: a long title would run into it.
        room = QFontMetrics(self._look.font()).horizontalAdvance(title) + 2 * self._look.with_text(_SIGN) + 4 * _EDGE
        self.setMinimumWidth(max(self.minimumWidth(), room))
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._look.system is not None:
            # With the system's own colours for high contrast its signs stay, too.
            return
        painter = QPainter(self)
        for action in self.actions():
            if action.isCheckable() and action.isChecked():
                self._draw(painter, self.actionGeometry(action), "check", "text" if action.isEnabled() else "edge")
            if action.menu() is not None:
                self._draw(painter, self.actionGeometry(action), "chevron-right", "text2")
        painter.end()

    def _draw(self, painter: QPainter, rect: QRect, name: str, token: str) -> None:
        size = self._look.with_text(_SIGN)
        at_left = (name == "check") != self._look.rtl
        x = rect.left() + _EDGE if at_left else rect.right() - _EDGE - size
        sign = self._look.icons.pixmap(name, self._look.colour(token).name(), size, self.devicePixelRatioF())
        painter.drawPixmap(x, rect.center().y() - size // 2, sign)
