"""Invitations to a meeting: invited, replied and present are three facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from unnm_desktop.db.meetings import Invitation, Meeting, MeetingState, Reply
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_
from unnm_desktop.services import records


class Invited(Frozen):
    """One invitation with the organisation and, where one is named, the person."""

    invitation: Invitation
    organisation: Organisation
    person: Person | None = None


def invite(session: Session, meeting_id: UUID, organisation_id: UUID, **values: Any) -> Invitation:
    """Invite an organisation; asked twice it is one invitation. Each guest speaker has an invitation of their own."""
    meeting = records.get(session, Meeting, meeting_id)
    if meeting.state is MeetingState.CANCELLED:
        raise UserError(N_("This meeting is cancelled. Plan another one, then invite to it."))
    organisation = records.get(session, Organisation, organisation_id)
    start, end = ("meeting_id", meeting_id), ("organisation_id", organisation_id)
    if values.get("as_speaker"):
        speaker = values.get("person_id")
        again = records.first_of(
            session,
            Invitation,
            Invitation.meeting_id == meeting_id,
            Invitation.organisation_id == organisation_id,
            Invitation.as_speaker.is_(True),
            Invitation.person_id.is_(None) if speaker is None else Invitation.person_id == speaker,
        )
        if again is not None:
            return records.update(session, Invitation, again.id, **values)
        values = {"channel": organisation.channel, **values}
        return records.create(session, Invitation, **dict((start, end)), **values)
    if invitation_of(session, meeting_id, organisation_id) is None:
        values = {"channel": organisation.channel, **values}
    return records.link(session, Invitation, "invitation", start, end, **values)


def invite_many(session: Session, meeting_id: UUID, organisations: Sequence[Organisation]) -> list[Invitation]:
    """Invite these organisations."""
    return [invite(session, meeting_id, organisation.id) for organisation in organisations]


def invite_each(session: Session, meeting_id: UUID, organisation_ids: Sequence[UUID], **values: Any) -> None:
    """Invite several, all in the same role and for the same reason."""
    for organisation_id in organisation_ids:
        invite(session, meeting_id, organisation_id, **values)


def invite_seats(session: Session, meeting: Meeting) -> int:
    """Invite everybody who has a seat on the day of the meeting; how many they are."""
    from unnm_desktop.services.organisations import seats_on  # Today is read without it

    seats = seats_on(session, meeting.network_id, meeting.day)
    return len(invite_many(session, meeting.id, [seat.organisation for seat in seats]))


def invitation_of(session: Session, meeting_id: UUID, organisation_id: UUID) -> Invitation | None:
    """The organisation's invitation to the meeting, or None."""
    return records.first_of(
        session,
        Invitation,
        Invitation.meeting_id == meeting_id,
        Invitation.organisation_id == organisation_id,
        order=(Invitation.as_speaker, Invitation.id),
    )


def withdraw_invitation(session: Session, invitation_id: UUID) -> None:
    """Take an invitation back."""
    records.remove(session, Invitation, invitation_id)


def invited(session: Session, meeting_id: UUID) -> list[Invited]:
    """Everybody invited to a meeting, by organisation."""
    rows = session.execute(_invited(), {"meeting": meeting_id})
    return [Invited(invitation, organisation, person) for invitation, organisation, person in rows]


@cache
def _invited() -> Select[Invitation, Organisation, Person]:
    return (
        select(Invitation, Organisation, Person)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .where(Invitation.meeting_id == bindparam("meeting"), Invitation.removed_at.is_(None))
        .order_by(Organisation.acronym, Organisation.name_en, Invitation.as_speaker, Invitation.id)
    )


def send_invitations(session: Session, meeting_id: UUID, on: date) -> int:
    """Note that the invitations not sent yet went out that day; returns how many.

    Raises:
        UserError: nobody is invited, or the meeting is cancelled.

    """
    meeting = records.get(session, Meeting, meeting_id)
    if meeting.state is MeetingState.CANCELLED:
        raise UserError(N_("This meeting is cancelled. Plan another one, then invite to it."))
    found = records.all_of(session, Invitation, Invitation.meeting_id == meeting_id)
    if not found:
        raise UserError(N_("Nobody is invited yet. Choose whom to invite, then send the invitations."))
    waiting = [invitation for invitation in found if invitation.sent_on is None]
    for invitation in waiting:
        invitation.sent_on = on
    if meeting.state is MeetingState.PLANNED:
        meeting.state = MeetingState.INVITED
    session.flush()
    return len(waiting)


def reply(session: Session, invitation_id: UUID, answer: Reply, on: date) -> Invitation:
    """Note an answer to an invitation; "no reply yet" takes a wrong note back."""
    said = None if answer is Reply.NONE else on
    return records.update(session, Invitation, invitation_id, reply=answer, replied_on=said)


def silent(guests: Sequence[Invited]) -> list[Invited]:
    """Those whose invitation went out and who have not answered."""
    return [one for one in guests if one.invitation.sent_on is not None and one.invitation.reply is Reply.NONE]


def remind(session: Session, meeting_id: UUID, at: datetime) -> int:
    """Note that those who have not answered were reminded at that moment; returns how many.

    Raises:
        UserError: everybody who got an invitation has answered.

    """
    meeting = records.get(session, Meeting, meeting_id)
    waiting = silent(invited(session, meeting_id))
    if not waiting:
        raise UserError(N_("Everybody who got an invitation has answered. There is nobody to remind."))
    from unnm_desktop.db.dispatches import DispatchKind  # as above
    from unnm_desktop.services import issued

    for one in waiting:
        issued.record_dispatch(
            session,
            meeting.network_id,
            DispatchKind.REMINDER,
            one.organisation.short,
            at,
            channel=one.invitation.channel,
            organisation_id=one.organisation.id,
            meeting_id=meeting_id,
        )
    return len(waiting)
