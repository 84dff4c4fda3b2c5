"""A workplan as documents tell it: outputs, activities, indicators and money as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.dispatches import DispatchKind
from unnm_desktop.db.networks import Network
from unnm_desktop.db.workplans import ActivityStatus, Workplan, WorkplanState
from unnm_desktop.reports.facts import Body, ObjectiveFacts, Text
from unnm_desktop.reports.gathering import body_of, objective_facts, text_of
from unnm_desktop.services import issued, records, workplan_findings, workplans
from unnm_desktop.services.money import Money
from unnm_desktop.services.workplan_findings import ActivityFindings, IndicatorFindings, PlanFindings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class MeasureFacts:
    """What an indicator measured on a day."""

    on: date
    value: str
    women: str
    men: str
    source: str


@dataclass(frozen=True)
class IndicatorFacts:
    """An indicator with where it began, where it goes and where it stands."""

    title: Text
    unit: str
    baseline: str
    baseline_year: int | None
    target: str
    verification: str
    latest: MeasureFacts | None


@dataclass(frozen=True)
class DeliverableFacts:
    """What an activity hands over."""

    title: Text
    due: date | None
    delivered_on: date | None


@dataclass(frozen=True)
class ActivityFacts:
    """One activity with everything that hangs on it."""

    reference: str
    title: Text
    lead: Body | None
    participants: tuple[Body, ...]
    start: date | None
    end: date | None
    quarters: tuple[bool, bool, bool, bool]
    status: ActivityStatus
    progress: int
    on_track: bool
    money: Money
    gender: int | None
    rights: int | None
    women: Text
    sdg: tuple[str, ...]
    gcm: tuple[int, ...]
    partners: str
    narrative: Text
    deliverables: tuple[DeliverableFacts, ...]
    indicators: tuple[IndicatorFacts, ...]

    @property
    def counted(self) -> bool:
        """Whether it counts in sums and means: cancelled ones do not."""
        return self.status is not ActivityStatus.CANCELLED


@dataclass(frozen=True)
class OutputFacts:
    """An output (without a title: activities under none) with its activities."""

    title: Text
    activities: tuple[ActivityFacts, ...]


@dataclass(frozen=True)
class PlannedFacts:
    """What the plan has for one objective; None: under no objective."""

    objective: ObjectiveFacts | None
    outputs: tuple[OutputFacts, ...]
    money: Money
    percent: int | None

    @property
    def activities(self) -> tuple[ActivityFacts, ...]:
        """The objective's activities in order."""
        return tuple(one for output in self.outputs for one in output.activities)


@dataclass(frozen=True)
class PlanFacts:
    """A version of a workplan as it stands on a day."""

    year: int
    version: int
    state: WorkplanState
    title: Text
    adopted_on: date | None
    adopted_by: str
    shared: tuple[tuple[str, date], ...]
    objectives: tuple[PlannedFacts, ...]
    money: Money
    percent: int | None
    by_status: tuple[tuple[ActivityStatus, int], ...]
    on_track: int
    off_track: int

    @property
    def activities(self) -> tuple[ActivityFacts, ...]:
        """Every activity in the order of the paper."""
        return tuple(one for objective in self.objectives for one in objective.activities)


def plan_facts(session: Session, workplan: Workplan, on: date) -> PlanFacts:
    """Read a plan as it stands on a day."""
    return told(session, workplan_findings.plan_findings(session, workplan.id, on))


def told(session: Session, found: PlanFindings) -> PlanFacts:
    """What was read of a plan, as plain values."""
    plan = found.workplan
    decision = records.by_id(session, Decision, [plan.decision_id]).get(plan.decision_id) if plan.decision_id else None
    sent = issued.dispatches(session, plan.network_id, DispatchKind.WORKPLAN, workplan_id=plan.id)
    place = ZoneInfo(records.get(session, Network, plan.network_id).time_zone)
    days = ((one.addressee, one.sent_at.astimezone(place).date()) for one in sent)
    shared = sorted({(addressee, day) for addressee, day in days if day <= found.on})
    return PlanFacts(
        year=plan.year,
        version=plan.version,
        state=plan.state,
        title=text_of(plan, "title"),
        adopted_on=plan.adopted_on,
        adopted_by=decision.reference if decision else "",
        shared=tuple(shared),
        objectives=tuple(
            PlannedFacts(
                objective_facts(one.objective) if one.objective else None,
                tuple(
                    OutputFacts(
                        text_of(output.output, "title") if output.output else Text(),
                        tuple(activity_facts(activity, plan.year, found.on) for activity in output.activities),
                    )
                    for output in one.outputs
                ),
                one.money,
                one.percent,
            )
            for one in found.objectives
        ),
        money=found.money,
        percent=found.percent,
        by_status=tuple((status, found.by_status.get(status, 0)) for status in ActivityStatus),
        on_track=found.on_track,
        off_track=found.off_track,
    )


def activity_facts(found: ActivityFindings, year: int, on: date) -> ActivityFacts:
    """One activity as plain values; what was measured after the day is not told."""
    one = found.activity
    return ActivityFacts(
        reference=one.reference,
        title=text_of(one, "title"),
        lead=body_of(found.lead) if found.lead else None,
        participants=tuple(body_of(body) for body in found.participants),
        start=one.start,
        end=one.end,
        quarters=workplan_findings.quarters(one, year),
        status=one.status,
        progress=one.progress,
        on_track=found.on_track,
        money=found.money,
        gender=one.gender_marker,
        rights=one.rights_marker,
        women=text_of(one, "women"),
        sdg=tuple(one.sdg_targets),
        gcm=tuple(one.gcm_objectives),
        partners=one.partners,
        narrative=text_of(one, "narrative"),
        deliverables=tuple(
            DeliverableFacts(text_of(it, "title"), it.due, it.delivered_on)
            for it in sorted(found.deliverables, key=lambda it: (it.due or date.max, it.title_en, it.title_ar))
        ),
        indicators=tuple(
            _indicator(it, on)
            for it in sorted(found.indicators, key=lambda it: (it.indicator.title_en, it.indicator.id))
        ),
    )


def _indicator(found: IndicatorFindings, on: date) -> IndicatorFacts:
    one = found.indicator
    latest = max((it for it in found.measurements if it.measured_on <= on), key=lambda it: it.measured_on, default=None)
    measured = None
    if latest is not None:
        measured = MeasureFacts(latest.measured_on, latest.value, latest.women, latest.men, latest.source)
    return IndicatorFacts(
        text_of(one, "title"), one.unit, one.baseline, one.baseline_year, one.target, one.verification, measured
    )


def of_year(session: Session, network_id: UUID, year: int, on: date) -> PlanFacts | None:
    """The plan of a year that holds, or None."""
    plan = workplans.current_plan(session, network_id, year)
    return plan_facts(session, plan, on) if plan else None
