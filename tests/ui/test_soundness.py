"""The open file is read through: at once after a bad end, else daily; what is damaged is told with the way back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.hands import press
from unnm_desktop.app import App
from unnm_desktop.db.engine import Database
from unnm_desktop.services import backup, loose_files, soundness
from unnm_desktop.services.backup import Reason
from unnm_desktop.ui import soundness as reading

Start = Callable[..., App]
NOW = datetime.now(UTC)


@pytest.fixture
def workspace(bahrain_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "UNNM Bahrain.unnm"
    path.write_bytes(bahrain_template.read_bytes())
    return path


def damage(path: Path) -> None:
    """Zeros over pages that the window does not need to open."""
    data = bytearray(path.read_bytes())
    data[-3 * 4096 :] = b"\0" * (3 * 4096)
    path.write_bytes(data)


def test_a_file_is_read_through_once_a_day_and_at_once_after_a_bad_end(workspace: Path) -> None:
    with Database(workspace) as database:
        assert not database.ended_badly
        assert soundness.is_due(database, NOW)
        assert soundness.look(database, backup.folder_for(database.id)).problems == ()
        assert not soundness.is_due(database, datetime.now(UTC))
        assert soundness.is_due(database, datetime.now(UTC) + timedelta(days=1))
    workspace.with_name(f"{workspace.name}-wal").write_bytes(b"left by a kill")
    with Database(workspace) as database:
        assert database.ended_badly
        assert soundness.is_due(database, datetime.now(UTC))


def test_a_damaged_file_is_told_with_the_age_of_the_newest_backup(
    start: Start, qtbot: QtBot, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Database(workspace) as database:
        folder = backup.folder_for(database.id)
        backup.make(database, folder, Reason.TIMED, now=datetime(2026, 11, 20, 14, 5, tzinfo=UTC))
    damage(workspace)
    monkeypatch.setattr(reading, "QUIET", 0)
    desktop = start(workspace)
    window: Any = desktop.window
    qtbot.waitUntil(lambda: "is damaged" in window.notice.message())
    assert "20 November 2026" in window.notice.message()
    press(qtbot, window.notice, "Backups")
    assert window.current.name == "backups"


def test_a_whole_file_is_not_spoken_of(
    start: Start, qtbot: QtBot, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "QUIET", 0)
    desktop = start(workspace)
    qtbot.waitUntil(lambda: not soundness.is_due(desktop._hub.database, datetime.now(UTC)))
    assert desktop.window.notice.message() == ""


def test_files_that_nothing_refers_to_go_with_the_daily_look(
    start: Start, qtbot: QtBot, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(logging.getLogger("unnm"), "info", lambda text, number: told.append(text % number))
    today = NOW.date()
    with Database(workspace) as database:
        old = database.blobs.put(b"left long ago")
        loose_files.sweep(database, today - timedelta(days=100))
        young = database.blobs.put(b"left this month")
        loose_files.sweep(database, today - timedelta(days=11))
    monkeypatch.setattr(reading, "QUIET", 0)
    store = start(workspace)._hub.database.blobs
    qtbot.waitUntil(lambda: old not in store.digests(), timeout=10_000)
    assert store.digests() == {young}
    qtbot.waitUntil(lambda: told == ["files that nothing referred to for 90 days were removed: 1"])
