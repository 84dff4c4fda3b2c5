"""The timeline of a workplan: its geometry in both directions, and bars moved by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from tests.ui import secretariat
from tests.ui.hands import in_dialog, press
from unnm_desktop.db.decisions import DecisionSubject, Stance
from unnm_desktop.db.engine import Database
from unnm_desktop.db.plan_parts import Deliverable
from unnm_desktop.db.workplans import Activity, ActivityStatus
from unnm_desktop.i18n import ENGLISH
from unnm_desktop.services import decisions, networks, organisations, records, workplans
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.memory import memory
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.plan_comparison import PlanComparison
from unnm_desktop.ui.timeline_geometry import INSET, Columns, Days, Grip, columns_for, grip_at, shifted
from unnm_desktop.ui.timeline_rows import Line
from unnm_desktop.ui.workplan import WorkplanPage

MakeDesk = Callable[..., Desk]
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT_SHIFT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
START, END, DUE = date(2026, 3, 1), date(2026, 9, 30), date(2026, 6, 30)

years = st.integers(1995, 2190)
sides = st.booleans()


@given(years, st.integers(0, 364), st.integers(340, 4000), sides, st.integers(0, 2000))
def test_a_day_is_found_again_where_it_was_put(year: int, number: int, room: int, rtl: bool, offset: int) -> None:
    columns = Columns(room + 400, 200, 60, 100, rtl, offset)
    days = Days(date(year, 1, 1), date(year, 12, 31), columns.days_room)
    day = days.first + timedelta(days=number)
    x = columns.chart_x(days.at(day) + days.each / 2)
    assert days.day_at(columns.chart_along(x)) == day


@given(years, st.integers(340, 4000), st.integers(0, 364), st.integers(0, 364))
def test_arabic_is_the_mirror_of_english(year: int, room: int, one: int, other: int) -> None:
    english = Columns(room + 400, 200, 60, 100)
    arabic = Columns(room + 400, 200, 60, 100, rtl=True)
    days = Days(date(year, 1, 1), date(year, 12, 31), english.days_room)
    begin, end = sorted((days.at(days.first + timedelta(one)), days.after(days.first + timedelta(other))))
    left, right = english.chart_x(begin), english.chart_x(end)
    mirrored = arabic.chart_x(begin, end - begin)
    assert mirrored == pytest.approx(arabic.width - right)
    assert mirrored + (end - begin) == pytest.approx(arabic.width - left)


@given(st.dates(date(1990, 1, 1), date(2200, 12, 31)), st.integers(0, 3000), st.integers(-90_000, 90_000), sides)
def test_a_moved_bar_keeps_its_length_and_a_stretched_one_never_turns_round(
    start: date, length: int, days: int, whole: bool
) -> None:
    end = min(start + timedelta(days=length), date(2200, 12, 31))
    if whole:
        moved = shifted(start, end, Grip.WHOLE, days)
        assert moved[1] - moved[0] == end - start
    else:
        assert shifted(start, end, Grip.START, days)[1] == end
        assert shifted(start, end, Grip.END, days)[0] == start
        moved = shifted(start, end, Grip.END, days)
    assert date(1990, 1, 1) <= moved[0] <= moved[1] <= date(2200, 12, 31)


@given(st.floats(0, 500), st.floats(2, 500))
def test_a_bar_however_short_can_be_moved_and_stretched_on_both_sides(begin: float, length: float) -> None:
    end = begin + length
    assert grip_at(begin, end, begin + length / 2) is Grip.WHOLE
    assert grip_at(begin, end, begin - 1) is Grip.START
    assert grip_at(begin, end, end + 1) is Grip.END
    assert grip_at(begin, end, end + 50) is None


@given(st.integers(300, 3000), st.integers(80, 400), st.integers(0, 120), st.integers(0, 160))
def test_days_keep_room_in_a_narrow_window(width: int, title: int, lead: int, money: int) -> None:
    columns = columns_for(width, (title, lead, money), 180)
    assert columns.room >= 180
    assert columns.before + columns.room + columns.money == width


def test_months_cover_the_year_and_weeks_begin_on_the_networks_day() -> None:
    days = Days(date(2026, 1, 1), date(2026, 12, 31), 730)
    months = list(days.months())
    assert [day.month for day, _, _ in months] == list(range(1, 13))
    assert months[0][1] == 0
    assert months[-1][2] == pytest.approx(730)
    assert all(day.weekday() == 6 for day, _ in days.weeks(6))


# The page ------------------------------------------------------------------------------------------------------------


def open_page(desk: Desk, database: Database, qtbot: QtBot) -> WorkplanPage:
    """The timeline of a draft with two activities, the second without days."""
    secretariat.open_in(desk, database)
    hub = desk.hub
    iom = hub.read(organisations.find, "IOM")
    assert iom is not None
    objectives = hub.read(networks.objectives_on, desk.network_id, desk.today())
    plan = hub.step("Plan", workplans.create_plan, desk.network_id, 2026, currency="BHD")
    first = hub.step(
        "Plan", workplans.add_activity, plan.id, title_en="Train the inspectors", title_ar="تدريب المفتشين",
        objective_id=objectives[0].id, lead_id=iom.id, start=START, end=END, status=ActivityStatus.ONGOING, progress=40,
    )  # fmt: skip
    hub.step("Plan", workplans.add_to_activity, Deliverable, first.id, title_en="Training report", due=DUE)
    hub.step("Plan", workplans.add_activity, plan.id, title_en="A study", objective_id=objectives[1].id)
    page = WorkplanPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    page.timeline.setFocus()
    return page


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[WorkplanPage]:
    """In English."""
    made = open_page(desk, bahrain, qtbot)
    yield made
    made.close()


@pytest.fixture
def arabic_page(make_desk: MakeDesk, bahrain: Database, qtbot: QtBot) -> Iterator[WorkplanPage]:
    """In Arabic, time running to the left."""
    made = open_page(make_desk(rtl=True), bahrain, qtbot)
    yield made
    made.close()


def activity(page: WorkplanPage, number: int = 0) -> Activity:
    """An activity as it is kept."""
    assert page.plan is not None
    found = page.hub.read(records.all_of, Activity, Activity.workplan_id == page.plan.id, order=Activity.position)
    return found[number]


def steps(page: WorkplanPage) -> int:
    """How many steps have been made."""
    entry = page.hub.newest()
    return entry.key[1] if entry is not None else 0


def bar(page: WorkplanPage, number: int = 0) -> tuple[QPoint, QPoint, QPoint]:
    """The start, the middle and the end of a bar, in the direction of reading."""
    rect = page.timeline.lay_out().bar(activity(page, number).id)
    ends = [QPoint(rect.left() + 1, rect.center().y()), QPoint(rect.right() - 1, rect.center().y())]
    if page.desk.look.rtl:
        ends.reverse()
    return ends[0], rect.center(), ends[1]


def pixels(page: WorkplanPage, days: int) -> int:
    """So many days in pixels, later days positive in the direction of reading."""
    width = round(page.timeline.days().each * days)
    return -width if page.desk.look.rtl else width


def drag(page: WorkplanPage, qtbot: QtBot, begin: QPoint, by: int, *, drop: bool = True) -> None:
    """Take hold there, move so far in two strokes, let go."""
    port, button = page.timeline.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(port, button, pos=begin)
    for part in (0.5, 1.0):
        move(qtbot, page, begin + QPoint(round(by * part), 0))
    if drop:
        qtbot.mouseRelease(port, button, pos=begin + QPoint(by, 0))


def move(qtbot: QtBot, page: WorkplanPage, to: QPoint) -> None:
    """Move the pointer with the button held: qtbot's own moves hold none."""
    port, left = page.timeline.viewport(), Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(to), QPointF(port.mapToGlobal(to)), Qt.MouseButton.NoButton, left,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(port, event)


