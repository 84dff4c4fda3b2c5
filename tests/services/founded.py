"""Networks and records that the tests of the service rooms start from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from unnm_desktop.db.meetings import Meeting, MeetingKind, MeetingState
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Appointment, AppointmentRole, Office, Person
from unnm_desktop.services import networks, organisations, records, tor_profile

START = date(2026, 1, 1)


def founded(
    session: Session, name: str, records_from: date = START, answers: Mapping[str, str] | None = None
) -> Network:
    """A shipped network, set up."""
    return networks.found(session, tor_profile.load(name), answers=answers, records_from=records_from, on=records_from)


def person(session: Session, name: str = "Amina Haddad", **values: Any) -> Person:
    return records.create(session, Person, name_en=name, **values)


def body(session: Session, text: str, country: str = "") -> Organisation:
    found = organisations.find(session, text, country)
    assert found is not None, text
    return found


def seat(session: Session, network: Network, text: str, start: str = "", **values: Any) -> Membership:
    return records.create(
        session, Membership, network_id=network.id, organisation_id=body(session, text).id, start=start, **values
    )


def seat_of(session: Session, network: Network, text: str) -> Membership:
    found = records.first_of(
        session,
        Membership,
        Membership.network_id == network.id,
        Membership.organisation_id == body(session, text, network.country).id,
    )
    assert found is not None
    return found


def meeting(session: Session, network: Network, day: date, **values: Any) -> Meeting:
    values = {"kind": MeetingKind.REGULAR, "state": MeetingState.HELD, **values}
    return records.create(session, Meeting, network_id=network.id, day=day, **values)


def appoint(session: Session, where: Membership, start: str = "", end: str = "", **values: Any) -> Appointment:
    values = {"role": AppointmentRole.FOCAL_POINT, **values}
    return records.create(
        session, Appointment, membership_id=where.id, person_id=person(session).id, start=start, end=end, **values
    )


def fill_offices(session: Session, network: Network) -> None:
    """A person behind every office that has an organisation."""
    for office in records.all_of(session, Office, Office.network_id == network.id):
        records.update(session, Office, office.id, person_id=person(session).id)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
