"""Running text of the records, in the Markdown subset of minutes, as blocks of a document."""

from __future__ import annotations

from collections.abc import Iterable

from unnm_desktop.services import minutes_text
from unnm_desktop.typeset.blocks import Block, Bullets, Column, Heading, ListItem, Paragraph, Rich, Span, Table, plain


def told(text: str) -> list[Block]:
    """The blocks of a text that refers to no record."""
    return [block_of(one) for one in minutes_text.parse(text) if not isinstance(one, minutes_text.Reference)]


def block_of(block: minutes_text.Block) -> Block:
    """One block of the text as a block of the page.

    Raises:
        TypeError: it is a reference to a record, which only the caller can look up.

    """
    match block:
        case minutes_text.Heading():
            return Heading(plain(rich(block.spans)), 3)
        case minutes_text.ItemList():
            items = tuple(ListItem(rich(one.spans), one.level) for one in block.items)
            first = next((one.number for one in block.items if one.number is not None), 1)
            return Bullets(items, block.ordered, first)
        case minutes_text.Quote():
            return Paragraph(rich(block.spans), "quote")
        case minutes_text.Table():
            columns = tuple(Column(plain(rich(one))) for one in block.header)
            return Table(columns, tuple(tuple(rich(cell) for cell in row) for row in block.rows))
        case minutes_text.Paragraph():
            return Paragraph(rich(block.spans))
        case minutes_text.Reference():
            raise TypeError("a reference is not a text")


def rich(spans: Iterable[minutes_text.Span]) -> Rich:
    """Styled words."""
    return tuple(Span(one.text, one.bold, one.italic, one.link) for one in spans)
