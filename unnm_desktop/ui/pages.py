"""The list of all pages; loaded after the first paint."""

from __future__ import annotations

from unnm_desktop.ui.actions import ActionsPage
from unnm_desktop.ui.decisions import DecisionsPage
from unnm_desktop.ui.members import MembersPage, OrganisationsPage, PeoplePage
from unnm_desktop.ui.page import Page
from unnm_desktop.ui.preferences import PreferencesPage
from unnm_desktop.ui.reports import ReportsPage

PAGES: tuple[type[Page], ...] = (
    DecisionsPage,
    ActionsPage,
    MembersPage,
    OrganisationsPage,
    PeoplePage,
    ReportsPage,
    PreferencesPage,
)
