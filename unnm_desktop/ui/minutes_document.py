"""The text of minutes between its Markdown subset and the document on the screen: there and back without loss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
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
_SPACES = f" \t\u00a0{SOFT_BREAK}"
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>]+")
_STARTS = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[-+*][ \t]|>|\||:?-+:?[ \t]*\|)")
_CLOSING, _ESCAPED = re.compile(r"(^|\s)(#+)$"), r"\1\\\2"
_NUMBERED = re.compile(r"([ \t]*[0-9]{1,6})([.)])([ \t])")


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


def fill(document: QTextDocument, text: str, look: Look) -> None:
    """Show this text; what can be undone in the document begins anew."""
    document.setUndoRedoEnabled(False)
    document.clear()
    shapes, cursor = Shapes(look), QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(shapes.paragraph())
    cursor.setBlockCharFormat(shapes.words())
    first = True
    for block in minutes_text.parse(text):
        first = put_block(cursor, block, shapes, first=first)
    if cursor.block().text() == OBJECT:
        # Below a decision at the end there is a line to go on writing.
        cursor.insertBlock(shapes.paragraph(), shapes.words())
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)


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
        above.add(cursor.block())
        return
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


# And back ------------------------------------------------------------------------------------------------------------


def text_of(document: QTextDocument, until: QTextBlock | None = None) -> str:
    """The document in the Markdown subset; with ``until`` only as far as the end of that block."""
    parts: list[tuple[str, str]] = []
    for kind, words, block in _pieces(document):
        if words:
            parts.append((kind, words))
        if until is not None and block == until:
            break
    text, before = "", ""
    for kind, words in parts:
        glue = "\n" if kind == before == "item" else "\n\n"
        text = f"{text}{glue}{words}" if text else words
        before = kind
    return text


def _pieces(document: QTextDocument) -> Iterator[tuple[str, str, QTextBlock]]:
    block = document.begin()
    numbers: dict[int, int] = {}
    while block.isValid():
        table = QTextCursor(block).currentTable()
        if table is not None:
            yield "table", _table_text(table), block
            last = table.lastCursorPosition().block()
            block = last.next()
            continue
        kind, words = _block_text(block, numbers)
        yield kind, words, block
        block = block.next()


def _block_text(block: QTextBlock, numbers: dict[int, int]) -> tuple[str, str]:
    reference = reference_in(block)
    if reference is not None:
        return "record", minutes_text.reference_line(*reference)
    shape = block.blockFormat()
    level = shape.headingLevel()
    words = _inline(block, plain=bool(level)).replace(SOFT_BREAK, "\n").strip()
    found = block.textList()
    if found is None:
        numbers.clear()
    if not words:
        return "blank", ""
    if level:
        # Signs at the end would be read as those that close a heading.
        return "heading", f"{'#' * level} {_CLOSING.sub(_ESCAPED, ' '.join(words.split()))}"
    if found is not None:
        depth = max(0, found.format().indent() - 1)
        for deeper in [one for one in numbers if one > depth]:
            del numbers[deeper]
        indent = "  " * depth
        if found.format().style() == QTextListFormat.Style.ListDecimal:
            numbers[depth] = numbers.get(depth, found.format().start() - 1) + 1
            mark = f"{numbers[depth]}."
        else:
            mark = "-"
        hanging = f"\n{indent}   "
        lines = [_safe_start(line.strip()) if number else line.strip() for number, line in enumerate(words.split("\n"))]
        return "item", f"{indent}{mark} {hanging.join(lines)}"
    lines = [_safe_start(line.strip()) for line in words.split("\n") if line.strip()]
    if shape.property(QUOTE_PROPERTY):
        return "quote", "\n".join(f"> {line}" for line in lines)
    return "paragraph", "\n".join(lines)


def _table_text(table: QTextTable) -> str:
    rows = []
    for row in range(table.rows()):
        cells = []
        for column in range(table.columns()):
            words: list[str] = []
            block = table.cellAt(row, column).firstCursorPosition().block()
            last = table.cellAt(row, column).lastCursorPosition().block()
            while block.isValid():
                words.append(" ".join(_inline(block).replace(SOFT_BREAK, " ").split()))
                if block == last:
                    break
                block = block.next()
            cells.append(" ".join(words).strip().replace("|", "\\|"))
        rows.append(f"| {' | '.join(cells)} |")
    rows.insert(1, f"|{'---|' * table.columns()}")
    return "\n".join(rows)


def _safe_start(line: str) -> str:
    """A line of plain words that must not be read as a heading, a list, a quote or a table."""
    if _STARTS.match(line):
        stripped = line.lstrip(" \t")
        return f"\\{stripped}" if not stripped.startswith("\\") else stripped
    return _NUMBERED.sub(r"\1\\\2\3", line, count=1) if _NUMBERED.match(line) else line


def _inline(block: QTextBlock, *, plain: bool = False) -> str:
    """The words of a block with their styles; a heading is bold anyway."""
    runs: list[tuple[str, bool, bool, str]] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.isValid():
            shape = fragment.charFormat()
            bold = not plain and shape.fontWeight() >= QFont.Weight.Bold.value
            run = (fragment.text().replace(OBJECT, ""), bold, shape.fontItalic(), shape.anchorHref())
            if runs and runs[-1][1:] == run[1:]:
                runs[-1] = (runs[-1][0] + run[0], *run[1:])
            else:
                runs.append(run)
        iterator += 1
    whole = "".join(text for text, *_ in runs)
    return _marked(runs, links="](" in whole)


def _marked(runs: list[tuple[str, bool, bool, str]], *, links: bool) -> str:
    """The runs with signs where a style begins or ends; spaces stay outside, where the signs would not be read."""
    text, spaces = "", ""
    bold_now = italic_now = False
    for words, bold, italic, link in runs:
        core = words.strip(_SPACES)
        if not core:
            spaces += words
            continue
        start = words.index(core)
        closing = ("**" if bold_now and not bold else "") + ("*" if italic_now and not italic else "")
        opening = ("**" if bold and not bold_now else "") + ("*" if italic and not italic_now else "")
        text += f"{closing}{spaces}{words[:start]}{opening}{_linked(core, link, links=links)}"
        spaces = words[start + len(core) :]
        bold_now, italic_now = bold, italic
    return f"{text}{'**' if bold_now else ''}{'*' if italic_now else ''}{spaces}"


def _linked(core: str, link: str, *, links: bool) -> str:
    words = _escaped(core, links=links)
    whole = link and not set(f"[]\n{SOFT_BREAK}") & set(core) and _ADDRESS.fullmatch(link)
    return f"[{words}]({link})" if whole else words


def _escaped(text: str, *, links: bool) -> str:
    found = []
    for place, sign in enumerate(text):
        escape = sign in "\\*" or (sign == "[" and links)
        if sign == "_":
            inside = text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()
            escape = not inside
        found.append(f"\\{sign}" if escape else sign)
    return "".join(found)


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
