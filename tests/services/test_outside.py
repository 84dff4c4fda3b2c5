"""A copy outside this computer is asked for once a week, where something was done since the last one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from unnm_desktop.db import Network
from unnm_desktop.db.engine import Database
from unnm_desktop.services import backup, outside, records, whereabouts
from unnm_desktop.services.backup import Reason
from unnm_desktop.services.outside import Reminder
from unnm_desktop.services.whereabouts import Danger

DAY = date(2026, 11, 2)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def work(database: Database, name: str) -> None:
    with database.write("Work") as session:
        records.create(session, Network, country="BHR", name_en=name)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the computer takes for a stick."""
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(whereabouts, "danger_of", lambda path: Danger.REMOVABLE if path.is_relative_to(place) else None)
    return place


def test_the_first_copy_is_asked_for_after_a_week_on_this_computer(database: Database) -> None:
    work(database, "One")
    assert outside.reminder(database, on(0)) is None
    assert outside.reminder(database, on(6)) is None
    assert outside.reminder(database, on(7)) == Reminder(None)


def test_a_copy_counts_its_days_and_only_work_since_then_calls_for_another(database: Database, stick: Path) -> None:
    work(database, "One")
    outside.reminder(database, on(0))
    backup.write_copy(database, stick / "copy.unnm")
    today = datetime.now(UTC).astimezone().date()
    assert outside.reminder(database, today + timedelta(days=50)) is None, "the copy has everything"
    work(database, "Two")
    assert outside.reminder(database, today + timedelta(days=6)) is None
    assert outside.reminder(database, today + timedelta(days=7)) == Reminder(7)
    assert outside.reminder(database, today + timedelta(days=30)) == Reminder(30)


def test_a_copy_on_this_computers_own_disk_counts_for_nothing(database: Database, stick: Path, tmp_path: Path) -> None:
    work(database, "One")
    outside.reminder(database, on(0))
    backup.write_copy(database, tmp_path / "copy.unnm")
    backup.make(database, tmp_path / "copies", Reason.ASKED, now=datetime.now(UTC))
    assert outside.reminder(database, on(7)) == Reminder(None)


def test_backups_that_go_to_a_stick_by_themselves_count(database: Database, stick: Path) -> None:
    work(database, "One")
    now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    outside.reminder(database, on(0))
    backup.make(database, stick / "copies", Reason.TIMED, now=now)
    work(database, "Two")
    assert outside.reminder(database, date(2026, 11, 26)) is None
    assert outside.reminder(database, date(2026, 11, 27)) == Reminder(7)


def test_put_off_it_comes_again_after_a_week(database: Database) -> None:
    work(database, "One")
    outside.reminder(database, on(0))
    outside.put_off(database, on(8))
    assert outside.reminder(database, on(14)) is None
    assert outside.reminder(database, on(15)) == Reminder(None)


def test_a_note_that_cannot_be_read_begins_anew(database: Database) -> None:
    work(database, "One")
    outside.reminder(database, on(0))
    outside._file(database.id).write_text('{"first": "no day"}', encoding="utf-8")
    assert outside.reminder(database, on(30)) is None
    assert outside.reminder(database, on(37)) == Reminder(None)
    # A clock that was set back asks for nothing.
    assert outside.reminder(database, on(-300)) is None
