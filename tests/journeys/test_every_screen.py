"""One journey on every screen, with the mouse: what is clicked shows in the window and stands in the workspace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit

from tests.journeys.mouse import Mouse
from unnm_desktop import reports, settings
from unnm_desktop.db import turning
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.attachments import Attachment
from unnm_desktop.db.decisions import Decision, DecisionState, Stance
from unnm_desktop.db.meetings import Attendance, Meeting, Presence
from unnm_desktop.db.minutes import MinutesEntry
from unnm_desktop.db.networks import Holiday
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Appointment
from unnm_desktop.db.workplans import Activity, Workplan
from unnm_desktop.services import decisions, meetings
from unnm_desktop.services.handover.keys import office_code
from unnm_desktop.ui.ask import Ask
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.palette import Palette
from unnm_desktop.ui.position_field import PositionField

ON = date(2026, 12, 7)
WORDS = "words that open the window"
LATE = "Draft the terms of the hotline"


@pytest.fixture(params=["en", "ar"])
def officer(request: pytest.FixtureRequest, sit_down: Callable[..., Mouse], workspace: Path) -> Mouse:
    return sit_down(workspace, [ON], request.param, Mouse)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """What is chosen in the system's own dialogs: the one thing no hand of ours can reach."""
    chosen: dict[str, Path] = {}
    for name in ("save_file", "open_file", "folder"):
        monkeypatch.setattr(Ask, name, lambda *_, name=name, **__: chosen[name])
    monkeypatch.setattr(Ask, "open_files", lambda *_, **__: [chosen["open_file"]], raising=False)
    return chosen


def late(officer: Mouse) -> ActionPoint:
    return next(one for one in officer.all(ActionPoint) if one.task_en == LATE)


def opened(officer: Mouse, tab: str) -> Meeting:
    """The next meeting, opened from its list, at one of its tabs."""
    officer.place("Meetings")
    officer.arrives("meetings")
    meeting = max(officer.all(Meeting), key=lambda one: one.day)
    officer.row(officer.page.table, meeting.id)
    officer.button("Open the meeting", officer.page.inspector)
    officer.arrives("meeting")
    officer.button(tab, officer.page)
    return meeting


@pytest.mark.parametrize("language", ["en", "ar"])
def test_unlock(sit_down: Callable[..., Mouse], workspace: Path, language: str) -> None:
    turning.protect(workspace, WORDS)
    officer = sit_down(workspace, [ON], language, Mouse)
    page: Any = officer.window.stack.currentWidget()
    officer.click(page.field)
    officer.type("other words entirely")
    officer.button("Unlock")
    officer.until(page.problem.isVisible)
    officer.type(WORDS)
    officer.button("Unlock")
    officer.until(lambda: officer.page is not None)
    officer.arrives("today")
    assert officer.window.desk.hub.protected


def test_today(officer: Mouse) -> None:
    officer.arrives("today")
    key, lines = late(officer).id, officer.page.due.list
    officer.until(lambda: any(one.key == key for one in lines.lines))
    row = next(number for number, one in enumerate(lines.lines) if one.key == key)
    officer.click(lines.viewport(), lines.tick_box(lines.model().index(row, 0)).center())
    officer.until(lambda: late(officer).status is ActionStatus.DONE)
    officer.button("Undo")
    officer.until(lambda: late(officer).status is ActionStatus.OPEN)
    officer.click(officer.page.overdue)
    officer.arrives("actions")
    officer.until(lambda: officer.page.current() == key)


def test_meetings(officer: Mouse) -> None:
    officer.place("Meetings")
    officer.arrives("meetings")
    before = {one.id for one in officer.all(Meeting)}
    officer.answer("Plan it", lambda dialog: officer.field(dialog.parts.field("day"), "2027-01-20"))
    officer.button("New meeting")
    (made,) = [one for one in officer.all(Meeting) if one.id not in before]
    assert made.day == date(2027, 1, 20)
    officer.until(lambda: officer.page.current() == made.id)
    officer.field(officer.page.inspector.parts.field("starts"), "09:30")
    officer.until(lambda: any("09:30" in str(one.starts) for one in officer.all(Meeting) if one.id == made.id))


def test_the_agenda_of_a_meeting(officer: Mouse) -> None:
    meeting = opened(officer, "Agenda")
    officer.answer("Add", lambda dialog: officer.field(dialog.parts.field("title_en"), "Health insurance"))
    officer.button("Add item", officer.page)

    def titles() -> list[str]:
        return [one.title_en for one in officer.window.desk.hub.read(meetings.agenda, meeting.id)]

    officer.until(lambda: "Health insurance" in titles())
    place = titles().index("Health insurance")
    officer.button("Move up (Alt+↑)", officer.page)
    officer.until(lambda: titles().index("Health insurance") == place - 1)


