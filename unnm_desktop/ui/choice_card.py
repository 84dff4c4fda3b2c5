"""One of a few ways to go on, as a card with a round mark, a title and a grey line."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from unnm_desktop.ui.radio_card import DOT, GAP, MARGIN, RadioCard
from unnm_desktop.ui.theme import Look


class ChoiceCard(RadioCard):
    """A radio button that is seen as a card: arrow keys go from one to the next, the whole card can be clicked."""

    def __init__(self, look: Look, title: str, line: str = "") -> None:
        super().__init__(look, title)
        self._line = line
        self._strong, self._small = look.font(1.05, QFont.Weight.DemiBold), look.font(0.95)
        self.setAccessibleDescription(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: str) -> None:
        """Another grey line under the title."""
        self._line = line
        self.setAccessibleDescription(line)
        self.update()

    def sizeHint(self) -> QSize:
        lines = QFontMetrics(self._strong).height() + (QFontMetrics(self._small).height() + 2 if self._line else 0)
        return QSize(240, lines + 2 * MARGIN)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        strong, small = QFontMetrics(self._strong), QFontMetrics(self._small)
        high = strong.height() + (small.height() + 2 if self._line else 0)
        top = (self.height() - high) // 2
        self.paint_card(painter, top + strong.height() / 2)
        room = self.width() - 2 * MARGIN - DOT - GAP
        x = MARGIN if look.rtl else MARGIN + DOT + GAP
        flags = int(look.start() | Qt.AlignmentFlag.AlignVCenter)
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(look.colour("text"))
        painter.setFont(self._strong)
        painter.drawText(QRect(x, top, room, strong.height()), flags, strong.elidedText(self.text(), elide, room))
        if self._line:
            painter.setPen(look.colour("text2"))
            painter.setFont(self._small)
            place = QRect(x, top + strong.height() + 2, room, small.height())
            painter.drawText(place, flags, small.elidedText(self._line, elide, room))
