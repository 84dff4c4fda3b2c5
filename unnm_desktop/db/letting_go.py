"""Throwing away what is large without holding up the window."""

from __future__ import annotations

from typing import Any

_PIECE = 1000


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
