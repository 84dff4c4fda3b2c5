"""A share as a ring that fills from the top, the way time runs on a clock."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from unnm_desktop.ui.theme import Look

SIZE = 30
THICK = 4.0


class Ring(QWidget):
    """Decoration beside a percentage in words, which screen readers have."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._percent = 0
        side = round(SIZE * max(1.0, look.text_size / 100))
        self.setFixedSize(QSize(side, side))

    def show_percent(self, percent: int) -> None:
        """Fill so much of the ring."""
        self._percent = min(100, max(0, percent))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(THICK, THICK, -THICK, -THICK)
        painter.setPen(QPen(self._look.colour("line"), THICK))
        painter.drawEllipse(box)
        if self._percent:
            pen = QPen(self._look.colour("green" if self._percent == 100 else "accent"), THICK)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            whole = 360 * 16
            # Qt counts angles against the clock; a right-to-left ring fills the other way round.
            turn = whole * self._percent // 100
            painter.drawArc(box, 90 * 16, turn if self._look.rtl else -turn)
        painter.end()
