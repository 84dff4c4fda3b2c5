"""Those who sat in a meeting without a seat, under the grid of seats; they fold away where there is little room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.attendance_sources import GuestSource
from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.widgets import button, icon_button, label

if TYPE_CHECKING:
    from unnm_desktop.ui.attendance_sources import AttendanceSheet
    from unnm_desktop.ui.desk import Desk

# Under so many logical pixels (at text size 100 %) the room belongs to the seats.
LITTLE = 400


class GuestsPanel(QWidget):
    """Title with a count, a button to add one, and their list."""

    def __init__(self, desk: Desk, add: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        tr, look = desk.tr, desk.look
        self.table = RecordsTable(desk, tr(N_("Guests, speakers and secretariat")))
        self.table.keep_order()
        self.fold = icon_button(look, "chevron-down", tr(N_("Show or hide the guests")), self._turn)
        self.title = label(look, "", "h2")
        self.add_button = button(look, tr(N_("Add")), add, "", "plus")
        self.none = label(look, tr(N_("Nobody yet. Whoever holds no seat is added here.")), "grey", wrap=True)
        # What the officer chose; None = as there is room.
        self._chosen: bool | None = None
        self._room = LITTLE
        self._count = 0
        line = QHBoxLayout()
        line.addWidget(self.fold)
        line.addWidget(self.title, 1)
        line.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        # What the guests do not need belongs to the seats above them.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_sheet(self, sheet: AttendanceSheet) -> None:
        """Show the guests of this meeting."""
        self._count = len(sheet.guests)
        self.table.show_rows(GuestSource(self._desk, sheet))
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setMaximumHeight(self.table.horizontalHeader().sizeHint().height() + row * self._count + 6)
        title = self._desk.tr(N_("Guests, speakers and secretariat"))
        self.title.setText(f"{title} {self._desk.language.number(self._count)}" if self._count else title)
        self._show()

    def give_room(self, height: int) -> None:
        """So high is the place that seats and guests share."""
        self._room = height
        self._show()

    def _turn(self) -> None:
        self._chosen = not self._opened()
        self._show()

    def _opened(self) -> bool:
        enough = self._room >= LITTLE * self._desk.look.text_size / 100
        return enough if self._chosen is None else self._chosen

    def _show(self) -> None:
        opened, look = self._opened(), self._desk.look
        self.fold.setIcon(look.icons.icon("chevron-down" if opened else "chevron-right", look.tokens.text2))
        self.fold.setVisible(bool(self._count))
        self.none.setVisible(not self._count and opened)
        self.table.setVisible(bool(self._count) and opened)
