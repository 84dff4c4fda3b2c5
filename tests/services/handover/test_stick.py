"""A file on a stick is whole or absent, older ones are untouched, and each trouble has its own sentence."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.media import Disk, small_disk
from tests.services.handover import forging
from unnm_desktop.errors import UserError
from unnm_desktop.services.handover import limits, opening
from unnm_desktop.services.handover import stick as sticks
from unnm_desktop.services.handover.stick import Family, StickTrouble

OLD = b"an older package"


def write(folder: Path, data: bytes = b"x" * 3_000_000, name: str = "unnm-new.unnmx", **options: Any) -> sticks.Written:
    pieces = [data[at : at + 65_536] for at in range(0, len(data), 65_536)]
    return sticks.write(folder, name, lambda: pieces, len(data), **options)


def trouble(folder: Path, **options: Any) -> Family:
    with pytest.raises(StickTrouble) as caught:
        write(folder, **options)
    removed = caught.value.family is Family.REMOVED
    assert ("The stick was removed. Nothing changed here." if removed else str(folder)) in str(caught.value)
    return caught.value.family


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Disk]:
    """A stick of 8 MB: a file system in memory with an older package on it."""
    with small_disk(tmp_path / "mounted", 8) as disk:
        (disk.place / "unnm-old.unnmx").write_bytes(OLD)
        yield disk


def only_the_old_one(folder: Path) -> bool:
    return [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("unnm-old.unnmx", OLD)]


def test_a_file_is_written_read_back_and_proven(stick: Path) -> None:
    told: list[tuple[int, int]] = []
    made = write(stick, progress=lambda done, total, text="": told.append((done, total)))
    assert made.path.read_bytes() == b"x" * 3_000_000
    assert [path.name for path in stick.iterdir()] == ["unnm-new.unnmx"]
    assert told == sorted(told)
    assert told[-1] == (6_000_000, 6_000_000)
    assert all(done < total for done, total in told[:-1])


def test_an_older_file_of_the_name_is_never_written_over(stick: Path) -> None:
    (stick / "unnm-new.unnmx").write_bytes(OLD)
    with pytest.raises(StickTrouble):
        write(stick)
    assert (stick / "unnm-new.unnmx").read_bytes() == OLD


def test_a_full_stick_is_told_before_anything_is_written_and_works_once_there_is_room(mounted: Disk) -> None:
    filler = mounted.place / "unnm-filler"
    filler.write_bytes(bytes(3 << 20))
    assert trouble(mounted.place) is Family.FULL
    filler.unlink()
    assert only_the_old_one(mounted.place)
    write(mounted.place, b"x" * 100_000)


def test_a_stick_that_fills_up_while_it_is_written_keeps_the_older_files(
    mounted: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "want_room", lambda _folder, _size: None)
    assert trouble(mounted.place, data=b"x" * (20 << 20)) is Family.FULL
    monkeypatch.delattr(os, "posix_fallocate")
    assert trouble(mounted.place, data=b"x" * (20 << 20)) is Family.FULL
    assert only_the_old_one(mounted.place)


def test_a_stick_with_its_switch_on_is_told_and_can_be_read(mounted: Disk) -> None:
    made = forging.pack(forging.contents(), mounted.place)
    mounted.remount("ro")
    assert trouble(mounted.place) is Family.PROTECTED
    with opening.opened(made.path) as found:
        assert len(list(found.changesets())) == len(forging.STEPS)


def test_a_stick_that_is_not_there_is_told(stick: Path) -> None:
    with pytest.raises(StickTrouble, match="gone is not there"):
        forging.pack(forging.contents(), stick / "gone")


def test_a_stick_pulled_out_while_it_is_written_is_told_and_nothing_hangs(stick: Path) -> None:
    def pull(done: int, total: int, text: str = "") -> None:
        if done:
            shutil.rmtree(stick, ignore_errors=True)

    assert trouble(stick, progress=pull) is Family.REMOVED


def test_a_stick_pulled_out_while_it_is_read_is_told(stick: Path) -> None:
    made = forging.pack(forging.contents(), stick)
    made.path.unlink()
    with pytest.raises(Exception, match="can no longer be read") as caught, opening.opened(made.path):
        pass
    assert "Put the stick in again" in str(caught.value)


@pytest.mark.parametrize("writing", [True, False], ids=["written", "read back"])
@pytest.mark.parametrize("trouble", [errno.EIO, errno.ENOENT, 0], ids=["unreadable", "gone", "cut short"])
def test_this_computers_own_disk_is_not_taken_for_the_stick(
    stick: Path, monkeypatch: pytest.MonkeyPatch, writing: bool, trouble: int
) -> None:
    (stick / "unnm-old.unnmx").write_bytes(OLD)
    proper, times = Path.open, iter([not writing, writing])

    def opened(path: Path, mode: str = "r", *more: Any, **options: Any) -> Any:
        if path.name != "body.age" or mode != "rb" or next(times, False):
            return proper(path, mode, *more, **options)
        if not trouble:
            with proper(path, mode) as file:
                return io.BytesIO(file.read(100))
        raise OSError(trouble, os.strerror(trouble))

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(UserError, match="this computer's own disk no longer gives it back") as caught:
        forging.pack(forging.contents(), stick)
    assert "The stick is in order" in str(caught.value)
    assert not isinstance(caught.value, StickTrouble)
    assert only_the_old_one(stick)


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "no room on this computer's own disk"), (errno.EIO, "its own disk gives trouble")],
)
def test_a_full_disk_of_this_computer_and_a_broken_one_are_told_apart(
    stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    proper = Path.open

    def opened(path: Path, mode: str = "r", *more: Any, **options: Any) -> Any:
        if path.name == "body.age" and mode == "xb":
            raise OSError(number, os.strerror(number))
        return proper(path, mode, *more, **options)

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(UserError, match=says):
        forging.pack(forging.contents(), stick)


@pytest.mark.parametrize("step", ["open", "write", "fsync", "rename", "close"])
@pytest.mark.parametrize(
    ("number", "family"),
    [
        (errno.ENOSPC, Family.FULL),
        (errno.EIO, Family.DAMAGED),
        (errno.EPERM, Family.PROTECTED),
        (errno.EROFS, Family.PROTECTED),
        (errno.ENOTCONN, Family.REMOVED),
        (errno.EFBIG, Family.LARGE),
    ],
)
def test_trouble_at_any_step_leaves_what_was_there(
    step: str, number: int, family: Family, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what is told only when the file is closed."""
    (stick / "unnm-old.unnmx").write_bytes(OLD)
    monkeypatch.setattr(sticks, "want_room", lambda _folder, _size: None)
    error = OSError(number, os.strerror(number))

    def fail(*_arguments: object, **_options: object) -> Any:
        raise error

    proper = Path.open

    class Troubled:
        def __init__(self, file: Any) -> None:
            self.file = file
            self.fileno, self.flush = file.fileno, file.flush

        def __enter__(self) -> Troubled:
            return self

        def write(self, data: bytes) -> int:
            return fail() if step == "write" else self.file.write(data)

        def __exit__(self, *_about: object) -> None:
            self.file.close()
            if step == "close":
                fail()

    def opened(path: Path, mode: str = "r", *more: Any, **options: Any) -> Any:
        if not path.name.endswith(sticks.PART):
            return proper(path, mode, *more, **options)
        return fail() if step == "open" else Troubled(proper(path, mode, *more, **options))

    monkeypatch.setattr(Path, "open", opened)
    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    if step == "rename":
        monkeypatch.setattr(Path, "rename", fail)
    assert trouble(stick) is family
    monkeypatch.undo()
    assert only_the_old_one(stick)
    write(stick)


def test_a_stick_that_lies_is_found_out_by_reading_back(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (stick / "unnm-old.unnmx").write_bytes(OLD)
    proper = Path.rename

    def lose(path: Path, target: Path) -> Path:
        with path.open("r+b") as file:
            file.seek(1_234_567)
            file.write(b"y")
        return proper(path, target)

    monkeypatch.setattr(Path, "rename", lose)
    assert trouble(stick) is Family.DAMAGED
    assert only_the_old_one(stick)


def test_reading_back_asks_the_system_to_forget_first(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "posix_fadvise"):
        pytest.skip("NOT TESTED: this system is asked in another way")
    asked: list[int] = []
    monkeypatch.setattr(os, "posix_fadvise", lambda _number, _at, _size, advice: asked.append(advice))
    assert write(stick).uncached
    assert asked == [os.POSIX_FADV_DONTNEED]


def test_more_than_one_file_may_hold_is_refused_before_it_is_written(stick: Path) -> None:
    with pytest.raises(StickTrouble) as caught:
        sticks.write(stick, "unnm-big.unnmx", lambda: (), limits.LARGEST + 1)
    assert caught.value.family is Family.LARGE
    assert list(stick.iterdir()) == []
