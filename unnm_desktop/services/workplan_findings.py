"""What a workplan says when it is read as a whole: money, per cent, what is on track, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation, OrganisationKind
from unnm_desktop.db.plan_parts import ActivityParticipant, Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.tor_text import Objective, Theme
from unnm_desktop.db.workplans import MOST_SDG_TARGETS, Activity, ActivityStatus, BudgetLine, Workplan
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, records
from unnm_desktop.services.gathering import belonging
from unnm_desktop.services.money import Money, line_money, total
from unnm_desktop.services.plan_of_the_year import on_track, plan_percent
from unnm_desktop.services.says import Said

STATUS_TONES: Mapping[ActivityStatus, Literal["neutral", "good", "warn", "bad", "info"]] = {
    ActivityStatus.YET_TO_START: "neutral",
    ActivityStatus.ONGOING: "info",
    ActivityStatus.COMPLETED: "good",
    ActivityStatus.DELAYED: "bad",
    ActivityStatus.ON_HOLD: "warn",
    ActivityStatus.CANCELLED: "neutral",
}
"""The tone of each status, the same on the screen and on paper."""


class Warned(Frozen):
    """Something about an activity that the officer should look at."""

    name: str
    says: Said


class IndicatorFindings(Frozen):
    """An indicator with its measurements, oldest first."""

    indicator: Indicator
    measurements: tuple[Measurement, ...]

    @property
    def latest(self) -> Measurement | None:
        """The last measurement."""
        return self.measurements[-1] if self.measurements else None


class ActivityFindings(Frozen):
    """An activity with everything that hangs on it."""

    activity: Activity
    output: Output | None
    objective: Objective | None
    theme: Theme | None
    lead: Organisation | None
    participants: tuple[Organisation, ...]
    deliverables: tuple[Deliverable, ...]
    indicators: tuple[IndicatorFindings, ...]
    lines: tuple[BudgetLine, ...]
    money: Money
    on_track: bool
    warnings: tuple[Warned, ...]


class OutputFindings(Frozen):
    """An output (None: activities under no output) with its activities."""

    output: Output | None
    activities: tuple[ActivityFindings, ...]
    money: Money


class ObjectiveFindings(Frozen):
    """An objective of the terms of reference (None: work under none) with what the plan has for it."""

    objective: Objective | None
    outputs: tuple[OutputFindings, ...]
    money: Money
    percent: int | None

    @property
    def activities(self) -> tuple[ActivityFindings, ...]:
        """The objective's activities in order."""
        return tuple(one for output in self.outputs for one in output.activities)


class PlanFindings(Frozen):
    """A version of a workplan as it stands on a day; every objective of the ToR is there, with or without work."""

    workplan: Workplan
    network: Network
    on: date
    objectives: tuple[ObjectiveFindings, ...]
    money: Money
    percent: int | None
    by_status: Mapping[ActivityStatus, int]
    on_track: int
    off_track: int

    @property
    def activities(self) -> tuple[ActivityFindings, ...]:
        """Every activity in the order of the paper."""
        return tuple(one for objective in self.objectives for one in objective.activities)

    @property
    def warnings(self) -> tuple[tuple[ActivityFindings, Warned], ...]:
        """What to look at, with the activity it is about."""
        return tuple((one, warned) for one in self.activities for warned in one.warnings)


def span(activity: Activity) -> tuple[date, date] | None:
    """From which day to which an activity runs; one with one day only runs on that day, one without any never."""
    start, end = activity.start or activity.end, activity.end or activity.start
    return None if start is None or end is None else (start, end)


def quarters(activity: Activity, year: int) -> tuple[bool, bool, bool, bool]:
    """In which quarters of the year the activity runs; without days, in none."""
    days = span(activity)
    if days is None:
        return (False, False, False, False)
    start, end = days
    ticks = [start < _quarter_start(year, n + 1) and end >= _quarter_start(year, n) for n in range(4)]
    return (ticks[0], ticks[1], ticks[2], ticks[3])


