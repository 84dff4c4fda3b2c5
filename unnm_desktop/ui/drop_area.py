"""A part of the window that files can be dropped on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.ui.drops import take_copy
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import label

# Room for the dashed frame, which the widgets inside would cover.
EDGE = 8


class DropArea(QWidget):
    """Framed by dashes while files are held over it."""

    # The QMimeData, good until the slots return.
    dropped = Signal(object)

    def __init__(self, look: Look, words: str = "") -> None:
        """``words`` say while files are held over it what becomes of them (translated)."""
        super().__init__()
        self._look = look
        self._over = False
        self._said = label(look, words, "drop")
        self._said.setParent(self)
        self._said.hide()
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            take_copy(event)
            self._lit(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._lit(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._lit(over=False)
        take_copy(event)
        self.dropped.emit(event.mimeData())

    def _lit(self, *, over: bool) -> None:
        self._over = over
        edge = EDGE if over else 0
        self.whole.setContentsMargins(edge, edge, edge, edge)
        self._said.setVisible(over and bool(self._said.text()))
        self._said.adjustSize()
        self._said.move((self.width() - self._said.width()) // 2, self.height() - self._said.height() - 3 * EDGE)
        self._said.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._over:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._look.colour("accent"), 2, Qt.PenStyle.DashLine))
            painter.setBrush(self._look.colour("selection"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 10, 10)
