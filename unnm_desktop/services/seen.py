"""What the first page is shown of records: rows without what makes a record of them.

Nobody changes anything of them, and SQLAlchemy need not look at a single class of records before they are shown.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.states import (
    NAMELESS,
    OPEN_STATUSES,
    ActionStatus,
    MeetingKind,
    MeetingState,
    OrganisationKind,
    Reply,
)
from unnm_desktop.services.written_ahead import written_ahead

_guests = written_ahead("guests")


class SeenAction(NamedTuple):
    """An action point."""

    id: UUID
    task_en: str
    task_ar: str
    due: date | None
    status: ActionStatus

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.status not in OPEN_STATUSES


class SeenBody(NamedTuple):
    """An organisation."""

    id: UUID
    name_en: str
    name_ar: str
    acronym: str
    kind: OrganisationKind
    holds_no_seat: bool

    @property
    def short(self) -> str:
        """As the record says it: the acronym, or the name where there is none."""
        return self.acronym or self.name_en or self.name_ar


class _Person(NamedTuple):
    id: UUID
    name_en: str
    name_ar: str


class SeenPerson(_Person):
    """A person."""

    __slots__ = ()
    NAMELESS = NAMELESS


class SeenMeeting(NamedTuple):
    """A meeting."""

    id: UUID
    network_id: UUID
    kind: MeetingKind
    ordinal: int | None
    title_en: str
    title_ar: str
    day: date
    starts: str
    ends: str
    place_en: str
    place_ar: str
    online: str
    state: MeetingState
    representatives_asked: bool


class SeenGuest(NamedTuple):
    """An invitation, beside the organisation that it is for."""

    sent_on: date | None
    reply: Reply
    agreed_by: str
    organisation: SeenBody

    @property
    def silent(self) -> bool:
        """Whether it went out and was not answered."""
        return self.sent_on is not None and self.reply is Reply.NONE


def guests_of(session: Session, meeting_id: UUID) -> list[SeenGuest]:
    """Who is invited to a meeting, by organisation."""
    rows = _guests().rows(session, meeting=meeting_id)
    return [SeenGuest(sent_on, reply, agreed_by, SeenBody(*body)) for sent_on, reply, agreed_by, *body in rows]
