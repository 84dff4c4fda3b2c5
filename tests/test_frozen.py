"""Values that do not change behave as frozen dataclasses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace

import pytest

from unnm_desktop.frozen import Frozen


class Seat(Frozen):
    """A value with a default of each kind."""

    holder: str
    rank: int = 0
    papers: list[str] = field(default_factory=list)
    aside: str = field(default="", repr=False, compare=False)


class ChairSeat(Seat):
    """A value that adds to another."""

    alternate: str = ""


class Day(Frozen):
    """Values that can be looked up."""

    year: int
    month: int = 1


def test_is_a_frozen_dataclass() -> None:
    one = Seat("UNHCR", rank=1)
    assert one == Seat("UNHCR", 1, [], aside="by the door")
    assert one != Seat("IOM", 1)
    assert one.papers is not Seat("UNHCR").papers
    assert replace(one, rank=2).rank == 2
    assert repr(one).endswith("Seat(holder='UNHCR', rank=1, papers=[])")
    assert {Day(2026): "now"}[Day(2026, 1)] == "now"
    with pytest.raises(FrozenInstanceError):
        one.rank = 3  # type: ignore[misc]  # that it is refused is what is shown
    with pytest.raises(FrozenInstanceError):
        del one.rank  # type: ignore[misc]  # as above


def test_one_that_adds_to_another_has_the_fields_of_both() -> None:
    assert ChairSeat("IOM", 1, [], alternate="UNHCR") == ChairSeat("IOM", rank=1, alternate="UNHCR")
    assert ChairSeat("IOM") != Seat("IOM")
    assert [one.name for one in fields(ChairSeat)] == ["holder", "rank", "papers", "aside", "alternate"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Day(),
        lambda: Day(2026, 1, 1),
        lambda: Day(2026, day=1),
        lambda: Day(month=1, day=1),
        lambda: Day(2026, year=2026),
    ],
)
def test_a_value_takes_its_fields_and_nothing_else(wrong: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match="Day takes year, month"):
        wrong()
