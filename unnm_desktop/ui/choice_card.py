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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_line(self, line: str) -> None:
        """Another grey line under the title."""
        self._line = line
        self.setAccessibleDescription(line)
        self.updateGeometry()
        self.update()

    def _lines(self, font: QFont, text: str, width: int) -> list[str]:
        """A text in the lines that it takes in a card of that width; it wraps rather than being cut."""
        measure, room = QFontMetrics(font).horizontalAdvance, max(60, width - 2 * MARGIN - DOT - GAP)
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and measure(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _high(self, width: int) -> int:
        """How high title and line are together."""
        title, line = self._lines(self._strong, self.text(), width), self._lines(self._small, self._line, width)
        below = QFontMetrics(self._small).height() * len(line) + (2 if line else 0)
        return QFontMetrics(self._strong).height() * len(title) + below

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._high(width) + 2 * MARGIN

    def sizeHint(self) -> QSize:
        # As if each had room in one line; what they need is asked for when the width is known.
        below = QFontMetrics(self._small).height() + 2 if self._line else 0
        return QSize(240, QFontMetrics(self._strong).height() + below + 2 * MARGIN)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, QFontMetrics(self._strong).height() + 2 * MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        top = (self.height() - self._high(self.width())) // 2
        self.paint_card(painter, top + QFontMetrics(self._strong).height() / 2)
        room = self.width() - 2 * MARGIN - DOT - GAP
        x = MARGIN if look.rtl else MARGIN + DOT + GAP
        flags = int(look.start() | Qt.AlignmentFlag.AlignVCenter)
        for font, text, colour in ((self._strong, self.text(), "text"), (self._small, self._line, "text2")):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(look.colour(colour))
            for line in self._lines(font, text, self.width()):
                cut = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
                painter.drawText(QRect(x, top, room, metrics.height()), flags, cut)
                top += metrics.height()
            top += 2
