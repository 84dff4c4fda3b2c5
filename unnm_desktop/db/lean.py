"""Loads SQLAlchemy without the modules it imports for what this program never does.

Its engines for asyncio bring sockets, TLS and subprocesses; its search for plugins brings the parsers of mail headers.
Together they are a tenth of the import and five megabytes. Nothing is taken away: whoever asks one of these modules
for anything gets the real one's.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_PUT_OFF = ("asyncio", "importlib.metadata")


class Deferred(ModuleType):
    """Stands for a module that is imported when something of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        # What the import system and inspection ask of every module brings nothing in.
        if name.startswith("__"):
            raise AttributeError(name)
        _forget(self)
        return getattr(importlib.import_module(self.__name__), name)

    @staticmethod
    def iscoroutine(thing: object) -> bool:
        """The one thing SQLAlchemy takes from asyncio when it is imported."""
        return isinstance(thing, Coroutine)


def _forget(stand_in: Deferred) -> None:
    if sys.modules.get(stand_in.__name__) is stand_in:
        del sys.modules[stand_in.__name__]


@contextmanager
def putting_off(names: tuple[str, ...] = _PUT_OFF) -> Iterator[None]:
    """Within this, who imports one of these modules gets what stands for it; afterwards the real one again."""
    stand_ins = [Deferred(name) for name in names if name not in sys.modules]
    for stand_in in stand_ins:
        sys.modules[stand_in.__name__] = stand_in
        package, _, last = stand_in.__name__.rpartition(".")
        if package:
            # An import of the real one puts it in this place.
            setattr(sys.modules[package], last, stand_in)
    try:
        yield
    finally:
        for stand_in in stand_ins:
            _forget(stand_in)


with putting_off():
    importlib.import_module("sqlalchemy.orm")
    importlib.import_module("sqlalchemy.dialects.sqlite")
