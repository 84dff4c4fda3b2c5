"""How wide the columns of a table are: as asked, moved so far that no word of ordinary length is cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.lines import widest
from unnm_desktop.typeset.paragraph import rich_tokens
from unnm_desktop.typeset.styles import TextStyle
from unnm_desktop.typeset.table_rows import PAD_X

# Addresses and words without an end are cut wherever they stand.
_LONGEST_WORD = 24
_MOST_ROWS = 400
# Letters differ in width: of a column this many of its longest words are measured.
_MEASURED = 4
# No column grows further beyond what was asked for it.
_GROWTH = 1.7


def column_widths(
    table: b.Table, width: float, rtl: bool, head: TextStyle, cell: TextStyle, strong: TextStyle
) -> list[float]:
    """The widths in points, from the start side; together they are ``width``."""
    weights = [max(column.width, 0.01) for column in table.columns]
    asked = [width * weight / sum(weights) for weight in weights]
    wanted = _words(table, rtl, head, cell, strong)
    needs = [min(max(need + 2 * PAD_X, 0.0), own * _GROWTH) for need, own in zip(wanted, asked, strict=True)]
    lacking = [max(need - own, 0.0) for need, own in zip(needs, asked, strict=True)]
    spare = [max(own - need, 0.0) for need, own in zip(needs, asked, strict=True)]
    moved = min(sum(lacking), sum(spare))
    if not moved:
        return asked
    gain, loss = moved / sum(lacking), moved / sum(spare)
    return [own + more * gain - less * loss for own, more, less in zip(asked, lacking, spare, strict=True)]


def _words(table: b.Table, rtl: bool, head: TextStyle, cell: TextStyle, strong: TextStyle) -> list[float]:
    """The widest word of each column that should stay whole."""
    taken = islice(table.rows, _MOST_ROWS)
    rows = [row for row in taken if not isinstance(row, b.GroupRow) and len(row) == len(table.columns)]
    found = []
    for place, column in enumerate(table.columns):
        said = [(column.title.split(), head)]
        if column.kind != "pill":
            said.append((_of(rows, place), cell))
            if table.total is not None and len(table.total) == len(table.columns):
                said.append((_of([table.total], place), strong))
        found.append(max(_measured(words, style, rtl) for words, style in said))
    return found


def _of(rows: Sequence[Sequence[b.Cell]], place: int) -> list[str]:
    cells = (row[place] for row in rows)
    return [word for one in cells if not isinstance(one, b.Mark | b.Pill) for word in b.plain(one).split()]


def _measured(words: Sequence[str], style: TextStyle, rtl: bool) -> float:
    whole = {word for word in words if len(word) <= _LONGEST_WORD}
    longest = sorted(whole, key=lambda word: (-len(word), word))[:_MEASURED]
    return max((widest(rich_tokens(word, style, rtl)[0]) for word in longest), default=0.0)
