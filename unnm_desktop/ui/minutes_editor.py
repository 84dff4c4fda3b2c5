"""The editor of one text of the minutes: a few styles, plain pasting, cards for decisions and action points."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
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
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QToolButton

from unnm_desktop.db.text import clean
from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.minutes_blocks import BlockCards, BlockView, Key, spoken
from unnm_desktop.ui.minutes_document import (
    HEADING_LEVEL,
    OBJECT_TYPE,
    QUOTE_PROPERTY,
    Shapes,
    fill,
    insert_table,
    reference_in,
    text_of,
)
from unnm_desktop.ui.widgets import icon_button

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

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shapes = Shapes(desk.look)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("quiet", True)
        self.document().setDefaultFont(desk.look.font(1.05))
        self.document().setDocumentMargin(14)
        # Each paragraph runs as its first letter does, whatever the language of the window.
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.document().setIndentWidth(26)
        self.cards = BlockCards(desk.look, desk.tr(N_("No longer in the register")))
        self.document().documentLayout().registerHandler(OBJECT_TYPE, self.cards)
        self.currentCharFormatChanged.connect(lambda _shape: self.styled.emit())
        self.cursorPositionChanged.connect(self.styled.emit)

    # What it holds --------------------------------------------------------------------------------------------

    def show_text(self, text: str, views: Mapping[Key, BlockView]) -> None:
        """Show another text; the cursor stays where it can."""
        place = self.textCursor().position()
        self.show_views(views, relayout=False)
        fill(self.document(), text, self._desk.look)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def show_views(self, views: Mapping[Key, BlockView], *, relayout: bool = True) -> None:
        """Show what the cards say now."""
        self.cards.views = views
        self.setAccessibleDescription(spoken(views))
        if relayout:
            self.document().markContentsDirty(0, self.document().characterCount())
            self.viewport().update()

    def text(self) -> str:
        """What it holds, in the Markdown subset."""
        return text_of(self.document())

    def line_here(self) -> int:
        """How many lines of the text end at the paragraph of the cursor."""
        before = text_of(self.document(), self.textCursor().block())
        return len(before.split("\n")) if before else 0

    def block_here(self) -> Key | None:
        """The decision or action point at the cursor."""
        return reference_in(self.textCursor().block())

    def go_below(self, key: Key) -> None:
        """Put the cursor on the line under a card; a line is made where there is none."""
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
        said = self._desk.ask.text(tr(N_("Link")), tr(N_("Address of the page")), cursor.charFormat().anchorHref())
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
        """Put an empty table in."""
        if not self.isReadOnly() and self.textCursor().currentTable() is None:
            insert_table(self.textCursor(), 3, 3)

    # Keys, paste, focus ------------------------------------------------------------------------------------------

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only: styles of other programs stay out, each line becomes a paragraph."""
        lines = clean(source.text()).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        written = False
        for line in lines:
            if not line.strip() and len(lines) > 1:
                continue
            if written:
                cursor.insertBlock(self._shapes.paragraph(), self._shapes.words())
            cursor.insertText(line.replace("\ufffc", ""))
            written = True
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        here = self.block_here()
        if here is not None and event.key() == Qt.Key.Key_F2:
            self.block_opened.emit(here)
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


class EditorTools(QFrame):
    """The buttons over the editor; each shows whether its style holds at the cursor."""

    def __init__(self, desk: Desk, editor: MinutesEditor) -> None:
        super().__init__()
        self._desk, self._editor = desk, editor
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(8, 6, 8, 6)
        self.line.setSpacing(2)
        tr = desk.tr
        self._checks: list[tuple[QToolButton, Callable[[], bool]]] = []
        self.bold = self._tool("bold", tr(N_("Bold (Ctrl+B)")), editor.toggle_bold, editor.is_bold)
        self.italic = self._tool("italic", tr(N_("Italic (Ctrl+I)")), editor.toggle_italic, editor.fontItalic)
        self.heading = self._tool("heading-2", tr(N_("Heading")), editor.toggle_heading, self._is_heading)
        self.bullets = self._tool(
            "list", tr(N_("Bulleted list")), lambda: editor.toggle_list(ordered=False), lambda: self._is_list(False)
        )
        self.numbers = self._tool(
            "list-ordered", tr(N_("Numbered list")), lambda: editor.toggle_list(ordered=True),
            lambda: self._is_list(True),
        )  # fmt: skip
        self.quote = self._tool("quote", tr(N_("Quotation")), editor.toggle_quote, self._is_quote)
        self.link = self._tool("link", tr(N_("Link")), editor.add_link)
        self.table = self._tool("table", tr(N_("Table")), editor.add_table)
        self.line.addSpacing(10)
        self.undo = self._tool("undo-2", tr(N_("Undo typing (Ctrl+Z)")), editor.undo)
        self.redo = self._tool("redo-2", tr(N_("Redo typing (Ctrl+Shift+Z)")), editor.redo)
        editor.document().undoAvailable.connect(self.undo.setEnabled)
        editor.document().redoAvailable.connect(self.redo.setEnabled)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        self.line.addStretch(1)
        editor.styled.connect(self._check)

    def _tool(
        self, icon: str, name: str, run: Callable[[], object], holds: Callable[[], bool] | None = None
    ) -> QToolButton:
        def go() -> None:
            run()
            self._editor.setFocus()

        made = icon_button(self._desk.look, icon, name, go)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if holds is not None:
            made.setCheckable(True)
            self._checks.append((made, holds))
        self.line.addWidget(made)
        return made

    def lock(self, locked: bool) -> None:
        """Let the styles rest while the text stays as it is."""
        for tool in (
            self.bold,
            self.italic,
            self.heading,
            self.bullets,
            self.numbers,
            self.quote,
            self.link,
            self.table,
        ):
            tool.setEnabled(not locked)
        document = self._editor.document()
        self.undo.setEnabled(not locked and document.isUndoAvailable())
        self.redo.setEnabled(not locked and document.isRedoAvailable())

    def _check(self) -> None:
        for tool, holds in self._checks:
            tool.setChecked(holds())

    def _is_heading(self) -> bool:
        return self._editor.textCursor().blockFormat().headingLevel() > 0

    def _is_quote(self) -> bool:
        return bool(self._editor.textCursor().blockFormat().property(QUOTE_PROPERTY))

    def _is_list(self, ordered: bool) -> bool:
        found = self._editor.textCursor().currentList()
        style = QTextListFormat.Style.ListDecimal if ordered else QTextListFormat.Style.ListDisc
        return found is not None and found.format().style() == style