@pytest.mark.parametrize("language", ["page", "arabic_page"])
def test_a_dragged_bar_moves_with_the_direction_of_reading_as_one_step(
    language: str, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    page: WorkplanPage = request.getfixturevalue(language)
    before = steps(page)
    drag(page, qtbot, bar(page)[1], pixels(page, 30))
    kept = activity(page)
    assert abs((kept.start - START).days - 30) <= 1  # type: ignore[operator]
    assert kept.end - kept.start == END - START  # type: ignore[operator]
    assert steps(page) == before + 1
    page.hub.undo()
    page.make_fresh()
    assert (activity(page).start, activity(page).end) == (START, END)
    assert page.timeline.line(kept.id).days == (START, END)  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["page", "arabic_page"])
def test_the_ends_of_a_bar_are_stretched(language: str, request: pytest.FixtureRequest, qtbot: QtBot) -> None:
    page: WorkplanPage = request.getfixturevalue(language)
    drag(page, qtbot, bar(page)[2], pixels(page, 40))
    assert activity(page).start == START
    assert abs((activity(page).end - END).days - 40) <= 1  # type: ignore[operator]
    drag(page, qtbot, bar(page)[0], pixels(page, 20))
    assert abs((activity(page).start - START).days - 20) <= 1  # type: ignore[operator]


