"""How much there is of each part of a meeting, for the tabs of its page, in two statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.attachments import Attachment
from unnm_desktop.db.base import Record
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.meetings import AgendaItem, Invitation, Meeting
from unnm_desktop.services import attendance, records


@dataclass(frozen=True)
class Counts:
    """Items, invitations, members represented, decisions with action points, and papers."""

    items: int
    invited: int
    represented: int
    outcomes: int
    papers: int


def counts(session: Session, meeting_id: UUID) -> Counts:
    """Count the parts of a meeting that are in sight."""
    meeting = records.get(session, Meeting, meeting_id)
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting_id, AgendaItem.removed_at.is_(None))
    found = session.execute(
        select(
            _number(AgendaItem, AgendaItem.meeting_id == meeting_id),
            _number(Invitation, Invitation.meeting_id == meeting_id),
            _number(Decision, Decision.meeting_id == meeting_id),
            _number(ActionPoint, ActionPoint.meeting_id == meeting_id),
            _number(Attachment, or_(Attachment.record_id == meeting_id, Attachment.record_id.in_(items))),
        )
    ).one()
    came = attendance.present_counts(session, meeting.network_id, [meeting_id])[meeting_id][0]
    return Counts(found[0], found[1], came, found[2] + found[3], found[4])


def _number(entity: type[Record], condition: Any) -> ScalarSelect[int]:
    query = select(func.count()).select_from(entity).where(entity.removed_at.is_(None), condition)
    return query.scalar_subquery()
