"""What stands between a package and the workspace: it comes from another one, or the office is in other hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.taking_back import take_back
from unnm_desktop.ui.tick_box import TickBox
from unnm_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from unnm_desktop.services.handover.receiving import Arrived
    from unnm_desktop.ui.desk import Desk


class Obstacles(QWidget):
    """Says what is in the way of a package that is being compared, and how it is cleared."""

    cleared = Signal()
    taken_back = Signal()
    """Its button, which had the keyboard, is gone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        look, tr = desk.look, desk.tr
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.words = label(look, "", "", wrap=True)
        column.addWidget(self.words)
        self.take_other = TickBox(look, tr(N_("Make one workspace of both")))
        self.take_other.toggled.connect(self.cleared)
        column.addWidget(self.take_other)
        self.take_back = button(look, tr(N_("Take the office back…")), self._take_back, "", "undo-2")
        column.addWidget(self.take_back)
        self.hide()

    def show_of(self, arrived: Arrived | None) -> None:
        """Tell what is in the way of this package; nothing while none is compared."""
        self.setVisible(arrived is not None)
        if arrived is None:
            return
        tr, handed = self.desk.tr, self.desk.hub.database.handed
        lines = []
        if arrived.told.scope.office:
            lines.append(tr(N_("The office is handed over with it to {to}."), to=arrived.told.to))
        if arrived.foreign:
            words = N_(
                "It comes from another workspace, not from a copy of this one. Taken in, everything in it stands beside"
                " what is here."
            )
            lines.append(tr(words))
        if handed is not None:
            words = N_("Your office is with {to}. To take this package in, take the office back first.")
            lines.append(tr(words, to=handed.to))
        self.words.setText("\n".join(lines))
        self.words.setVisible(bool(lines))
        self.take_other.setVisible(arrived.foreign)
        self.take_back.setVisible(handed is not None)

    def in_the_way(self, arrived: Arrived) -> bool:
        """Whether it cannot be taken in as things are."""
        return self.desk.hub.read_only or (arrived.foreign and not self.take_other.isChecked())

    def forget(self) -> None:
        """Ask anew for the next package."""
        self.take_other.setChecked(False)

    def _take_back(self) -> None:
        if take_back(self.desk):
            self.cleared.emit()
            self.taken_back.emit()
