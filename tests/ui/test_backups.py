"""Backups in the window: made when asked and on closing, shown with what they hold, one brought back and taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui.hands import press, reads
from unnm_desktop.app import App
from unnm_desktop.db import ActionPoint, Person
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.services import backup, backup_rotation, records
from unnm_desktop.services.backup import Reason
from unnm_desktop.ui import backup_keeper
from unnm_desktop.ui.backups import BackupsPage
from unnm_desktop.ui.farewell import Farewell

Start = Callable[[Path | None], App]
NO_BACKUP = "Stopped. No backup was made; those there are stay."


@pytest.fixture
def workspace(bahrain_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "office.unnm"
    path.write_bytes(bahrain_template.read_bytes())
    return path


def page_of(desktop: App) -> BackupsPage:
    desktop.window.go("backups")
    page = desktop.window.current
    assert isinstance(page, BackupsPage)
    return page


def copies_of(desktop: App) -> list[backup.Backup]:
    return backup.listed(backup.folder_for(desktop.window.desk.hub.database.id))


def make_one(desktop: App, qtbot: QtBot) -> None:
    before = len(copies_of(desktop))
    desktop.window.commands.run("backup-now")
    qtbot.waitUntil(lambda: len(copies_of(desktop)) == before + 1)
    # The file is there before the thread has told of it.
    qtbot.waitUntil(
        lambda: desktop.workspace.keeper is not None and desktop.workspace.keeper._last == copies_of(desktop)[0]
    )


def state_of(desktop: App, row: int) -> str:
    page = page_of(desktop)
    return str(page.table.model().index(row, 2).data())


def rename(desktop: App, name: str) -> None:
    hub = desktop.window.desk.hub
    hub.step("Rename", records.update, Network, desktop.window.desk.network_id, name_en=name)


def name_of(desktop: App) -> str:
    hub = desktop.window.desk.hub
    return hub.read(records.get, Network, desktop.window.desk.network_id).name_en


def test_without_a_backup_the_bar_and_the_page_say_so(start: Start, workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    qtbot.waitUntil(lambda: desktop.window.status.backup.text() == "No backup yet")
    page = page_of(desktop)
    assert page.views.currentWidget() is page.empty
    press(qtbot, page, "Make the first backup")
    qtbot.waitUntil(lambda: page.table.current_id() is not None)
    qtbot.waitUntil(lambda: desktop.window.status.backup.text().startswith("Last backup today"))


def test_a_used_up_share_of_the_disk_is_told_once_and_on_the_page(
    start: Start, workspace: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = start(workspace)
    little = shutil.disk_usage(workspace)._replace(free=workspace.stat().st_size + (17 << 20))
    monkeypatch.setattr(backup_rotation, "SHARE", 0.01)
    monkeypatch.setattr("unnm_desktop.services.backup.shutil.disk_usage", lambda _path: little)
    make_one(desktop, qtbot)
    notice = desktop.window.notice
    qtbot.waitUntil(lambda: "the oldest go sooner" in notice.message())
    press(qtbot, notice, "Show the backups")
    page = desktop.window.current
    assert isinstance(page, BackupsPage)
    assert "the oldest go sooner" in page.bar.message()
    notice.clear()
    page.bar.clear()
    make_one(desktop, qtbot)
    qtbot.waitUntil(lambda: len(page._source.records) == 2)
    assert notice.message() == page.bar.message() == "", "dismissed is dismissed"
    monkeypatch.setattr(backup_rotation, "SHARE", 0.9)
    make_one(desktop, qtbot)
    qtbot.waitUntil(lambda: len(page._source.records) == 3)
    assert page.bar.message() == ""


def test_a_backup_is_shown_beside_what_is_here_and_brought_back(start: Start, workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    first = name_of(desktop)
    make_one(desktop, qtbot)
    rename(desktop, "Renamed since")
    page = page_of(desktop)
    press(qtbot, page.inspector, "Restore this backup")
    qtbot.waitUntil(lambda: desktop.window.desk.hub.is_open and name_of(desktop) == first)
    qtbot.waitUntil(lambda: copies_of(desktop)[0].reason is Reason.RESTORE)
    page = page_of(desktop)
    qtbot.waitUntil(lambda: page.chosen() == copies_of(desktop)[0])
    press(qtbot, page.inspector, "Restore this backup")
    qtbot.waitUntil(lambda: desktop.window.desk.hub.is_open and name_of(desktop) == "Renamed since")


def test_what_restoring_would_lose_is_counted_and_named_before(start: Start, workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    hub, network = desktop.window.desk.hub, desktop.window.desk.network_id
    kept = hub.step("New", records.create, Person, name_en="Huda Saleh")
    gone = hub.step("New", records.create, Person, name_en="Omar Nasser")
    make_one(desktop, qtbot)
    page = page_of(desktop)
    qtbot.waitUntil(lambda: reads(page.inspector, "Nothing was done since"))
    hub.step("Rename", records.update, Person, kept.id, name_en="Huda Salem")
    hub.step("Remove the record", records.remove, Person, gone.id)
    hub.step("New action point", records.create, ActionPoint, network_id=network, task_en="Ask the Ministry")
    desktop.window.go("today")
    page = page_of(desktop)
    page.table.select_first()
    # The copies are read through as well, and the list is put anew when they are.
    qtbot.waitUntil(lambda: not desktop.window.desk.jobs._running and reads(page.inspector, "3 steps since"))
    for title in ("1 record added", "1 record changed", "1 record removed"):
        assert reads(page.inspector, title)
    assert not reads(page.inspector, "Ask the Ministry"), "counts first"
    shown = [one for one in page.inspector.findChildren(QPushButton) if one.text() == "Show"]
    for one in shown:
        qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: reads(page.inspector, "Action point: Ask the Ministry"))
    assert reads(page.inspector, "Huda Saleh → Huda Salem")
    assert reads(page.inspector, "Person: Omar Nasser")
    assert reads(page.inspector, "Remove the record · \u2066Amina Haddad\u2069")
    press(qtbot, page.inspector, "Restore this backup")
    qtbot.waitUntil(lambda: desktop.window.desk.hub.is_open and copies_of(desktop)[0].reason is Reason.RESTORE)
    # The other way round: what was lost is in the backup that was made before.
    page = page_of(desktop)
    qtbot.waitUntil(lambda: page.chosen() == copies_of(desktop)[0])
    qtbot.waitUntil(lambda: reads(page.inspector, "3 steps are only in this backup"))


def test_while_the_workspace_is_closed_no_page_can_be_used(start: Start, workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    make_one(desktop, qtbot)
    page = page_of(desktop)
    press(qtbot, page.inspector, "Restore this backup")
    assert not desktop.window.desk.hub.is_open
    assert not page.isVisible()
    assert not desktop.window.sidebar.isVisible()
    desktop.window.go("members")
    desktop.window.commands.run("next-pane")
    assert desktop.window.current is page
    qtbot.waitUntil(lambda: desktop.window.desk.hub.is_open and desktop.window.sidebar.isVisible())
    assert desktop.window.current is not None
    assert desktop.window.current.name == "backups"


def test_a_damaged_backup_is_not_offered(start: Start, workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    make_one(desktop, qtbot)
    path = copies_of(desktop)[0].path
    path.write_bytes(path.read_bytes()[:-4096] + b"\0" * 4096)
    page = page_of(desktop)
    qtbot.waitUntil(lambda: "Damaged" in [label.text() for label in page.inspector.findChildren(QLabel)])
    assert not [one for one in page.inspector.findChildren(QPushButton) if one.text() == "Restore this backup"]


def farewell(desktop: App, qtbot: QtBot) -> Farewell:
    """Close the window, which stays for the backup of the day's end."""
    qtbot.waitUntil(lambda: bool(desktop.window.status.backup.text()))
    rename(desktop, "At the end of the day")
    desktop.window.close()
    shown = desktop.window.stack.currentWidget()
    assert isinstance(shown, Farewell)
    assert shown.isVisible()
    return shown