def _quarter_start(year: int, number: int) -> date:
    return date(year + number // 4, number % 4 * 3 + 1, 1)


def money(session: Session, workplan_id: UUID) -> Money:
    """What a plan needs, has and has spent, in its currency; cancelled activities are not counted."""
    plan = records.get(session, Workplan, workplan_id)
    activities = records.all_of(
        session, Activity, Activity.workplan_id == workplan_id, Activity.status != ActivityStatus.CANCELLED
    )
    lines = belonging(session, BudgetLine, "activity_id", [one.id for one in activities])
    return total((line_money(one, plan.currency) for group in lines.values() for one in group), plan.currency)


def plan_findings(session: Session, workplan_id: UUID, on: date) -> PlanFindings:
    """Read a plan as a whole, as it stands on that day."""
    plan = records.get(session, Workplan, workplan_id)
    network = records.get(session, Network, plan.network_id)
    activities = belonging(session, Activity, "workplan_id", [workplan_id], "position")[workplan_id]
    outputs = belonging(session, Output, "workplan_id", [workplan_id], "position")[workplan_id]
    listed = networks.objectives_on(session, plan.network_id, on)
    known = {one.id: one for one in listed}
    strange = [*(one.objective_id for one in activities), *(one.objective_id for one in outputs)]
    # A plan of an earlier version of the ToR keeps that version's objectives after the listed ones.
    older = records.by_id(session, Objective, [key for key in strange if key not in known])
    listed = [*listed, *sorted(older.values(), key=lambda one: one.number)]
    known |= older
    findings = _activities(session, plan, activities, {one.id: one for one in outputs}, known, on)
    groups = [_objective(one, outputs, findings, plan.currency) for one in listed]
    rest = _objective(None, outputs, findings, plan.currency)
    if rest.outputs:
        groups.append(rest)
    counted = [one for one in findings if one.activity.status is not ActivityStatus.CANCELLED]
    good = sum(one.on_track for one in counted)
    return PlanFindings(
        workplan=plan,
        network=network,
        on=on,
        objectives=tuple(groups),
        money=total((one.money for one in counted), plan.currency),
        percent=plan_percent(activities),
        by_status=Counter(one.status for one in activities),
        on_track=good,
        off_track=len(counted) - good,
    )


def _objective(
    objective: Objective | None, outputs: Sequence[Output], findings: Sequence[ActivityFindings], currency: str
) -> ObjectiveFindings:
    key = objective.id if objective else None
    own = [one for one in findings if (one.objective.id if one.objective else None) == key]
    groups = []
    for output in [*outputs, None]:
        under = tuple(one for one in own if one.output is output)
        if under or (output is not None and output.objective_id == key):
            groups.append(OutputFindings(output, under, _counted_money(under, currency)))
    return ObjectiveFindings(
        objective, tuple(groups), _counted_money(own, currency), plan_percent(one.activity for one in own)
    )


def _counted_money(findings: Iterable[ActivityFindings], currency: str) -> Money:
    counted = (one.money for one in findings if one.activity.status is not ActivityStatus.CANCELLED)
    return total(counted, currency)


def _activities(
    session: Session,
    plan: Workplan,
    activities: Sequence[Activity],
    outputs: Mapping[UUID, Output],
    objectives: Mapping[UUID, Objective],
    on: date,
) -> list[ActivityFindings]:
    keys = [one.id for one in activities]
    taking_part = belonging(session, ActivityParticipant, "activity_id", keys)
    deliverables = belonging(session, Deliverable, "activity_id", keys, "due")
    indicators = belonging(session, Indicator, "activity_id", keys)
    lines = belonging(session, BudgetLine, "activity_id", keys)
    measured = belonging(
        session, Measurement, "indicator_id", [one.id for group in indicators.values() for one in group], "measured_on"
    )
    wanted = [one.lead_id for one in activities]
    bodies = records.by_id(
        session, Organisation, [*wanted, *(one.organisation_id for group in taking_part.values() for one in group)]
    )
    themes = records.by_id(session, Theme, [one.theme_id for one in activities])
    found = []
    for one in activities:
        objective = objectives.get(one.objective_id) if one.objective_id else None
        lead = bodies.get(one.lead_id) if one.lead_id else None
        others = sorted((bodies[link.organisation_id] for link in taking_part[one.id]), key=lambda body: body.short)
        participants = tuple(dict.fromkeys(body for body in others if body is not lead))
        own_lines = tuple(lines[one.id])
        sums = total((line_money(line, plan.currency) for line in own_lines), plan.currency)
        found.append(
            ActivityFindings(
                activity=one,
                output=outputs.get(one.output_id) if one.output_id else None,
                objective=objective,
                theme=themes.get(one.theme_id) if one.theme_id else None,
                lead=lead,
                participants=participants,
                deliverables=tuple(deliverables[one.id]),
                indicators=tuple(IndicatorFindings(mark, tuple(measured[mark.id])) for mark in indicators[one.id]),
                lines=own_lines,
                money=sums,
                on_track=on_track(one, on),
                warnings=tuple(_warnings(one, objective, lead, participants, bool(indicators[one.id]), sums)),
            )
        )
    return found


def _warnings(
    activity: Activity,
    objective: Objective | None,
    lead: Organisation | None,
    participants: Sequence[Organisation],
    has_indicator: bool,
    sums: Money,
) -> Iterable[Warned]:
    if activity.status is ActivityStatus.CANCELLED:
        return
    asks = objective.asks if objective else []
    entities = [one for one in (lead, *participants) if one and one.kind is OrganisationKind.UN_ENTITY]
    if objective is None:
        yield Warned("no_objective", Said(N_("No objective of the terms of reference is chosen.")))
    if lead is None:
        yield Warned("no_lead", Said(N_("No lead agency is named.")))
    if activity.gender_marker is not None and not activity.gender_justification.strip():
        yield Warned("gender_justification", Said(N_("The gender marker has no justification.")))
    if activity.rights_marker is not None and not activity.rights_justification.strip():
        yield Warned("rights_justification", Said(N_("The human-rights marker has no justification.")))
    if "joint_entities" in asks and len(entities) < 2:
        yield Warned("joint", Said(N_("Joint work needs two or more United Nations entities; fewer are named.")))
    if "value_added" in asks and not activity.value_added.strip():
        yield Warned("value_added", Said(N_("Why this is done jointly is not said.")))
    if "women" in asks and not (activity.women_en.strip() or activity.women_ar.strip()):
        says = N_("The objective asks for the specific priorities of women; no text is given.")
        yield Warned("women", Said(says))
    if not has_indicator:
        yield Warned("no_indicator", Said(N_("No indicator is set.")))
    if len(activity.sdg_targets) > MOST_SDG_TARGETS:
        yield Warned("sdg_targets", Said(N_("At most ten SDG targets on one activity; take some away.")))
    if sums.unconverted:
        says = N_("Budget lines in another currency without a rate are not counted: {n}.")
        yield Warned("no_rate", Said(says, {"n": sums.unconverted}))
