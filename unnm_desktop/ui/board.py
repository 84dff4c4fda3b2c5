"""Figures in a row above two columns of cards; below one another where the window is narrow or the text large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.theme import Look

# The page's margin at its end, what of it lies outside the scrolled part, and the width of a scroll bar.
END_MARGIN, EDGE, SCROLL_BAR = 24, 8, 12
# Below these widths, at the normal size of text, figures stand two in a row and the columns below one another.
FIGURES_IN_A_ROW, SIDE_BY_SIDE = 760, 720
GAP = 14


class Board(ScrollColumn):
    """Scrolls as a whole; the last card at the start side takes the room that is left."""

    def __init__(
        self, look: Look, figures: Sequence[QWidget], start: Sequence[QWidget], end: Sequence[QWidget]
    ) -> None:
        super().__init__(margins=(0, 0, 0, 0), spacing=GAP + 2)
        self._look, self._figures, self._in_a_row = look, tuple(figures), 0
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self.column.addLayout(self._grid)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(GAP)
        for cards, share in ((start, 3), (end, 2)):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            for card in cards:
                column.addWidget(card)
            if cards is start:
                column.setStretch(len(cards) - 1, 1)
            else:
                column.addStretch(1)
            self._columns.addLayout(column, share)
        self.column.addLayout(self._columns, 1)
        self.verticalScrollBar().rangeChanged.connect(self._keep_margin)
        self._keep_margin(0, 0)
        self._arrange()

    def stand_in(self, body: QVBoxLayout) -> None:
        """Take the room of a page; the scroll bar stands in its margin, so that the cards end where the header does."""
        margins = body.contentsMargins()
        # Qt mirrors what lies in a layout, not the margins around it.
        start, end = (EDGE, margins.left()) if self._look.rtl else (margins.left(), EDGE)
        body.setContentsMargins(start, margins.top(), end, margins.bottom())
        body.addWidget(self, 1)

    def stand_above(self, body: QVBoxLayout, bar: QWidget, place: int) -> None:
        """Let a bar of the page end where the cards do; while it is hidden it takes no room."""
        body.removeWidget(bar)
        line = QHBoxLayout()
        line.addWidget(bar, 1)
        line.addSpacing(END_MARGIN - EDGE)
        body.insertLayout(place, line)

    def into_sight(self, line: QRect) -> None:
        """Scroll to a line of the list that sends this."""
        view = self.sender()
        if isinstance(view, QWidget):
            at = view.mapTo(self.inside, line.center())
            self.ensureVisible(at.x(), at.y(), 0, line.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _keep_margin(self, _least: int, most: int) -> None:
        margin = END_MARGIN - EDGE - (SCROLL_BAR if most > 0 else 0)
        self.set_margins(0, 0, margin, 0)

    def _arrange(self) -> None:
        width = self.width() * 100 / max(100, self._look.text_size)
        in_a_row = 4 if width >= FIGURES_IN_A_ROW else 2
        if self._in_a_row != in_a_row:
            self._in_a_row = in_a_row
            for card in self._figures:
                self._grid.removeWidget(card)
            for number, card in enumerate(self._figures):
                self._grid.addWidget(card, number // in_a_row, number % in_a_row)
                self._grid.setColumnStretch(number, 1 if number < in_a_row else 0)
        beside = QBoxLayout.Direction.LeftToRight if width >= SIDE_BY_SIDE else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != beside:
            self._columns.setDirection(beside)
