"""What is half done on the ways into a workspace when it is locked: there again, and nowhere to be read meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.test_beginning import WORDS as PACKAGE_WORDS
from tests.ui.test_beginning import Sent, begin_page, looked_into, sent  # noqa: F401 - a fixture
from tests.ui.test_exchange import SHEET
from tests.ui.test_half_done import Hands, asks, locked_from
from tests.ui.test_handover import Office
from tests.ui.test_handover_protected import ENGLISH, at_handover, click, leave, office, packed  # noqa: F401 - a fixture
from tests.ui.test_handover_protected import looked_into as received
from tests.ui.test_locked_screen import in_reach
from tests.ui.test_locking_at_once import protected  # noqa: F401 - a fixture
from tests.ui.test_protection import WORDS, give, unlock
from tests.ui.test_restoring import answer
from unnm_desktop.app import App
from unnm_desktop.db import Person
from unnm_desktop.services import records
from unnm_desktop.ui import erasing
from unnm_desktop.ui.beginning import LOOK, Begin
from unnm_desktop.ui.conflict_card import EDIT
from unnm_desktop.ui.handover_receive import DECIDE, DONE

Start = Callable[..., App]


def lock(desktop: App, qtbot: QtBot) -> None:
    """As after ten minutes, or when the computer goes to sleep."""
    before = desktop.window
    desktop.locking.lock()
    qtbot.waitUntil(lambda: desktop.window is not before)
    assert not desktop._hub.is_open


def test_a_sheet_that_was_looked_through_is_looked_through_again_after_a_lock(
    start: Start,
    qtbot: QtBot,
    protected: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = tmp_path / "marzipan.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    desktop = start(protected)
    unlock(desktop, qtbot)
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


def begun_over(start: Start, qtbot: QtBot, workspace: Path, sent: Sent, home: pytest.MonkeyPatch) -> tuple[App, Begin]:  # noqa: F811
    """A package looked into while a workspace is open behind."""
    desktop = start(workspace)
    unlock(desktop, qtbot)
    answer(desktop, home, open_file=sent.path)
    desktop.window.commands.run("begin-from-package")
    click(qtbot, begin_page(desktop).choice.choose)
    page = looked_into(desktop, qtbot)
    page.place.officer.setText("Marzipan Haddad")
    page.place.keep_at(sent.path.parent / "Successor.unnm")
    page.protection.guarded.setChecked(True)
    page.protection.choice.first.setText("a passphrase to be typed again")
    return desktop, page


def test_a_workspace_that_is_begun_from_a_package_goes_on_after_a_lock(
    start: Start,
    qtbot: QtBot,
    protected: Path,  # noqa: F811
    sent: Sent,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desktop, _ = begun_over(start, qtbot, protected, sent, monkeypatch)
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
    start: Start,
    qtbot: QtBot,
    protected: Path,  # noqa: F811
    sent: Sent,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dataclasses import replace

    desktop, page = begun_over(start, qtbot, protected, sent, monkeypatch)
    before = desktop.window
    before.desk.wishes.settings_wanted.emit(replace(before.desk.settings, theme="dark"))
    qtbot.waitUntil(lambda: desktop.window is not before)
    qtbot.waitUntil(lambda: begin_page(desktop) is not page and begin_page(desktop).views.currentIndex() == LOOK)
    assert begin_page(desktop).place.officer.text() == "Marzipan Haddad"


def test_a_value_of_ones_own_that_is_none_yet_is_there_again_after_a_lock(
    start: Start,
    qtbot: QtBot,
    office: Office,  # noqa: F811
    answers: Answers,
    tmp_path: Path,
) -> None:
    desktop, page = at_handover(start, qtbot, office.theirs, ENGLISH, answers)
    made, words = packed(page, tmp_path / "stick", answers, qtbot)
    leave(desktop, office.theirs)
    desktop, page = at_handover(start, qtbot, office.mine, ENGLISH, answers)
    received(page, made, words, answers, qtbot)
    click(qtbot, page.receive.next_button)
    card = page.receive.decide.cards[0]
    click(qtbot, card.cards[EDIT])
    card.own.field.input.clear()
    assert page.receive.decide.answers() == [], "an action point needs a task"
    lock(desktop, qtbot)
    unlock(desktop, qtbot)
    page = desktop.window.current
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DECIDE, timeout=30_000)
    card = page.receive.decide.cards[0]
    assert card.cards[EDIT].isChecked()
    assert card.own.field.input.toPlainText() == ""
    assert page.receive.decide.answers() == []
    qtbot.keyClicks(card.own.field.input, "Draft a note")
    click(qtbot, page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE, timeout=30_000)
    assert page.receive.taken.decided == 1


def test_the_question_whether_to_erase_does_not_come_back_and_nothing_is_erased(
    start: Start,
    qtbot: QtBot,
    protected: Path,  # noqa: F811
) -> None:
    desktop = start(protected)
    hands = Hands(desktop)
    unlock(desktop, qtbot)
    with desktop._hub.database.write("Somebody to erase") as session:
        person = records.create(session, Person, name_en="Marzipan Haddad").id
    desktop.window.go("people")
    page: Any = desktop.window.current
    page.make_fresh()
    page.table.select(person)
    title = "Erase the data of Marzipan Haddad for good?"
    locked_from(desktop, qtbot, hands, lambda: erasing.ask_erase(page, person), title, lambda _dialog: None)
    assert "Marzipan" not in in_reach()
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.finder is not None)
    assert QApplication.activeModalWidget() is None
    assert not asks(title)
    assert desktop._hub.read(records.get, Person, person).name_en == "Marzipan Haddad"
