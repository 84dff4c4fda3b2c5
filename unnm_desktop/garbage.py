"""When garbage is looked for: never while much is made, and in the window on the screen's thread alone.

Python collects on whichever thread happens to make the next object. A widget or a timer that dies on another thread
than its own takes the program with it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_COUNTING = Lock()
_resting = 0
_was_on = False


@contextmanager
def at_rest() -> Iterator[None]:
    """Look for no garbage on any thread, as hundreds of thousands of things are made that go by themselves."""
    global _resting, _was_on
    with _COUNTING:
        if not _resting:
            _was_on = gc.isenabled()
            gc.disable()
        _resting += 1
    try:
        yield
    finally:
        with _COUNTING:
            _resting -= 1
            if _was_on and not _resting:
                gc.enable()


def collect_what_is_due() -> None:
    """Collect here and now what Python would have collected by itself by now."""
    if _resting:
        return
    due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if any(due):
        gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))
