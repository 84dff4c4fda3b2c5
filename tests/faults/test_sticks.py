"""Sticks with FAT and exFAT: cut off, pulled out, locked, lying about their size; a package is whole there or absent.

The drivers are those that run outside the kernel (exfat-fuse, fusefat). Real sticks were not tested.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults import looking
from tests.faults.striking import MANY, striking
from tests.faults.work import COLLEAGUE, WORDS, Officer, Place, pack, take_in
from tests.media import Disk, Image, small_disk
from unnm_desktop.db import Network, keys
from unnm_desktop.db.engine import Database
from unnm_desktop.errors import UserError
from unnm_desktop.progress import Progress
from unnm_desktop.services import backup, records, restoring
from unnm_desktop.services.handover import opening
from unnm_desktop.services.handover import stick as sticks
from unnm_desktop.services.handover.stick import Family, StickTrouble
from unnm_desktop.services.restoring import Access

CUTS = 5
MOST = 60
"""Packages in the first folder of a FAT stick, which holds 512 short names: a long one takes many."""
"""In CI, of each kind of stick."""
PULLS = 4
"""In CI."""
PATIENCE = 5.0
"""Seconds after which the officer would think that it hangs."""


@pytest.fixture(params=["exfat", "fat"])
def stick(request: pytest.FixtureRequest, memory: Path) -> Image:
    return Image.make(memory / "stick-image", request.param, 32)


def lies_on(disk: Disk, place: Place) -> None:
    """Let the place's stick be that one, with what was on it."""
    for package in place.stick.iterdir():
        shutil.copyfile(package, disk.place / package.name)
    shutil.rmtree(place.stick)
    place.stick.symlink_to(disk.place)


@pytest.fixture
def plugged(stick: Image, place: Place, memory: Path, at_home: Callable[[Place], None]) -> Iterator[Disk]:
    at_home(place)
    with stick.mounted(memory / "plugged") as disk:
        lies_on(disk, place)
        yield disk


def test_a_power_cut_leaves_a_package_whole_or_absent(
    stick: Image,
    plugged: Disk,
    place: Place,
    memory: Path,
    dice: random.Random,
    at_home: Callable[[Place], None],
    figure: Callable[[str], None],
) -> None:
    old = (plugged.place / COLLEAGUE).read_bytes()
    os.sync()
    told: list[str] = []
    with striking("pack", place.folder, dice) as process:
        process.wait_for_the_first()
        cuts = 0
        while cuts < CUTS * MANY and shutil.disk_usage(plugged.place).free > 8 << 20 and len(told) < MOST:
            process.wait_a_while(0.05)
            with process.held():
                told, after = list(process.hear()), stick.as_it_is(memory / "after")
            with after.mounted(memory / "again") as disk:
                assert (disk.place / COLLEAGUE).read_bytes() == old
                looking.packed(disk.place, told)
            cuts += 1
    figure(f"power cut of a stick ({stick.kind}): {cuts} times, {len(told)} packages in between, none torn")


def test_a_plain_copy_is_torn(
    stick: Image, plugged: Disk, memory: Path, dice: random.Random, figure: Callable[[str], None]
) -> None:
    """The control: a package that is merely copied is not there after the cut, or not whole."""
    data = os.urandom(1 << 20)
    cuts, torn = CUTS * MANY, 0
    for number in range(cuts):
        with (plugged.place / f"copy-{number}").open("wb", buffering=0) as file:
            # As a program copies it: piece by piece, under its own name, and without waiting for the stick.
            for at in range(0, len(data), 65_536):
                file.write(data[at : at + 65_536])
                if at == dice.randrange(16) * 65_536:
                    break
        after = stick.as_it_is(memory / "after")
        with after.mounted(memory / "again") as disk:
            copied = disk.place / f"copy-{number}"
            torn += not copied.exists() or copied.read_bytes() != data
        (plugged.place / f"copy-{number}").unlink()
    figure(f"control: plain copy, cut off ({stick.kind}): {cuts} times, torn or absent {torn} times")
    assert torn


