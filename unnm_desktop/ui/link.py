"""A link that gives way where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter


class Link(QPushButton):
    """A link as wide as its text, cut where there is less room."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show this text."""
        self._whole = text
        self._cut()
        self.updateGeometry()

    def _around(self) -> int:
        """What the button keeps free beside its text."""
        return max(0, super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text()))

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._whole) + self._around() + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words, option.text = option.text, ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        # Qt would set them in the middle: what is cut to another length would begin elsewhere in each line of a list.
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        start = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        flags = int(start | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextHideMnemonic)
        self.style().drawItemText(
            painter, inside, flags, option.palette, self.isEnabled(), words, QPalette.ColorRole.ButtonText
        )

    def _cut(self) -> None:
        room = max(32, self.width() - self._around())
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if cut.replace("&", "&&") != self.text():
            self.setText(cut.replace("&", "&&"))
        self.setToolTip(self._whole if cut != self._whole else "")
