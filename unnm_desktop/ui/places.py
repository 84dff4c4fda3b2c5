"""The places of the sidebar, known before any page is loaded."""

from __future__ import annotations

from typing import NamedTuple

from unnm_desktop.i18n import N_


class Place(NamedTuple):
    """One entry: the page's name, its title (msgid), its icon, and whether it stands at the foot."""

    name: str
    title: str
    icon: str
    foot: bool = False


PLACES = (
    Place("today", N_("Today"), "house"),
    Place("meetings", N_("Meetings"), "calendar-days"),
    Place("decisions", N_("Decisions"), "gavel"),
    Place("actions", N_("Action points"), "circle-check"),
    Place("members", N_("Members"), "users"),
    Place("workplan", N_("Workplan"), "chart-gantt"),
    Place("reports", N_("Reports"), "file-text"),
    Place("tor", N_("Terms of reference"), "scale"),
    Place("everything", N_("All records"), "database", foot=True),
    Place("trash", N_("Trash"), "trash", foot=True),
    Place("handover", N_("Hand-over"), "arrow-left-right", foot=True),
    Place("preferences", N_("Preferences"), "settings", foot=True),
    Place("manual", N_("Manual"), "book-open", foot=True),
)
