"""Which entries of minutes hold words that were typed and never became a change."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.identity import link_id
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.minutes import Minutes, MinutesEntry, MinutesState
from unnm_desktop.services import agendas, drafts, records
from unnm_desktop.services.drafts import Draft


@dataclass(frozen=True)
class Unkept:
    """Words that wait on disk, and where they belong."""

    meeting: Meeting
    item: AgendaItem
    draft: Draft


def unkept(session: Session, network_id: UUID) -> list[Unkept]:
    """The drafts of a network's minutes that differ from what is kept, newest first."""
    waiting = [one for one in drafts.waiting(session) if one.entity == MinutesEntry.__tablename__]
    if not waiting:
        return []
    # A draft can be older than the record of its entry, whose key follows from minutes and item.
    places: dict[UUID, tuple[Meeting, AgendaItem]] = {}
    for version in records.all_of(session, Minutes, Minutes.state == MinutesState.DRAFT):
        meeting = records.get(session, Meeting, version.meeting_id)
        if meeting.network_id == network_id:
            for item in agendas.agenda(session, meeting.id):
                places[link_id("minutes_entry", version.id, item.id)] = (meeting, item)
    kept = records.by_id(session, MinutesEntry, {one.record_id for one in waiting})
    found = []
    for draft in waiting:
        place, entry = places.get(draft.record_id), kept.get(draft.record_id)
        if place is not None and draft.typed != (getattr(entry, draft.field) if entry is not None else ""):
            found.append(Unkept(*place, draft))
    return found
