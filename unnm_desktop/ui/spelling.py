"""Spelling in the minutes: words no dictionary knows are underlined, the context menu says what may be meant."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QContextMenuEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from unnm_desktop.i18n import N_
from unnm_desktop.services import spelling
from unnm_desktop.services.spelling import Speller, Word

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


class Spelling(QSyntaxHighlighter):
    """Underlines once the dictionaries are loaded; until then, and where they are missing, nothing changes."""

    def __init__(self, desk: Desk, editor: QTextEdit) -> None:
        super().__init__(editor.document())
        self._desk, self._editor = desk, editor
        self._speller: Speller | None = None
        self._wrong = QTextCharFormat()
        self._wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        self._wrong.setUnderlineColor(desk.look.colour("red"))
        # The job keeps no hold of an editor that is gone.
        desk.jobs.run(Speller().load, done=self._take)

    def _take(self, speller: Speller) -> None:
        self._speller = speller
        self.mark_anew()

    def mark_anew(self) -> None:
        """Look through the whole text; the document says nothing of it, for nobody has typed."""
        blocked = self.document().blockSignals(True)
        self.rehighlight()
        self.document().blockSignals(blocked)

    def highlightBlock(self, text: str) -> None:
        if self._speller is None:
            return
        for word in spelling.words(text):
            if not self._speller.is_right(word.text):
                self.setFormat(word.start, word.length, self._wrong)

    def word_at(self, cursor: QTextCursor) -> Word | None:
        """The misspelt word that the cursor stands in."""
        if self._speller is None:
            return None
        at = cursor.positionInBlock()
        found = (one for one in spelling.words(cursor.block().text()) if one.start <= at <= one.start + one.length)
        word = next(found, None)
        return word if word is not None and not self._speller.is_right(word.text) else None

    def fill(self, menu: QMenu, event: QContextMenuEvent) -> None:
        """Put on top of a menu what may be meant, and the way to make a word known."""
        cursor = self._editor.cursorForPosition(event.pos())
        word = self.word_at(cursor)
        if word is None or self._speller is None or self._editor.isReadOnly():
            return
        first = menu.actions()[0]
        place = cursor.block().position() + word.start
        offered = self._speller.suggestions(word.text)
        entries = [menu.addAction(text) for text in offered] or [menu.addAction(self._desk.tr(N_("No suggestions")))]
        for entry, text in zip(entries, offered, strict=False):
            entry.triggered.connect(_Replace(self._editor, place, word.length, text))
        entries[0].setEnabled(bool(offered))
        known = menu.addAction(self._desk.tr(N_("Take “{word}” as right"), word=word.text))
        known.triggered.connect(_Learn(self, word.text))
        entries += [known, menu.addSeparator()]
        for entry in entries:
            menu.insertAction(first, entry)

    def learn(self, word: str) -> None:
        """Take a word as right from now on."""
        if self._speller is not None:
            with suppress(OSError):  # it holds until the program is closed
                self._speller.learn(word)
            self.mark_anew()


class _Replace(QObject):
    """Puts a suggestion in a word's place, as one step of the editor's own undo."""

    def __init__(self, editor: QTextEdit, place: int, length: int, text: str) -> None:
        super().__init__(editor)
        self._editor, self._place, self._length, self._text = editor, place, length, text

    def __call__(self) -> None:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(self._place)
        cursor.setPosition(self._place + self._length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(self._text)


class _Learn:
    """Makes a word known."""

    def __init__(self, spelling: Spelling, word: str) -> None:
        self._spelling, self._word = spelling, word

    def __call__(self) -> None:
        self._spelling.learn(self._word)
