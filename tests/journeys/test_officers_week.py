"""An officer's week with the keyboard alone, from Monday's list to Friday's backup and the next Monday's undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

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

MONDAY = date(2026, 12, 7)


class Words(NamedTuple):
    """What an officer types in her own language, and where it is kept."""

    ends: str
    focal: str
    day: str
    items: tuple[str, str]
    stand_in: str
    news: str
    sheet: str
    decided: str
    task: str
    closed: str
    later: str
    some: str
    view: str


ENGLISH = Words(
    "_en", "Hala Mansour", "9 dec", ("Shelter for workers", "Health insurance"), "Rana Aziz",
    "IOM presented the new data sheet.", "data sheet", "The Network publishes the data sheet.",
    "Send the table to all", "The co-chair closed the item.", "17 dec", "list", "Lists to send",
)  # fmt: skip
ARABIC = Words(
    "_ar", "هالة منصور", "٩ ديسمبر", ("مأوى العمال", "التأمين الصحي"), "رنا عزيز",
    "عرضت المنظمة نشرة البيانات الجديدة.", "البيانات", "تنشر الشبكة نشرة البيانات.",
    "إرسال الجدول إلى الجميع", "أقفلت الرئاسة المشاركة البند.", "١٧ ديسمبر", "العمال", "قوائم للإرسال",
)  # fmt: skip


def words(officer: Keyboard) -> Words:
    """What this officer types."""
    return ARABIC if officer.rtl else ENGLISH


def said(officer: Keyboard, record: object, name: str) -> str:
    """A text of a record in this officer's language."""
    return str(getattr(record, name + words(officer).ends))


def command(officer: Keyboard, text: str, **values: object) -> None:
    """Find a command by its words and do it."""
    officer.find(f">{officer.tr(text, **values).casefold()}")


def monday(officer: Keyboard) -> None:
    """The number card leads to what is late; Space does one, Ctrl+Z takes it back."""
    officer.arrives("today")
    officer.tab_to(officer.tr("Overdue"), back=True)
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

    def address() -> None:
        officer.tab_to(officer.tr("E-mail"))
        officer.type("hala@example.org")
        officer.press("Enter")

    def name() -> None:
        officer.type(words(officer).focal)
        officer.meanwhile(
            lambda: (officer.tab_to(officer.tr("E-mail")), officer.type("hala@example.org"), officer.press("Enter"))
        )
        officer.press("Tab")
        officer.press("Enter")

    officer.meanwhile(name)
    command(officer, "Replace focal point")
    officer.sees(words(officer).focal)
    spoke = [one for one in officer.all(Appointment) if one.membership_id == seat.id]
    assert len(spoke) == 2
    assert sum(bool(one.end) for one in spoke) == 1  # the one before is ended, not overwritten

    officer.press("Ctrl+H")
    officer.arrives("history")
    officer.press(f"Alt+{officer.backward}")
    officer.arrives("members")

    def plan() -> None:
        officer.tab_to(officer.tr("Day"))
        officer.over(words(officer).day)
        officer.press("Enter")

    officer.meanwhile(plan)
    officer.press("Ctrl+Shift+N")
    officer.arrives("meetings")
    officer.press("Enter")
    officer.arrives("meeting")
    (meeting,) = [one for one in officer.all(Meeting) if one.day == date(2026, 12, 9)]

    def add(title: str) -> Callable[[], None]:
        return lambda: (officer.type(title), officer.press("Enter"))

    for title in words(officer).items:
        officer.meanwhile(add(title))
        officer.press("Ctrl+N")
    before = titles(officer, meeting)
    officer.press("Alt+Up", times=2)
    officer.press("Alt+Down")
    after = titles(officer, meeting)
    moved = words(officer).items[1]
    assert before.index(moved) == after.index(moved) + 1

    command(officer, "Circulate the agenda")
    officer.until(lambda: [one for one in officer.all(Meeting) if one.id == meeting.id and one.numbers_frozen])
    return meeting


def titles(officer: Keyboard, meeting: Meeting) -> list[str]:
    """The agenda as it stands."""
    return [said(officer, one, "title") for one in officer.window.desk.hub.read(meetings.agenda, meeting.id)]


def wednesday(officer: Keyboard, meeting: Meeting) -> None:
    """The meeting: who came by 1 to 5, then the minutes with a decision and an action point."""
    name = meetings.name_of(meeting, officer.window.desk.language)
    officer.find(name, row=name)
    officer.arrives("meeting")
    command(officer, "Mark as held")
    officer.until(lambda: officer.focus is officer.page.attendance.seats)
    for key in ("1", "2", "3", "4"):
        if key == "3":  # somebody else came: who?
            officer.meanwhile(lambda: (officer.type(words(officer).stand_in), officer.press("Enter")))
        officer.press(key)
        officer.press("Down")
    came = [one.presence for one in officer.all(Attendance) if one.meeting_id == meeting.id]
    assert (came.count(Presence.PRESENT), came.count(Presence.APOLOGIES)) == (3, 1)

    told, keep = words(officer), officer.tr("Write it down")
    command(officer, "Show the minutes")
    officer.tab_to(officer.tr("Agenda items"), back=True)
    officer.press("Down")
    officer.tab_to(officer.tr("Minutes of item"))
    officer.type(told.news)
    officer.meanwhile(lambda: (officer.type(told.decided), officer.tab_to(keep), officer.press("Enter")))
    officer.press("Ctrl+Shift+D")

    def promise() -> None:
        officer.type(told.task)
        officer.tab_to(officer.tr("Responsible"))
        officer.type("UNDP")
        officer.press("Enter")
        officer.tab_to(keep)
        officer.press("Enter")

    officer.meanwhile(promise)
    officer.press("Ctrl+Shift+A")
    officer.type(told.closed)
    command(officer, "Show decisions and actions")
    assert told.decided in [said(officer, one, "text") for one in officer.all(Decision)]
    assert told.task in [said(officer, one, "task") for one in officer.all(ActionPoint)]
    text = " ".join(said(officer, one, "text") for one in officer.all(MinutesEntry))
    assert told.news in text
    assert told.closed in text