def pulling(disk: Disk, moment: int) -> Progress:
    """Pull the stick out when the work has told so often how far it is."""
    told = iter(range(moment))

    def progress(done: int, total: int, text: str = "") -> None:
        if disk.driver is not None and disk.driver.poll() is None and next(told, None) is None:
            disk.pull_out()

    return progress


def said_of(work: Callable[..., str], officer: Officer, progress: Progress) -> str:
    """What the officer is told; nothing where all was written and proven, or all was read, before it was pulled out."""
    try:
        work(officer, progress=progress)
    except UserError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("work", [pack, take_in])
def test_a_stick_that_is_pulled_out_is_told_at_once_and_changes_nothing_here(
    work: Callable[..., str],
    stick: Image,
    place: Place,
    memory: Path,
    dice: random.Random,
    monkeypatch: pytest.MonkeyPatch,
    at_home: Callable[[Place], None],
    figure: Callable[[str], None],
) -> None:
    at_home(place)
    # So that there are more moments to be pulled out at.
    monkeypatch.setattr(opening, "_CHUNK", 16_384)
    told, longest = 0, 0.0
    with stick.mounted(memory / "plugged") as disk:
        lies_on(disk, place)
    with closing(Officer(place)) as officer:
        for _ in range(PULLS * MANY):
            before = officer.database.newest_change()
            with stick.mounted(memory / "plugged") as disk:
                began = time.monotonic()
                said = said_of(work, officer, pulling(disk, dice.randrange(8)))
                longest = max(longest, time.monotonic() - began)
            if said:
                assert "The stick was removed. Nothing changed here." in said
                assert officer.database.newest_change() == before
                told += 1
            elif officer.database.newest_change() != before:
                work(officer)
        with stick.mounted(memory / "plugged") as disk:
            work(officer)
            looking.packed(disk.place, ())
    looking.sound(place).close()
    assert told
    assert longest < PATIENCE
    figure(
        f"pulled out during {work.__name__} ({stick.kind}): {PULLS * MANY} times,"
        f" told {told} times, after {longest:.1f} s at most"
    )


def test_a_locked_stick_is_read_and_says_so_when_it_is_written(
    stick: Image, place: Place, memory: Path, at_home: Callable[[Place], None]
) -> None:
    at_home(place)
    with stick.mounted(memory / "plugged") as disk, closing(Officer(place)) as officer:
        lies_on(disk, place)
        copied = backup.write_copy(officer.database, disk.place / "copy.unnm")
        os.sync()
    before = stick.file.read_bytes()
    with stick.locked(memory / "plugged") as disk:
        with closing(Officer(place)) as officer:
            with pytest.raises(StickTrouble) as caught:
                pack(officer)
            assert caught.value.family is Family.PROTECTED
            assert take_in(officer)
        key = keys.unlock(copied.path, WORDS)
        with Database(copied.path, key=key) as database:
            assert database.read_only
            assert database.check() == []
            with database.read() as session:
                assert looking.FOUNDED in {one.name_en for one in records.all_of(session, Network)}
            for digest in database.blobs.sizes():
                assert database.blobs.get(digest)
        restoring.restore(copied.path, place.workspace, now=datetime.now(UTC), access=Access(key, key))
    assert stick.file.read_bytes() == before
    looking.sound(place).close()


def test_a_stick_that_is_smaller_than_it_says_is_found_out(
    place: Place, memory: Path, at_home: Callable[[Place], None]
) -> None:
    """It says 64 MB and keeps 12."""
    at_home(place)
    data = os.urandom(1 << 20)
    with small_disk(memory / "chip", 12) as chip:
        image = Image.make(chip.place / "image", "exfat", 64)
        with image.mounted(memory / "plugged") as disk:
            shutil.copyfile(place.stick / COLLEAGUE, disk.place / COLLEAGUE)
            os.sync()
            with pytest.raises(StickTrouble) as caught:
                sticks.write(disk.place, "unnm-new.unnmx", lambda: [data] * 24, 24 << 20)
            assert caught.value.family in (Family.DAMAGED, Family.FULL)
            assert not (disk.place / "unnm-new.unnmx").exists()
            assert (disk.place / COLLEAGUE).read_bytes() == (place.stick / COLLEAGUE).read_bytes()
