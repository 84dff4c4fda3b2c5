"""Loads SQLAlchemy without the modules it imports for what this program never does.

Its engines for asyncio bring sockets, TLS and subprocesses; its search for plugins brings the parsers of mail headers.
Together they are a tenth of the import and five megabytes. What sums and random names need of OpenSSL, four megabytes
more, comes with the first sum.
"""

from __future__ import annotations

import importlib
from collections.abc import Coroutine

from unnm_desktop.deferred import Deferred, standing_in


class _Asyncio(Deferred):
    @staticmethod
    def iscoroutine(thing: object) -> bool:
        """The one thing SQLAlchemy takes from asyncio when it is imported."""
        return isinstance(thing, Coroutine)


with standing_in(_Asyncio("asyncio"), *map(Deferred, ("hashlib", "importlib.metadata", "secrets"))):
    importlib.import_module("filelock")
    importlib.import_module("sqlalchemy.orm")
    importlib.import_module("sqlalchemy.dialects.sqlite")
