"""Checking a stick: which packages lie on it, and whether each is whole; nothing is taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services.handover import checking
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.stick_choice import StickChoice
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.widgets import button, empty, label, row

if TYPE_CHECKING:
    from unnm_desktop.services.handover.checking import Checked
    from unnm_desktop.ui.page_base import Page


class CheckPanel(QWidget):
    """A stick, the words of a package on it, and what was found."""

    left = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        look, tr = self.desk.look, self.desk.tr
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = ScrollColumn()
        whole.addWidget(area, 1)
        card = TitledCard(self.desk, tr(N_("Check a stick")))
        words = N_(
            "Choose the stick. Each package on it is compared with the sums it carries; one whose words you give, or"
            " that was made for this office, is opened and proven to its last byte. Nothing is taken in."
        )
        card.column.addWidget(label(look, tr(words), "grey", wrap=True))
        self.stick = StickChoice(self.desk)
        self.stick.chosen.connect(self._chosen)
        card.column.addWidget(self.stick)
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr(N_("Six words, where you have them")))
        self.words.setAccessibleName(tr(N_("Passphrase")))
        self.words.setAlignment(look.start())
        self.words.returnPressed.connect(self.check)
        card.column.addWidget(self.words)
        area.column.addWidget(card)
        self.found = TitledCard(self.desk, tr(N_("What is on it")))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.found.column.addLayout(self._lines)
        self.found.hide()
        area.column.addWidget(self.found)
        area.column.addStretch(1)
        self.back = button(look, tr(N_("Back")), self.leave)
        self.go = button(look, tr(N_("Check it")), self.check, "primary", "search")
        self.go.setEnabled(False)
        whole.addWidget(row(self.back, self.go))

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.stick.choose

    def _chosen(self) -> None:
        self.found.hide()
        self.go.setEnabled(True)
        self.go.setFocus()

    def begun(self) -> dict[str, str] | None:
        """What is to be checked, as it can be written down."""
        folder = self.stick.folder
        return {"folder": str(folder), "words": self.words.text()} if folder is not None else None

    def go_on(self, begun: Mapping[str, str]) -> None:
        """Go on with that."""
        self.words.setText(begun["words"])
        self.stick.take(Path(begun["folder"]))

    def leave(self) -> None:
        """Back to the doors; the words are forgotten."""
        self.words.clear()
        self.left.emit()

    def check(self) -> None:
        """Look at every package, on a thread."""
        if self.stick.folder is None or not self.go.isEnabled():
            return
        self.page.bar.clear()
        self.go.setEnabled(False)
        job = self.desk.jobs.run(
            checking.check, self.stick.folder, self.words.text(),
            done=self._checked, failed=self._failed, progress=True, text=self.desk.tr(N_("Checking the stick")),
        )  # fmt: skip
        job.cancelled.connect(self._again)

    def _again(self) -> None:
        self.go.setEnabled(True)

    def _checked(self, found: Sequence[Checked]) -> None:
        self._again()
        empty(self._lines)
        for one in found:
            self._lines.addWidget(self._line(one))
        if not found:
            words = N_("No package lies on it. A package ends in .unnmx.")
            self._lines.addWidget(label(self.desk.look, self.desk.tr(words), "", wrap=True))
        self.found.show()

    def _line(self, one: Checked) -> QWidget:
        look = self.desk.look
        sign = label(look)
        icon, tone = ("circle-check", "good") if one.trouble is None else ("circle-alert", "bad")
        sign.setPixmap(look.icons.pixmap(icon, look.tokens.tone(tone)[0], look.with_text(18)))
        return row(sign, label(look, self._told(one), "", wrap=True), spacing=10, stretch=1)

    def _told(self, one: Checked) -> str:
        tr, file = self.desk.tr, isolate(one.path.name)
        if one.trouble is not None:
            return tr(one.trouble.message, **one.trouble.values)
        if one.by:
            return tr(N_("{file} is whole to its last byte, signed by {by}."), file=file, by=one.by)
        return tr(N_("{file} is whole by its sums. With its words it is proven to its last byte."), file=file)

    def _failed(self, error: Exception) -> None:
        self._again()
        if not isinstance(error, UserError):
            raise error
        self.page.trouble(error)
