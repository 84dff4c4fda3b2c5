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
from tests.ui.locked import WORDS, in_reach, lock, unlock
from tests.ui.test_handover import Office
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


class Hand:
    """A hand on the mouse, at one computer after the other; ``desktop`` and ``page`` are those it is at."""

    desktop: App
    page: Any

    def __init__(self, start: Start, qtbot: QtBot, answers: Answers, office: Office, stick: Path) -> None:
        self._start, self._qtbot, self._answers, self._office, self._stick = start, qtbot, answers, office, stick

    def click(self, widget: QWidget) -> None:
        self._qtbot.waitUntil(lambda: widget.isVisible() and widget.isEnabled())
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def sit(self, path: Path, known: Settings = ENGLISH) -> None:
        """At the program with the workspace unlocked and Hand-over shown."""
        self.desktop = self._start(path, known)
        unlock(self.desktop, self._qtbot)
        self._qtbot.waitUntil(lambda: self.desktop.window.knows("handover"))
        self.take_over()
        self.desktop.window.go("handover")
        self.page = self.desktop.window.current

    def take_over(self) -> None:
        """A window that was built anew asks as the one before it."""
        self.desktop.window.desk.ask = self._answers  # type: ignore[assignment]
        self.page = self.desktop.window.current

    def leave(self) -> None:
        """Another computer has the next turn."""
        key = self.desktop._hub.database.id
        self.desktop.window.close()
        self.desktop.close()
        Device.forget(key)

    def write(self) -> str:
        """A package onto the stick, through what is open; its six words."""
        self._stick.mkdir(exist_ok=True)
        self._answers.give("folder", self._stick)
        self.click(self.page.prepare.stick.choose)
        self.click(self.page.prepare.write_button)
        self._qtbot.waitUntil(self.page.prepare.done_button.isVisible)
        return str(self.page.prepare.words_line.text())

    def from_colleague(self, known: Settings = ENGLISH) -> tuple[Path, str]:
        """The colleague has packed and left, and this officer sits at the page: the package and its words."""
        self.sit(self._office.theirs, known)
        self.click(self.page.prepare_door.button)
        words = self.write()
        assert len(words.split()) == 6
        self.click(self.page.prepare.done_button)
        (made,) = self._stick.glob("*.unnmx")
        self.leave()
        self.sit(self._office.mine, known)
        return made, words

    def look_into(self, made: Path, words: str) -> None:
        self._answers.give("open_file", made)
        self.click(self.page.receive_door.button)
        self.click(self.page.receive.choice.choose)
        self._qtbot.keyClicks(self.page.receive.choice.words, words)
        self.click(self.page.receive.next_button)
        self._qtbot.waitUntil(lambda: self.page.receive.views.currentIndex() == COMPARE)


@pytest.fixture
def hand(start: Start, qtbot: QtBot, answers: Answers, office: Office, tmp_path: Path) -> Hand:
    return Hand(start, qtbot, answers, office, tmp_path / "stick")


def task(desktop: App, key: UUID) -> str:
    return desktop._hub.read(records.get, ActionPoint, key).task_en


