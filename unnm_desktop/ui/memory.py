"""What this computer remembers of window shapes and column widths; safe to lose."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from unnm_desktop import paths


def memory() -> QSettings:
    """The store of window shapes, beside the preferences."""
    return QSettings(str(paths.config_folder() / "window.ini"), QSettings.Format.IniFormat)