def test_who_came_to_a_meeting(officer: Mouse) -> None:
    meeting = opened(officer, "Attendance")
    grid = officer.page.attendance.seats
    body = next(one for one in officer.all(Organisation) if one.acronym == "ILO")
    officer.button("Attendance", officer.page.attendance)
    officer.row(grid, body.id)
    officer.press("5")

    def here() -> list[Attendance]:
        return [one for one in officer.all(Attendance) if one.meeting_id == meeting.id]

    officer.until(lambda: [one.presence for one in here()] == [Presence.ABSENT])


def test_the_minutes_of_a_meeting(officer: Mouse) -> None:
    opened(officer, "Minutes")
    editor = officer.page.minutes.editor
    officer.click(editor.viewport())
    officer.type("Words. ")
    officer.button("Bold (Ctrl+B)", officer.page)
    officer.type("Bold words.")

    def write(dialog: Any) -> None:
        officer.field(dialog.parts.field("text_en"), "To meet in May.")

    officer.answer("Write it down", write)
    officer.button("Decision", officer.page.minutes)
    officer.until(lambda: any(one.text_en == "To meet in May." for one in officer.all(Decision)))
    officer.button("Decisions and actions", officer.page)
    field = "text_ar" if officer.rtl else "text_en"
    officer.until(lambda: any("**Bold words.**" in getattr(one, field) for one in officer.all(MinutesEntry)))


def test_the_papers_of_a_meeting(officer: Mouse, files: dict[str, Path], tmp_path: Path) -> None:
    files["open_file"] = tmp_path / "figures.txt"
    files["open_file"].write_text("1, 2, 3", encoding="utf-8")
    opened(officer, "Papers")
    officer.button("Add files", officer.page)
    officer.until(lambda: [one.name for one in officer.all(Attachment)] == ["figures.txt"])
    officer.until(lambda: officer.page.papers.table.listing.count == 1)


def test_action_points(officer: Mouse) -> None:
    key = late(officer).id
    officer.place("Action points")
    officer.arrives("actions")
    officer.row(officer.page.table, key)
    officer.field(officer.page.inspector.parts.field("due"), "2026-12-20")
    officer.until(lambda: late(officer).due == date(2026, 12, 20))
    officer.button("Mark as done")
    officer.until(lambda: late(officer).status is ActionStatus.DONE)
    officer.button("Undo")
    officer.until(lambda: late(officer).status is ActionStatus.OPEN)


def test_decisions(officer: Mouse) -> None:
    officer.place("Decisions")
    officer.arrives("decisions")
    officer.answer("Write it down", lambda dialog: officer.field(dialog.parts.field("text_en"), "To meet in May."))
    officer.button("New decision")
    made = next(one for one in officer.all(Decision) if one.text_en == "To meet in May.")
    officer.until(lambda: officer.page.current() == made.id)
    officer.button("Put to the members", officer.page.inspector)

    def heard() -> list[PositionField]:
        return [one for one in officer.page.inspector.parts.fields if isinstance(one, PositionField)]

    officer.until(lambda: len(heard()) == 4)
    for name in [one.name for one in heard()]:
        officer.choose(officer.page.inspector.parts.field(name).findChild(QComboBox), Stance.AGREES.label)
    hub = officer.window.desk.hub

    def state() -> DecisionState:
        return hub.read(decisions.standing, [made.id], now(officer.window.desk))[made.id].state

    officer.until(lambda: state() is DecisionState.ADOPTED)


def test_members(officer: Mouse) -> None:
    officer.place("Members")
    officer.arrives("members")

    def fill(dialog: Any) -> None:
        officer.field(dialog.parts.field("organisation_id"), "UNICEF")

    before = len(officer.all(Membership))
    officer.answer("Add", fill)
    officer.button("Add member")
    officer.until(lambda: len(officer.all(Membership)) == before + 1)

    def name(dialog: Any) -> None:
        box = dialog.parts.field("person_id").findChild(QLineEdit)
        officer.click(box)
        officer.type("Hala Mansour")
        officer.answer("Add", lambda other: officer.field(other.parts.field("emails"), "hala@example.org"))
        officer.press("Tab")

    officer.answer("Appoint", name)
    officer.button("Name a focal point", officer.page.inspector)
    officer.until(lambda: any(one.membership_id == officer.page.current() for one in officer.all(Appointment)))
    officer.sees("Hala Mansour")


def test_the_workplan(officer: Mouse) -> None:
    officer.place("Workplan")
    officer.arrives("workplan")
    officer.button("Next year", officer.page)
    officer.button("Copy from {year}", officer.page, year=officer.window.desk.language.figures("2026"))
    officer.until(lambda: [one for one in officer.all(Workplan) if one.year == 2027])
    officer.button("Table", officer.page)
    officer.until(officer.page.table.isVisible)
    (plan,) = [one for one in officer.all(Workplan) if one.year == 2027]
    first = next(one for one in officer.all(Activity) if one.workplan_id == plan.id)
    officer.row(officer.page.table, first.id)
    officer.field(officer.page.inspector.parts.field("title_en"), "Joint study on wages")
    officer.until(lambda: "Joint study on wages" in [one.title_en for one in officer.all(Activity)])


