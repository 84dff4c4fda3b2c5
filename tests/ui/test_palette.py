"""Ctrl+K reaches every record and every command, in both languages, and never makes the officer wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.engine import Database
from unnm_desktop.services import organisations, records
from unnm_desktop.services.prepared import written
from unnm_desktop.ui.actions import ActionsPage
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.finding import Finder, rehearse
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.members import MembersPage
from unnm_desktop.ui.organisations import OrganisationsPage
from unnm_desktop.ui.palette import Palette
from unnm_desktop.ui.palette_list import Found, FoundDelegate
from unnm_desktop.ui.preferences import PreferencesPage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def make_window(make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    made = []

    def make(**look: Any) -> MainWindow:
        desk = make_desk(**look)
        secretariat.open_in(desk, bahrain)
        window = MainWindow(desk)
        made.append(window)
        qtbot.addWidget(window)
        window.take_pages((PreferencesPage, OrganisationsPage, MembersPage, ActionsPage))
        window.finder = Finder(desk)
        window.show_workspace((), desk.network)
        window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        window.go("organisations")
        return window

    yield make
    for window in made:
        window.close()


def palette(window: MainWindow, qtbot: QtBot, typed: str = "") -> Palette:
    """Open it and type."""
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    opened = window.findChildren(Palette)[-1]
    qtbot.keyClicks(opened.box, typed)
    qtbot.waitUntil(lambda: not opened.waiting)
    return opened


def titles(opened: Palette) -> list[str]:
    return [found.title for found in opened.results()]


def kinds(opened: Palette) -> set[str]:
    return {found.kind.partition(" · ")[0] for found in opened.results()}


def test_records_and_commands_stand_in_one_list(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    opened = palette(window, qtbot, "mi")
    assert any("Ministry" in title for title in titles(opened))
    opened = palette(window, qtbot, "pref")
    assert titles(opened)[0] == "Preferences"
    qtbot.keyClick(opened.box, Qt.Key.Key_Return)
    assert isinstance(window.current, PreferencesPage)


@pytest.mark.parametrize("typed", ["هجرة", "الدوليه للهجره", "migration", "iom"])
def test_letter_forms_and_inside_words_do_not_matter(
    make_window: Callable[..., MainWindow], qtbot: QtBot, typed: str
) -> None:
    opened = palette(make_window(rtl=True), qtbot)
    opened.box.setText(typed)
    assert "المنظمة الدولية للهجرة" in titles(opened)


def test_commands_are_found_in_the_other_language_too(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    opened = palette(make_window(rtl=True), qtbot, ">larger")
    assert titles(opened) == ["نص أكبر"]
    english = palette(make_window(), qtbot)
    english.box.setText(">نص اكبر")
    assert titles(english) == ["Larger text"]


def test_signs_narrow_the_list_to_commands_members_or_action_points(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    window.desk.hub.step("Add", records.create, ActionPoint, network_id=window.desk.network_id, task_en="Call Amina")
    assert kinds(palette(window, qtbot, ">a")) == {"Command"}
    assert kinds(palette(window, qtbot, "@am")) == {"Person", "Organisation"}
    assert kinds(palette(window, qtbot, "#am")) == {"Action point"}
    assert {"Person", "Action point"} <= kinds(palette(window, qtbot, "am"))


def test_everything_that_holds_a_word_is_shown_when_asked_for(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    for number in range(8):
        task = f"Health leaflet {number}"
        window.desk.hub.step("Add", records.create, ActionPoint, network_id=window.desk.network_id, task_en=task)
    opened = palette(window, qtbot, "leaflet")
    assert len(titles(opened)) == 6
    assert titles(opened)[-1] == "Show everything that was found"
    for _ in range(5):
        qtbot.keyClick(opened.box, Qt.Key.Key_Down)
    qtbot.keyClick(opened.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not opened.waiting)
    assert sorted(titles(opened)) == [f"Health leaflet {number}" for number in range(8)]
    assert opened.isVisible()


def test_with_nothing_typed_the_latest_records_come_first(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    body = window.desk.hub.read(organisations.find, "UNICEF")
    assert body is not None
    opened = palette(window, qtbot, "unicef")
    qtbot.keyClick(opened.box, Qt.Key.Key_Return)
    shown: Any = window.current
    # Who asks for a member wants its people, not the entry of the organisation.
    seat = window.desk.hub.read(organisations.seats_of, body.id)[0]
    assert (shown.name, shown.current()) == ("members", seat.id)
    window.go("preferences")
    opened = palette(window, qtbot)
    assert body.name_en in titles(opened)[0]
    assert "Command" in kinds(opened)


def test_what_is_nowhere_becomes_an_action_point_with_its_undo(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    opened = palette(window, qtbot, "Ask the embassy for zebras")
    assert titles(opened) == [
        "Nothing matches “Ask the embassy for zebras”.",
        "New action point “Ask the embassy for zebras”",
    ]
    qtbot.keyClick(opened.box, Qt.Key.Key_Return)
    assert isinstance(window.current, ActionsPage)
    made = window.desk.hub.read(records.all_of, ActionPoint)
    assert [one.task_en for one in made] == ["Ask the embassy for zebras"]
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.desk.hub.read(records.all_of, ActionPoint) == []
    assert all(toast.button is None for toast in window.toasts.shown())


def test_undo_leaves_the_keyboard_where_it_is(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    opened = palette(window, qtbot, "Ask the embassy for zebras")
    qtbot.keyClick(opened.box, Qt.Key.Key_Return)
    shown: Any = window.current
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert shown.filter_box.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.desk.hub.read(records.all_of, ActionPoint) == []
    assert shown.filter_box.hasFocus()


def test_the_keyboard_returns_to_where_it_was(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    shown: Any = window.current
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert shown.filter_box.hasFocus()
    opened = palette(window, qtbot, "x")
    qtbot.keyClick(opened.box, Qt.Key.Key_Escape)
    assert shown.filter_box.hasFocus()
    opened = palette(window, qtbot)
    qtbot.mouseClick(opened, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert shown.filter_box.hasFocus()


def test_the_arrow_keys_choose_and_the_box_keeps_the_keyboard(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    opened = palette(make_window(), qtbot, ">text")
    chosen = titles(opened)[1]
    qtbot.keyClick(opened.box, Qt.Key.Key_Down)
    assert opened.list.currentIndex().data() == chosen
    qtbot.keyClick(opened.box, Qt.Key.Key_Tab)
    assert opened.box.hasFocus()
    qtbot.keyClick(opened.box, Qt.Key.Key_Up)
    assert opened.list.currentIndex().data() == chosen


def test_the_keys_go_on_past_a_pointer_that_rests_on_the_list(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    opened = palette(make_window(), qtbot, "or")
    model = opened.list.model()
    qtbot.keyClick(opened.box, Qt.Key.Key_Down)
    opened.list.entered.emit(model.index(0, 0))
    assert opened.list.currentIndex().row() == 1


def test_another_page_closes_the_list(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    opened = palette(window, qtbot, "a")
    gone: list[int] = []
    opened.destroyed.connect(lambda: gone.append(1))
    window.go("preferences")
    window.sidebar.top_list.setFocus()
    qtbot.waitUntil(lambda: bool(gone))


class SlowFinder:
    """Answers when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[list[Found]], object]]] = []

    def can_create(self) -> bool:
        return False

    def look_up(self, words: str, prefix: str, done: Callable[[list[Found], bool], object]) -> None:
        self.asked.append((words, done))

    def answer(self, *titles: str, run: Callable[[], object] = bool) -> None:
        self.asked[-1][1]([Found(title, "Person", run, fit=1) for title in titles], False)


