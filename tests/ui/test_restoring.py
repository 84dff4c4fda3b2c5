"""Backups brought back across protections and computers: with an earlier passphrase, or with the sheet alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui.hands import press
from tests.ui.locked import NEW, WORDS, unlock, unlock_page
from tests.ui.test_protection import dialog_of, type_new
from tests.ui.test_protection import press as go
from unnm_desktop import paths
from unnm_desktop.app import App
from unnm_desktop.db import keys, recovery, turning
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import UserError
from unnm_desktop.services import backup, records, whereabouts
from unnm_desktop.services.backup import Reason
from unnm_desktop.services.whereabouts import Mount
from unnm_desktop.ui.backups import BackupsPage
from unnm_desktop.ui.welcome import Welcome

Start = Callable[..., App]
PAPER = b"a paper that belongs to the records"


@pytest.fixture
def plain(year_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "office.unnm"
    path.write_bytes(year_template.read_bytes())
    with Database(path) as database:
        database.blobs.put(PAPER)
    return path


@pytest.fixture
def protected(plain: Path) -> Path:
    turning.protect(plain, WORDS)
    return plain


def back_up(path: Path) -> backup.Backup:
    """A backup beside the others, as the program makes one."""
    key = keys.unlock(path, WORDS) if paths.is_protected(path) else None
    with Database(path, "Amina Haddad", key=key) as database:
        folder = backup.folder_for(database.id)
        return backup.make(database, folder, Reason.ASKED, now=datetime.now(UTC))


def identity(path: Path, key: keys.Key | None) -> UUID:
    with Database(path, key=key) as database:
        assert database.check() == []
        assert database.device is not None
        return database.device.id


def backups_page(desktop: App) -> BackupsPage:
    desktop.window.go("backups")
    page = desktop.window.current
    assert isinstance(page, BackupsPage)
    return page


def states(page: BackupsPage) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def answer(desktop: App, monkeypatch: pytest.MonkeyPatch, **answers: object) -> list[tuple[Any, ...]]:
    """What the officer answers to file choices and questions; what she was asked comes back."""
    asked: list[tuple[Any, ...]] = []

    def given(value: object) -> Callable[..., object]:
        def say(*args: Any) -> object:
            asked.append(args)
            return value

        return say

    for name, value in answers.items():
        monkeypatch.setattr(desktop.window.desk.ask, name, given(value))
    return asked


def test_a_protected_backup_comes_back_into_a_plain_workspace_which_is_protected_then(
    start: Start, qtbot: QtBot, protected: Path
) -> None:
    back_up(protected)
    turning.unprotect(protected, keys.unlock(protected, WORDS))
    before = identity(protected, None)
    desktop = start(protected)
    page = backups_page(desktop)
    qtbot.waitUntil(lambda: states(page) == ["Another passphrase"])
    press(qtbot, page.inspector, "Restore this backup…")
    dialog = dialog_of(desktop)
    qtbot.keyClicks(dialog.current, "quite another one")
    go(qtbot, dialog)
    qtbot.waitUntil(dialog.problem.isVisible)
    qtbot.keyClicks(dialog.current, WORDS)
    go(qtbot, dialog)
    qtbot.waitUntil(lambda: desktop._hub.protected)
    device = desktop._hub.database.device
    assert device is not None
    assert device.id != before
    assert paths.is_protected(protected)
    assert keys.unlock(protected, WORDS)
    assert desktop._hub.read(records.all_of, Network)
    assert [desktop._hub.database.blobs.get(one) for one in desktop._hub.database.blobs.digests()] == [PAPER]


def test_a_plain_backup_comes_back_into_a_protected_workspace_which_stays_so(
    start: Start, qtbot: QtBot, plain: Path
) -> None:
    back_up(plain)
    turning.protect(plain, WORDS)
    before = identity(plain, keys.unlock(plain, WORDS))
    desktop = start(plain)
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.knows("backups"))
    page = backups_page(desktop)
    qtbot.waitUntil(lambda: states(page) == ["Whole"])
    first = desktop.window
    press(qtbot, page.inspector, "Restore this backup")
    qtbot.waitUntil(lambda: desktop.window is not first and desktop._hub.is_open)
    assert desktop._hub.protected
    device = desktop._hub.database.device
    assert device is not None
    assert device.id != before
    assert keys.unlock(plain, WORDS)
    assert not paths.is_plain(plain)


def test_a_backup_of_an_earlier_key_opens_with_its_sheet_and_the_workspace_keeps_its_new_one(
    start: Start, qtbot: QtBot, protected: Path
) -> None:
    back_up(protected)
    old = keys.unlock(protected, WORDS)
    turning.change_key(protected, old, NEW)
    desktop = start(protected)
    unlock(desktop, qtbot, NEW)
    qtbot.waitUntil(lambda: desktop.window.knows("backups"))
    page = backups_page(desktop)
    qtbot.waitUntil(lambda: states(page) == ["Another passphrase"])
    press(qtbot, page.inspector, "Restore this backup…")
    press(qtbot, dialog_of(desktop), "Use the recovery sheet…")
    dialog = next(one for one in (dialog_of(desktop),) if one.code.isVisible())
    assert dialog.choice is None
    dialog.code.setPlainText(" ".join(recovery.code(old)))
    first = desktop.window
    go(qtbot, dialog)
    qtbot.waitUntil(lambda: desktop.window is not first and desktop._hub.is_open)
    assert keys.unlock(protected, NEW)
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(protected, WORDS)


def test_of_two_backups_the_damaged_one_is_named_so_and_is_not_the_last_one(
    start: Start, qtbot: QtBot, plain: Path
) -> None:
    back_up(plain)
    damaged = back_up(plain).path
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    desktop = start(plain)
    page = backups_page(desktop)
    qtbot.waitUntil(lambda: states(page) == ["Damaged", "Whole"])
    qtbot.waitUntil(lambda: "Damaged" in [one.text() for one in page.inspector.findChildren(QLabel)])
    assert not desktop.window.commands._commands["restore-backup"].enabled()
    whole = backup.newest(backup.folder_for(desktop._hub.database.id))
    assert whole is not None
    assert whole.path != damaged


def test_on_another_computer_the_sheet_brings_the_newest_backup_back_without_a_key_file(
    start: Start, qtbot: QtBot, protected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(protected).path
    code = " ".join(recovery.code(keys.unlock(protected, WORDS)))
    here = identity(protected, keys.unlock(protected, WORDS))
    stick, home = tmp_path / "stick", tmp_path / "another home"
    shutil.copytree(made.parent, stick)
    keys.remove(stick / made.name)
    copy, target = stick / made.name, tmp_path / "there" / "Office.unnm"
    before = {file.name: file.read_bytes() for file in stick.iterdir()}
    target.parent.mkdir()
    monkeypatch.setenv("UNNM_HOME", str(home))
    desktop = start(None)
    asked = answer(desktop, monkeypatch, open_file=copy, sure=True, save_file=target)
    welcome = desktop.window.stack.currentWidget()
    assert isinstance(welcome, Welcome)
    press(qtbot, welcome, "Restore a backup…")
    dialog = dialog_of(desktop)
    dialog.code.setPlainText(code[:-1])
    type_new(qtbot, dialog, NEW)
    go(qtbot, dialog)
    qtbot.waitUntil(dialog.problem.isVisible)
    dialog.code.setPlainText(code)
    go(qtbot, dialog)
    qtbot.waitUntil(lambda: desktop._hub.is_open and desktop.window.current is not None)
    assert any("It holds" in str(args) and "Its last step" in str(args) for args in asked)
    database = desktop._hub.database
    assert database.path == target
    assert database.device is not None
    assert database.device.id != here
    assert keys.unlock(target, NEW)
    assert [database.blobs.get(one) for one in database.blobs.digests()] == [PAPER]
    assert desktop._hub.read(records.all_of, Network)
    # The stick is only read.
    assert {file.name: file.read_bytes() for file in stick.iterdir()} == before


def test_who_forgot_the_passphrase_restores_from_the_locked_screen(
    start: Start, qtbot: QtBot, protected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(protected)
    keys.change(protected, WORDS, "what was forgotten since")
    desktop = start(protected)
    target = tmp_path / "again.unnm"
    asked = answer(desktop, monkeypatch, open_file=made.path, sure=True, save_file=target)
    press(qtbot, unlock_page(desktop), "Restore a backup…")
    # Looked for where the copies of this very workspace lie.
    assert asked[0][2] == made.path.parent
    dialog = dialog_of(desktop)
    qtbot.keyClicks(dialog.current, WORDS)
    go(qtbot, dialog)
    qtbot.waitUntil(lambda: desktop._hub.is_open and desktop.window.current is not None)
    assert desktop._hub.database.path == target
    assert keys.unlock(target, WORDS)


def test_a_backup_is_told_as_restored_once_it_is_seen(
    start: Start, qtbot: QtBot, protected: Path, bahrain_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, other, target = back_up(protected), tmp_path / "other.unnm", tmp_path / "again.unnm"
    other.write_bytes(bahrain_template.read_bytes())
    desktop = start(other)
    over = Event()
    desktop.window.desk.jobs.run(over.wait, patience.SECONDS, awaited=True)
    desktop.open(protected)
    answer(desktop, monkeypatch, open_file=made.path, sure=True, save_file=target)
    press(qtbot, unlock_page(desktop), "Restore a backup…")
    dialog = dialog_of(desktop)
    qtbot.keyClicks(dialog.current, WORDS)
    go(qtbot, dialog)
    qtbot.waitUntil(lambda: "The workspace opens when the work that is under way is done." in words(desktop))
    assert desktop._hub.database.path == other
    assert "The backup is restored." not in words(desktop)
    over.set()
    qtbot.waitUntil(lambda: "The backup is restored." in words(desktop))
    assert desktop._hub.database.path == target


def test_a_backup_is_restored_to_no_stick(
    start: Start, qtbot: QtBot, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(plain)
    cloud = tmp_path / "Dropbox" / "office.unnm"
    cloud.parent.mkdir()
    desktop = start(None)
    answer(desktop, monkeypatch, open_file=made.path, sure=True, save_file=cloud)
    welcome = desktop.window.stack.currentWidget()
    assert isinstance(welcome, Welcome)
    press(qtbot, welcome, "Restore a backup…")
    qtbot.waitUntil(lambda: "cloud service" in "".join(words(desktop)))
    assert not cloud.exists()
    assert not desktop._hub.is_open


def words(desktop: App) -> list[str]:
    return [one.text() for one in desktop.window.findChildren(QLabel) if one.isVisible()]


@pytest.mark.parametrize(
    ("kind", "device", "said"), [("nfs4", "server:/share", "network drive"), ("exfat", "/dev/sdx1", "stick")]
)
def test_on_a_stick_or_a_share_a_workspace_is_only_read_until_it_is_moved(
    start: Start,
    qtbot: QtBot,
    plain: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    device: str,
    said: str,
) -> None:
    away = tmp_path / "away" / "office.unnm"
    away.parent.mkdir()
    for suffix in ("", "-files"):
        plain.with_name(plain.name + suffix).rename(away.with_name(away.name + suffix))
    monkeypatch.setattr(whereabouts, "_mounts", lambda _path: [Mount(away.parent, device, kind)])
    monkeypatch.setattr(whereabouts, "_can_be_pulled", lambda *_: True)
    desktop = start(away)
    assert said in desktop.window.notice.message()
    assert "can only be read" in desktop.window.notice.message()
    assert desktop._hub.read_only
    content = away.read_bytes()
    with pytest.raises(UserError, match=said):
        desktop._hub.step("Rename", records.update, Network, desktop.window.desk.network_id, name_en="Changed")
    assert away.read_bytes() == content
    target = tmp_path / "here.unnm"
    answer(desktop, monkeypatch, save_file=target)
    move = next(one for one in desktop.window.notice.findChildren(QPushButton) if one.text() == "Move it…")
    move.click()
    qtbot.waitUntil(lambda: desktop._hub.is_open and desktop._hub.database.path == target)
    assert not desktop._hub.read_only
    desktop._hub.step("Rename", records.update, Network, desktop.window.desk.network_id, name_en="Changed")
    assert list(away.parent.iterdir()) == []


def test_backups_that_others_can_read_are_named_and_replaced(
    start: Start, qtbot: QtBot, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(plain)
    turning.protect(plain, WORDS)
    desktop = start(plain)
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.knows("protection"))
    desktop.window.go("protection")
    page: Any = desktop.window.current
    assert "anybody can read it" in "\n".join(words(desktop))
    folder = backup.folder_for(desktop._hub.database.id)
    answer(desktop, monkeypatch, sure=True)
    press(qtbot, page, "Replace them with new ones…")
    qtbot.waitUntil(lambda: "three new ones were read through" in page.bar.message())
    qtbot.waitUntil(lambda: "anybody can read it" not in "\n".join(words(desktop)))
    assert not any(paths.is_plain(one.path) for one in backup.listed(folder))
    assert len(backup.listed(folder)) == 3


def test_a_backup_from_a_stick_comes_back_beside_the_workspace_that_is_open(
    start: Start, qtbot: QtBot, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, target = back_up(plain), tmp_path / "again.unnm"
    desktop = start(plain)
    asked = answer(desktop, monkeypatch, open_file=made.path, sure=True, save_file=plain)
    desktop.window.commands.run("restore-elsewhere")
    # Its own backups stand on their page; the others are looked for where files are.
    assert asked[0][2] is None
    qtbot.waitUntil(lambda: "is open. Give what is restored another name" in "".join(words(desktop)))
    answer(desktop, monkeypatch, open_file=made.path, sure=True, save_file=target)
    desktop.window.commands.run("restore-elsewhere")
    qtbot.waitUntil(lambda: desktop._hub.is_open and desktop._hub.database.path == target)
    assert plain.exists()