def test_escape_leaves_a_dragged_bar_where_it_was(page: WorkplanPage, qtbot: QtBot) -> None:
    before = steps(page)
    start = bar(page)[1]
    drag(page, qtbot, start, pixels(page, 60), drop=False)
    assert page.timeline.moving.ghost is not None
    qtbot.keyClick(page.timeline, Qt.Key.Key_Escape)
    assert page.timeline.moving.ghost is None
    qtbot.mouseRelease(page.timeline.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(pixels(page, 60), 0))
    assert (activity(page).start, steps(page)) == (START, before)


@pytest.mark.parametrize("language", ["page", "arabic_page"])
def test_several_presses_of_a_key_are_one_step_in_the_direction_of_the_screen(
    language: str, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    page: WorkplanPage = request.getfixturevalue(language)
    later = Qt.Key.Key_Left if page.desk.look.rtl else Qt.Key.Key_Right
    before = steps(page)
    for _ in range(5):
        qtbot.keyClick(page.timeline, later, SHIFT)
    for _ in range(2):
        qtbot.keyClick(page.timeline, later, ALT_SHIFT)
    assert activity(page).start == START
    qtbot.keyClick(page.timeline, Qt.Key.Key_Return)
    assert activity(page).start == START + timedelta(days=5)
    assert activity(page).end == END + timedelta(days=7)
    assert steps(page) == before + 1


def test_what_keys_moved_is_kept_once_they_rest_and_before_the_line_is_left(page: WorkplanPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.timeline, Qt.Key.Key_Right, SHIFT)
    qtbot.waitUntil(lambda: activity(page).start == START + timedelta(days=1))
    qtbot.keyClick(page.timeline, Qt.Key.Key_Left, SHIFT)
    qtbot.keyClick(page.timeline, Qt.Key.Key_Down)
    assert activity(page).start == START
    assert page.current() == activity(page, 1).id


def test_a_click_on_a_bar_shows_its_details_and_enter_types_in_them(page: WorkplanPage, qtbot: QtBot) -> None:
    assert page.inspector.isHidden()
    qtbot.mouseClick(page.timeline.viewport(), Qt.MouseButton.LeftButton, pos=bar(page)[1] - QPoint(40, 0))
    assert page.inspector.isVisible()
    assert page.inspector.parts.field("title_en").get() == "Train the inspectors"
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Return)
    assert page.inspector.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]


def diamond(page: WorkplanPage, day: date = DUE) -> QPoint:
    """Where the deliverable that is due on a day stands."""
    days, columns = page.timeline.days(), page.timeline.columns()
    return QPoint(round(columns.chart_x(days.at(day) + days.each / 2)), bar(page)[1].y())


def deliverable(page: WorkplanPage) -> Deliverable:
    """The deliverable as it is kept."""
    (found,) = page.hub.read(records.all_of, Deliverable)
    return found


