"""The activities of a workplan as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.plan_parts import ActivityParticipant, Output
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine, Workplan
from unnm_desktop.i18n import N_
from unnm_desktop.services import facets, records
from unnm_desktop.services.gathering import belonging
from unnm_desktop.services.listing import Cell, Column, Context, Filter, Listing
from unnm_desktop.services.money import Money, line_money, total
from unnm_desktop.services.plan_of_the_year import newest_plan
from unnm_desktop.services.workplan_findings import STATUS_TONES, quarters

# What stands before all that has a number.
_NO_NUMBER = 1_000


def _leads(session: Session, ids: Sequence[UUID], _context: Context) -> dict[UUID, str]:
    activities = records.by_id(session, Activity, list(ids))
    bodies = records.by_id(session, Organisation, [one.lead_id for one in activities.values()])
    return {key: bodies[one.lead_id].short for key, one in activities.items() if one.lead_id in bodies}


def _participants(session: Session, ids: Sequence[UUID], context: Context) -> dict[UUID, str]:
    links = belonging(session, ActivityParticipant, "activity_id", list(ids))
    bodies = records.by_id(session, Organisation, [one.organisation_id for group in links.values() for one in group])
    return {
        key: context.language.list(sorted({bodies[one.organisation_id].short for one in group}))
        for key, group in links.items()
    }


def _objectives(session: Session, ids: Sequence[UUID], _context: Context) -> dict[UUID, int]:
    activities = records.by_id(session, Activity, list(ids))
    found = records.by_id(session, Objective, [one.objective_id for one in activities.values()])
    return {key: found[one.objective_id].number for key, one in activities.items() if one.objective_id in found}


def _outputs(session: Session, ids: Sequence[UUID], context: Context) -> dict[UUID, str]:
    activities = records.by_id(session, Activity, list(ids))
    found = records.by_id(session, Output, [one.output_id for one in activities.values()])
    return {
        key: context.language.pick(found[one.output_id], "title")
        for key, one in activities.items()
        if one.output_id in found
    }


def _quarters(session: Session, ids: Sequence[UUID], context: Context) -> dict[UUID, str]:
    activities = records.by_id(session, Activity, list(ids))
    plans = records.by_id(session, Workplan, [one.workplan_id for one in activities.values()])
    shown = {}
    for key, one in activities.items():
        ticks = [n + 1 for n, tick in enumerate(quarters(one, plans[one.workplan_id].year)) if tick]
        names = [context.language.tr(N_("Q{n}"), n=n) for n in ticks]
        shown[key] = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}" if names else ""
    return shown


def _status(value: Any, context: Context) -> Cell:
    return Cell(context.language.tr(value.label), STATUS_TONES[value], "pill") if value else Cell("")


def _progress(value: Any, context: Context) -> Cell:
    return Cell(context.language.percent(value or 0), number=True)


def sums(session: Session, ids: Sequence[UUID]) -> dict[UUID, Money]:
    """What each activity needs, has and has spent, in its plan's currency."""
    activities = records.by_id(session, Activity, list(ids))
    plans = records.by_id(session, Workplan, [one.workplan_id for one in activities.values()])
    lines = belonging(session, BudgetLine, "activity_id", list(ids))
    return {
        key: total(
            (line_money(line, plans[one.workplan_id].currency) for line in lines[key]), plans[one.workplan_id].currency
        )
        for key, one in activities.items()
    }


def _sums(session: Session, ids: Sequence[UUID], _context: Context) -> dict[UUID, Money]:
    return sums(session, ids)


def _required(value: Money | None, context: Context) -> Cell:
    return Cell(context.language.money(value.required, value.currency), number=True) if value else Cell("")


def _available(value: Money | None, context: Context) -> Cell:
    return Cell(context.language.money(value.available, value.currency), number=True) if value else Cell("")


def _to_be_mobilized(value: Money | None, context: Context) -> Cell:
    if value is None:
        return Cell("")
    words = context.language.money(value.to_be_mobilized, value.currency)
    return Cell(words, tooltip=value.excess_words(context.language), number=True)


def _current(context: Context) -> Any:
    return select(Activity.id).where(
        Activity.workplan_id == newest_plan(context.network_id, context.on.year), Activity.removed_at.is_(None)
    )


def _late(context: Context) -> ColumnElement[bool]:
    over = and_(Activity.end < context.on, Activity.status.not_in((ActivityStatus.COMPLETED, ActivityStatus.CANCELLED)))
    return or_(Activity.status == ActivityStatus.DELAYED, over)


def _with_status(status: ActivityStatus) -> Filter:
    return Filter(status.value, status.label, lambda _context: Activity.status == status)


def _heading(session: Session, ids: Sequence[UUID], context: Context) -> list[str]:
    activities = records.by_id(session, Activity, list(ids))
    found = records.by_id(session, Objective, [one.objective_id for one in activities.values()])
    language = context.language
    named = {
        key: language.tr(N_("Objective {n}: {title}"), n=one.number, title=language.pick(one, "short"))
        for key, one in found.items()
    }
    none = language.tr(N_("No objective"))
    return [named.get(activities[key].objective_id, none) if key in activities else none for key in ids]  # type: ignore[arg-type]  # no objective is no key


