"""Work on pieces of bytes that goes on beside their reading and writing."""

from __future__ import annotations

from collections.abc import Callable
from queue import Queue
from threading import Thread
from types import TracebackType

_WAITING = 16
"""Pieces that may wait to be taken: beyond that whoever gives them waits, so that none fill the memory."""


class Beside:
    """Gives pieces to a function in a thread of its own, in their order; all are taken when the block is left.

    Sums of bytes let go of Python's lock, so they cost a second processor and not the time of a stick.
    """

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take
        self._pieces: Queue[bytes | None] = Queue(_WAITING)
        self._thread = Thread(target=self._work, name="sums")
        self._raised: BaseException | None = None

    def give(self, piece: bytes) -> None:
        """Take this piece next."""
        self._pieces.put(piece)

    def _work(self) -> None:
        while (piece := self._pieces.get()) is not None:
            if self._raised is None:
                try:
                    self._take(piece)
                except BaseException as error:  # noqa: BLE001 - it is told where the block is left
                    self._raised = error

    def __enter__(self) -> Beside:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pieces.put(None)
        self._thread.join()
        if error is None and self._raised is not None:
            raise self._raised
