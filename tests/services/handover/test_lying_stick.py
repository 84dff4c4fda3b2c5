"""A stick that loses or changes what was written, as a disk image: found out by reading uncached, and not otherwise.

The kernel's own drivers of FAT and exFAT cannot be had everywhere, so the image is ext4; real sticks were not tested.
"""

from __future__ import annotations

import mmap
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from unnm_desktop.services.handover import stick as sticks
from unnm_desktop.services.handover.stick import Family, StickTrouble

OLD = b"an older package"
DATA = os.urandom(1 << 20)


@dataclass
class Image:
    """A disk image, and where it is mounted."""

    file: Path
    place: Path

    def change_behind_its_back(self) -> None:
        """Change a byte of the new file on the medium itself; the file system knows nothing of it."""
        with self.file.open("r+b") as file, mmap.mmap(file.fileno(), 0) as medium:
            at = medium.find(DATA[500_000:500_064])
            assert at > 0, "the file is not on the medium though it was synced"
            medium[at] ^= 1
            medium.flush()


@pytest.fixture
def image(tmp_path: Path) -> Iterator[Image]:
    made = Image(tmp_path / "image", tmp_path / "place")
    made.place.mkdir()
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("NOT TESTED: no mkfs.ext4, so no lying stick was seen")
    with made.file.open("wb") as file:
        file.truncate(32 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", made.file], check=True)
    mounted = subprocess.run(["mount", "-o", "loop", made.file, made.place], capture_output=True, check=False)
    if mounted.returncode or not os.path.ismount(made.place):
        pytest.skip(f"NOT TESTED: no image can be mounted here ({mounted.stderr.decode().strip()})")
    try:
        (made.place / "unnm-old.unnmx").write_bytes(OLD)
        yield made
    finally:
        subprocess.run(["umount", "-l", made.place], check=True)


def write(image: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write, while the medium changes a byte between the last sync and the reading back."""
    proper = sticks._sync_folder

    def lie(folder: Path) -> None:
        proper(folder)
        image.change_behind_its_back()

    monkeypatch.setattr(sticks, "_sync_folder", lie)
    sticks.write(image.place, "unnm-new.unnmx", iter((DATA,)), len(DATA))


def test_a_byte_that_changed_on_the_medium_is_found_by_reading_uncached(
    image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StickTrouble) as caught:
        write(image, monkeypatch)
    assert caught.value.family is Family.DAMAGED
    assert not (image.place / "unnm-new.unnmx").exists()
    assert (image.place / "unnm-old.unnmx").read_bytes() == OLD


def test_a_cached_reading_would_not_find_it(image: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without it the test above would prove nothing."""
    monkeypatch.setattr(sticks, "_forget", lambda _number: False)
    write(image, monkeypatch)


def test_a_power_cut_after_the_sentence_loses_nothing(image: Image, tmp_path: Path) -> None:
    """The medium as it is at that moment, without what the computer still had in memory."""
    sticks.write(image.place, "unnm-new.unnmx", iter((DATA,)), len(DATA))
    after = Image(tmp_path / "after", tmp_path / "again")
    shutil.copyfile(image.file, after.file)
    after.place.mkdir()
    subprocess.run(["mount", "-o", "loop", after.file, after.place], check=True)
    try:
        assert (after.place / "unnm-new.unnmx").read_bytes() == DATA
        assert sorted(path.name for path in after.place.glob("unnm-*")) == ["unnm-new.unnmx", "unnm-old.unnmx"]
    finally:
        subprocess.run(["umount", "-l", after.place], check=True)


def test_a_power_cut_without_syncing_does_lose_it(
    image: Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the copy of the image does show what was not synced as missing."""
    monkeypatch.setattr(os, "fsync", lambda _number: None)
    monkeypatch.setattr(sticks, "_forget", lambda _number: False)
    sticks.write(image.place, "unnm-new.unnmx", iter((DATA,)), len(DATA))
    after = tmp_path / "after"
    shutil.copyfile(image.file, after)
    assert DATA[500_000:500_064] not in after.read_bytes()


def test_a_power_cut_at_any_moment_leaves_the_older_packages_and_never_a_torn_one(image: Image, tmp_path: Path) -> None:
    os.sync()
    moments: list[Path] = []

    def cut(done: int, total: int, text: str = "") -> None:
        moments.append(tmp_path / f"cut-{len(moments)}")
        if len(moments) % 3 == 0:
            shutil.copyfile(image.file, moments[-1])

    pieces = (DATA[at : at + 65_536] for at in range(0, len(DATA), 65_536))
    sticks.write(image.place, "unnm-new.unnmx", pieces, len(DATA), cut)
    looked_at = 0
    for after in moments:
        if not after.exists():
            continue
        place = tmp_path / "after"
        place.mkdir(exist_ok=True)
        subprocess.run(["mount", "-o", "loop", after, place], check=True)
        try:
            assert (place / "unnm-old.unnmx").read_bytes() == OLD
            new = place / "unnm-new.unnmx"
            assert not new.exists() or new.read_bytes() == DATA
            looked_at += 1
        finally:
            subprocess.run(["umount", "-l", place], check=True)
        after.unlink()
    assert looked_at > 4
