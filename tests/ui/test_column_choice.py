"""Columns stand in the order she wants, by mouse or by keyboard, and still do tomorrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.ui.demo import DemoPage, ReadyHub
from unnm_desktop.ui.desk import Desk


@pytest.fixture(params=[False, True], ids=["ltr", "rtl"])
def make_page(request: pytest.FixtureRequest, make_desk: Callable[..., Desk], qtbot: QtBot) -> Callable[[], DemoPage]:
    def make() -> DemoPage:
        desk = make_desk(rtl=request.param)
        desk.hub.open(ReadyHub())  # type: ignore[arg-type]
        page = DemoPage(desk)
        qtbot.addWidget(page)
        page.resize(1100, 600)
        page.show()
        return page

    return make


def choose(menu: Any, *path: str) -> None:
    """Pick from a menu by its words."""
    for word in path:
        action: QAction = next(one for one in menu.actions() if one.text() == word)
        menu = action.menu()
    action.trigger()


def test_a_column_moved_by_mouse_or_menu_stays_there(make_page: Callable[[], DemoPage]) -> None:
    page = make_page()
    assert page.columns.order() == ["name", "focal", "alternate", "type", "seen", "open"]
    move = page.desk.tr("Move earlier")
    choose(page.columns.menu(), move, page.desk.tr("Type"))
    page.table.horizontalHeader().moveSection(5, 1)
    assert page.columns.order() == ["name", "open", "focal", "type", "alternate", "seen"]
    page.close()
    assert make_page().columns.order() == ["name", "open", "focal", "type", "alternate", "seen"]


def test_the_usual_columns_come_back_at_once(make_page: Callable[[], DemoPage]) -> None:
    page = make_page()
    usual = page.columns.order()
    back = page.desk.tr("Back to the usual columns")
    assert not next(one for one in page.columns.menu().actions() if one.text() == back).isEnabled()
    choose(page.columns.menu(), page.desk.tr("Focal point"))
    page.table.horizontalHeader().moveSection(5, 1)
    choose(page.columns.menu(), back)
    assert (page.columns.order(), page.columns.hidden()) == (usual, [])
    page.close()
    assert make_page().columns.order() == usual


def test_the_first_column_stays_first(make_page: Callable[[], DemoPage]) -> None:
    page = make_page()
    page.columns.arrange(["seen", "name", "open"])
    assert page.columns.order()[:3] == ["name", "seen", "open"]


def test_hidden_columns_are_stepped_over(make_page: Callable[[], DemoPage]) -> None:
    page = make_page()
    choose(page.columns.menu(), page.desk.tr("Focal point"))
    choose(page.columns.menu(), page.desk.tr("Move earlier"), page.desk.tr("Type"))
    shown = [name for name in page.columns.order() if name not in page.columns.hidden()]
    assert shown == ["name", "type", "alternate", "seen", "open"]
