"""From page to page, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from unnm_desktop.ui.keeping import take_hand, take_refused
from unnm_desktop.ui.way import Stop, Way

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.ui.leaving import Kept
    from unnm_desktop.ui.main_window import MainWindow
    from unnm_desktop.ui.page_base import Page


class Navigation(QObject):
    """Shows the pages of one window, with their commands and the place in the sidebar that is theirs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._pages = window, window.stack
        self.way = Way()
        # A page that is still being loaded is shown when it comes.
        self._wanted: Stop | None = None
        # Whether the keyboard stays in the sidebar.
        self._along = False
        # Whether a page is on its way to being shown.
        self._arriving = False
        self._page_commands: list[str] = []
        self._pages.header_changed.connect(self._tell)

    def take_pages(self, kinds: Sequence[type[Page]]) -> None:
        """These are loaded; one of them may be wanted already."""
        if not self._pages.take(kinds):
            return
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.go(wanted.page, wanted.record_id, wanted.options)
        # Some commands lead to pages that were not known until now.
        self._window.commands.refresh()

    def go(self, name: str, record_id: UUID | None = None, options: Mapping[str, object] | None = None) -> None:
        """Show a page and remember the way."""
        stop = Stop(name, record_id, dict(options or {}))
        # A set-up under way is left by its own buttons.
        if self._pages.guest is not None:
            return
        self._wanted = stop if not self._pages.knows(name) else None
        if self._wanted is not None:
            return
        if record_id is not None:
            from unnm_desktop.ui import recents  # records are shown after the first paint only

            recents.note(self._window.desk, name, record_id, stop.options.get("entity"))
        if self.way.here != stop:
            self._note_record()
            self.way.go(stop)
        self._show(stop)

    def begin(self, name: str) -> None:
        """Show the first page; a place that was asked for while it was loaded comes next, as soon as it is known."""
        wanted = self._wanted
        self.go(name)
        if wanted is not None:
            self.go(wanted.page, wanted.record_id, wanted.options)

    def go_along(self, name: str) -> None:
        """Arrows in the sidebar show place after place: the keyboard stays there."""
        self._along = True
        self.go(name)
        self._along = False

    def back(self) -> None:
        """Go where the officer was before."""
        self._walk(-1)

    def forward(self) -> None:
        """Go again where back came from."""
        self._walk(1)

    def _walk(self, steps: int) -> None:
        if self.way.can_go(steps):
            self._note_record()
            stop = self.way.walk(steps)
            if stop is not None:
                self._show(stop)

    def here(self) -> Stop | None:
        """Where the officer is, with the record that is shown now."""
        self._note_record()
        return self.way.here

    def _note_record(self) -> None:
        page = self._pages.current
        if page is not None:
            current = getattr(page, "current", None)
            self.way.note(current() if callable(current) else None, page.leads_back())

    def _show(self, stop: Stop) -> None:
        window, page = self._window, self._pages.page(stop.page)
        if page is not self._pages.current:
            self.drop_commands()
            self._pages.current = page
            found = tuple(page.commands())
            self._page_commands = [command.id for command in found]
            window.commands.add(*found)
        window.sidebar.light(page.place or page.name)
        window.header.setVisible(not page.own_header)
        self._arriving = True
        try:
            self._pages.setCurrentWidget(page)
            page.make_fresh()
            if stop.record_id is not None or stop.options:
                page.open_record(stop.record_id, stop.options)
        finally:
            self._arriving = False
        window.show_header()
        if not self._along:
            page.take_keyboard()

    def _tell(self) -> None:
        """The page says something else of itself; of one that comes, reading and all, that is told once at the end."""
        if not self._arriving:
            self._window.show_header()

    def drop_commands(self) -> None:
        """What the page that is shown offers can no longer be asked for."""
        self._window.commands.drop(self._page_commands)
        self._page_commands = []

    def take_up(self, kept: Kept) -> None:
        """Go on where the window before this one was."""
        self._pages.begun.update(kept.begun)
        self.way.take(kept.way)
        if self.way.here is not None:
            self._show(self.way.here)
        page = self._pages.current
        if page is not None and (kept.typed or kept.hand is not None):
            # They may belong to a field that would come in a later turn.
            page.complete()
            take_refused(page, kept.typed)
            if kept.hand is not None:
                take_hand(page, kept.hand)
