"""Changes of a workplan's parts that touch more than the field typed into: currencies, SDG targets, outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.decisions import Decision, DecisionState, DecisionSubject
from unnm_desktop.db.dispatches import DispatchKind
from unnm_desktop.db.goals import SdgGoal
from unnm_desktop.db.plan_parts import Output
from unnm_desktop.db.states import ActivityStatus
from unnm_desktop.db.workplans import Activity, BudgetLine, Workplan
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import decisions, issued, records, workplans
from unnm_desktop.services.money import decimals

_AMOUNTS = ("required", "available", "spent")
_ADOPTED = (DecisionState.ADOPTED, DecisionState.IMPLEMENTED)


@dataclass(frozen=True)
class Sharing:
    """Whom a plan goes to by the terms of reference, and who of them does not have it yet."""

    owed: tuple[str, ...]
    missing: tuple[str, ...]


def change_currency(session: Session, line_id: UUID, currency: str) -> BudgetLine:
    """Put a budget line into another currency; its amounts keep their figures.

    Raises:
        UserError: an amount has more decimals than the currency, or the plan is adopted.

    """
    line = records.get(session, BudgetLine, line_id)
    amounts = {}
    for name in _AMOUNTS:
        amount = Decimal(getattr(line, name)).scaleb(decimals(currency) - decimals(line.currency))
        if amount != amount.to_integral_value():
            raise UserError(
                N_("{currency} has {n} decimals; an amount of this line has more. Change the amount first."),
                currency=currency,
                n=decimals(currency),
            )
        amounts[name] = int(amount)
    return workplans.change(session, BudgetLine, line_id, currency=currency, **amounts)


def set_progress(session: Session, activity_id: UUID, percent: int) -> Activity:
    """Write down how far an activity is; one that was yet to start has begun with it.

    Raises:
        Invalid: the number is none from 0 to 100.

    """
    one = records.get(session, Activity, activity_id)
    begun = percent > 0 and one.status is ActivityStatus.YET_TO_START
    status = ActivityStatus.ONGOING if begun else one.status
    return workplans.change(session, Activity, activity_id, progress=percent, status=status)


def set_sdg_targets(session: Session, activity_id: UUID, codes: Sequence[str]) -> Activity:
    """Let an activity name exactly these SDG targets.

    Raises:
        Invalid: they are more than ten.
        UserError: there is no such target.

    """
    known = {code.casefold(): code for goal in records.all_of(session, SdgGoal) for code in goal.targets}
    wanted = []
    for code in dict.fromkeys(codes):
        if known and code.casefold() not in known:
            raise UserError(N_("There is no SDG target {code}. Write targets like 8.8 or 10.c."), code=code[:40])
        wanted.append(known.get(code.casefold(), code))
    return workplans.change(session, Activity, activity_id, sdg_targets=wanted)


def set_output(session: Session, activity_id: UUID, output_id: UUID | None) -> Activity:
    """Put an activity under an output; it then serves the output's objective."""
    values: dict[str, UUID | None] = {"output_id": output_id}
    if output_id is not None:
        objective_id = records.get(session, Output, output_id).objective_id
        if objective_id is not None:
            values["objective_id"] = objective_id
    return workplans.change(session, Activity, activity_id, **values)


def set_output_objective(session: Session, output_id: UUID, objective_id: UUID | None) -> Output:
    """Put an output under an objective; the activities that followed it do so again."""
    output = records.get(session, Output, output_id)
    before = output.objective_id
    changed = workplans.change(session, Output, output_id, objective_id=objective_id)
    for activity in records.all_of(session, Activity, Activity.output_id == output_id):
        if activity.objective_id == before:
            workplans.change(session, Activity, activity.id, objective_id=objective_id)
    return changed


def adopting_decisions(session: Session, network_id: UUID, at: datetime) -> list[Decision]:
    """The adopted decisions that a plan can rest on, those about workplans first, then the newest."""
    found = records.all_of(
        session, Decision, Decision.network_id == network_id, order=(Decision.decided_on.desc(), Decision.id.desc())
    )
    states = decisions.standing(session, [one.id for one in found], at)
    adopted = [one for one in found if states[one.id].state in _ADOPTED]
    return sorted(adopted, key=lambda one: one.subject is not DecisionSubject.WORKPLAN)


def sharing(session: Session, workplan_id: UUID, at: datetime) -> Sharing:
    """Whom the plan goes to and who does not have it yet."""
    plan = records.get(session, Workplan, workplan_id)
    owed = tuple(workplans.shared_with(session, plan, at))
    sent = issued.dispatches(session, plan.network_id, DispatchKind.WORKPLAN, workplan_id=workplan_id)
    return Sharing(owed, issued.unreached(owed, sent))
