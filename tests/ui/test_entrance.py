"""Every way into a workspace: recent files, files dropped, the sample, and what is said when one cannot be opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests import patience
from unnm_desktop import settings
from unnm_desktop.app import App
from unnm_desktop.db.engine import Database
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.progress import Progress
from unnm_desktop.services import sample
from unnm_desktop.settings import Settings
from unnm_desktop.ui.welcome import Welcome

Start = Callable[..., App]
OFFICER = Settings(officer="Amina Haddad")


@pytest.fixture
def workspace(bahrain_template: Path, tmp_path: Path) -> Path:
    """A workspace under a path with Arabic letters and spaces."""
    folder = tmp_path / "ملفات الشبكة"
    folder.mkdir()
    path = folder / "شبكة البحرين 2026.unnm"
    path.write_bytes(bahrain_template.read_bytes())
    return path


def welcome(desktop: App) -> Welcome:
    shown = desktop.window.stack.currentWidget()
    assert isinstance(shown, Welcome)
    return shown


def words(desktop: App) -> str:
    return "\n".join(one.text() for one in desktop.window.findChildren(QLabel) if one.isVisible())


def opened(desktop: App, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desktop._hub.is_open and desktop.window.current is not None)


def test_a_path_with_arabic_letters_opens(start: Start, workspace: Path) -> None:
    desktop = start(workspace)
    assert desktop._hub.is_open
    assert settings.load().recent == (str(workspace.resolve()),)


def test_the_recent_list_opens_and_forgets_and_marks_what_is_gone(
    start: Start, qtbot: QtBot, workspace: Path, tmp_path: Path
) -> None:
    gone = str(tmp_path / "stick" / "UNNM Kuwait.unnm")
    desktop = start(None, replace(OFFICER, recent=(gone, str(workspace))))
    shown = welcome(desktop)
    assert "There is no file UNNM Kuwait.unnm" in shown.bar.message()
    line = shown._recent_lines[gone]
    qtbot.waitUntil(line.pill.isVisible)
    assert not line.link.isEnabled()
    qtbot.mouseClick(line.cross, Qt.MouseButton.LeftButton)
    assert settings.load().recent == (str(workspace),)
    qtbot.mouseClick(shown._recent_lines[str(workspace)].link, Qt.MouseButton.LeftButton)
    opened(desktop, qtbot)


def test_the_file_menu_offers_recent_workspaces(start: Start, qtbot: QtBot, workspace: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.unnm"
    other.write_bytes(workspace.read_bytes())
    desktop = start(workspace, replace(OFFICER, recent=(str(workspace), str(other))))
    menu = desktop.window.menus.by_name["file"]
    menu.aboutToShow.emit()
    recent = next(one.menu() for one in menu.actions() if one.text() == "Open recent")
    first = desktop.window
    actions: Any = recent.actions()
    assert [one.isEnabled() for one in actions] == [False, True]
    actions[1].trigger()
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop._hub.database.path == other


def test_the_file_menu_shows_in_grey_what_is_not_there_now(
    start: Start, qtbot: QtBot, workspace: Path, tmp_path: Path
) -> None:
    gone = str(tmp_path / "stick" / "gone.unnm")
    desktop = start(workspace, replace(OFFICER, recent=(gone, str(workspace))))
    menu = desktop.window.menus.by_name["file"]
    menu.aboutToShow.emit()
    recent: Any = next(one.menu() for one in menu.actions() if one.text() == "Open recent")
    line = next(one for one in recent.actions() if "gone" in one.text())
    qtbot.waitUntil(lambda: not line.isEnabled())
    assert "not there now" in line.text()


def drop(window: Any, path: Path) -> bool:
    """Drag the file onto the window and let it go with Shift, which says *move*; whether the window took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    ways = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    enter = QDragEnterEvent(QPoint(300, 300), ways, data, left, shift)
    assert enter.proposedAction() == Qt.DropAction.MoveAction
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        let_go = QDropEvent(QPoint(300, 300), ways, data, left, shift)
        QApplication.sendEvent(window, let_go)
        # Windows deletes what is said to be moved.
        assert (enter.dropAction(), let_go.dropAction()) == (Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)
    return enter.isAccepted()


def test_a_workspace_dropped_on_the_window_opens(start: Start, qtbot: QtBot, workspace: Path) -> None:
    desktop = start(None)
    assert not drop(desktop.window, workspace.with_name("letter.docx"))
    assert drop(desktop.window, workspace)
    opened(desktop, qtbot)


