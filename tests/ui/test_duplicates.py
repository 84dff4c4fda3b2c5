"""Possible duplicates in the window: compared side by side, joined, undone, put aside, taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.hands import HeldJobs, press, show, when_asked
from tests.ui.walking import settle
from unnm_desktop.db.engine import Database
from unnm_desktop.db.people import Person
from unnm_desktop.services import records
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.double_records import JoinDialog
from unnm_desktop.ui.duplicates import DuplicatesPage


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[DuplicatesPage]:
    """Omar Saleh is there twice; the second record has a telephone."""
    secretariat.open_in(desk, bahrain)
    desk.hub.step("Add person", records.create, Person, name_en="Saleh, Omar", phones="+973 1700 0001")
    made = DuplicatesPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def words(page: DuplicatesPage) -> str:
    """All that the page says."""
    return "\n".join(one.text() for one in page.area.inside.findChildren(QLabel))


def answer(deed: Callable[[JoinDialog], object]) -> None:
    """Do this with the dialog that comes."""
    when_asked(JoinDialog, deed)


def omars(page: DuplicatesPage) -> list[tuple[str, str]]:
    """Everybody of that name, with the telephone."""
    found = page.hub.read(records.all_of, Person, Person.name_en.contains("Omar"))
    return sorted((one.name_en, one.phones) for one in found)


def test_a_pair_is_compared_and_joined_with_the_values_that_were_chosen(page: DuplicatesPage, qtbot: QtBot) -> None:
    assert page.subline() == "1 pair that may be the same"

    def choose(dialog: JoinDialog) -> None:
        assert dialog.stays.checkedId() == 0, "the one that is used stays"
        assert dialog.fields["phones"].checkedId() == 1, "what only one has is taken"
        qtbot.mouseClick(dialog.fields["name_en"].button(1), Qt.MouseButton.LeftButton)
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    answer(choose)
    press(qtbot, page, "Compare and join")
    assert omars(page) == [("Saleh, Omar", "+973 1700 0001")]
    page.make_fresh()
    assert page.subline() == "0 pairs that may be the same"
    assert "belongs to" in words(page)
    page.hub.undo()
    page.make_fresh()
    assert omars(page) == [("Omar Saleh", ""), ("Saleh, Omar", "+973 1700 0001")]
    assert page.subline() == "1 pair that may be the same"


def test_what_is_kept_as_a_code_is_compared_in_words(page: DuplicatesPage, qtbot: QtBot) -> None:
    (second,) = page.hub.read(records.all_of, Person, Person.name_en == "Saleh, Omar")
    page.hub.step("Edit person", records.update, Person, second.id, letter_language="ar")
    page.make_fresh()
    said: list[str] = []

    def read(dialog: JoinDialog) -> None:
        said.extend(one.text() for one in dialog.fields["letter_language"].buttons())
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    answer(read)
    press(qtbot, page, "Compare and join")
    assert sorted(said) == ["Arabic", "English"]


def test_two_that_are_not_the_same_are_offered_no_more(page: DuplicatesPage, qtbot: QtBot) -> None:
    press(qtbot, page, "Not the same")
    page.make_fresh()
    assert page.views.currentWidget() is page.nothing
    assert len(omars(page)) == 2


def test_what_was_joined_is_taken_apart(page: DuplicatesPage, qtbot: QtBot) -> None:
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    press(qtbot, page, "Compare and join")
    page.make_fresh()
    press(qtbot, page, "Take apart")
    page.make_fresh()
    qtbot.waitUntil(lambda: page.area.inside.isAncestorOf(page.window().focusWidget()))
    assert len(omars(page)) == 2
    assert page.subline() == "1 pair that may be the same"


def test_an_older_answer_does_not_bring_back_what_was_put_aside(page: DuplicatesPage, qtbot: QtBot) -> None:
    held = page.desk.jobs = HeldJobs(page)
    page.refresh()
    held.answer_late()
    press(qtbot, page, "Not the same")
    page.make_fresh()
    held.answer()
    settle()
    assert page.views.currentWidget() is page.nothing
