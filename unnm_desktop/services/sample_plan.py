"""The workplans of an illustrative network: outputs, activities, indicators and money, as they stand on its day."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.plan_parts import ActivityParticipant, Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.workplans import Activity, ActivityStatus, ActivityType, BudgetLine, Workplan, WorkplanState
from unnm_desktop.i18n import DECIMALS
from unnm_desktop.services.sample_decisions import Taken
from unnm_desktop.services.sample_rows import Rows
from unnm_desktop.services.sample_world import Words, World, both, chosen, put_in

DAYS_TO_SHARE = 8
_COUNTED_BY_SEX = ("persons", "women")


def make_plan(world: World, rows: Rows, year: int, taken: Taken) -> dict[int, UUID]:
    """Make the plan of a year, adopted by a decision and shared; the first activity of each objective is returned."""
    shared_on = world.working.after(taken.adopted_on + timedelta(days=DAYS_TO_SHARE)) if taken.adopted_on else None
    state = WorkplanState.ADOPTED if taken.adopted_on else WorkplanState.FOR_CONSENSUS
    if shared_on is not None and shared_on <= world.on:
        state = WorkplanState.SHARED if year == world.on.year else WorkplanState.CLOSED
    plan_id = rows.add(
        Workplan,
        network_id=world.network_id,
        year=year,
        state=state,
        **both(world.plan, "title", year=year),
        currency=world.currency,
        adopted_on=taken.adopted_on,
        decision_id=taken.id,
    )
    if shared_on is not None and shared_on <= world.on:
        rows.add(
            Dispatch,
            network_id=world.network_id,
            kind=DispatchKind.WORKPLAN,
            addressee="UNCT",
            organisation_id=world.bodies["UNCT"].id,
            sent_at=world.working.at(shared_on, 11),
            workplan_id=plan_id,
        )
    first: dict[int, UUID] = {}
    place = 0
    for position, output in enumerate(world.plan["outputs"], start=1):
        number = output["objective"]
        output_id = rows.add(
            Output,
            workplan_id=plan_id,
            objective_id=world.objectives[number],
            position=position,
            **both(output, "title"),
        )
        for words in output["activities"]:
            place += 1
            key = _activity(world, rows, year, words, place, plan_id=plan_id, output_id=output_id, number=number)
            first.setdefault(number, key)
    return first


def _activity(
    world: World, rows: Rows, year: int, words: Words, place: int, *, plan_id: UUID, output_id: UUID, number: int
) -> UUID:
    first, last = words["quarters"]
    start = date(year, 3 * first - 2, 1)
    end = date(year, 3 * last, months.monthrange(year, 3 * last)[1])
    closed = year < world.on.year
    status, progress = _standing(world.on, start, end, words.get("status", ""), closed=closed)
    others = words["with"]
    value_added = put_in(world.shared["plan"]["value_added"], lead=words["lead"], others=", ".join(others))
    key = rows.add(
        Activity,
        network_id=world.network_id,
        workplan_id=plan_id,
        output_id=output_id,
        objective_id=world.objectives[number],
        reference=world.reference("W", year),
        position=place,
        **both(words, "title"),
        kind=chosen(ActivityType, words["kind"]),
        lead_id=world.bodies[words["lead"]].id,
        start=start,
        end=end,
        status=status,
        progress=progress,
        value_added=value_added,
        gender_marker=words["markers"][0],
        gender_justification=words["gender"],
        rights_marker=words["markers"][1],
        rights_justification=words["rights"],
        **both(words, "women"),
        sdg_targets=list(words["sdg"]),
        gcm_objectives=list(words["gcm"]),
        theme_id=world.themes[(words["theme"] - 1) % len(world.themes)],
        **(both(words, "narrative") if start <= world.on and not closed else {}),
    )
    for short in others:
        rows.link(
            ActivityParticipant,
            "activity_participant",
            ("activity_id", key),
            ("organisation_id", world.bodies[short].id),
        )
    done = status is ActivityStatus.COMPLETED
    rows.add(
        Deliverable,
        activity_id=key,
        **both(words, "deliverable", "title"),
        due=end,
        delivered_on=world.working.before(end - timedelta(days=place % 9)) if done else None,
    )
    _indicator(world, rows, year, words, key, (start, end), progress)
    _money(world, rows, year, words, key, begun=start <= world.on)
    return key


def _standing(on: date, start: date, end: date, told: str, *, closed: bool) -> tuple[ActivityStatus, int]:
    """Where an activity stands on a day; what the words tell of it holds once it has begun."""
    if told == "cancelled":
        return ActivityStatus.CANCELLED, 0
    if on < start:
        return ActivityStatus.YET_TO_START, 0
    if closed:
        return ActivityStatus.COMPLETED, 100
    if told == "on_hold":
        return ActivityStatus.ON_HOLD, 20
    part = min(1.0, ((on - start).days + 1) / ((end - start).days + 1))
    if told == "delayed" and part > 0.5:
        return ActivityStatus.DELAYED, 45
    if on > end:
        return ActivityStatus.COMPLETED, 100
    return ActivityStatus.ONGOING, min(95, int(part * 20) * 5)


def _indicator(
    world: World, rows: Rows, year: int, words: Words, activity_id: UUID, term: tuple[date, date], progress: int
) -> None:
    baseline, target, unit = words["baseline"], words["target"], words["unit"]
    by_sex = unit in _COUNTED_BY_SEX
    key = rows.add(
        Indicator,
        activity_id=activity_id,
        **both(words, "indicator", "title"),
        unit=unit,
        baseline=str(baseline),
        baseline_year=year - 1,
        target=str(target),
        verification=world.shared["plan"]["verification"],
        by_sex=by_sex,
    )
    for part in (0.3, 0.65, 1.0):
        # Twice on the way and at the end, or now: the half-year reports find something measured in their period.
        start, end = term
        passed = (world.clip(end) - start).days
        if progress == 0 or passed < 0:
            continue
        reached = baseline + round((target - baseline) * progress * part / 100)
        women = reached if unit == "women" else round(reached * 0.45)
        rows.add(
            Measurement,
            indicator_id=key,
            measured_on=start + timedelta(days=int(passed * part)),
            value=str(reached),
            women=str(women) if by_sex else "",
            men=str(reached - women) if by_sex else "",
            source=words["lead"],
        )


def _money(world: World, rows: Rows, year: int, words: Words, activity_id: UUID, *, begun: bool) -> None:
    texts = world.shared["plan"]
    for place, (currency, required, available, spent, contributor) in enumerate(words["money"]):
        other = currency != world.currency
        values: dict[str, Any] = {"rate": world.own["rates"][currency], "rate_on": date(year, 1, 1)} if other else {}
        rows.add(
            BudgetLine,
            activity_id=activity_id,
            **both(texts, "joint" if place else "line", "title"),
            currency=currency,
            required=_minor(required, currency),
            available=_minor(available, currency),
            spent=_minor(spent, currency) if begun else 0,
            contributor=contributor,
            **values,
        )


def _minor(thousands: float, currency: str) -> int:
    """Thousands of a currency in its minor units."""
    return int(Decimal(str(thousands)).scaleb(3 + DECIMALS.get(currency, 2)))
