"""Bahrain from its terms of reference, with members, people, a workplan and decisions, for the tests of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.decisions import Decision, DecisionSubject, Position, Stance
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.db.plan_parts import Output
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.db.workplans import Activity, Workplan
from unnm_desktop.services import decisions, networks, records, tor_profile, workplans

ON = date(2026, 2, 1)
AT = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """A network and what the tests ask of it."""

    network: Network
    objectives: dict[int, Objective]
    bodies: dict[str, Organisation]

    @property
    def id(self) -> UUID:
        return self.network.id


def bahrain(session: Session) -> World:
    """The network of Bahrain, its records beginning with 2026."""
    return found(session, "bahrain")


def found(session: Session, name: str) -> World:
    """The network of a profile."""
    network = networks.found(
        session,
        tor_profile.load(name),
        answers={"tor.approved": "2025-12-01", "settings.reporting_chair": "IOM"},
        records_from=date(2026, 1, 1),
        on=date(2026, 1, 1),
    )
    objectives = {one.number: one for one in networks.objectives_on(session, network.id, ON)}
    bodies = {one.acronym: one for one in records.all_of(session, Organisation) if one.acronym}
    return World(network, objectives, bodies)


def seat(session: Session, world: World, acronym: str, **values: object) -> Membership:
    """A seat of an organisation that has none."""
    return records.create(session, Membership, network_id=world.id, organisation_id=world.bodies[acronym].id, **values)


def plan_with_work(session: Session, world: World, activities: int = 2) -> tuple[Workplan, Output, list[Activity]]:
    """A draft plan for 2026 with an output under objective 1 and some activities of IOM."""
    plan = workplans.create_plan(session, world.id, 2026)
    output = workplans.add_output(session, plan.id, title_en="Joint work", objective_id=world.objectives[1].id)
    made = [
        workplans.add_activity(
            session,
            plan.id,
            title_en=f"Activity {number}",
            title_ar=f"نشاط {number}",
            output_id=output.id,
            lead_id=world.bodies["IOM"].id,
            start=date(2026, 1, 1),
            end=date(2026, 6, 30),
        )
        for number in range(1, activities + 1)
    ]
    return plan, output, made


def adopted_decision(session: Session, world: World, on: date = ON, **values: object) -> Decision:
    """A decision that every member agreed to on its day."""
    decision = decided(session, world, on, **values)
    for position in records.all_of(session, Position, Position.decision_id == decision.id):
        decisions.take_position(
            session,
            decision.id,
            position.organisation_id,
            Stance.AGREES,
            datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
        )
    return decision


def decided(session: Session, world: World, on: date = ON, **values: object) -> Decision:
    """A decision put to the members on its day and not answered."""
    given = {"text_en": "The workplan is adopted.", "subject": DecisionSubject.WORKPLAN, **values}
    decision = decisions.propose(session, world.id, on, **given)
    decisions.put_to_members(session, decision.id, on)
    return decision


def person(session: Session, world: World, name: str, acronym: str, **values: object) -> Person:
    """Somebody of an organisation."""
    return records.create(session, Person, name_en=name, organisation_id=world.bodies[acronym].id, **values)
