"""The list of meetings: planned ones filled in, postponed and cancelled with a reason, found and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.hands import in_dialog, press, show
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Meeting, MeetingState
from unnm_desktop.services import meetings, records
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.meetings import MeetingsPage


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[MeetingsPage]:
    """The page over a network with no meeting yet."""
    secretariat.open_in(desk, bahrain)
    made = MeetingsPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def planned(page: MeetingsPage) -> Meeting:
    """Plan a meeting that lies ahead and show it."""
    made = secretariat.plan(page.desk, date(2026, 12, 16))
    page.make_fresh()
    page.table.select(made.id)
    return made


def read(page: MeetingsPage, meeting: Meeting) -> Meeting:
    """The meeting as it is kept."""
    return page.hub.read(records.get, Meeting, meeting.id)


def words(page: MeetingsPage) -> str:
    """Everything the inspector says."""
    return "\n".join(one.text() for one in page.inspector.parts.findChildren(QLabel))


def test_without_meetings_the_page_invites_to_plan_one(page: MeetingsPage, qtbot: QtBot) -> None:
    in_dialog(lambda dialog: None)
    press(qtbot, page, "Plan a meeting")
    assert page.table.listing.count == 1
    made = page.hub.read(records.get, Meeting, page.current())
    assert made.reference == "BHR/2026/M01"
    assert len(page.hub.read(meetings.invited, made.id)) == 9


def test_a_meeting_shows_what_is_left_to_do(page: MeetingsPage, qtbot: QtBot) -> None:
    planned(page)
    assert "9" in words(page)
    assert "The chair is named." in words(page)


def test_day_and_time_are_typed_and_kept_at_once(page: MeetingsPage, qtbot: QtBot) -> None:
    made = planned(page)
    field = page.inspector.parts.field("starts")
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, "9.30")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert read(page, made).starts == "09:30"


def test_a_wrong_time_is_refused_in_words_and_stays(page: MeetingsPage, qtbot: QtBot) -> None:
    made = planned(page)
    field = page.inspector.parts.field("ends")
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, "08:00")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert "before the start" in field.problem_line.text()
    assert field.line.text() == "08:00"
    qtbot.keyClicks(field.line, "x")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert "10:00" in field.problem_line.text()
    assert read(page, made).ends == "12:00"


def test_postponing_needs_another_day_and_a_reason(page: MeetingsPage, qtbot: QtBot) -> None:
    made = planned(page)

    def fill(dialog: FormDialog[Any]) -> None:
        dialog.try_accept()
        assert dialog.parts.field("day").problem_line.text()
        dialog.parts.field("day").line.setText("2026-12-23")
        dialog.try_accept()
        assert "postponed" in dialog.parts.field("reason").problem_line.text()
        dialog.parts.field("reason").box.setPlainText("National day")

    in_dialog(fill)
    press(qtbot, page.inspector, "Postpone")
    kept = read(page, made)
    assert (kept.day, kept.state, kept.reason) == (date(2026, 12, 23), MeetingState.POSTPONED, "National day")
    assert kept.reference == made.reference
    page.make_fresh()
    assert "Reason: National day" in words(page)


def test_cancelling_keeps_the_number(page: MeetingsPage, qtbot: QtBot) -> None:
    made = planned(page)
    in_dialog(lambda dialog: dialog.parts.field("reason").box.setPlainText("No quorum of chairs"))
    press(qtbot, page.inspector, "Cancel the meeting")
    assert read(page, made).state is MeetingState.CANCELLED
    assert read(page, made).ordinal == made.ordinal


def test_enter_opens_the_meeting(page: MeetingsPage, qtbot: QtBot) -> None:
    made = planned(page)
    went: list[tuple[str, object]] = []
    page.desk.wishes.went.connect(lambda name, key, _options: went.append((name, key)))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert went == [("meeting", made.id)]


def test_removing_is_taken_back_by_the_toast(page: MeetingsPage, qtbot: QtBot) -> None:
    made = planned(page)
    said: list[Any] = []
    page.desk.wishes.said.connect(lambda _text, _action, run: said.append(run))
    page.remove_selected()
    page.make_fresh()
    assert page.table.listing.count == 0
    said[-1]()
    page.make_fresh()
    assert page.table.listing.row_of(made.id) >= 0


def test_chairs_are_named_by_typing(page: MeetingsPage, qtbot: QtBot) -> None:
    made = planned(page)
    field = page.inspector.parts.field("chairs")
    field.line.setFocus()
    qtbot.keyClicks(field.line, "UNHCR")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    named = [body.short for _, body in page.hub.read(meetings.chairs, made.id)]
    assert named[-1] == "UNHCR"


def test_the_list_stands_in_groups_and_reads_in_arabic(
    make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot
) -> None:
    desk = make_desk(rtl=True, dark=True)
    secretariat.open_in(desk, bahrain)
    secretariat.plan(desk, date(2026, 12, 16))
    past = secretariat.plan(desk, date(2026, 10, 14))
    desk.hub.step("Hold", meetings.hold, past.id, date(2026, 10, 14))
    page = MeetingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert len(page.table.listing.heads) == 2
    row = page.table.listing.row_of(past.id)
    shown = [page.table.listing.index(row, column).data() for column in range(page.table.listing.columnCount())]
    assert any("الاجتماع" in str(text) for text in shown)
    page.close()