@pytest.mark.parametrize("language", ["page", "arabic_page"])
def test_a_dragged_diamond_gives_its_deliverable_another_day_and_leaves_the_bar(
    language: str, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    page: WorkplanPage = request.getfixturevalue(language)
    before = steps(page)
    drag(page, qtbot, diamond(page), pixels(page, 30))
    kept = deliverable(page).due
    assert kept is not None
    assert abs((kept - DUE).days - 30) <= 1
    assert (activity(page).start, activity(page).end, steps(page)) == (START, END, before + 1)
    page.hub.undo()
    assert deliverable(page).due == DUE


@pytest.mark.parametrize("language", ["page", "arabic_page"])
def test_the_next_deliverable_is_moved_by_keys_as_one_step(
    language: str, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    page: WorkplanPage = request.getfixturevalue(language)
    later = Qt.Key.Key_Left if page.desk.look.rtl else Qt.Key.Key_Right
    before = steps(page)
    for _ in range(3):
        qtbot.keyClick(page.timeline, later, SHIFT | Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.timeline, Qt.Key.Key_Return)
    assert deliverable(page).due == DUE + timedelta(days=3)
    assert (activity(page).start, steps(page)) == (START, before + 1)


def test_a_bar_whose_deliverable_is_due_at_its_end_can_still_be_stretched(page: WorkplanPage, qtbot: QtBot) -> None:
    page.hub.step("Plan", workplans.change, Deliverable, deliverable(page).id, due=END)
    page.make_fresh()
    drag(page, qtbot, bar(page)[2] - QPoint(10, 0), pixels(page, 20))
    assert abs((activity(page).end - END).days - 20) <= 1  # type: ignore[operator]
    assert deliverable(page).due == END
    drag(page, qtbot, diamond(page, END), pixels(page, 20))
    assert deliverable(page).due > END  # type: ignore[operator]


def test_a_delivered_deliverable_keeps_its_day(page: WorkplanPage, qtbot: QtBot) -> None:
    page.hub.step("Plan", workplans.change, Deliverable, deliverable(page).id, delivered_on=DUE)
    page.make_fresh()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Right, SHIFT | Qt.KeyboardModifier.ControlModifier)
    assert page.timeline.moving.ghost is None
    drag(page, qtbot, diamond(page), pixels(page, 30))
    assert (deliverable(page).due, deliverable(page).delivered_on) == (DUE, DUE)


def test_a_diamond_leads_to_its_deliverable(page: WorkplanPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.timeline.viewport(), Qt.MouseButton.LeftButton, pos=diamond(page))
    field = page.inspector.parts.field(f"deliverable:{deliverable(page).id}:due")
    assert field.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]


def test_a_deliverable_is_added_on_the_day_under_the_pointer(page: WorkplanPage, qtbot: QtBot) -> None:
    port, place = page.timeline.viewport(), bar(page)[1] + QPoint(60, 0)
    day = page.timeline.lay_out().day_at(place)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(port, QContextMenuEvent(reason, place, port.mapToGlobal(place)))
    menu = page.findChild(QMenu)
    assert menu is not None
    offered = next(one for one in menu.actions() if one.text().startswith("Add a deliverable by"))
    in_dialog(lambda dialog: dialog.parts.field("title_en").input.setText("Manual"))
    offered.trigger()
    kept = page.hub.read(records.all_of, Deliverable, Deliverable.title_en == "Manual")
    assert [one.due for one in kept] == [day]


def test_a_bar_is_drawn_where_there_was_none(page: WorkplanPage, qtbot: QtBot) -> None:
    timeline = page.timeline
    first, second = timeline.days().at(date(2026, 4, 1)), timeline.days().at(date(2026, 6, 1))
    y = bar(page)[1].y() + 2 * (bar(page)[1].y() - timeline.lay_out().bar(activity(page).id).top()) + 54
    begin = QPoint(round(timeline.columns().chart_x(first)) + 1, y)
    assert timeline.line_at(begin).id == activity(page, 1).id  # type: ignore[union-attr]
    drag(page, qtbot, begin, round(second - first))
    kept = activity(page, 1)
    assert kept.start is not None
    assert abs((kept.start - date(2026, 4, 1)).days) <= 1
    assert abs((kept.end - date(2026, 6, 1)).days) <= 2  # type: ignore[operator]


def adopt(page: WorkplanPage) -> None:
    """Let the members adopt the plan."""
    hub, desk = page.hub, page.desk
    assert page.plan is not None
    day = desk.today()
    kept = hub.step(
        "Propose", decisions.propose, desk.network_id, day, text_en="Adopt", subject=DecisionSubject.WORKPLAN
    )
    hub.step("Put", decisions.put_to_members, kept.id, day)
    for body in secretariat.members(desk):
        hub.step("Hear", decisions.take_position, kept.id, body.id, Stance.AGREES, now(desk))
    hub.step("Adopt", workplans.adopt, page.plan.id, kept.id, day)
    page.make_fresh()