def test_reports(officer: Mouse, files: dict[str, Path], tmp_path: Path) -> None:
    files["save_file"] = tmp_path / "directory.pdf"
    officer.place("Reports")
    officer.arrives("reports")
    row = list(reports.REPORTS).index("directory")
    officer.item(officer.page.list, officer.page.list.model().index(row, 0))
    officer.until(lambda: officer.page._shown is not None and officer.page._shown.kind == "directory")
    officer.until(lambda: officer.page.preview.paper is not None and officer.page.preview.paper.sizes)
    officer.button("Save as PDF")
    officer.until(files["save_file"].exists)
    with pypdfium2.PdfDocument(files["save_file"]) as paper:
        assert len(paper) == len(officer.page.preview.paper.sizes)


def test_the_terms_of_reference(officer: Mouse) -> None:
    officer.place("Terms of reference")
    officer.arrives("tor")
    day = officer.page.compliance.day
    officer.field(day, "2026-02-01")
    officer.until(lambda: officer.page.compliance.on == date(2026, 2, 1))
    officer.button("Network", officer.page)

    def fill(dialog: Any) -> None:
        officer.field(dialog.parts.field("day"), "2026-12-16")
        officer.field(dialog.parts.field("name_en"), "National Day")

    officer.answer("Add", fill)
    officer.button("Add a holiday", officer.page)
    officer.until(
        lambda: [(one.day, one.name_en) for one in officer.all(Holiday)] == [(date(2026, 12, 16), "National Day")]
    )


def test_the_hand_over(officer: Mouse, files: dict[str, Path], tmp_path: Path) -> None:
    files["folder"] = tmp_path / "stick"
    files["folder"].mkdir()
    officer.place("Hand-over")
    officer.arrives("handover")
    officer.button("Prepare a stick", officer.page)
    form = officer.page.prepare
    officer.click(form.by_code)
    officer.click(form.code)
    officer.type(office_code())
    officer.scroll_to(form.stick.choose)
    officer.click(form.stick.choose)
    officer.scroll_to(form.write_button)
    officer.click(form.write_button)
    officer.until(form.done_button.isVisible)
    (made,) = files["folder"].glob("*.unnmx")
    assert made.name in form.written_line.text()


def test_preferences(officer: Mouse) -> None:
    officer.place("Preferences")
    officer.arrives("preferences")
    first, rtl = officer.window, officer.rtl
    officer.choose(officer.page.parts.field("language").findChild(QComboBox), "English" if rtl else "العربية")
    officer.until(lambda: officer.window is not first)
    officer.arrives("preferences")
    assert officer.rtl is not rtl
    assert settings.load().language == ("en" if rtl else "ar")


def test_history(officer: Mouse) -> None:
    key = late(officer).id
    officer.place("Action points")
    officer.arrives("actions")
    officer.row(officer.page.table, key)
    officer.field(officer.page.inspector.parts.field("due"), "2026-12-20")
    officer.until(lambda: late(officer).due == date(2026, 12, 20))
    officer.button("See all", officer.page.inspector)
    officer.arrives("history")
    officer.button("Restore this value", officer.page)
    officer.until(lambda: late(officer).due != date(2026, 12, 20))


def test_trash(officer: Mouse) -> None:
    key = late(officer).id
    officer.place("Action points")
    officer.arrives("actions")
    officer.row(officer.page.table, key)
    officer.press("Delete")
    officer.until(lambda: key not in {one.id for one in officer.all(ActionPoint)})
    officer.place("Trash")
    officer.arrives("trash")
    officer.row(officer.page.table, key)
    officer.button("Restore from Trash", officer.page.inspector)
    officer.until(lambda: key in {one.id for one in officer.all(ActionPoint)})


def test_the_search_list(officer: Mouse) -> None:
    officer.click(officer.window.header.search)
    officer.type("#hotline")
    officer.until(lambda: officer.window.findChildren(Palette))
    shown = officer.window.findChildren(Palette)[-1]
    officer.until(lambda: not shown.waiting and shown.results())
    task = late(officer).task_ar if officer.rtl else LATE
    row = next(number for number, one in enumerate(shown.results()) if task in one.title)
    officer.item(shown.list, shown.list.model().index(row, 0))
    officer.arrives("actions")
    officer.until(lambda: officer.page.current() == late(officer).id)


def test_the_manual(officer: Mouse) -> None:
    officer.place("Manual")
    officer.arrives("manual")
    table = officer.page.table
    key = table.listing.id_at(4)
    officer.row(table, key)
    title = table.listing.index(4, 0).data()
    officer.until(lambda: officer.page.reader.toPlainText().startswith(title))
