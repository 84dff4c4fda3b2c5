"""Whom a meeting's papers are sent to: the e-mail addresses of those who are invited."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.organisations import Organisation
from unnm_desktop.frozen import Frozen
from unnm_desktop.services import attendance, invitations, people


class Addressees(Frozen):
    """The addresses to write to, each once, and the organisations for which none is known."""

    emails: tuple[str, ...]
    missing: tuple[Organisation, ...]


def addressees(session: Session, meeting_id: UUID) -> Addressees:
    """Where to write: to the person who is invited, else to the focal point, else to the alternates of the day."""
    return _of(session, meeting_id, invitations.invited(session, meeting_id))


def to_remind(session: Session, meeting_id: UUID) -> Addressees:
    """The same for those alone who got an invitation and have not answered."""
    return _of(session, meeting_id, invitations.silent(invitations.invited(session, meeting_id)))


def _of(session: Session, meeting_id: UUID, guests: Sequence[invitations.Invited]) -> Addressees:
    holders = {
        seat.organisation.id: seat.holders
        for seat in attendance.attendance_grid(session, meeting_id)
        if seat.membership is not None
    }
    emails: dict[str, None] = {}
    missing: dict[UUID, Organisation] = {}
    for one in guests:
        held = holders.get(one.organisation.id, people.Holders())
        asked = (one.person, held.focal_point, *held.alternates)
        known = next((person.emails for person in asked if person is not None and person.emails.strip()), "")
        if not known:
            missing[one.organisation.id] = one.organisation
        emails |= dict.fromkeys(part.strip() for part in known.split(";") if part.strip())
    return Addressees(tuple(emails), tuple(missing.values()))
