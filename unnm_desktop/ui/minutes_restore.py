"""Offers what was being typed when the program ended, with the words that differ."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QHideEvent, QShowEvent, QTextCharFormat
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTextEdit, QVBoxLayout

from unnm_desktop.i18n import N_
from unnm_desktop.services.differences import GONE, NEW, SAME, Part, differences
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import button, label

_BLANK_LINES = re.compile(r"\n\s*\n")


class RestoreBar(QFrame):
    """A question over the editor: restore or discard, with the difference below it."""

    # It stands there, or no longer.
    asked = Signal(bool)

    def __init__(self, desk: Desk, restore: Callable[[], object], discard: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        tr, look = desk.tr, desk.look
        self.setProperty("role", "bar")
        self.setProperty("tone", "warn")
        picture = QLabel()
        picture.setPixmap(look.icons.pixmap("rotate-ccw", look.tokens.tone("warn")[0], look.with_text(18)))
        self.question = label(look, "", "strong", wrap=True)
        self.restore_button = button(look, tr(N_("Restore")), restore, "primary")
        self.discard_button = button(look, tr(N_("Discard")), discard)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(picture)
        line.addWidget(self.question, 1)
        line.addWidget(self.restore_button)
        line.addWidget(self.discard_button)
        self.words = QTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(tr(N_("What would change")))
        self._most = round(110 * look.text_size / 100)
        self.words.setStyleSheet("QTextEdit { border: none; background: transparent; padding: 0; }")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.words)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.asked.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.asked.emit(False)

    def offer(self, question: str, kept: str, typed: str) -> None:
        """Ask (translated), and show how the typed text differs from the kept one."""
        self.question.setText(question)
        self.setAccessibleName(question)
        self.words.clear()
        cursor, first = self.words.textCursor(), -1
        parts = differences(kept, typed)
        for part in parts:
            if first < 0 and part.kind != SAME:
                first = cursor.position()
            cursor.insertText(_BLANK_LINES.sub("\n", part.text), self._shape(part))
        cursor.setPosition(max(0, first))
        self.words.setTextCursor(cursor)
        self.setAccessibleDescription(" ".join(self._spoken(part) for part in parts if part.kind in (NEW, GONE)))
        self.show()
        # Not before it shows: only then does it know its width, and how far to scroll.
        document = self.words.document()
        document.setTextWidth(self.words.viewport().width())
        self.words.setFixedHeight(min(self._most, round(document.size().height()) + 4))
        self.words.ensureCursorVisible()

    def _shape(self, part: Part) -> QTextCharFormat:
        shape = QTextCharFormat()
        look = self._desk.look
        if part.kind == NEW:
            shape.setForeground(look.tone("good")[0])
            shape.setFontUnderline(True)
            shape.setFontWeight(QFont.Weight.DemiBold)
        elif part.kind == GONE:
            shape.setForeground(look.tone("bad")[0])
            shape.setFontStrikeOut(True)
        else:
            shape.setForeground(look.colour("text"))
        return shape

    def _spoken(self, part: Part) -> str:
        says = N_("New: {words}.") if part.kind == NEW else N_("Gone: {words}.")
        return self._desk.tr(says, words=part.text.strip())
