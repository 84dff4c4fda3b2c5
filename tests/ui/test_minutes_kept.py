"""Nothing typed in the minutes is lost: a killed program, a full disk, a closed window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import press, row_point
from tests.ui.meeting_pages import meeting_page
from unnm_desktop.db.engine import Database
from unnm_desktop.errors import UserError
from unnm_desktop.services import drafts, minutes
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.inline_bar import InlineBar
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.meeting import MeetingPage
from unnm_desktop.ui.status_bar import StatusBar
from unnm_desktop.ui.unkept import offer_unkept


def type_words(editor: QWidget, words: str) -> None:
    """Type letters that are on no Latin keyboard."""
    for sign in words:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(editor, event)


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[MeetingPage]:
    """The minutes of a meeting, nothing written."""
    with meeting_page(desk, bahrain, qtbot, "minutes") as shown:
        yield shown


def kept(page: MeetingPage, field: str = "text_en") -> list[str]:
    """The texts that are kept, in the order of their items."""
    version = page.hub.read(minutes.current_minutes, page.current())  # type: ignore[arg-type]
    found = page.hub.read(minutes.entries, version.id) if version is not None else {}
    return [getattr(one, field) for one in found.values() if getattr(one, field)]


def test_a_killed_program_offers_what_was_being_typed(
    make_desk: Callable[..., Desk], bahrain: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    first = make_desk()
    network_id = secretariat.open_in(first, bahrain)
    meeting = secretariat.plan(first)
    bahrain.close()
    home = tmp_path / "home"
    command = [sys.executable, "-m", "tests.ui.typist", str(bahrain.path), str(meeting.id), "The members met"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "UNNM_HOME": str(home)}
    ) as typist:
        assert typist.stdout is not None
        assert typist.stdout.readline() == "on disk\n"
        typist.send_signal(signal.SIGKILL)
        typist.wait()
    with Database(bahrain.path, "Test Officer") as again:
        desk = make_desk()
        assert secretariat.open_in(desk, again) == network_id
        went: list[Any] = []
        desk.wishes.went.connect(lambda name, key, options: went.append((name, key, options)))
        bar = InlineBar(desk)
        qtbot.addWidget(bar)
        offer_unkept(desk, bar)
        bar.show()
        assert "1st regular meeting" in bar.message()
        press(qtbot, bar, "Show it")
        page = MeetingPage(desk)
        qtbot.addWidget(page)
        page.show()
        page.open_record(went[0][1], went[0][2])
        assert page.minutes.waiting.words.toPlainText() == "The members met"
        press(qtbot, page.minutes.waiting, "Restore")
        assert kept(page) == ["The members met"]
        assert page.hub.read(drafts.waiting) == []
        page.close()


def test_a_draft_given_up_is_gone(page: MeetingPage, bahrain: Database, qtbot: QtBot) -> None:
    version = page.hub.step("Begin", minutes.open_minutes, page.current())
    assert page.minutes.item_id is not None
    entry = page.hub.step("Write", minutes.write_entry, version.id, page.minutes.item_id, text_en="Old")
    drafts.keep(bahrain, "minutes_entry", entry.id, "text_en", "Old new")
    page.minutes.show_meeting(version.meeting_id)
    press(qtbot, page.minutes.waiting, "Discard")
    assert page.minutes.waiting.isHidden()
    assert page.hub.read(drafts.waiting) == []
    assert page.minutes.editor.text() == "Old"


@pytest.fixture
def full_disk(bahrain: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """Let every write fail as on a full disk; calling it makes room."""

    def refuse(*_: Any, **__: Any) -> AbstractContextManager[Any]:
        raise UserError("There is no room left on the disk of {file}.", file="x")

    monkeypatch.setattr(bahrain, "write", refuse)
    monkeypatch.setattr(bahrain, "unjournalled", refuse)
    return monkeypatch.undo


def test_on_a_full_disk_the_words_stay_in_the_editor(
    page: MeetingPage, full_disk: Callable[[], object], qtbot: QtBot
) -> None:
    tab = page.minutes
    qtbot.keyClicks(tab.editor, "Words")
    first, second = (item.id for item in tab.sheet.items[:2])  # type: ignore[union-attr]
    tab.outline.setFocus()
    qtbot.keyClick(tab.outline, Qt.Key.Key_Down)
    assert (tab.item_id, tab.outline.current_id(), tab.editor.text()) == (first, first, "Words")
    press(qtbot, tab.languages, "العربية")
    assert (tab.field, tab.editor.text()) == ("text_en", "Words")
    assert "What you typed stays here" in page.bar.message()
    assert tab.keeping.line.text() == "Not saved"
    full_disk()
    qtbot.keyClick(tab.outline, Qt.Key.Key_Down)
    assert tab.item_id == second
    assert kept(page) == ["Words"]
    assert page.bar.message() == ""


def test_on_a_full_disk_a_click_on_another_item_leaves_the_mark_on_the_one_that_is_shown(
    page: MeetingPage, full_disk: Callable[[], object], qtbot: QtBot
) -> None:
    tab = page.minutes
    qtbot.keyClicks(tab.editor, "Words")
    first, second = (item.id for item in tab.sheet.items[:2])  # type: ignore[union-attr]
    place = row_point(tab.outline, second)
    qtbot.mouseClick(tab.outline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: tab.outline.selected_ids() == [first])
    assert tab.item_id == first
    full_disk()
    qtbot.mouseClick(tab.outline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (tab.item_id, tab.outline.selected_ids()) == (second, [second])


def test_a_draft_that_waits_for_room_is_told_by_the_window_and_becomes_a_change(
    page: MeetingPage, full_disk: Callable[[], object], qtbot: QtBot
) -> None:
    tab = page.minutes
    status = StatusBar(page.desk)
    qtbot.addWidget(status)
    tab.keeping._draft_soon.setInterval(10)
    qtbot.keyClicks(tab.editor, "Words")
    qtbot.waitUntil(lambda: tab.keeping.line.text() == "Not saved")
    assert status.saved.text() == "The last change was not saved"
    # Sent away, it does not come back while typing goes on.
    page.bar.clear()
    tab.keeping.keep_draft()
    assert page.bar.message() == ""
    full_disk()
    tab.keeping._change_soon.setInterval(10)
    qtbot.waitUntil(lambda: kept(page) == ["Words"])
    assert status.saved.text().startswith("All changes saved")


def test_a_window_with_words_that_could_not_be_kept_stays_open(
    desk: Desk, bahrain: Database, answers: Answers, full_disk: Callable[[], object], qtbot: QtBot
) -> None:
    full_disk()
    secretariat.open_in(desk, bahrain)
    made = secretariat.plan(desk)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.take_pages([MeetingPage])
    window.show_workspace(desk.networks, desk.network)
    window.show()
    window.go("meeting", made.id, {"tab": "minutes"})
    page = window.current
    assert isinstance(page, MeetingPage)
    window.activateWindow()
    page.minutes.editor.setFocus()
    qtbot.waitUntil(page.minutes.editor.hasFocus)
    qtbot.keyClicks(page.minutes.editor, "Words")
    refused = pytest.MonkeyPatch()
    refused.setattr(page.hub, "step", _refuse)
    answers.give("sure", False)
    assert not window.close()
    assert page.minutes.editor.text() == "Words"
    # The next key goes where the one before went.
    assert page.minutes.editor.hasFocus()
    refused.undo()
    assert window.close()
    assert kept(page) == ["Words"]


def _refuse(*_: Any, **__: Any) -> Any:
    raise UserError("There is no room left on the disk of {file}.", file="x")


def test_both_languages_of_an_entry_are_kept_on_switching(page: MeetingPage, qtbot: QtBot) -> None:
    tab = page.minutes
    qtbot.keyClicks(tab.editor, "English")
    press(qtbot, tab.languages, "العربية")
    type_words(tab.editor, "عربي")
    press(qtbot, tab.languages, "English")
    assert tab.editor.text() == "English"
    assert (kept(page), kept(page, "text_ar")) == (["English"], ["عربي"])
    assert tab.keeping.line.text().startswith("Last saved") or tab.keeping.line.text() == ""
