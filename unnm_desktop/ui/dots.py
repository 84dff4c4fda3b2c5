"""The signs of a seat's last meetings: shapes that are told apart without colour."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from unnm_desktop.ui.theme import Look

# The focal point was there, somebody else for the seat, apologies, nobody.
PRESENT, REPRESENTED, APOLOGIES, ABSENT = "●", "◐", "○", "×"
# At text size 100 %: from one sign to the next, and the width of one.
_STEP, _SIGN = 15, 9
_TONES = {PRESENT: "good", REPRESENTED: "good", APOLOGIES: "warn", ABSENT: "bad"}


def dots_width(look: Look, marks: str) -> int:
    """How much room the signs take."""
    return look.with_text(_STEP) * len(marks) + 2


def paint_dots(painter: QPainter, look: Look, rect: QRect, marks: str) -> None:
    """Draw the signs from the start side, in the middle of the box, as many as fit."""
    size, step = look.with_text(_SIGN), look.with_text(_STEP)
    top = rect.center().y() - size // 2
    for number, mark in enumerate(marks):
        offset = 2 + number * step
        left = rect.right() + 1 - offset - size if look.rtl else rect.left() + offset
        box = QRectF(left, top, size, size)
        if not rect.contains(box.toRect()):
            break
        colour = look.tone(_TONES.get(mark, "neutral"))[0]
        painter.setBrush(colour if mark == PRESENT else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, size / 5))
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
        return QSize(dots_width(self._look, self._marks) + 4, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_dots(painter, self._look, self.rect(), self._marks)
