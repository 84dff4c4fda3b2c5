"""Says on a record that something of it is undecided since a merge, and leads to the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import conflicts
from unnm_desktop.ui.inline_bar import InlineBar
from unnm_desktop.ui.widgets import button, empty, label, row

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.ui.desk import Desk


class ConflictNotice(QFrame):
    """A bar among the details."""

    def __init__(self, desk: Desk, number: int, entity: str, record_id: UUID) -> None:
        super().__init__()
        self._desk, self._entity, self._record_id = desk, entity, record_id
        self.setProperty("role", "bar")
        self.setProperty("tone", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        words = desk.language.ntr("{n} conflict waits for a decision.", "{n} conflicts wait for a decision.", number)
        column.addWidget(label(desk.look, words, "", wrap=True))
        column.addWidget(row(button(desk.look, desk.tr(N_("Decide")), self._go, "link", "triangle-alert")))

    def _go(self) -> None:
        self._desk.go("handover", self._record_id, decide=True, entity=self._entity)


def notices(desk: Desk, entity: str, record_id: UUID) -> list[ConflictNotice]:
    """The bar, where something of the record is undecided."""
    found = desk.hub.read(conflicts.about, entity, record_id)
    return [ConflictNotice(desk, len(found), entity, record_id)] if found else []


class ConflictPlace(QWidget):
    """Where the bar stands on a page that has no details beside a list."""

    def __init__(self, desk: Desk, entity: str) -> None:
        super().__init__()
        self._desk, self._entity = desk, entity
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_record(self, record_id: UUID) -> None:
        """Show the bar of this record, or nothing."""
        empty(self._column)
        found = notices(self._desk, self._entity, record_id)
        for one in found:
            self._column.addWidget(one)
        self.setVisible(bool(found))


class UndecidedBar(InlineBar):
    """How many conflicts wait in the whole workspace, with a way to them; once dismissed, until there are others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._number = 0

    def show_number(self, number: int) -> None:
        """Say how many; nothing where all is decided."""
        if number == self._number:
            return
        self._number = number
        if number:
            words = self._desk.language.ntr(
                "{n} conflict waits for a decision.", "{n} conflicts wait for a decision.", number
            )
            self.show_message(words, "warn", self._desk.tr(N_("Decide")), self._go)
        else:
            self.clear()

    def _go(self) -> None:
        self._desk.go("handover", None, decide=True)
