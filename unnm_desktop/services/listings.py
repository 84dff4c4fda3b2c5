"""Every list of the window by the name that the command line gives it."""

from __future__ import annotations

from unnm_desktop.services import (
    actions,
    decisions,
    issued,
    meetings,
    organisations,
    people_list,
    results,
    workplans,
)
from unnm_desktop.services.listing import Listing

LISTINGS: dict[str, Listing] = {
    "members": organisations.MEMBERS,
    "organisations": organisations.ORGANISATIONS,
    "people": people_list.PEOPLE,
    "meetings": meetings.MEETINGS,
    "decisions": decisions.DECISIONS,
    "actions": actions.ACTIONS,
    "workplan": workplans.ACTIVITIES,
    "challenges": results.CHALLENGES,
    "issued": issued.ISSUED,
}
