"""The hand-over on a protected workspace in the whole program, with a hand on the mouse, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.test_handover import Office
from tests.ui.test_locked_screen import in_reach
from tests.ui.test_locking_at_once import lock
from tests.ui.test_protection import WORDS, unlock
from unnm_desktop import paths
from unnm_desktop.app import App
from unnm_desktop.db import ActionPoint, turning
from unnm_desktop.db.device import Device
from unnm_desktop.services import backup, records
from unnm_desktop.services.handover import conflicts, staging
from unnm_desktop.services.handover.deciding import Pick
from unnm_desktop.settings import Settings
from unnm_desktop.ui.handover import DOORS
from unnm_desktop.ui.handover_side import CHOOSE, COMPARE, DECIDE, DONE

Start = Callable[..., App]
ENGLISH = Settings(officer="Amina Haddad")
ARABIC = Settings(officer="Amina Haddad", language="ar", digits="arab", theme="dark")


@pytest.fixture
def office(bahrain_template: Path, tmp_path: Path) -> Office:
    """Two officers who worked apart, each behind a passphrase."""
    found = Office(bahrain_template, tmp_path)
    found.part()
    for path in (found.mine, found.theirs):
        turning.protect(path, WORDS)
    return found


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.waitUntil(lambda: widget.isVisible() and widget.isEnabled())
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def at_handover(start: Start, qtbot: QtBot, path: Path, known: Settings, answers: Answers) -> tuple[App, Any]:
    """The program with the workspace unlocked and Hand-over shown."""
    desktop = start(path, known)
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.knows("handover"))
    desktop.window.desk.ask = answers  # type: ignore[assignment]
    desktop.window.go("handover")
    return desktop, desktop.window.current


def packed(page: Any, stick: Path, answers: Answers, qtbot: QtBot) -> tuple[Path, str]:
    """A package with six words, through the door."""
    stick.mkdir(exist_ok=True)
    answers.give("folder", stick)
    click(qtbot, page.prepare_door.button)
    click(qtbot, page.prepare.stick.choose)
    click(qtbot, page.prepare.write_button)
    qtbot.waitUntil(page.prepare.done_button.isVisible)
    (made,) = stick.glob("*.unnmx")
    words = page.prepare.words_line.text()
    assert len(words.split()) == 6
    click(qtbot, page.prepare.done_button)
    return made, words


def looked_into(page: Any, made: Path, words: str, answers: Answers, qtbot: QtBot) -> None:
    answers.give("open_file", made)
    click(qtbot, page.receive_door.button)
    click(qtbot, page.receive.choice.choose)
    qtbot.keyClicks(page.receive.choice.words, words)
    click(qtbot, page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == COMPARE)


def leave(desktop: App, path: Path) -> None:
    """Another computer has the next turn."""
    key = desktop._hub.database.id
    desktop.window.close()
    desktop.close()
    Device.forget(key)


def task(desktop: App, key: UUID) -> str:
    return desktop._hub.read(records.get, ActionPoint, key).task_en


@pytest.mark.parametrize("known", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_a_package_goes_from_one_protected_workspace_into_another_and_is_taken_back(
    start: Start, qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path, known: Settings
) -> None:
    desktop, page = at_handover(start, qtbot, office.theirs, known, answers)
    made, words = packed(page, tmp_path / "stick", answers, qtbot)
    for canary in (b"Draft the long note", words.encode(), b"SQLite format 3"):
        assert canary not in made.read_bytes()
    leave(desktop, office.theirs)

    desktop, page = at_handover(start, qtbot, office.mine, known, answers)
    looked_into(page, made, words, answers, qtbot)
    assert len(list(staging.root().iterdir())) == 2, "a copy and its lock: the stick may be pulled"
    made.unlink()
    # The same computer has made it: its signer is known.
    click(qtbot, page.receive.next_button)
    assert page.receive.views.currentIndex() == DECIDE
    assert len(page.receive.decide.cards) == 2
    click(qtbot, page.receive.theirs_for_all)
    click(qtbot, page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    assert task(desktop, office.tasks[0]) == "Draft the long note"
    assert task(desktop, office.tasks[2]) == "Book the large room"
    assert desktop._hub.read(conflicts.open_conflicts) == []
    assert list(staging.root().iterdir()) == []
    folder = backup.folder_for(desktop._hub.database.id)
    assert not any(paths.is_plain(one.path) for one in backup.listed(folder))
    click(qtbot, page.receive.done.undo)
    qtbot.waitUntil(lambda: task(desktop, office.tasks[0]) == "Draft the short note")
    assert task(desktop, office.tasks[1]) == "Ask both Ministries"
    assert desktop._hub.database.check() == []


@pytest.mark.parametrize("known", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_the_office_is_handed_over_from_behind_a_passphrase_and_locking_keeps_it_so(
    start: Start, qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path, known: Settings
) -> None:
    desktop, page = at_handover(start, qtbot, office.mine, known, answers)
    stick = tmp_path / "stick"
    stick.mkdir()
    answers.give("folder", stick)
    click(qtbot, page.prepare_door.button)
    box = page.prepare.office.box
    qtbot.waitUntil(box.isVisible)
    qtbot.mouseClick(
        box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 12 if known is ARABIC else 12, box.height() // 2)
    )
    qtbot.keyClicks(page.prepare.office.to, "Luis Pereira")
    click(qtbot, page.prepare.stick.choose)
    click(qtbot, page.prepare.write_button)
    qtbot.waitUntil(page.prepare.done_button.isVisible)
    lock(desktop, qtbot)
    unlock(desktop, qtbot)
    assert desktop._hub.read_only
    qtbot.waitUntil(lambda: "Luis Pereira" in desktop.window.notice.message())
    assert office.mine.with_name(f"{office.mine.name}-keys").exists()


def test_no_copy_of_a_package_stays_when_the_window_goes_while_it_is_looked_at(
    start: Start, qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    desktop, page = at_handover(start, qtbot, office.theirs, ENGLISH, answers)
    made, words = packed(page, tmp_path / "stick", answers, qtbot)
    leave(desktop, office.theirs)
    desktop, page = at_handover(start, qtbot, office.mine, ENGLISH, answers)
    for go in ("lock", "close"):
        looked_into(page, made, words, answers, qtbot)
        assert list(staging.root().iterdir())
        if go == "close":
            desktop.window.close()
        else:
            desktop.window.commands.run("lock")
        assert list(staging.root().iterdir()) == []
        if go == "lock":
            unlock(desktop, qtbot)
            desktop.window.desk.ask = answers  # type: ignore[assignment]
            page = desktop.window.current
            qtbot.waitUntil(lambda page=page: page.receive.views.currentIndex() == COMPARE, timeout=30_000)
            click(qtbot, page.receive.back_button)
            assert page.receive.views.currentIndex() == CHOOSE
            click(qtbot, page.receive.back_button)
            assert page.views.currentIndex() == DOORS


def test_what_was_decided_of_a_package_is_there_again_after_a_lock(
    start: Start, qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    desktop, page = at_handover(start, qtbot, office.theirs, ENGLISH, answers)
    made, words = packed(page, tmp_path / "stick", answers, qtbot)
    leave(desktop, office.theirs)
    desktop, page = at_handover(start, qtbot, office.mine, ENGLISH, answers)
    looked_into(page, made, words, answers, qtbot)
    click(qtbot, page.receive.next_button)
    click(qtbot, page.receive.decide.cards[0].cards[Pick.THEIRS])
    aside = made.rename(tmp_path / "pulled.unnmx")
    before = desktop.window
    before.commands.run("lock")
    qtbot.waitUntil(lambda: desktop.window is not before)
    assert list(staging.root().iterdir()) == []
    assert words not in repr(vars(desktop._unwritten))
    unlock(desktop, qtbot)
    page = desktop.window.current
    qtbot.waitUntil(lambda: bool(page.bar.message()))
    assert page.receive.views.currentIndex() == CHOOSE, "the stick was pulled meanwhile"
    aside.rename(made)
    click(qtbot, page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DECIDE, timeout=30_000)
    assert [one.pick for one in page.receive.decide.answers()] == [Pick.THEIRS]
    click(qtbot, page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE, timeout=30_000)
    assert len(desktop._hub.read(conflicts.open_conflicts)) == 1


@pytest.mark.parametrize("known", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_the_words_of_a_package_are_shown_until_they_are_written_down(
    start: Start, qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path, known: Settings
) -> None:
    desktop, page = at_handover(start, qtbot, office.mine, known, answers)
    stick = tmp_path / "stick"
    stick.mkdir()
    answers.give("folder", stick)
    click(qtbot, page.prepare_door.button)
    click(qtbot, page.prepare.stick.choose)
    click(qtbot, page.prepare.write_button)
    qtbot.waitUntil(page.prepare.done_button.isVisible, timeout=30_000)
    words = page.prepare.words_line.text()
    desktop.window.go("members")
    lock(desktop, qtbot)
    assert words not in in_reach() + repr(vars(desktop._unwritten))
    assert not [one for one in tmp_path.rglob("*") if one.is_file() and words.encode() in one.read_bytes()]
    unlock(desktop, qtbot)
    desktop.window.desk.ask = answers  # type: ignore[assignment]
    desktop.window.go("handover")
    page = desktop.window.current
    assert page.prepare.words_line.text() == words
    assert (".unnmx" in page.prepare.written_line.text()) is True
    answers.give("sure", False)
    assert not desktop.window.close(), "they are asked about"
    desktop.window.desk.wishes.settings_wanted.emit(replace(known, text_size=120))
    before = desktop.window
    qtbot.waitUntil(lambda: desktop.window is not before and desktop.window.current is not None)
    page = desktop.window.current
    assert page.prepare.words_line.text() == words
    page.commands()[1].run()
    assert page.prepare.words_line.text() == words, "nor does the command take them away"
    click(qtbot, page.prepare.done_button)
    assert page.views.currentIndex() == DOORS
    desktop.window.close()
    assert len(answers.asked) == 2, "the folder, and once about the words"


def test_another_look_keeps_the_package_and_what_was_decided(
    start: Start, qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    desktop, page = at_handover(start, qtbot, office.theirs, ENGLISH, answers)
    made, words = packed(page, tmp_path / "stick", answers, qtbot)
    leave(desktop, office.theirs)
    desktop, page = at_handover(start, qtbot, office.mine, ENGLISH, answers)
    looked_into(page, made, words, answers, qtbot)
    made.unlink()
    click(qtbot, page.receive.next_button)
    click(qtbot, page.receive.decide.cards[0].cards[Pick.THEIRS])
    for known in (replace(ENGLISH, theme="dark"), ARABIC):
        before = desktop.window
        before.desk.wishes.settings_wanted.emit(known)
        qtbot.waitUntil(lambda before=before: desktop.window is not before and desktop.window.current is not None)
        page = desktop.window.current
        assert page.receive.views.currentIndex() == DECIDE
        assert [one.pick for one in page.receive.decide.answers()] == [Pick.THEIRS]
    click(qtbot, page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    assert len(desktop._hub.read(conflicts.open_conflicts)) == 1
    assert list(staging.root().iterdir()) == []
