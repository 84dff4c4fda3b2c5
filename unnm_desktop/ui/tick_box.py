"""A tick box whose edge and tick are seen in both themes; Qt's own is too faint on dark ground."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from unnm_desktop.ui.letters import cut_mark
from unnm_desktop.ui.theme import Look

# Its box grows with the words beside it, as far as a line has room for it.
_BOX, _MOST, _GAP = 17, 22, 9


class TickBox(QCheckBox):
    """Text that does not fit is cut instead of widening the window."""

    def __init__(self, look: Look, text: str = "", indent: int = 0) -> None:
        """``indent`` is how far the box stands from the start, under the words of the fields around it."""
        super().__init__()
        self._look, self._whole, self._indent = look, text, indent
        self._box = min(_MOST, look.with_text(_BOX))
        self.setAccessibleName(text)
        # Qt would not let it be narrower than its words.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._cut()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = _GAP + metrics.horizontalAdvance(self._whole) + 6 if self._whole else 7
        return QSize(self._indent + self._box + words, max(24, metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(140, self.sizeHint().width()), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        wide = min(self.width(), self.sizeHint().width())
        return (self.width() - wide <= pos.x() if self._look.rtl else pos.x() < wide) and self.rect().contains(pos)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = max(20, self.width() - self._indent - self._box - _GAP - 4)
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        super().setText(cut + (cut_mark(self._whole) if cut != self._whole else ""))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, on = self._look, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = self.width() - self._box - 1 - self._indent if look.rtl else 1 + self._indent
        box = QRectF(x, (self.height() - self._box) / 2, self._box, self._box)
        usable = self.isEnabled()
        edge = "ring" if self.hasFocus() else "primary" if on and usable else "edge"
        painter.setPen(QPen(look.colour(edge), 2.0 if self.hasFocus() else 1.3))
        painter.setBrush(look.colour("primary" if on and usable else "sunken" if not usable else "surface"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        if on:
            tick = look.icons.pixmap("check", look.colour("primary_text" if usable else "text2").name(), self._box - 4)
            painter.drawPixmap(round(box.x()) + 2, round(box.y()) + 2, tick)
        if self.text():
            painter.setPen(look.colour("text" if usable else "text2"))
            beside = self._indent + self._box + _GAP
            room = self.rect().adjusted(*((0, 0, -beside, 0) if look.rtl else (beside, 0, 0, 0)))
            painter.drawText(room, int(look.start() | Qt.AlignmentFlag.AlignVCenter), self.text())
