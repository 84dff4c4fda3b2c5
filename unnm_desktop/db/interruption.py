"""A long read that ends early: because another thread asks, or because it took as much work as it was allowed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import sqlcipher3
from sqlalchemy.exc import DBAPIError

from unnm_desktop.progress import Cancelled

_PARTS = 20
"""SQLite counts the steps of a prepared statement on from its last run: in small parts that hardly matters."""


class Interruption:
    """Handed to a read by whoever may want to end it.

    Args:
        steps: so many of SQLite's own steps, after which it ends by itself; 0 = never. Steps, not time: the same read
            of the same file ends at the same place on any machine.

    """

    def __init__(self, steps: int = 0) -> None:
        self._steps = steps
        self._left = _PARTS
        self._lock = Lock()
        self._connection: Any = None
        self._asked = False

    def ask(self) -> None:
        """End the read now, or before it begins; SQLite gives up the statement under way."""
        with self._lock:
            self._asked = True
            if self._connection is not None:
                self._connection.interrupt()

    @contextmanager
    def over(self, connection: Any) -> Iterator[None]:
        """What is read inside on this connection of the driver can be ended.

        Raises:
            Cancelled: it was.

        """
        with self._lock:
            if self._asked:
                raise Cancelled
            self._connection = connection
        if self._steps:
            connection.set_progress_handler(self._spent, max(1, self._steps // _PARTS))
        try:
            yield
        except (DBAPIError, sqlcipher3.Error) as error:
            if self._asked:
                raise Cancelled from error
            raise
        finally:
            if self._steps:
                connection.set_progress_handler(None, 0)
            # Before the connection goes back: an interrupt that comes later must not hit the next reader.
            with self._lock:
                self._connection = None

    def _spent(self) -> int:
        self._left -= 1
        if self._left > 0:
            return 0
        self._asked = True
        return 1


class LongRead(Interruption):
    """The same for a read of so much that it has its own connection: the screen's keeps the pages it wants again."""
