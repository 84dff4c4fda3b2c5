"""A table whose last columns are the states of its rows: a digit or a click chooses one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeyEvent

from unnm_desktop.ui.cells import IdRole
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.table import RecordsTable

if TYPE_CHECKING:
    from unnm_desktop.ui.button_list import Doable


class StateTable(RecordsTable):
    """Every row is in one of so many states, or in none yet."""

    def __init__(self, desk: Desk, name: str, states: int, choose: Callable[[UUID, int], object]) -> None:
        super().__init__(desk, name)
        self._states, self._choose = states, choose
        self.setSelectionMode(RecordsTable.SelectionMode.SingleSelection)
        self.keep_order()
        self.clicked.connect(self._clicked)

    def states(self) -> list[Doable]:
        """The states of the current row, called as the columns are, digit and all."""
        heads, chosen = self.listing.source.columns[-self._states :], self.current_id()
        return [
            (self.desk.tr(head.title), partial(self._choose, chosen, state), "", "")
            for state, head in enumerate(heads)
            if chosen is not None
        ]

    def _clicked(self, index: QModelIndex) -> None:
        state = index.column() - (self.listing.columnCount() - self._states)
        record_id = index.data(IdRole)
        if state >= 0 and record_id is not None:
            self._choose(record_id, state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arabic-Indic digits are keys of their own on an Arabic keyboard.
        typed = event.text()
        state = int(typed) - 1 if typed.isdecimal() and len(typed) == 1 else -1
        chosen = self.current_id()
        if chosen is not None and 0 <= state < self._states:
            self._choose(chosen, state)
            return
        super().keyPressEvent(event)
