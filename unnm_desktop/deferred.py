"""Stand-ins for modules that others import for what this program never does, or does later.

Nothing is taken away: whoever asks a stand-in for anything gets the real module's.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class Deferred(ModuleType):
    """Stands for a module that is imported when something of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        # What the import system and inspection ask of every module brings nothing in.
        if name.startswith("__"):
            raise AttributeError(name)
        self.forget()
        return getattr(importlib.import_module(self.__name__), name)

    def forget(self) -> None:
        """Give the place back: who imports the module from now on gets the real one."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]


@contextmanager
def standing_in(*stand_ins: Deferred) -> Iterator[None]:
    """Within this, who imports one of these modules gets its stand-in, unless the real one is there already."""
    used = [one for one in stand_ins if one.__name__ not in sys.modules]
    for one in used:
        sys.modules[one.__name__] = one
        package, _, last = one.__name__.rpartition(".")
        if package:
            # An import of the real one puts it in this place.
            setattr(sys.modules[package], last, one)
    try:
        yield
    finally:
        for one in used:
            one.forget()


@contextmanager
def put_off(*stand_ins: Deferred) -> Iterator[None]:
    """The same for modules out of an archive that their package opens and closes by itself.

    Nobody can stand in for them before: it is done when the package asks for them.
    """
    plain, waiting = builtins.__import__, {one.__name__: one for one in stand_ins}

    def asked(name: str, *given: Any, **more: Any) -> ModuleType:
        for part in more.get("fromlist", given[2] if given[2:] else ()) or ():
            one = waiting.pop(f"{name}.{part}", None)
            if one is not None and one.__name__ not in sys.modules:
                _take_the_place(one, sys.modules[name])
        return plain(name, *given, **more)

    builtins.__import__ = asked
    try:
        yield
    finally:
        builtins.__import__ = plain


def _take_the_place(one: Deferred, package: ModuleType) -> None:
    archive: Any = package.__loader__
    if not hasattr(archive, "find_spec"):
        # Unpacked, it is compiled and kept: nothing is gained.
        return
    one.__spec__ = archive.find_spec(one.__name__, None)
    sys.modules[one.__name__] = one
    setattr(package, one.__name__.rpartition(".")[2], one)
    if archive not in sys.meta_path[1:]:
        # Asked last, it still gives the real one.
        sys.meta_path.append(archive)
