"""Asks for a package and for what opens it: the file, its six words, or the code of this office."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.cut_line import CutLine
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.handover_leftovers import Leftovers
from unnm_desktop.ui.office_code import OfficeCode
from unnm_desktop.ui.widgets import Card, button, label, row


class PackageChoice(Card):
    """What was chosen and typed; whoever asks looks inside."""

    chosen = Signal(object)
    # Enter, after the words.
    entered = Signal()

    def __init__(self, desk: Desk, margin: int = 18) -> None:
        super().__init__(margin)
        self._desk = desk
        self.path: Path | None = None
        look, tr = desk.look, desk.tr
        words = N_("Put the stick in and choose the package: a file that ends in .unnmx. You can also drop it here.")
        self.column.addWidget(label(look, tr(words), "", wrap=True))
        self.line = CutLine()
        self.line.setReadOnly(True)
        self.line.setPlaceholderText(tr(N_("No file chosen")))
        self.line.setAccessibleName(tr(N_("File")))
        self.line.setAlignment(look.start())
        self.choose = button(look, tr(N_("Choose a file")), self._ask, "", "folder-open")
        self.column.addWidget(row(self.line, self.choose, stretch=0))
        self.leftovers = Leftovers(desk)
        self.column.addWidget(self.leftovers)
        self.column.addSpacing(6)
        name = label(look, tr(N_("Passphrase")), "strong")
        self.column.addWidget(name)
        self.words = QLineEdit()
        self.words.setAlignment(look.start())
        self.words.setPlaceholderText(tr(N_("Six words, told by phone")))
        self.words.setProperty("secret", True)
        self.words.returnPressed.connect(self.entered)
        name.setBuddy(self.words)
        self.column.addWidget(self.words)
        words = N_("Leave it empty where the package was made with your office's code.")
        self.column.addWidget(label(look, tr(words), "grey", wrap=True))
        self.code = OfficeCode(desk)
        self.column.addWidget(self.code)

    def _ask(self) -> None:
        tr = self._desk.tr
        title, kinds = tr(N_("Choose a hand-over package")), tr(N_("Hand-over packages (*.unnmx)"))
        path = self._desk.ask.open_file(title, kinds)
        if path is not None:
            self.chosen.emit(path)

    def take(self, path: Path) -> None:
        """This is the package; its words come next."""
        self.path = path
        self.line.setText(path.name)
        self.line.setToolTip(str(path))
        self.leftovers.look_at(path.parent)
        self.words.setFocus()

    def forget(self) -> None:
        """None is chosen."""
        self.path = None
        self.line.clear()
        self.line.setToolTip("")
        self.words.clear()
        self.leftovers.look_at(None)

    @property
    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self.choose if self.path is None else self.words
