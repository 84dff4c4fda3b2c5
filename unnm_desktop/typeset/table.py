"""Tables: columns from the start side, repeated heads, cells that go on over pages without losing a word."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from unnm_desktop.typeset import bidi
from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.column_widths import column_widths
from unnm_desktop.typeset.layout import ENDLESS, Box, Piece
from unnm_desktop.typeset.paragraph import TextBox
from unnm_desktop.typeset.pill import PillBox
from unnm_desktop.typeset.side_by_side import RowFit
from unnm_desktop.typeset.styles import DEEP, GREY, INK, MM, PALE, RED, TALLEST_WHOLE, WASH, Setting, Style, TextStyle
from unnm_desktop.typeset.table_rows import PlacedRow, Row, TablePiece, inner
from unnm_desktop.typeset.tags import Element

_HEAD_PAD_Y = 4.0
_LEAST_SPLIT = 60.0
_PART_INDENT = 10.0

_SIGNS: dict[str, tuple[str, str]] = {
    "present": ("●", DEEP),
    "alternate": ("◐", DEEP),
    "absent": ("×", RED),
    "apologies": ("○", GREY),
    "yes": ("✓", "#1B6B3A"),
    "no": ("×", RED),
    "box": ("☐", INK),
}


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
        self.waiting: list[Row] = []
        self._widths: tuple[float, list[float]] = (0.0, [])
        self._bold = TextStyle(style.cell.size, style.cell.leading, "semibold")
        self._group = TextStyle(style.cell.size, style.cell.leading, "semibold", colour=DEEP)
        self._part = TextStyle(style.cell.size, style.cell.leading, "semibold", indent=_PART_INDENT)
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

    def _head_row(self) -> Row | None:
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
            return Row(cells, pad=_HEAD_PAD_Y, foot=DEEP)
        return Row(cells, back=DEEP, pad=_HEAD_PAD_Y, foot="")

    def _following(self) -> Row | None:
        """The next row to set, or None at the end."""
        if self.waiting:
            return self.waiting.pop(0)
        table = self._table
        if self.next_row < len(table.rows):
            values = table.rows[self.next_row]
            self.next_row += 1
            if isinstance(values, b.GroupRow):
                self._stripe = 0
                part = values.level > 1
                row = self._spanning(values.text, self._part if part else self._group, back="" if part else WASH)
                row.group = True
                return row
            self._stripe += 1
            least = table.row_height_mm * MM
            striped = self._stripe % 2 == 0 and table.style == "grid" and not least
            back = PALE if striped else ""
            return Row(self._cells(values, self._style.cell), back=back, least=least)
        if not table.rows and table.empty and self.next_row == 0:
            self.next_row = 1
            return self._spanning(table.empty, TextStyle(self._bold.size, self._bold.leading, colour=GREY))
        if not self._totalled:
            self._totalled = True
            assert table.total is not None  # noqa: S101 - said by _totalled, for the type checker
            return Row(self._cells(table.total, self._bold), back=WASH, rule_above=DEEP, foot=DEEP)
        return None

    def _spanning(self, text: str, style: TextStyle, back: str = "") -> Row:
        element = self._tag(self._tag_row(), "TD", len(self._table.columns))
        box = TextBox(text, style, self._rtl, element=element)
        return Row([box], back=back, spans=True)

    # -- fitting

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        self._widths_in(width)
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
        widths = self._widths_in(width)
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
            return TablePiece(placed, used, self._rtl), True
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
        return TablePiece(placed, used, self._rtl), False

    def _widths_in(self, width: float) -> list[float]:
        """The columns' widths, the same on every page of that width."""
        if self._widths[0] != width:
            styles = (self._head_style, self._style.cell, self._bold)
            self._widths = (width, column_widths(self._table, width, self._rtl, *styles))
        return self._widths[1]

    def _one_is_left(self) -> bool:
        """Whether one whole row alone would go to the next page."""
        done = self._totalled and self.next_row >= len(self._table.rows)
        return done and len(self.waiting) == 1 and not self.waiting[0].goes_on

    def _place_head(self, widths: Sequence[float], room: float, force: bool) -> list[PlacedRow] | None:
        """The repeated head; None when there is no room for it and a row here."""
        heading = None if self._tall_head else self._head_row()
        if heading is None:
            return []
        fitted = RowFit(heading.cells, inner(widths), ENDLESS, True)
        height = fitted.height + 2 * heading.pad
        if height < room * 0.5:
            self._head_drawn = True
            return [PlacedRow(heading, fitted, widths, height)]
        if not force:
            return None
        if not self._head_drawn:
            # Heads too tall to be repeated are set once, like any other row.
            self._head_drawn = self._tall_head = True
            self.waiting.insert(0, heading)
        return []

    def _place(
        self, row: Row, widths: Sequence[float], room: float, force: bool
    ) -> tuple[PlacedRow | None, Row | None]:
        own = [sum(widths)] if row.spans else widths
        rooms = inner(own)
        whole = RowFit(row.cells, rooms, ENDLESS, True)
        height = max(whole.height + 2 * row.pad, row.least)
        if height <= room:
            return PlacedRow(row, whole, own, height), None
        if not force and (height < TALLEST_WHOLE or room < _LEAST_SPLIT):
            return None, row
        part = RowFit(row.cells, rooms, room - 2 * row.pad, force)
        if part.empty:
            return None, row
        placed = PlacedRow(row, part, own, part.height + 2 * row.pad)
        if part.complete:
            return placed, None
        rest = Row(part.rests, back=row.back, pad=row.pad, group=row.group, foot=row.foot, spans=row.spans)
        rest.goes_on = True
        return placed, rest
