"""An officer's week with the keyboard alone, from Monday's list to Friday's backup and the next Monday's undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.journeys.keyboard import Keyboard
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.attachments import SavedView
from unnm_desktop.db.decisions import Decision, DecisionState
from unnm_desktop.db.meetings import Attendance, Meeting, Presence
from unnm_desktop.db.minutes import MinutesEntry
from unnm_desktop.db.organisations import Membership
from unnm_desktop.db.people import Appointment
from unnm_desktop.db.workplans import Activity, Workplan
from unnm_desktop.services import decisions, meetings
from unnm_desktop.ui.ask import Ask
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.palette import Palette

MONDAY = date(2026, 12, 7)
DECIDED, TASK, VIEW = "The Network publishes the data sheet.", "Send the table to all", "Lists to send"


def monday(officer: Keyboard) -> None:
    """The number card leads to what is late; Space does one, Ctrl+Z takes it back."""
    officer.arrives("today")
    officer.tab_to("Overdue", back=True)
    officer.press("Enter")
    officer.arrives("actions")
    officer.until(lambda: officer.page.current() is not None)
    (late,) = [one for one in officer.all(ActionPoint) if one.task_en == "Draft the terms of the hotline"]
    assert officer.page.current() == late.id
    officer.press("Space")
    officer.until(lambda: status(officer, late) is ActionStatus.DONE)
    officer.press("Ctrl+Z")
    officer.until(lambda: status(officer, late) is ActionStatus.OPEN)


def status(officer: Keyboard, action: ActionPoint) -> ActionStatus:
    """What has become of an action point."""
    return next(one.status for one in officer.all(ActionPoint) if one.id == action.id)


def tuesday(officer: Keyboard) -> Meeting:
    """Somebody new speaks for UNDP; the next meeting is planned, its agenda put in order and sent."""
    officer.find("@UNDP")
    officer.arrives("members")
    (seat,) = [one for one in officer.all(Membership) if one.id == officer.page.current()]

    def name() -> None:
        officer.type("Hala Mansour")
        officer.meanwhile(lambda: (officer.tab_to("E-mail"), officer.type("hala@example.org"), officer.press("Enter")))
        officer.press("Tab")
        officer.press("Enter")

    officer.meanwhile(name)
    officer.find(">replace focal point")
    officer.sees("Hala Mansour")
    spoke = [one for one in officer.all(Appointment) if one.membership_id == seat.id]
    assert len(spoke) == 2
    assert sum(bool(one.end) for one in spoke) == 1  # the one before is ended, not overwritten

    officer.press("Ctrl+H")
    officer.arrives("history")
    officer.press("Alt+Left")
    officer.arrives("members")

    def plan() -> None:
        officer.tab_to("Day")
        officer.over("9 dec")
        officer.press("Enter")

    officer.meanwhile(plan)
    officer.press("Ctrl+Shift+N")
    officer.arrives("meetings")
    officer.press("Enter")
    officer.arrives("meeting")
    (meeting,) = [one for one in officer.all(Meeting) if one.day == date(2026, 12, 9)]

    def add(title: str) -> Callable[[], None]:
        return lambda: (officer.type(title), officer.press("Enter"))

    for title in ("Shelter for workers", "Health insurance"):
        officer.meanwhile(add(title))
        officer.press("Ctrl+N")
    before = titles(officer, meeting)
    officer.press("Alt+Up", times=2)
    officer.press("Alt+Down")
    after = titles(officer, meeting)
    assert before.index("Health insurance") == after.index("Health insurance") + 1

    officer.find(">circulate the agenda")
    officer.sees("Its numbers stay")
    return meeting


def titles(officer: Keyboard, meeting: Meeting) -> list[str]:
    """The agenda as it stands."""
    return [one.title_en for one in officer.window.desk.hub.read(meetings.agenda, meeting.id)]


def wednesday(officer: Keyboard, meeting: Meeting) -> None:
    """The meeting: who came by 1 to 5, then the minutes with a decision and an action point."""
    officer.find("35th regular", row="35th regular meeting")
    officer.arrives("meeting")
    officer.find(">mark as held")
    officer.until(lambda: officer.focus is officer.page.attendance.seats)
    for key in ("1", "2", "3", "4"):
        if key == "3":  # somebody else came: who?
            officer.meanwhile(lambda: (officer.type("Rana Aziz"), officer.press("Enter")))
        officer.press(key)
        officer.press("Down")
    came = [one.presence for one in officer.all(Attendance) if one.meeting_id == meeting.id]
    assert (came.count(Presence.PRESENT), came.count(Presence.APOLOGIES)) == (3, 1)

    officer.find(">show the minutes")
    officer.tab_to("Agenda items", back=True)
    officer.press("Down")
    officer.tab_to("Minutes of item")
    officer.type("IOM presented the new data sheet.")
    officer.meanwhile(lambda: (officer.type(DECIDED), officer.tab_to("Write it down"), officer.press("Enter")))
    officer.press("Ctrl+Shift+D")

    def promise() -> None:
        officer.type(TASK)
        officer.tab_to("Responsible")
        officer.type("UNDP")
        officer.press("Enter")
        officer.tab_to("Write it down")
        officer.press("Enter")

    officer.meanwhile(promise)
    officer.press("Ctrl+Shift+A")
    officer.type("The co-chair closed the item.")
    officer.find(">show decisions and actions")
    assert DECIDED in [one.text_en for one in officer.all(Decision)]
    assert TASK in [one.task_en for one in officer.all(ActionPoint)]
    words = " ".join(one.text_en for one in officer.all(MinutesEntry))
    assert "new data sheet" in words
    assert "closed the item" in words


def thursday(officer: Keyboard) -> None:
    """Every member is heard; next year's plan begins as a copy and a bar moves; a filter becomes a view."""
    officer.find(DECIDED)
    officer.arrives("decisions")
    officer.find(">put to the members")
    officer.press("F6")
    hub = officer.window.desk.hub
    (decision,) = [one for one in officer.all(Decision) if one.text_en == DECIDED]
    for name in ("IOM", "ILO", "UNDP", "WHO"):
        officer.tab_to(name)
        officer.press("Down")
    standing = lambda: hub.read(decisions.standing, [decision.id], now(officer.window.desk))[decision.id].state  # noqa: E731
    officer.until(lambda: standing() is DecisionState.ADOPTED)

    officer.press("Ctrl+6")
    officer.arrives("workplan")
    officer.find(">workplan of the next year")
    officer.find(">copy from 2026")
    officer.until(lambda: [one for one in officer.all(Workplan) if one.year == 2027])
    if officer.page.lists.currentWidget() is not officer.page.timeline:
        officer.press("Ctrl+T")
    officer.until(lambda: officer.focus is officer.page.timeline)
    moved = officer.page.current()
    before = next(one.start for one in officer.all(Activity) if one.id == moved)
    officer.press("Shift+Right", times=3)
    officer.press("Enter")
    officer.until(lambda: next(one.start for one in officer.all(Activity) if one.id == moved) != before)
    after = next(one.start for one in officer.all(Activity) if one.id == moved)
    assert (after - before).days == 3

    officer.press("Ctrl+4")
    officer.arrives("actions")
    dues = lambda: sorted(str(one.due) for one in officer.all(ActionPoint))  # noqa: E731
    before_all = dues()
    officer.tab_to("Overdue", back=True)
    officer.press("Left", "Space")  # the chip of all that is open
    officer.tab_to("Action points")
    officer.press("Ctrl+Home")
    officer.press("Shift+Down", times=2)  # over the title of the next group
    officer.sees("3 selected")
    officer.meanwhile(lambda: (officer.type("+7"), officer.press("Enter")))
    officer.find(">move the date")
    officer.until(lambda: dues().count("2026-12-17") == 3)
    officer.press("Ctrl+Z")
    officer.until(lambda: dues() == before_all)

    officer.press("Ctrl+F")
    officer.type("list")
    officer.press("Ctrl+Shift+B")
    officer.meanwhile(lambda: (officer.over(VIEW), officer.press("Enter")))
    officer.press("Up")  # the last line of the menu keeps what is shown
    officer.press("Enter")
    officer.until(lambda: [one for one in officer.all(SavedView) if one.name == VIEW])


