"""Whether a new workspace is protected from its first byte, and with which passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from unnm_desktop.i18n import N_
from unnm_desktop.ui.choice_card import ChoiceCard
from unnm_desktop.ui.passphrase_choice import PassphraseChoice
from unnm_desktop.ui.widgets import Card, label

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


class ProtectionCard(Card):
    """Two choices; the second asks for a passphrase."""

    # The fields of the passphrase have their place.
    opened = Signal()

    def __init__(self, desk: Desk, passphrase: str = "") -> None:
        """``passphrase`` is what was chosen before."""
        super().__init__(20)
        self.column.addWidget(label(desk.look, desk.tr(N_("Shall a passphrase protect it?")), "h2", wrap=True))
        self.plain = ChoiceCard(
            desk.look, desk.tr(N_("Not now")), desk.tr(N_("It can be protected at any time, under Preferences."))
        )
        self.guarded = ChoiceCard(
            desk.look, desk.tr(N_("Protect it")), desk.tr(N_("A lost computer or stick then tells nobody anything."))
        )
        group = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(10)
        for one in (self.plain, self.guarded):
            group.addButton(one)
            line.addWidget(one, 1)
        self.column.addLayout(line)
        self.choice = PassphraseChoice(desk)
        self.choice.first.setText(passphrase)
        self.choice.second.setText(passphrase)
        self.column.addWidget(self.choice)
        (self.guarded if passphrase else self.plain).setChecked(True)
        self.choice.setVisible(bool(passphrase))
        self.guarded.toggled.connect(self._ask)

    def _ask(self, wanted: bool) -> None:
        self.choice.setVisible(wanted)
        if wanted:
            # Once it has its place.
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        self.choice.first.setFocus()
        self.opened.emit()

    def problem(self) -> str:
        """Why the passphrase cannot be taken, translated; nothing where it can, or none is wanted."""
        return self.choice.problem() if self.guarded.isChecked() else ""

    def value(self) -> str:
        """The passphrase; nothing where none is wanted, or it cannot be taken."""
        return self.choice.value() if self.guarded.isChecked() and not self.choice.problem() else ""
