"""Erasing a person in the window: what the question says, that the safe answer is the near one, and what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.hands import press, show, when_asked
from unnm_desktop.db.engine import Database
from unnm_desktop.db.people import Person
from unnm_desktop.services import backup, records
from unnm_desktop.ui import recents
from unnm_desktop.ui.backup_keeper import folder_of
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.erasing import EraseDialog
from unnm_desktop.ui.everything import EverythingPage
from unnm_desktop.ui.people import PeoplePage

NAME = "Amina Haddad"


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[PeoplePage]:
    """The people of Bahrain."""
    secretariat.open_in(desk, bahrain)
    made = PeoplePage(desk)
    show(made, qtbot)
    yield made
    made.close()


def amina(page: PeoplePage) -> UUID:
    """Go to her."""
    (found,) = page.hub.read(records.all_of, Person, Person.name_en == NAME)
    assert page.table.select(found.id)
    return found.id


def answer(deed: Callable[[EraseDialog], object]) -> list[str]:
    """Do this with the question that comes; what it said."""
    said: list[str] = []

    def go(dialog: EraseDialog) -> None:
        said.extend(one.text() for one in dialog.findChildren(QLabel))
        deed(dialog)

    when_asked(EraseDialog, go)
    return said


def test_a_person_is_erased_from_the_panel_and_the_bar_says_so(page: PeoplePage, qtbot: QtBot) -> None:
    person = amina(page)
    recents.note(page.desk, "people", person)
    for ago in (2, 1):
        now = page.desk.clock() - timedelta(hours=ago)
        backup.make(page.hub.database, folder_of(page.desk), backup.Reason.ASKED, now=now)
    offered: list[str] = []

    def agree(dialog: EraseDialog) -> None:
        offered.append(dialog.drop_older.text())
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    said = answer(agree)
    press(qtbot, page.inspector, "Erase this person's data")
    assert f"Erase the data of {NAME} for good?" in said
    assert offered == ["Delete the 2 older copies on this computer, too"]
    assert page.bar.message() == "The data were erased for good. 2 older copies were deleted."
    assert [one.reason for one in backup.listed(folder_of(page.desk))] == [backup.Reason.ERASED]
    page.make_fresh()
    assert page.table.listing.row_of(person) == -1
    assert recents.read(page.desk) == []
    assert page.hub.newest() is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape], ids=["enter", "esc"])
def test_enter_and_esc_keep_the_data(page: PeoplePage, qtbot: QtBot, key: Qt.Key) -> None:
    person = amina(page)
    answer(lambda dialog: qtbot.keyClick(dialog.focusWidget() or dialog, key))
    press(qtbot, page.inspector, "Erase this person's data")
    assert page.hub.read(records.get, Person, person).name_en == NAME
    assert page.bar.message() == ""


def test_only_a_person_is_erased_under_all_records(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = EverythingPage(desk)
    show(page, qtbot)
    erase = next(one for one in page.commands() if one.id == "erase-person")
    assert not erase.enabled()
    page.show_kind("person")
    page.table.select_first()
    assert erase.enabled()
    answer(lambda dialog: qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton))
    erase.run()
    page.close()
