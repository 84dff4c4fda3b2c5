"""The editor of one text of the minutes: a few styles, plain pasting, cards for decisions and action points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextListFormat,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit
from shiboken6 import isValid

from unnm_desktop.i18n import N_
from unnm_desktop.services import minutes_paste, minutes_text
from unnm_desktop.services.minutes_text import Block
from unnm_desktop.services.spelling import is_installed
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.drops import holds_files
from unnm_desktop.ui.minutes_blocks import BlockCards, BlockView, Key, spoken
from unnm_desktop.ui.minutes_coming import Coming
from unnm_desktop.ui.minutes_direction import Beginning
from unnm_desktop.ui.minutes_document import (
    HEADING_LEVEL,
    OBJECT_TYPE,
    QUOTE_PROPERTY,
    Shapes,
    insert_table,
    reference_in,
)
from unnm_desktop.ui.minutes_insert import OWN, mime_of, own_blocks, references_of
from unnm_desktop.ui.minutes_reading import Reading
from unnm_desktop.ui.spelling import Spelling

# Longer pages of other programs are cleaned on a thread.
AT_ONCE = 200_000
DIRECTIONS = ("\u200e", "\u200f")

_KEYS = QKeySequence.StandardKey
# They mean the whole text, also where its end is still to come.
_OF_THE_WHOLE = (_KEYS.SelectAll, _KEYS.MoveToEndOfDocument, _KEYS.SelectEndOfDocument, _KEYS.Undo, _KEYS.Redo)
_STAYS = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


class MinutesEditor(QTextEdit):
    """A text with headings, lists, quotes, links and tables; nothing else can get into it."""

    left = Signal()
    block_opened = Signal(object)
    styled = Signal()
    # Something did not come into the text (a msgid), or somebody types into a text that stays as it is.
    refused = Signal(str)
    locked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shapes = Shapes(desk.look)
        # Which text is shown: what was pasted into an earlier one does not come into this.
        self._turn = 0
        self._reading = Reading(self.document())
        self.coming = Coming(self._reading, self._shapes)
        self.coming.filled.connect(self._go_on)
        # Where the cursor stood in the text before.
        self._place = 0
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("quiet", True)
        self.document().setDefaultFont(desk.look.font(1.05))
        self.document().setDocumentMargin(14)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        # Each paragraph runs as its first letter does, whatever the language of the window.
        self.beginning = Beginning(self)
        self.document().setIndentWidth(26)
        self.cards = BlockCards(desk.look, desk.tr(N_("No longer in the register")))
        self.document().documentLayout().registerHandler(OBJECT_TYPE, self.cards)
        self.spelling = Spelling(desk, self) if desk.settings.spelling and is_installed() else None
        self.currentCharFormatChanged.connect(lambda _shape: self.styled.emit())
        self.cursorPositionChanged.connect(self.styled.emit)

    # What it holds --------------------------------------------------------------------------------------------

    def show_text(self, text: str, views: Mapping[Key, BlockView]) -> None:
        """Show another text, the rest of a long one in later turns; the cursor stays where it can."""
        self._place = self.textCursor().position()
        self._turn += 1
        self.show_views(views, relayout=False)
        self.coming.show(QTextCursor(self.document()), text)
        # At the end of what is there it would go along with what is still to come.
        self._go_to(0 if self.coming.going_on and self._place >= self._end() else self._place)

    def _go_on(self) -> None:
        if self.textCursor().atStart():
            self._go_to(self._place)

    def _go_to(self, place: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(place, self._end()))
        self.setTextCursor(cursor)

    def _end(self) -> int:
        return self.document().characterCount() - 1

    def show_views(self, views: Mapping[Key, BlockView], *, relayout: bool = True) -> None:
        """Show what the cards say now."""
        if views == self.cards.views:
            return  # a long text is not laid out again for nothing
        self.cards.views = views
        self.setAccessibleDescription(spoken(views))
        if relayout:
            self.document().markContentsDirty(0, self.document().characterCount())
            self.viewport().update()

    def text(self) -> str:
        """What it holds, in the Markdown subset."""
        if self.coming.showing:
            self.coming.complete()
        return self._reading.text()

    def line_here(self) -> int:
        """How many lines of the text end at the paragraph of the cursor."""
        before = self._reading.text(self.textCursor().block())
        return len(before.split("\n")) if before else 0

    def block_here(self) -> Key | None:
        """The decision or action point at the cursor."""
        return reference_in(self.textCursor().block())

    def go_below(self, key: Key) -> None:
        """Put the cursor on the line under a card; a line is made where there is none."""
        self.coming.complete()
        block = self.document().begin()
        while block.isValid() and reference_in(block) != key:
            block = block.next()
        if not block.isValid():
            return
        self.setTextCursor(QTextCursor(block))
        if block.next().isValid():
            self.setTextCursor(QTextCursor(block.next()))
        else:
            self._new_line()

    # Styles --------------------------------------------------------------------------------------------

    def toggle_bold(self) -> None:
        """Bold on or off."""
        shape = self._shapes.words(bold=not self.is_bold(), italic=self.fontItalic())
        self._merge_words(shape)

    def toggle_italic(self) -> None:
        """Italic on or off."""
        shape = self._shapes.words(bold=self.is_bold(), italic=not self.fontItalic())
        self._merge_words(shape)

    def is_bold(self) -> bool:
        """Whether the words at the cursor are bold; a heading is not."""
        return self.fontWeight() >= 700

    def _merge_words(self, shape: QTextCharFormat) -> None:
        if not self.isReadOnly() and self.textCursor().blockFormat().headingLevel() == 0:
            self.mergeCurrentCharFormat(shape)
            self.styled.emit()

    def toggle_heading(self) -> None:
        """Make the paragraph a heading, or plain again."""
        level = 0 if self.textCursor().blockFormat().headingLevel() else HEADING_LEVEL
        shape = self._shapes.heading(level) if level else self._shapes.paragraph()
        self._reshape(shape, self._shapes.words(level=level))

    def toggle_quote(self) -> None:
        """Make the paragraph a quotation, or plain again."""
        quoted = bool(self.textCursor().blockFormat().property(QUOTE_PROPERTY))
        shape = self._shapes.paragraph() if quoted else self._shapes.quote()
        self._reshape(shape, self._shapes.words(quote=not quoted))

    def _reshape(self, shape: QTextBlockFormat, words: QTextCharFormat) -> None:
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if cursor.currentList() is not None:
            cursor.currentList().remove(cursor.block())
        cursor.setBlockFormat(shape)
        whole = QTextCursor(cursor.block())
        whole.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        if reference_in(cursor.block()) is None:
            whole.setCharFormat(words)
        cursor.setBlockCharFormat(words)
        cursor.endEditBlock()
        self.styled.emit()

    def toggle_list(self, *, ordered: bool) -> None:
        """Make the chosen paragraphs a list, or plain again."""
        if self.isReadOnly():
            return
        style = QTextListFormat.Style.ListDecimal if ordered else QTextListFormat.Style.ListDisc
        cursor = self.textCursor()
        found = cursor.currentList()
        cursor.beginEditBlock()
        if found is not None and found.format().style() == style:
            for block in self._chosen_blocks():
                if block.textList() is not None:
                    block.textList().remove(block)
                    QTextCursor(block).setBlockFormat(self._shapes.paragraph())
        else:
            shape = QTextListFormat()
            shape.setStyle(style)
            shape.setIndent(1)
            cursor.createList(shape)
        cursor.endEditBlock()
        self.styled.emit()

    def _chosen_blocks(self) -> list[QTextBlock]:
        cursor, document = self.textCursor(), self.document()
        block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
        found = [block]
        while block != last and block.isValid():
            block = block.next()
            found.append(block)
        return found

    def add_link(self) -> None:
        """Ask for an address and lead the chosen words there."""
        if self.isReadOnly():
            return
        tr, cursor = self._desk.tr, self.textCursor()
        before = cursor.charFormat().anchorHref()
        said = self._desk.ask.text(tr(N_("Link")), tr(N_("Address of the page")), tr(N_("Link it")), before)
        if said is None:
            return
        address = said.strip()
        if address and "://" not in address and not address.startswith("mailto:"):
            address = f"https://{address}"
        words = cursor.selectedText() or address
        if not address:
            cursor.setCharFormat(self._shapes.words())
        else:
            cursor.insertText(words, self._shapes.words(link=address))
            cursor.insertText(" ", self._shapes.words())
        self.setTextCursor(cursor)

    def add_table(self) -> None:
        """Put an empty table in and go to its first cell."""
        if not self.isReadOnly() and self.textCursor().currentTable() is None:
            made = insert_table(self.textCursor(), 3, 3)
            self.setTextCursor(made.cellAt(0, 0).firstCursorPosition())

    # Keys, paste, focus ------------------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy with the cards; other programs get words and simple HTML."""
        return mime_of(self.textCursor(), self.cards.views)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        told = source.hasFormat(OWN) or source.hasHtml() or source.hasText() or source.hasImage()
        return told and not holds_files(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop: what minutes can hold comes in, styles of other programs and pictures stay out."""
        own = own_blocks(source, minutes_text.references(self.text()))
        # Asked for once: a long page is decoded anew each time.
        html = source.html() if own is None and source.hasHtml() else ""
        if holds_files(source):
            self.refused.emit(N_("Files stay out of the text. Add them on the tab Papers."))
        elif own is not None:
            self.insert_blocks(own)
            if any(key not in self.cards.views for key in references_of(own)):
                # What a card of another text says is read once its line is kept.
                self.left.emit()
        elif html.strip():
            self._paste_html(html)
        elif source.hasText():
            self.insert_blocks(minutes_paste.from_plain(source.text()).blocks)
        elif source.hasImage():
            self.refused.emit(N_("Pictures stay out of the text. Add them on the tab Papers."))

    def _paste_html(self, html: str) -> None:
        if len(html) < AT_ONCE:
            self._take(minutes_paste.from_html(html), self.textCursor(), self._turn)
            return
        # The cursor moves along with what is typed meanwhile.
        cursor, turn = self.textCursor(), self._turn
        self._desk.jobs.run(
            minutes_paste.from_html, html, done=lambda pasted: self._take(pasted, cursor, turn),
            progress=True, text=self._desk.tr(N_("Cleaning what you pasted")),
        )  # fmt: skip

    def _take(self, pasted: minutes_paste.Pasted, cursor: QTextCursor, turn: int) -> None:
        if not isValid(self):
            return  # its window was built anew or closed meanwhile
        if turn != self._turn or self.isReadOnly():
            self.refused.emit(N_("Another text is shown now. Paste once more where you want it."))
            return
        self._put(cursor, pasted.blocks)
        if pasted.pictures:
            self.refused.emit(N_("Pictures stay out of the text. Add them on the tab Papers."))

    def insert_blocks(self, blocks: Sequence[Block]) -> None:
        """Put blocks in at the cursor, as one step of the editor's undo."""
        if not self.isReadOnly():
            self._put(self.textCursor(), blocks)

    def _put(self, cursor: QTextCursor, blocks: Sequence[Block]) -> None:
        if blocks:
            # A cursor of its own: this one becomes the editor's.
            self.coming.put(QTextCursor(cursor), blocks)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def toggle_direction(self) -> None:
        """Let the paragraph run the other way than its first letter says; again, and it is as before."""
        cursor = QTextCursor(self.textCursor().block())
        if self.isReadOnly() or reference_in(cursor.block()) is not None:
            return
        text = cursor.block().text()
        if text[:1] in DIRECTIONS:
            cursor.deleteChar()
        else:
            # A mark of Unicode, so that it reads the same on paper and in any other program.
            rtl = cursor.block().textDirection() is Qt.LayoutDirection.RightToLeft
            cursor.insertText(DIRECTIONS[0 if rtl else 1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        here = self.block_here()
        if here is not None and event.key() == Qt.Key.Key_F2:
            self.block_opened.emit(here)
            return
        if self.isReadOnly() and event.text() and event.text().isprintable() and plain:
            self.locked.emit()
            return
        if here is not None and event.text() and event.text().isprintable() and not self.isReadOnly():
            # Words never share a line with a card.
            self._new_line()
        if event.key() == Qt.Key.Key_Tab and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.textCursor().insertText("\t")
            return
        if enter and plain and not self.isReadOnly() and self._leave_style():
            return
        if event.matches(QKeySequence.StandardKey.Bold):
            self.toggle_bold()
            return
        if event.matches(QKeySequence.StandardKey.Italic):
            self.toggle_italic()
            return
        super().keyPressEvent(event)

    def _new_line(self) -> None:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock(self._shapes.paragraph(), self._shapes.words())
        self.setTextCursor(cursor)

    def _leave_style(self) -> bool:
        """Enter after a heading, a quotation or a card goes on plain; on an empty item it ends the list."""
        cursor = self.textCursor()
        shape = cursor.blockFormat()
        if cursor.currentList() is not None and not cursor.block().text().strip():
            self._reshape(self._shapes.paragraph(), self._shapes.words())
            return True
        special = shape.headingLevel() or shape.property(QUOTE_PROPERTY) or self.block_here() is not None
        if special and cursor.atBlockEnd():
            self._new_line()
            return True
        return False

    def event(self, event: QEvent) -> bool:
        # With nothing left to take back here, undo is the window's: a decision just put in goes again.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if any(event.matches(keys) for keys in _OF_THE_WHOLE):
                self.coming.complete()
            document = self.document()
            undo = event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.coming.complete()
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.spelling is not None:
            self.spelling.fill(menu, event)
        menu.popup(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = reference_in(self.cursorForPosition(event.position().toPoint()).block())
        if found is not None:
            self.block_opened.emit(found)
            return
        super().mouseDoubleClickEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.left.emit()
