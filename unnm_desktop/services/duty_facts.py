"""What the records say by the end of a day about a network's duties, read in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from unnm_desktop.db.decisions import Decision, DecisionSubject
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.issued import Report, ReportState
from unnm_desktop.db.meetings import Attendance, Capacity, Meeting, MeetingKind, MeetingState, Presence
from unnm_desktop.db.networks import Network, TermsOfReference
from unnm_desktop.db.organisations import Category, Organisation, OrganisationKind
from unnm_desktop.db.people import Appointment, Office
from unnm_desktop.db.text import fold
from unnm_desktop.db.tor_text import TorReview
from unnm_desktop.db.workplans import Workplan, WorkplanState
from unnm_desktop.frozen import Frozen
from unnm_desktop.services import calendar, networks, organisations, records, standings, terms
from unnm_desktop.services.organisations import Seat
from unnm_desktop.services.rules_in_force import IN_FORCE, in_effect
from unnm_desktop.services.tor_rules import Rules

HELD = (MeetingState.HELD, MeetingState.CLOSED)
_PLANNED = (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED)
_ADOPTED = (WorkplanState.ADOPTED, WorkplanState.SHARED, WorkplanState.CLOSED)
_KINDS = (MeetingKind.REGULAR, MeetingKind.HIGHLIGHTED)


class Frame(Frozen):
    """The day, the network, and the terms of reference that held then.

    Args:
        on: the day; records made after its end do not count.
        end: its last instant in the network's zone.
        launched: when the network was launched, as precisely as it is known.
        versions: the versions of the terms of reference that ever held, with their rules.

    """

    network: Network
    on: date
    end: datetime
    tor: TermsOfReference
    rules: Rules
    launched: str
    versions: tuple[tuple[TermsOfReference, Rules], ...]

    def since(self, duty: str) -> date | None:
        """The first day for which a duty is judged: records are kept and the text asks for it; None = unknown."""
        tor, begins = self.tor, terms.begin_of(self.tor.effective, self.launched)
        all_versions, rules_of = [one for one, _ in self.versions], {one.id: rules for one, rules in self.versions}
        while begins > date.min:
            before = in_effect(all_versions, begins - timedelta(days=1), self.launched)
            if before is None or before.id == tor.id or not rules_of[before.id].required(duty):
                break
            tor, begins = before, terms.begin_of(before.effective, self.launched)
        known = [day for day in (self.network.records_from, begins if begins > date.min else None) if day is not None]
        return max(known, default=None)


class Facts(Frozen):
    """Everything that the judges look at."""

    frame: Frame
    last_held: Meeting | None
    highlighted: tuple[Meeting, ...]
    speaker_meeting: Meeting | None
    offices: tuple[Office, ...]
    seats: tuple[Seat, ...]
    appointments: Mapping[UUID, tuple[Appointment, ...]]
    decisions: tuple[tuple[Decision, standings.Standing], ...]
    plans: tuple[Workplan, ...]
    plan_dispatches: tuple[Dispatch, ...]
    reports: tuple[Report, ...]
    last_review: TorReview | None
    update: Dispatch | None
    names: Mapping[UUID, Organisation]


def frame_of(session: Session, network_id: UUID, on: date) -> Frame | None:
    """The frame of a day; None where no terms of reference were in effect."""
    network = records.get(session, Network, network_id)
    known = [one for one in networks.versions(session, network_id) if one.state in IN_FORCE]
    tor = in_effect(known, on, network.launched)
    if tor is None:
        return None
    versions = tuple((one, Rules.from_dict(one.rules)) for one in known)
    rules = next(rules for one, rules in versions if one.id == tor.id)
    end = calendar.end_of_day(on, network.time_zone)
    return Frame(network, on, end, tor, rules, network.launched, versions)


def gather(session: Session, frame: Frame) -> Facts:
    """Read what the judges need; the number of statements does not grow with the records."""
    network_id, on = frame.network.id, frame.on
    last_held = _last_held(session, frame)
    offices = records.all_of(session, Office, Office.network_id == network_id)
    seats = organisations.seats_on(session, network_id, on, Category.MEMBER)
    plans = _plans(session, frame)
    # Read even where there is no plan, so that the statements stay the same.
    plan_dispatches = records.all_of(
        session,
        Dispatch,
        Dispatch.network_id == network_id,
        Dispatch.kind == DispatchKind.WORKPLAN,
        Dispatch.sent_at <= frame.end,
        Dispatch.workplan_id.in_([plan.id for plan in plans]),
        order=(Dispatch.sent_at, Dispatch.id),
    )
    updates = records.all_of(
        session,
        Dispatch,
        Dispatch.network_id == network_id,
        Dispatch.kind == DispatchKind.UPDATE,
        Dispatch.sent_at <= frame.end,
        order=(Dispatch.sent_at.desc(), Dispatch.id.desc()),
    )
    bodies = {one.organisation_id for one in offices}
    bodies |= {one.organisation_id for one in (*plan_dispatches, *updates)}
    names = records.by_id(session, Organisation, list(bodies))
    government = _government(session, frame)
    return Facts(
        frame=frame,
        last_held=last_held,
        highlighted=_highlighted(session, frame),
        speaker_meeting=_speaker_meeting(session, frame),
        offices=tuple(offices),
        seats=tuple(seats),
        appointments=_appointments(session, seats),
        decisions=_decisions(session, frame, last_held),
        plans=plans,
        plan_dispatches=tuple(plan_dispatches),
        reports=tuple(
            records.all_of(
                session,
                Report,
                Report.network_id == network_id,
                Report.kind == "progress-report",
                Report.state == ReportState.SUBMITTED,
                or_(Report.submitted_on.is_(None), Report.submitted_on <= on),
            )
        ),
        last_review=records.first_of(
            session,
            TorReview,
            TorReview.tor_id == frame.tor.id,
            TorReview.reviewed_on <= on,
            order=(TorReview.reviewed_on.desc(), TorReview.id.desc()),
        ),
        update=_update(frame, updates, names, government),
        names=names,
    )


def reaches(dispatch: Dispatch, addressee: str, names: Mapping[UUID, Organisation]) -> bool:
    """Whether a dispatch went to an addressee of the rules, written as there or chosen as an organisation."""
    wanted, body = fold(addressee.strip()), names.get(dispatch.organisation_id) if dispatch.organisation_id else None
    told = {fold(dispatch.addressee.strip())}
    if body is not None:
        told |= {fold(body.acronym), fold(body.name_en), fold(body.name_ar)}
    return wanted in told


def _last_held(session: Session, frame: Frame) -> Meeting | None:
    return records.first_of(
        session,
        Meeting,
        Meeting.network_id == frame.network.id,
        Meeting.kind.in_(_KINDS),
        Meeting.state.in_(HELD),
        Meeting.day <= frame.on,
        order=(Meeting.day.desc(), Meeting.id.desc()),
    )


def _highlighted(session: Session, frame: Frame) -> tuple[Meeting, ...]:
    """Held by the day, or still to come in its calendar year; one held later was planned on the day."""
    return tuple(
        records.all_of(
            session,
            Meeting,
            Meeting.network_id == frame.network.id,
            Meeting.kind == MeetingKind.HIGHLIGHTED,
            Meeting.day.between(date(frame.on.year, 1, 1), date(frame.on.year, 12, 31)),
            or_(
                Meeting.state.in_(HELD),
                and_(Meeting.state.in_(_PLANNED), Meeting.day >= frame.on),
            ),
            order=(Meeting.day, Meeting.id),
        )
    )


def _speaker_meeting(session: Session, frame: Frame) -> Meeting | None:
    spoke = exists().where(
        Attendance.meeting_id == Meeting.id,
        Attendance.removed_at.is_(None),
        Attendance.capacity == Capacity.GUEST_SPEAKER,
        Attendance.presence == Presence.PRESENT,
    )
    return records.first_of(
        session,
        Meeting,
        Meeting.network_id == frame.network.id,
        Meeting.state.in_(HELD),
        Meeting.day <= frame.on,
        spoke,
        order=(Meeting.day.desc(), Meeting.id.desc()),
    )


def _appointments(session: Session, seats: list[Seat]) -> dict[UUID, tuple[Appointment, ...]]:
    found: dict[UUID, list[Appointment]] = {}
    ids = [seat.membership.id for seat in seats]
    for appointment in records.all_of(session, Appointment, Appointment.membership_id.in_(ids)):
        found.setdefault(appointment.membership_id, []).append(appointment)
    return {key: tuple(appointments) for key, appointments in found.items()}


def _decisions(
    session: Session, frame: Frame, last_held: Meeting | None
) -> tuple[tuple[Decision, standings.Standing], ...]:
    """Those that may be pending, and those that skip a meeting after the last one held."""
    skipping = and_(
        Decision.subject == DecisionSubject.SKIP_MEETING,
        Decision.decided_on >= (last_held.day if last_held else date.min),
    )
    found = records.all_of(
        session,
        Decision,
        Decision.network_id == frame.network.id,
        Decision.pending_on <= frame.on,
        or_(standings.may_be_pending(frame.end, frame.on), skipping),
        order=(Decision.pending_on, Decision.id),
    )
    standing = standings.standing(session, [one.id for one in found], frame.end)
    return tuple((one, standing[one.id]) for one in found)


def _plans(session: Session, frame: Frame) -> tuple[Workplan, ...]:
    """The adopted versions for the period of the day, the newest first; an unknown day of adoption counts."""
    duty = frame.rules.duties.workplan
    years = max(1, (duty.every_months if duty else 12) // 12)
    return tuple(
        records.all_of(
            session,
            Workplan,
            Workplan.network_id == frame.network.id,
            Workplan.year.between(frame.on.year - years + 1, frame.on.year),
            Workplan.state.in_(_ADOPTED),
            or_(Workplan.adopted_on.is_(None), Workplan.adopted_on <= frame.on),
            order=(Workplan.year.desc(), Workplan.version.desc(), Workplan.id.desc()),
        )
    )


def _government(session: Session, frame: Frame) -> set[str]:
    rows: Any = session.execute(
        select(Organisation.acronym, Organisation.name_en, Organisation.name_ar).where(
            Organisation.kind == OrganisationKind.GOVERNMENT,
            Organisation.country == frame.network.country,
        )
    )
    return {fold(text) for row in rows for text in row if text}


def _update(
    frame: Frame, updates: list[Dispatch], names: Mapping[UUID, Organisation], government: set[str]
) -> Dispatch | None:
    """The newest update to those whom the text names; one to the wrong list does not count (trap 24)."""
    duty = frame.rules.duties.updates
    to = duty.to if duty else ()
    for dispatch in updates:
        body = names.get(dispatch.organisation_id) if dispatch.organisation_id else None
        ministry = (body is not None and body.kind is OrganisationKind.GOVERNMENT) or (
            fold(dispatch.addressee.strip()) in government
        )
        if not to or ("government" in to and ministry) or any(reaches(dispatch, one, names) for one in to):
            return dispatch
    return None
