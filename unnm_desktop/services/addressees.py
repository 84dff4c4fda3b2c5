"""Whom a meeting's papers are sent to: the e-mail addresses of those who are invited."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.frozen import Frozen
from unnm_desktop.services import attendance, invitations, people, records


class Addressees(Frozen):
    """The addresses to write to, each once, and the organisations for which none is known."""

    emails: tuple[str, ...]
    missing: tuple[Organisation, ...]


def addressees(session: Session, meeting_id: UUID, *, silent: bool = False) -> Addressees:
    """Where to write: to the person who is invited, else to the focal point, else to the alternates of the day.

    Args:
        session: reads.
        meeting_id: the meeting.
        silent: only those who got an invitation and have not answered.

    """
    meeting = records.get(session, Meeting, meeting_id)
    found = invitations.invited(session, meeting_id)
    holders = {
        seat.organisation.id: seat.holders
        for seat in attendance.attendance_grid(session, meeting.id)
        if seat.membership is not None
    }
    emails: dict[str, None] = {}
    missing: dict[UUID, Organisation] = {}
    for one in invitations.silent(found) if silent else found:
        held = holders.get(one.organisation.id, people.Holders())
        asked = (one.person, held.focal_point, *held.alternates)
        known = next((person.emails for person in asked if person is not None and person.emails.strip()), "")
        if not known:
            missing[one.organisation.id] = one.organisation
        emails |= dict.fromkeys(part.strip() for part in known.split(";") if part.strip())
    return Addressees(tuple(emails), tuple(missing.values()))
