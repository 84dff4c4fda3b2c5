"""Filters and saved views of a list: chosen from menus, said in words, cleared with Esc, kept under a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.hands import in_dialog, show
from unnm_desktop.db.engine import Database
from unnm_desktop.services import actions, organisations, saved_views
from unnm_desktop.ui.actions import ActionsPage
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.form_dialog import FormDialog


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[ActionsPage]:
    """Three promises: two of the ILO, one of them due next year, and one of the IOM."""
    secretariat.open_in(desk, bahrain)
    for task, acronym, due in (
        ("Send the data sheet", "ILO", date(2026, 11, 10)),
        ("Plan the training", "ILO", date(2027, 2, 20)),
        ("Call the ministry", "IOM", date(2026, 12, 20)),
    ):
        body = desk.hub.read(organisations.find, acronym)
        assert body is not None
        desk.hub.step(
            "Promise", actions.create_action, desk.network_id, date(2026, 11, 1), task_en=task, due=due,
            responsible=[(body.id, None)],
        )  # fmt: skip
    made = ActionsPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def item(menu: QMenu, *path: str) -> QAction:
    """The entry of a menu, by its words from the top down."""
    found = next(one for one in menu.actions() if one.text() == path[0])
    inside = found.menu()
    return item(inside, *path[1:]) if isinstance(inside, QMenu) else found


def choose(page: ActionsPage, *path: str) -> None:
    item(page.narrowing.menu(), *path).trigger()


def tasks(page: ActionsPage) -> list[str]:
    model = page.table.listing
    return [str(model.index(row, 0).data()) for row in range(model.rowCount()) if model.id_at(row) is not None]


def test_a_list_is_narrowed_by_body_and_period_and_says_so(page: ActionsPage) -> None:
    choose(page, "Organisation", "ILO")
    assert tasks(page) == ["Send the data sheet", "Plan the training"]
    choose(page, "Due", "This year")
    assert tasks(page) == ["Send the data sheet"]
    assert page.narrowing.words.text() == "Organisation: ILO · Due: This year"
    assert page.narrowing.isVisible()
    assert item(page.narrowing.menu(), "Organisation", "ILO").isChecked()
    choose(page, "Organisation", "Any")
    assert tasks(page) == ["Send the data sheet", "Call the ministry"]


def test_escape_clears_it(page: ActionsPage, qtbot: QtBot) -> None:
    choose(page, "Organisation", "IOM")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert len(tasks(page)) == 3
    assert not page.narrowing.isVisible()


def test_an_empty_result_offers_to_clear_the_filter(page: ActionsPage) -> None:
    choose(page, "Status", "Done")
    assert page.table.listing.count == 0
    assert page.views.currentWidget() is page.splitter
    assert page.lists.currentWidget() is not page.table
    page.clear_filter()
    assert page.lists.currentWidget() is page.table
    assert len(tasks(page)) == 3


def test_any_two_days_can_be_given(page: ActionsPage) -> None:
    def fill(dialog: FormDialog[object]) -> None:
        for name, text in (("start", "2026-12-01"), ("end", "2027-03-01")):
            line = dialog.parts.field(name).findChild(QLineEdit)
            assert line is not None
            line.setText(text)

    in_dialog(fill)
    choose(page, "Due", "From one day to another …")
    assert tasks(page) == ["Call the ministry", "Plan the training"]
    assert page.narrowing.words.text() == "Due: 1 Dec 2026 – 1 Mar 2027"


def test_the_choice_survives_a_change_of_the_records(page: ActionsPage) -> None:
    choose(page, "Organisation", "IOM")
    chosen = page.current()
    assert chosen is not None
    page.hub.step("Begin", actions.begin, chosen)
    page.make_fresh()
    assert tasks(page) == ["Call the ministry"]


def test_a_view_is_kept_shown_again_renamed_and_removed(page: ActionsPage, qtbot: QtBot) -> None:
    choose(page, "Organisation", "ILO")
    page.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    item(page.columns.menu(), "Status").trigger()
    assert tasks(page) == ["Plan the training", "Send the data sheet"]

    def call_it(name: str) -> None:
        def fill(dialog: FormDialog[object]) -> None:
            line = dialog.parts.field("name").findChild(QLineEdit)
            assert line is not None
            line.setText(name)

        in_dialog(fill)

    call_it("Of the ILO")
    item(page.saved_views.menu(), "Save this view …").trigger()
    page.clear_filter()
    item(page.columns.menu(), "Status").trigger()
    page.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert len(tasks(page)) == 3
    assert not item(page.saved_views.menu(), "Of the ILO").isChecked()
    item(page.saved_views.menu(), "Of the ILO").trigger()
    assert tasks(page) == ["Plan the training", "Send the data sheet"]
    assert page.columns.hidden() == ["status"]
    assert item(page.saved_views.menu(), "Of the ILO").isChecked()
    call_it("Labour")
    item(page.saved_views.menu(), "Rename a view", "Of the ILO").trigger()
    item(page.saved_views.menu(), "Remove a view", "Labour").trigger()
    assert page.hub.read(saved_views.of_list, "actions") == []
    entry = page.hub.newest()
    assert entry is not None
    page.hub.take_back(entry)
    assert [one.name for one in page.hub.read(saved_views.of_list, "actions")] == ["Labour"]


def test_the_widest_column_and_the_first_cannot_be_hidden(page: ActionsPage) -> None:
    assert not item(page.columns.menu(), "Task").isEnabled()
    page.columns.hide(["task"])
    assert not page.table.isColumnHidden(0)


def test_a_long_title_leaves_room_for_its_arrow(page: ActionsPage) -> None:
    menu = page.narrowing.menu()
    longest = max(
        (one.text() for one in menu.actions() if one.menu() is not None), key=menu.fontMetrics().horizontalAdvance
    )
    free = menu.sizeHint().width() - menu.fontMetrics().horizontalAdvance(longest)
    # A padding and a sign at either side.
    assert free >= 2 * page.desk.look.with_text(15) + 2 * 10
