"""Find and replace in the minutes: in the text shown, and on through the other items."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QTextEdit

from unnm_desktop.i18n import N_
from unnm_desktop.services import minutes_text
from unnm_desktop.services.minutes_search import count, matches
from unnm_desktop.ui.minutes_document import OBJECT
from unnm_desktop.ui.widgets import button, icon_button, label

if TYPE_CHECKING:
    from unnm_desktop.ui.meeting_minutes import MinutesTab


class FindBar(QFrame):
    """One line over the text; Enter goes on, also into the next item that has the words."""

    def __init__(self, tab: MinutesTab) -> None:
        super().__init__()
        self._tab, self._desk = tab, tab.desk
        tr, look = self._desk.tr, self._desk.look
        self.words = self._box(tr(N_("Find in the minutes")))
        self.other = self._box(tr(N_("Replace with")))
        self.count = label(look, "", "grey")
        self.back = icon_button(look, "chevron-up", tr(N_("Previous (Shift+Enter)")), self.previous)
        self.on = icon_button(look, "chevron-down", tr(N_("Next (Enter)")), self.next)
        self.one = button(look, tr(N_("Replace")), self.replace)
        self.every = button(look, tr(N_("Replace all here")), self.replace_all)
        self.shut = icon_button(look, "x", tr(N_("Close (Esc)")), self.leave)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 8, 6)
        line.setSpacing(6)
        line.addWidget(self.words, 3)
        line.addWidget(self.count)
        line.addWidget(self.back)
        line.addWidget(self.on)
        line.addWidget(self.other, 2)
        line.addWidget(self.one)
        line.addWidget(self.every)
        line.addWidget(self.shut)
        # The places of the words in the text, and what other items say.
        self._found: list[tuple[int, int]] = []
        self._read: dict[UUID, tuple[str, str]] = {}
        self.words.textChanged.connect(self.mark)
        tab.editor.verticalScrollBar().valueChanged.connect(self._mark_in_sight)
        self.hide()

    def _box(self, name: str) -> QLineEdit:
        box = QLineEdit()
        box.setPlaceholderText(name)
        box.setAccessibleName(name)
        box.setAlignment(self._desk.look.start())
        box.setMinimumWidth(110)
        return box

    def open(self) -> None:
        """Take the chosen words and let others be typed."""
        chosen = self._tab.editor.textCursor().selectedText()
        if chosen and "\u2029" not in chosen and OBJECT not in chosen:
            self.words.setText(chosen)
        locked = self._tab.editor.isReadOnly()
        for widget in (self.other, self.one, self.every):
            widget.setVisible(not locked)
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        self.mark()

    def leave(self) -> None:
        """Close the line; the text takes the keyboard."""
        self.hide()
        self._tab.editor.setExtraSelections([])
        self._tab.editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if self.other.hasFocus():
                self.replace()
            elif back:
                self.previous()
            else:
                self.next()
        else:
            super().keyPressEvent(event)

    # Finding --------------------------------------------------------------------------------------------

    def _here(self) -> list[tuple[int, int]]:
        self._tab.editor.coming.complete()
        return matches(self._tab.editor.document().toRawText(), self.words.text())

    def _elsewhere(self) -> dict[UUID, int]:
        """How often the words stand in the other items, in the language shown."""
        sheet, found = self._tab.sheet, {}
        if sheet is not None and self.words.text():
            for item in sheet.items:
                if item.id == self._tab.item_id:
                    continue
                number = count(self._plain(item.id, sheet.text(item.id, self._tab.field)), self.words.text())
                if number:
                    found[item.id] = number
        return found

    def _plain(self, item_id: UUID, text: str) -> str:
        """The words of another item; a long one is not read again with each key."""
        if self._read.get(item_id, ("", ""))[0] != text:
            self._read[item_id] = (text, minutes_text.to_text(minutes_text.parse(text)))
        return self._read.get(item_id, ("", ""))[1]

    def mark(self) -> None:
        """Show every place in the text, and how many there are here and in the other items."""
        if self.isHidden():
            return
        self._found = found = self._here()
        self._mark_in_sight()
        if not self.words.text():
            self.count.setText("")
            return
        tr, others = self._desk.tr, sum(self._elsewhere().values())
        says = N_("{here} here, {others} in other items") if others else N_("{here} here")
        self.count.setText(tr(says, here=len(found), others=others))

    def _mark_in_sight(self) -> None:
        """A word that stands everywhere in a long text is marked where it can be seen."""
        if self.isHidden():
            return
        editor, look = self._tab.editor, self._desk.look
        first = editor.cursorForPosition(QPoint(0, 0)).block().position()
        below = editor.cursorForPosition(QPoint(0, editor.height())).block()
        shape = QTextCharFormat()
        shape.setBackground(look.tone("warn")[1])
        shape.setForeground(look.colour("text"))
        marks = []
        for start, end in self._found[bisect_left(self._found, (first, 0)) :]:
            if start > below.position() + below.length():
                break
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(start, end)
            mark.format = shape
            marks.append(mark)
        editor.setExtraSelections(marks)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self._tab.editor.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def next(self) -> None:
        """Go to the next place, in this text or the next item that has one."""
        here, at = self._here(), self._tab.editor.textCursor().selectionEnd()
        found = next((place for place in here if place[0] >= at), None)
        self._go(found, here, step=1)

    def previous(self) -> None:
        """Go to the place before."""
        here, at = self._here(), self._tab.editor.textCursor().selectionStart()
        found = next((place for place in reversed(here) if place[1] <= at), None)
        self._go(found, here, step=-1)

    def _go(self, found: tuple[int, int] | None, here: list[tuple[int, int]], *, step: int) -> None:
        if found is None:
            other = self._next_item(step)
            if other is not None:
                self._tab.choose_item(other)
                if self._tab.item_id != other:
                    return
                here = self._here()
            if not here:
                return
            found = here[0 if step > 0 else -1]
        self._tab.editor.setTextCursor(self._cursor(*found))
        self._tab.editor.ensureCursorVisible()
        self.mark()

    def _next_item(self, step: int) -> UUID | None:
        sheet, others = self._tab.sheet, self._elsewhere()
        if sheet is None or not others:
            return None
        keys = [item.id for item in sheet.items]
        here = keys.index(self._tab.item_id) if self._tab.item_id in keys else 0
        after = [keys[(here + step * n) % len(keys)] for n in range(1, len(keys))]
        return next((key for key in after if key in others), None)

    # Replacing --------------------------------------------------------------------------------------------

    def replace(self) -> None:
        """Put the other words in the place of those chosen, and go on."""
        editor = self._tab.editor
        if editor.isReadOnly():
            return
        cursor = editor.textCursor()
        if (cursor.selectionStart(), cursor.selectionEnd()) in self._here() and cursor.hasSelection():
            cursor.insertText(self.other.text(), cursor.charFormat())
            editor.setTextCursor(cursor)
        self.next()

    def replace_all(self) -> None:
        """Replace every place of this text, as one step of the editor's undo."""
        editor, found = self._tab.editor, self._here()
        if editor.isReadOnly() or not found:
            return
        cursor = QTextCursor(editor.document())
        cursor.beginEditBlock()
        for start, end in reversed(found):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(self.other.text(), cursor.charFormat())
        cursor.endEditBlock()
        self.mark()
        self._desk.say(self._desk.language.ntr("Replaced in {n} place.", "Replaced in {n} places.", len(found)))
