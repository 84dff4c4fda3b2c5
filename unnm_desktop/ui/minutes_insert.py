"""Puts texts into the document of minutes and takes pieces out of it: what is shown, paste, drag, copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor, QTextDocument

from unnm_desktop.services import minutes_paste, minutes_text
from unnm_desktop.services.minutes_text import Block, ItemList, Paragraph, Reference
from unnm_desktop.ui.minutes_blocks import BlockView, Key
from unnm_desktop.ui.minutes_document import OBJECT, Shapes, put_block, reference_in, write_spans
from unnm_desktop.ui.minutes_reading import PORTION, text_of

OWN = "application/x-unnm-minutes"


def filling(cursor: QTextCursor, text: str, shapes: Shapes) -> Iterator[bool]:
    """Show this text in the cursor's document; what can be undone there begins anew."""
    document = cursor.document()
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor.beginEditBlock()
    cursor.setBlockFormat(shapes.paragraph())
    cursor.setBlockCharFormat(shapes.words())
    yield from _put_all(cursor, minutes_text.one_by_one(text), shapes, first=True)
    if cursor.block().text() == OBJECT:
        # Below a decision at the end there is a line to go on writing.
        cursor.insertBlock(shapes.paragraph(), shapes.words())
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)


def pasting(cursor: QTextCursor, blocks: Sequence[Block], shapes: Shapes) -> Iterator[bool]:
    """Put blocks in at the cursor, in the place of what is chosen; with each portion it says whether more follow."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    only = blocks[0] if len(blocks) == 1 else None
    if reference_in(cursor.block()) is not None:
        # Words never share a line with a card.
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock(shapes.paragraph(), shapes.words())
    if cursor.currentTable() is not None:
        # A cell holds words only.
        cursor.insertText(" ".join(_words(block) for block in blocks if not isinstance(block, Reference)))
    elif isinstance(only, Paragraph):
        write_spans(cursor, only.spans, shapes, level=cursor.blockFormat().headingLevel())
    else:
        yield from _insert_apart(cursor, blocks, shapes)
    cursor.endEditBlock()


def _insert_apart(cursor: QTextCursor, blocks: Sequence[Block], shapes: Shapes) -> Iterator[bool]:
    """Between the words before the cursor and those behind it."""
    behind = not cursor.atBlockEnd()
    if behind:
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    first = not cursor.block().text() and cursor.currentList() is None
    yield from _put_all(cursor, blocks, shapes, first=first)
    if isinstance(blocks[-1], Reference) and not behind and not cursor.block().next().isValid():
        cursor.insertBlock(shapes.paragraph(), shapes.words())


def _put_all(cursor: QTextCursor, blocks: Iterable[Block], shapes: Shapes, *, first: bool) -> Iterator[bool]:
    for number, block in enumerate(_parts(blocks), 1):
        first = put_block(cursor, block, shapes, first=first)
        if number % PORTION == 0:
            cursor.endEditBlock()
            yield True
            # Its other end went along with what was typed there, which would be taken for chosen.
            cursor.setPosition(cursor.position())
            cursor.joinPreviousEditBlock()


def _parts(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with each item of a list by itself; the document puts it to the one above."""
    for block in blocks:
        if isinstance(block, ItemList):
            yield from (replace(block, items=(item,)) for item in block.items)
        else:
            yield block


def _words(block: Block) -> str:
    return " ".join(minutes_text.to_text((block,)).split())


def references_of(blocks: Sequence[Block]) -> list[Key]:
    """The decisions and action points among blocks."""
    return [(block.kind, block.id) for block in blocks if isinstance(block, Reference)]


def mime_of(cursor: QTextCursor, views: Mapping[Key, BlockView]) -> QMimeData:
    """What is chosen, for this editor with its cards, for other programs as HTML and as words."""
    piece = QTextDocument()
    QTextCursor(piece).insertFragment(cursor.selection())
    text = text_of(piece)
    names = {key: f"{view.title}: {view.text}" for key, view in views.items()}
    blocks = minutes_text.parse(text)
    plain = "\n\n".join(
        names.get((block.kind, block.id), "") if isinstance(block, Reference) else minutes_text.to_text((block,))
        for block in blocks
    )
    made = QMimeData()
    made.setData(OWN, text.encode())
    made.setText(plain if blocks else cursor.selectedText().replace("\u2029", "\n").replace(OBJECT, ""))
    made.setHtml(minutes_paste.to_html(blocks, dict(names.items())))
    return made


def own_blocks(source: QMimeData | None, standing: Sequence[Key]) -> tuple[Block, ...] | None:
    """Blocks copied from minutes, without the cards that stand in the text already; None where it is not ours."""
    # An empty clipboard gives no data at all on some systems.
    if source is None or not source.hasFormat(OWN):
        return None
    blocks = minutes_text.parse(bytes(source.data(OWN).data()).decode("utf-8", "replace"))
    return tuple(
        block for block in blocks if not isinstance(block, Reference) or (block.kind, block.id) not in standing
    )
