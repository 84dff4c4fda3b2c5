"""A line of text that shows its start with "…" while nobody types in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QStylePainter, QToolTip

# What QLineEdit keeps free beside its text.
MARGIN = 2
_LONGEST = 2**31 - 1


class CutLine(QLineEdit):
    """Too long a text is cut where it can be seen, and whole as a tooltip."""

    def __init__(self) -> None:
        super().__init__()
        # Qt would cut a longer text without a word, also one that is only looked at.
        self.setMaxLength(_LONGEST)
        self._brief = ("", "")

    def set_brief(self, text: str, brief: str) -> None:
        """What stands there instead of this text where there is no room for the whole."""
        self._brief = (text, brief)

    def shown(self) -> str:
        """The text as far as there is room for it."""
        room = self.contentsRect().marginsRemoved(self.textMargins()).width() - 2 * MARGIN - self._padding()
        text, metrics = self.text(), self.fontMetrics()
        if text == self._brief[0] and metrics.horizontalAdvance(text) > room:
            text = self._brief[1]
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))

    def _padding(self) -> int:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return max(0, self.contentsRect().width() - inside.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        # A text that fits is painted here, too: QLineEdit sets one from right to left two pixels further in.
        if self.hasFocus() or not self.text():
            super().paintEvent(event)
            return
        cut = self.shown()
        painter = QStylePainter(self)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        inside = inside.marginsRemoved(self.textMargins()).adjusted(MARGIN, 0, -MARGIN, 0)
        # As QLineEdit does: what is cut off is at the end of the text's own direction.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(inside, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), cut)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            QToolTip.showText(event.globalPos(), self.text() if self.shown() != self.text() else "", self)
            return True
        return super().event(event)
