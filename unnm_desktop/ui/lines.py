"""A short list inside a card: lines that are ticked or opened, as high as it is long."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView

from unnm_desktop.ui.line_model import Index, Line, LinesModel
from unnm_desktop.ui.line_paint import GAP, LinesDelegate
from unnm_desktop.ui.row_menu import below, by_keys, pointed_at
from unnm_desktop.ui.theme import Look

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class LinesView(QListView):
    """As high as its lines: the page scrolls, not the list. Space ticks, Enter opens."""

    ticked = Signal(object)
    opened = Signal(object)
    # A menu for the chosen line, at that place on the screen.
    menu_wanted = Signal(QPoint)
    # The keyboard went to a line there: the page around scrolls it into sight.
    moved = Signal(QRect)

    def __init__(self, look: Look, name: str, *, roomy: bool = True, deep: int = 1) -> None:
        """``deep`` is how many lines the words of one row may have."""
        super().__init__()
        self._rtl = look.rtl
        self._opening = False
        self._lines = LinesModel()
        self._delegate = LinesDelegate(look, self, roomy=roomy, deep=deep)
        self.setModel(self._lines)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "lines")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines.lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        key = self.current_key()
        self._delegate.measure(lines)
        self._lines.take(lines)
        self.setFixedHeight(sum(self._delegate.head if one.key is None else self._delegate.row for one in lines))
        if self.current_key() != key:
            self.choose(key)

    def current_key(self) -> UUID | str | None:
        """What the chosen line stands for."""
        index = self.currentIndex()
        return self._lines.lines[index.row()].key if index.isValid() else None

    def choose(self, key: UUID | str | None) -> None:
        """Put the keyboard on the line that stands for this, else on the first one."""
        rows = [row for row, line in enumerate(self._lines.lines) if line.key is not None]
        found = next((row for row in rows if self._lines.lines[row].key == key), rows[0] if rows else -1)
        if found >= 0:
            self.setCurrentIndex(self._lines.index(found, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Only who comes by keys is led there; a page that opens, or a window come back to, stays at its top.
        self._opening = event.reason() not in _BY_KEYS
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(None)
        if not self._opening:
            self.moved.emit(self.visualRect(self.currentIndex()))
        self._opening = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus() and not self._opening:
            self.moved.emit(self.visualRect(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if key is not None and event.key() == Qt.Key.Key_Space:
            self._tick(self.currentIndex())
            return
        if key is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(key)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        pointer = pointed_at(self, event)
        index = self.currentIndex() if by_keys(event) or pointer is None else self.indexAt(pointer)
        if not index.isValid() or self._lines.lines[index.row()].key is None:
            return
        self.setCurrentIndex(index)
        self.menu_wanted.emit(below(self, index, rtl=self._rtl) if by_keys(event) else event.globalPos())

    def _tick(self, index: QModelIndex) -> None:
        line = self._lines.lines[index.row()]
        if line.ticked is not None:
            self.ticked.emit(line.key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        line = self._lines.lines[index.row()]
        if line.key is None:
            return
        if line.ticked is not None and self.tick_box(index).contains(event.position().toPoint()):
            self._tick(index)
        else:
            self.opened.emit(line.key)

    def tick_box(self, index: QModelIndex) -> QRect:
        """Where a click ticks: the row's start, wider and higher than the painted box."""
        row = self.visualRect(index)
        width = self._delegate.tick + GAP + 6
        return QRect(row.right() + 1 - width if self._rtl else row.left(), row.top(), width, row.height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._point(index.row() if index.isValid() and self._lines.lines[index.row()].key is not None else -1)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(-1)

    def _point(self, row: int) -> None:
        if row != self._delegate.pointed:
            self._delegate.pointed = row
            cursor = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(cursor)
            self.viewport().update()
