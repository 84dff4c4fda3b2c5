"""Disks that are full or fail: a sentence, everything that was there is there, and the next try succeeds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.faults import looking
from tests.faults.injecting import CASES
from tests.faults.striking import MANY
from tests.faults.work import OPERATIONS, Officer, Place
from tests.media import small_disk, want
from unnm_desktop.errors import UserError

SAMPLES = 3
"""In CI, of the calls of one kind that an operation makes."""
SOURCE = Path(__file__).with_name("faulty.c")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that lets calls fail."""
    want("cc")
    made = tmp_path_factory.mktemp("faulty") / "faulty.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", made, SOURCE, "-ldl"], check=True, capture_output=True)
    return made


def tried(faulty: Path, ready: Place, folder: Path, name: str, samples: int) -> list[dict[str, Any]]:
    """What came of it, for each call that failed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.injecting", ready.folder, folder, name, str(samples)],
        env={**os.environ, "LD_PRELOAD": str(faulty)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def right(one: dict[str, Any]) -> bool:
    """Whether it was told in a sentence that is true, or done; all is whole, and the next try succeeded."""
    told = one.get("said", "")
    return not (
        "found" in one
        or one["again"]
        or told.startswith(("ERROR", "DAMAGED"))
        or (told and one["changed"] and not told.startswith("DONE"))
    )


@pytest.mark.parametrize("name", CASES)
def test_whichever_call_fails_it_is_told_and_nothing_is_lost(
    name: str, faulty: Path, ready: Place, memory: Path, figure: Callable[[str], None]
) -> None:
    found = tried(faulty, ready, memory / "place", name, SAMPLES * MANY)
    assert [one for one in found if not right(one)] == []
    # Where nothing fails it is done, so the others have failed because of the disk.
    assert [one["said"] for one in found if not one["error"]] == ["", "", ""]
    failed = [one for one in found if one["error"]]
    told = sum(bool(one["said"]) for one in failed)
    figure(
        f"{name} with a failing disk: {len(failed)} failures, told {told} times, else done all the same; nothing lost"
    )


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name != "migrate"])
def test_a_full_disk_is_told_and_the_next_try_succeeds_once_there_is_room(
    name: str, ready: Place, tmp_path: Path, at_home: Callable[[Place], None]
) -> None:
    size = sum(file.stat().st_size for file in ready.folder.rglob("*") if file.is_file())
    with small_disk(tmp_path / "disk", (size >> 20) + 4) as disk:
        place = Place(disk.place / "place")
        shutil.copytree(ready.folder, place.folder)
        at_home(place)
        for left in (0, 100_000, 1 << 20):
            officer = Officer(place)
            _ = officer.database
            disk.fill(left)
            with suppress(UserError):
                OPERATIONS[name](officer)
            officer.close()
            disk.make_room()
            looking.sound(place).close()
        disk.remount("size=64m")
        officer = Officer(place)
        OPERATIONS[name](officer)
        officer.close()
        looking.sound(place).close()
