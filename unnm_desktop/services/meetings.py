"""Meetings: planned from the last one, made ready, held, closed; postponed ones keep their number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.decisions import Decision, DecisionSubject
from unnm_desktop.db.meetings import HELD_STATES as HELD_STATES
from unnm_desktop.db.meetings import Meeting, MeetingChair, MeetingKind, MeetingState
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import OfficeKind
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import (
    calendar,
    decisions,
    invitations,
    networks,
    numbering,
    organisations,
    people,
    records,
)
from unnm_desktop.services.agendas import OpenMatter as OpenMatter
from unnm_desktop.services.agendas import add_item as add_item
from unnm_desktop.services.agendas import agenda as agenda
from unnm_desktop.services.agendas import carry_over as carry_over
from unnm_desktop.services.agendas import circulate_agenda as circulate_agenda
from unnm_desktop.services.agendas import display_number as display_number
from unnm_desktop.services.agendas import item_number as item_number
from unnm_desktop.services.agendas import move_item as move_item
from unnm_desktop.services.agendas import open_agenda as open_agenda
from unnm_desktop.services.agendas import open_matters as open_matters
from unnm_desktop.services.agendas import remove_item as remove_item
from unnm_desktop.services.agendas import undecided as undecided
from unnm_desktop.services.attendance import Attended as Attended
from unnm_desktop.services.attendance import Guest as Guest
from unnm_desktop.services.attendance import SeatRow as SeatRow
from unnm_desktop.services.attendance import attendance_grid as attendance_grid
from unnm_desktop.services.attendance import attendance_summary as attendance_summary
from unnm_desktop.services.attendance import clear_attendance as clear_attendance
from unnm_desktop.services.attendance import guests as guests
from unnm_desktop.services.attendance import record_attendance as record_attendance
from unnm_desktop.services.attendance import record_guest as record_guest
from unnm_desktop.services.invitations import Invited as Invited
from unnm_desktop.services.invitations import invite as invite
from unnm_desktop.services.invitations import invited as invited
from unnm_desktop.services.invitations import reply as reply
from unnm_desktop.services.invitations import send_invitations as send_invitations
from unnm_desktop.services.invitations import withdraw_invitation as withdraw_invitation
from unnm_desktop.services.meeting_list import MEETINGS as MEETINGS
from unnm_desktop.services.meeting_names import called
from unnm_desktop.services.meeting_names import name_of as name_of
from unnm_desktop.services.readiness import Check as Check
from unnm_desktop.services.readiness import is_ready as is_ready
from unnm_desktop.services.readiness import make_ready as make_ready
from unnm_desktop.services.readiness import missing_chairs as missing_chairs
from unnm_desktop.services.readiness import readiness as readiness
from unnm_desktop.services.standing_items import STANDING

CADENCED = (MeetingKind.REGULAR, MeetingKind.HIGHLIGHTED)
"""The kinds that the rhythm of the terms of reference counts (rules.md, section 6)."""
AHEAD_STATES = (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED)
_FIRST_NOTICE = timedelta(days=14)


def next_ordinal(session: Session, network_id: UUID, kind: MeetingKind) -> int:
    """The number after the highest of its kind; removed meetings give theirs free, cancelled ones keep it."""
    last = session.scalar(
        select(func.max(Meeting.ordinal)).where(
            Meeting.network_id == network_id, Meeting.kind == kind, Meeting.removed_at.is_(None)
        )
    )
    return (last or 0) + 1


def next_day(session: Session, network_id: UUID, on: date, kind: MeetingKind = MeetingKind.REGULAR) -> date:
    """The day to offer for the next meeting.

    A regular one comes on the weekday of the last, within the rhythm of the terms of reference, on a working day.
    """
    off = networks.calendar_of(session, network_id)
    last = records.first_of(
        session,
        Meeting,
        Meeting.network_id == network_id,
        Meeting.kind.in_(CADENCED),
        Meeting.state != MeetingState.CANCELLED,
        order=(Meeting.day.desc(), Meeting.id.desc()),
    )
    if last is None or kind is not MeetingKind.REGULAR:
        day = on + _FIRST_NOTICE
        while not calendar.is_working_day(day, off.weekend, off.holidays):
            day += timedelta(days=1)
        return day
    months = networks.rules_on(session, network_id, on).every_months
    step = months * (1 + _skipped(session, network_id, last.day, on))
    due = calendar.add_months(last.day, step)
    while due <= on:
        step += months
        due = calendar.add_months(last.day, step)
    # On the last one's weekday at or before the day it is due: after it the rhythm would be broken.
    day = due - timedelta(days=(due.weekday() - last.day.weekday()) % 7)
    if day <= max(on, last.day):
        day = due
    while not calendar.is_working_day(day, off.weekend, off.holidays) and day > max(on, last.day) + timedelta(days=1):
        day -= timedelta(days=1)
    return day


def _skipped(session: Session, network_id: UUID, since: date, on: date) -> int:
    """How many regular meetings the members agreed to skip since the last one."""
    found = records.all_of(
        session,
        Decision,
        Decision.network_id == network_id,
        Decision.subject == DecisionSubject.SKIP_MEETING,
        Decision.decided_on >= since,
    )
    network = records.get(session, Network, network_id)
    standings = decisions.standing(session, [one.id for one in found], calendar.end_of_day(on, network.time_zone))
    return sum(1 for one in standings.values() if one.state in decisions.IN_FORCE)


def plan_next(
    session: Session, network_id: UUID, on: date, kind: MeetingKind = MeetingKind.REGULAR, day: date | None = None
) -> Meeting:
    """Plan a meeting, filled in from the last one: day, number, place, times, standing items, chairs and invitations.

    The co-chairs of a highlighted meeting are left open: the officer names them (K-C3).
    """
    network = records.get(session, Network, network_id)
    day = day or next_day(session, network_id, on, kind)
    ordinal = next_ordinal(session, network_id, kind)
    meeting = records.create(
        session,
        Meeting,
        network_id=network_id,
        reference=numbering.next_reference(session, network, "M", day.year),
        kind=kind,
        ordinal=ordinal,
        title_en=called(kind, ordinal, rtl=False),
        title_ar=called(kind, ordinal, rtl=True),
        day=day,
        **_like_the_last(session, network_id, kind),
    )
    for item in STANDING[kind]:
        add_item(
            session,
            meeting.id,
            standing=item.standing,
            title_en=item.title_en,
            title_ar=item.title_ar,
            kind=item.kind,
            minutes=item.minutes,
        )
    asked = [seat.organisation for seat in organisations.seats_on(session, network_id, day)]
    if kind is MeetingKind.HIGHLIGHTED:
        asked += organisations.invited_on(session, network_id, day)
    else:
        for held in people.offices_on(session, network_id, day):
            if held.office.kind in (OfficeKind.CHAIR, OfficeKind.CO_CHAIR) and held.organisation is not None:
                name_chair(session, meeting.id, held.organisation.id, held.person.id if held.person else None)
    invitations.invite_many(session, meeting.id, asked)
    return meeting


def change(session: Session, meeting_id: UUID, **values: Any) -> Meeting:
    """Change fields of a meeting; a title that was made from its kind and number is made anew with them.

    Raises:
        Invalid: a value may not be so.

    """
    one = records.get(session, Meeting, meeting_id)
    kind, ordinal = values.get("kind", one.kind), values.get("ordinal", one.ordinal)
    for name, rtl in (("title_en", False), ("title_ar", True)):
        if name not in values and getattr(one, name) == called(one.kind, one.ordinal, rtl=rtl):
            values[name] = called(kind, ordinal, rtl=rtl)
    return records.update(session, Meeting, meeting_id, **values)


def _like_the_last(session: Session, network_id: UUID, kind: MeetingKind) -> dict[str, str]:
    found = records.all_of(
        session, Meeting, Meeting.network_id == network_id, order=(Meeting.day.desc(), Meeting.id.desc())
    )
    last = next((meeting for meeting in found if meeting.kind is kind), found[0] if found else None)
    names = ("starts", "ends", "place_en", "place_ar", "online")
    return {name: getattr(last, name) for name in names} if last else {}


def last_held(session: Session, network_id: UUID, before: date) -> Meeting | None:
    """The last meeting held before that day."""
    return records.first_of(
        session,
        Meeting,
        Meeting.network_id == network_id,
        Meeting.state.in_(HELD_STATES),
        Meeting.day < before,
        order=(Meeting.day.desc(), Meeting.id.desc()),
    )


def next_meeting(session: Session, network_id: UUID, on: date) -> Meeting | None:
    """The first meeting that lies ahead on that day."""
    return records.first_of(
        session,
        Meeting,
        Meeting.network_id == network_id,
        Meeting.state.in_(AHEAD_STATES),
        Meeting.day >= on,
        order=(Meeting.day, Meeting.starts, Meeting.id),
    )


def name_chair(
    session: Session, meeting_id: UUID, organisation_id: UUID, person_id: UUID | None = None
) -> MeetingChair:
    """Name who chairs a meeting; the same organisation named again changes its person."""
    chairing = chairs(session, meeting_id)
    again = next((chair for chair, organisation in chairing if organisation.id == organisation_id), None)
    position = again.position if again else len(chairing) + 1
    start, end = ("meeting_id", meeting_id), ("organisation_id", organisation_id)
    return records.link(session, MeetingChair, "meeting_chair", start, end, person_id=person_id, position=position)


def unname_chair(session: Session, meeting_id: UUID, organisation_id: UUID) -> None:
    """Take back that an organisation chairs a meeting."""
    for chair, organisation in chairs(session, meeting_id):
        if organisation.id == organisation_id:
            records.remove(session, MeetingChair, chair.id)


def chairs(session: Session, meeting_id: UUID) -> list[tuple[MeetingChair, Organisation]]:
    """Who chairs a meeting, in order."""
    query = (
        select(MeetingChair, Organisation)
        .join(Organisation, Organisation.id == MeetingChair.organisation_id)
        .where(MeetingChair.meeting_id == meeting_id, MeetingChair.removed_at.is_(None))
        .order_by(MeetingChair.position, MeetingChair.id)
    )
    return [(chair, organisation) for chair, organisation in session.execute(query)]


def hold(session: Session, meeting_id: UUID, on: date) -> Meeting:
    """Mark a meeting as held.

    Raises:
        UserError: its day has not come, it is cancelled, or a highlighted one lacks a co-chair.

    """
    meeting = records.get(session, Meeting, meeting_id)
    if meeting.state in HELD_STATES:
        return meeting
    if meeting.state is MeetingState.CANCELLED:
        raise UserError(N_("This meeting was cancelled, so it cannot be held. Plan another one."))
    if meeting.day > on:
        raise UserError(N_("The day of this meeting has not come yet. Change its date if it was held earlier."))
    missing = missing_chairs(session, meeting)
    if missing:
        raise UserError(
            N_("Name both Co-Chairs of the highlighted meeting first. Missing: {names}."), names=", ".join(missing)
        )
    return records.update(session, Meeting, meeting_id, state=MeetingState.HELD)


def close(session: Session, meeting_id: UUID) -> Meeting:
    """Close a meeting that was held; `undecided` lists what the officer should look at first.

    Raises:
        UserError: it was not held.

    """
    meeting = records.get(session, Meeting, meeting_id)
    if meeting.state not in HELD_STATES:
        raise UserError(N_("Only a meeting that was held can be closed. Mark it as held first."))
    return records.update(session, Meeting, meeting_id, state=MeetingState.CLOSED)


def reopen(session: Session, meeting_id: UUID) -> Meeting:
    """Open a closed meeting again, to correct what was recorded of it."""
    meeting = records.get(session, Meeting, meeting_id)
    if meeting.state is not MeetingState.CLOSED:
        return meeting
    return records.update(session, Meeting, meeting_id, state=MeetingState.HELD)


def postpone(session: Session, meeting_id: UUID, day: date, reason: str) -> Meeting:
    """Give a meeting another day, with the reason; number and reference stay.

    Raises:
        Invalid: no reason, or the day it had already.
        UserError: it was held or cancelled.

    """
    meeting = records.get(session, Meeting, meeting_id)
    _refuse_past(meeting)
    if day == meeting.day:
        raise Invalid({"day": N_("The meeting is on that day already. Choose another one.")})
    return records.update(
        session, Meeting, meeting_id, day=day, state=MeetingState.POSTPONED, reason=reason, ready_on=None
    )


def cancel(session: Session, meeting_id: UUID, reason: str) -> Meeting:
    """Cancel a meeting, with the reason.

    Raises:
        Invalid: no reason is given.
        UserError: it was held.

    """
    meeting = records.get(session, Meeting, meeting_id)
    _refuse_past(meeting)
    return records.update(session, Meeting, meeting_id, state=MeetingState.CANCELLED, reason=reason)


def _refuse_past(meeting: Meeting) -> None:
    if meeting.state in HELD_STATES:
        raise UserError(N_("This meeting was held; its day and its record stay."))
    if meeting.state is MeetingState.CANCELLED:
        raise UserError(N_("This meeting was cancelled. Plan another one."))
