"""People, who speaks for which seat, and who holds which office, as at a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Appointment, AppointmentRole, Office, OfficeKind, Person
from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_, Day
from unnm_desktop.services import records, terms
from unnm_desktop.services.listing import Context
from unnm_desktop.services.prepared import Prepared, keys_given

_OFFICE_ORDER = {kind: place for place, kind in enumerate(OfficeKind)}


class Holders(Frozen):
    """Who speaks for a seat: the focal point and the alternates by rank."""

    focal_point: Person | None = None
    alternates: tuple[Person, ...] = ()


class OfficeHolder(Frozen):
    """An office of the network with the body and the person that hold it."""

    office: Office
    organisation: Organisation | None
    person: Person | None


def holders_on(session: Session, network_id: UUID, on: date) -> dict[UUID, Holders]:
    """Focal point and alternates of every seat that has one on that day, by membership."""
    query = (
        select(Appointment, Person)
        .join(Membership, Membership.id == Appointment.membership_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(
            Membership.network_id == network_id,
            Membership.removed_at.is_(None),
            Appointment.removed_at.is_(None),
            terms.holding(Appointment, on, network_id),
        )
    )
    return _by_seat(session.execute(query.order_by(Appointment.rank, Appointment.start, Appointment.id)))


def holders_of(session: Session, membership_ids: Sequence[UUID], on: date, network_id: UUID) -> dict[UUID, Holders]:
    """Focal point and alternates of these seats on that day."""
    found: dict[UUID, Holders] = {}
    for first in range(0, len(membership_ids), 500):
        query = (
            select(Appointment, Person)
            .join(Person, Person.id == Appointment.person_id)
            .where(
                Appointment.membership_id.in_(membership_ids[first : first + 500]),
                Appointment.removed_at.is_(None),
                terms.holding(Appointment, on, network_id),
            )
        )
        found |= _by_seat(session.execute(query.order_by(Appointment.rank, Appointment.start, Appointment.id)))
    return found


class _Term(NamedTuple):
    membership_id: UUID
    role: AppointmentRole


class _Names(NamedTuple):
    name_en: str
    name_ar: str


@lru_cache(maxsize=8)
def _spoken_for(context: Context) -> Prepared:
    query = select(Appointment.membership_id, Appointment.role, Person.name_en, Person.name_ar)
    query = query.join(Person, Person.id == Appointment.person_id).where(
        Appointment.membership_id.in_(keys_given()),
        Appointment.removed_at.is_(None),
        terms.holding(Appointment, context.on, context.network_id),
    )
    return Prepared(query.order_by(Appointment.rank, Appointment.start, Appointment.id))


def speakers_named(session: Session, membership_ids: Collection[UUID], context: Context) -> dict[UUID, Holders]:
    """The same as ``holders_of``, but of the people their names only, as a list shows them."""
    rows = _spoken_for(context).rows(session, keys=membership_ids)
    return _by_seat((_Term(*told[:2]), _Names(*told[2:])) for told in rows)


def _by_seat(rows: Any) -> dict[UUID, Holders]:
    focal: dict[UUID, Person] = {}
    alternates: dict[UUID, list[Person]] = {}
    for appointment, person in rows:
        if appointment.role is AppointmentRole.FOCAL_POINT:
            # Of two that overlap, the later one counts; seat_problems shows the pair.
            focal[appointment.membership_id] = person
        else:
            alternates.setdefault(appointment.membership_id, []).append(person)
    return {key: Holders(focal.get(key), tuple(alternates.get(key, ()))) for key in focal.keys() | alternates.keys()}


def appointments_of(session: Session, membership_id: UUID) -> list[tuple[Appointment, Person]]:
    """Everybody who ever spoke for a seat, focal points first, the present ones before the past."""
    rows = session.execute(
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.membership_id == membership_id, Appointment.removed_at.is_(None))
        .order_by(Appointment.role.desc(), Appointment.rank, Appointment.start.desc(), Appointment.id)
    )
    return [(appointment, person) for appointment, person in rows]


def offices_on(session: Session, network_id: UUID, on: date) -> list[OfficeHolder]:
    """The offices of the network that are held on that day, the chair first."""
    rows = session.execute(
        select(Office, Organisation, Person)
        .outerjoin(Organisation, Organisation.id == Office.organisation_id)
        .outerjoin(Person, Person.id == Office.person_id)
        .where(Office.network_id == network_id, Office.removed_at.is_(None), terms.holding(Office, on, network_id))
    )
    held = [OfficeHolder(office, organisation, person) for office, organisation, person in rows]
    return sorted(held, key=lambda one: (_OFFICE_ORDER[one.office.kind], one.office.id))


def appoint(
    session: Session,
    membership_id: UUID,
    person_id: UUID,
    role: AppointmentRole = AppointmentRole.FOCAL_POINT,
    *,
    start: str = "",
    rank: int | None = None,
    note: str = "",
) -> Appointment:
    """Appoint somebody to a seat; an alternate without a rank comes after the present ones."""
    records.get(session, Membership, membership_id)
    records.get(session, Person, person_id)
    if rank is None:
        rank = 1
        if role is AppointmentRole.ALTERNATE:
            last = session.scalar(
                select(func.max(Appointment.rank)).where(
                    Appointment.membership_id == membership_id,
                    Appointment.role == AppointmentRole.ALTERNATE,
                    Appointment.removed_at.is_(None),
                    Appointment.end == "",
                )
            )
            rank = (last or 0) + 1
    return records.create(
        session,
        Appointment,
        membership_id=membership_id,
        person_id=person_id,
        role=role,
        rank=rank,
        start=start,
        note=note,
    )


def end(session: Session, appointment_id: UUID, last_day: date | str) -> Appointment:
    """End an appointment with that day; the person stays in the record of every day before."""
    last = last_day if isinstance(last_day, str) else last_day.isoformat()
    return records.update(session, Appointment, appointment_id, end=last)


def first_day_to_follow(session: Session, membership_id: UUID, on: date) -> date:
    """That day, or the day after the present focal point's term began where it began then or later."""
    membership = records.get(session, Membership, membership_id)
    launched = terms.launch_of(session, membership.network_id)
    going = records.all_of(
        session,
        Appointment,
        Appointment.membership_id == membership_id,
        Appointment.role == AppointmentRole.FOCAL_POINT,
        terms.end_clause(Appointment, on),
    )
    return max([on, *(terms.begin_of(one.start, launched) + timedelta(days=1) for one in going)])


