"""Says on a record that something of it is undecided since a merge, and leads to the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import conflicts
from unnm_desktop.ui.widgets import button, label, row

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.ui.desk import Desk


class ConflictNotice(QFrame):
    """A bar among the details."""

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("role", "bar")
        self.setProperty("tone", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        words = desk.language.ntr("{n} conflict waits for a decision.", "{n} conflicts wait for a decision.", number)
        column.addWidget(label(desk.look, words, "", wrap=True))
        column.addWidget(row(button(desk.look, desk.tr(N_("Decide")), self._go, "link", "triangle-alert")))

    def _go(self) -> None:
        self._desk.go("handover", decide=True)


def notices(desk: Desk, record_id: UUID) -> list[ConflictNotice]:
    """The bar, where something is undecided."""
    number = desk.hub.read(conflicts.number_open, record_id)
    return [ConflictNotice(desk, number)] if number else []
