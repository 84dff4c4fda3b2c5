"""Values that do not change, whose methods are written when the first one is made."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, field, replace
from threading import Barrier, Thread

import pytest

from unnm_desktop.frozen import FEW, Frozen


class Seat(Frozen):
    """A value with a default of each kind."""

    holder: str
    rank: int = 0
    papers: list[str] = field(default_factory=list)


class ChairSeat(Seat):
    """A value that adds to another."""

    alternate: str = ""


def test_is_a_frozen_dataclass() -> None:
    one = Seat("UNHCR", rank=1)
    assert one == Seat("UNHCR", 1, [])
    assert one != Seat("IOM", 1)
    assert replace(one, rank=2).rank == 2
    assert repr(one).endswith("Seat(holder='UNHCR', rank=1, papers=[])")
    with pytest.raises(FrozenInstanceError):
        one.rank = 3  # type: ignore[misc]  # that it is refused is what is shown
    with pytest.raises(TypeError):
        Seat()  # type: ignore[call-arg]  # as above


def test_one_that_adds_to_another_has_the_fields_of_both() -> None:
    assert ChairSeat("IOM", 1, [], "UNHCR") == ChairSeat("IOM", rank=1, alternate="UNHCR")


def test_threads_may_make_the_first_value_at_once() -> None:
    class Fresh(Frozen):
        papers: list[str] = field(default_factory=list)

    together, made = Barrier(8), []

    def make() -> None:
        together.wait()
        made.append(Fresh(["a"]))

    threads = [Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [Fresh(["a"])] * 8


def test_the_first_values_and_those_after_many_are_the_same() -> None:
    class Paper(Frozen):
        name: str
        pages: int = 1
        notes: list[str] = field(default_factory=list)
        aside: str = field(default="", repr=False, compare=False)

    first = Paper("agenda")
    for _ in range(FEW):
        assert Paper("agenda", aside="a") == first
    last = Paper("agenda", pages=1)
    assert last == first
    assert first == last
    assert (repr(last), hash(Paper("x", 1, ())), replace(first, pages=2)) == (
        repr(first),
        hash(("x", 1, ())),
        Paper("agenda", 2),
    )
    assert first.notes is not last.notes
    for wrong in (lambda: Paper(), lambda: Paper("a", 1, [], "", 5), lambda: Paper("a", colour="red")):
        with pytest.raises(TypeError):
            wrong()
