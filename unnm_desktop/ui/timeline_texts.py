"""Texts of a timeline, cut to their columns and set once, so that scrolling only paints them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTextOption, QTransform

from unnm_desktop.ui.letters import cut_mark, keeping_its_end
from unnm_desktop.ui.theme import Look

MOST = 4000


class SetTexts:
    """Fonts, colours and texts of one look; shaping Arabic anew at each step of a scroll costs more than the rest."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.plain = look.font()
        self.strong = look.font(1.0, QFont.Weight.DemiBold)
        self.small = look.font(0.9)
        self.small_strong = look.font(0.9, QFont.Weight.DemiBold)
        fonts = (self.plain, self.strong, self.small, self.small_strong)
        self._metrics = {id(font): QFontMetrics(font) for font in fonts}
        names = ("text", "text2", "line", "surface", "sunken", "selection", "hover", "ring", "red", "violet", "accent")
        self.colours = {name: look.colour(name) for name in names}
        self._set: dict[tuple[str, int, int], QStaticText] = {}

    def width(self, text: str, font: QFont) -> int:
        """How wide a text is in one of these fonts."""
        return self._metrics[id(font)].horizontalAdvance(text)

    def height(self, font: QFont) -> int:
        """How high a line is in one of these fonts."""
        return self._metrics[id(font)].height()

    def _cut(self, text: str, font: QFont, width: int) -> QStaticText:
        """The text cut to a width, remembered."""
        key = (text, id(font), width)
        if key not in self._set:
            if len(self._set) > MOST:
                self._set.clear()
            line = " ".join(text.split())
            cut = self._metrics[id(font)].elidedText(line, Qt.TextElideMode.ElideRight, width)
            whole = cut if cut == line else cut + cut_mark(line)
            made = QStaticText(keeping_its_end(whole) if self._look.rtl else whole)
            made.setTextFormat(Qt.TextFormat.PlainText)
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.NoWrap)
            option.setTextDirection(
                Qt.LayoutDirection.RightToLeft if self._look.rtl else Qt.LayoutDirection.LeftToRight
            )
            made.setTextOption(option)
            made.prepare(QTransform(), font)
            self._set[key] = made
        return self._set[key]

    def write(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        font: QFont,
        colour: str,
        *,
        end: bool = False,
        middle: bool = False,
    ) -> None:
        """Write a text into a box: at its start, at its end or in its middle."""
        if box.width() <= 0:
            return
        painter.setFont(font)
        painter.setPen(self.colours[colour])
        made = self._cut(text, font, box.width())
        size = made.size()
        free = box.width() - size.width()
        # What is free lies after a text at the start, before one at the end.
        before = free / 2 if middle else free if end != self._look.rtl else 0
        painter.drawStaticText(QPointF(box.x() + before, box.y() + (box.height() - size.height()) / 2), made)