def test_the_day_ends_with_a_backup_of_what_changed(start: Start, workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    folder = backup.folder_for(desktop.window.desk.hub.database.id)
    farewell(desktop, qtbot)
    assert desktop.window.commands.all() == (), "nothing is begun any more"
    qtbot.waitUntil(lambda: not desktop.window.isVisible())
    assert [one.reason for one in backup.listed(folder)] == [Reason.CLOSING]


def test_who_cannot_wait_for_the_backup_closes_without_it(
    start: Start, workspace: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = start(workspace)
    folder = backup.folder_for(desktop.window.desk.hub.database.id)
    copy = backup.copies.copy_database
    begun, go_on = Event(), Event()

    def slow(database: Database, target: Path) -> None:
        begun.set()
        go_on.wait()
        copy(database, target)

    monkeypatch.setattr(backup.copies, "copy_database", slow)
    shown = farewell(desktop, qtbot)
    assert begun.wait(10)
    qtbot.mouseClick(shown.leave, Qt.MouseButton.LeftButton)
    go_on.set()
    qtbot.waitUntil(lambda: not desktop.window.isVisible())
    assert list(folder.glob("*.unnm")) == list(folder.glob("*.part")) == []
    desktop.close()
    desktop = start(workspace)
    assert name_of(desktop) == "At the end of the day"
    assert desktop.workspace.keeper is not None
    desktop.workspace.keeper._soon.timeout.emit()
    qtbot.waitUntil(lambda: [one.reason for one in copies_of(desktop)] == [Reason.TIMED])


def test_a_computer_that_is_shut_down_waits_for_no_backup(start: Start, workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    qtbot.waitUntil(lambda: bool(desktop.window.status.backup.text()))
    rename(desktop, "At the end of the day")
    assert desktop.workspace.keeper is not None
    desktop.workspace.keeper.hurry()
    assert desktop.window.close()


def stopped(
    desktop: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, begin: Callable[[], object], said: str
) -> None:
    """Begin what writes a copy, press Cancel before it is written, and read this."""
    copy, begun, go_on = backup.copies.copy_database, Event(), Event()

    def slow(database: Database, target: Path) -> None:
        begun.set()
        go_on.wait(patience.SECONDS)
        copy(database, target)

    with monkeypatch.context() as held:
        held.setattr(backup.copies, "copy_database", slow)
        begin()
        qtbot.waitUntil(begun.is_set)
        cancel = desktop.window.jobs_line.cancel
        qtbot.waitUntil(cancel.isVisible)
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
        go_on.set()
        qtbot.waitUntil(lambda: reads(desktop.window, said))


def test_a_backup_that_was_cancelled_says_that_there_is_none(
    start: Start, workspace: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = start(workspace)
    make_one(desktop, qtbot)
    page = page_of(desktop)
    stopped(desktop, qtbot, monkeypatch, lambda: desktop.window.commands.run("backup-now"), NO_BACKUP)
    assert len(copies_of(desktop)) == 1
    target = workspace.with_name("stick.unnm")
    monkeypatch.setattr(desktop.window.desk.ask, "save_file", lambda *_: target)
    stopped(desktop, qtbot, monkeypatch, page.ask_copy, "Stopped. No copy was written.")
    assert list(workspace.parent.glob("stick*")) == []


def test_the_status_line_says_what_is_done_while_the_workspace_is_closed(
    start: Start, workspace: Path, qtbot: QtBot
) -> None:
    desktop = start(workspace)
    make_one(desktop, qtbot)
    press(qtbot, page_of(desktop).inspector, "Restore this backup")
    assert not desktop.window.desk.hub.is_open
    assert desktop.window.status.saved.text() == "Restoring a backup"
    qtbot.waitUntil(lambda: desktop.window.desk.hub.is_open)
    assert desktop.window.status.saved.text() == "All changes saved"


def test_every_half_hour_in_which_something_changed_has_its_backup(start: Start, workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    qtbot.waitUntil(lambda: desktop.window.status.backup.text() == "No backup yet")
    keeper = desktop.workspace.keeper
    assert keeper is not None
    assert keeper._timer.isActive()
    assert keeper._timer.interval() == backup_keeper.EVERY == 30 * 60 * 1000
    for number in (1, 2):
        rename(desktop, f"Changed {number}")
        keeper._timer.timeout.emit()
        qtbot.waitUntil(lambda number=number: len(copies_of(desktop)) == number)
        qtbot.waitUntil(lambda: keeper._last == copies_of(desktop)[0])
        keeper._timer.timeout.emit()
    assert [one.reason for one in copies_of(desktop)] == [Reason.TIMED, Reason.TIMED]


@pytest.mark.parametrize(("days", "tone"), [(6, "neutral"), (8, "warn")])
def test_a_backup_older_than_a_week_stands_out(
    days: int, tone: str, start: Start, workspace: Path, qtbot: QtBot
) -> None:
    desktop = start(workspace)
    make_one(desktop, qtbot)
    status, look = desktop.window.status, desktop.window.desk.look
    qtbot.waitUntil(lambda: status.backup.text().startswith("Last backup today"))
    note = copies_of(desktop)[0].path.with_suffix(".json")
    told = json.loads(note.read_text(encoding="utf-8"))
    note.write_text(
        json.dumps({**told, "at": (datetime.now(UTC) - timedelta(days=days, hours=1)).isoformat()}), encoding="utf-8"
    )
    desktop.window.desk.wishes.backed_up.emit()
    qtbot.waitUntil(lambda: "today" not in status.backup.text())
    image = status.backup.icon().pixmap(status.backup.iconSize()).toImage()
    dots = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    inked = {dot.name() for dot in dots if dot.alpha() == 255}
    wanted = look.tokens.text2 if tone == "neutral" else look.tokens.tone("warn")[0]
    assert inked == {QColor(wanted).name()}
