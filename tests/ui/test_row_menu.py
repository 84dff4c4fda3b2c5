"""The menu of a row: under the pointer and by keys, from what is offered elsewhere, and never on a header."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import in_dialog
from tests.ui.whole_window import make_window as make_window
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.meetings import AgendaItem, Meeting, MeetingState
from unnm_desktop.services import records
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.table import RecordsTable


def opened() -> QMenu:
    """The menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def texts(menu: QMenu) -> list[str]:
    """What it says, line by line."""
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def leave(menu: QMenu, qtbot: QtBot) -> None:
    """Escape."""
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def ask_at(over: QWidget, place: QPoint) -> None:
    """The right button of the mouse."""
    QApplication.sendEvent(over, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, over.mapToGlobal(place)))


def right_click(view: QAbstractScrollArea, place: QPoint, qtbot: QtBot) -> None:
    """Press and release it; Qt asks for the menu in between."""
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=place)
    ask_at(view.viewport(), place)


def row(table: RecordsTable, number: int) -> QPoint:
    """Where the record of that number among those shown stands."""
    rows = [one for one in range(table.listing.rowCount()) if table.listing.id_at(one) is not None]
    return table.visualRect(table.listing.index(rows[number], 0)).center()


def choose(menu: QMenu, text: str, qtbot: QtBot) -> None:
    """Click a line of the menu."""
    action = next(one for one in menu.actions() if one.text() == text)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def actions_page(window: MainWindow) -> Any:
    window.go("actions")
    page: Any = window.current
    page.chips.choose("")
    page.filter_now()
    page.table.listing.complete()
    return page


def read(window: MainWindow, entity: Any, key: Any) -> Any:
    return window.desk.hub.read(records.get, entity, key)


def test_a_row_offers_what_stands_beside_it_and_what_the_registry_knows_with_its_keys(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    page = actions_page(window)
    first = page.current()
    assert read(window, ActionPoint, first).status is ActionStatus.OPEN
    right_click(page.table, row(page.table, 0), qtbot)
    menu = opened()
    said = texts(menu)
    assert {one.name for one in page.inspector.parts.pressable()} <= set(said)
    assert [said.count(one) for one in ("Mark as done", "Edit details", "Move the date", "Move to Trash")] == [1] * 4
    keys = {one.text(): one.shortcut().toString() for one in menu.actions()}
    assert (keys["Mark as done"], keys["Edit details"], keys["Move to Trash"]) == ("Space", "F2", "Del")
    registry = {window.commands.action(one.id) for one in window.commands.all()}
    assert {one for one in menu.actions() if one.text() in ("Mark as done", "Move to Trash")} <= registry
    choose(menu, "Mark as done", qtbot)
    assert read(window, ActionPoint, first).status is ActionStatus.DONE


def test_the_row_under_the_pointer_is_chosen_unless_it_is_among_those_that_are(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    page = actions_page(make_window())
    table = page.table
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=row(table, 0))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, pos=row(table, 2))
    chosen = table.selected_ids()
    right_click(table, row(table, 1), qtbot)
    assert table.selected_ids() == chosen
    menu = opened()
    assert "Give to others" in texts(menu)
    assert "Edit details" not in texts(menu)
    leave(menu, qtbot)
    right_click(table, row(table, 3), qtbot)
    assert table.selected_ids() == [table.current_id()]
    assert table.current_id() not in chosen
    leave(opened(), qtbot)
    right_click(table, row(table, 1), qtbot)
    choose(opened(), "Copy the rows", qtbot)
    first = QGuiApplication.clipboard().text()
    assert first
    assert "\n" not in first
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=row(table, 2))
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() not in ("", first)


def test_all_that_are_selected_are_done_from_the_menu(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    page = actions_page(window)
    page.chips.choose("open")
    page.filter_now()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys = page.table.selected_ids()
    assert len(keys) > 1
    right_click(page.table, row(page.table, 1), qtbot)
    choose(opened(), "Mark as done", qtbot)
    assert {read(window, ActionPoint, key).status for key in keys} == {ActionStatus.DONE}


@pytest.mark.parametrize("rtl", [False, True])
def test_shift_and_f10_open_it_at_the_current_row_and_no_header_has_one(
    make_window: Callable[..., MainWindow], qtbot: QtBot, *, rtl: bool
) -> None:
    window = make_window(rtl=rtl)
    table = actions_page(window).table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = opened()
    corner = menu.geometry().topRight() if rtl else menu.geometry().topLeft()
    at, seen = table.viewport().mapFromGlobal(corner), table.visualRect(table.currentIndex())
    assert abs(at.y() - seen.bottom()) <= 2
    assert abs(at.x() - (table.viewport().width() if rtl else 0)) <= 2
    leave(menu, qtbot)
    assert table.hasFocus()
    window.go("meeting", window.desk.hub.read(records.all_of, Meeting)[0].id, {"tab": "agenda"})
    agenda: Any = window.current.agenda.table  # type: ignore[union-attr]
    header = agenda.horizontalHeader().viewport()
    ask_at(header, header.rect().center())
    assert QApplication.activePopupWidget() is None


def test_an_agenda_item_is_taken_off_from_its_menu(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    ahead = window.desk.hub.read(records.all_of, Meeting, Meeting.state == MeetingState.PLANNED)
    window.go("meeting", ahead[0].id, {"tab": "agenda"})
    table: Any = window.current.agenda.table  # type: ignore[union-attr]
    right_click(table, row(table, 1), qtbot)
    item, menu = table.current_id(), opened()
    assert [one for one in texts(menu) if one.startswith("Move")] == ["Move the item up", "Move the item down"]
    choose(menu, "Take the item off the agenda", qtbot)
    assert item not in [one.id for one in window.desk.hub.read(records.all_of, AgendaItem)]


def test_a_seat_is_recorded_from_its_menu(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    held = window.desk.hub.read(records.all_of, Meeting, Meeting.state == MeetingState.HELD)
    window.go("meeting", held[0].id, {"tab": "attendance"})
    tab = window.current.attendance  # type: ignore[union-attr]
    right_click(tab.seats, row(tab.seats, 0), qtbot)
    choose(opened(), "5 Absent", qtbot)
    assert tab.seats.cell_of(tab.seats.current_id(), "absent").tone == "bad"


def test_what_is_due_today_has_its_menu_too(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    window.go("today")
    page: Any = window.current
    lines = page.due.list
    number = next(n for n, line in enumerate(lines.lines) if line.key is not None)
    key = lines.lines[number].key
    right_click(lines, lines.visualRect(lines.model().index(number, 0)).center(), qtbot)
    assert texts(opened()) == ["Go to the record", "Mark as done", "Note a reminder"]
    choose(opened(), "Note a reminder", qtbot)
    assert window.desk.hub.newest().label == "Note a reminder"  # type: ignore[union-attr]
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    choose(opened(), "Mark as done", qtbot)
    assert read(window, ActionPoint, key).status is ActionStatus.DONE


def test_a_question_that_is_asked_from_the_menu_is_about_that_row(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    page = actions_page(window)
    page.chips.choose("open")
    page.filter_now()
    right_click(page.table, row(page.table, 1), qtbot)
    key = page.current()
    in_dialog(lambda dialog: dialog.parts.field("dropped_reason").input.setPlainText("No longer wanted"))
    choose(opened(), "Drop", qtbot)
    assert read(window, ActionPoint, key).dropped_reason == "No longer wanted"
