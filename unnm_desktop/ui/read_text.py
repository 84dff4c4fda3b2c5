"""A text to read and copy, in which an endless word is read whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QSizePolicy

from unnm_desktop.ui.letters import breakable, unparted


class ReadText(QLabel):
    """Parts a word that is longer than a line, for the eye only: what is copied is what was written."""

    def __init__(self, copy: str) -> None:
        """``copy`` is what its menu calls copying, translated."""
        super().__init__()
        self._copy = copy
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Narrower than its longest word, rather than cut without a sign.
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show this text."""
        self.setText(breakable(text))

    def copy(self) -> None:
        """Put what is selected on the clipboard, or all of it."""
        QApplication.clipboard().setText(unparted(self.selectedText() or self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._copy, self.copy)
        menu.popup(event.globalPos())
