"""What glibc keeps of the memory that was given back to it; other systems have nothing to be told."""

from __future__ import annotations

import sys
from contextlib import suppress

_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's mallopt."""


def share_heap() -> None:
    """Let all threads take from one heap: in a thread's own, glibc keeps what only that thread takes again."""
    _tell("mallopt", _ARENA_MAX, 1)


def give_back() -> None:
    """Hand what is free to the system; five milliseconds, for a moment of rest."""
    _tell("malloc_trim", 0)


def _tell(function: str, *arguments: int) -> None:
    if sys.platform.startswith("linux"):
        import ctypes  # asked for after the first paint only

        with suppress(OSError, AttributeError):  # a C library without the function
            getattr(ctypes.CDLL(None), function)(*arguments)