def test_an_adopted_plan_refuses_the_drag_and_offers_a_new_version(page: WorkplanPage, qtbot: QtBot) -> None:
    adopt(page)
    drag(page, qtbot, bar(page)[1], pixels(page, 30))
    assert activity(page).start == START
    assert "stay as the members agreed" in page.bar.message()
    press(qtbot, page.bar, "Make a new version")
    assert page.plan is not None
    assert page.plan.version == 2
    assert not page.bar.message()
    drag(page, qtbot, bar(page)[1], pixels(page, 30))
    assert activity(page).start != START
    page.plan_bar.version.activated.emit(1)
    assert activity(page).start == START


def test_what_keys_moved_is_kept_when_the_page_is_left(page: WorkplanPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.timeline, Qt.Key.Key_Right, SHIFT)
    page.hide()
    assert activity(page).start == START + timedelta(days=1)


def test_what_changed_since_the_version_before_is_listed_and_copied(page: WorkplanPage, qtbot: QtBot) -> None:
    adopt(page)
    press(qtbot, page.plan_bar, "Make a new version")
    qtbot.keyClick(page.timeline, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(page.timeline, Qt.Key.Key_Return)
    press(qtbot, page.plan_bar, "What changed since version 1")
    shown = page.findChild(PlanComparison)
    assert shown is not None
    (changed,) = shown.found
    assert changed.lines(ENGLISH) == ("Days: 1 Mar 2026 to 30 Sep 2026 → 2 Mar 2026 to 1 Oct 2026",)
    press(qtbot, shown, "Copy as text")
    assert "UNNM/BHR/2026/W01 Train the inspectors" in QApplication.clipboard().text()
    press(qtbot, shown, "UNNM/BHR/2026/W01")
    assert page.current() == activity(page).id
    assert page.inspector.isVisible()


def test_late_is_said_in_words_and_the_current_line_is_told_to_screen_readers(page: WorkplanPage) -> None:
    line = page.timeline.line(activity(page).id)
    assert isinstance(line, Line)
    assert line.mark == "40% · Late"
    assert "Deliverable by 30 Jun 2026: Training report · Late" in page.timeline.accessibleDescription()
    assert page.timeline.accessibleName() == "Timeline of the workplan"


def test_table_and_timeline_stand_on_the_same_activity_and_the_choice_is_remembered(
    page: WorkplanPage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.timeline, Qt.Key.Key_End)
    second = activity(page, 1).id
    assert page.current() == second
    page.plan_bar.views.choose("table")
    assert page.table.isVisible()
    assert page.table.current_id() == second
    assert memory().value("workplan/view") == "table"
    again = WorkplanPage(page.desk)
    qtbot.addWidget(again)
    again.show()
    assert again.table.isVisible()
    again.close()


def test_a_filter_leaves_the_objectives_that_have_something(page: WorkplanPage, qtbot: QtBot) -> None:
    assert len(page.timeline.rows) == 4
    page.filter_box.setText("study")
    qtbot.waitUntil(lambda: len(page.timeline.rows) == 2)


def test_weeks_scroll_from_the_side_where_reading_begins(arabic_page: WorkplanPage) -> None:
    timeline = arabic_page.timeline
    arabic_page.plan_bar.zooms.choose("weeks")
    scroll = timeline.horizontalScrollBar()
    assert scroll.maximum() > 0
    scroll.setValue(0)
    first = timeline.columns().chart_x(timeline.days().at(date(2026, 1, 1)))
    assert first == pytest.approx(timeline.viewport().width() - timeline.columns().before - INSET)


def test_two_hundred_activities_paint_only_what_is_in_sight(page: WorkplanPage, qtbot: QtBot) -> None:
    plan = page.plan
    assert plan is not None
    objective = activity(page).objective_id

    def many(session: Session, plan_id: UUID) -> None:
        for number in range(200):
            workplans.add_activity(
                session, plan_id, title_en=f"Work {number}", objective_id=objective, start=START, end=END
            )

    page.hub.step("Many", many, plan.id)
    page.make_fresh()
    qtbot.keyClick(page.timeline, Qt.Key.Key_End)
    scroll = page.timeline.verticalScrollBar()
    assert scroll.value() == scroll.maximum() > 0
    tall = page.timeline.viewport().height()
    shown = [line for y in range(60, tall, 20) if (line := page.timeline.line_at(QPoint(30, y))) is not None]
    assert shown[-1].id == page.current()
