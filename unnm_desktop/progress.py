"""How long work tells where it stands and hears that it shall stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

T = TypeVar("T")


class Cancelled(Exception):
    """The officer asked to stop; raised inside the work at its next report."""


class Progress(Protocol):
    """Called with done, total and a msgid; may raise Cancelled."""

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Report ``done`` of ``total`` steps."""


def silent(done: int, total: int, text: str = "") -> None:
    """Report to nobody."""


SILENT: Progress = silent


def each(items: Iterable[T], progress: Progress, text: str = "", every: int = 50) -> Iterator[T]:
    """Yield the items, reporting every so many of them."""
    total = len(items) if isinstance(items, Sized) else 0
    for done, item in enumerate(items):
        if done % every == 0:
            progress(done, total, text)
        yield item
    progress(total, total, text)
