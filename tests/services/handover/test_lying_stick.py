"""A stick that loses or changes what was written, as a disk image: found out by reading uncached, and not otherwise.

The image is ext4, whose driver is the kernel's own; FAT and exFAT are in tests/faults. Real sticks were not tested.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.media import Image
from unnm_desktop.services.handover import stick as sticks
from unnm_desktop.services.handover.stick import Family, StickTrouble

OLD = b"an older package"
DATA = os.urandom(1 << 20)


@dataclass
class Stick:
    """The image, and where it is mounted."""

    image: Image
    place: Path

    def change_behind_its_back(self) -> None:
        """Change a byte of the new file on the medium itself; the file system knows nothing of it."""
        with self.image.file.open("r+b") as file, mmap.mmap(file.fileno(), 0) as medium:
            at = medium.find(DATA[500_000:500_064])
            assert at > 0, "the file is not on the medium though it was synced"
            medium[at] ^= 1
            medium.flush()


@pytest.fixture
def image(tmp_path: Path) -> Iterator[Stick]:
    made = Image.make(tmp_path / "image", "ext4")
    with made.mounted(tmp_path / "place") as disk:
        (disk.place / "unnm-old.unnmx").write_bytes(OLD)
        yield Stick(made, disk.place)


def write(image: Stick, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write, while the medium changes a byte between the last sync and the reading back."""
    proper = sticks._sync_folder

    def lie(folder: Path) -> None:
        proper(folder)
        image.change_behind_its_back()

    monkeypatch.setattr(sticks, "_sync_folder", lie)
    sticks.write(image.place, "unnm-new.unnmx", lambda: (DATA,), len(DATA))


def test_a_byte_that_changed_on_the_medium_is_found_by_reading_uncached(
    image: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StickTrouble) as caught:
        write(image, monkeypatch)
    assert caught.value.family is Family.DAMAGED
    assert not (image.place / "unnm-new.unnmx").exists()
    assert (image.place / "unnm-old.unnmx").read_bytes() == OLD


def test_a_cached_reading_would_not_find_it(image: Stick, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without it the test above would prove nothing."""
    monkeypatch.setattr(sticks, "_forget", lambda _number: False)
    write(image, monkeypatch)


def test_a_power_cut_after_the_sentence_loses_nothing(image: Stick, tmp_path: Path) -> None:
    """The medium as it is at that moment, without what the computer still had in memory."""
    sticks.write(image.place, "unnm-new.unnmx", lambda: (DATA,), len(DATA))
    with image.image.as_it_is(tmp_path / "after").mounted(tmp_path / "again") as after:
        assert (after.place / "unnm-new.unnmx").read_bytes() == DATA
        assert sorted(path.name for path in after.place.glob("unnm-*")) == ["unnm-new.unnmx", "unnm-old.unnmx"]


def test_a_power_cut_without_syncing_does_lose_it(
    image: Stick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the copy of the image does show what was not synced as missing."""
    monkeypatch.setattr(os, "fsync", lambda _number: None)
    monkeypatch.setattr(sticks, "_forget", lambda _number: False)
    sticks.write(image.place, "unnm-new.unnmx", lambda: (DATA,), len(DATA))
    after = image.image.as_it_is(tmp_path / "after")
    assert DATA[500_000:500_064] not in after.file.read_bytes()
