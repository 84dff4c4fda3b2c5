"""A small network with seats and people, made row by row, for tests of what happens in its meetings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.networks import Holiday, Network, TermsOfReference, TorState
from unnm_desktop.db.organisations import Category, Membership, Organisation, OrganisationKind
from unnm_desktop.db.people import Appointment, AppointmentRole, Office, OfficeKind, Person
from unnm_desktop.services import records, tor_profile

ON = date(2026, 3, 11)
"""A Wednesday, a working day in both networks."""


def at(day: date = ON, hour: int = 9) -> datetime:
    """A moment of that day (UTC), in office hours of the Gulf."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass
class Small:
    """The network and its bodies by acronym."""

    network: Network
    bodies: dict[str, Organisation] = field(default_factory=dict)
    seats: dict[str, Membership] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return self.network.id


def small_network(session: Session, name: str = "bahrain", members: tuple[str, ...] = ("IOM", "ILO", "UNHCR")) -> Small:
    """The network of one of our two profiles with these members since 2020, its Government and a few others."""
    profile = tor_profile.load(name)
    network = records.create(
        session,
        Network,
        country=profile.network.country,
        name_en=profile.network.name_en,
        launched="2019-12",
        time_zone=profile.network.time_zone,
        weekend=list(profile.network.weekend),
        records_from=date(2020, 1, 1),
    )
    records.create(
        session,
        TermsOfReference,
        network_id=network.id,
        version="1",
        state=TorState.IN_EFFECT,
        approved="2019-12",
        effective="2019-12",
        rules=profile.rules(),
    )
    small = Small(network)
    for acronym in members:
        body(session, small, acronym)
        seat(session, small, acronym)
    return small


def body(
    session: Session,
    small: Small,
    acronym: str,
    kind: OrganisationKind = OrganisationKind.UN_ENTITY,
    country: str = "",
    **values: Any,
) -> Organisation:
    """An organisation; a national one carries the network's country."""
    found = records.create(
        session, Organisation, name_en=acronym, acronym=acronym, kind=kind, country=country, **values
    )
    small.bodies[acronym] = found
    return found


def seat(
    session: Session,
    small: Small,
    acronym: str,
    category: Category = Category.MEMBER,
    start: str = "2020",
    end: str = "",
) -> Membership:
    """A seat of an organisation."""
    found = records.create(
        session,
        Membership,
        network_id=small.id,
        organisation_id=small.bodies[acronym].id,
        category=category,
        start=start,
        end=end,
    )
    small.seats[acronym] = found
    return found


def appoint(
    session: Session,
    small: Small,
    acronym: str,
    name: str,
    role: AppointmentRole = AppointmentRole.FOCAL_POINT,
    start: str = "2020",
    end: str = "",
) -> Person:
    """Somebody on a seat."""
    person = records.create(session, Person, name_en=name, organisation_id=small.bodies[acronym].id)
    records.create(
        session,
        Appointment,
        membership_id=small.seats[acronym].id,
        person_id=person.id,
        role=role,
        start=start,
        end=end,
    )
    return person


def office(session: Session, small: Small, acronym: str, kind: OfficeKind = OfficeKind.CHAIR) -> Office:
    """An office held by an organisation since 2020."""
    return records.create(
        session, Office, network_id=small.id, kind=kind, organisation_id=small.bodies[acronym].id, start="2020"
    )


def holiday(session: Session, small: Small, day: date) -> None:
    """A day on which the network does not work."""
    records.create(session, Holiday, network_id=small.id, day=day, name_en="Holiday")
