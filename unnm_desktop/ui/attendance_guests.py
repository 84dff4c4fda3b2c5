"""Those who sat in a meeting without a seat, under the grid of seats; they fold away where there is little room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from unnm_desktop.i18n import N_
from unnm_desktop.ui.attendance_sources import GuestSource
from unnm_desktop.ui.folded_list import FoldedList
from unnm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from unnm_desktop.ui.attendance_sources import AttendanceSheet
    from unnm_desktop.ui.desk import Desk

# Under so many logical pixels (at text size 100 %) the room belongs to the seats.
LITTLE = 400


class GuestsPanel(FoldedList):
    """The guests, with a button to add one."""

    def __init__(self, desk: Desk, add: Callable[[], object]) -> None:
        tr = desk.tr
        self.add_button = button(desk.look, tr(N_("Add")), add, "", "plus")
        super().__init__(
            desk,
            tr(N_("Guests, speakers and secretariat")),
            tr(N_("Show or hide the guests")),
            tr(N_("Nobody yet. Whoever holds no seat is added here.")),
            self.add_button,
        )
        # What the officer chose; None = as there is room.
        self._chosen: bool | None = None
        self._room = LITTLE
        self._count = 0
        self.turned.connect(self._turn)

    def show_sheet(self, sheet: AttendanceSheet) -> None:
        """Show the guests of this meeting."""
        self._count = len(sheet.guests)
        self.table.show_rows(GuestSource(self._desk, sheet))
        self.show_count(self._count)
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
        opened = self._opened()
        self.fold.setVisible(bool(self._count))
        self.none.setVisible(not self._count and opened)
        self.show_folded(opened=bool(self._count) and opened)
