"""Garbage is looked for on the thread that asks for it, and not while much is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import current_thread
from weakref import finalize

import pytest

from unnm_desktop import garbage

MANY = 100_000


class Circle:
    """Nothing but the collector finds it again."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def off() -> Iterator[None]:
    """As in the window: nothing is collected by itself."""
    gc.disable()
    yield
    gc.enable()


def much() -> list[list[int]]:
    return [[] for _ in range(MANY)]


def test_what_another_thread_makes_is_collected_by_the_one_that_asks(off: None) -> None:
    died = []
    finalize(Circle(), lambda: died.append(current_thread()))
    with ThreadPoolExecutor(1) as thread:
        made = thread.submit(much).result()
    assert died == []
    garbage.collect_young()
    assert died == [current_thread()]
    assert len(made) == MANY


def test_what_has_grown_old_is_collected_at_rest(off: None) -> None:
    died = []
    old = Circle()
    finalize(old, lambda: died.append(current_thread()))
    gc.collect(0)
    gc.collect(1)
    del old
    garbage.collect_young()
    assert died == []
    garbage.collect_all()
    assert died == [current_thread()]


def test_nothing_is_looked_at_while_much_is_made(off: None) -> None:
    died = []
    finalize(Circle(), lambda: died.append(current_thread()))
    with garbage.at_rest():
        made = much()
        garbage.collect_young()
        garbage.collect_all()
        assert died == []
    garbage.collect_young()
    assert died != []
    assert len(made) == MANY


def test_of_two_that_rest_the_last_one_lets_it_go_on_as_it_was() -> None:
    first, second = ExitStack(), ExitStack()
    first.enter_context(garbage.at_rest())
    second.enter_context(garbage.at_rest())
    first.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()
