"""A long read that another thread may end: a new question does not wait for the answer to the old one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import sqlcipher3
from sqlalchemy.exc import DBAPIError

from unnm_desktop.progress import Cancelled


class Interruption:
    """Handed to a read by whoever may want to end it."""

    def __init__(self) -> None:
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
        try:
            yield
        except (DBAPIError, sqlcipher3.Error) as error:
            if self._asked:
                raise Cancelled from error
            raise
        finally:
            # Before the connection goes back: an interrupt that comes later must not hit the next reader.
            with self._lock:
                self._connection = None
