"""What is seen; PySide6 is imported only here and by the program's start."""

from __future__ import annotations

import builtins
import importlib

from unnm_desktop.deferred import Deferred, standing_in

# PySide brings along what writes its type hints, and its archive what packs in ways that it does not use.
with standing_in(*map(Deferred, ("argparse", "bz2", "logging", "lzma", "shutil", "tempfile", "traceback"))):
    # Puts its own import in the place of Python's.
    importlib.import_module("PySide6.QtCore")

# PySide's import reads the source of every module imported after it, to learn whether the module wants its other
# spelling of names (snake_case). Ours never do; the reading costs a tenth of the start, and all sources stay in memory.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
