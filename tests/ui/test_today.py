"""The page of the day with real clicks and keys: every figure opens its list, lines are ticked and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt, QTimerEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests import patience
from tests.conftest import TODAY
from tests.ui import secretariat
from tests.ui.hands import in_dialog, press
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.dispatches import Dispatch
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import conflict_table
from unnm_desktop.db.meetings import Meeting, MeetingState
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine, Workplan
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import (
    actions,
    invitations,
    lateness,
    organisations,
    outside,
    records,
    whereabouts,
    workplans,
)
from unnm_desktop.services.whereabouts import Danger
from unnm_desktop.ui.backup_keeper import BackupKeeper
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.jobs import Jobs
from unnm_desktop.ui.line_model import Line, LinesModel
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.number_card import NumberCard
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.pages import PAGES
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.today import TodayPage
from unnm_desktop.ui.today_words import first_name, greeting, spelled
from unnm_desktop.ui.watch import Watch
from unnm_desktop.ui.window_shape import LEAST_SIZE

DUES = {-12: "Send the data sheet", -4: "Name an alternate", 0: "Call the ministry", 3: "Book the room", 30: "Review"}


def fill(desk: Desk) -> None:
    """Promises, a meeting that waits for its minutes, one that is coming, and a plan with money."""
    hub, network = desk.hub, desk.network_id
    ilo = hub.read(organisations.find, "ILO")
    assert ilo is not None
    for days, task in DUES.items():
        hub.step(
            "Promise", actions.create_action, network, TODAY, task_en=task, due=TODAY + timedelta(days=days),
            responsible=[(ilo.id, None)],
        )  # fmt: skip
    held = secretariat.plan(desk, TODAY - timedelta(days=6))
    hub.step("Hold", records.update, Meeting, held.id, state=MeetingState.HELD)
    coming = secretariat.plan(desk, TODAY + timedelta(days=4))
    hub.step("Send", invitations.send_invitations, coming.id, TODAY)
    plan: Workplan = hub.step("Plan", workplans.create_plan, network, TODAY.year)
    for progress, status in ((80, ActivityStatus.ONGOING), (40, ActivityStatus.DELAYED), (0, ActivityStatus.CANCELLED)):
        activity: Activity = hub.step(
            "Activity", workplans.add_activity, plan.id, title_en="Train", progress=progress, status=status
        )
        hub.step(
            "Money", workplans.add_to_activity, BudgetLine, activity.id, title_en="Trainers", currency=plan.currency,
            required=1_000_000, available=600_000, spent=250_000,
        )  # fmt: skip


@pytest.fixture
def open_today(qtbot: QtBot, bahrain: Database) -> Iterator[Callable[..., MainWindow]]:
    """A window on the page of the day, filled or as empty as a new workspace."""
    made: list[MainWindow] = []

    def run(desk: Desk, *, filled: bool = True) -> MainWindow:
        secretariat.open_in(desk, bahrain)
        if filled:
            fill(desk)
        window = MainWindow(desk)
        made.append(window)
        qtbot.addWidget(window)
        window.take_pages(PAGES)
        window.show_workspace(desk.networks, desk.network)
        window.show_pages()
        window.resize(1366, 768)
        window.show()
        Watch(desk, window).start()
        window.go("today")
        with qtbot.waitActive(window):
            window.activateWindow()
        qtbot.waitUntil(lambda: desk.late is not None)
        return window

    yield run
    for window in made:
        window.close()


@pytest.fixture
def window(open_today: Callable[..., MainWindow], desk: Desk) -> MainWindow:
    return open_today(desk)


def today(window: MainWindow) -> TodayPage:
    """The page shown."""
    page = window.current
    assert isinstance(page, TodayPage)
    return page


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def keys(page: TodayPage) -> list[UUID]:
    """The action points in the list, from the top."""
    return [line.key for line in page.due.list.lines if isinstance(line.key, UUID)]


def row_of(page: TodayPage, key: UUID) -> int:
    return next(row for row, line in enumerate(page.due.list.lines) if line.key == key)


def tick(qtbot: QtBot, page: TodayPage, key: UUID) -> None:
    """Click the tick box of a line."""
    view = page.due.list
    box = view.tick_box(view.model().index(row_of(page, key), 0))
    assert box.width() >= 24
    assert box.height() >= 24
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def status(page: TodayPage, key: UUID) -> ActionStatus:
    return page.hub.read(records.get, ActionPoint, key).status


def number(card: NumberCard) -> int:
    return int(card.figure)


@pytest.mark.parametrize(("name", "place"), [("overdue", "actions"), ("week", "actions"), ("minutes", "meetings")])
def test_each_figure_opens_the_list_behind_it_with_as_many_rows(
    window: MainWindow, qtbot: QtBot, name: str, place: str
) -> None:
    # A filter left behind in the list hides nothing of what the figure counts.
    window.go(place)
    assert isinstance(window.current, RecordsPage)
    window.current.filter_box.setText("zzz")
    window.go("today")
    card: NumberCard = getattr(today(window), name)
    counted = number(card)
    assert counted > 0
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    shown = window.current
    assert isinstance(shown, RecordsPage)
    assert shown.name == place
    shown.table.listing.complete()
    assert shown.table.listing.count == counted


def test_the_workplan_card_opens_the_activities_it_counts(window: MainWindow, qtbot: QtBot) -> None:
    card = today(window).plan
    assert (card.figure, card.words) == ("60%", "1 of 2 on track")
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    shown = window.current
    assert isinstance(shown, RecordsPage)
    assert (shown.name, shown.table.listing.count) == ("workplan", 2)


def test_the_page_opens_at_its_top_however_large_the_text(
    open_today: Callable[..., MainWindow], make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    window = open_today(make_desk(text_size=150))
    page = today(window)
    assert page.due.list.hasFocus()
    assert page.board.verticalScrollBar().value() == 0
    # The first arrow brings its line into sight.
    qtbot.keyClick(page.due.list, Qt.Key.Key_Down)
    assert page.board.verticalScrollBar().value() > 0


def test_the_words_say_what_needs_the_officer(window: MainWindow) -> None:
    page = today(window)
    # Four promises up to the meeting and the minutes of the last one; late duties besides.
    late = page.desk.late
    assert late is not None
    count = spelled(page.language, 5 + late.duties)
    assert page.subline() == f"Saturday, 21 November 2026 · {count} things need you before Wednesday's meeting."
    assert (page.overdue.figure, page.overdue.words) == ("2", "oldest 12 days late")
    assert (page.week.figure, page.week.words) == ("2", "first: Today")
    assert [line.text for line in page.due.list.lines if line.key is None] == ["Overdue", "This week", "Later"]
    pills = [line.pill for line in page.due.list.lines if line.key is not None]
    assert pills == ["12 days late", "4 days late", "Today", "Tue 24 Nov", "21 Dec"]
    assert page.overdue.accessibleName() == "Overdue: 2, oldest 12 days late"


def test_a_tick_strikes_the_line_and_the_toast_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    page = today(window)
    key = keys(page)[1]
    before = number(page.overdue)
    tick(qtbot, page, key)
    assert status(page, key) is ActionStatus.DONE
    qtbot.waitUntil(lambda: number(page.overdue) == before - 1)
    line = page.due.list.lines[row_of(page, key)]
    assert line.ticked is True
    assert line.spoken.startswith("Done")
    toast = window.toasts.shown()[-1]
    assert toast.button is not None
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert status(page, key) is ActionStatus.OPEN
    qtbot.waitUntil(lambda: page.due.list.lines[row_of(page, key)].ticked is False)
    assert number(page.overdue) == before


def test_a_second_tick_takes_it_back_and_a_ticked_line_leaves_with_the_page(window: MainWindow, qtbot: QtBot) -> None:
    page = today(window)
    key = keys(page)[0]
    tick(qtbot, page, key)
    qtbot.waitUntil(lambda: page.due.list.lines[row_of(page, key)].ticked is True)
    tick(qtbot, page, key)
    assert status(page, key) is ActionStatus.OPEN
    qtbot.waitUntil(lambda: page.due.list.lines[row_of(page, key)].ticked is False)
    tick(qtbot, page, key)
    window.go("meetings")
    window.go("today")
    assert key not in keys(page)


def test_undo_by_the_keyboard_brings_a_ticked_line_back(window: MainWindow, qtbot: QtBot) -> None:
    page = today(window)
    key = keys(page)[0]
    tick(qtbot, page, key)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.due.list.lines[row_of(page, key)].ticked is False)
    tick(qtbot, page, key)
    assert status(page, key) is ActionStatus.DONE


def test_the_list_is_worked_by_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    page = today(window)
    view = page.due.list
    view.setFocus()
    first, second = keys(page)[:2]
    assert view.current_key() == first
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_key() == second
    # The next one stands under another heading, which is passed over.
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_key() == keys(page)[2]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert status(page, keys(page)[2]) is ActionStatus.DONE
    qtbot.waitUntil(lambda: page.due.list.lines[row_of(page, keys(page)[2])].ticked is True)
    assert view.current_key() == keys(page)[2]
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    shown = window.current
    assert isinstance(shown, RecordsPage)
    assert (shown.name, shown.current()) == ("actions", second)


def test_every_card_and_link_is_reached_by_tab_and_opened_by_enter(window: MainWindow, qtbot: QtBot) -> None:
    page = today(window)
    page.overdue.setFocus()
    reached: list[QWidget] = []
    for _ in range(40):
        now = QApplication.focusWidget()
        if now is None or now in reached:
            break
        reached.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    clickable = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    wanted = [*clickable, page.due.list, page.duties.list]
    assert [one.accessibleName() or type(one).__name__ for one in wanted if one not in reached] == []
    assert all(one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()) for one in wanted)
    assert all(one.width() >= 24 and one.height() >= 24 for one in clickable)
    page.week.setFocus()
    qtbot.keyClick(page.week, Qt.Key.Key_Return)
    assert window.current is not page


def test_a_title_opens_its_record_and_see_all_every_open_one(window: MainWindow, qtbot: QtBot) -> None:
    page = today(window)
    view, key = page.due.list, keys(page)[3]
    at = view.visualRect(view.model().index(row_of(page, key), 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    shown = window.current
    assert isinstance(shown, RecordsPage)
    assert shown.current() == key
    window.go("today")
    press(qtbot, window, "See all 5")
    assert shown.table.listing.count == 5
    assert shown.chips.current == "open"


def test_the_next_meeting_is_opened_and_its_members_reminded(window: MainWindow, qtbot: QtBot) -> None:
    page = today(window)
    assert "31st regular meeting" not in texts(page.meeting)
    assert page.meeting.when.text() == "Wed 25 Nov, 10:00 – 12:00"
    assert page.meeting.days.text() == "in 4 days"
    assert any(text.startswith("Circulate the minutes of BHR/2026/M01") for text in texts(page.meeting))
    asked = page.meeting.remind.text()
    qtbot.mouseClick(page.meeting.remind, Qt.MouseButton.LeftButton)
    noted = len(page.hub.read(records.all_of, Dispatch))
    assert asked == f"Remind {noted} members"
    qtbot.waitUntil(lambda: "Last reminded on 21 November 2026" in texts(page.meeting))
    assert f"Noted: {noted} members were reminded." in texts(window.toasts.shown()[-1])
    press(qtbot, window, "Open meeting")
    assert window.current is not None
    assert window.current.name == "meeting"


def test_the_budget_is_told_in_the_plans_currency(window: MainWindow) -> None:
    shown = texts(today(window).budget)
    for text in ("Budget 2026", "BHD 2,000.000", "BHD 500.000", "BHD 700.000", "BHD 800.000", "25%", "35%", "40%"):
        assert text in shown, text


def test_each_duty_leads_to_where_it_is_mended(window: MainWindow, qtbot: QtBot) -> None:
    page = today(window)
    late = page.desk.late
    assert late is not None
    assert [line.key for line in page.duties.list.lines] == [one.duty for one in late.pressing]
    wanted = {"alternates": "members", "progress_report": "reports"}
    wanted |= {"workplan": "workplan", "workplan_shared": "workplan"}
    for one in late.pressing:
        window.go("today")
        view = page.duties.list
        view.setFocus()
        view.choose(one.duty)
        qtbot.keyClick(view, Qt.Key.Key_Return)
        assert window.current is not None
        assert window.current.name == wanted.get(one.duty, "tor")


def badge(window: MainWindow, name: str) -> int:
    from unnm_desktop.ui.place_list import BadgeRole, PlaceRole

    model: Any = window.sidebar.top_list.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return next(int(one.data(BadgeRole) or 0) for one in indexes if one.data(PlaceRole).name == name)


def test_badges_are_right_at_once_and_after_a_change_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    page = today(window)
    late = page.desk.late
    assert late is not None
    assert badge(window, "actions") == 2
    assert badge(window, "tor") == late.duties
    window.go("preferences")
    page.hub.step("Done", actions.mark_done, keys(page)[0], TODAY)
    qtbot.waitUntil(lambda: badge(window, "actions") == 1)


def test_what_was_true_before_a_change_is_never_told_after_it(
    open_today: Callable[..., MainWindow], desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_today(desk)
    jobs, late, first = Jobs(window), lateness.late, Event()
    begun, going_on = Event(), Event()

    def slow(*args: Any) -> Any:
        found = late(*args)
        if not first.is_set():
            first.set()
            begun.set()
            going_on.wait(patience.SECONDS)
        return found

    monkeypatch.setattr(lateness, "late", slow)
    desk.jobs = jobs
    watch = window.findChild(Watch)
    assert watch is not None
    ended: list[int] = []
    with qtbot.waitSignal(jobs.started) as started:
        watch._look()
    started.args[0].finished.connect(lambda: ended.append(1))
    qtbot.waitUntil(begun.is_set)
    desk.hub.step("Done", actions.mark_done, keys(today(window))[0], TODAY)
    qtbot.waitUntil(lambda: badge(window, "actions") == 1)
    going_on.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert badge(window, "actions") == 1
    jobs.cancel_all()


def test_a_window_that_goes_away_while_it_is_judged_for_leaves_nothing_behind(
    open_today: Callable[..., MainWindow], desk: Desk, qtbot: QtBot
) -> None:
    window = open_today(desk)
    hub, key = desk.hub, keys(today(window))[0]
    window.close()
    window.deleteLater()
    QApplication.processEvents()
    hub.step("Done", actions.mark_done, key, TODAY)
    QApplication.processEvents()


def test_a_workspace_that_cannot_be_read_for_a_moment_stops_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise UserError("The stick is gone.")

    hub = window.desk.hub
    watch = window.findChild(Watch)
    assert watch is not None
    with monkeypatch.context() as patched:
        patched.setattr(hub, "read", unreadable)
        watch.start()
        QApplication.processEvents()
    assert badge(window, "actions") == 2


def test_a_new_workspace_begins_with_first_steps_until_they_are_hidden(
    open_today: Callable[..., MainWindow], desk: Desk, qtbot: QtBot
) -> None:
    window = open_today(desk, filled=False)
    page = today(window)
    assert page.subline().endswith("Begin with the first steps.")
    assert "Nothing is due, and no meeting is planned." in texts(page)
    assert [line.icon for line in page.steps.list.lines] == ["circle-check", *["circle-dashed"] * 3]
    assert page.plan.figure == "–"
    assert {line.pill for line in page.duties.list.lines if line.key in ("updates", "guest_speakers")} == {
        "No date yet"
    }

    def accept(dialog: Any) -> None:
        press(qtbot, dialog, "Plan it")

    in_dialog(accept)
    page.steps.list.setFocus()
    page.steps.list.choose("1")
    qtbot.keyClick(page.steps.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is not None and window.current.name == "meeting")
    window.go("today")
    assert page.steps.list.lines[1].icon == "circle-check"
    (hide,) = [
        one for one in page.steps.findChildren(QAbstractButton) if one.accessibleName() == "Hide the first steps"
    ]
    qtbot.mouseClick(hide, Qt.MouseButton.LeftButton)
    assert not page.steps.isVisible()
    page.refresh()
    assert not page.steps.isVisible()


def test_the_last_of_the_first_steps_makes_a_backup_and_the_card_goes(
    open_today: Callable[..., MainWindow], desk: Desk, qtbot: QtBot
) -> None:
    window = open_today(desk)
    page = today(window)
    keeper = BackupKeeper(window)
    keeper.attach(window)
    assert [line.icon for line in page.steps.list.lines] == [*["circle-check"] * 3, "circle-dashed"]
    page.steps.list.setFocus()
    page.steps.list.choose("3")
    qtbot.keyClick(page.steps.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.steps.isVisible())


@pytest.mark.parametrize("text_size", [100, 150])
@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
def test_the_page_is_mirrored_and_never_widens_the_window(
    open_today: Callable[..., MainWindow], make_desk: Callable[..., Desk], rtl: bool, text_size: int
) -> None:
    window = open_today(make_desk(rtl=rtl, text_size=text_size))
    page = today(window)
    window.resize(LEAST_SIZE)
    QApplication.processEvents()
    assert window.size() == LEAST_SIZE
    middle = page.width() // 2
    assert (page.overdue.mapTo(page, QPoint(0, 0)).x() > middle - 40) is rtl
    view = page.due.list
    box = view.tick_box(view.model().index(1, 0))
    assert (box.center().x() > view.width() // 2) is rtl
    header = window.header.mapTo(window, QPoint(0, 0)).x()
    cards = page.overdue if rtl else page.plan if text_size == 100 else page.week
    edge = cards.mapTo(window, QPoint(0 if not rtl else cards.width(), 0)).x()
    assert header <= edge <= window.width()
    assert page.board.horizontalScrollBar().maximum() == 0


def test_names_without_end_are_cut_and_widen_nothing(
    open_today: Callable[..., MainWindow], desk: Desk, qtbot: QtBot
) -> None:
    window = open_today(desk)
    page, endless = today(window), "M" * 300
    coming = page.found.coming if page.found is not None else None
    assert coming is not None
    ilo = desk.hub.read(organisations.find, "ILO")
    assert ilo is not None
    desk.hub.step("Name", records.update, Meeting, coming.meeting.id, title_en=endless, place_en=endless)
    desk.hub.step("Name", records.update, Organisation, ilo.id, acronym=endless)
    desk.hub.step("Name", records.update, ActionPoint, keys(page)[0], task_en=endless)
    qtbot.waitUntil(lambda: page.due.list.lines[1].text == endless)
    window.resize(LEAST_SIZE)
    QApplication.processEvents()
    assert window.size() == LEAST_SIZE
    assert page.board.horizontalScrollBar().maximum() == 0
    assert page.meeting.width() < page.due.width() < page.width()


def test_the_page_follows_the_day(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = today(window)
    monkeypatch.setattr(window.desk, "_day", lambda: TODAY + timedelta(days=1))
    QApplication.sendEvent(page, QTimerEvent(0))
    qtbot.waitUntil(lambda: number(page.overdue) == 3)
    assert page.subline().startswith("Sunday, 22 November 2026")


def test_the_lines_keep_the_rules_of_models() -> None:
    model = LinesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.take([Line("Overdue"), Line("Send it", "one", ticked=False), Line("Later"), Line("Read it", "two")])
    model.take([Line("Overdue"), Line("Send it", "one", ticked=True), Line("Later"), Line("Read it", "two")])
    assert model.lines[1].ticked is True
    model.take([])
    assert model.rowCount() == 0


@pytest.mark.parametrize(
    ("hour", "said"),
    [(4, "morning"), (11, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening"), (3, "evening")],
)
def test_the_greeting_follows_the_hour_of_the_network(hour: int, said: str) -> None:
    clock = datetime(2026, 11, 21, hour, 30, tzinfo=UTC)
    assert greeting(Language(), "Amina Haddad", clock) == f"Good {said}, Amina"
    assert greeting(Language(), "", clock) == f"Good {said}"


def test_a_figure_is_spoken_with_the_comma_of_its_language(qtbot: QtBot) -> None:
    for rtl, comma in ((False, ","), (True, "،")):
        card = NumberCard(Look(dark=False, rtl=rtl), "clock", "Overdue")
        qtbot.addWidget(card)
        card.show_figure("2", "oldest 12 days late")
        assert card.accessibleName() == f"Overdue: 2{comma} oldest 12 days late"


def test_a_title_is_no_first_name() -> None:
    assert [first_name(name) for name in ("Dr. Amina Haddad", "د. أمينة حداد", "Amina", "")] == [
        "Amina",
        "أمينة",
        "Amina",
        "",
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 11, 100])
def test_counted_words_have_all_six_forms_in_arabic(count: int) -> None:
    arabic = Language("ar", "arab")
    text = arabic.ntr(
        "{count} thing needs you this week.", "{count} things need you this week.", count, count=spelled(arabic, count)
    )
    assert (
        text
        == {
            0: "لا شيء ينتظرك هذا الأسبوع.",
            1: "أمر واحد ينتظرك هذا الأسبوع.",
            2: "أمران ينتظرانك هذا الأسبوع.",
            3: "ثلاثة أمور تنتظرك هذا الأسبوع.",
            10: "عشرة أمور تنتظرك هذا الأسبوع.",
            11: "١١ أمراً ينتظرك هذا الأسبوع.",
            100: "١٠٠ أمر ينتظرك هذا الأسبوع.",
        }[count]
    )


def test_the_status_bar_tells_when_it_was_saved_and_that_nothing_protects_it(window: MainWindow) -> None:
    status = window.status
    # Not now: after midnight the earlier moment would be one of yesterday, which is told with its day.
    clock = window.desk.clock().replace(hour=12)
    window.desk.hub.saved.emit(clock)
    assert status.saved.text() == f"All changes saved {clock:%H:%M}"
    # The clock was set back in the middle of the sitting.
    window.desk.hub.saved.emit(clock - timedelta(minutes=40))
    assert status.saved.text() == f"All changes saved {clock - timedelta(minutes=40):%H:%M}"
    assert status.note.text() == "Not protected"


def test_what_is_undecided_since_a_merge_stands_on_top_and_leads_to_the_decision(
    open_today: Callable[..., MainWindow], desk: Desk, qtbot: QtBot
) -> None:
    window = open_today(desk)
    page = today(window)
    assert page.undecided is None
    action = desk.hub.read(records.all_of, ActionPoint)[0]
    line = {"row_id": action.id, "field": "note", "kind": "value", "entity": "action_point", "heads": []}
    with desk.hub.database.unjournalled() as connection:
        connection.execute(conflict_table.insert().values(**line))
    desk.hub.announce(frozenset({"conflict"}), "Merge")
    qtbot.waitUntil(lambda: page.undecided is not None and page.undecided.isVisible())
    bar = page.undecided
    assert bar is not None
    assert bar.message() == "1 conflict waits for a decision."
    with qtbot.waitSignal(desk.wishes.went) as went:
        press(qtbot, bar, "Decide")
    assert went.args == ["handover", None, {"decide": True}]
    with desk.hub.database.unjournalled() as connection:
        connection.execute(conflict_table.delete())
    desk.hub.announce(frozenset({"conflict"}), "Decide")
    qtbot.waitUntil(bar.isHidden)


@pytest.fixture
def copied(bahrain: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy on a stick nine days ago."""
    with monkeypatch.context() as patched:
        patched.setattr(whereabouts, "danger_of", lambda _path: Danger.REMOVABLE)
        outside.note(bahrain.id, Path("/media/stick"), "an older change", TODAY - timedelta(days=9))


