"""The program's own sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QPoint,
    QRectF,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QWidget,
)

from unnm_desktop.ui.theme import Look

if TYPE_CHECKING:
    pass


class Mark(QWidget):
    """The program's own neutral sign: three places joined in a ring; no emblem of anyone."""

    def __init__(self, look: Look, size: int = 34) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.width()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("primary"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        points = [QPoint(side // 2, round(side * 0.3)), QPoint(round(side * 0.29), round(side * 0.68))]
        points.append(QPoint(side - points[1].x(), points[1].y()))
        painter.setPen(QPen(self._look.colour("primary_text"), 2))
        painter.drawPolygon(points)
        painter.setBrush(self._look.colour("primary_text"))
        for point in points:
            painter.drawEllipse(point, 3, 3)
