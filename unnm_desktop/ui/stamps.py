"""Small pictures that lists paint in row after row: each is drawn once, and then put where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

_MOST = 1000


class Stamps:
    """The pictures of one look: lists share them."""

    def __init__(self, rtl: bool) -> None:
        self._direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self._made: dict[Hashable, QPixmap] = {}

    def put(
        self, painter: QPainter, box: QRect, ratio: float, key: Hashable, draw: Callable[[QPainter, QRect], None]
    ) -> None:
        """Put what ``draw`` draws into a box of that size on a screen of that ratio; equal keys look alike.

        On a screen of one and a quarter its edge would fall between two points and blur: there it is drawn each time.
        """
        if box.isEmpty():
            return
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
            inside.setLayoutDirection(self._direction)
            self._draw(inside, QRect(QPoint(0, 0), box.size()), draw)
            inside.end()
            self._made[whole] = picture
        painter.drawPixmap(box.topLeft(), picture)

    def _draw(self, painter: QPainter, box: QRect, draw: Callable[[QPainter, QRect], None]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, box)
