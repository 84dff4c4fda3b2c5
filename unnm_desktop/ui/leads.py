"""Where a record leads: the page that shows its kind, else the page of all records."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk

# Kind of record → the page that shows one, and its icon.
WHERE: dict[str, tuple[str, str]] = {
    "meeting": ("meeting", "calendar-days"),
    "organisation": ("organisations", "landmark"),
    "membership": ("members", "users"),
    "person": ("people", "user"),
    "decision": ("decisions", "gavel"),
    "action_point": ("actions", "circle-check"),
    "activity": ("workplan", "chart-gantt"),
    "challenge": ("challenges", "triangle-alert"),
    "terms_of_reference": ("tor", "scale"),
    "office": ("tor", "scale"),
}
ELSEWHERE = ("everything", "database")


def lead_to(desk: Desk, table: str, record_id: UUID) -> None:
    """Go to a record."""
    page, _ = WHERE.get(table, ELSEWHERE)
    desk.go(page, record_id, entity=table)
