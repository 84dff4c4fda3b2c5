"""Loads in a thread what the painted window needs: the lower floors, the first page, the workspace; then the rest."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from unnm_desktop import paths

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.dashboard import Dashboard
    from unnm_desktop.ui.page_base import Page


class Loaded(NamedTuple):
    """What a thread brings: the pages, and the workspace or why there is none.

    Args:
        rehearsed: the day of a network without names, where a passphrase is awaited.

    """

    pages: tuple[type[Page], ...]
    database: Database | None
    trouble: Exception | None
    rehearsed: Dashboard | None = None


class Loader(QObject):
    """Two threads, one after the other; what goes wrong in them is told on the screen's."""

    # The first page and the workspace; every page.
    first = Signal(object)
    rest = Signal(object)

    def load_first(self, path: Path | None, officer: str) -> None:
        """Today's page, and this workspace; of a protected one only the way to read it."""
        Thread(target=self._bring_first, args=(path, officer), daemon=True).start()

    def load_rest(self) -> None:
        """The pages behind the first."""
        Thread(target=self._bring_rest, daemon=True).start()

    def _bring_first(self, path: Path | None, officer: str) -> None:
        database: Database | None = None
        trouble: Exception | None = None
        rehearsed: Dashboard | None = None
        pages: tuple[type[Page], ...] = ()
        try:
            from unnm_desktop.db.engine import Database as Opened  # here and below: after the first paint
            from unnm_desktop.ui.today import TodayPage

            pages = (TodayPage,)
            if path is not None and paths.is_protected(path):
                rehearsed = _rehearsed()
            elif path is not None:
                database = Opened(path, officer)
        except Exception as error:  # noqa: BLE001 - told on the screen's thread
            trouble = error
        self.first.emit(Loaded(pages, database, trouble, rehearsed))

    def _bring_rest(self) -> None:
        pages: tuple[type[Page], ...] = ()
        trouble: Exception | None = None
        try:
            from unnm_desktop import keeping_apart
            from unnm_desktop.ui.pages import PAGES

            pages = PAGES
            keeping_apart.repair_own_folders()
        except Exception as error:  # noqa: BLE001 - told on the screen's thread
            trouble = error
        self.rest.emit(Loaded(pages, None, trouble))


def _rehearsed() -> Dashboard:
    from datetime import datetime  # here and below: as above, and only before a protected workspace

    from unnm_desktop.db import keys
    from unnm_desktop.db.in_memory import in_memory
    from unnm_desktop.services.rehearsal import rehearsed

    keys.load_ahead()
    with in_memory() as session:
        return rehearsed(session, datetime.now().astimezone().date())
