"""What can be done with a record, as a column of buttons in its inspector."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import button

Doable = tuple[str, Callable[[], object], str, str]


class ButtonList(QWidget):
    """Buttons (translated text, what it does, role, icon), the first two roles broad, links two in a line."""

    def __init__(self, look: Look, buttons: Sequence[Doable]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 4)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        line, column = 0, 0
        for text, run, role, icon in buttons:
            made = button(look, text, run, role, icon)
            if role == "link":
                grid.addWidget(made, line, column, Qt.AlignmentFlag.AlignLeading)
                line, column = (line + 1, 0) if column else (line, 1)
                continue
            if column:
                line, column = line + 1, 0
            made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            grid.addWidget(made, line, 0, 1, 2)
            line += 1
