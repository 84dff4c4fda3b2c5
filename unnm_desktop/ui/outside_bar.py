"""Reminds once a week of a copy outside this computer, with the way to make one; off for a week once dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.i18n import N_
from unnm_desktop.services import outside
from unnm_desktop.ui.inline_bar import InlineBar

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


class OutsideBar(InlineBar):
    """A bar on top of the page of the day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._said: outside.Reminder | None = None
        self.dismissed.connect(self._put_off)

    def look(self) -> None:
        """Say what is to be said now; nothing where a copy was made meanwhile."""
        found = outside.reminder(self._desk.hub.database, self._desk.today())
        if found == self._said:
            return
        self._said = found
        if found is None:
            self.clear()
            return
        self.show_message(self._words(found), "info", self._desk.tr(N_("Make a copy")), self._go)

    def _words(self, found: outside.Reminder) -> str:
        if found.days is None:
            return self._desk.tr(
                N_("No copy of this workspace lies outside this computer yet. If the computer is lost, all is lost.")
            )
        return self._desk.language.ntr(
            "The last copy on a stick is {n} day old. If the computer is lost, what was done since is lost with it.",
            "The last copy on a stick is {n} days old. If the computer is lost, what was done since is lost with it.",
            found.days,
        )

    def _go(self) -> None:
        self._desk.go("backups")

    def _put_off(self) -> None:
        self._said = None
        outside.put_off(self._desk.hub.database, self._desk.today())
