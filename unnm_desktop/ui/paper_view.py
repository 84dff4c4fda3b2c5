"""The pages of a document with what one reads them by: larger and smaller, page after page, words found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.preview import Preview
from unnm_desktop.ui.preview_find import FindLine
from unnm_desktop.ui.widgets import button, icon_button, label, row

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


class PaperView(QWidget):
    """A preview under its tools."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        look, tr = desk.look, desk.tr
        self.preview = Preview(desk)
        self.find_line = FindLine(desk, self.preview)
        self.page_line = label(look, "", "grey")
        self.page_line.setAlignment(look.end() | Qt.AlignmentFlag.AlignVCenter)
        self._page = 0
        self.preview.page_changed.connect(self._tell_place)
        tools = row(
            icon_button(look, "zoom-out", tr(N_("Smaller")), lambda: self.preview.zoom_by(-1)),
            icon_button(look, "zoom-in", tr(N_("Larger")), lambda: self.preview.zoom_by(1)),
            button(look, tr(N_("Fit width")), lambda: self.preview.zoom_by(0), "link"),
            self.page_line,
            icon_button(look, "arrow-up", tr(N_("Page before")), lambda: self.preview.go_to_page(self._page - 2)),
            icon_button(look, "arrow-down", tr(N_("Next page")), lambda: self.preview.go_to_page(self._page)),
            icon_button(look, "search", tr(N_("Find in the pages")), self.find_words),
            stretch=3,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(tools)
        column.addWidget(self.find_line)
        column.addWidget(self.preview, 1)

    def find_words(self) -> None:
        """Find words in the pages."""
        self.find_line.ask()

    def _tell_place(self, page: int, pages: int) -> None:
        self._page = page
        words = N_("Page {page} of {pages}")
        self.page_line.setText(self._desk.tr(words, page=page, pages=pages) if pages else "")
