"""What is seen; PySide6 is imported only here and by the program's start."""

from __future__ import annotations

import importlib
from typing import Any

from unnm_desktop.deferred import Deferred, put_off, standing_in


class _Wording(Deferred):
    def make_helptext(self, thing: Any) -> Any:
        """What a thing says of itself; asked of Python's own lists and sets, too, of which SQLAlchemy copies it."""
        kind = getattr(thing, "__objclass__", None)
        if getattr(kind, "__module__", "") == "builtins":
            return thing.__doc__
        return self.__getattr__("make_helptext")(thing)


_SUPPORT = "shibokensupport.signature"
# Not the mapping of types: PySide's own C code reaches for it past the import.
_HINTS = ("layout", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")

with (
    # PySide compiles at every start anew what words its errors and writes its type hints.
    put_off(_Wording(f"{_SUPPORT}.errorhandler"), *(Deferred(f"{_SUPPORT}.{name}") for name in _HINTS)),
    # These bring along more of the kind, and its archive what packs in ways that it does not use.
    standing_in(*map(Deferred, ("argparse", "bz2", "logging", "lzma", "shutil", "tempfile", "traceback"))),
):
    # Puts its own import in the place of Python's, which reads the source of every module imported after it, to learn
    # whether the module wants its other spelling of names (snake_case). Ours never do; the reading costs a tenth of the
    # start, and all sources stay in memory. So Python's own is back after this.
    importlib.import_module("PySide6.QtCore")
