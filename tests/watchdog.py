"""Notes whenever the screen's thread has been busy for too long without looking at what the officer does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer

_best: list[float] = []


def slowness() -> float:
    """How many times as long as at its best this machine needs now for the same piece of work.

    Processors that share their parts with a busy neighbour charge each thread more time for the same.
    """
    taken = []
    for _ in range(5):
        before = time.thread_time()
        sum(number * number for number in range(60_000))
        taken.append(time.thread_time() - before)
    _best[:] = [min(*_best, *taken)]
    return max(1.0, sorted(taken)[2] / _best[0])


class Watchdog(QObject):
    """Measures from one turn of the event loop to the next.

    Args:
        limit: seconds that a turn may take.
        clock: what is measured; the thread's own processor time knows neither waiting nor a machine busy with others.
        pulse: milliseconds after which a waiting loop wakes by itself, for clocks that go on while it waits.

    """

    def __init__(self, limit: float, clock: Callable[[], float] = time.thread_time, pulse: int = 0) -> None:
        super().__init__()
        self._limit, self._clock = limit, clock
        slowness()
        self._since = clock()
        self.longest = 0.0
        self.blocks: list[float] = []
        self._loop = QAbstractEventDispatcher.instance()
        self._loop.awake.connect(self.beat)
        self._loop.aboutToBlock.connect(self.beat)
        self._pulse = QTimer(self)
        self._pulse.timeout.connect(self.beat)
        if pulse:
            self._pulse.start(pulse)

    def beat(self) -> None:
        """A turn is over and the next begins."""
        now = self._clock()
        took, self._since = now - self._since, now
        self.longest = max(self.longest, took)
        if took > self._limit and took > self._limit * slowness():
            self.blocks.append(took)
            self._since = self._clock()

    def begin(self) -> None:
        """Forget what was measured so far."""
        self._since, self.longest = self._clock(), 0.0
        self.blocks.clear()

    @contextmanager
    def excused(self) -> Iterator[None]:
        """What happens inside does not count, because in the program a thread does it."""
        before = self._clock()
        try:
            yield
        finally:
            self._since += self._clock() - before

    def stop(self) -> None:
        """Look no more."""
        self._loop.awake.disconnect(self.beat)
        self._loop.aboutToBlock.disconnect(self.beat)
        self._pulse.stop()
        self.beat()
