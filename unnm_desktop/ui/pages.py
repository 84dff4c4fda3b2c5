"""The list of all pages; loaded after the first paint."""

from __future__ import annotations

from unnm_desktop.ui.page import Page
from unnm_desktop.ui.preferences import PreferencesPage

PAGES: tuple[type[Page], ...] = (PreferencesPage,)
