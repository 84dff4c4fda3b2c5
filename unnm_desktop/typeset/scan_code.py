"""A QR code: a text that a scanner types, drawn as one shape."""

from __future__ import annotations

from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import Box, Drawn, Piece
from unnm_desktop.typeset.styles import INK
from unnm_desktop.typeset.tags import Element

SHARE = 0.22
"""Of the width of the page."""
_QUIET = 4
"""Modules of white that a scanner wants around it."""
_TALLEST = 110.0


def modules(text: str) -> list[list[bool]]:
    """The squares of the code, row by row from the top; a quarter of them may be lost."""
    made = QRCode(None, QRErrorCorrectLevel.Q)
    made.addData(text)
    made.make()
    return [[bool(dark) for dark in row] for row in made.modules]


def _runs(rows: list[list[bool]]) -> list[tuple[int, int, int]]:
    """Row, first column and number of dark squares that stand beside each other."""
    found = []
    for row, squares in enumerate(rows):
        for dark, run in groupby(enumerate(squares), key=lambda one: one[1]):
            columns = [column for column, _ in run]
            if dark:
                found.append((row, columns[0], len(columns)))
    return found


class _Code:
    keep_with_next = False
    before = after = 0.0

    def __init__(self, rows: list[list[bool]], element: Element | None) -> None:
        self._runs = _runs(rows)
        self._count = len(rows)
        self._element = element

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        size = min(width, _TALLEST)
        if size > room and not force:
            return None, self

        def draw(ink: Ink, x: float, top: float) -> None:
            one = size / (self._count + 2 * _QUIET)
            left, above = x + (width - size) / 2 + one * _QUIET, top - one * _QUIET
            boxes = [(left + at * one, above - (row + 1) * one, n * one, one) for row, at, n in self._runs]
            with ink.tagged(self._element):
                ink.rectangles(boxes, INK)

        return Drawn(size, draw), None


def scan_code(block: b.ScanCode, root: Element | None) -> Box:
    """The code of a block, a figure for readers for the blind."""
    element = root.child("Figure", alternative=block.label) if root is not None else None
    return _Code(modules(block.text), element)
