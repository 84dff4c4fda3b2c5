"""The page of a meeting of a small network, for the tests of its tabs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from unnm_desktop.db.engine import Database
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.meeting import MeetingPage


@contextmanager
def meeting_page(desk: Desk, database: Database, qtbot: QtBot, tab: str) -> Iterator[MeetingPage]:
    """A tab of the page of a regular meeting planned just now."""
    secretariat.open_in(desk, database)
    made = secretariat.plan(desk)
    shown = MeetingPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 820)
    shown.show()
    shown.open_record(made.id, {"tab": tab})
    yield shown
    shown.close()
