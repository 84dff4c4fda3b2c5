"""Making and throwing away what is large without holding up anybody."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_PIECE = 1000


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let nothing be looked through for garbage while much is made that goes when nothing refers to it any more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def let_go(*held: dict[Any, Any] | list[Any] | set[Any]) -> None:
    """Empty these piece by piece.

    Thrown away at once, hundreds of thousands of things take half a second in which Python serves no other thread, so
    the window would stand still though another one does the work.
    """
    for one in held:
        if isinstance(one, list):
            while one:
                del one[-_PIECE:]
        elif isinstance(one, dict):
            while one:
                one.popitem()
        else:
            while one:
                one.pop()
