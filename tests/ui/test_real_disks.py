"""Disks that are really full, pulled out, locked: what is typed stays, and is kept once that is possible."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.media import Disk, small_disk
from tests.ui.conftest import Answers
from tests.ui.hands import press
from tests.ui.walking import settle
from unnm_desktop.app import App
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.minutes import MinutesEntry
from unnm_desktop.db.networks import Network
from unnm_desktop.services import drafts, meetings, records
from unnm_desktop.ui import setup_pages

Start = Callable[..., App]
LONG = "The members took note of the figures and thanked the secretariat. " * 3000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", 12) as made:
        yield made


@pytest.fixture
def workspace(bahrain_template: Path, disk: Disk) -> Path:
    return with_a_meeting(bahrain_template, disk.place / "UNNM Bahrain.unnm")


def with_a_meeting(template: Path, path: Path) -> Path:
    path.write_bytes(template.read_bytes())
    with Database(path, "Test Officer") as database, database.write("Plan") as session:
        network = records.all_of(session, Network)[0]
        meetings.plan_next(session, network.id, TODAY, day=TODAY)
    return path


def minutes_of(desktop: App, qtbot: QtBot) -> Any:
    """The tab with the minutes, the keyboard in its editor."""
    window = desktop.window
    (meeting,) = window.desk.hub.read(records.all_of, Meeting)
    window.go("meeting", meeting.id, {"tab": "minutes"})
    page: Any = window.current
    qtbot.waitUntil(page.minutes.editor.isVisible)
    page.minutes.editor.setFocus()
    return page.minutes


def words(desktop: App) -> str:
    return "\n".join(one.text() for one in desktop.window.findChildren(QLabel) if one.isVisible())


def give_room_back(desktop: App) -> None:
    """Leave no room in the log beside the workspace: what fits there needs nothing of the disk."""
    desktop._hub.database.fold()


def kept(desktop: App) -> list[str]:
    return [one.text_en for one in desktop.window.desk.hub.read(records.all_of, MinutesEntry) if one.text_en]


def test_a_disk_that_is_really_full_keeps_the_minutes_in_the_editor(
    start: Start, qtbot: QtBot, workspace: Path, disk: Disk
) -> None:
    desktop = start(workspace)
    tab = minutes_of(desktop, qtbot)
    qtbot.keyClicks(tab.editor, "Before. ")
    assert tab.keeping.commit()
    give_room_back(desktop)
    disk.fill()
    tab.editor.insertPlainText(LONG)
    qtbot.keyClicks(tab.editor, "After.")
    tab.outline.setFocus()
    qtbot.keyClick(tab.outline, Qt.Key.Key_Down)
    settle()
    assert "There is no room left on the disk" in words(desktop)
    assert "What you typed stays here" in words(desktop)
    assert tab.editor.text().endswith("After.")
    assert [text.strip() for text in kept(desktop)] == ["Before."]
    disk.make_room()
    qtbot.keyClick(tab.outline, Qt.Key.Key_Down)
    settle()
    (text,) = kept(desktop)
    assert text == f"Before. {LONG}After."
    assert desktop.window.desk.hub.read(drafts.waiting) == []
    assert desktop.window.desk.hub.database.check() == []


def test_a_disk_pulled_out_while_typing_is_told_and_a_copy_keeps_what_was_open(
    start: Start, qtbot: QtBot, workspace: Path, disk: Disk, tmp_path: Path, answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(setup_pages, "documents", lambda: tmp_path)
    desktop = start(workspace)
    tab = minutes_of(desktop, qtbot)
    qtbot.keyClicks(tab.editor, "Before.")
    assert tab.keeping.commit()
    disk.pull_out()
    qtbot.keyClicks(tab.editor, " After.")
    tab.outline.setFocus()
    qtbot.keyClick(tab.outline, Qt.Key.Key_Down)
    settle()
    assert "is no longer where it was opened" in desktop.window.notice.message()
    assert tab.editor.text() == "Before. After."
    desktop.window.desk.ask = answers  # type: ignore[assignment]
    answers.give("save_file", tmp_path / "saved.unnm")
    answers.give("sure", True)
    first = desktop.window
    press(qtbot, first.notice, "Keep a copy…")
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop.window.desk.hub.database.path == tmp_path / "saved.unnm"
    assert kept(desktop) == ["Before. After."]
    assert desktop.window.desk.hub.database.check() == []


def test_a_file_locked_against_writing_while_it_is_open_is_told_and_written_once_it_can_be(
    start: Start, qtbot: QtBot, bahrain_template: Path, tmp_path: Path
) -> None:
    workspace = with_a_meeting(bahrain_template, tmp_path / "UNNM Bahrain.unnm")
    desktop = start(workspace)
    tab = minutes_of(desktop, qtbot)
    qtbot.keyClicks(tab.editor, "Before.")
    assert tab.keeping.commit()
    files = [one for one in tmp_path.glob("UNNM Bahrain.unnm*") if one.is_file()]
    locked = subprocess.run(["chattr", "+i", *files], capture_output=True, check=False)
    if locked.returncode:
        pytest.skip(f"NOT TESTED: no file can be locked here ({locked.stderr.decode().strip()})")
    try:
        qtbot.keyClicks(tab.editor, " After.")
        tab.outline.setFocus()
        qtbot.keyClick(tab.outline, Qt.Key.Key_Down)
        settle()
        assert tab.editor.text() == "Before. After."
        assert "What you typed stays here" in words(desktop)
    finally:
        subprocess.run(["chattr", "-i", *files], check=True)
    qtbot.keyClick(tab.outline, Qt.Key.Key_Down)
    settle()
    assert kept(desktop) == ["Before. After."]
    assert desktop.window.desk.hub.database.check() == []
