"""The power goes at any moment: what was told to be kept is on the disk.

A cut is what lies on a medium's image at one moment while the program writes to it; it is mounted again elsewhere.
Real disks, with memories and electronics of their own, were not cut off.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import looking
from tests.faults.striking import MANY, Striking, striking
from tests.faults.work import Place
from tests.media import Image, library
from unnm_desktop.errors import UserError

CUTS = 3
_ROOM = 16 << 20
"""Full disks are tested elsewhere."""
"""In CI, of each kind."""


@pytest.fixture
def disk(memory: Path, place: Place) -> Iterator[tuple[Image, Place]]:
    """The place, on a disk of its own."""
    image = Image.make(memory / "disk", "ext4", 64)
    with image.mounted(memory / "mounted") as mounted:
        mine = Place(mounted.place / "place")
        shutil.copytree(place.folder, mine.folder)
        os.sync()
        yield image, mine


def right(name: str, place: Place, told: list[str]) -> None:
    """What must hold on the disk after the cut."""
    with looking.sound(place) as database:
        if name == "commit":
            looking.kept(database, told)
        elif name == "attach":
            looking.attached(database, told)
        elif name == "back_up":
            looking.backed_up(place, database, told)


def cut(process: Striking, image: Image, memory: Path) -> tuple[Image, list[str]]:
    """The medium as the cut leaves it, and what was told to be done until then."""
    with process.held():
        return image.as_it_is(memory / "after"), list(process.hear())


@pytest.mark.parametrize("name", ["commit", "attach", "back_up", "change_words", "restore", "turn", "take_in"])
def test_what_was_kept_survives(
    name: str,
    disk: tuple[Image, Place],
    memory: Path,
    dice: random.Random,
    at_home: Callable[[Place], None],
    figure: Callable[[str], None],
) -> None:
    image, place = disk
    at_home(Place(memory / "again" / "place"))
    cuts = 0
    with striking(name, place.folder, dice) as process:
        while cuts < CUTS * MANY and (not cuts or shutil.disk_usage(place.folder).free > _ROOM):
            process.wait_a_while(0.1)
            after, told = cut(process, image, memory)
            with after.mounted(memory / "again") as mounted:
                right(name, Place(mounted.place / "place"), told)
            cuts += 1
    figure(f"power cut while it did {name}: {cuts} times, {len(told)} done in between, nothing lost")


@pytest.mark.parametrize(("control", "share"), [("NORMAL", 0.1), ("libeatmydata", 0.5)])
def test_without_waiting_for_the_disk_it_would_be_lost(
    control: str,
    share: float,
    disk: tuple[Image, Place],
    memory: Path,
    dice: random.Random,
    monkeypatch: pytest.MonkeyPatch,
    at_home: Callable[[Place], None],
    figure: Callable[[str], None],
) -> None:
    """The controls: had the tests above not failed of these, they would prove nothing."""
    image, place = disk
    at_home(Place(memory / "again" / "place"))
    synchronous = control
    if control == "libeatmydata":
        synchronous = ""
        monkeypatch.setenv("LD_PRELOAD", library("libeatmydata.so"))
    lost = cuts = 0
    with striking("commit", place.folder, dice, anew=True, synchronous=synchronous) as process:
        monkeypatch.delenv("LD_PRELOAD", raising=False)
        process.wait_for_the_first()
        while cuts < CUTS * 2 * MANY and (not cuts or shutil.disk_usage(place.folder).free > _ROOM):
            process.wait_a_while(0.1)
            cuts += 1
            after, told = cut(process, image, memory)
            with after.mounted(memory / "again") as mounted:
                try:
                    right("commit", Place(mounted.place / "place"), told)
                except (AssertionError, UserError):
                    lost += 1
    figure(f"control: power cut with {control}: {cuts} times, lost or damaged {lost} times")
    # The file system may have written back by itself just before one of them.
    assert lost > share * cuts