def test_keys_never_wait_and_old_answers_are_dropped(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    slow: Any = SlowFinder()
    window.finder = slow
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    opened = window.findChildren(Palette)[-1]
    slow.answer("Empty")
    qtbot.keyClicks(opened.box, "zaq")
    # The first letter was asked for; the others wait for one more question together.
    assert [words for words, _ in slow.asked] == ["", "z"]
    taken: list[str] = []
    qtbot.keyClick(opened.box, Qt.Key.Key_Return)
    slow.answer("Zoë", run=lambda: taken.append("old"))
    assert [words for words, _ in slow.asked] == ["", "z", "zaq"]
    assert "Zoë" not in titles(opened)
    assert taken == []
    slow.answer("Zaqi", run=lambda: taken.append("new"))
    assert taken == ["new"]


def test_the_first_keys_find_their_statements_written(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    desk = window.desk
    desk.hub.read(rehearse, desk.network_id, desk.language)
    before = written.cache_info().misses
    opened = palette(window, qtbot)
    for typed in ("m", "min", "و", "وزا"):
        opened.box.setText(typed)
        assert opened.results()[0].run is not None
    assert written.cache_info().misses == before


def test_typing_in_the_header_goes_on_in_the_list(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    qtbot.mouseClick(window.header.search, Qt.MouseButton.LeftButton)
    qtbot.keyClick(window.header.search, Qt.Key.Key_U)
    opened = window.findChildren(Palette)[-1]
    assert opened.box.text() == "u"
    assert opened.box.hasFocus()
    qtbot.keyClicks(opened.box, "ni")
    assert opened.box.text() == "uni"
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_it_stands_in_the_middle_and_dims_the_rest(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    window.resize(1366, 768)
    opened = palette(window, qtbot)
    assert opened.geometry() == window.rect()
    assert (opened.card.width(), opened.card.y()) == (620, 96)
    window.resize(1100, 640)
    assert abs(opened.card.geometry().center().x() - 550) <= 1
    assert opened.card.geometry().bottom() < 640


def test_the_list_goes_with_the_window_that_makes_way(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    opened = palette(window, qtbot)
    assert window.leaving.keep() is not None
    assert not opened.isVisible()


def test_a_long_title_is_cut_around_what_was_typed(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    opened = palette(window, qtbot)
    delegate = opened.list.itemDelegate()
    assert isinstance(delegate, FoundDelegate)
    title = "Training on the Global Compact for programme staff of all agencies in the country, with the ministries"
    room = QRect(0, 0, 300, 38)
    assert delegate.cut_title(title, ("training",), room).startswith("Training on the")
    told = delegate.cut_title(title, ("agencies",), room)
    assert told.startswith("… ")
    assert "agencies" in told
    # As much of what stands before it as there is room for.
    assert "staff of all" in told
    assert delegate.cut_title("Short", ("elsewhere",), room) == "Short"


def test_what_is_called_so_stands_before_what_only_speaks_of_it(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    hub = window.desk.hub
    for task, proof in (("Call the ministry", "Leaflet of May"), ("Print the leaflet", "")):
        hub.step("Add", records.create, ActionPoint, network_id=window.desk.network_id, task_en=task, evidence=proof)
    assert titles(palette(window, qtbot, "leaflet"))[:2] == ["Print the leaflet", "Call the ministry"]


def test_the_sign_for_commands_may_be_typed_as_an_arabic_line_shows_it(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    opened = palette(make_window(rtl=True), qtbot)
    opened.box.setText("<نص أكبر")
    qtbot.waitUntil(lambda: not opened.waiting)
    assert titles(opened) == ["نص أكبر"]
