"""Tables: columns from the start side, repeated heads, cells that go on over pages without losing a word."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from itertools import accumulate

from unnm_desktop.typeset import bidi
from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import ENDLESS, Box, Drawn, Piece
from unnm_desktop.typeset.paragraph import TextBox
from unnm_desktop.typeset.styles import (
    DEEP,
    GREY,
    INK,
    MM,
    PALE,
    RED,
    RULE,
    TONES,
    WASH,
    WHITE,
    Setting,
    Style,
    TextStyle,
)
from unnm_desktop.typeset.tags import Element

_PAD_X = 5.0
_PAD_Y = 3.2
_HEAD_PAD_Y = 4.0
# A row taller than this may be split in the middle of a page; a lower one moves to the next page whole.
_TALL_ROW = 220.0
_LEAST_SPLIT = 60.0

_SIGNS: dict[str, tuple[str, str]] = {
    "present": ("●", DEEP),
    "alternate": ("◐", DEEP),
    "absent": ("×", RED),
    "apologies": ("○", GREY),
    "yes": ("✓", "#1B6B3A"),
    "no": ("×", RED),
    "box": ("☐", INK),
}


class PillBox:
    """A short text in a coloured capsule."""

    keep_with_next = False

    def __init__(
        self, text: str, tone: b.Tone, style: Style, align: b.Align, element: Element | None, solid: bool = False
    ) -> None:
        self.before = self.after = 0.0
        words, self._back, edge = TONES[tone]
        if solid:
            words, self._back = WHITE, words if tone != "neutral" else edge
        self._rtl, self._align = style.rtl, align
        pill = style.pill
        self._text: Box = TextBox(
            text,
            TextStyle(pill.size, pill.leading, pill.face, colour=words),
            style.rtl,
            align="center",
            element=element,
        )
        self._natural = (
            self._text.natural_width() + 12.0 if isinstance(self._text, TextBox) and self._text.text else 0.0
        )

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        if not self._natural:
            return Drawn(0.0, lambda ink, x, top: None), None
        own = min(self._natural, width)
        piece, rest = self._text.fit(own - 12.0 + 0.01, room - 1.0, force)
        if piece is None:
            return None, self
        free = width - own
        at_right = (self._align == "start") == self._rtl
        shift = free / 2 if self._align == "center" else free if at_right else 0.0

        def draw(ink: Ink, x: float, top: float) -> None:
            ink.capsule(x + shift, top - piece.height, own, piece.height, 5.5, fill=self._back)
            piece.draw(ink, x + shift + 6.0, top)

        made = Drawn(piece.height + 1.0, draw)
        if rest is None:
            return made, None
        following = object.__new__(PillBox)
        following.before = following.after = 0.0
        following._text, following._natural = rest, self._natural
        following._rtl, following._align, following._back = self._rtl, self._align, self._back
        return made, following


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


def cell_count(table: b.Table) -> int:
    """How many cells a table has."""
    return len(table.columns) * (len(table.rows) + 1)


def _is_foreign(text: str) -> bool:
    """Whether nothing in the text runs from right to left."""
    return text.isascii() or not any(bidi.bidi_class(character) in ("R", "AL", "AN") for character in text[:400])


def _align(column: b.Column) -> Setting:
    if column.kind == "number" and column.align == "start":
        return "end"
    return column.align


class _Row:
    """A row being set: its cells and how it looks."""

    __slots__ = ("back", "cells", "closing", "foot", "goes_on", "group", "least", "pad", "rule_above", "spans")

    def __init__(
        self, cells: list[Box | None], *, back: str = "", pad: float = _PAD_Y, least: float = 0.0, group: bool = False,
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


class TableBox:
    """A table, or what is left of it."""

    keep_with_next = False

    def __init__(self, table: b.Table, style: Style, element: Element | None) -> None:
        self.before, self.after = 8.0, 10.0
        self._table = table
        self._style = style
        self._rtl = style.rtl
        self._element = element
        self.next_row = 0
        self._stripe = 0
        self._head_drawn = False
        self._tall_head = False
        self._totalled = table.total is None
        # Rows that did not fit, or the rest of one
        self.waiting: list[_Row] = []
        weights = [max(column.width, 0.01) for column in table.columns]
        self._shares = [weight / sum(weights) for weight in weights]
        self._bold = TextStyle(style.cell.size, style.cell.leading, "semibold")
        self._group = TextStyle(style.cell.size, style.cell.leading, "semibold", colour=DEEP)
        light = TextStyle(style.head.size, style.head.leading, "semibold", colour=DEEP)
        self._head_style = light if table.style == "plain" else style.head

    # -- rows made when they are needed

    def _tag(self, row: Element | None, role: str, span: int = 1) -> Element | None:
        if row is None:
            return None
        made = row.child(role)
        made.span = span
        if role == "TH":
            made.scope = "Column"
        return made

    def _tag_row(self) -> Element | None:
        return self._element.child("TR") if self._element is not None else None

    def _cell(self, cell: b.Cell, column: b.Column, style: TextStyle, element: Element | None) -> Box:
        align = _align(column)
        if isinstance(cell, b.Mark):
            sign, colour = _SIGNS[cell.kind]
            if element is not None:
                element = element.child("Span")
                element.alternative = cell.label or cell.kind
            marked = TextStyle(style.size + 2, style.leading, colour=colour)
            return TextBox(sign, marked, self._rtl, align=align, element=element)
        if isinstance(cell, b.Pill) or column.kind == "pill":
            pill = cell if isinstance(cell, b.Pill) else b.Pill(b.plain(cell))
            return PillBox(pill.text, pill.tone, self._style, column.align, element)
        base = None
        if column.kind in ("number", "code"):
            text = b.plain(cell)
            # A sign or a unit stays where it was written.
            if _is_foreign(text):
                base = 0
        return TextBox(cell, style, self._rtl, base=base, align=align, element=element)

    def _cells(self, values: Sequence[b.Cell], style: TextStyle) -> list[Box | None]:
        row = self._tag_row()
        columns = self._table.columns
        if len(values) != len(columns):
            message = f"A row has {len(values)} cells and the table {len(columns)} columns."
            raise ValueError(message)
        return [
            self._cell(value, column, style, self._tag(row, "TD"))
            for value, column in zip(values, columns, strict=True)
        ]

    def _head_row(self) -> _Row | None:
        """The column heads; tagged when they are first drawn."""
        columns = self._table.columns
        if not any(column.title for column in columns):
            return None
        row = self._tag_row() if not self._head_drawn else None
        cells: list[Box | None] = [
            TextBox(
                column.title,
                self._head_style,
                self._rtl,
                align=_align(column),
                element=self._tag(row, "TH"),
            )
            for column in columns
        ]
        if self._table.style == "plain":
            return _Row(cells, pad=_HEAD_PAD_Y, foot=DEEP)
        return _Row(cells, back=DEEP, pad=_HEAD_PAD_Y, foot="")

    def _following(self) -> _Row | None:
        """The next row to set, or None at the end."""
        if self.waiting:
            return self.waiting.pop(0)
        table = self._table
        if self.next_row < len(table.rows):
            values = table.rows[self.next_row]
            self.next_row += 1
            if isinstance(values, b.GroupRow):
                self._stripe = 0
                return self._spanning(values.text, self._group, group=True)
            self._stripe += 1
            least = table.row_height_mm * MM
            striped = self._stripe % 2 == 0 and table.style == "grid" and not least
            back = PALE if striped else ""
            return _Row(self._cells(values, self._style.cell), back=back, least=least)
        if not table.rows and table.empty and self.next_row == 0:
            self.next_row = 1
            return self._spanning(table.empty, TextStyle(self._bold.size, self._bold.leading, colour=GREY))
        if not self._totalled:
            self._totalled = True
            assert table.total is not None  # noqa: S101 - said by _totalled, for the type checker
            return _Row(self._cells(table.total, self._bold), back=WASH, rule_above=DEEP, foot=DEEP)
        return None

    def _spanning(self, text: str, style: TextStyle, *, group: bool = False) -> _Row:
        element = self._tag(self._tag_row(), "TD", len(self._table.columns))
        box = TextBox(text, style, self._rtl, element=element)
        return _Row([box], back=WASH if group else "", group=group, spans=True)

    # -- fitting

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        # A try that is thrown away must leave no trace: the rows are counted in a copy.
        going_on = copy(self)
        going_on.waiting = list(self.waiting)
        piece, done = going_on.fill(width, room, force)
        if piece is None:
            return None, self
        going_on.before = 0.0
        return piece, None if done else going_on

    def fill(self, width: float, room: float, force: bool) -> tuple[Piece | None, bool]:
        """Take rows until the room is full: the piece, and whether the table is done."""
        widths = [width * share for share in self._shares]
        placed = self._place_head(widths, room, force)
        if placed is None:
            return None, False
        heads = len(placed)
        used = sum(row.height for row in placed)
        while (row := self._following()) is not None:
            placed_row, rest = self._place(row, widths, room - used, force and len(placed) == heads)
            if placed_row is not None:
                placed.append(placed_row)
                used += placed_row.height
            if rest is not None:
                self.waiting.insert(0, rest)
                break
        else:
            return _TablePiece(placed, used, self._rtl), True
        if len(placed) == heads:
            return None, False
        # The name of a group goes to the page of its rows, and neither a total nor a last row stands alone.
        while len(placed) > heads + 1:
            last = placed[-1]
            if last.row is self.waiting[0] or not (last.row.group or self.waiting[0].closing or self._one_is_left()):
                break
            placed.pop()
            used -= last.height
            self.waiting.insert(0, last.row)
        return _TablePiece(placed, used, self._rtl), False

    def _one_is_left(self) -> bool:
        """Whether one whole row alone would go to the next page."""
        done = self._totalled and self.next_row >= len(self._table.rows)
        return done and len(self.waiting) == 1 and not self.waiting[0].goes_on

    def _place_head(self, widths: Sequence[float], room: float, force: bool) -> list[_PlacedRow] | None:
        """The repeated head; None when there is no room for it and a row here."""
        heading = None if self._tall_head else self._head_row()
        if heading is None:
            return []
        fitted = RowFit(heading.cells, _inner(widths), ENDLESS, True)
        height = fitted.height + 2 * heading.pad
        if height < room * 0.5:
            self._head_drawn = True
            return [_PlacedRow(heading, fitted, widths, height)]
        if not force:
            return None
        if not self._head_drawn:
            # Heads too tall to be repeated are set once, like any other row.
            self._head_drawn = self._tall_head = True
            self.waiting.insert(0, heading)
        return []

    def _place(
        self, row: _Row, widths: Sequence[float], room: float, force: bool
    ) -> tuple[_PlacedRow | None, _Row | None]:
        own = [sum(widths)] if row.spans else widths
        inner = _inner(own)
        whole = RowFit(row.cells, inner, ENDLESS, True)
        height = max(whole.height + 2 * row.pad, row.least)
        if height <= room:
            return _PlacedRow(row, whole, own, height), None
        if not force and (height < _TALL_ROW or room < _LEAST_SPLIT):
            return None, row
        part = RowFit(row.cells, inner, room - 2 * row.pad, force)
        if part.empty:
            return None, row
        placed = _PlacedRow(row, part, own, part.height + 2 * row.pad)
        if part.complete:
            return placed, None
        rest = _Row(part.rests, back=row.back, pad=row.pad, group=row.group, foot=row.foot, spans=row.spans)
        rest.goes_on = True
        return placed, rest


def _inner(widths: Sequence[float]) -> list[float]:
    return [max(1.0, each - 2 * _PAD_X) for each in widths]


class _PlacedRow:
    """What of a row stands on this page."""

    __slots__ = ("fitted", "height", "row", "widths")

    def __init__(self, row: _Row, fitted: RowFit, widths: Sequence[float], height: float) -> None:
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
                piece.draw(ink, x + left + _PAD_X, top - lift)
            start += own


class _TablePiece:
    """The rows of a table on one page."""

    def __init__(self, rows: Sequence[_PlacedRow], height: float, rtl: bool) -> None:
        self.rows = rows
        self.height = height
        self._rtl = rtl

    def draw(self, ink: Ink, x: float, top: float) -> None:
        for row in self.rows:
            row.draw(ink, x, top, self._rtl)
            top -= row.height
