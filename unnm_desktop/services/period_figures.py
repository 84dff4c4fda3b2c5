"""The shapes of what a progress report counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision, DecisionState
from unnm_desktop.db.meetings import AgendaItem, Meeting, MeetingKind
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Category, Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.db.plan_parts import Deliverable
from unnm_desktop.db.results import Challenge
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.db.workplans import Activity
from unnm_desktop.services.attendance import Attended
from unnm_desktop.services.calendar import Period
from unnm_desktop.services.money import Money
from unnm_desktop.services.standings import Standing
from unnm_desktop.services.workplan_findings import ActivityFindings, PlanFindings


@dataclass(frozen=True)
class MeetingFigures:
    """Meetings held in the period against the cadence of the terms of reference.

    Args:
        expected: regular meetings that the cadence asks for from the period's first day (or the day records begin).
        every_months: the cadence itself.
        skipped: regular meetings that the members decided to skip; they are not expected.
        speakers: guest speakers heard.

    """

    held: tuple[Meeting, ...]
    expected: int
    every_months: int
    skipped: int
    speakers: int

    @property
    def regular(self) -> int:
        """How many regular meetings were held."""
        return sum(one.kind is MeetingKind.REGULAR for one in self.held)

    @property
    def highlighted(self) -> int:
        """How many highlighted meetings were held."""
        return sum(one.kind is MeetingKind.HIGHLIGHTED for one in self.held)

    @property
    def ad_hoc(self) -> int:
        """How many further meetings were held."""
        return sum(one.kind is MeetingKind.AD_HOC for one in self.held)


class SeatAttendance(Attended):
    """How often a seat was represented, with its category at the last of the meetings."""

    category: Category = Category.MEMBER


@dataclass(frozen=True)
class DecisionFigures:
    """A decision with its state at the period's end."""

    decision: Decision
    standing: Standing


@dataclass(frozen=True)
class ActionFigures:
    """Action points as they stood at the period's end."""

    created: tuple[ActionPoint, ...]
    closed: tuple[ActionPoint, ...]
    open: tuple[ActionPoint, ...]
    overdue: tuple[ActionPoint, ...]
    responsible: Mapping[UUID, Sequence[tuple[Organisation, Person | None]]]


@dataclass(frozen=True)
class ChallengeFigures:
    """Challenges raised in the period, closed in it, and those still open at its end."""

    raised: tuple[Challenge, ...]
    closed: tuple[Challenge, ...]
    open: tuple[Challenge, ...]


@dataclass(frozen=True)
class ObjectiveFigures:
    """What happened under one objective of the terms of reference."""

    objective: Objective
    activities: tuple[ActivityFindings, ...]
    delivered: tuple[Deliverable, ...]
    decisions: tuple[DecisionFigures, ...]
    items: tuple[AgendaItem, ...]
    actions_closed: tuple[ActionPoint, ...]
    challenges: tuple[Challenge, ...]
    percent: int | None
    money: Money | None

    @property
    def silent(self) -> bool:
        """Whether nothing happened: "No activity in the period"."""
        happened = (self.activities, self.delivered, self.decisions, self.items, self.actions_closed, self.challenges)
        return not any(happened)


@dataclass(frozen=True)
class NextFigures:
    """What the following period of the same length brings."""

    period: Period
    meetings: tuple[Meeting, ...]
    actions: tuple[ActionPoint, ...]
    deliverables: tuple[tuple[Deliverable, Activity], ...]
    starting: tuple[Activity, ...]
    ending: tuple[Activity, ...]


@dataclass(frozen=True)
class PeriodFigures:
    """Everything a progress report counts.

    Args:
        as_at: the day the states are of: the period's last, or the day of the report while the period runs.
        report_required: whether the terms of reference ask for such a report.

    """

    network: Network
    period: Period
    as_at: date
    meetings: MeetingFigures
    attendance: tuple[SeatAttendance, ...]
    decisions: tuple[DecisionFigures, ...]
    actions: ActionFigures
    plan: PlanFindings | None
    challenges: ChallengeFigures
    objectives: tuple[ObjectiveFigures, ...]
    following: NextFigures
    report_required: bool

    def decided(self, *states: DecisionState) -> tuple[DecisionFigures, ...]:
        """The decisions of the period in these states."""
        return tuple(one for one in self.decisions if one.standing.state in states)
