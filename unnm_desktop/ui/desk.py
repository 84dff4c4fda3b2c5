"""What every page is handed: the hub, the language, the look, and ways to speak to the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from unnm_desktop.i18n import N_, Language
from unnm_desktop.settings import Settings
from unnm_desktop.ui.ask import Ask
from unnm_desktop.ui.hub import Hub
from unnm_desktop.ui.jobs import Jobs
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.unwritten import Unwritten

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from unnm_desktop.services.lateness import Late
    from unnm_desktop.services.undo import UndoEntry
    from unnm_desktop.ui.commands import Commands


class NetworkName(NamedTuple):
    """A network as the sidebar shows it."""

    id: UUID
    name: str
    place: str = ""
    zone: str = ""
    sample: bool = False


class Wishes(QObject):
    """What pages ask of the window and the program."""

    went = Signal(str, object, object)
    went_back = Signal()
    said = Signal(str, str, object)
    badge = Signal(str, int)
    # What is late was read again: ``Desk.late``.
    judged = Signal()
    settings_wanted = Signal(object)
    network_wanted = Signal(object)
    backup_wanted = Signal()
    backed_up = Signal()
    # Work on the workspace while it is closed for a moment.
    closed_work_wanted = Signal(object)
    lock_wanted = Signal()
    # The office was handed over, or taken back.
    handed = Signal()


class TakeBack:
    """Takes back one step; a toast that offers it goes when the step is taken back in another way."""

    def __init__(self, desk: Desk, entry: UndoEntry) -> None:
        self._desk, self._entry = desk, entry

    @property
    def step(self) -> object:
        """The key of the step."""
        return self._entry.key

    def __call__(self) -> None:
        from unnm_desktop.ui import undoing  # it needs the desk

        undoing.take_back(self._desk, self._entry)


class Desk:
    """One window's surroundings; pages reach everything through it and never through each other."""

    def __init__(
        self,
        hub: Hub,
        language: Language,
        look: Look,
        jobs: Jobs,
        settings: Settings,
        ask: Ask | None = None,
        today: Callable[[], date] | None = None,
        unwritten: Unwritten | None = None,
    ) -> None:
        self.wishes = Wishes()
        self.unwritten = unwritten if unwritten is not None else Unwritten()
        self.hub = hub
        self.language = language
        self.look = look
        self.jobs = jobs
        self.settings = settings
        self.ask = ask or Ask(None, language)
        self._day = today
        # Where pages are made: what they hold is not dressed anew for their finding a parent.
        self.room: QWidget | None = None
        # The registry of the window; a page without a window has none.
        self.commands: Commands | None = None
        self.networks: tuple[NetworkName, ...] = ()
        self._network: NetworkName | None = None
        # What the watch found last; None until it has looked.
        self.late: Late | None = None

    @property
    def network(self) -> NetworkName | None:
        """The network the window shows; moments are told by its clock."""
        return self._network

    @network.setter
    def network(self, shown: NetworkName | None) -> None:
        from zoneinfo import ZoneInfo  # not before the first paint

        self._network = shown
        clock = ZoneInfo(shown.zone) if shown is not None and shown.zone else None
        self.language = replace(self.language, clock=clock)

    @property
    def network_id(self) -> UUID:
        """The network the window shows."""
        if self.network is None:
            raise LookupError("no network is shown")
        return self.network.id

    def clock(self) -> datetime:
        """The time now on the shown network's clock; on this computer's where no network is shown."""
        from datetime import UTC, datetime  # not before the first paint

        return self.language.local(datetime.now(UTC))

    def today(self) -> date:
        """The network's calendar day at whose end duties are judged; tests hand in another."""
        return self._day() if self._day is not None else self.clock().date()

    def hijri(self, day: date | None) -> str:
        """The day in the Hijri calendar where the officer wants to see it, else nothing."""
        return self.language.hijri(day) if self.settings.hijri else ""

    def tr(self, text: str, /, **values: object) -> str:
        """A text in the officer's language."""
        return self.language.tr(text, **values)

    def go(self, page: str, record_id: UUID | None = None, **options: object) -> None:
        """Show a page, perhaps with a record or a filter; it joins the way back."""
        self.wishes.went.emit(page, record_id, options)

    def back(self) -> None:
        """Return to where the officer was before."""
        self.wishes.went_back.emit()

    def say(self, text: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """A toast (texts translated) with at most one action."""
        self.wishes.said.emit(text, action, run)

    def say_with_undo(self, text: str) -> None:
        """A toast after a step, with a button that takes back this very step even if others follow."""
        entry = self.hub.newest()
        if entry is None:
            self.say(text)
            return
        self.say(text, self.tr(N_("Undo")), TakeBack(self, entry))

    def set_badge(self, page: str, number: int) -> None:
        """The number beside a page in the sidebar; 0 takes it away."""
        self.wishes.badge.emit(page, number)
