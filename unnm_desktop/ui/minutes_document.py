"""The text of minutes, a Markdown subset, as a document on the screen; ``minutes_reading`` is the way back."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)

from unnm_desktop.services import minutes_text
from unnm_desktop.services.minutes_text import Heading, ItemList, Paragraph, Quote, Reference, Spans, Table
from unnm_desktop.ui.theme import Look

OBJECT_TYPE = QTextFormat.ObjectTypes.UserObject.value + 1
KIND_PROPERTY = QTextFormat.Property.UserProperty.value + 1
ID_PROPERTY = QTextFormat.Property.UserProperty.value + 2
QUOTE_PROPERTY = QTextFormat.Property.BlockQuoteLevel
OBJECT = "\ufffc"
SOFT_BREAK = "\u2028"
HEADING_LEVEL = 3
HEADING_SCALE = 1.12
# Qt lays a list out anew with each item that comes to it; a longer one goes on in the next.
MOST_TOGETHER = 200


class Shapes:
    """The formats of the few things that minutes are made of, in one look."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def paragraph(self) -> QTextBlockFormat:
        """Plain words."""
        shape = QTextBlockFormat()
        shape.setBottomMargin(8)
        shape.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return shape

    def heading(self, level: int) -> QTextBlockFormat:
        """A heading of the item's text."""
        shape = self.paragraph()
        shape.setHeadingLevel(level)
        shape.setTopMargin(6)
        return shape

    def quote(self) -> QTextBlockFormat:
        """A quoted paragraph, indented on both sides."""
        shape = self.paragraph()
        shape.setProperty(QUOTE_PROPERTY, 1)
        shape.setLeftMargin(24)
        shape.setRightMargin(24)
        return shape

    def item(self) -> QTextBlockFormat:
        """An item of a list."""
        shape = self.paragraph()
        shape.setBottomMargin(3)
        return shape

    def record(self) -> QTextBlockFormat:
        """The line of a decision or an action point."""
        shape = QTextBlockFormat()
        shape.setTopMargin(2)
        shape.setBottomMargin(6)
        return shape

    def words(
        self, *, bold: bool = False, italic: bool = False, link: str = "", level: int = 0, quote: bool = False
    ) -> QTextCharFormat:
        """Words of a block."""
        shape = QTextCharFormat()
        weight = QFont.Weight.DemiBold if level else QFont.Weight.Bold if bold else QFont.Weight.Normal
        shape.setFontWeight(weight)
        shape.setFontItalic(italic)
        if level:
            shape.setFontPointSize(self._look.base * HEADING_SCALE)
        if quote:
            shape.setForeground(self._look.colour("text2"))
        if link:
            shape.setAnchor(True)
            shape.setAnchorHref(link)
            shape.setFontUnderline(True)
            shape.setForeground(QColor(self._look.tokens.accent_text))
        return shape

    def reference(self, kind: str, record_id: UUID) -> QTextCharFormat:
        """The sign that stands for a decision or an action point."""
        shape = QTextCharFormat()
        shape.setObjectType(OBJECT_TYPE)
        shape.setProperty(KIND_PROPERTY, kind)
        shape.setProperty(ID_PROPERTY, str(record_id))
        return shape


def put_block(cursor: QTextCursor, block: minutes_text.Block, shapes: Shapes, *, first: bool) -> bool:
    """Put one block in behind the cursor's, or into it where it is the first; whether the next is still the first."""

    def begin(shape: QTextBlockFormat, words: QTextCharFormat) -> None:
        nonlocal first
        if first:
            cursor.setBlockFormat(shape)
            cursor.setBlockCharFormat(words)
            first = False
        else:
            cursor.insertBlock(shape, words)
            if cursor.currentList() is not None:
                cursor.currentList().remove(cursor.block())
                cursor.setBlockFormat(shape)

    if isinstance(block, Reference):
        begin(shapes.record(), shapes.words())
        cursor.insertText(OBJECT, shapes.reference(block.kind, block.id))
    elif isinstance(block, Heading):
        begin(shapes.heading(block.level), shapes.words(level=block.level))
        write_spans(cursor, block.spans, shapes, level=block.level)
    elif isinstance(block, Quote):
        begin(shapes.quote(), shapes.words(quote=True))
        write_spans(cursor, block.spans, shapes, quote=True)
    elif isinstance(block, ItemList):
        for item in block.items:
            begin(shapes.item(), shapes.words())
            _enlist(cursor, ordered=item.number is not None, level=item.level, start=item.number or 1)
            write_spans(cursor, item.spans, shapes)
    elif isinstance(block, Table):
        _put_table(cursor, block, shapes)
        first = False
    elif isinstance(block, Paragraph):
        begin(shapes.paragraph(), shapes.words())
        write_spans(cursor, block.spans, shapes)
    return first


def write_spans(cursor: QTextCursor, spans: Spans, shapes: Shapes, *, level: int = 0, quote: bool = False) -> None:
    """Put words with their styles in at the cursor."""
    for span in spans:
        shape = shapes.words(bold=span.bold, italic=span.italic, link=span.link, level=level, quote=quote)
        cursor.insertText(span.text.replace("\n", SOFT_BREAK), shape)


def _enlist(cursor: QTextCursor, *, ordered: bool, level: int, start: int = 1) -> None:
    before = cursor.block().previous()
    above = before.textList() if before.isValid() else None
    while above is not None and above.format().indent() > level + 1 and before.previous().isValid():
        before = before.previous()
        above = before.textList()
    style = QTextListFormat.Style.ListDecimal if ordered else QTextListFormat.Style.ListDisc
    if above is not None and above.format().style() == style and above.format().indent() == level + 1:
        if above.count() < MOST_TOGETHER:
            above.add(cursor.block())
            return
        start = above.format().start() + above.count()
    shape = QTextListFormat()
    shape.setStyle(style)
    shape.setIndent(level + 1)
    if ordered and start != 1:
        shape.setStart(start)
    cursor.createList(shape)


def _put_table(cursor: QTextCursor, block: Table, shapes: Shapes) -> None:
    table = insert_table(cursor, len(block.rows) + 1, len(block.header))
    for row, cells in enumerate((block.header, *block.rows)):
        for column, cell in enumerate(cells):
            inside = table.cellAt(row, column).firstCursorPosition()
            write_spans(inside, cell, shapes)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def insert_table(cursor: QTextCursor, rows: int, columns: int) -> QTextTable:
    """An empty table as wide as the text."""
    shape = QTextTableFormat()
    shape.setCellPadding(5)
    shape.setCellSpacing(0)
    shape.setBorderCollapse(True)
    shape.setBorder(0.5)
    shape.setHeaderRowCount(1)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return cursor.insertTable(rows, columns, shape)


def reference_in(block: QTextBlock) -> tuple[str, UUID] | None:
    """The decision or action point that stands in this block."""
    if OBJECT not in block.text():
        return None
    iterator = block.begin()
    while not iterator.atEnd():
        shape = iterator.fragment().charFormat()
        if shape.objectType() == OBJECT_TYPE:
            return str(shape.property(KIND_PROPERTY)), UUID(str(shape.property(ID_PROPERTY)))
        iterator += 1
    return None
