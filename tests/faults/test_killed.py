"""Killed at any moment of anything: the next start finds the workspace whole, with all that was told to be done."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.faults import looking
from tests.faults.striking import MANY, striking
from tests.faults.work import OPERATIONS, Place
from unnm_desktop.db.engine import Database

KILLS = 3
"""In CI."""
MEAN = 0.1
"""Seconds after which it is killed, on average."""


def right(name: str, place: Place, database: Database, told: list[str]) -> None:
    """What must hold of that operation besides."""
    if name == "commit":
        looking.kept(database, told)
    elif name == "attach":
        looking.attached(database, told)
    elif name == "erase":
        looking.erased(database, told)
    elif name in ("take_in", "back_up", "restore"):
        looking.backed_up(place, database, told if name == "back_up" else ())
    elif name == "pack":
        looking.packed(place.stick, told)
    elif name == "migrate":
        looking.migrated(place, told)
    looking.nothing_staged()


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_is_lost_and_nothing_is_left(
    name: str, place: Place, dice: random.Random, at_home: Callable[[Place], None], figure: Callable[[str], None]
) -> None:
    at_home(place)
    told: list[str] = []
    for number in range(KILLS * MANY):
        with striking(name, place.folder, dice) as process:
            # One in three times already while the workspace is opened.
            if number % 3:
                process.wait_for_the_first()
            process.wait_a_while(MEAN)
            told += process.kill()
        with looking.sound(place) as database:
            right(name, place, database, told)
    figure(f"killed while it did {name}: {KILLS * MANY} times, {len(told)} done in between, nothing lost")
