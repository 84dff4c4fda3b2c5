"""The list of all pages; loaded after the first paint."""

from __future__ import annotations

from unnm_desktop.ui.actions import ActionsPage
from unnm_desktop.ui.backups import BackupsPage
from unnm_desktop.ui.challenges import ChallengesPage
from unnm_desktop.ui.decisions import DecisionsPage
from unnm_desktop.ui.duplicates import DuplicatesPage
from unnm_desktop.ui.everything import EverythingPage
from unnm_desktop.ui.exchange import ExchangePage
from unnm_desktop.ui.handover import HandoverPage
from unnm_desktop.ui.history import HistoryPage
from unnm_desktop.ui.manual import ManualPage
from unnm_desktop.ui.meeting import MeetingPage
from unnm_desktop.ui.meetings import MeetingsPage
from unnm_desktop.ui.members import MembersPage
from unnm_desktop.ui.organisations import OrganisationsPage
from unnm_desktop.ui.outputs import OutputsPage
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.people import PeoplePage
from unnm_desktop.ui.preferences import PreferencesPage
from unnm_desktop.ui.protection import ProtectionPage
from unnm_desktop.ui.reports import ReportsPage
from unnm_desktop.ui.today import TodayPage
from unnm_desktop.ui.tor import TorPage
from unnm_desktop.ui.trash import TrashPage
from unnm_desktop.ui.workplan import WorkplanPage

PAGES: tuple[type[Page], ...] = (
    TodayPage,
    MeetingsPage,
    MeetingPage,
    DecisionsPage,
    ActionsPage,
    MembersPage,
    OrganisationsPage,
    PeoplePage,
    DuplicatesPage,
    WorkplanPage,
    OutputsPage,
    ChallengesPage,
    ReportsPage,
    TorPage,
    EverythingPage,
    TrashPage,
    HistoryPage,
    ExchangePage,
    HandoverPage,
    PreferencesPage,
    BackupsPage,
    ProtectionPage,
    ManualPage,
)
