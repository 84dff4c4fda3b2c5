"""A workplan copied whole: as its next version, or as the plan of another year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.base import Record
from unnm_desktop.db.networks import Network
from unnm_desktop.db.plan_parts import ActivityParticipant, Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.tor_text import Objective, Theme
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine, Workplan, WorkplanState
from unnm_desktop.services import networks, numbering, records
from unnm_desktop.services.gathering import belonging


def copy_whole(session: Session, plan: Workplan, year: int, version: int) -> Workplan:
    """A draft with everything of a plan under new keys; for another year nothing of it is begun or spent."""
    copied = _copy_plan(session, plan, year, version)
    _copy_parts(session, plan, copied, next_year=year != plan.year)
    return copied


def _values(record: Record, **instead: Any) -> dict[str, Any]:
    kept = (column.key for column in type(record).__table__.columns if column.key not in ("id", "removed_at"))
    return {**{name: getattr(record, name) for name in kept}, "id": records.new_id(), **instead}


def _copy_plan(session: Session, plan: Workplan, year: int, version: int) -> Workplan:
    values = _values(plan, year=year, version=version, state=WorkplanState.DRAFT, adopted_on=None, decision_id=None)
    if year != plan.year:
        values |= {"title_en": "", "title_ar": "", "note": ""}
    return records.create(session, Workplan, **values)


def _moved(day: date | None, years: int) -> date | None:
    if day is None or not years:
        return day
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _copy_parts(session: Session, plan: Workplan, copied: Workplan, *, next_year: bool) -> None:
    years = copied.year - plan.year
    network = records.get(session, Network, plan.network_id)
    objectives, themes = _same_in_force(session, plan.network_id, date(copied.year, 12, 31)) if next_year else ({}, {})
    outputs = records.all_of(session, Output, Output.workplan_id == plan.id)
    output_rows = {
        one.id: _values(one, workplan_id=copied.id, objective_id=objectives.get(one.objective_id, one.objective_id))
        for one in outputs
    }
    activities = records.all_of(session, Activity, Activity.workplan_id == plan.id)
    if next_year:
        activities = [one for one in activities if one.status is not ActivityStatus.CANCELLED]
    begun: dict[str, Any] = {
        "status": ActivityStatus.YET_TO_START,
        "progress": 0,
        "narrative_en": "",
        "narrative_ar": "",
    }
    numbers = iter(numbering.next_references(session, network, "W", copied.year, len(activities) if next_year else 0))
    activity_rows = {}
    for one in activities:
        row = _values(
            one,
            workplan_id=copied.id,
            output_id=output_rows[one.output_id]["id"] if one.output_id in output_rows else None,
            objective_id=objectives.get(one.objective_id, one.objective_id),
            theme_id=themes.get(one.theme_id, one.theme_id),
            start=_moved(one.start, years),
            end=_moved(one.end, years),
        )
        if next_year:
            row |= {**begun, "reference": next(numbers)}
        activity_rows[one.id] = row
    records.create_many(session, Output, list(output_rows.values()))
    records.create_many(session, Activity, list(activity_rows.values()))
    _copy_below(session, ActivityParticipant, "activity_id", activity_rows)
    _copy_below(
        session,
        Deliverable,
        "activity_id",
        activity_rows,
        lambda one: {"due": _moved(one.due, years), "delivered_on": None if next_year else one.delivered_on},
    )
    _copy_below(
        session, BudgetLine, "activity_id", activity_rows, lambda _: {"available": 0, "spent": 0} if next_year else {}
    )
    indicators = _copy_below(session, Indicator, "activity_id", activity_rows)
    if not next_year:
        _copy_below(session, Measurement, "indicator_id", indicators)


def _copy_below(
    session: Session,
    entity: type[Record],
    key: str,
    parents: Mapping[UUID, Mapping[str, Any]],
    instead: Any = lambda _: {},
) -> dict[UUID, dict[str, Any]]:
    found = [one for group in belonging(session, entity, key, parents).values() for one in group]
    rows = {one.id: _values(one, **{key: parents[getattr(one, key)]["id"]}, **instead(one)) for one in found}
    records.create_many(session, entity, list(rows.values()))
    return rows


def _same_in_force(
    session: Session, network_id: UUID, on: date
) -> tuple[dict[UUID | None, UUID], dict[UUID | None, UUID]]:
    """The objectives and themes of earlier versions of the ToR → those of the same number or name in force."""
    current = networks.tor_on(session, network_id, on)
    if current is None:
        return {}, {}
    numbered = {one.number: one.id for one in records.all_of(session, Objective, Objective.tor_id == current.id)}
    named = {one.name_en: one.id for one in records.all_of(session, Theme, Theme.tor_id == current.id)}
    objectives: dict[UUID | None, UUID] = {
        one.id: numbered[one.number] for one in records.all_of(session, Objective) if one.number in numbered
    }
    themes: dict[UUID | None, UUID] = {
        one.id: named[one.name_en] for one in records.all_of(session, Theme) if one.name_en in named
    }
    return objectives, themes
