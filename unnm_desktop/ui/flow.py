"""A layout that sets widgets side by side and goes on in the next line, in the reading direction."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class Flow(QLayout):
    """Widgets in lines, each as wide as it wants to be."""

    def __init__(self, parent: QWidget, gap: int, between: int) -> None:
        """``gap`` is kept between two in a line, ``between`` between the lines."""
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._gap, self._between = gap, between
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        # Qt asks for one more than there are and takes nothing for an answer, which its types do not know.
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        hints = [item.minimumSize() for item in self._items]
        return QSize(max((one.width() for one in hints), default=0), max((one.height() for one in hints), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        for item, place in zip(self._items, self._places(rect.width()), strict=True):
            item.setGeometry(QStyle.visualRect(direction, rect, place.translated(rect.topLeft())))

    def _places(self, width: int) -> list[QRect]:
        """Where each stands, as read from left to right."""
        places: list[QRect] = []
        x = y = line = 0
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(max(width, 1), item.sizeHint().height()))
            if x and x + size.width() > width:
                x, y, line = 0, y + line + self._between, 0
            places.append(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            line = max(line, size.height())
        return places
