"""Who sat in a meeting: by seat as at the meeting's date, and the guests; a recorded row keeps person and capacity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from unnm_desktop.db.identity import link_id
from unnm_desktop.db.meetings import (
    GUESTS,
    HELD_STATES,
    Attendance,
    Capacity,
    Invitation,
    Meeting,
    MeetingState,
    Presence,
)
from unnm_desktop.db.organisations import Category, Membership, Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_
from unnm_desktop.services import invitations, organisations, people, records, terms
from unnm_desktop.services.people import Holders


class SeatRow(Frozen):
    """One seat of a meeting: who could sit there that day, who was invited, who sat there.

    Args:
        organisation: whose seat it is.
        membership: the seat on the meeting's day; None where it is gone and only the record tells of it.
        holders: focal point and alternates on the meeting's day.
        invitation: the organisation's invitation, or None.
        attendance: what is recorded; None = nothing yet.
        person: who sat there, where it is somebody of our list.

    """

    organisation: Organisation
    membership: Membership | None
    holders: Holders
    invitation: Invitation | None
    attendance: Attendance | None
    person: Person | None

    @property
    def represented(self) -> bool:
        """Whether somebody sat there."""
        return self.attendance is not None and self.attendance.presence is Presence.PRESENT

    @property
    def member(self) -> bool:
        """Whether it is the seat of a member, not of a participating entity or observer."""
        return self.membership is not None and self.membership.category is Category.MEMBER


class Guest(Frozen):
    """Somebody who sat in a meeting without a seat: guest, speaker, observer, chair from outside or the secretariat."""

    attendance: Attendance
    organisation: Organisation | None
    person: Person | None

    @property
    def name(self) -> str:
        """The guest's name in whatever language it is known."""
        return (self.person.name_en or self.person.name_ar) if self.person else self.attendance.person_name


def attendance_grid(session: Session, meeting_id: UUID) -> list[SeatRow]:
    """The seats of the meeting's own day with who was invited and who came; today's people never change it."""
    meeting = records.get(session, Meeting, meeting_id)
    seats = organisations.seats_on(session, meeting.network_id, meeting.day)
    holders = people.holders_on(session, meeting.network_id, meeting.day)
    taken = _taken(session, meeting_id)
    invitations: dict[UUID, Invitation] = {}
    for found in records.all_of(session, Invitation, Invitation.meeting_id == meeting_id):
        if not found.as_speaker:
            invitations.setdefault(found.organisation_id, found)
    present = records.by_id(session, Person, {row.person_id for row in taken.values()})
    rows = []
    for seat in seats:
        record = taken.pop(seat.organisation.id, None)
        who = holders.get(seat.membership.id, Holders())
        rows.append(_row(seat.organisation, seat.membership, who, invitations, record, present))
    gone = records.by_id(session, Organisation, set(taken))
    for organisation in sorted(gone.values(), key=lambda one: (one.short.casefold(), one.id)):
        rows.append(_row(organisation, None, Holders(), invitations, taken[organisation.id], present))
    return rows


def _row(
    organisation: Organisation,
    membership: Membership | None,
    holders: Holders,
    invitations: dict[UUID, Invitation],
    record: Attendance | None,
    present: dict[UUID, Person],
) -> SeatRow:
    person = present.get(record.person_id) if record is not None and record.person_id else None
    return SeatRow(organisation, membership, holders, invitations.get(organisation.id), record, person)


def _taken(session: Session, meeting_id: UUID) -> dict[UUID, Attendance]:
    """What is recorded of seats, by organisation."""
    found: dict[UUID, Attendance] = {}
    for row in records.all_of(
        session, Attendance, Attendance.meeting_id == meeting_id, Attendance.capacity.not_in(GUESTS)
    ):
        if row.organisation_id is not None and _is_seat(row):
            found[row.organisation_id] = row
    return found


def _is_seat(row: Attendance) -> bool:
    # Guests and the secretariat get keys of their own; a seat's row has the key that both computers would give it.
    return row.organisation_id is not None and row.id == link_id("attendance", row.meeting_id, row.organisation_id)


def guests(session: Session, meeting_id: UUID) -> list[Guest]:
    """Everybody recorded who sits on no seat, in order of making."""
    rows = [
        row
        for row in records.all_of(session, Attendance, Attendance.meeting_id == meeting_id)
        if row.organisation_id is None or row.capacity in GUESTS or not _is_seat(row)
    ]
    bodies = records.by_id(session, Organisation, {row.organisation_id for row in rows})
    persons = records.by_id(session, Person, {row.person_id for row in rows})
    return [
        Guest(
            row,
            bodies.get(row.organisation_id) if row.organisation_id else None,
            persons.get(row.person_id) if row.person_id else None,
        )
        for row in rows
    ]