@pytest.mark.parametrize("known", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_a_package_goes_from_one_protected_workspace_into_another_and_is_taken_back(
    hand: Hand, qtbot: QtBot, office: Office, known: Settings
) -> None:
    made, words = hand.from_colleague(known)
    for canary in (b"Draft the long note", words.encode(), b"SQLite format 3"):
        assert canary not in made.read_bytes()
    hand.look_into(made, words)
    desktop, page = hand.desktop, hand.page
    assert len(list(staging.root().iterdir())) == 2, "a copy and its lock: the stick may be pulled"
    made.unlink()
    # The same computer has made it: its signer is known.
    hand.click(page.receive.next_button)
    assert page.receive.views.currentIndex() == DECIDE
    assert len(page.receive.decide.cards) == 2
    hand.click(page.receive.theirs_for_all)
    hand.click(page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    assert task(desktop, office.tasks[0]) == "Draft the long note"
    assert task(desktop, office.tasks[2]) == "Book the large room"
    assert desktop._hub.read(conflicts.open_conflicts) == []
    assert list(staging.root().iterdir()) == []
    folder = backup.folder_for(desktop._hub.database.id)
    assert not any(paths.is_plain(one.path) for one in backup.listed(folder))
    hand.click(page.receive.done.undo)
    qtbot.waitUntil(lambda: task(desktop, office.tasks[0]) == "Draft the short note")
    assert task(desktop, office.tasks[1]) == "Ask both Ministries"
    assert desktop._hub.database.check() == []


@pytest.mark.parametrize("known", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_the_office_is_handed_over_from_behind_a_passphrase_and_locking_keeps_it_so(
    hand: Hand, qtbot: QtBot, office: Office, known: Settings
) -> None:
    hand.sit(office.mine, known)
    desktop, page = hand.desktop, hand.page
    hand.click(page.prepare_door.button)
    box = page.prepare.office.box
    qtbot.waitUntil(box.isVisible)
    qtbot.mouseClick(
        box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 12 if known is ARABIC else 12, box.height() // 2)
    )
    qtbot.keyClicks(page.prepare.office.to, "Luis Pereira")
    hand.write()
    lock(desktop, qtbot)
    unlock(desktop, qtbot)
    assert desktop._hub.read_only
    qtbot.waitUntil(lambda: "Luis Pereira" in desktop.window.notice.message())
    assert office.mine.with_name(f"{office.mine.name}-keys").exists()


def test_no_copy_of_a_package_stays_when_the_window_goes_while_it_is_looked_at(hand: Hand, qtbot: QtBot) -> None:
    made, words = hand.from_colleague()
    desktop = hand.desktop
    for go in ("lock", "close"):
        hand.look_into(made, words)
        assert list(staging.root().iterdir())
        if go == "close":
            desktop.window.close()
        else:
            desktop.window.commands.run("lock")
        assert list(staging.root().iterdir()) == []
        if go == "lock":
            unlock(desktop, qtbot)
            hand.take_over()
            page = hand.page
            qtbot.waitUntil(lambda page=page: page.receive.views.currentIndex() == COMPARE, timeout=30_000)
            hand.click(page.receive.back_button)
            assert page.receive.views.currentIndex() == CHOOSE
            hand.click(page.receive.back_button)
            assert page.views.currentIndex() == DOORS


def test_what_was_decided_of_a_package_is_there_again_after_a_lock(
    hand: Hand, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    made, words = hand.from_colleague()
    hand.look_into(made, words)
    desktop, page = hand.desktop, hand.page
    hand.click(page.receive.next_button)
    hand.click(page.receive.decide.cards[0].cards[Pick.THEIRS])
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
    hand.click(page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DECIDE, timeout=30_000)
    assert [one.pick for one in page.receive.decide.answers()] == [Pick.THEIRS]
    hand.click(page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE, timeout=30_000)
    assert len(desktop._hub.read(conflicts.open_conflicts)) == 1


@pytest.mark.parametrize("known", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_the_words_of_a_package_are_shown_until_they_are_written_down(
    hand: Hand, qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path, known: Settings
) -> None:
    hand.sit(office.mine, known)
    desktop = hand.desktop
    hand.click(hand.page.prepare_door.button)
    words = hand.write()
    desktop.window.go("members")
    lock(desktop, qtbot)
    assert words not in in_reach() + repr(vars(desktop._unwritten))
    assert not [one for one in tmp_path.rglob("*") if one.is_file() and words.encode() in one.read_bytes()]
    unlock(desktop, qtbot)
    hand.take_over()
    desktop.window.go("handover")
    page: Any = desktop.window.current
    assert page.prepare.words_line.text() == words
    assert ".unnmx" in page.prepare.written_line.text()
    answers.give("sure", False)
    assert not desktop.window.close(), "they are asked about"
    desktop.window.desk.wishes.settings_wanted.emit(replace(known, text_size=120))
    before = desktop.window
    qtbot.waitUntil(lambda: desktop.window is not before and desktop.window.current is not None)
    page = desktop.window.current
    assert page.prepare.words_line.text() == words
    page.commands()[1].run()
    assert page.prepare.words_line.text() == words, "nor does the command take them away"
    hand.click(page.prepare.done_button)
    assert page.views.currentIndex() == DOORS
    desktop.window.close()
    assert len(answers.asked) == 2, "the folder, and once about the words"


def test_another_look_keeps_the_package_and_what_was_decided(hand: Hand, qtbot: QtBot, answers: Answers) -> None:
    made, words = hand.from_colleague()
    hand.look_into(made, words)
    desktop, page = hand.desktop, hand.page
    made.unlink()
    hand.click(page.receive.next_button)
    hand.click(page.receive.decide.cards[0].cards[Pick.THEIRS])
    for known in (replace(ENGLISH, theme="dark"), ARABIC):
        before = desktop.window
        before.desk.wishes.settings_wanted.emit(known)
        qtbot.waitUntil(lambda before=before: desktop.window is not before and desktop.window.current is not None)
        page = desktop.window.current
        assert page.receive.views.currentIndex() == DECIDE
        assert [one.pick for one in page.receive.decide.answers()] == [Pick.THEIRS]
    hand.click(page.receive.next_button)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    assert len(desktop._hub.read(conflicts.open_conflicts)) == 1
    assert list(staging.root().iterdir()) == []
