"""The life of a network's annual workplan: its versions, adoption by a decision, sharing, and what may change when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.base import Record
from unnm_desktop.db.decisions import Decision, DecisionState
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Channel
from unnm_desktop.db.plan_parts import ActivityParticipant, Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.workplans import Activity, BudgetLine, Workplan, WorkplanState
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import decisions, issued, networks, numbering, records
from unnm_desktop.services.calendar import end_of_day
from unnm_desktop.services.money import Money
from unnm_desktop.services.plan_of_the_year import on_track, plan_percent
from unnm_desktop.services.says import Year
from unnm_desktop.services.workplan_copies import copy_whole
from unnm_desktop.services.workplan_findings import (
    ActivityFindings,
    PlanFindings,
    Warned,
    money,
    plan_findings,
    quarters,
)
from unnm_desktop.services.workplan_listing import ACTIVITIES, activities_of

# One door for callers: findings and the listing come from here too.
__all__ = ["ACTIVITIES", "ActivityFindings", "Money", "PlanFindings", "Warned", "activities_of", "money", "on_track"]
__all__ += ["plan_findings", "plan_percent", "quarters"]

R = TypeVar("R", bound=Record)

IN_FORCE = (WorkplanState.ADOPTED, WorkplanState.SHARED)
SETTLED = (*IN_FORCE, WorkplanState.CLOSED)
# What the year brings, as against what was agreed: it is written down in an adopted plan too.
REPORTED: Mapping[type[Record], frozenset[str]] = {
    Workplan: frozenset({"note"}),
    Activity: frozenset({"status", "progress", "narrative_en", "narrative_ar"}),
    Deliverable: frozenset({"delivered_on"}),
    BudgetLine: frozenset({"spent", "available", "contributor"}),
    Measurement: frozenset(Measurement.__table__.columns.keys()),
}


def versions(session: Session, network_id: UUID, year: int) -> list[Workplan]:
    """The versions of the plan of a year, newest first."""
    return records.all_of(
        session,
        Workplan,
        Workplan.network_id == network_id,
        Workplan.year == year,
        order=(Workplan.version.desc(), Workplan.id.desc()),
    )


def current_plan(session: Session, network_id: UUID, year: int) -> Workplan | None:
    """The plan of a year that holds: the newest adopted version, else the newest at all."""
    settled = case((Workplan.state.in_(SETTLED), 0), else_=1)
    return records.first_of(
        session,
        Workplan,
        Workplan.network_id == network_id,
        Workplan.year == year,
        order=(settled, Workplan.version.desc(), Workplan.id.desc()),
    )


def working_plan(session: Session, network_id: UUID, year: int) -> Workplan | None:
    """The version that is being worked on: the newest."""
    return next(iter(versions(session, network_id, year)), None)


def create_plan(session: Session, network_id: UUID, year: int, **values: Any) -> Workplan:
    """Begin the plan of a year.

    Raises:
        UserError: the year has a plan already.

    """
    if versions(session, network_id, year):
        raise UserError(
            N_("There is a workplan for {year} already. Open it, or make a new version of it."), year=Year(year)
        )
    network = records.get(session, Network, network_id)
    return records.create(
        session, Workplan, **{"network_id": network_id, "year": year, "currency": network.currency, **values}
    )


def refuse_settled(session: Session, workplan_id: UUID, entity: type[Record], names: Sequence[str]) -> Workplan:
    """Check that these fields of the plan's records may change now.

    Raises:
        UserError: the plan is adopted, and they are part of what was agreed.

    """
    plan = records.get(session, Workplan, workplan_id)
    if plan.state in SETTLED and not set(names) <= REPORTED.get(entity, frozenset()):
        raise UserError(
            N_(
                "The workplan for {year} is adopted: only status, progress, money available and spent, measurements "
                "and narrative change. Make a new version to change the rest."
            ),
            year=Year(plan.year),
        )
    return plan


def plan_of(session: Session, record: Record) -> UUID:
    """The key of the plan that a record of a plan belongs to."""
    if isinstance(record, Workplan):
        return record.id
    if isinstance(record, (Output, Activity)):
        return record.workplan_id
    if isinstance(record, Measurement):
        record = records.get(session, Indicator, record.indicator_id)
    if isinstance(record, (ActivityParticipant, Deliverable, Indicator, BudgetLine)):
        return records.get(session, Activity, record.activity_id).workplan_id
    raise TypeError(f"{type(record).__name__} is not part of a workplan")


def change(session: Session, entity: type[R], record_id: UUID, **values: Any) -> R:
    """Change a record of a plan, as far as the plan's state lets it.

    Raises:
        Invalid: the new values break a rule of the record.
        UserError: the plan is adopted, and the fields are part of what was agreed.

    """
    record = records.get(session, entity, record_id)
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    if changed:
        refuse_settled(session, plan_of(session, record), entity, changed)
    return records.update(session, entity, record_id, **values)


def add_output(session: Session, workplan_id: UUID, **values: Any) -> Output:
    """Add an output at the end of a plan."""
    refuse_settled(session, workplan_id, Output, ("id",))
    position = session.scalar(select(func.max(Output.position)).where(Output.workplan_id == workplan_id))
    return records.create(session, Output, **{"workplan_id": workplan_id, "position": (position or 0) + 1, **values})


def add_activity(session: Session, workplan_id: UUID, **values: Any) -> Activity:
    """Add an activity at the end of a plan and give it its reference; its objective is its output's."""
    plan = refuse_settled(session, workplan_id, Activity, ("id",))
    network = records.get(session, Network, plan.network_id)
    position = session.scalar(select(func.max(Activity.position)).where(Activity.workplan_id == workplan_id))
    given = {"position": (position or 0) + 1, **values}
    if given.get("output_id") is not None and given.get("objective_id") is None:
        given["objective_id"] = records.get(session, Output, given["output_id"]).objective_id
    reference = given.pop("reference", "") or numbering.next_reference(session, network, "W", plan.year)
    return records.create(
        session, Activity, network_id=plan.network_id, workplan_id=workplan_id, reference=reference, **given
    )


