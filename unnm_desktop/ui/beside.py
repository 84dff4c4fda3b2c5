"""A list with the details of the chosen row beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from unnm_desktop.ui.inspector import Inspector
    from unnm_desktop.ui.theme import Look

# Logical pixels at text size 100 %.
LEAST, MOST = 280, 420
WIDTH, DETAILS = 1080, 320


class Beside(QSplitter):
    """The list side, whose column is filled by the page, and the inspector; the room that is left goes to the list."""

    def __init__(self, look: Look, inspector: Inspector, spacing: int = 10, details: int = 0) -> None:
        """``details`` is how wide the inspector begins where it is not as usual; large text does not widen it then."""
        super().__init__(Qt.Orientation.Horizontal)
        side = QWidget()
        self.column = QVBoxLayout(side)
        # In right-to-left windows QSplitter shifts its panes by one pixel, which would cut the border.
        self.column.setContentsMargins(0, 0, 1 if look.rtl else 0, 0)
        self.column.setSpacing(spacing)
        scale = min(1.25, max(1.0, look.text_size / 100))
        inspector.setMinimumWidth(LEAST)
        inspector.setMaximumWidth(round(MOST * scale))
        self.addWidget(side)
        self.addWidget(inspector)
        self.setStretchFactor(0, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(14)
        details = details or round(DETAILS * scale)
        self.setSizes([WIDTH - details, details])
