"""An empty page as a start: icon, a heading, one line and what to do first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk

Action = tuple[str, Callable[[], object]]


def way_to_import(desk: Desk) -> Action:
    """What an empty list offers whose records many offices have in a spreadsheet."""
    return desk.tr(N_("Import from a spreadsheet")), lambda: desk.go("exchange")


class Empty(QWidget):
    """Shown where a list would be; texts are translated."""

    def __init__(
        self,
        look: Look,
        icon: str,
        title: str,
        text: str,
        primary: Action | None = None,
        secondary: Action | None = None,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addStretch(2)
        picture = QLabel()
        picture.setPixmap(look.icons.pixmap(icon, look.tokens.accent, 56))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(picture)
        column.addSpacing(10)
        heading = QLabel(title)
        heading.setProperty("role", "h1")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading.setWordWrap(True)
        column.addWidget(heading)
        line = QLabel(text)
        line.setProperty("role", "grey")
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.setWordWrap(True)
        # So wide, or narrower where there is less room.
        line.setMaximumWidth(round(420 * look.text_size / 100))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(line, 1000)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(10)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        if primary is not None:
            buttons.addWidget(button(look, primary[0], primary[1], "primary"))
        if secondary is not None:
            buttons.addWidget(button(look, secondary[0], secondary[1]))
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(3)
