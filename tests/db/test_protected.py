"""A protected workspace: nothing readable on the disk, the same tool with its key, and turned without loss."""

from __future__ import annotations

import os
import random
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from unnm_desktop import paths
from unnm_desktop.db import Network, copies, files, keys, turning
from unnm_desktop.db.blobs import Blobs, files_path
from unnm_desktop.db.copying import keep_copy
from unnm_desktop.db.engine import Database
from unnm_desktop.db.keys import Holder, Key, Locked
from unnm_desktop.db.making import new_workspace
from unnm_desktop.db.trouble import Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.services import records

WORDS, NEW = "canary words that open the file", "canary words of the new key"
NAME = "Canary Network of the Gulf"
PAPER = b"canary paper " * 5000


def fill(path: Path, key: Key | None = None) -> str:
    with Database(path, "Canary Officer", key=key) as database:
        with database.write("Make") as session:
            records.create(session, Network, country="BHR", name_en=NAME)
        return database.blobs.put(PAPER)


def names(path: Path, key: Key | None = None) -> list[str]:
    with Database(path, key=key) as database, database.read() as session:
        return [network.name_en for network in records.all_of(session, Network)]


def readable(folder: Path) -> list[str]:
    """The files below a folder in which a canary can be read, or that are SQLite's for everybody."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            if b"anary" in data or "Canary".encode("utf-16-le") in data or data.startswith(b"SQLite format 3"):
                found.append(str(file.relative_to(folder)))
    return found


@pytest.fixture
def plain(template: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    path = folder / "work.unnm"
    path.write_bytes(template.read_bytes())
    return path


@pytest.fixture
def protected(tmp_path: Path) -> tuple[Path, Key]:
    folder = tmp_path / "place"
    folder.mkdir()
    path = folder / "work.unnm"
    with new_workspace(path, "Officer", WORDS):
        pass
    return path, keys.unlock(path, WORDS)


def test_a_new_protected_workspace_is_unreadable_from_its_first_byte(protected: tuple[Path, Key]) -> None:
    path, key = protected
    fill(path, key)
    assert not paths.is_plain(path)
    assert readable(path.parent) == []
    with Database(path, key=key) as database:
        assert database.check() == []
        # While it is open the write-ahead log lies beside it.
        with database.write("More") as session:
            records.create(session, Network, country="KWT", name_en=NAME)
        assert path.with_name("work.unnm-wal").stat().st_size > 0
        assert readable(path.parent) == []


@pytest.mark.parametrize("words", ["", WORDS])
def test_the_folder_of_a_new_workspace_is_made_where_there_is_none(tmp_path: Path, words: str) -> None:
    path = tmp_path / "Documents" / "new.unnm"
    with new_workspace(path, "Officer", words):
        pass
    assert path.exists()
    assert paths.is_protected(path) == bool(words)


def test_without_the_key_it_is_told_and_left_alone(protected: tuple[Path, Key]) -> None:
    path, _ = protected
    before = path.read_bytes()
    with pytest.raises(Locked, match=r"work\.unnm is protected"):
        Database(path)
    with pytest.raises(Damaged, match="belong to another workspace"):
        Database(path, key=Key.make())
    keys.remove(path)
    with pytest.raises(UserError, match=r"key file work\.unnm-keys is missing"):
        Database(path)
    assert path.read_bytes() == before


def half_written_back(path: Path, key: Key | None) -> None:
    """Leave the files as a program leaves them that is killed while it writes its log back: the first page is new."""
    with Database(path, "Canary Officer", key=key) as database:
        before = path.read_bytes()
        with database.write("Make") as session:
            for number in range(300):
                records.create(session, Network, country="BHR", name_en=f"{NAME} {number}")
        log = path.with_name(f"{path.name}-wal")
        held = log.read_bytes()
    after = path.read_bytes()
    assert len(after) > len(before)
    path.write_bytes(after[:4096] + before[4096:])
    log.write_bytes(held)


@pytest.mark.parametrize("kind", ["plain", "protected"])
def test_cut_off_while_the_log_is_written_back_nothing_is_lost(kind: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(kind)
    path, key = (made, None) if kind == "plain" else made
    half_written_back(path, key)
    assert len([name for name in names(path, key) if name.startswith(NAME)]) == 300
    with Database(path, key=key) as database:
        assert database.check() == []


def log_of_nothing(log: Path) -> None:
    """Leave a log as it is when a program is killed that begins it anew: a new head, and pages of before."""
    held = bytearray(log.read_bytes())
    held[16:24] = os.urandom(8)
    words = struct.unpack(">6I" if held[3] & 1 else "<6I", held[:24])
    first = second = 0
    for place in (0, 2, 4):
        first = (first + words[place] + second) & 0xFFFFFFFF
        second = (second + words[place + 1] + first) & 0xFFFFFFFF
    held[24:32] = struct.pack(">2I", first, second)
    log.write_bytes(held)


def test_memory_is_not_left_on_the_disk_where_a_log_begins_with_nothing(protected: tuple[Path, Key]) -> None:
    path, key = protected
    digest = fill(path, key)
    with Database(path, "Canary Officer", key=key) as database:
        with database.write("Make") as session:
            records.create(session, Network, country="KWT", name_en=NAME)
        database.blobs.put(PAPER[1:])
        held = [Path(f"{file}-wal") for file in (path, files_path(path))]
        logs = [log.read_bytes() for log in held if log.exists()]
    for log, data in zip(held, logs, strict=False):
        log.write_bytes(data)
        log_of_nothing(log)
    # What was read and let go: SQLite's index of such a log was made of it.
    gone = [f"{NAME} {number} ".encode() * 1500 for number in range(200)]
    del gone
    with Database(path, key=key) as database:
        assert readable(path.parent) == []
        assert database.blobs.get(digest) == PAPER
        with database.read() as session:
            assert len(records.all_of(session, Network)) == 2
        assert readable(path.parent) == []


def test_the_last_changes_are_not_left_out_where_nothing_can_be_written(
    protected: tuple[Path, Key], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = protected
    half_written_back(path, key)
    there = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    monkeypatch.setattr(files, "is_writable", lambda _path: False)
    with pytest.raises(UserError, match="was not closed, and nothing can be written where it lies"):
        Database(path, key=key)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == there


def test_a_plain_workspace_opens_whatever_key_is_offered(plain: Path) -> None:
    fill(plain)
    assert names(plain, Key.make()) == [NAME]


def test_copies_of_a_protected_workspace_are_protected(protected: tuple[Path, Key], tmp_path: Path) -> None:
    path, key = protected
    digest = fill(path, key)
    with Database(path, key=key) as database:
        copies.copy_database(database, path.with_name("copy.unnm"))
        kept = keep_copy(database, path.with_name("kept.unnm"))
    assert readable(path.parent) == []
    assert copies.contents(path.with_name("copy.unnm"), key).records == 1
    with Database(kept, key=keys.unlock(kept, WORDS)) as database:
        assert database.blobs.get(digest) == PAPER


def test_a_copy_of_what_is_open_opens_by_its_passphrase_though_the_key_file_went_with_the_stick(
    protected: tuple[Path, Key], tmp_path: Path
) -> None:
    path, key = protected
    fill(path, key)
    with Database(path, key=key) as database:
        # As the window has it once she reads what she sees; nothing was written yet.
        database.rest()
        for file in list(path.parent.iterdir()):
            file.unlink()
        kept = keep_copy(database, tmp_path / "kept.unnm")
    assert names(kept, keys.unlock(kept, WORDS)) == [NAME]
    assert readable(tmp_path) == []


def test_a_copy_that_cannot_be_made_leaves_nothing(
    protected: tuple[Path, Key], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = protected
    fill(path, key)

    def refuse(*_: object) -> None:
        raise UserError("It could not be written.")

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(keys, "write", refuse)
    with Database(path, key=key) as database, pytest.raises(UserError):
        keep_copy(database, elsewhere / "kept.unnm")
    assert list(elsewhere.iterdir()) == []


def test_a_flipped_bit_in_a_protected_file_is_found(protected: tuple[Path, Key]) -> None:
    path, key = protected
    fill(path, key)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with Database(path, lock=False, key=key) as database:
        assert database.check()
    with pytest.raises(Damaged):
        copies.contents(path, key)


def test_plain_becomes_protected_with_everything_in_it(plain: Path) -> None:
    digest = fill(plain)
    assert readable(plain.parent)
    key = turning.protect(plain, WORDS)
    assert readable(plain.parent) == []
    assert names(plain, keys.unlock(plain, WORDS)) == [NAME]
    with Database(plain, key=key) as database:
        assert database.blobs.get(digest) == PAPER
        assert database.check() == []
        assert [len(row) for row in search(database)] == [1]
    assert sorted(path.name for path in plain.parent.iterdir()) == [
        "work.unnm", "work.unnm-files", "work.unnm-keys", "work.unnm-keys-copy", "work.unnm-lock",
    ]  # fmt: skip


def search(database: Database) -> list[object]:
    with database.unjournalled() as connection:
        return [connection.exec_driver_sql("SELECT count(*) FROM search_index").fetchone()]


def test_protected_becomes_plain_again(plain: Path) -> None:
    digest = fill(plain)
    turning.unprotect(plain, turning.protect(plain, WORDS))
    assert names(plain) == [NAME]
    with Database(plain) as database:
        assert database.blobs.get(digest) == PAPER
        assert database.check() == []
    assert not any(path.exists() for path in paths.key_files(plain))


def test_what_stood_in_the_plain_file_is_written_over(plain: Path) -> None:
    fill(plain)
    with plain.open("rb") as old:
        turning.protect(plain, WORDS)
        assert not old.read().strip(b"\0")


def test_a_new_key_ends_every_old_passphrase_and_sheet(protected: tuple[Path, Key]) -> None:
    path, key = protected
    digest = fill(path, key)
    keys.add(path, key, "words of a successor", Holder.SUCCESSOR)
    new = turning.change_key(path, key, NEW)
    assert new.data != key.data
    assert keys.unlock(path, NEW).data == new.data
    for ended in (WORDS, "words of a successor"):
        with pytest.raises(keys.WrongPassphrase):
            keys.unlock(path, ended)
    with pytest.raises(Damaged):
        Database(path, key=key)
    with Database(path, key=new) as database:
        assert database.check() == []
        assert database.blobs.get(digest) == PAPER
    assert names(path, new) == [NAME]
    assert readable(path.parent) == []
    assert sorted(file.name.removeprefix("work.unnm") for file in path.parent.iterdir() if "shm" not in file.name) == [
        "", "-files", "-keys", "-keys-copy", "-lock",
    ]  # fmt: skip


def test_a_new_key_that_fails_leaves_the_old_one(protected: tuple[Path, Key], monkeypatch: pytest.MonkeyPatch) -> None:
    path, key = protected
    fill(path, key)

    def torn(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, "write_anew", torn)
    with pytest.raises(UserError, match="It is as it was"):
        turning.change_key(path, key, NEW)
    assert keys.unlock(path, WORDS).data == key.data
    assert names(path, key) == [NAME]
    assert not list(path.parent.glob("*turning*"))


def test_an_open_or_protected_workspace_is_not_turned(plain: Path) -> None:
    with Database(plain), pytest.raises(UserError, match="already open"):
        turning.protect(plain, WORDS)
    with pytest.raises(UserError, match="Too short"):
        turning.protect(plain, "short")
    assert paths.is_plain(plain)
    assert not any(path.exists() for path in paths.key_files(plain))
    turning.protect(plain, WORDS)
    with pytest.raises(UserError, match="protected already"):
        turning.protect(plain, WORDS)


def test_a_turning_that_fails_leaves_the_file_as_it_was(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(plain)

    def torn(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, "write_anew", torn)
    with pytest.raises(UserError, match="It is as it was"):
        turning.protect(plain, WORDS)
    assert names(plain) == [NAME]
    assert sorted(path.name for path in plain.parent.iterdir()) == ["work.unnm", "work.unnm-files", "work.unnm-lock"]


def test_cut_off_between_the_two_files_the_second_follows(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = fill(plain)
    put = turning._put

    def dies(new: Path, old: Path) -> None:
        put(new, old)
        raise KeyboardInterrupt

    monkeypatch.setattr(turning, "_put", dies)
    monkeypatch.setattr(turning, "settle_after", lambda _path: None)
    with pytest.raises(KeyboardInterrupt):
        turning.protect(plain, WORDS)
    assert paths.is_plain(files_path(plain))
    with Database(plain, key=keys.unlock(plain, WORDS)) as database:
        assert database.blobs.get(digest) == PAPER
    assert readable(plain.parent) == []


TURN = """
import sys
from pathlib import Path
from unnm_desktop.db import keys, turning
keys.tuned = lambda: keys.Cost(64, 1, 1)
path, words = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
while True:
    turning.unprotect(path, turning.change_key(path, turning.protect(path, words), words))
"""


def test_killed_at_any_moment_of_a_turning_the_workspace_opens(plain: Path) -> None:
    digest = fill(plain)
    dice = random.Random(3)  # noqa: S311 - the same moments each time
    for _ in range(10):
        if not paths.is_plain(plain):
            turning.unprotect(plain, keys.unlock(plain, WORDS))
        process = subprocess.Popen(
            [sys.executable, "-c", TURN, plain, WORDS], stdout=subprocess.PIPE, env=os.environ.copy()
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.expovariate(1 / 0.15))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        key = None if paths.is_plain(plain) else keys.unlock(plain, WORDS)
        with Database(plain, key=key) as database:
            assert database.check() == []
            assert database.blobs.get(digest) == PAPER
        assert names(plain, key) == [NAME]
        assert not paths.turning(plain).exists()


def test_bytes_brought_from_a_plain_store_are_protected(plain: Path, protected_store: Blobs) -> None:
    digest = fill(plain)
    assert protected_store.take_missing(Blobs(files_path(plain))) == 1
    assert protected_store.get(digest) == PAPER
    assert not paths.is_plain(protected_store.path)


@pytest.fixture
def protected_store(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "store", Key.make())
