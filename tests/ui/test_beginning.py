"""A successor begins at the window with a colleague's package: to the end, and where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui.hands import press
from tests.ui.test_entrance import drop
from tests.ui.test_restoring import answer
from unnm_desktop import settings
from unnm_desktop.app import App
from unnm_desktop.db import Meeting, Network
from unnm_desktop.db.engine import Database
from unnm_desktop.progress import Progress
from unnm_desktop.services import records
from unnm_desktop.services.handover import content, keys, package, receiving, staging
from unnm_desktop.settings import Settings
from unnm_desktop.ui.beginning import CHOOSE, LOOK, Begin

Start = Callable[..., App]
WORDS = "river stone lamp cedar window north"
PAPER = b"a paper that belongs to the records"


class Sent:
    """A package that a colleague made on another computer, and what it holds."""

    def __init__(self, path: Path, workspace: Any, meetings: int, signing: str) -> None:
        self.path, self.workspace, self.meetings, self.signing = path, workspace, meetings, signing


@pytest.fixture
def sent(year_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Made in the colleague's home; the test goes on in another."""
    monkeypatch.setenv("UNNM_HOME", str(tmp_path / "colleague"))
    office, stick = tmp_path / "office.unnm", tmp_path / "stick"
    office.write_bytes(year_template.read_bytes())
    stick.mkdir()
    with Database(office, "Luis Pereira") as database:
        database.blobs.put(PAPER)
        with database.read() as session:
            networks = records.all_of(session, Network)
            held = content.contents(database, session, networks, papers={})
            made = package.pack(held, stick, passphrase=WORDS, now=datetime.now(UTC))
            meetings = len(records.all_of(session, Meeting))
    found = Sent(made.path, database.id, meetings, keys.words(keys.public_key()))
    monkeypatch.setenv("UNNM_HOME", str(tmp_path / "home"))
    return found


def begin_page(desktop: App) -> Begin:
    shown = desktop.window.stack.currentWidget()
    assert isinstance(shown, Begin)
    return shown


def click(qtbot: QtBot, widget: Any) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def looked_into(desktop: App, qtbot: QtBot) -> Begin:
    """As far as what it holds, with the words compared."""
    page = begin_page(desktop)
    qtbot.keyClicks(page.choice.words, WORDS)
    click(qtbot, page.next_button)
    qtbot.waitUntil(lambda: page.views.currentIndex() == LOOK)
    assert not page.next_button.isEnabled(), "the words are not compared yet"
    assert page.lack.text() == "Compare the words, then tick that they are the same."
    page.held.same_words.click()
    assert (page.next_button.isEnabled(), page.lack.text()) == (True, "")
    return page


def test_a_successor_begins_with_the_stick_and_works_on_at_today(
    start: Start, qtbot: QtBot, sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = start(None, Settings())
    target = tmp_path / "ملفاتي" / "Bahrain.unnm"
    target.parent.mkdir()
    answer(desktop, monkeypatch, open_file=sent.path, save_file=target)
    press(qtbot, desktop.window, "Begin from a colleague's package…")
    page = begin_page(desktop)
    assert page.lack.text() == "Choose the package first."
    click(qtbot, page.choice.choose)
    page = looked_into(desktop, qtbot)
    sent.path.unlink()  # the stick is pulled out: what is needed is on this computer
    assert "Luis Pereira" in page.held.told.text()
    assert "BHR" in page.held.told.text()
    assert f"{sent.meetings} meetings" in page.held.counted
    assert sent.signing in page.held.six.text()
    click(qtbot, page.place.other)
    click(qtbot, page.next_button)
    assert "The history needs a name." in page.bar.message()
    qtbot.keyClicks(page.place.officer, "Amina Haddad")
    click(qtbot, page.next_button)
    qtbot.waitUntil(lambda: desktop._hub.is_open and desktop.window.current is not None)
    current: Any = desktop.window.current
    assert current.name == "today"
    shown = "\n".join(one.text() for one in desktop.window.findChildren(QLabel) if one.isVisible())
    assert "Everything of the package is in it." in shown
    database = desktop._hub.database
    assert (database.path, database.id, database.officer) == (target, sent.workspace, "Amina Haddad")
    assert len(desktop._hub.read(records.all_of, Meeting)) == sent.meetings
    assert settings.load().officer == "Amina Haddad"
    assert not desktop._hub.read_only
    assert list(staging.root().iterdir()) == []


def test_wrong_words_are_told_and_the_right_ones_go_on(start: Start, qtbot: QtBot, sent: Sent, tmp_path: Path) -> None:
    desktop = start(None)
    assert drop(desktop.window, sent.path)
    page = begin_page(desktop)
    qtbot.keyClicks(page.choice.words, "six words that nobody ever told")
    click(qtbot, page.next_button)
    qtbot.waitUntil(lambda: "These words do not open" in page.bar.message())
    assert page.views.currentIndex() == CHOOSE
    assert list(staging.root().iterdir()) == []
    # They are marked: typing writes over them.
    page = looked_into(desktop, qtbot)
    assert page.bar.message() == ""
    click(qtbot, page.leave_button)
    assert list(staging.root().iterdir()) == []
    assert not desktop._hub.is_open


def test_who_cancels_leaves_nothing_behind(
    start: Start, qtbot: QtBot, sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way, go_on = Event(), Event()
    whole = receiving.take_in

    def slow(*args: Any, progress: Progress, **more: Any) -> receiving.Taken:
        under_way.set()
        go_on.wait(patience.SECONDS)
        return whole(*args, progress=progress, **more)

    monkeypatch.setattr(receiving, "take_in", slow)
    desktop = start(None)
    folder = tmp_path / "mine"
    folder.mkdir()
    answer(desktop, monkeypatch, save_file=folder / "office.unnm")
    drop(desktop.window, sent.path)
    page = looked_into(desktop, qtbot)
    click(qtbot, page.place.other)
    click(qtbot, page.next_button)
    qtbot.waitUntil(under_way.is_set)
    qtbot.waitUntil(desktop.window.jobs_line.cancel.isVisible)
    click(qtbot, desktop.window.jobs_line.cancel)
    go_on.set()
    qtbot.waitUntil(lambda: "Nothing was changed." in page.bar.message())
    assert list(folder.iterdir()) == []
    assert page.next_button.isEnabled(), "it can be tried again"


def test_a_successor_can_begin_behind_a_passphrase_and_tells_the_code_of_the_office(
    start: Start, qtbot: QtBot, sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = start(None, Settings(officer="Amina Haddad"))
    target = tmp_path / "Bahrain.unnm"
    answer(desktop, monkeypatch, open_file=sent.path, save_file=target)
    press(qtbot, desktop.window, "Begin from a colleague's package…")
    page = begin_page(desktop)
    press(qtbot, page, "Show my office's code")
    assert "age1" in page.choice.code.told.text()
    click(qtbot, page.choice.choose)
    page = looked_into(desktop, qtbot)
    click(qtbot, page.place.other)
    page.protection.guarded.click()
    click(qtbot, page.next_button)
    assert page.bar.message(), "no passphrase is chosen yet"
    for field in (page.protection.choice.first, page.protection.choice.second):
        qtbot.keyClicks(field, WORDS)
    click(qtbot, page.next_button)
    qtbot.waitUntil(lambda: desktop._hub.is_open and desktop.window.current is not None)
    assert desktop._hub.protected
    assert not target.read_bytes().startswith(b"SQLite format 3")
    assert len(desktop._hub.read(records.all_of, Meeting)) == sent.meetings
