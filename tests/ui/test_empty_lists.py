"""Lists without a record: one line of what they are for, and what to do first."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.hands import press
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Meeting, MeetingState
from unnm_desktop.services import records
from unnm_desktop.ui.actions import ActionsPage
from unnm_desktop.ui.commands import Commands
from unnm_desktop.ui.decisions import DecisionsPage
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.header import Header
from unnm_desktop.ui.meetings import MeetingsPage
from unnm_desktop.ui.page import RecordsPage


def shown(page: RecordsPage, qtbot: QtBot) -> tuple[str, list[str]]:
    """The words and the buttons of the empty page."""
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    empty = page.views.currentWidget()
    assert empty is not page.splitter
    words = " ".join(one.text() for one in empty.findChildren(QLabel))
    return words, [one.text() for one in empty.findChildren(QPushButton)]


def test_meetings_offer_to_plan_the_first(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = MeetingsPage(desk)
    words, buttons = shown(page, qtbot)
    assert "No meetings yet" in words
    assert buttons == ["Plan a meeting"]
    page.close()


def test_action_points_come_from_minutes(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = ActionsPage(desk)
    words, buttons = shown(page, qtbot)
    assert "They appear when you record them in minutes." in words
    assert buttons == ["Add one anyway", "Go to the meetings"]
    page.close()


def test_decisions_lead_to_the_minutes_of_the_last_meeting(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    meeting = secretariat.plan(desk, date(2026, 11, 18))
    desk.hub.step("Hold", records.update, Meeting, meeting.id, state=MeetingState.HELD)
    gone: list[tuple[str, object, object]] = []
    desk.wishes.went.connect(lambda name, key, options: gone.append((name, key, options)))
    page = DecisionsPage(desk)
    _, buttons = shown(page, qtbot)
    assert buttons == ["Open the minutes: 1st regular meeting", "New decision"]
    press(qtbot, page.views.currentWidget(), buttons[0])
    assert gone == [("meeting", meeting.id, {"tab": "minutes"})]
    page.close()


def test_an_empty_list_is_told_once(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = MeetingsPage(desk)
    words, _ = shown(page, qtbot)
    header = Header(desk.language, desk.look, Commands(page, desk.language, desk.look))
    qtbot.addWidget(header)
    header.show_page(page)
    assert "No meetings yet" in words
    assert header.subline.isHidden()
    secretariat.plan(desk, date(2026, 11, 18))
    page.make_fresh()
    header.show_page(page)
    assert "1 meeting" in header.subline.text()
    page.close()
