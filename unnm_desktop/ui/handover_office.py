"""Handing the office over: the choice when a stick is prepared, and what was handed over and taken back so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from unnm_desktop.i18n import N_
from unnm_desktop.ui.backups import made_at
from unnm_desktop.ui.taking_back import handed_words, take_back
from unnm_desktop.ui.tick_box import TickBox
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.widgets import button, label, row

if TYPE_CHECKING:
    from unnm_desktop.services.handover.office import Event
    from unnm_desktop.ui.desk import Desk

SHOWN = 5
"""So many events are listed."""


class OfficeChoice(TitledCard):
    """Whether the office goes with the package, and to whom."""

    changed = Signal()
    # The name of the successor is asked for.
    named = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.tr(N_("Hand over the office")))
        look, tr = desk.look, desk.tr
        self.box = TickBox(look, tr(N_("The office goes to somebody else with this package")))
        self.column.addWidget(self.box)
        words = N_(
            "All networks go. What stays on this computer can then only be read, so that nobody works on a copy that"
            " is no longer the office's; you can take the office back at any time, and say why."
        )
        self.column.addWidget(label(look, tr(words), "grey", wrap=True))
        self.to = QLineEdit()
        self.to.setPlaceholderText(tr(N_("Name of the successor")))
        self.to.setAccessibleName(tr(N_("Name of the successor")))
        self.to.setAlignment(look.start())
        self.to.hide()
        self.column.addWidget(self.to)
        self.box.toggled.connect(self._turned)
        self.to.textChanged.connect(self._typed)

    def _turned(self, on: bool) -> None:
        self.to.setVisible(on)
        self.changed.emit()
        if on:
            self.to.setFocus()
            self.named.emit()

    def _typed(self, _text: str) -> None:
        self.changed.emit()

    def begin(self) -> None:
        """Ask anew; an office that is handed over already goes to nobody else."""
        self.box.setChecked(False)
        self.to.clear()
        self.setVisible(not self.desk.hub.read_only)

    @property
    def chosen(self) -> bool:
        """Whether the office goes."""
        return self.box.isChecked()

    @property
    def name(self) -> str:
        """To whom it goes; "" where it stays."""
        return " ".join(self.to.text().split()) if self.chosen else ""


class OfficeCard(TitledCard):
    """Where the office is now, and how it went to and fro."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.tr(N_("The office")))
        self.line = label(desk.look, "", "", wrap=True)
        self.column.addWidget(self.line)
        self.past = label(desk.look, "", "grey", wrap=True)
        self.column.addWidget(self.past)
        self.back = button(desk.look, desk.tr(N_("Take it back…")), self._take_back, "", "undo-2")
        self.back_row = row(self.back)
        self.column.addWidget(self.back_row)

    def show_events(self, events: Sequence[Event]) -> None:
        """Tell where the office is; nothing where it never went anywhere."""
        handed = self.desk.hub.database.handed
        self.setVisible(handed is not None or bool(events))
        self.line.setVisible(handed is not None)
        self.back_row.setVisible(handed is not None)
        if handed is not None:
            self.line.setText(handed_words(self.desk, handed))
        self.past.setText("\n".join(self._told(one) for one in events[:SHOWN]))
        self.past.setVisible(bool(events))

    def _told(self, one: Event) -> str:
        over = N_("{moment}: {officer} handed the office over to {to}.")
        back = N_("{moment}: {officer} took the office back: {reason}")
        moment, officer = made_at(self.desk, one.at), one.officer or "–"
        if one.taken_back:
            return self.desk.tr(back, moment=moment, officer=officer, reason=one.says)
        return self.desk.tr(over, moment=moment, officer=officer, to=one.says)

    def _take_back(self) -> None:
        take_back(self.desk)
