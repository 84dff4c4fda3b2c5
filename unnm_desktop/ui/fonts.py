"""The one font family for both scripts, loaded from its font package."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFontDatabase

FAMILY = "IBM Plex Sans Arabic"
_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")


def files() -> list[Path]:
    """The font files of the four weights the window uses."""
    # find_spec locates a top-level package without importing it.
    spec = find_spec("fontpkg_ibm_plex_sans_arabic")
    if spec is None or not spec.submodule_search_locations:
        return []
    folder = Path(spec.submodule_search_locations[0]) / "files"
    return [folder / f"IBMPlexSansArabic-{weight}.ttf" for weight in _WEIGHTS]


# Once: asking Qt whether it knows the family makes it look through every font of the system.
@lru_cache(maxsize=1)
def load() -> bool:
    """Make the family known to Qt; False when the package is not there, the system's font then serves."""
    loaded = [QFontDatabase.addApplicationFont(str(path)) for path in files()]
    return bool(loaded) and min(loaded) >= 0
