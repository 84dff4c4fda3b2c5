"""Small pictures that a list paints in row after row: each is drawn once, and then put where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

_MOST = 1000


class Stamps:
    """The pictures of one view."""

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._made: dict[Hashable, QPixmap] = {}

    def put(self, painter: QPainter, box: QRect, key: Hashable, draw: Callable[[QPainter, QRect], None]) -> None:
        """Put what ``draw`` draws into a box of that size; equal keys look alike.

        On a screen of one and a quarter its edge would fall between two points and blur: there it is drawn each time.
        """
        if box.isEmpty():
            return
        ratio = self._view.devicePixelRatioF()
        if not ratio.is_integer():
            self._draw(painter, box, draw)
            return
        whole = (key, box.width(), box.height(), ratio)
        picture = self._made.get(whole)
        if picture is None:
            if len(self._made) > _MOST:
                self._made.clear()
            picture = QPixmap(box.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            inside = QPainter(picture)
            inside.setLayoutDirection(self._view.layoutDirection())
            self._draw(inside, QRect(QPoint(0, 0), box.size()), draw)
            inside.end()
            self._made[whole] = picture
        painter.drawPixmap(box.topLeft(), picture)

    def _draw(self, painter: QPainter, box: QRect, draw: Callable[[QPainter, QRect], None]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, box)
