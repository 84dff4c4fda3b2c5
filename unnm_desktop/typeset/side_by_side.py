"""Boxes beside each other from the start side; what of them does not fit goes on together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import Box, Drawn, Piece


class RowFit:
    """What of a row fits: the pieces of its cells, their height, and what is left of each cell."""

    def __init__(self, cells: Sequence[Box | None], widths: Sequence[float], room: float, force: bool) -> None:
        self.pieces: list[Piece | None] = []
        self.rests: list[Box | None] = []
        self.height = 0.0
        for cell, width in zip(cells, widths, strict=True):
            piece, rest = cell.fit(width, room, force) if cell is not None else (None, None)
            self.pieces.append(piece)
            self.rests.append(rest)
            if piece is not None:
                self.height = max(self.height, piece.height)
        self.complete = all(rest is None for rest in self.rests)
        self.empty = all(piece is None for piece in self.pieces)


class SideBySide:
    """Boxes beside each other from the start side: (box, share of the width)."""

    keep_with_next = False

    def __init__(
        self, cells: Sequence[tuple[Box | None, float]], gap: float, rtl: bool, before: float = 0.0, after: float = 0.0
    ) -> None:
        self.cells = cells
        self.gap = gap
        self.rtl = rtl
        self.before = before
        self.after = after

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        free = width - self.gap * (len(self.cells) - 1)
        widths = [free * share for _, share in self.cells]
        row = RowFit([cell for cell, _ in self.cells], widths, room, force)
        if row.empty and not row.complete:
            return None, self
        starts = [0.0, *accumulate(each + self.gap for each in widths)]

        def draw(ink: Ink, x: float, top: float) -> None:
            for piece, start, own in zip(row.pieces, starts, widths, strict=False):
                if piece is not None:
                    piece.draw(ink, x + (width - start - own if self.rtl else start), top)

        rest = None
        if not row.complete:
            shares = [share for _, share in self.cells]
            rest = SideBySide(list(zip(row.rests, shares, strict=True)), self.gap, self.rtl, 0.0, self.after)
        return Drawn(row.height, draw), rest
