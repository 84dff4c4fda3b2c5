"""A question for one line of text, answered by a verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout

from unnm_desktop.ui.dialog_foot import DialogFoot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from unnm_desktop.i18n import Language


class TextDialog(QDialog):
    """Title, question, one line, and buttons that say what they do."""

    def __init__(
        self, window: QWidget | None, language: Language, title: str, question: str, verb: str, value: str
    ) -> None:
        """Texts are translated."""
        super().__init__(window)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        head, asked = QLabel(title), QLabel(question)
        head.setProperty("role", "h2")
        for one in (head, asked):
            one.setWordWrap(True)
            column.addWidget(one)
        self.line = QLineEdit(value)
        self.line.selectAll()
        asked.setBuddy(self.line)
        self.line.setAccessibleName(question)
        column.addWidget(self.line)
        column.addSpacing(6)
        # Wrapped words are thought to be taller than they are: what is over stands above the buttons.
        column.addStretch(1)
        self.go = DialogFoot(self, column, language, verb, self.accept).go
        self.line.setFocus()
        self._begun = value

    def typed(self) -> list[Any]:
        """What the line holds now."""
        return [self.line.text()]

    def changed(self) -> bool:
        """Whether it holds anything else than at the beginning."""
        return self.line.text() != self._begun

    def type_in(self, typed: Sequence[Any]) -> None:
        """Let the line hold that again."""
        self.line.setText(typed[0])
