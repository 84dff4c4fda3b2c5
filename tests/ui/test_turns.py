"""A page shows its list and head at once; what takes longer follows in turns of its own, so that no key waits long."""

from __future__ import annotations

from uuid import uuid4

from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from unnm_desktop.db.connecting import WRITTEN
from unnm_desktop.db.engine import Database
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.forms import Field
from unnm_desktop.ui.members import MembersPage
from unnm_desktop.ui.read_ahead import READINGS, Asker, read_ahead
from unnm_desktop.ui.tor import TorPage


def opened(desk: Desk, database: Database, qtbot: QtBot) -> MembersPage:
    """The page of members as it is when it has just been asked for."""
    secretariat.open_in(desk, database)
    page = MembersPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    return page


def test_the_list_comes_first_and_the_details_follow(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    page = opened(desk, bahrain, qtbot)
    assert page.current() is not None
    assert page.inspector.findChildren(Field) == []
    qtbot.waitUntil(lambda: bool(page.inspector.findChildren(Field)))
    page.close()


def test_whoever_asks_for_the_details_finds_them(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    page = opened(desk, bahrain, qtbot)
    assert page.inspector.parts.field("start")
    page.close()


def test_a_workspace_that_is_left_meanwhile_is_read_no_more(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = TorPage(desk)
    qtbot.addWidget(page)
    page.show()
    desk.hub.close()
    # Whatever still read now would fail the test.
    qtbot.wait(50)
    assert page.compliance.links == {}
    page.close()


def test_what_is_asked_for_first_is_read_before(desk: Desk, bahrain: Database) -> None:
    secretariat.open_in(desk, bahrain)
    read_ahead(desk)
    before = len(WRITTEN)
    for read in READINGS:
        desk.hub.read(read, Asker(desk.network_id, desk.language, desk.today()))
    assert len(WRITTEN) == before


def test_reading_ahead_ends_with_the_workspace(desk: Desk, bahrain: Database) -> None:
    secretariat.open_in(desk, bahrain)
    desk.hub.close()
    # It is called on a thread; what goes wrong there would fail the test.
    desk.network = NetworkName(uuid4(), "A network that is gone")
    read_ahead(desk)
