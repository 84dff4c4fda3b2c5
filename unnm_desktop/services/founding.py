"""Setting a network up in one go: its terms of reference, what the officer answered, and the first members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Category, Membership, OrganisationKind, Residency
from unnm_desktop.db.people import AppointmentRole, Person
from unnm_desktop.services import networks, organisations, people, records, seeding
from unnm_desktop.services.tor_profile import Profile


@dataclass(frozen=True)
class Candidate:
    """A body that can be among the first members; ``named`` where the text itself seats it."""

    acronym: str
    name_en: str
    name_ar: str
    named: bool
    residency: Residency


@dataclass(frozen=True)
class FirstSeat:
    """A first member, by acronym or name, with the people who speak for it as far as they are known."""

    body: str
    focal_point: str = ""
    alternate: str = ""


def candidates(profile: Profile) -> tuple[Candidate, ...]:
    """Who can be ticked at set-up: those the text seats, then the UN entities of the country, then the others."""
    here = seeding.presence(profile.network.country)
    known = {acronym: (en, ar) for acronym, en, ar in seeding.seatable()}
    named = [
        Candidate(body, *known.get(body, (body, "")), named=True, residency=here.get(body, Residency.UNKNOWN))
        for body in profile.members.initial
    ]
    if OrganisationKind.UN_ENTITY.value not in profile.members.kinds:
        return tuple(named)
    nearest = (Residency.RESIDENT, Residency.NON_RESIDENT, Residency.REGIONAL, Residency.UNKNOWN)
    others = [
        Candidate(acronym, en, ar, named=False, residency=here.get(acronym, Residency.UNKNOWN))
        for acronym, (en, ar) in known.items()
        if acronym not in profile.members.initial
    ]
    return (*named, *sorted(others, key=lambda one: nearest.index(one.residency)))


def found(
    session: Session,
    profile: Profile,
    *,
    answers: Mapping[str, str],
    records_from: date,
    on: date,
    weekend: Sequence[str],
    first_weekday: str,
    seats: Sequence[FirstSeat] | None = None,
) -> Network:
    """Set a network up as the officer said.

    Args:
        session: the step.
        profile: the terms of reference.
        answers: what was said to what the profile leaves open, by dotted key.
        records_from: no duty is judged for days before it.
        on: the day of the set-up.
        weekend: the days on which nobody works.
        first_weekday: the day a week begins with.
        seats: the first members; without them those that the text seats.

    Raises:
        UserError: the country has a network already, or an answer cannot be used.

    """
    bodies = [one.body for one in seats] if seats is not None else None
    network = networks.found(session, profile, answers=answers, records_from=records_from, on=on, seats=bodies)
    records.update(session, Network, network.id, weekend=list(weekend), first_weekday=first_weekday)
    for one in seats or ():
        if one.focal_point or one.alternate:
            _name(session, network, one)
    session.flush()
    return network


def _name(session: Session, network: Network, seat: FirstSeat) -> None:
    body = organisations.find(session, seat.body, network.country)
    if body is None:
        return
    membership = records.first_of(
        session,
        Membership,
        Membership.network_id == network.id,
        Membership.organisation_id == body.id,
        Membership.category == Category.MEMBER,
    )
    if membership is None:
        return
    for name, role in (
        (seat.focal_point, AppointmentRole.FOCAL_POINT),
        (seat.alternate, AppointmentRole.ALTERNATE),
    ):
        if name:
            people.appoint(session, membership.id, _person(session, name, body.id).id, role)


def _person(session: Session, name: str, organisation_id: UUID) -> Person:
    arabic = any("\u0600" <= sign <= "\u06ff" for sign in name)
    return records.create(
        session,
        Person,
        organisation_id=organisation_id,
        name_en="" if arabic else name,
        name_ar=name if arabic else "",
        letter_language="ar" if arabic else "en",
    )
