"""Asks for a package: what to do, which file was chosen, and the button that chooses another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from unnm_desktop.i18n import N_
from unnm_desktop.ui.cut_line import CutLine
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import Card, button, label, row


def package_line(desk: Desk, card: Card, ask: Callable[[], object]) -> tuple[CutLine, QPushButton]:
    """Put the question on a card; the line that shows the file, and the button that asks for it."""
    look, tr = desk.look, desk.tr
    words = N_("Put the stick in and choose the package: a file that ends in .unnmx. You can also drop it here.")
    card.column.addWidget(label(look, tr(words), "", wrap=True))
    line = CutLine()
    line.setReadOnly(True)
    line.setPlaceholderText(tr(N_("No file chosen")))
    line.setAccessibleName(tr(N_("File")))
    line.setAlignment(look.start())
    choose = button(look, tr(N_("Choose a file")), ask, "", "folder-open")
    card.column.addWidget(row(line, choose, stretch=0))
    return line, choose
