"""What is half done on the ways into a workspace when it is locked: there again, and nowhere to be read meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.locked import WORDS, give, in_reach, unlock
from tests.ui.test_beginning import WORDS as PACKAGE_WORDS
from tests.ui.test_beginning import Sent, begin_page, click, looked_into, sent  # noqa: F401 - a fixture
from tests.ui.test_exchange import SHEET
from tests.ui.test_half_done import Hands, asks, desktop, hands  # noqa: F401 - fixtures
from tests.ui.test_handover_protected import Hand, hand, office  # noqa: F401 - fixtures
from tests.ui.test_restoring import answer
from unnm_desktop.app import App
from unnm_desktop.db import Person
from unnm_desktop.services import records
from unnm_desktop.ui import erasing
from unnm_desktop.ui.beginning import LOOK, Begin
from unnm_desktop.ui.conflict_card import EDIT
from unnm_desktop.ui.handover_side import DECIDE, DONE


def lock(program: App, qtbot: QtBot) -> None:
    """As after ten minutes, or when the computer goes to sleep."""
    before = program.window
    program.locking.lock()
    qtbot.waitUntil(lambda: program.window is not before)
    assert not program._hub.is_open


def test_a_sheet_that_was_looked_through_is_looked_through_again_after_a_lock(
    desktop: App,  # noqa: F811
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = tmp_path / "marzipan.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    answer(desktop, monkeypatch, open_file=sheet)
    desktop.window.go("exchange")
    desktop.window.commands.run("choose-file")
    page: Any = desktop.window.current
    qtbot.waitUntil(lambda: page.import_button.isEnabled())
    lock(desktop, qtbot)
    assert "marzipan" not in in_reach() + repr(vars(desktop._unwritten))
    unlock(desktop, qtbot)
    page = desktop.window.current
    qtbot.waitUntil(lambda: page.name == "exchange" and page.import_button.isEnabled())
    assert (page.kind, page.file_line.text()) == ("organisations", "marzipan.csv")
    click(qtbot, page.import_button)
    qtbot.waitUntil(lambda: "Created: 1" in page.bar.message())
    lock(desktop, qtbot)
    unlock(desktop, qtbot)
    page = desktop.window.current
    assert page.path is None, "what is done is not begun once more"


def begun_over(desktop: App, qtbot: QtBot, sent: Sent, home: pytest.MonkeyPatch) -> Begin:  # noqa: F811
    """A package looked into while a workspace is open behind."""
    answer(desktop, home, open_file=sent.path)
    desktop.window.commands.run("begin-from-package")
    click(qtbot, begin_page(desktop).choice.choose)
    page = looked_into(desktop, qtbot)
    page.place.officer.setText("Marzipan Haddad")
    page.place.keep_at(sent.path.parent / "Successor.unnm")
    page.protection.guarded.setChecked(True)
    page.protection.choice.first.setText("a passphrase to be typed again")
    return page


def test_a_workspace_that_is_begun_from_a_package_goes_on_after_a_lock(
    desktop: App,  # noqa: F811
    qtbot: QtBot,
    sent: Sent,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun_over(desktop, qtbot, sent, monkeypatch)
    lock(desktop, qtbot)
    kept = in_reach() + repr(vars(desktop._unwritten)) + repr(vars(desktop.entrance))
    assert "Marzipan" not in kept
    assert PACKAGE_WORDS not in kept
    give(desktop, qtbot, WORDS)
    qtbot.waitUntil(
        lambda: (
            isinstance(desktop.window.stack.currentWidget(), Begin) and begin_page(desktop).views.currentIndex() == LOOK
        ),
        timeout=20_000,
    )
    page = begin_page(desktop)
    assert page.held.same_words.isChecked()
    assert page.place.officer.text() == "Marzipan Haddad"
    assert page.place.path.name == "Successor.unnm"
    assert page.protection.problem(), "it was to be protected: the passphrase is asked for again"
    page.leave()
    assert not isinstance(desktop.window.stack.currentWidget(), Begin)
    lock(desktop, qtbot)
    unlock(desktop, qtbot)
    assert not isinstance(desktop.window.stack.currentWidget(), Begin), "it was left"


def test_another_look_keeps_what_is_begun_from_a_package(
    desktop: App,  # noqa: F811
    qtbot: QtBot,
    sent: Sent,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = begun_over(desktop, qtbot, sent, monkeypatch)
    before = desktop.window
    before.desk.wishes.settings_wanted.emit(replace(before.desk.settings, theme="dark"))
    qtbot.waitUntil(lambda: desktop.window is not before)
    qtbot.waitUntil(lambda: begin_page(desktop) is not page and begin_page(desktop).views.currentIndex() == LOOK)
    assert begin_page(desktop).place.officer.text() == "Marzipan Haddad"


def test_a_value_of_ones_own_that_is_none_yet_is_there_again_after_a_lock(
    qtbot: QtBot,
    hand: Hand,  # noqa: F811
) -> None:
    made, words = hand.from_colleague()
    hand.look_into(made, words)
    hand.click(hand.page.receive.next_button)
    card = hand.page.receive.decide.cards[0]
    hand.click(card.cards[EDIT])
    card.own.field.input.clear()
    assert hand.page.receive.decide.answers() == [], "an action point needs a task"
    lock(hand.desktop, qtbot)
    unlock(hand.desktop, qtbot)
    hand.take_over()
    receive = hand.page.receive
    qtbot.waitUntil(lambda: receive.views.currentIndex() == DECIDE)
    card = receive.decide.cards[0]
    assert card.cards[EDIT].isChecked()
    assert card.own.field.input.toPlainText() == ""
    assert receive.decide.answers() == []
    qtbot.keyClicks(card.own.field.input, "Draft a note")
    hand.click(receive.next_button)
    qtbot.waitUntil(lambda: receive.views.currentIndex() == DONE)
    assert receive.taken.decided == 1


def test_the_question_whether_to_erase_does_not_come_back_and_nothing_is_erased(
    desktop: App,  # noqa: F811
    hands: Hands,  # noqa: F811
    qtbot: QtBot,
) -> None:
    with desktop._hub.database.write("Somebody to erase") as session:
        person = records.create(session, Person, name_en="Marzipan Haddad").id
    desktop.window.go("people")
    page: Any = desktop.window.current
    title = "Erase the data of Marzipan Haddad for good?"
    hands.lock_over(title, lambda: erasing.ask_erase(page, person), lambda _dialog: None)
    assert "Marzipan" not in in_reach()
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.finder is not None)
    assert QApplication.activeModalWidget() is None
    assert not asks(title)
    assert desktop._hub.read(records.get, Person, person).name_en == "Marzipan Haddad"