def add_to_activity(session: Session, entity: type[R], activity_id: UUID, **values: Any) -> R:
    """Add a deliverable, an indicator or a budget line (in the plan's currency unless told) to an activity."""
    activity = records.get(session, Activity, activity_id)
    plan = refuse_settled(session, activity.workplan_id, entity, ("id",))
    if entity is BudgetLine:
        values.setdefault("currency", plan.currency)
    return records.create(session, entity, activity_id=activity_id, **values)


def measure(session: Session, indicator_id: UUID, on: date, value: str, **values: Any) -> Measurement:
    """Write down what an indicator measured on a day; at any time of the plan's life."""
    return records.create(session, Measurement, indicator_id=indicator_id, measured_on=on, value=value, **values)


def take_away(session: Session, entity: type[R], record_id: UUID) -> R:
    """Take a record of a plan out of sight, as far as the plan's state lets it."""
    record = records.get(session, entity, record_id)
    refuse_settled(session, plan_of(session, record), entity, ("id",))
    return records.remove(session, entity, record_id)


def set_participants(session: Session, activity_id: UUID, organisation_ids: Sequence[UUID]) -> None:
    """Let exactly these organisations take part in an activity beside its lead."""
    activity = records.get(session, Activity, activity_id)
    present = records.all_of(session, ActivityParticipant, ActivityParticipant.activity_id == activity_id)
    held = {one.organisation_id for one in present}
    wanted = {key for key in organisation_ids if key != activity.lead_id}
    if held == wanted and len(present) == len(wanted):
        return
    refuse_settled(session, activity.workplan_id, ActivityParticipant, ("id",))
    for one in present:
        if one.organisation_id not in wanted:
            records.remove(session, ActivityParticipant, one.id)
    for key in wanted - held:
        records.link(
            session,
            ActivityParticipant,
            "activity_participant",
            ("activity_id", activity_id),
            ("organisation_id", key),
        )


def put_for_consensus(session: Session, workplan_id: UUID) -> Workplan:
    """Put a draft to the members.

    Raises:
        UserError: it is no draft, or has no activity.

    """
    plan = records.get(session, Workplan, workplan_id)
    if plan.state is not WorkplanState.DRAFT:
        raise UserError(N_("Only a draft is put for consensus. Make a new version first."))
    if records.first_of(session, Activity, Activity.workplan_id == workplan_id) is None:
        raise UserError(N_("The workplan has no activity yet. Add one, then put it for consensus."))
    return records.update(session, Workplan, workplan_id, state=WorkplanState.FOR_CONSENSUS)


def back_to_draft(session: Session, workplan_id: UUID) -> Workplan:
    """Take a plan back from the members to work on it again."""
    plan = records.get(session, Workplan, workplan_id)
    if plan.state is not WorkplanState.FOR_CONSENSUS:
        raise UserError(N_("Only a plan that is before the members goes back to draft."))
    return records.update(session, Workplan, workplan_id, state=WorkplanState.DRAFT)


