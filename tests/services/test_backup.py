"""Backups: proven when made, thinned out with time, found damaged when they are, and restored with everything."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import patience
from unnm_desktop import paths
from unnm_desktop.db import ActionPoint, Attachment, Network, copies, disk, keys, turning
from unnm_desktop.db.engine import Database
from unnm_desktop.db.keys import Key, Locked
from unnm_desktop.db.making import new_workspace
from unnm_desktop.errors import UserError
from unnm_desktop.services import backup, backup_rotation, old_copies, records, restoring, undo
from unnm_desktop.services.backup import Reason
from unnm_desktop.services.restoring import Access

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(database: Database) -> Path:
    return backup.folder_for(database.id)


def fill(database: Database, name: str = "Network") -> None:
    with database.write("Make") as session:
        network = records.create(session, Network, country="BHR", name_en=name)
        records.create(session, ActionPoint, network_id=network.id, task_en="Share the note")
        digest = database.blobs.put(b"paper " + name.encode())
        paper = {"entity": "network", "record_id": network.id, "name": "paper.txt", "sha256": digest}
        records.create_many(session, Attachment, [paper])


def names(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(network.name_en for network in records.all_of(session, Network))


def test_a_backup_is_proven_and_says_what_it_holds(database: Database, folder: Path) -> None:
    fill(database)
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    assert backup.listed(folder) == [made]
    assert made.whole()
    assert made.records == 3
    assert copies.contents(made.path).kinds == {"network": 1, "action_point": 1, "attachment": 1}
    assert not backup.is_needed(database, made)
    fill(database, "Second")
    assert backup.is_needed(database, made)


def test_a_clock_that_was_once_far_ahead_calls_for_no_further_backups(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unnm_desktop.db.engine.utc_now", lambda: datetime(2100, 1, 1, tzinfo=UTC))
    fill(database)
    monkeypatch.undo()
    path = database.path
    database.close()
    with Database(path) as opened:
        assert not backup.is_needed(opened, backup.make(opened, folder, Reason.ASKED, now=NOW))
        fill(opened, "Second")
        assert backup.is_needed(opened, backup.newest(folder))


def test_two_asked_for_at_once_are_both_made(database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(database)
    copying, second_came, going_on = Event(), Event(), Event()
    at_once = copies.copy_database

    def slow(one: Database, part: Path) -> None:
        at_once(one, part)
        copying.set()
        assert going_on.wait(patience.SECONDS)

    def heard(*_: object) -> None:
        second_came.set()

    monkeypatch.setattr(copies, "copy_database", slow)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(backup.make, database, folder, Reason.TIMED, now=NOW)
        assert copying.wait(patience.SECONDS)
        later = NOW + timedelta(seconds=1)
        second = threads.submit(backup.make, database, folder, Reason.MERGE, now=later, progress=heard)
        assert second_came.wait(patience.SECONDS)
        going_on.set()
        made = [second.result(), first.result()]
    assert backup.listed(folder) == made
    assert all(one.whole() for one in backup.listed(folder))


def test_only_the_officer_can_read_a_backup(database: Database, folder: Path) -> None:
    fill(database)
    backup.make(database, folder, Reason.ASKED, now=NOW)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *folder.iterdir()))


def test_a_flipped_bit_is_found(database: Database, folder: Path) -> None:
    fill(database)
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    assert not backup.listed(folder)[0].whole()


def test_a_restore_brings_back_records_and_files_under_a_new_identity(database: Database, folder: Path) -> None:
    fill(database)
    with database.read() as session:
        paper = records.all_of(session, Attachment)[0]
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    fill(database, "Later")
    path = database.path
    assert database.device is not None
    before = database.device.id
    database.close()
    database.blobs.path.unlink()
    held = restoring.restore(made.path, path, now=NOW)
    assert held.records == made.records
    with Database(path) as opened:
        assert names(opened) == ["Network"]
        assert opened.blobs.get(paper.sha256) == b"paper Network"
        assert opened.device is not None
        assert opened.device.id != before
        assert opened.check() == []
        with opened.read() as session:
            assert undo.next_undo(session, opened.device.id) is None


def test_a_workspace_open_elsewhere_is_not_replaced(database: Database, folder: Path) -> None:
    fill(database)
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    with pytest.raises(UserError, match="already open"):
        restoring.restore(made.path, database.path, now=NOW)
    assert names(database) == ["Network"]


@pytest.mark.parametrize("damage", [b"", b"no database at all", None])
def test_a_damaged_copy_replaces_nothing(database: Database, folder: Path, damage: bytes | None) -> None:
    fill(database)
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    made.path.write_bytes(made.path.read_bytes()[:5000] if damage is None else damage)
    path = database.path
    database.close()
    whole = path.read_bytes()
    with pytest.raises(UserError):
        restoring.restore(made.path, path, now=NOW)
    assert path.read_bytes() == whole
    assert not list(path.parent.glob("*-restoring"))


def test_what_a_restore_replaces_is_backed_up_before(database: Database, folder: Path) -> None:
    fill(database)
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    fill(database, "Later")
    path = database.path
    database.close()
    restoring.restore(made.path, path, now=NOW + timedelta(hours=1))
    before = backup.listed(folder)[0]
    assert before.reason is Reason.RESTORE
    restoring.restore(before.path, path, now=NOW + timedelta(hours=2))
    with Database(path) as opened:
        assert names(opened) == ["Later", "Network"]


def test_the_copy_that_is_restored_does_not_make_way_for_the_one_made_before(database: Database, folder: Path) -> None:
    fill(database)
    oldest = backup.make(database, folder, Reason.ASKED, now=NOW)
    fill(database, "Later")
    for hours in (1, 2, 3, 24, 25, 26):
        backup.make(database, folder, Reason.ASKED, now=NOW + timedelta(hours=hours))
    path = database.path
    database.close()
    # A month on, no rule keeps the first one of its day.
    restoring.restore(oldest.path, path, now=NOW + timedelta(days=30))
    with Database(path) as opened:
        assert names(opened) == ["Network"]


def test_a_damaged_workspace_is_set_aside_and_replaced(database: Database, folder: Path) -> None:
    fill(database)
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    path = database.path
    database.close()
    damaged = path.read_bytes()[:4096] + b"\xff" * 8192
    path.write_bytes(damaged)
    restoring.restore(made.path, path, now=NOW)
    with Database(path) as opened:
        assert names(opened) == ["Network"]
    assert [aside.read_bytes() for aside in path.parent.glob(f"{path.name}-damaged-*")] == [damaged]


def test_a_copy_for_the_stick_stands_by_itself(database: Database, tmp_path: Path) -> None:
    fill(database)
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backup.write_copy(database, stick / "copy.unnm")
    elsewhere = tmp_path / "elsewhere.unnm"
    restoring.restore(made.path, elsewhere, now=NOW)
    with Database(elsewhere) as opened, opened.read() as session:
        paper = records.all_of(session, Attachment)[0]
        assert opened.blobs.get(paper.sha256) == b"paper Network"


@pytest.mark.skipif(os.name == "nt", reason="rights are not modes on Windows")
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(database: Database, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(UserError, match="could not be written"):
        backup.make(database, locked / "copies", Reason.ASKED, now=NOW)


def test_a_file_in_the_place_of_the_folder_is_named(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="could not be written"):
        backup.make(database, tmp_path / "file" / "copies", Reason.ASKED, now=NOW)


def test_a_year_of_half_hours_leaves_two_days_twelve_days_ten_weeks_nine_months() -> None:
    start = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
    moments: set[datetime] = set()
    for day in range(400):
        for half_hour in range(16):
            now = start + timedelta(days=day, minutes=30 * half_hour)
            moments = backup_rotation.kept({*moments, now}, now)
    ages = sorted(now - at for at in moments)
    assert sum(age <= timedelta(days=2) for age in ages) == 33  # both ends count
    older = [age for age in ages if age > timedelta(days=2)]
    assert len(older) == 12 + 10 + 9
    assert older[11] <= timedelta(days=14)
    assert timedelta(weeks=10) < older[21] <= timedelta(weeks=13)
    assert older[-1] > timedelta(days=300)


def test_four_hundred_days_on_the_disk_leave_the_right_copies_and_always_three_good_ones(tmp_path: Path) -> None:
    """Real notes and files under a clock of the test; every fifth copy is damaged after it was made."""
    folder, start = tmp_path / "copies", datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
    folder.mkdir()
    damaged: set[datetime] = set()
    for day in range(400):
        for hour in (0, 4, 9):
            now = start + timedelta(days=day, hours=hour)
            path = folder / f"{now:%Y%m%dT%H%M%S}-timed.unnm"
            path.write_bytes(f"{now}".encode())
            backup._note(backup.Backup(path, now, Reason.TIMED, 1, path.stat().st_size, disk.digest(path)))
            backup._thin(folder, now)
            # The last weeks see nothing but damage.
            if (day * 3 + hour) % 5 == 0 or day > 380:
                path.write_bytes(b"torn")
                damaged.add(now)
            good = [one for one in backup.listed(folder) if one.at not in damaged]
            assert len(good) >= min(3, day)
    ages = [now - one.at for one in backup.listed(folder)]
    assert sum(age <= timedelta(days=2) for age in ages) == 7
    older = [one for one in backup.listed(folder) if now - one.at > timedelta(days=2)]
    assert 12 + 10 + 9 <= len(older) <= 12 + 10 + 9 + 3
    found = backup.newest(folder)
    assert found is not None
    assert found.at == max(one.at for one in backup.listed(folder) if one.at not in damaged)


def written(folder: Path, at: datetime, size: int = 1000) -> backup.Backup:
    """A copy with its note, as ``make`` leaves them."""
    path = folder / f"{at:%Y%m%dT%H%M%S}-timed.unnm"
    path.write_bytes(f"{at}".encode().ljust(size))
    made = backup.Backup(path, at, Reason.TIMED, 1, size, disk.digest(path))
    backup._note(made)
    return made


def disk_with(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    told = shutil.disk_usage(Path.cwd())._replace(free=free)
    monkeypatch.setattr("unnm_desktop.services.backup.shutil.disk_usage", lambda _path: told)


def test_where_the_room_is_used_up_the_oldest_go_first_and_three_good_ones_never(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    made = [written(folder, NOW - timedelta(hours=count)) for count in range(12)]
    assert made[1].path.write_bytes(b"torn")
    # Twelve of a thousand bytes and thirteen thousand free: a fifth is five copies.
    disk_with(monkeypatch, 13_000)
    backup._thin(folder, NOW)
    assert backup.listed(folder) == made[:5]
    room = backup.room(folder)
    assert room is not None
    assert room.is_short
    # With no room at all the three good ones stay, and the damaged one goes.
    disk_with(monkeypatch, 0)
    backup._thin(folder, NOW)
    assert backup.listed(folder) == [made[0], made[2], made[3]]
    disk_with(monkeypatch, 10**9)
    room = backup.room(folder)
    assert room is not None
    assert not room.is_short


def test_a_full_disk_lets_older_copies_go_for_the_new_one(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database)
    paths.private_folder(folder)
    older = [written(folder, NOW - timedelta(hours=count), 1 << 20) for count in range(1, 40)]
    full = [shutil.disk_usage(folder)._replace(free=1 << 20), shutil.disk_usage(folder)._replace(free=1 << 20)]
    roomy = shutil.disk_usage(folder)._replace(free=30 << 20)
    monkeypatch.setattr("unnm_desktop.services.backup.shutil.disk_usage", lambda _path: full.pop() if full else roomy)
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    left = backup.listed(folder)
    assert left[0] == made
    assert left[1:] == older[: len(left) - 1]
    assert 3 <= len(left) < 40


def test_no_room_at_all_is_told_and_leaves_three_good_copies(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database)
    paths.private_folder(folder)
    older = [written(folder, NOW - timedelta(hours=count)) for count in range(1, 8)]
    disk_with(monkeypatch, 0)
    with pytest.raises(UserError, match="There is no room for a backup"):
        backup.make(database, folder, Reason.ASKED, now=NOW)
    assert backup.listed(folder) == older[:3]


def test_a_damaged_newest_copy_calls_for_another_one(database: Database, folder: Path) -> None:
    fill(database)
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    assert not backup.is_needed(database, backup.newest(folder))
    made.path.write_bytes(made.path.read_bytes()[:-1])
    assert backup.newest(folder) is None
    assert backup.is_needed(database, backup.newest(folder))


@given(st.sets(st.integers(0, 60 * 24 * 500), min_size=1, max_size=60))
def test_the_three_newest_and_all_of_two_days_always_stay(minutes: set[int]) -> None:
    moments = {NOW - timedelta(minutes=count) for count in minutes}
    stays = backup_rotation.kept(moments, NOW)
    assert stays <= moments
    assert set(sorted(moments)[-3:]) <= stays
    assert {at for at in moments if NOW - at <= timedelta(days=2)} <= stays
    assert backup_rotation.kept(stays, NOW) == stays


# --- protected ---

WORDS = "words that open the backups"


@pytest.fixture
def guarded(tmp_path: Path) -> tuple[Path, Key]:
    path = tmp_path / "guarded.unnm"
    with new_workspace(path, "Officer", WORDS) as database:
        fill(database)
    return path, keys.unlock(path, WORDS)


def test_a_backup_of_a_protected_workspace_is_protected_with_its_files(guarded: tuple[Path, Key]) -> None:
    path, key = guarded
    with Database(path, key=key) as database:
        folder = backup.folder_for(database.id)
        made = backup.make(database, folder, Reason.ASKED, now=NOW)
        assert made.whole()
        assert not backup.is_needed(database, made)
    assert not any(paths.is_plain(file) for file in folder.iterdir())
    assert keys.unlock(made.path, WORDS).data == key.data
    with pytest.raises(Locked):
        copies.contents(made.path)
    assert copies.contents(made.path, key).records == 3
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())


def test_a_protected_workspace_stays_so_when_a_plain_copy_is_restored(tmp_path: Path, database: Database) -> None:
    fill(database)
    folder = backup.folder_for(database.id)
    before = backup.make(database, folder, Reason.ASKED, now=NOW)
    path = database.path
    database.close()
    key = turning.protect(path, WORDS)
    with Database(path, key=key) as later:
        fill(later, "Second")
        made = backup.make(later, folder, Reason.ASKED, now=NOW + timedelta(minutes=1))
        assert old_copies.readable(later, folder).files == (before.path,)
    restoring.restore(before.path, path, now=NOW + timedelta(minutes=2), access=Access(own=key))
    assert paths.is_protected(path)
    with Database(path, key=keys.unlock(path, WORDS)) as back:
        assert names(back) == ["Network"]
        assert back.blobs.digests()
        assert backup.listed(folder)[0].reason is Reason.RESTORE
        assert old_copies.replace(back, folder, now=NOW + timedelta(minutes=3)) == 1
    assert {one.path for one in backup.listed(folder)} >= {made.path}
    assert not any(paths.is_plain(file) for file in folder.iterdir())


def test_copies_of_an_earlier_key_go_only_once_three_good_ones_have_the_present_one(
    guarded: tuple[Path, Key],
) -> None:
    path, key = guarded
    with Database(path, key=key) as database:
        folder = backup.folder_for(database.id)
        old = [backup.make(database, folder, Reason.ASKED, now=NOW + timedelta(minutes=n)) for n in range(4)]
        aside = path.with_name(f"{path.name}-before-3-to-4")
        aside.write_bytes(b"SQLite format 3\0 of a plain time")
    new = turning.change_key(path, key, "quite another passphrase")
    with Database(path, key=new) as database:
        found = old_copies.readable(database, folder)
        assert set(found.other) == {one.path for one in old}
        assert found.plain == (aside,)
        damaged = backup.make(database, folder, Reason.ASKED, now=NOW + timedelta(minutes=9))
        damaged.path.write_bytes(b"damaged since")
        assert old_copies.replace(database, folder, now=NOW + timedelta(minutes=10)) == 5
        assert not old_copies.readable(database, folder)
    good = [one for one in backup.listed(folder) if one.whole()]
    assert [one.reason for one in good] == [Reason.KEY] * backup_rotation.LEAST
    assert all(copies.contents(one.path, new).records == 3 for one in good)
    assert not aside.exists()
    assert not list(folder.glob(f"*{key.id}*"))


def test_no_copy_goes_where_the_new_ones_could_not_be_made(
    guarded: tuple[Path, Key], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = guarded
    with Database(path, key=key) as database:
        folder = backup.folder_for(database.id)
        backup.make(database, folder, Reason.ASKED, now=NOW)
    new = turning.change_key(path, key, "quite another passphrase")
    with Database(path, key=new) as database:
        monkeypatch.setattr(backup, "_ROOM", 1 << 60)
        with pytest.raises(UserError, match="no room"):
            old_copies.replace(database, folder, now=NOW + timedelta(minutes=1))
        assert len(old_copies.readable(database, folder).other) == 1


def test_a_backup_from_before_a_change_of_passphrase_comes_back_with_todays(guarded: tuple[Path, Key]) -> None:
    path, key = guarded
    with Database(path, key=key) as database:
        made = backup.make(database, backup.folder_for(database.id), Reason.ASKED, now=NOW)
    keys.change(path, WORDS, "quite another passphrase")
    restoring.restore(made.path, path, now=NOW + timedelta(minutes=1), access=Access(key, key))
    assert keys.unlock(path, "quite another passphrase").data == key.data
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(path, WORDS)


def test_a_workspace_whose_key_nobody_has_is_set_aside_whole(guarded: tuple[Path, Key], database: Database) -> None:
    path, key = guarded
    fill(database, "Other")
    made = backup.make(database, backup.folder_for(database.id), Reason.ASKED, now=NOW)
    restoring.restore(made.path, path, now=NOW)
    with Database(path) as now_here:
        assert names(now_here) == ["Other"]
    aside = next(file for file in path.parent.glob("guarded.unnm-locked-*") if not file.name.endswith(("keys", "copy")))
    assert keys.unlock(aside, WORDS).data == key.data
    assert copies.contents(aside, key).records == 3
