"""What appears away from the keyboard's place is said to screen readers (WCAG 2.2, 4.1.3)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.hands import show
from unnm_desktop.db.engine import Database
from unnm_desktop.services import actions
from unnm_desktop.ui.actions import ActionsPage
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.main_window import MainWindow

ASSERTIVE = QAccessible.AnnouncementPoliteness.Assertive


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What a screen reader is given, and whether it interrupts."""
    said: list[tuple[str, bool]] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append((event.message(), event.politeness() is ASSERTIVE))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return said


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[ActionsPage]:
    """Two promises."""
    secretariat.open_in(desk, bahrain)
    for task in ("Send the data sheet", "Plan the training"):
        desk.hub.step("Promise", actions.create_action, desk.network_id, desk.today(), task_en=task)
    made = ActionsPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def test_a_toast_is_said_without_interrupting(desk: Desk, qtbot: QtBot, heard: list[tuple[str, bool]]) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    desk.say("The member was added.")
    assert heard == [("The member was added.", False)]


def test_how_many_records_fit_is_said_once_the_words_rest(
    page: ActionsPage, qtbot: QtBot, heard: list[tuple[str, bool]]
) -> None:
    page.filter_box.setFocus()
    qtbot.keyClicks(page.filter_box, "training")
    qtbot.waitUntil(lambda: heard != [])
    assert heard == [("1 record", False)]


def test_a_date_that_cannot_be_read_is_said_at_once(
    page: ActionsPage, qtbot: QtBot, heard: list[tuple[str, bool]]
) -> None:
    field = page.inspector.parts.field("due")
    assert isinstance(field, DateField)
    field.line.setFocus()
    qtbot.keyClicks(field.line, "someday")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert heard == [(field.problem_line.text(), True)]
    assert field.line.accessibleDescription() == field.problem_line.text() != ""


def test_a_refusal_on_top_of_the_page_is_said_at_once(page: ActionsPage, heard: list[tuple[str, bool]]) -> None:
    page.attempt("Drop", actions.drop, page.current(), "")
    assert heard == [(page.bar.message(), True)]
    assert page.bar.message()