def test_a_spreadsheet_dropped_before_a_workspace_is_open_is_told_what_to_do(start: Start, tmp_path: Path) -> None:
    desktop = start(None)
    assert drop(desktop.window, tmp_path / "members.xlsx")
    assert "Open a workspace first; then spreadsheets can be brought in." in words(desktop)


def test_a_spreadsheet_dropped_on_a_workspace_is_offered_for_import(start: Start, workspace: Path) -> None:
    desktop = start(workspace)
    sheet = workspace.with_name("members.csv")
    sheet.write_text("Organisation;Acronym\nRiver Relief;RR\n", encoding="utf-8")
    assert drop(desktop.window, sheet)
    page: Any = desktop.window.current
    assert (page.name, page.file_line.text()) == ("exchange", "members.csv")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.write_text("Dear all, " * 40), "is not a UNNM workspace"),
        (lambda path: _newer(path), "was made with a newer version of this program. Update the program"),
        (lambda path: _damaged(path), "is damaged. Nothing was changed."),
        (lambda path: path.unlink(), "Check the name, or make a new workspace."),
    ],
    ids=["foreign", "newer", "damaged", "missing"],
)
def test_what_cannot_be_opened_is_told_with_what_to_do_next(
    start: Start, qtbot: QtBot, workspace: Path, spoil: Callable[[Path], object], told: str
) -> None:
    whole = workspace.read_bytes()
    spoil(workspace)
    desktop = start(workspace)
    assert told in welcome(desktop).bar.message()
    workspace.write_bytes(whole)
    again = next(one for one in welcome(desktop).bar.children() if getattr(one, "text", str)() == "Try again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)  # type: ignore[arg-type]
    opened(desktop, qtbot)


def _newer(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[60:64] = (SCHEMA_REVISION + 1).to_bytes(4, "big")
    path.write_bytes(data)


def _damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:8192] = b"\xff" * (8192 - 100)
    path.write_bytes(data)


def test_a_workspace_that_cannot_be_opened_leaves_the_open_one(
    start: Start, qtbot: QtBot, workspace: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.unnm"
    other.write_bytes(workspace.read_bytes())
    desktop = start(workspace)
    with Database(other):
        desktop.open(other)
        qtbot.waitUntil(lambda: "already open in another window" in desktop.window.notice.message())
    assert desktop._hub.database.path == workspace


def test_the_sample_is_a_file_of_its_own_with_a_pill_and_is_not_remembered(
    start: Start, qtbot: QtBot, home: Path
) -> None:
    desktop = start(None)
    qtbot.mouseClick(welcome(desktop).look_around, Qt.MouseButton.LeftButton)
    opened(desktop, qtbot)
    assert desktop.window.sidebar.sample.isVisible()
    assert desktop.window.windowTitle().endswith("Sample")
    assert desktop._hub.database.path == home / "sample" / "Sample.unnm"
    assert settings.load().recent == ()


def test_the_sample_can_be_asked_for_while_a_set_up_stands_where_the_welcome_was(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(database: Database, *, on: object, progress: Progress) -> None:
        while True:
            progress(1, 4, "Writing a year of work")

    monkeypatch.setattr(sample, "build", slow)
    desktop = start(None)
    first = welcome(desktop)
    desktop.window.commands.run("new-workspace")
    qtbot.waitUntil(lambda: not isValid(first))
    with qtbot.waitSignal(desktop._jobs.started) as started:
        desktop.window.commands.run("sample")
    with qtbot.waitSignal(started.args[0].finished):
        started.args[0].cancel()


def test_cancelling_the_sample_leaves_nothing(
    start: Start, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, never = Event(), Event()

    def slow(database: Database, *, on: object, progress: Progress) -> None:
        begun.set()
        while not never.wait(0.01):
            progress(1, 4, "Writing a year of work")

    monkeypatch.setattr(sample, "build", slow)
    desktop = start(None)
    shown = welcome(desktop)
    with qtbot.waitSignal(desktop._jobs.started) as started:
        shown.look_around.click()
    assert begun.wait(patience.SECONDS)
    assert not shown.look_around.isEnabled()
    started.args[0].cancel()
    qtbot.waitUntil(shown.look_around.isEnabled)
    assert not desktop._hub.is_open
    assert list((home / "sample").iterdir()) == []


def test_damaged_preferences_are_set_aside_and_told(start: Start, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("language = [broken", encoding="utf-8")
    monkeypatch.setattr(settings, "save", lambda _: None)
    desktop = start(None)
    assert "Your preferences could not be read" in desktop.window.notice.message()
    assert (home / "settings-damaged.toml").read_text(encoding="utf-8") == "language = [broken"
