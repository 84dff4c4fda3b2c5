"""The rows of a table: being set, placed on a page, and drawn."""

from __future__ import annotations

from collections.abc import Sequence

from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import Box
from unnm_desktop.typeset.side_by_side import RowFit
from unnm_desktop.typeset.styles import RULE

PAD_X = 5.0
PAD_Y = 3.2


class Row:
    """A row being set: its cells and how it looks."""

    __slots__ = ("back", "cells", "closing", "foot", "goes_on", "group", "least", "pad", "rule_above", "spans")

    def __init__(
        self, cells: list[Box | None], *, back: str = "", pad: float = PAD_Y, least: float = 0.0, group: bool = False,
        foot: str = RULE, rule_above: str = "", spans: bool = False,
    ) -> None:  # fmt: skip
        self.cells = cells
        self.back = back
        self.pad = pad
        self.least = least
        self.group = group
        self.foot = foot
        self.rule_above = rule_above
        self.spans = spans
        # The row that sums up: it stays with the row before it.
        self.closing = bool(rule_above)
        # The rest of a row whose beginning stands on the page before
        self.goes_on = False


def inner(widths: Sequence[float]) -> list[float]:
    """What the cells of these widths have for their words."""
    return [max(1.0, each - 2 * PAD_X) for each in widths]


class PlacedRow:
    """What of a row stands on this page."""

    __slots__ = ("fitted", "height", "row", "widths")

    def __init__(self, row: Row, fitted: RowFit, widths: Sequence[float], height: float) -> None:
        self.row = row
        self.fitted = fitted
        self.widths = widths
        self.height = height

    def draw(self, ink: Ink, x: float, top: float, rtl: bool) -> None:
        row, bottom, width = self.row, top - self.height, sum(self.widths)
        if row.back:
            ink.rectangle(x, bottom, width, self.height, fill=row.back)
        if row.foot:
            ink.line(x, bottom, x + width, bottom, row.foot, 0.5 if row.foot == RULE else 0.8)
        if row.rule_above:
            ink.line(x, top, x + width, top, row.rule_above, 0.8)
        start = 0.0
        for piece, own in zip(self.fitted.pieces, self.widths, strict=True):
            left = width - start - own if rtl else start
            if row.least:
                ink.rectangle(x + left, bottom, own, self.height, stroke=RULE)
            if piece is not None:
                # Rows of a given height (to sign in) carry their words in the middle.
                lift = (self.height - piece.height) / 2 if row.least else row.pad
                piece.draw(ink, x + left + PAD_X, top - lift)
            start += own


class TablePiece:
    """The rows of a table on one page."""

    def __init__(self, rows: Sequence[PlacedRow], height: float, rtl: bool) -> None:
        self.rows = rows
        self.height = height
        self._rtl = rtl

    def draw(self, ink: Ink, x: float, top: float) -> None:
        for row in self.rows:
            row.draw(ink, x, top, self._rtl)
            top -= row.height
