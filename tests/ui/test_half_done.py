"""What is half filled in when the workspace is locked: nowhere to be read meanwhile, and there again afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.hands import press
from tests.ui.locked import WORDS, give, in_reach, unlock
from tests.ui.test_bad_days import let_grow
from unnm_desktop.app import App
from unnm_desktop.db import ActionPoint, Membership, Organisation
from unnm_desktop.services import records
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.setup_wizard import Wizard

Start = Callable[..., App]
TYPED = "Ask the marzipan makers\nfor their papers"


class Hands:
    """Works in dialogs that wait for their answer: one step for each dialog that is on top in its turn."""

    def __init__(self, desktop: App, qtbot: QtBot) -> None:
        self._desktop, self._qtbot = desktop, qtbot
        self.trouble: BaseException | None = None

    def then(self, ready: Callable[[], bool], work: Callable[[], object]) -> None:
        """Do this once it is so."""
        timer = QTimer(QApplication.instance())
        timer.setInterval(5)

        def look() -> None:
            if ready():
                timer.stop()
                timer.deleteLater()
                try:
                    work()
                except BaseException as error:  # noqa: BLE001 - told when the test looks
                    self.trouble = error
                    top().reject()

        timer.timeout.connect(look)
        timer.start()

    def new(self) -> None:
        """Ask for a new record of the page."""
        self._desktop.window.commands.run("new")

    def lock_over(self, title: str, ask: Callable[[], object], fill: Callable[[Any], object]) -> None:
        """Let a dialog come up, fill it, and let the computer fall asleep over it."""
        before = self._desktop.window

        def work() -> None:
            fill(top())
            self._desktop.locking.lock()

        self.then(lambda: asks(title), work)
        ask()
        self._qtbot.waitUntil(lambda: self._desktop.window is not before)
        assert self.trouble is None
        assert not self._desktop._hub.is_open


@pytest.fixture
def desktop(start: Start, qtbot: QtBot, protected: Path) -> App:
    """The program with the protected workspace unlocked."""
    started = start(protected)
    unlock(started, qtbot)
    return started


@pytest.fixture
def hands(desktop: App, qtbot: QtBot) -> Iterator[Hands]:
    found = Hands(desktop, qtbot)
    yield found
    assert found.trouble is None


def top() -> Any:
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def asks(title: str) -> bool:
    found = QApplication.activeModalWidget()
    return isinstance(found, QDialog) and found.windowTitle() == title


def test_a_half_filled_action_point_is_there_again_after_unlocking(
    desktop: App, qtbot: QtBot, hands: Hands, protected: Path
) -> None:
    desktop.window.go("actions")
    body = desktop._hub.read(records.all_of, Organisation)[0]

    def fill(dialog: FormDialog[Any]) -> None:
        task: Any = dialog.parts.field("task_en")
        task.box.setPlainText(TYPED)
        dialog.parts.field("responsible")._add((body.id, body.short))  # type: ignore[attr-defined]
        due: Any = dialog.parts.field("due")
        due.line.setText("3 Dec 2026")
        task.box.setFocus()
        cursor = task.box.textCursor()
        cursor.setPosition(4)
        cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
        task.box.setTextCursor(cursor)

    hands.lock_over("New action point", hands.new, fill)
    assert "marzipan" not in in_reach()
    assert "marzipan" not in repr(vars(desktop._unwritten)) + repr(desktop.workspace._before)
    assert not [one for one in protected.parent.rglob("*") if one.is_file() and b"marzipan" in one.read_bytes()]
    seen: list[Any] = []

    def keep() -> None:
        dialog = top()
        seen.append((dialog.parts.field("task_en").box.textCursor().selectedText(), dialog.parts.field("due").get()))
        dialog.try_accept()

    hands.then(lambda: asks("New action point") and bool(top().parts.field("task_en").box.toPlainText()), keep)
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: bool(seen))
    made = [one for one in desktop._hub.read(records.all_of, ActionPoint) if one.task_en == TYPED]
    assert len(made) == 1
    assert seen[0][0] == "the"
    assert str(made[0].due) == "2026-12-03"
    page: Any = desktop.window.current
    qtbot.waitUntil(lambda: page.current() == made[0].id)


def test_a_dialog_above_another_comes_back_above_it(desktop: App, qtbot: QtBot, hands: Hands) -> None:
    desktop.window.go("members")

    def name_a_new_body(dialog: FormDialog[Any]) -> None:
        dialog.parts.field("organisation_id").line.setText("Marzipan Board")  # type: ignore[attr-defined]
        hands.then(lambda: asks("Add organisation"), go_on)
        dialog.try_accept()

    def go_on() -> None:
        top().parts.field("acronym").line.setText("MPB")
        desktop.locking.lock()

    before = desktop.window
    hands.then(lambda: asks("Add member"), lambda: name_a_new_body(top()))
    desktop.window.commands.run("new")
    qtbot.waitUntil(lambda: desktop.window is not before)
    assert "Marzipan" not in in_reach()
    hands.then(
        lambda: asks("Add organisation") and top().parts.field("acronym").line.text() == "MPB",
        lambda: (top().try_accept(), hands.then(lambda: asks("Add member"), lambda: top().try_accept())),
    )
    unlock(desktop, qtbot)
    qtbot.waitUntil(
        lambda: "MPB" in {one.acronym for one in desktop._hub.read(records.all_of, Organisation)}, timeout=10_000
    )
    (body,) = [one for one in desktop._hub.read(records.all_of, Organisation) if one.acronym == "MPB"]
    assert body.name_en == "Marzipan Board"
    qtbot.waitUntil(
        lambda: body.id in {one.organisation_id for one in desktop._hub.read(records.all_of, Membership)},
        timeout=10_000,
    )


def test_what_a_button_asked_is_asked_again_about_the_same_record(desktop: App, qtbot: QtBot, hands: Hands) -> None:
    some = [one for one in desktop._hub.read(records.all_of, ActionPoint) if one.status == "open"][-1]
    desktop.window.go("actions", some.id)
    page: Any = desktop.window.current
    page.complete()
    hands.lock_over(
        "Drop the action point",
        lambda: press(qtbot, page, "Drop"),
        lambda dialog: dialog.parts.field("dropped_reason").box.setPlainText("No marzipan was found"),
    )
    hands.then(
        lambda: asks("Drop the action point") and bool(top().parts.field("dropped_reason").box.toPlainText()),
        lambda: top().try_accept(),
    )
    unlock(desktop, qtbot)
    qtbot.waitUntil(
        lambda: desktop._hub.read(records.get, ActionPoint, some.id).dropped_reason == "No marzipan was found"
    )


def test_what_was_half_filled_outlives_the_program(
    start: Start, desktop: App, qtbot: QtBot, hands: Hands, protected: Path
) -> None:
    desktop.window.go("decisions")
    hands.lock_over(
        "New decision",
        hands.new,
        lambda dialog: dialog.parts.field("text_en").box.setPlainText("To meet the marzipan makers"),
    )
    assert desktop.window.close(), "it is on the disk, sealed: nothing is asked"
    desktop.close()
    desktop = start(protected)
    unlock(desktop, qtbot)
    page: Any = desktop.window.current
    qtbot.waitUntil(lambda: "“New decision” was half filled in" in page.bar.message())
    seen: list[str] = []
    hands.then(
        lambda: asks("New decision") and bool(top().parts.field("text_en").box.toPlainText()),
        lambda: (seen.append(top().parts.field("text_en").box.toPlainText()), top().reject()),
    )
    press(qtbot, page.bar, "Go on with it")
    qtbot.waitUntil(lambda: seen == ["To meet the marzipan makers"])
    assert desktop.window.current is not None
    assert desktop.window.current.name == "decisions"
    desktop.window.close()
    desktop.close()
    desktop = start(protected)
    unlock(desktop, qtbot)
    assert desktop.workspace._half_done is None, "it is offered once, and was given up"


def test_a_dialog_that_nobody_touched_is_only_closed(desktop: App, qtbot: QtBot, hands: Hands) -> None:
    desktop.window.go("actions")
    hands.lock_over("New action point", hands.new, lambda _dialog: None)
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.finder is not None)
    assert QApplication.activeModalWidget() is None


def test_words_that_a_full_disk_refuses_wait_sealed_and_are_asked_about(
    desktop: App, qtbot: QtBot, hands: Hands
) -> None:
    desktop.window.go("actions")
    let_grow(desktop, 1)
    long = "The marzipan was counted once more. " * 4000
    hands.lock_over(
        "New action point",
        hands.new,
        lambda dialog: dialog.parts.field("task_en").box.setPlainText(long),
    )
    assert desktop._unwritten.sealed
    assert "marzipan" not in repr(vars(desktop._unwritten)) + in_reach()
    seen: list[int] = []
    hands.then(
        lambda: asks("New action point") and bool(top().parts.field("task_en").box.toPlainText()),
        lambda: (seen.append(len(top().parts.field("task_en").box.toPlainText())), top().reject()),
    )
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: seen == [len(long)])


def test_a_set_up_goes_on_after_the_workspace_behind_it_was_locked(desktop: App, qtbot: QtBot) -> None:
    desktop.window.commands.run("new-workspace")
    setup = desktop.entrance.setup
    assert setup is not None
    setup.officer, setup.passphrase, setup.step = "Marzipan Haddad", "words for the new one", 1
    before = desktop.window
    desktop.locking.lock()
    qtbot.waitUntil(lambda: desktop.window is not before)
    assert "Marzipan" not in in_reach()
    assert setup.passphrase == ""
    give(desktop, qtbot, WORDS)
    qtbot.waitUntil(lambda: isinstance(desktop.window.stack.currentWidget(), Wizard), timeout=10_000)
    assert desktop.entrance.setup is setup
    assert setup.officer == "Marzipan Haddad"
