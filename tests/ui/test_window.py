"""The window: places, header, commands, the way back, toasts, languages, and names for everyone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyleOptionMenuItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.demo import DemoPage, ReadyHub
from tests.ui.hands import row_point
from tests.ui.walking import settle
from unnm_desktop.progress import Cancelled
from unnm_desktop.ui import job_line, window_shape
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.jobs import Job
from unnm_desktop.ui.letters import is_rtl
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.pages import PAGES
from unnm_desktop.ui.place_list import PlaceRole
from unnm_desktop.ui.places import PLACES
from unnm_desktop.ui.preferences import PreferencesPage
from unnm_desktop.ui.toast import Toast
from unnm_desktop.ui.window_shape import LEAST_SIZE

BAHRAIN = NetworkName(UUID(int=5), "UN Network on Migration", "Bahrain")
KUWAIT = NetworkName(UUID(int=6), "UN Network on Migration", "Kuwait")


def lit(window: MainWindow) -> str:
    """The place that is lit in the sidebar."""
    lists = (window.sidebar.top_list, window.sidebar.foot_list)
    (name,) = [index.data(PlaceRole).name for view in lists for index in view.selectionModel().selectedIndexes()]
    return str(name)


@pytest.fixture
def make_window(make_desk: Callable[..., Desk], qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    made = []

    def make(**look: Any) -> MainWindow:
        desk = make_desk(**look)
        desk.hub.open(ReadyHub())  # type: ignore[arg-type]
        window = MainWindow(desk)
        made.append(window)
        qtbot.addWidget(window)
        window.take_pages((PreferencesPage, DemoPage))
        window.show_workspace((BAHRAIN, KUWAIT), BAHRAIN)
        window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        window.go("members")
        QApplication.processEvents()
        return window

    yield make
    for window in made:
        window.close()


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    return make_window()


def page(window: MainWindow) -> DemoPage:
    assert isinstance(window.current, DemoPage)
    return window.current


def texts(widget: QWidget) -> list[str]:
    return [found.text() for found in widget.findChildren(QLabel) if found.isVisible()]


def test_a_click_in_the_sidebar_goes_there_and_lights_it(window: MainWindow, qtbot: QtBot) -> None:
    view = window.sidebar.foot_list
    rows = [view.model().index(row, 0).data() for row in range(view.model().rowCount())]
    qtbot.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=view.visualRect(view.model().index(rows.index("Preferences"), 0)).center(),
    )
    assert isinstance(window.current, PreferencesPage)
    assert lit(window) == "preferences"
    assert window.header.title.text() == "Preferences"
    window.go("members")
    assert lit(window) == "members"


def test_back_and_forward_lead_to_the_record_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    page(window).table.select(UUID(int=7))
    window.go("preferences")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page(window).current() == UUID(int=7)
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.current, PreferencesPage)


def test_in_arabic_the_arrow_to_the_right_leads_back(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window(rtl=True)
    window.go("preferences")
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.current, DemoPage)


def test_in_arabic_a_grey_line_that_begins_with_a_currency_runs_from_the_right(
    make_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DemoPage, "subline", lambda _page: "BHD ٧٥ · المتاح ٤٨")
    shown = make_window(rtl=True).header.subline
    assert is_rtl(shown.text())
    assert not is_rtl(make_window().header.subline.text())


def test_the_search_box_gives_way_before_the_words_of_a_page_are_cut(
    make_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    words = "What this page tells of itself takes the room that it needs, and the search box has what is left"
    monkeypatch.setattr(DemoPage, "subline", lambda _page: words)
    window = make_window(text_size=150)
    header = window.header
    window.resize(1366, LEAST_SIZE.height())
    qtbot.waitUntil(lambda: header.subline.shown() == header.subline.text())
    narrow = header.search.width()
    window.go("preferences")
    qtbot.waitUntil(lambda: header.search.width() > narrow)


def test_the_primary_button_makes_a_record_and_goes_to_it(window: MainWindow, qtbot: QtBot) -> None:
    made = window.header.buttons["new"]
    assert "Ctrl+N" in made.toolTip()
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert page(window).current() == UUID(int=13)
    assert isinstance(window.focusWidget(), QLineEdit)


def test_enter_presses_the_button_that_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.header.buttons["new"].setFocus()
    qtbot.keyClick(window.header.buttons["new"], Qt.Key.Key_Return)
    assert page(window).current() == UUID(int=13)


def test_delete_takes_the_record_from_sight_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    shown = page(window)
    shown.hub.newest = lambda: None  # type: ignore[method-assign]
    shown.table.setFocus()
    before = shown.source().count
    qtbot.keyClick(shown.table, Qt.Key.Key_Delete)
    assert shown.source().count == before - 1
    assert "Removed." in texts(window.toasts.shown()[0])


def test_a_field_committed_by_clicking_elsewhere_is_saved(window: MainWindow, qtbot: QtBot) -> None:
    shown = page(window)
    shown.table.select(UUID(int=2))
    field: Any = shown.inspector.parts.field("focal")
    qtbot.mouseClick(field.line, Qt.MouseButton.LeftButton)
    field.line.selectAll()
    qtbot.keyClicks(field.line, "Nora Blake")
    qtbot.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, pos=row_point(shown.table, UUID(int=4)))
    assert shown.saves == [(UUID(int=2), "focal", "Nora Blake")]
    assert shown.current() == UUID(int=4)


def test_closing_the_window_keeps_what_is_half_typed(window: MainWindow, qtbot: QtBot) -> None:
    shown = page(window)
    shown.table.select(UUID(int=2))
    field: Any = shown.inspector.parts.field("focal")
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, "Sara Lindh")
    window.close()
    assert shown.saves == [(UUID(int=2), "focal", "Sara Lindh")]


def test_filter_and_chips_narrow_the_list(window: MainWindow, qtbot: QtBot) -> None:
    shown = page(window)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.filter_box.hasFocus()
    qtbot.keyClicks(shown.filter_box, "und")
    qtbot.waitUntil(lambda: shown.table.listing.count == 1)
    qtbot.keyClick(shown.filter_box, Qt.Key.Key_Escape)
    assert shown.table.listing.count == 12
    shown.chips.choose("By invitation")
    assert shown.table.listing.count == 2
    window.desk.go("members", None, choice="Member")
    assert shown.table.listing.count == 8
    shown.filter_box.setText("zzz")
    qtbot.waitUntil(lambda: "Nothing matches" in texts(shown.lists))


def test_an_empty_list_is_a_start(window: MainWindow) -> None:
    shown = page(window)
    shown.source().count = 0
    shown.refresh()
    assert "No members yet" in texts(shown)


def test_a_change_elsewhere_is_read_again(window: MainWindow, qtbot: QtBot) -> None:
    from unnm_desktop.ui.hub import Touched

    shown = page(window)
    shown.values[UUID(int=1), "focal"] = "Dina Fouad"
    window.desk.hub.changed.emit(Touched(frozenset({"meeting"}), "", None))  # type: ignore[arg-type]
    assert not shown._soon.isActive()
    window.desk.hub.changed.emit(Touched(frozenset({"member"}), "", None))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: shown.inspector.parts.field("focal").get() == "Dina Fouad")


def test_f9_hides_the_details_and_f6_walks_the_panes(window: MainWindow, qtbot: QtBot) -> None:
    shown = page(window)
    shown.table.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert shown.inspector.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.sidebar.top_list.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not shown.inspector.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert shown.inspector.isVisible()


def test_the_sidebar_folds_when_the_window_is_narrow(window: MainWindow) -> None:
    window.resize(1366, 768)
    assert not window.sidebar.narrow
    window.resize(1120, 700)
    assert window.sidebar.narrow
    assert window.sidebar.width() == 56


@pytest.mark.parametrize("text_size", [100, 150])
@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
def test_nothing_widens_the_window(make_window: Callable[..., MainWindow], rtl: bool, text_size: int) -> None:
    window = make_window(rtl=rtl, text_size=text_size)
    window.resize(LEAST_SIZE)
    assert window.minimumSizeHint().width() <= LEAST_SIZE.width()
    assert window.size() == LEAST_SIZE


def test_direction_follows_the_language(make_window: Callable[..., MainWindow]) -> None:
    for rtl in (False, True):
        window = make_window(rtl=rtl)
        middle = window.width() // 2
        x = window.sidebar.mapTo(window, QPoint(0, 0)).x()
        assert (x > middle) is rtl
        inspector = page(window).inspector
        assert (inspector.mapTo(window, QPoint(0, 0)).x() < middle) is rtl
        title = window.header.title
        assert bool(title.alignment() & Qt.AlignmentFlag.AlignRight) is rtl


def test_at_most_two_toasts_at_the_bottom_start(make_window: Callable[..., MainWindow]) -> None:
    for rtl in (False, True):
        window = make_window(rtl=rtl)
        for number in range(4):
            window.desk.say(f"Number {number}")
        shown = window.toasts.shown()
        assert [texts(toast)[0] for toast in shown] == ["Number 2", "Number 3"]
        lowest = max(shown, key=lambda toast: toast.y())
        assert texts(lowest) == ["Number 3"]
        assert (lowest.x() > window.width() // 2) is rtl


@pytest.mark.parametrize("rtl", [False, True])
def test_a_toast_stands_over_no_button_and_not_over_what_has_the_keyboard(
    make_window: Callable[..., MainWindow], qtbot: QtBot, *, rtl: bool
) -> None:
    window = make_window(rtl=rtl)
    window.desk.say("Done.")
    usual = window.toasts.shown()[0].geometry()
    window.toasts.shown()[0].leave()
    foot = QPushButton("Finish", window)
    foot.setGeometry(usual.adjusted(4, 4, -4, -4))
    foot.show()
    window.desk.say("Done.", "Undo", lambda: None)
    window.desk.say("Done again.", "Undo", lambda: None)
    for toast in window.toasts.shown():
        assert not toast.geometry().intersects(foot.geometry())
        assert window.rect().contains(toast.geometry())
    lower = window.toasts.shown()[-1].geometry()
    field = QLineEdit(window)
    field.setGeometry(lower.adjusted(4, 4, -4, -4))
    field.show()
    # Somebody who types is not in its way, and it goes out of theirs.
    field.setFocus()
    qtbot.waitUntil(lambda: not any(toast.geometry().intersects(field.geometry()) for toast in window.toasts.shown()))
    foot.deleteLater()
    field.deleteLater()


def test_the_window_keeps_its_size_on_another_screen(
    make_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = make_window()
    window.resize(1250, 700)
    window.close()
    # What Qt says where the screen is much larger or smaller than the one before.
    monkeypatch.setattr(MainWindow, "restoreGeometry", lambda *_: False)
    monkeypatch.setattr(window_shape, "room_for", lambda _window: QSize(1400, 900))
    again = make_window()
    again.shape.restore()
    assert again.size() == QSize(1250, 700)
    monkeypatch.setattr(window_shape, "room_for", lambda _window: QSize(1200, 660))
    again.shape.restore()
    assert again.size() == QSize(1200, 660)


def test_a_toast_waits_under_the_pointer_and_acts_once(window: MainWindow, qtbot: QtBot) -> None:
    done: list[int] = []
    window.desk.say("Done.", "Undo", lambda: done.append(1))
    toast = window.toasts.shown()[0]
    assert isinstance(toast, Toast)
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.timer.isActive()
    QApplication.sendEvent(toast, _enter())
    assert not toast.timer.isActive()
    assert toast.button is not None
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert window.toasts.shown() == []


def _enter() -> Any:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QEnterEvent

    return QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1))


def test_trouble_of_a_step_stands_on_top_of_the_page(window: MainWindow) -> None:
    from unnm_desktop.errors import UserError

    page(window).trouble(UserError("{file} cannot be read.", file="a.unnm"))
    assert page(window).bar.message() == "a.unnm cannot be read."


def test_preferences_hold_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.go("preferences")
    shown: Any = window.current
    with qtbot.waitSignal(window.desk.wishes.settings_wanted) as signal:
        field = shown.parts.field("language")
        field.combo.setFocus()
        qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    assert signal.args[0].language == "ar"


def test_every_place_has_its_page_or_waits_for_it() -> None:
    names = [kind.name for kind in PAGES]
    assert len(names) == len(set(names))
    assert all(kind.name and kind.title for kind in PAGES)
    places = {place.name for place in PLACES}
    assert all((kind.place or kind.name) in places for kind in PAGES if kind.place)


def test_commands_say_their_keys_once_for_all(window: MainWindow) -> None:
    keys: dict[str, str] = {}
    for command in window.commands.all():
        for shortcut in window.commands.all_keys(command):
            assert shortcut not in keys, f"{shortcut}: {keys.get(shortcut)} and {command.id}"
            keys[shortcut] = command.id
    window.commands.add(Command("x", "Do it", lambda: None, shortcuts=("Ctrl+J",), enabled=lambda: False))
    assert "Ctrl+J" in window.commands.action("x").toolTip()
    window.commands.refresh()
    assert not window.commands.action("x").isEnabled()


def test_a_toast_gets_the_keyboard_only_when_it_is_walked_to(window: MainWindow, qtbot: QtBot) -> None:
    toast = window.toasts.say("Done.", "Undo", lambda: None)
    assert toast.button is not None
    for _ in range(60):
        window.focusNextChild()
        assert not toast.button.hasFocus()
    for _ in range(6):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        if toast.button.hasFocus():
            return
    pytest.fail("F6 does not lead to it")


def test_a_toast_that_offers_undo_goes_when_the_step_is_taken_back_otherwise(window: MainWindow) -> None:
    class Offer:
        step = "this step"

        def __call__(self) -> None:
            raise AssertionError

    window.desk.say("Removed.", "Undo", Offer())
    window.desk.say("Something else.", "Undo", lambda: None)
    window.desk.hub.taken_back.emit("another step")
    assert len(window.toasts.shown()) == 2
    window.desk.hub.taken_back.emit("this step")
    assert [toast.text.text() for toast in window.toasts.shown()] == ["Something else."]


def test_a_toast_waits_while_it_has_the_focus_or_the_pointer(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.say("Done.", "Undo", lambda: None)
    toast = window.toasts.shown()[0]
    assert toast.button is not None
    for _ in range(4):
        if toast.button.hasFocus():
            break
        qtbot.keyClick(window, Qt.Key.Key_F6)
    assert toast.button.hasFocus()
    assert not toast.timer.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert not toast.timer.isActive()
    qtbot.keyClick(toast.button, Qt.Key.Key_Escape)
    assert window.toasts.shown() == []


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    job = Job("Writing the report…")
    window.desk.jobs.started.emit(job)
    assert not window.jobs_line.isVisible()
    qtbot.waitUntil(window.jobs_line.isVisible)
    job.report(3, 10)
    assert (window.jobs_line.progress.value(), window.jobs_line.progress.maximum()) == (3, 10)
    qtbot.mouseClick(window.jobs_line.cancel, Qt.MouseButton.LeftButton)
    with pytest.raises(Cancelled):
        job.report(4, 10)
    assert window.jobs_line.text.text() == "Stopping…"
    with qtbot.waitSignal(window.jobs_line.left):
        job.finished.emit()
    assert not window.jobs_line.isVisible()


def test_the_taskbar_tells_of_the_end_of_long_work(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", told.append)
    for patience, expected in ((60_000, []), (0, [window])):
        monkeypatch.setattr(job_line, "LONG", patience)
        job = Job("Writing the report…")
        window.desk.jobs.started.emit(job)
        qtbot.waitUntil(window.jobs_line.isVisible)
        job.finished.emit()
        assert told == expected


def test_work_that_cannot_be_stopped_offers_no_cancel(window: MainWindow, qtbot: QtBot) -> None:
    job = Job("Protecting the workspace")
    job.can_stop = False
    window.desk.jobs.started.emit(job)
    qtbot.waitUntil(window.jobs_line.isVisible)
    assert not window.jobs_line.cancel.isVisible()
    job.finished.emit()


def test_the_other_network_is_one_command_away(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.desk.wishes.network_wanted) as signal:
        window.commands.run(f"network-{KUWAIT.id}")
    assert signal.args == [KUWAIT]


def test_the_sidebar_can_be_folded_and_unfolded_at_any_width(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 768)
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert window.sidebar.narrow
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert not window.sidebar.narrow
    window.resize(1120, 700)
    assert window.sidebar.narrow
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert not window.sidebar.narrow


def test_each_menu_offers_its_commands(window: MainWindow) -> None:
    for menu in window.menus.by_name.values():
        menu.aboutToShow.emit()
    assert [action.text() for action in window.menus.by_name["edit"].actions()] == [
        "Undo",
        "Redo",
        "",
        "Copy the rows",
        "Move to Trash",
        "Edit details",
    ]
    assert len(window.menus.by_name["go"].actions()) >= len(PLACES)


def test_a_menu_tells_each_command_once_and_ends_with_the_way_out(window: MainWindow) -> None:
    window.commands.add(Command("new", "New meeting", lambda: None, "plus", ("Ctrl+N",), menu="file"))
    menu = window.menus.by_name["file"]
    menu.aboutToShow.emit()
    words = [action.text() for action in menu.actions()]
    assert words.count("New meeting") == 1
    assert words.index("New meeting") < words.index("")
    assert words[-1] == "Quit"
    # A line stands between groups, never at an end or beside another.
    lines = [action.isSeparator() for action in menu.actions()]
    assert not any(first and second for first, second in itertools.pairwise([True, *lines, True]))


def test_keys_stay_in_their_order_in_a_right_to_left_menu(make_window: Callable[..., MainWindow]) -> None:
    window = make_window(rtl=True)
    menu = window.menus.by_name["go"]
    menu.aboutToShow.emit()
    drawn = []
    for action in menu.actions():
        option = QStyleOptionMenuItem()
        menu.initStyleOption(option, action)
        drawn.append(option.text.partition("\t")[2])
    assert "\u2066Ctrl+K\u2069" in drawn
    # Back points along the line of reading, and its arrow is drawn, not spelt.
    assert "\u2066Alt+→\u2069" in drawn


def test_no_hidden_message_pushes_the_page_down(window: MainWindow) -> None:
    window.go("preferences")
    before = window.header.y()
    window.notice.show_message("This workspace can only be read", "warn")
    settle()
    assert window.header.y() > before
    window.notice.clear()
    settle()
    assert window.header.y() == before == 0


def test_a_page_draws_its_own_header_when_it_wants(window: MainWindow) -> None:
    class Whole(Page):
        name = "whole"
        place = "members"
        title = "Whole"
        own_header = True

    window.take_pages((PreferencesPage, DemoPage, Whole))
    window.go("whole")
    assert not window.header.isVisible()
    assert lit(window) == "members"
    window.navigation.back()
    assert window.header.isVisible()
    assert window.minimumSize() == QSize(1100, 640)


def test_the_arrow_keys_go_through_the_places_but_the_focus_alone_goes_nowhere(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    window.go("preferences")
    window.sidebar.top_list.setFocus()
    assert isinstance(window.current, PreferencesPage)
    window.sidebar.top_list.setCurrentIndex(window.sidebar.top_list.model().index(3, 0))
    assert isinstance(window.current, PreferencesPage)
    qtbot.keyClick(window.sidebar.top_list, Qt.Key.Key_Down)
    assert isinstance(window.current, DemoPage)


def test_a_button_folds_the_sidebar_and_unfolds_it(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 768)
    wide = window.sidebar.width()
    qtbot.mouseClick(window.sidebar.fold, Qt.MouseButton.LeftButton)
    assert window.sidebar.narrow
    assert window.sidebar.width() < wide
    qtbot.mouseClick(window.sidebar.fold, Qt.MouseButton.LeftButton)
    assert not window.sidebar.narrow