def record_attendance(
    session: Session,
    meeting_id: UUID,
    organisation_id: UUID,
    capacity: Capacity = Capacity.FOCAL_POINT,
    presence: Presence = Presence.PRESENT,
    *,
    person_id: UUID | None = None,
    person_name: str = "",
    **values: Any,
) -> Attendance:
    """Record who sat on a seat; recorded twice, the later one stands.

    Without a person the focal point or first alternate of the meeting's day is meant. ``values`` are the record's
    other fields: ``for_person_id``, ``arrived``, ``left``, ``online``, ``note``.

    Raises:
        UserError: the meeting is cancelled, the organisation had no seat that day, or nobody held the capacity.

    """
    meeting = _meeting(session, meeting_id)
    seat = next(
        (
            found
            for found in organisations.seats_on(session, meeting.network_id, meeting.day)
            if found.organisation.id == organisation_id
        ),
        None,
    )
    organisation = records.get(session, Organisation, organisation_id)
    if seat is None:
        raise UserError(
            N_("{organisation} had no seat on the day of the meeting. Record it as a guest, or correct its seat."),
            organisation=organisation.short,
        )
    holders = people.holders_on(session, meeting.network_id, meeting.day).get(seat.membership.id, Holders())
    focal_point = holders.focal_point
    if presence is Presence.PRESENT and person_id is None and not person_name:
        person_id = _holder(holders, capacity, organisation)
    if presence is not Presence.PRESENT:
        person_id, person_name = (focal_point.id if focal_point and presence is Presence.APOLOGIES else None), ""
    stands_in = presence is Presence.PRESENT and capacity in (Capacity.ALTERNATE, Capacity.STAND_IN)
    values.setdefault("for_person_id", focal_point.id if stands_in and focal_point else None)
    return records.link(
        session,
        Attendance,
        "attendance",
        ("meeting_id", meeting_id),
        ("organisation_id", organisation_id),
        capacity=capacity,
        presence=presence,
        person_id=person_id,
        person_name=person_name,
        **values,
    )


def _holder(holders: Holders, capacity: Capacity, organisation: Organisation) -> UUID | None:
    if capacity is Capacity.FOCAL_POINT:
        if holders.focal_point is None:
            raise UserError(
                N_("{organisation} had no focal point on the day of the meeting. Record a stand-in with a name."),
                organisation=organisation.short,
            )
        return holders.focal_point.id
    if capacity is Capacity.ALTERNATE:
        if not holders.alternates:
            raise UserError(
                N_("{organisation} had no alternate on the day of the meeting. Record a stand-in with a name."),
                organisation=organisation.short,
            )
        return holders.alternates[0].id
    return None


def clear_attendance(session: Session, meeting_id: UUID, organisation_id: UUID) -> None:
    """Take back what is recorded of a seat."""
    row = _taken(session, meeting_id).get(organisation_id)
    if row is not None:
        records.remove(session, Attendance, row.id)


def record_guest(
    session: Session,
    meeting_id: UUID,
    capacity: Capacity = Capacity.GUEST,
    *,
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
    person_name: str = "",
    **values: Any,
) -> Attendance:
    """Record somebody without a seat; whoever is not of the network needs an invitation first (B-G3).

    Raises:
        UserError: there is no invitation, or nobody is named.

    """
    _meeting(session, meeting_id)
    if person_id is None and not person_name.strip() and organisation_id is None:
        raise UserError(N_("Say who the guest is: a person, a name or an organisation."))
    if capacity in GUESTS:
        if organisation_id is None:
            raise UserError(N_("Say which organisation the guest comes from, and invite it first."))
        asked = records.first_of(
            session,
            Invitation,
            Invitation.meeting_id == meeting_id,
            Invitation.organisation_id == organisation_id,
        )
        if asked is None:
            raise UserError(
                N_("{organisation} was not invited to this meeting. Record the invitation first, then the attendance."),
                organisation=records.get(session, Organisation, organisation_id).short,
            )
    return records.create(
        session,
        Attendance,
        meeting_id=meeting_id,
        organisation_id=organisation_id,
        capacity=capacity,
        person_id=person_id,
        person_name=person_name,
        **values,
    )


def add_guest(
    session: Session,
    meeting_id: UUID,
    capacity: Capacity,
    *,
    organisation_id: UUID | None,
    person_name: str,
    invite: bool,
) -> Attendance:
    """Record a guest; with ``invite`` the body behind them is invited too, where it was not."""
    wanted = invite and capacity in GUESTS
    if wanted and organisation_id and invitations.invitation_of(session, meeting_id, organisation_id) is None:
        invitations.invite(session, meeting_id, organisation_id, as_speaker=capacity is Capacity.GUEST_SPEAKER)
    return record_guest(session, meeting_id, capacity, organisation_id=organisation_id, person_name=person_name)


def _meeting(session: Session, meeting_id: UUID) -> Meeting:
    meeting = records.get(session, Meeting, meeting_id)
    if meeting.state is MeetingState.CANCELLED:
        raise UserError(N_("This meeting was cancelled, so nobody sat in it."))
    return meeting


