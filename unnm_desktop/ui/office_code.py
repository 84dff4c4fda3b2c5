"""The code of this computer's office, for a colleague who seals a package with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.i18n import N_, isolate
from unnm_desktop.ui.widgets import button, label, row

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


class OfficeCode(QWidget):
    """A link; pressed, the code and its words stand in its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.ask = button(desk.look, desk.tr(N_("Show my office's code")), self.show_code, "link")
        self.told = label(desk.look, "", "grey", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row(self.ask))
        column.addWidget(self.told)

    def show_code(self) -> None:
        """Tell the code; the key is made where this computer has none yet."""
        from unnm_desktop.services import generated_words  # when it is asked for
        from unnm_desktop.services.handover import keys

        found = keys.office_code()
        words = N_("{code}\nIts words, to compare by phone: {words}")
        spoken = isolate(generated_words.words_of(found.encode()))
        self.told.setText(self._desk.tr(words, code=isolate(found), words=spoken))
        self.told.show()
        self.ask.hide()
