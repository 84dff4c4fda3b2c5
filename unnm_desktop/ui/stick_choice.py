"""Asks for a stick or a folder, and tells what a broken writing has left there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.handover_leftovers import Leftovers
from unnm_desktop.ui.widgets import button, row

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


class StickChoice(QWidget):
    """The folder that was chosen, and the button that chooses another."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.folder: Path | None = None
        look, tr = desk.look, desk.tr
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setPlaceholderText(tr(N_("No stick chosen")))
        self.line.setAccessibleName(tr(N_("Stick or folder")))
        self.line.setAlignment(look.start())
        self.choose = button(look, tr(N_("Choose the stick")), self._ask, "", "folder-open")
        self.leftovers = Leftovers(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row(self.line, self.choose, stretch=0))
        column.addWidget(self.leftovers)

    def _ask(self) -> None:
        path = self._desk.ask.folder(self._desk.tr(N_("Choose the stick, or a folder")))
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """This is the stick."""
        self.folder = path
        self.line.setText(str(path))
        self.leftovers.look_at(path)
        self.chosen.emit()