def adopt(session: Session, workplan_id: UUID, decision_id: UUID, on: date) -> Workplan:
    """Adopt a plan by a decision of the members; an earlier adopted version of the year is closed.

    Raises:
        UserError: the plan is adopted already, or the decision is another network's or not adopted on that day.

    """
    plan = records.get(session, Workplan, workplan_id)
    if plan.state in SETTLED:
        raise UserError(N_("This version is adopted already. Make a new version to change it."))
    decision = records.get(session, Decision, decision_id)
    if decision.network_id != plan.network_id or decision.removed_at is not None:
        raise UserError(N_("This decision belongs to another network. Choose one of this network."))
    at = end_of_day(on, records.get(session, Network, plan.network_id).time_zone)
    state = decisions.standing(session, [decision_id], at)[decision_id].state
    if state not in (DecisionState.ADOPTED, DecisionState.IMPLEMENTED):
        raise UserError(
            N_("A workplan is adopted only by an adopted decision; {reference} is not adopted."),
            reference=decision.reference or decision.title(),
        )
    for older in versions(session, plan.network_id, plan.year):
        if older.id != plan.id and older.state in IN_FORCE:
            records.update(session, Workplan, older.id, state=WorkplanState.CLOSED)
    return records.update(
        session, Workplan, workplan_id, state=WorkplanState.ADOPTED, adopted_on=on, decision_id=decision_id
    )


def share(
    session: Session,
    workplan_id: UUID,
    at: datetime,
    *,
    addressees: Sequence[str] = (),
    channel: Channel = Channel.EMAIL,
    issued_id: UUID | None = None,
    note: str = "",
) -> list[Dispatch]:
    """Record that an adopted plan went out; it is *shared* once every addressee of the rules has it.

    It goes to the addressees given, else to those of the rules who do not have it yet.

    Raises:
        UserError: it is not adopted, or nobody is named.

    """
    plan = records.get(session, Workplan, workplan_id)
    if plan.state not in IN_FORCE:
        raise UserError(N_("Only an adopted workplan is shared. Let the members adopt it first."))
    owed = shared_with(session, plan, at)
    sent = issued.dispatches(session, plan.network_id, DispatchKind.WORKPLAN, workplan_id=workplan_id)
    to = tuple(addressees) or issued.unreached(owed, sent) or owed
    if not to:
        raise UserError(N_("The terms of reference name nobody to share the workplan with. Say to whom it goes."))
    made = [
        issued.record_dispatch(
            session,
            plan.network_id,
            DispatchKind.WORKPLAN,
            addressee,
            at,
            channel=channel,
            issued_id=issued_id,
            workplan_id=workplan_id,
            note=note,
        )
        for addressee in to
    ]
    if not issued.unreached(owed, sent + made):
        records.update(session, Workplan, workplan_id, state=WorkplanState.SHARED)
    return made


def shared_with(session: Session, plan: Workplan, at: datetime) -> tuple[str, ...]:
    """Whom the terms of reference of that moment name for the plan."""
    network = records.get(session, Network, plan.network_id)
    day = at.astimezone(ZoneInfo(network.time_zone)).date()
    duty = networks.rules_on(session, plan.network_id, day).duty("workplan")
    return tuple(duty.shared_with) if duty else ()


def close(session: Session, workplan_id: UUID) -> Workplan:
    """Close a plan at the end of its life."""
    plan = records.get(session, Workplan, workplan_id)
    if plan.state not in IN_FORCE:
        raise UserError(N_("Only an adopted workplan is closed."))
    return records.update(session, Workplan, workplan_id, state=WorkplanState.CLOSED)


def new_version(session: Session, workplan_id: UUID) -> Workplan:
    """A draft of the next version, with everything of this one under new keys.

    An activity keeps its reference: it is the same activity in the next version of the plan.

    Raises:
        UserError: a newer version is being worked on already.

    """
    plan = records.get(session, Workplan, workplan_id)
    newest = versions(session, plan.network_id, plan.year)[0]
    if newest.state not in SETTLED:
        raise UserError(N_("Version {n} is being worked on already. Go on with that one."), n=newest.version)
    return copy_whole(session, plan, plan.year, newest.version + 1)


def copy_from_year(session: Session, network_id: UUID, from_year: int, to_year: int) -> Workplan:
    """A draft for a year out of another year's plan: same work, its days moved, nothing begun, nothing spent.

    Raises:
        UserError: there is no plan to copy, or the year has one.

    """
    plan = current_plan(session, network_id, from_year)
    if plan is None:
        raise UserError(N_("There is no workplan for {year} to copy."), year=Year(from_year))
    if versions(session, network_id, to_year):
        raise UserError(
            N_("There is a workplan for {year} already. Open it, or make a new version of it."), year=Year(to_year)
        )
    return copy_whole(session, plan, to_year, 1)
