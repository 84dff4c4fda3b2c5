"""A page shows its list and head at once; what takes longer follows in turns of its own, so that no key waits long."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from unnm_desktop.db.engine import Database
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.forms import Field
from unnm_desktop.ui.members import MembersPage
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
