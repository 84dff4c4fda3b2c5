"""Steps of many records: taken back and restored off the screen's thread, with progress and Cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui.hands import press
from tests.ui.walking import settle
from unnm_desktop.app import App
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import UserError
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import exchange, records, undo
from unnm_desktop.ui.jobs import Job

Start = Callable[..., App]
MANY = 2000
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def workspace(bahrain_template: Path, tmp_path: Path) -> Path:
    """A network with two thousand promises."""
    path = tmp_path / "UNNM Bahrain.unnm"
    path.write_bytes(bahrain_template.read_bytes())
    with Database(path, "Test Officer") as database, database.write("Many") as session:
        network = records.all_of(session, Network)[0]
        rows = [{"network_id": network.id, "task_en": f"Task {number}"} for number in range(MANY)]
        records.create_many(session, ActionPoint, rows)
    return path


def done(desktop: App) -> int:
    found = desktop.window.desk.hub.read(records.all_of, ActionPoint)
    return sum(one.status is ActionStatus.DONE for one in found)


def toasts(desktop: App) -> list[str]:
    return [toast.text.text() for toast in desktop.window.toasts.shown()]


def select_all(desktop: App, qtbot: QtBot, place: str) -> Any:
    desktop.window.go(place)
    settle()
    page: Any = desktop.window.current
    qtbot.waitUntil(lambda: page.table.listing.count == MANY)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, CONTROL)
    qtbot.waitUntil(lambda: len(page.selection.ids) == MANY)
    return page


def test_two_thousand_are_taken_back_with_progress_and_cancel(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, workspace: Path
) -> None:
    desktop = start(workspace)
    window = desktop.window
    page = select_all(desktop, qtbot, "actions")
    press(qtbot, page.inspector, "Mark as done")
    qtbot.waitUntil(lambda: page.views.isEnabled() and done(desktop) == MANY)

    going_on, at_once = Event(), undo.take_back

    def waiting(session: Any, entry: Any, progress: Progress = SILENT) -> None:
        while not going_on.wait(0.01):
            progress(1, MANY)
        at_once(session, entry, progress)

    monkeypatch.setattr(undo, "take_back", waiting)
    jobs: list[Job] = []
    window.desk.jobs.started.connect(jobs.append)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: window.jobs_line.isVisible() and window.desk.hub.written_apart)
    assert window.jobs_line.text.text() == "Taking back: Mark as done"
    # The screen is free: it reads, and says why it does not write instead of standing still.
    with pytest.raises(UserError, match="being written just now"):
        window.desk.hub.step("Edit", records.new_id)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert any("being written just now" in text for text in toasts(desktop))
    qtbot.mouseClick(window.jobs_line.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Stopped. Nothing was changed." in toasts(desktop))
    assert done(desktop) == MANY

    going_on.set()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "Undone: Mark as done" in toasts(desktop))
    assert done(desktop) == 0
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "Done again: Mark as done" in toasts(desktop))
    assert done(desktop) == MANY
    assert [job.text for job in jobs if job.text] == ["Taking back: Mark as done"] * 3
    assert window.desk.hub.database.check() == []


def test_what_is_selected_stays_selected_when_it_was_done_taken_back_and_put_in_another_order(
    start: Start, qtbot: QtBot, workspace: Path
) -> None:
    desktop = start(workspace)
    page = select_all(desktop, qtbot, "actions")
    press(qtbot, page.inspector, "Note reminders")
    qtbot.waitUntil(lambda: page.views.isEnabled() and "Done for 2,000 records." in toasts(desktop))
    settle()
    assert (len(page.selection.ids), page.table.selected_count()) == (MANY, MANY)
    qtbot.keyClick(desktop.window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "Undone: Note reminders" in toasts(desktop))
    settle()
    assert (len(page.selection.ids), page.table.selected_count()) == (MANY, MANY)
    page.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    settle()
    assert (len(page.selection.ids), page.table.selected_count()) == (MANY, MANY)


def test_two_thousand_are_exported_off_the_screen_with_cancel(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, workspace: Path, tmp_path: Path
) -> None:
    desktop = start(workspace)
    window, path = desktop.window, tmp_path / "tasks.xlsx"
    page = select_all(desktop, qtbot, "actions")
    monkeypatch.setattr(window.desk.ask, "save_file", lambda *_: path)
    going_on, at_once = Event(), exchange.export_listing

    def waiting(*args: Any, progress: Progress = SILENT, **kwargs: Any) -> int:
        while not going_on.wait(0.01):
            progress(1, MANY)
        return at_once(*args, progress=progress, **kwargs)

    monkeypatch.setattr(exchange, "export_listing", waiting)
    press(qtbot, page.inspector, "Export the rows")
    qtbot.waitUntil(window.jobs_line.isVisible)
    qtbot.mouseClick(window.jobs_line.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Stopped. Nothing was changed." in page.bar.message())
    assert not path.exists()
    going_on.set()
    press(qtbot, page.inspector, "Export the rows")
    qtbot.waitUntil(lambda: f"2,000 rows written to {path.name}" in toasts(desktop))
    assert len(page.selection.ids) == MANY


def test_two_thousand_come_back_from_the_trash(start: Start, qtbot: QtBot, workspace: Path) -> None:
    with Database(workspace, "Test Officer") as database, database.write("Clear out") as session:
        for one in records.all_of(session, ActionPoint):
            records.remove(session, ActionPoint, one.id)
    desktop = start(workspace)
    page = select_all(desktop, qtbot, "trash")
    press(qtbot, page.inspector, "Restore them all")
    qtbot.waitUntil(lambda: page.views.isEnabled() and page.table.listing.count == 0)
    assert len(desktop.window.desk.hub.read(records.all_of, ActionPoint)) == MANY
    assert "2,000 records restored." in toasts(desktop)


def test_many_that_still_wait_for_a_thread_are_told_of_before_another_window_comes(
    start: Start, qtbot: QtBot, workspace: Path
) -> None:
    desktop = start(workspace)
    window, jobs = desktop.window, desktop.window.desk.jobs
    page = select_all(desktop, qtbot, "actions")
    going_on, heard = Event(), []
    for _ in range(jobs._pool.maxThreadCount()):
        jobs.run(going_on.wait, patience.SECONDS)
    desktop._hub.changed.connect(heard.append)
    press(qtbot, page.inspector, "Mark as done")
    window.desk.wishes.settings_wanted.emit(replace(window.desk.settings, language="ar"))
    settle()
    assert desktop.window is window, "it has not heard yet how it went"
    going_on.set()
    qtbot.waitUntil(lambda: desktop.window is not window and desktop.window.current is not None)
    assert [one.label for one in heard] == ["Mark as done"]
    assert done(desktop) == MANY