class Attended(Frozen):
    """How often a seat was represented; ``meetings`` counts those held while the seat existed."""

    organisation: Organisation
    meetings: int = 0
    focal_point: int = 0
    alternate: int = 0
    stand_in: int = 0
    apologies: int = 0
    absent: int = 0

    @property
    def present(self) -> int:
        """Meetings in which somebody sat on the seat."""
        return self.focal_point + self.alternate + self.stand_in

    @property
    def rate(self) -> float | None:
        """Share of meetings represented, 0–100; None where no meeting was held while the seat existed."""
        return 100 * self.present / self.meetings if self.meetings else None


def attendance_summary(session: Session, meeting_ids: Iterable[UUID]) -> dict[UUID, Attended]:
    """Attendance of each organisation with a seat over the meetings held among these, by short name."""
    meetings = [
        meeting
        for meeting in records.by_id(session, Meeting, set(meeting_ids)).values()
        if meeting.state in HELD_STATES
    ]
    owed: dict[UUID, set[UUID]] = {}
    for network_id in {meeting.network_id for meeting in meetings}:
        here = [meeting for meeting in meetings if meeting.network_id == network_id]
        for organisation_id, days in _owed(session, network_id, here).items():
            owed.setdefault(organisation_id, set()).update(days)
    counts: dict[UUID, dict[str, int]] = {key: {} for key in owed}
    for row in _recorded(session, [meeting.id for meeting in meetings]):
        if row.organisation_id in owed and row.meeting_id in owed[row.organisation_id]:
            kind = _counted(row)
            counts[row.organisation_id][kind] = counts[row.organisation_id].get(kind, 0) + 1
    names = records.by_id(session, Organisation, set(owed))
    found = {}
    for key in sorted(owed, key=lambda one: (names[one].short.casefold(), one)):
        told = counts[key]
        # A seat nobody wrote anything about was empty: the rate's denominator is every meeting held.
        told["absent"] = len(owed[key]) - sum(number for kind, number in told.items() if kind != "absent")
        found[key] = Attended(names[key], len(owed[key]), **told)
    return found


def _owed(session: Session, network_id: UUID, meetings: Sequence[Meeting]) -> dict[UUID, set[UUID]]:
    """The meetings at which each organisation had a seat."""
    launched = terms.launch_of(session, network_id)
    found: dict[UUID, set[UUID]] = {}
    for seat in records.all_of(
        session, Membership, Membership.network_id == network_id, Membership.category != Category.INVITED
    ):
        there = {one.id for one in meetings if terms.holds(seat.start, seat.end, one.day, launched)}
        if there:
            found.setdefault(seat.organisation_id, set()).update(there)
    return found


def _recorded(session: Session, meeting_ids: Sequence[UUID]) -> Iterable[Attendance]:
    for start in range(0, len(meeting_ids), 500):
        query = select(Attendance).where(*_on_seats(meeting_ids[start : start + 500]))
        yield from (row for row in session.scalars(query) if _is_seat(row))


def _on_seats(meeting_ids: Sequence[UUID]) -> tuple[ColumnElement[bool], ...]:
    return (
        Attendance.meeting_id.in_(meeting_ids),
        Attendance.removed_at.is_(None),
        Attendance.organisation_id.is_not(None),
        Attendance.capacity.not_in(GUESTS),
    )


def _counted(row: Attendance) -> str:
    if row.presence is not Presence.PRESENT:
        return "apologies" if row.presence is Presence.APOLOGIES else "absent"
    if row.capacity in (Capacity.ALTERNATE, Capacity.STAND_IN):
        return str(row.capacity)
    return "focal_point"


def present_counts(session: Session, network_id: UUID, meeting_ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """Members represented and members of each meeting's day, for a page of a list."""
    meetings = list(records.by_id(session, Meeting, set(meeting_ids)).values())
    launched = terms.launch_of(session, network_id)
    seats = records.all_of(
        session, Membership, Membership.network_id == network_id, Membership.category == Category.MEMBER
    )
    # Once each, not once for every meeting.
    held = [(terms.begin_of(one.start, launched), terms.end_of(one.end), one.organisation_id) for one in seats]
    came = _came(session, meeting_ids)
    found = {}
    for meeting in meetings:
        members = {organisation_id for begin, end, organisation_id in held if begin <= meeting.day <= end}
        found[meeting.id] = len(members & came.get(meeting.id, set())), len(members)
    return found


def _came(session: Session, meeting_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """The organisations whose seats were taken, by meeting; a list counts them by the hundred and needs no records."""
    found: dict[UUID, set[UUID]] = {}
    for start in range(0, len(meeting_ids), 500):
        query = select(Attendance.id, Attendance.meeting_id, Attendance.organisation_id).where(
            *_on_seats(meeting_ids[start : start + 500]), Attendance.presence == Presence.PRESENT
        )
        for key, meeting_id, organisation_id in session.execute(query):
            if organisation_id is not None and key == link_id("attendance", meeting_id, organisation_id):
                found.setdefault(meeting_id, set()).add(organisation_id)
    return found