def thursday(officer: Keyboard) -> None:
    """Every member is heard; next year's plan begins as a copy and a bar moves; a filter becomes a view."""
    told = words(officer)
    officer.find(told.decided)
    officer.arrives("decisions")
    command(officer, "Put to the members")
    officer.press("F6")
    hub = officer.window.desk.hub
    (decision,) = [one for one in officer.all(Decision) if said(officer, one, "text") == told.decided]
    for name in ("IOM", "ILO", "UNDP", "WHO"):
        officer.tab_to(name)
        officer.press("Down")

    def standing() -> DecisionState:
        return hub.read(decisions.standing, [decision.id], now(officer.window.desk))[decision.id].state

    officer.until(lambda: standing() is DecisionState.ADOPTED)

    officer.press("Ctrl+6")
    officer.arrives("workplan")
    command(officer, "Workplan of the next year")
    command(officer, "Copy from {year}", year=officer.window.desk.language.figures("2026"))
    officer.until(lambda: [one for one in officer.all(Workplan) if one.year == 2027])
    if officer.page.lists.currentWidget() is not officer.page.timeline:
        officer.press("Ctrl+T")
    officer.until(lambda: officer.focus is officer.page.timeline)
    moved = officer.page.current()
    before = next(one.start for one in officer.all(Activity) if one.id == moved)
    officer.press(f"Shift+{officer.onward}", times=3)
    officer.press("Enter")
    officer.until(lambda: next(one.start for one in officer.all(Activity) if one.id == moved) != before)
    after = next(one.start for one in officer.all(Activity) if one.id == moved)
    assert (after - before).days == 3

    officer.press("Ctrl+4")
    officer.arrives("actions")

    def dues() -> list[str]:
        return sorted(str(one.due) for one in officer.all(ActionPoint))

    before_all = dues()
    officer.tab_to(officer.tr("Overdue"), back=True)
    officer.press(officer.backward, "Space")  # the chip of all that is open
    officer.tab_to(officer.tr("Action points"))
    officer.press("Ctrl+Home")
    officer.press("Shift+Down", times=2)  # over the title of the next group
    officer.sees(officer.window.desk.language.ntr("{n} selected", "{n} selected", 3))

    def all_on() -> None:
        officer.tab_to(officer.tr("Or all on"))
        officer.type(told.later)
        officer.press("Enter")

    officer.meanwhile(all_on)
    command(officer, "Move the date")
    officer.until(lambda: dues().count("2026-12-17") == 3 and not hub.written_apart)
    officer.press("Ctrl+Z")
    officer.until(lambda: dues() == before_all)

    officer.press("Ctrl+F")
    officer.type(told.some)
    officer.press("Ctrl+Shift+B")
    officer.meanwhile(lambda: (officer.over(told.view), officer.press("Enter")))
    officer.press("Up")  # the last line of the menu keeps what is shown
    officer.press("Enter")
    officer.until(lambda: [one for one in officer.all(SavedView) if one.name == told.view])


def friday(officer: Keyboard, paper: Path) -> None:
    """The minutes on paper, words found in them, the file, a backup, and home."""
    officer.press("Ctrl+7")
    officer.arrives("reports")
    officer.look_for(officer.tr("Minutes"))
    preview = officer.page.preview
    officer.until(lambda: officer.page._shown is not None and officer.page._shown.kind == "minutes")
    officer.until(lambda: preview.paper is not None and preview.paper.sizes)
    officer.press("Ctrl+F")
    officer.type(words(officer).sheet)
    place, number = officer.page.pages.find_line.told, officer.window.desk.language.number
    officer.until(lambda: place.text().startswith(number(1)))
    officer.press("Enter")
    officer.until(lambda: place.text().startswith(number(2)))
    officer.press("Esc")
    officer.press("Ctrl+S")
    officer.until(paper.exists)
    with pypdfium2.PdfDocument(paper) as pages:
        assert len(pages) == len(preview.paper.sizes)
    command(officer, "Back up now")
    officer.sees(officer.tr("The backup is made and was read through."))
    officer.press("Ctrl+Q")
    officer.until(lambda: not officer.window.isVisible())
    officer.leave()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_week_without_a_mouse(
    sit_down: Callable[..., Keyboard], workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    paper = tmp_path / "minutes.pdf"
    # The system's own dialog is the one thing no hand of ours can reach.
    monkeypatch.setattr(Ask, "save_file", lambda *_, **__: paper)
    days = [MONDAY]
    officer = sit_down(workspace, days, language)
    told = words(officer)
    monday(officer)
    days.append(date(2026, 12, 8))
    meeting = tuesday(officer)
    days.append(date(2026, 12, 9))
    wednesday(officer, meeting)
    days.append(date(2026, 12, 10))
    thursday(officer)
    days.append(date(2026, 12, 11))
    friday(officer, paper)

    again = sit_down(workspace, days, language)
    assert told.decided in [said(again, one, "text") for one in again.all(Decision)]
    again.press("Ctrl+Z")
    again.until(lambda: again.window.toasts.shown())
    assert [one.name for one in again.all(SavedView)] == [told.view]
    again.press("Ctrl+Z")
    again.until(lambda: not again.all(SavedView))