def _of_agency(key: UUID) -> ColumnElement[bool]:
    """Where an agency leads or takes part."""
    part = select(ActivityParticipant.activity_id).where(
        ActivityParticipant.organisation_id == key, ActivityParticipant.removed_at.is_(None)
    )
    return or_(Activity.lead_id == key, Activity.id.in_(part))


# One expression, as a listing sorts by one: objective, then output, then place in the plan.
_PLACE = (
    func.coalesce(
        select(Objective.number).where(Objective.id == Activity.objective_id).correlate(Activity).scalar_subquery(),
        _NO_NUMBER,
    )
    * 1_000_000_000
    + func.coalesce(
        select(Output.position).where(Output.id == Activity.output_id).correlate(Activity).scalar_subquery(), _NO_NUMBER
    )
    * 100_000
    + Activity.position
)
_LEAD = select(Organisation.acronym).where(Organisation.id == Activity.lead_id).correlate(Activity).scalar_subquery()

ACTIVITIES = Listing(
    name="workplan",
    entity=Activity,
    columns=(
        Column("reference", N_("Reference"), Activity.reference, width=1.2),
        Column("objective", N_("Objective"), load=_objectives, sort=_PLACE, width=0.7, kind="number"),
        Column("output", N_("Output"), load=_outputs, width=1.5, listed=False),
        Column("activity", N_("Activity"), Activity.title_en, also_ar=Activity.title_ar, width=3.0, kind="stretch"),
        Column("lead", N_("Lead"), load=_leads, sort=_LEAD, width=0.8, rank=2),
        Column("participating", N_("Participating"), load=_participants, width=1.2),
        Column("quarters", N_("Quarters"), load=_quarters, sort=Activity.start, width=0.8),
        Column("start", N_("Start"), Activity.start, width=1.0, kind="date", listed=False),
        Column("end", N_("End"), Activity.end, width=1.0, kind="date"),
        Column("status", N_("Status"), Activity.status, show=_status, width=1.1),
        Column("progress", N_("Progress"), Activity.progress, show=_progress, width=0.8, kind="number", rank=1),
        Column("required", N_("Required"), load=_sums, show=_required, width=1.2, kind="money", rank=4),
        Column("available", N_("Available"), load=_sums, show=_available, width=1.2, kind="money"),
        Column(
            "to_be_mobilized", N_("To be mobilized"), load=_sums, show=_to_be_mobilized, width=1.2, kind="money", rank=3
        ),
    ),
    current=_current,
    filters=(
        _with_status(ActivityStatus.ONGOING),
        Filter("late", N_("Late"), _late),
        _with_status(ActivityStatus.YET_TO_START),
        _with_status(ActivityStatus.COMPLETED),
        _with_status(ActivityStatus.ON_HOLD),
        _with_status(ActivityStatus.CANCELLED),
        # What the plan's per cent and the number on track are counted over.
        Filter("counted", N_("Not cancelled"), lambda _context: Activity.status != ActivityStatus.CANCELLED),
    ),
    default_sort="objective",
    group=_heading,
    facets=(
        facets.by_choice("state", N_("Status"), Activity.status, ActivityStatus),
        facets.by_organisation(_of_agency),
        facets.by_objective(Activity.objective_id),
        facets.by_period(N_("Ends in"), Activity.end),
        facets.by_undecided(Activity),
    ),
)


def activities_of(workplan_id: UUID | None = None, *, objective_id: UUID | None = None) -> Listing:
    """The list narrowed to one version of a plan or one objective."""

    def narrowed(context: Context) -> Any:
        if workplan_id is None:
            query = _current(context)
        else:
            query = select(Activity.id).where(Activity.workplan_id == workplan_id, Activity.removed_at.is_(None))
        return query.where(Activity.objective_id == objective_id) if objective_id is not None else query

    return replace(ACTIVITIES, current=narrowed)


def _output_objectives(session: Session, ids: Sequence[UUID], context: Context) -> dict[UUID, str]:
    outputs = records.by_id(session, Output, list(ids))
    found = records.by_id(session, Objective, [one.objective_id for one in outputs.values()])
    language = context.language
    return {
        key: f"{language.number(found[one.objective_id].number)}. {language.pick(found[one.objective_id], 'short')}"
        for key, one in outputs.items()
        if one.objective_id in found
    }


_HELD = (
    select(func.count(Activity.id))
    .where(Activity.output_id == Output.id, Activity.removed_at.is_(None))
    .correlate(Output)
    .scalar_subquery()
)


def outputs_of(workplan_id: UUID) -> Listing:
    """The outputs of one version of a plan, in their order."""
    return Listing(
        name="outputs",
        entity=Output,
        columns=(
            Column("position", N_("No."), Output.position, width=0.5, kind="number"),
            Column("output", N_("Output"), Output.title_en, also_ar=Output.title_ar, width=3.0, kind="stretch"),
            Column("objective", N_("Objective"), load=_output_objectives, width=2.5, rank=1),
            Column("activities", N_("Activities"), _HELD, width=0.9, kind="number", rank=2),
        ),
        current=lambda _context: select(Output.id).where(
            Output.workplan_id == workplan_id, Output.removed_at.is_(None)
        ),
        default_sort="position",
        facets=(facets.by_objective(Output.objective_id),),
    )