def friday(officer: Keyboard, paper: Path) -> None:
    """The minutes on paper, words found in them, the file, a backup, and home."""
    officer.press("Ctrl+7")
    officer.arrives("reports")
    officer.type("min")
    preview = officer.page.preview
    officer.until(lambda: officer.page._shown is not None and officer.page._shown.kind == "minutes")
    officer.until(lambda: preview.paper is not None and preview.paper.sizes)
    officer.press("Ctrl+F")
    officer.type("data sheet")
    officer.press("Enter")
    officer.sees(" of ")
    officer.press("Esc")
    officer.press("Ctrl+S")
    officer.until(paper.exists)
    with pypdfium2.PdfDocument(paper) as pages:
        words = " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    assert DECIDED in words
    officer.find(">back up now")
    officer.sees("The backup is made and was read through.")
    officer.press("Ctrl+Q")
    officer.until(lambda: not officer.window.isVisible())
    officer.leave()


def test_a_week_without_a_mouse(
    sit_down: Callable[..., Keyboard], workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "minutes.pdf"
    # The system's own dialog is the one thing no hand of ours can reach.
    monkeypatch.setattr(Ask, "save_file", lambda *_, **__: paper)
    days = [MONDAY]
    officer = sit_down(workspace, days)
    monday(officer)
    days.append(date(2026, 12, 8))
    meeting = tuesday(officer)
    days.append(date(2026, 12, 9))
    wednesday(officer, meeting)
    days.append(date(2026, 12, 10))
    thursday(officer)
    days.append(date(2026, 12, 11))
    friday(officer, paper)

    again = sit_down(workspace, days)
    assert DECIDED in [one.text_en for one in again.all(Decision)]
    again.press("Ctrl+Z")
    again.sees("Press Ctrl+Z again")
    assert [one.name for one in again.all(SavedView)] == [VIEW]
    again.press("Ctrl+Z")
    again.until(lambda: not again.all(SavedView))


def test_a_day_in_arabic_without_a_mouse(sit_down: Callable[..., Keyboard], workspace: Path) -> None:
    officer = sit_down(workspace, [MONDAY], "ar")
    # The keys as they come while the Arabic layout is on: Ctrl+ن is Ctrl+K there.
    officer.press("Ctrl+ن")
    officer.until(lambda: officer.window.findChildren(Palette))
    officer.press("Esc")
    officer.find("الخط الساخن", row="صياغة شروط الخط الساخن")
    officer.arrives("actions")
    late = officer.page.current()
    officer.press("Ctrl+٢")
    officer.arrives("meetings")
    officer.press("Alt+Right")  # back is where the line began
    officer.arrives("actions")
    assert officer.page.current() == late
    officer.press("Space")
    officer.until(lambda: next(one for one in officer.all(ActionPoint) if one.id == late).status is ActionStatus.DONE)
    officer.press("Ctrl+ئ")
    officer.until(lambda: next(one for one in officer.all(ActionPoint) if one.id == late).status is ActionStatus.OPEN)

    officer.press("Ctrl+٦")
    officer.arrives("workplan")
    officer.find(">خطة عمل السنة التالية")
    officer.find(">النسخ من")
    officer.until(lambda: [one for one in officer.all(Workplan) if one.year == 2027])
    if officer.page.lists.currentWidget() is not officer.page.timeline:
        officer.press("Ctrl+ف")
    officer.until(lambda: officer.focus is officer.page.timeline)
    moved = officer.page.current()
    start = lambda: next(one.start for one in officer.all(Activity) if one.id == moved)  # noqa: E731
    before = start()
    officer.press("Shift+Left", times=2)  # time runs to the left
    officer.press("Enter")
    officer.until(lambda: start() != before)
    assert (start() - before).days == 2
