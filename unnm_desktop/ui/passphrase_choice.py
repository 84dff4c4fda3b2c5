"""Choosing a passphrase: six random words to take, or an own one, how strong it is in words, and typed twice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.db import passphrases
from unnm_desktop.db.passphrases import Strength
from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.secret_field import SecretField
from unnm_desktop.ui.widgets import Card, button, label, row, shrinking


class PassphraseChoice(QWidget):
    """The words that are offered stand above; what is typed twice below is the passphrase."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        look, tr = desk.look, desk.tr
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        offer = Card(12)
        offer.column.addWidget(label(look, tr(N_("Six random words, made just now for you")), "small", wrap=True))
        unwritten = desk.unwritten
        # Those offered last: who has begun to write them down finds them again, also after a lock.
        unwritten.offered = unwritten.offered or passphrases.offered()
        self.words = shrinking(label(look, unwritten.offered, "h2", wrap=True))
        # English words, also in an Arabic window.
        self.words.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setAccessibleName(tr(N_("Six random words, made just now for you")))
        offer.column.addWidget(self.words)
        self.other = button(look, tr(N_("Other words")), self._offer, "link", "refresh-cw")
        offer.column.addWidget(row(self.other))
        column.addWidget(offer)
        line = tr(N_("Type these words, or a passphrase of your own with twelve letters or more. Keep it to yourself."))
        column.addWidget(label(look, line, "grey", wrap=True))
        column.addSpacing(4)
        column.addWidget(label(look, tr(N_("New passphrase")), "strong"))
        self.first = SecretField(desk, tr(N_("New passphrase")))
        self.first.textChanged.connect(self._judge)
        column.addWidget(self.first)
        self.strength = label(look, "", "small", wrap=True)
        # What is said of another one may be longer: nothing below moves while it is typed.
        self.strength.setAlignment(look.start() | Qt.AlignmentFlag.AlignTop)
        self.strength.ensurePolished()
        self.strength.setMinimumHeight(2 * self.strength.fontMetrics().lineSpacing())
        column.addWidget(self.strength)
        column.addWidget(label(look, tr(N_("Once more")), "strong"))
        self.second = SecretField(desk, tr(N_("Once more")))
        column.addWidget(self.second)
        self._judge("")

    def _offer(self) -> None:
        self.desk.unwritten.offered = passphrases.offered()
        self.words.setText(self.desk.unwritten.offered)

    def taken(self) -> None:
        """A passphrase was chosen: the next choice is offered other words."""
        self.desk.unwritten.offered = ""

    def _judge(self, text: str) -> None:
        words = passphrases.strength(text).label if text else N_("How strong it is will be said here.")
        self.strength.setText(self.desk.tr(words))

    def value(self) -> str:
        """The passphrase that was typed."""
        return self.first.text()

    def type_again(self) -> None:
        """Give the keyboard to what has to be typed once more."""
        short = passphrases.strength(self.value()) is Strength.SHORT
        line = self.first if short else self.second
        line.setFocus()
        line.selectAll()

    def problem(self) -> str:
        """Why it cannot be taken, translated; nothing where it can."""
        if passphrases.strength(self.value()) is Strength.SHORT:
            return self.desk.tr(Strength.SHORT.label)
        if passphrases.told(self.value()) != passphrases.told(self.second.text()):
            return self.desk.tr(N_("The two are not the same. Type the passphrase once more."))
        return ""
