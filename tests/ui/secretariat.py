"""A small network of Bahrain for the tests of pages: members, people, a regular meeting."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from tests.conftest import TODAY
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Appointment, AppointmentRole, Person
from unnm_desktop.services import meetings, networks, organisations, records, tor_profile
from unnm_desktop.ui.desk import Desk, NetworkName

PEOPLE = (
    ("Amina Haddad", "أمينة حداد", "Luis Ortega", "لويس أورتيغا"),
    ("Farah Nasser", "فرح ناصر", "Mark Jensen", "مارك ينسن"),
    ("Omar Saleh", "عمر صالح", "", ""),
)

# Beside IOM and ILO, which the terms of reference seat.
SEATS = ("UNDP", "UNHCR", "UNODC", "UNFPA", "WHO", "UN-Women", "UNICEF")


def found(session: Session) -> Network:
    """Set the network of Bahrain up, with people on its first three seats."""
    profile = tor_profile.load("bahrain")
    network = networks.found(
        session, profile, answers={"tor.approved": "2024-03-01"}, records_from=date(2026, 1, 1), on=TODAY
    )
    for acronym in SEATS:
        body = organisations.find(session, acronym)
        assert body is not None
        records.create(session, Membership, network_id=network.id, organisation_id=body.id, start="2024-01")
    for seat, (focal, focal_ar, alternate, alternate_ar) in zip(
        organisations.seats_on(session, network.id, TODAY), PEOPLE, strict=False
    ):
        _appoint(session, seat.membership.id, seat.organisation.id, focal, focal_ar, AppointmentRole.FOCAL_POINT)
        if alternate:
            _appoint(
                session, seat.membership.id, seat.organisation.id, alternate, alternate_ar, AppointmentRole.ALTERNATE
            )
    return network


def _appoint(
    session: Session, membership_id: UUID, organisation_id: UUID, name: str, name_ar: str, role: AppointmentRole
) -> None:
    person = records.create(session, Person, name_en=name, name_ar=name_ar, organisation_id=organisation_id)
    records.create(
        session, Appointment, membership_id=membership_id, person_id=person.id, role=role,
        rank=0 if role is AppointmentRole.FOCAL_POINT else 1, start="2025-01-01",
    )  # fmt: skip


def open_in(desk: Desk, database: Database) -> UUID:
    """Let the desk show the network of this workspace, set up now where there is none."""
    with database.read() as session:
        known = networks.all_networks(session)
    if not known:
        with database.write("Set up") as session:
            known = [found(session)]
    name = NetworkName(known[0].id, known[0].name_en, "Bahrain", known[0].time_zone)
    desk.hub.open(database)
    desk.hub.network_id = name.id
    desk.networks, desk.network = (name,), name
    return name.id


def plan(desk: Desk, day: date = date(2026, 11, 18)) -> Meeting:
    """Plan a regular meeting on that day."""
    return desk.hub.step("Plan", meetings.plan_next, desk.network_id, date(2026, 11, 1), day=day)


def members(desk: Desk) -> list[Organisation]:
    """Whose agreement is needed."""
    return desk.hub.read(organisations.consensus_set, desk.network_id, desk.today())
