"""A list under what matters more: as high as its rows need, with a heading over it that folds it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.widgets import icon_button, label

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


class FoldedList(QWidget):
    """Heading, buttons, a line where there is nothing, and the list."""

    turned = Signal()

    def __init__(self, desk: Desk, name: str, fold: str, nothing: str, *buttons: QPushButton) -> None:
        """Texts are translated: what is listed, the button that folds it, and what is said of an empty list."""
        super().__init__()
        self._desk, self._name = desk, name
        look = desk.look
        self.table = RecordsTable(desk, name)
        self.table.keep_order()
        self.fold = icon_button(look, "chevron-down", fold, self.turned.emit)
        self.title = label(look, name, "h2")
        self.none = label(look, nothing, "grey", wrap=True)
        line = QHBoxLayout()
        line.addWidget(self.fold)
        line.addWidget(self.title, 1)
        for one in buttons:
            line.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        # What these rows do not need belongs to what stands above them.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_count(self, count: int, more: str = "") -> None:
        """So many rows there are; the heading says so, and ``more`` of them."""
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setMaximumHeight(self.table.horizontalHeader().sizeHint().height() + row * count + 6)
        title = f"{self._name} {self._desk.language.number(count)}" if count else self._name
        self.title.setText(f"{title} · {more}" if more else title)
        self.fold.setVisible(bool(count))

    def show_folded(self, *, opened: bool) -> None:
        """Show the rows, or only the heading."""
        look = self._desk.look
        self.fold.setIcon(look.icons.icon("chevron-down" if opened else "chevron-right", look.tokens.text2))
        self.table.setVisible(opened)
