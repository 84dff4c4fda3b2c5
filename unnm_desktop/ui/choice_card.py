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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_line(self, line: str) -> None:
        """Another grey line under the title."""
        self._line = line
        self.setAccessibleDescription(line)
        self.updateGeometry()
        self.update()

    def _room(self, width: int) -> int:
        return max(60, width - 2 * MARGIN - DOT - GAP)

    def _high(self, font: QFont, text: str, width: int) -> int:
        """How high a text is in a card of that width; it wraps rather than being cut."""
        flags = int(Qt.TextFlag.TextWordWrap)
        return QFontMetrics(font).boundingRect(QRect(0, 0, self._room(width), 1000), flags, text).height()

    def _below(self, width: int) -> int:
        return self._high(self._small, self._line, width) + 2 if self._line else 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._high(self._strong, self.text(), width) + self._below(width) + 2 * MARGIN

    def sizeHint(self) -> QSize:
        # As if each had room in one line; what they need is asked for when the width is known.
        below = QFontMetrics(self._small).height() + 2 if self._line else 0
        return QSize(240, QFontMetrics(self._strong).height() + below + 2 * MARGIN)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, QFontMetrics(self._strong).height() + 2 * MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        title, below = self._high(self._strong, self.text(), self.width()), self._below(self.width())
        top = (self.height() - title - below) // 2
        self.paint_card(painter, top + QFontMetrics(self._strong).height() / 2)
        room = self._room(self.width())
        x = MARGIN if look.rtl else MARGIN + DOT + GAP
        flags = int(look.start() | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.setPen(look.colour("text"))
        painter.setFont(self._strong)
        painter.drawText(QRect(x, top, room, title), flags, self.text())
        if self._line:
            painter.setPen(look.colour("text2"))
            painter.setFont(self._small)
            painter.drawText(QRect(x, top + title + 2, room, below), flags, self._line)
