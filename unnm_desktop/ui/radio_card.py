"""A radio button that is seen as a card with a round mark; the whole card can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QRadioButton

from unnm_desktop.ui.theme import Look

MARGIN, DOT, GAP = 14, 16, 10


class RadioCard(QRadioButton):
    """What the cards share: their frame, which says chosen, pointed at and focused, and the mark at the start side."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(title)
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paint_card(self, painter: QPainter, middle: float) -> None:
        """Draw the frame, and the mark about a height from the top."""
        look = self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, pointed = self.isChecked(), self.underMouse() and self.isEnabled()
        edge = look.colour("ring" if self.hasFocus() else "accent" if chosen else "edge" if pointed else "line")
        thick = 2.0 if chosen or self.hasFocus() else 1.0
        painter.setPen(QPen(edge, thick))
        painter.setBrush(look.colour("selection" if chosen else "hover" if pointed else "surface"))
        inset = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 10, 10)
        x = self.width() - MARGIN - DOT if look.rtl else MARGIN
        circle = QRectF(x, middle - DOT / 2, DOT, DOT)
        painter.setBrush(look.colour("primary" if chosen else "surface"))
        painter.setPen(QPen(look.colour("primary" if chosen else "edge"), 1.5))
        painter.drawEllipse(circle)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary_text"))
            painter.drawEllipse(circle.adjusted(5, 5, -5, -5))
