"""The table of an agenda's items: moved with the keyboard or by dragging a row to its new place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication

from unnm_desktop.ui.table import RecordsTable

if TYPE_CHECKING:
    from unnm_desktop.ui.meeting_agenda import AgendaTab

ITEM = "application/x-unnm-agenda-item"


class AgendaTable(RecordsTable):
    """The items; Alt+↑/↓ or a drag moves one, Delete takes it off."""

    def __init__(self, tab: AgendaTab) -> None:
        super().__init__(tab.desk, tab.desk.tr(tab.title))
        self._tab = tab
        self.setSelectionMode(RecordsTable.SelectionMode.SingleSelection)
        self.keep_order()
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self._pressed: QPoint | None = None
        # The row before which a dragged item would come.
        self._gap: int | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._tab.move_item(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        if event.key() == Qt.Key.Key_Delete:
            self._tab.remove()
            return
        super().keyPressEvent(event)

    # Dragging --------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = at if left and self._tab.can_change and self.indexAt(at).isValid() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        # Not handed on: a held button would choose whatever row the pointer passes.
        at = event.position().toPoint()
        if self._pressed is not None and (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self._drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)

    def _drag(self) -> None:
        key = self.current_id()
        if key is None:
            return
        mime = QMimeData()
        mime.setData(ITEM, str(key).encode())
        drag = QDrag(self)
        drag.setMimeData(mime)
        row = self.currentIndex().row()
        drag.setPixmap(
            self.viewport().grab(QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row)))
        )
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(ITEM) and self._tab.can_change:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(ITEM):
            event.acceptProposedAction()
            self._show_gap(self._gap_at(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_gap(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_gap(None)
        if not event.mimeData().hasFormat(ITEM):
            return
        event.acceptProposedAction()
        key = UUID(bytes(event.mimeData().data(ITEM).data()).decode())
        row, gap = self.listing.row_of(key), self._gap_at(event.position().toPoint())
        if row >= 0 and gap not in (row, row + 1):
            self._tab.put_item(key, gap if gap < row else gap - 1)

    def _gap_at(self, at: QPoint) -> int:
        row = self.rowAt(at.y())
        if row < 0:
            return self.listing.rowCount()
        middle = self.rowViewportPosition(row) + self.rowHeight(row) // 2
        return row if at.y() < middle else row + 1

    def _show_gap(self, gap: int | None) -> None:
        self._gap = gap
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap is None:
            return
        rows = self.listing.rowCount()
        height = self.rowHeight(rows - 1) if self._gap >= rows and rows else 0
        at = self.rowViewportPosition(min(self._gap, rows - 1)) + height
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self.desk.look.colour("accent"), 3))
        painter.drawLine(4, at, self.viewport().width() - 4, at)
