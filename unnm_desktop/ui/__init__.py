"""What is seen; PySide6 is imported only here and by the program's start."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - puts its own import in the place of Python's

# PySide's import reads the source of every module imported after it, to learn whether the module wants its other
# spelling of names (snake_case). Ours never do; the reading costs a tenth of the start, and all sources stay in memory.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
