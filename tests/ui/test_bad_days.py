"""Bad days: full disk, vanished file, wrong clock, unplugged screen. Nothing is lost, and all of it is told."""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.conftest import Answers
from unnm_desktop import settings
from unnm_desktop.app import App
from unnm_desktop.db import engine
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.engine import Database
from unnm_desktop.db.minutes import MinutesEntry
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Membership, Organisation, OrganisationKind
from unnm_desktop.db.trouble import told
from unnm_desktop.errors import UserError
from unnm_desktop.services import records
from unnm_desktop.settings import Settings
from unnm_desktop.ui import minutes_keeping, setup_pages
from unnm_desktop.ui.on_screen import bring_back

Start = Callable[..., App]


@pytest.fixture
def workspace(bahrain_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "UNNM Bahrain.unnm"
    path.write_bytes(bahrain_template.read_bytes())
    return path


def words(desktop: App) -> str:
    return "\n".join(one.text() for one in desktop.window.findChildren(QLabel) if one.isVisible())


def short_name(desktop: App, qtbot: QtBot) -> Any:
    """The field of the network's short name, with the keyboard in it."""
    desktop.window.go("tor", None, {"tab": "network"})
    page: Any = desktop.window.current
    field = page.network.facts.field("short_name")
    line = field.findChild(QLineEdit)
    qtbot.waitUntil(line.isVisible)
    line.setFocus()
    line.selectAll()
    return field


def let_grow(desktop: App, pages: int) -> None:
    """How many pages the workspace may have: as on a disk that is full, SQLite refuses the next."""
    with desktop._hub.database._writing() as connection:
        cursor = connection.connection.cursor()
        # Pages that are free already would still be filled.
        cursor.execute("VACUUM")
        cursor.execute(f"PRAGMA max_page_count={pages}")


def test_a_full_disk_loses_no_typed_word(start: Start, qtbot: QtBot, workspace: Path) -> None:
    desktop = start(workspace)
    field = short_name(desktop, qtbot)
    let_grow(desktop, 1)
    long = "a name that needs many more pages " * 900
    field.line.setText(long)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert "There is no room left on the disk" in field.problem_line.text()
    assert field.line.text() == long
    assert "The last change was not saved" in words(desktop)
    let_grow(desktop, 1_000_000)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert desktop._hub.read(records.get, Network, desktop.window.desk.network_id).short_name == long.strip()
    assert desktop._hub.database.check() == []


def test_preferences_that_cannot_be_written_are_told_in_the_window_that_they_make(
    start: Start, qtbot: QtBot, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = start(workspace)
    first = desktop.window
    first.go("preferences")
    page: Any = first.current

    def refuse(_kept: Settings) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(settings, "save", refuse)
    box = page.parts.field("hijri").box
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop.window.desk.settings.hijri
    assert "The preferences could not be kept" in desktop.window.toasts.shown()[-1].text.text()


def test_a_workspace_that_vanished_is_told_and_a_copy_holds_all_that_was_open(
    start: Start, qtbot: QtBot, workspace: Path, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup_pages, "documents", lambda: tmp_path)
    desktop = start(workspace)
    field = short_name(desktop, qtbot)
    qtbot.keyClicks(field.line, "kept before")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    workspace.unlink()
    field.line.selectAll()
    qtbot.keyClicks(field.line, "typed after")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert "is no longer where it was opened" in desktop.window.notice.message()
    assert field.line.text() == "typed after"
    desktop.window.desk.ask = answers  # type: ignore[assignment]
    answers.give("save_file", tmp_path / "saved.unnm")
    first = desktop.window
    keep = next(one for one in first.notice.findChildren(QPushButton) if one.text() == "Keep a copy…")
    qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop._hub.database.path == tmp_path / "saved.unnm"
    # What the file that vanished could not take is in the copy, too, as a step of its own.
    assert desktop._hub.read(records.all_of, Network)[0].short_name == "typed after"
    desktop._hub.take_back(desktop._hub.newest())  # type: ignore[arg-type]
    assert desktop._hub.read(records.all_of, Network)[0].short_name == "kept before"
    assert desktop._hub.database.check() == []


def writing(desktop: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The minutes of a meeting with the keyboard in them; a draft follows each key at once."""
    monkeypatch.setattr(minutes_keeping, "DRAFT_AFTER", 1)
    meeting = secretariat.plan(desktop.window.desk)
    desktop.window.go("meeting", meeting.id, {"tab": "minutes"})
    page: Any = desktop.window.current
    qtbot.waitUntil(lambda: page.minutes.editor.isVisible() and page.minutes.item_id is not None)
    desktop.window.activateWindow()
    page.minutes.editor.setFocus()
    qtbot.waitUntil(page.minutes.editor.hasFocus)
    return page.minutes


def test_what_is_typed_after_the_workspace_vanished_is_in_the_copy_without_a_question(
    start: Start, qtbot: QtBot, workspace: Path, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup_pages, "documents", lambda: tmp_path)
    desktop = start(workspace)
    tab = writing(desktop, qtbot, monkeypatch)
    workspace.unlink()
    qtbot.keyClicks(tab.editor, "Typed after")
    first = desktop.window
    qtbot.waitUntil(lambda: "is no longer where it was opened" in first.notice.message())
    first.desk.ask = answers  # type: ignore[assignment]
    answers.give("save_file", tmp_path / "saved.unnm")
    keep = next(one for one in first.notice.findChildren(QPushButton) if one.text() == "Keep a copy…")
    qtbot.mousePress(keep, Qt.MouseButton.LeftButton)
    # The words could not be kept once more when the keyboard left them; the button is still there.
    assert keep.isVisible()
    qtbot.mouseRelease(keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop._hub.database.path == tmp_path / "saved.unnm"
    assert [one.text_en for one in desktop._hub.read(records.all_of, MinutesEntry)] == ["Typed after"]
    assert desktop.window.notice.message() == ""


def test_a_disk_that_can_only_be_read_since_offers_a_copy_and_says_so_once(
    start: Start, qtbot: QtBot, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = start(workspace)
    tab = writing(desktop, qtbot, monkeypatch)
    trouble = told(sqlcipher3.OperationalError("attempt to write a readonly database"), workspace)
    notice = desktop.window.notice

    def refuse(*_: object, **__: object) -> None:
        assert trouble is not None
        raise trouble

    with monkeypatch.context() as locked:
        locked.setattr(desktop._hub.database, "unjournalled", refuse)
        qtbot.keyClicks(tab.editor, "Typed after")
        qtbot.waitUntil(lambda: "can no longer be read or written" in notice.message())
        assert [one.text() for one in notice.findChildren(QPushButton) if one.text()] == ["Keep a copy…"]
        assert tab.page.bar.message() == "What you typed stays here and is saved as soon as that is possible."
    # It was a loose plug, and the disk is there again.
    qtbot.waitUntil(lambda: tab.keeping.line.text().startswith("Last saved"))
    assert notice.message() == ""


def test_minutes_that_wait_for_room_come_along_into_a_window_of_another_language(
    start: Start, qtbot: QtBot, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = start(workspace)
    tab = writing(desktop, qtbot, monkeypatch)

    def refuse(*_: object, **__: object) -> None:
        raise UserError("There is no room left on the disk of {file}.", file="x")

    first = desktop.window
    with monkeypatch.context() as full:
        for name in ("write", "unjournalled"):
            full.setattr(desktop._hub.database, name, refuse)
        qtbot.keyClicks(tab.editor, "Typed on a full disk")
        first.desk.wishes.settings_wanted.emit(replace(first.desk.settings, language="ar"))
        qtbot.waitUntil(lambda: desktop.window is not first)
        page: Any = desktop.window.current
        qtbot.waitUntil(lambda: page.minutes.editor.text() == "Typed on a full disk")
    assert page.minutes.commit()
    assert [one.text_en for one in desktop._hub.read(records.all_of, MinutesEntry)] == ["Typed on a full disk"]


def test_a_workspace_that_is_put_back_is_no_longer_called_gone(start: Start, qtbot: QtBot, workspace: Path) -> None:
    desktop = start(workspace)
    field = short_name(desktop, qtbot)
    away = workspace.rename(workspace.with_name("away"))
    qtbot.keyClicks(field.line, "typed")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert "is no longer where it was opened" in desktop.window.notice.message()
    away.rename(workspace)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert desktop.window.notice.message() == ""
    assert desktop._hub.read(records.all_of, Network)[0].short_name == "typed"


def test_another_file_put_in_its_place_is_not_written(start: Start, qtbot: QtBot, workspace: Path) -> None:
    desktop = start(workspace)
    other = workspace.with_name("other")
    other.write_bytes(workspace.read_bytes())
    other.replace(workspace)
    field = short_name(desktop, qtbot)
    qtbot.keyClicks(field.line, "typed")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert "is no longer where it was opened" in desktop.window.notice.message()


def test_a_read_only_workspace_says_how_to_go_on(
    start: Start, qtbot: QtBot, workspace: Path, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup_pages, "documents", lambda: tmp_path)
    Database(workspace).close()
    workspace.chmod(stat.S_IRUSR)
    monkeypatch.setattr(engine, "is_writable", lambda path: path.name != workspace.name)
    desktop = start(workspace)
    assert "can only be read where it lies" in desktop.window.notice.message()
    assert "This workspace can only be read" in words(desktop)
    desktop.window.desk.ask = answers  # type: ignore[assignment]
    answers.give("save_file", tmp_path / "copy")
    first = desktop.window
    go_on = next(one for one in first.notice.findChildren(QPushButton) if one.text() == "Work on a copy…")
    qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop._hub.database.path == tmp_path / "copy.unnm"
    assert not desktop._hub.read_only
    assert desktop.window.notice.message() == ""


def test_a_clock_set_back_is_told_and_steps_keep_their_order(
    start: Start, qtbot: QtBot, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:
        ahead.setattr(engine, "utc_now", lambda: datetime.now(UTC) + timedelta(days=400))
        with Database(workspace, "Amina Haddad") as database, database.write("Change network") as session:
            network = records.all_of(session, Network)[0]
            records.update(session, Network, network.id, short_name="of next year")
    desktop = start(workspace)
    assert "Check the date" in desktop.window.notice.message()
    hub = desktop._hub
    for name in ("one", "two"):
        hub.step("Change network", records.update, Network, network.id, short_name=name)
    for expected in ("one", "of next year"):
        qtbot.keyClick(desktop.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert hub.read(records.get, Network, network.id).short_name == expected
    assert hub.database.check() == []


def test_fifty_undos_in_a_row_and_fifty_redos(start: Start, qtbot: QtBot, workspace: Path) -> None:
    desktop = start(workspace)
    hub, window = desktop._hub, desktop.window
    network = hub.read(records.all_of, Network)[0]
    for number in range(50):
        hub.step("Change network", records.update, Network, network.id, short_name=f"name {number}")
    for _ in range(50):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        # Each key comes in a turn of its own, as from a hand.
        QApplication.processEvents()
    assert hub.read(records.get, Network, network.id).short_name == network.short_name
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(50):
        qtbot.keyClick(window, Qt.Key.Key_Z, both)
        QApplication.processEvents()
    assert hub.read(records.get, Network, network.id).short_name == "name 49"
    assert hub.database.check() == []
    assert len(window.toasts.shown()) <= 2


def test_a_thousand_members_are_listed_and_filtered(start: Start, qtbot: QtBot, workspace: Path) -> None:
    with Database(workspace) as database, database.write("Many") as session:
        network = records.all_of(session, Network)[0]
        for number in range(1000):
            body = records.create(
                session, Organisation, name_en=f"Organisation {number} of the river", kind=OrganisationKind.NGO
            )
            records.create(session, Membership, network_id=network.id, organisation_id=body.id, start="2024-01")
    desktop = start(workspace)
    desktop.window.go("members")
    page: Any = desktop.window.current
    qtbot.waitUntil(lambda: page.table.listing.count > 1000)
    qtbot.keyClick(desktop.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.filter_box, "Organisation 977")
    qtbot.waitUntil(lambda: page.table.listing.count == 1)


def test_a_workspace_closed_between_two_letters_of_a_filter_stumbles_over_nothing(
    start: Start, qtbot: QtBot, workspace: Path
) -> None:
    desktop = start(workspace)
    desktop.window.go("members")
    page: Any = desktop.window.current
    before = page.table.listing.count
    qtbot.keyClicks(page.filter_box, "zzz")
    # As a restore does it, whose thread then works on the file.
    desktop._hub.close()
    desktop.window.show_waiting()
    qtbot.waitUntil(lambda: not page._filter_soon.isActive())
    assert page.table.listing.count == before


def test_a_window_on_no_screen_comes_back(start: Start, workspace: Path) -> None:
    window = start(workspace).window
    window.move(QPoint(9000, 9000))
    assert bring_back(window)
    assert window.screen().availableGeometry().contains(window.frameGeometry().topLeft())
    assert not bring_back(window)


def test_after_a_screen_was_unplugged_a_dialog_stands_whole_and_an_open_menu_closes(
    start: Start, qtbot: QtBot, workspace: Path, qapp: QApplication
) -> None:
    window = start(workspace).window
    dialog, menu = QDialog(window), QMenu(window)
    dialog.resize(300, 200)
    dialog.show()
    menu.addAction("One")
    room = qapp.primaryScreen().availableGeometry()
    # As a window manager leaves them, which is content with a corner.
    window.move(room.topRight() - QPoint(150, 0))
    dialog.move(room.bottomRight() - QPoint(60, 60))
    menu.popup(room.topRight() + QPoint(100, 0))
    qapp.screenRemoved.emit(qapp.primaryScreen())
    qtbot.waitUntil(lambda: room.contains(dialog.frameGeometry()))
    assert menu.isHidden()
    assert window.frameGeometry().left() == room.left()


def test_a_window_closed_on_a_screen_that_is_gone_opens_where_it_can_be_seen(start: Start, workspace: Path) -> None:
    first = start(workspace)
    first.window.move(QPoint(9000, -4000))
    first.window.close()
    first.close()
    window = start(workspace).window
    assert window.screen().availableGeometry().contains(window.frameGeometry().topLeft())


def test_a_system_that_changes_its_language_meanwhile_takes_nothing_from_the_hands(
    start: Start, qtbot: QtBot, workspace: Path, qapp: QApplication
) -> None:
    desktop = start(workspace)
    first = desktop.window
    field = short_name(desktop, qtbot)
    qtbot.keyClicks(field.line, "half typed")
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("ar_KW"))
        for change in (QEvent.Type.LocaleChange, QEvent.Type.LanguageChange):
            qapp.sendEvent(first, QEvent(change))
        qapp.sendEvent(qapp, QEvent(QEvent.Type.LocaleChange))
        assert desktop.window is first
        assert first.layoutDirection() == Qt.LayoutDirection.LeftToRight
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    finally:
        QLocale.setDefault(before)
    assert desktop._hub.read(records.get, Network, first.desk.network_id).short_name == "half typed"


def test_the_language_of_the_system_changes_nothing_that_was_chosen(
    start: Start, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ar_KW.UTF-8")
    desktop = start(workspace)
    assert desktop.window.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert "All changes saved" in words(desktop)


def test_two_thousand_selected_rows_are_done_in_one_step(start: Start, qtbot: QtBot, workspace: Path) -> None:
    with Database(workspace) as database, database.write("Many") as session:
        network = records.all_of(session, Network)[0]
        rows = [
            {"network_id": network.id, "task_en": f"Write letter {number}", "reference": f"BHR/2026/A{number:04}"}
            for number in range(2000)
        ]
        records.create_many(session, ActionPoint, rows)
    desktop = start(workspace)
    desktop.window.go("actions")
    page: Any = desktop.window.current
    qtbot.waitUntil(lambda: page.table.listing.count == 2000)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.table.selected_count() == 2000)

    def done() -> int:
        found = desktop._hub.read(records.all_of, ActionPoint)
        return sum(one.status is ActionStatus.DONE for one in found)

    with qtbot.waitSignal(desktop._hub.changed):
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert done() == 2000
    with qtbot.waitSignal(desktop._hub.taken_back):
        qtbot.keyClick(desktop.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done() == 0
