"""A box of several lines that is as high as its text."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from unnm_desktop.ui.drops import holds_files

MOST_LINES = 10


class GrowingText(QPlainTextEdit):
    """A text box as high as its text, up to ten lines."""

    def __init__(self, least: int, around: int) -> None:
        """``least`` lines are shown of an empty one; ``around`` is what stands over and under them."""
        super().__init__()
        self._least, self._around = least, around
        self.setTabChangesFocus(True)
        # Lines are broken at the edge; a blank at the end of an Arabic one would bring the bar over the text.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its text stands as far from the edge as that of a single line.
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self.grow)
        self.grow()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # What is dropped goes on to the window.
        return not holds_files(source) and super().canInsertFromMimeData(source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Qt tells of new lines when something is typed, not when there is less room across.
        super().resizeEvent(event)
        self.grow()

    def grow(self, *_: object) -> None:
        """Fit the height to the text."""
        wanted = max(self._least, int(self.document().size().height()))
        over = wanted > MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(min(wanted, MOST_LINES) * self.fontMetrics().lineSpacing() + self._around)