def replace_focal_point(session: Session, membership_id: UUID, person_id: UUID, start: date) -> Appointment:
    """Let somebody follow as focal point from that day; whoever was it ends the day before.

    Raises:
        UserError: the present focal point's term begins on that day or later.

    """
    membership = records.get(session, Membership, membership_id)
    launched = terms.launch_of(session, membership.network_id)
    going = records.all_of(
        session, Appointment, Appointment.membership_id == membership_id, terms.end_clause(Appointment, start)
    )
    for one in going:
        follower_was_alternate = one.role is AppointmentRole.ALTERNATE and one.person_id == person_id
        if one.role is not AppointmentRole.FOCAL_POINT and not follower_was_alternate:
            continue
        if terms.begin_of(one.start, launched) >= start:
            raise UserError(
                N_("An appointment of this seat begins on {day}. Choose a later day, or remove that appointment."),
                day=Day(one.start or launched or start),
            )
        records.update(session, Appointment, one.id, end=terms.day_before(start))
    return appoint(session, membership_id, person_id, start=start.isoformat())


def set_office_person(session: Session, office_id: UUID, person_id: UUID | None, start: date) -> Office:
    """Name the person behind an office from that day; the body keeps it, the former person stays in the record.

    Raises:
        UserError: the present term begins after that day.

    """
    office = records.get(session, Office, office_id)
    launched = terms.launch_of(session, office.network_id)
    begins = terms.begin_of(office.start, launched)
    if office.person_id is None or begins == start:
        # Nobody was named yet: the term is completed rather than split.
        return records.update(session, Office, office_id, person_id=person_id)
    if begins > start:
        raise UserError(N_("This term begins on {day}. Choose a later day."), day=Day(office.start or launched))
    last = office.end
    records.update(session, Office, office_id, end=terms.day_before(start))
    return records.create(
        session,
        Office,
        network_id=office.network_id,
        kind=office.kind,
        organisation_id=office.organisation_id,
        person_id=person_id,
        start=start.isoformat(),
        end=last,
        endorsed_on=office.endorsed_on,
        decision_id=office.decision_id,
    )