@pytest.mark.usefixtures("copied")
def test_a_copy_on_a_stick_is_asked_for_once_a_week(
    open_today: Callable[..., MainWindow], desk: Desk, qtbot: QtBot
) -> None:
    page = today(open_today(desk))
    qtbot.waitUntil(lambda: page.outside is not None and page.outside.isVisible())
    bar = page.outside
    assert bar is not None
    assert bar.message().startswith("The last copy on a stick is 9 days old.")
    with qtbot.waitSignal(desk.wishes.went) as went:
        press(qtbot, bar, "Make a copy")
    assert went.args[0] == "backups"
    page.window().go("today")
    assert bar.isVisible()
    away = next(one for one in bar.findChildren(QAbstractButton) if one.accessibleName() == "Dismiss")
    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    desk.wishes.judged.emit()
    assert bar.isHidden()
    assert outside.reminder(desk.hub.database, TODAY + timedelta(days=6)) is None
    assert outside.reminder(desk.hub.database, TODAY + timedelta(days=7)) == outside.Reminder(16)


@pytest.mark.usefixtures("copied")
def test_a_copy_made_meanwhile_is_not_asked_for(
    open_today: Callable[..., MainWindow], desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_today(desk)
    page = today(window)
    qtbot.waitUntil(lambda: page.outside is not None and page.outside.isVisible())
    window.go("meetings")
    monkeypatch.setattr(whereabouts, "danger_of", lambda _path: Danger.REMOVABLE)
    outside.note(desk.hub.database.id, Path("/media/stick"), desk.hub.database.newest_change(), TODAY)
    window.go("today")
    assert page.outside is not None
    assert page.outside.isHidden()


@pytest.mark.usefixtures("copied")
def test_of_sample_data_no_copy_is_asked_for(
    open_today: Callable[..., MainWindow], desk: Desk, bahrain: Database
) -> None:
    secretariat.open_in(desk, bahrain)
    desk.hub.step("Sample", records.update, Network, desk.network_id, sample=True)
    assert today(open_today(desk)).outside is None
