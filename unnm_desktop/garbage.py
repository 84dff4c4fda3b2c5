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


def collect_young() -> None:
    """Collect here and now what Python would have collected by itself by now, but for what has been there for long."""
    if not _resting:
        new, young, _ = gc.get_count()
        most_new, most_young, _ = gc.get_threshold()
        if new > most_new:
            gc.collect(1 if young > most_young else 0)


def collect_all() -> None:
    """Look through everything, a tenth of a second, where something has grown old since; for a moment of rest."""
    if not _resting and gc.get_count()[2]:
        gc.collect()
