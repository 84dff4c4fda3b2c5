"""The signs of a seat's last meetings: shapes that are told apart without colour."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from unnm_desktop.ui.theme import Look

# The focal point was there, somebody else for the seat, apologies, nobody.
PRESENT, REPRESENTED, APOLOGIES, ABSENT = "●", "◐", "○", "×"
STEP = 15
_TONES = {PRESENT: "good", REPRESENTED: "good", APOLOGIES: "warn", ABSENT: "bad"}


def paint_dots(painter: QPainter, look: Look, rect: QRect, marks: str) -> None:
    """Draw the signs from the start side, in the middle of the box, as many as fit."""
    top = rect.center().y() - 4
    for number, mark in enumerate(marks):
        offset = 2 + number * STEP
        left = rect.right() - offset - 8 if look.rtl else rect.left() + offset
        box = QRectF(left, top, 9, 9)
        if not rect.contains(box.toRect()):
            break
        colour = look.tone(_TONES.get(mark, "neutral"))[0]
        painter.setBrush(colour if mark == PRESENT else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.8))
        inner = box.adjusted(1, 1, -1, -1)
        if mark == ABSENT:
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())
        elif mark in _TONES:
            painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
            if mark == REPRESENTED:
                # The half that was filled lies where reading begins.
                painter.setBrush(colour)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawPie(box, (-90 if look.rtl else 90) * 16, 180 * 16)
        else:
            painter.drawPoint(box.center())


class Dots(QWidget):
    """The signs of one seat in its panel; what they mean is said to screen readers and in the tooltip."""

    def __init__(self, look: Look, marks: str, told: str) -> None:
        super().__init__()
        self._look, self._marks = look, marks
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(STEP * len(self._marks) + 6, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_dots(painter, self._look, self.rect(), self._marks)
