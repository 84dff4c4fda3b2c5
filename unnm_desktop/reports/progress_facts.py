"""What a progress report tells: the period's figures as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from unnm_desktop.db.base import Record
from unnm_desktop.db.issued import ReportState
from unnm_desktop.db.meetings import Capacity, Meeting, Presence
from unnm_desktop.db.organisations import Organisation, OrganisationKind
from unnm_desktop.db.people import Person
from unnm_desktop.db.results import Challenge, ChallengeState
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.i18n import Language
from unnm_desktop.reports import Request, plan_facts
from unnm_desktop.reports.facts import (
    ActionFacts,
    Body,
    DecisionFacts,
    Human,
    MeetingFacts,
    NetworkFacts,
    ObjectiveFacts,
    SeatTally,
    Text,
)
from unnm_desktop.reports.gathering import (
    action_facts,
    body_of,
    decision_facts,
    human_of,
    meeting_facts,
    network_facts,
    objective_facts,
    text_of,
)
from unnm_desktop.reports.plan_facts import ActivityFacts, DeliverableFacts, PlanFacts
from unnm_desktop.services import progress_reports, records, results
from unnm_desktop.services.calendar import Period, half_year
from unnm_desktop.services.progress_figures import NextFigures, ObjectiveFigures, PeriodFigures
from unnm_desktop.services.progress_reports import SECTIONS, objective_section

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True)
class Words:
    """The words of one section."""

    text: str
    own: bool
    """Whether they are the officer's own, not the program's draft word for word."""
    draft: str = ""


@dataclass(frozen=True)
class ChallengeFacts:
    """Something that stands in the way, as on the day of the report."""

    title: Text
    text: Text
    asked: Text
    raised_by: Body | None
    raised_on: date
    state: ChallengeState
    objective: int | None
    response: str


@dataclass(frozen=True)
class Engaged:
    """An organisation outside the United Nations that sat in a meeting."""

    body: Body
    meetings: tuple[str, ...]


@dataclass(frozen=True)
class Speech:
    """A guest speaker in a meeting."""

    meeting: str
    day: date
    body: Body | None
    person: Human | None
    topic: Text


@dataclass(frozen=True)
class ObjectiveReport:
    """What happened under one objective."""

    objective: ObjectiveFacts
    activities: tuple[ActivityFacts, ...] = ()
    planned: tuple[ActivityFacts, ...] = ()
    delivered: tuple[DeliverableFacts, ...] = ()
    items: tuple[tuple[str, Text], ...] = ()
    """Agenda items with the reference of their meeting."""
    decisions: tuple[DecisionFacts, ...] = ()
    closed: tuple[ActionFacts, ...] = ()
    challenges: tuple[ChallengeFacts, ...] = ()
    silent: bool = True


@dataclass(frozen=True)
class Following:
    """What the next period brings."""

    period: Period
    meetings: tuple[MeetingFacts, ...]
    actions: tuple[ActionFacts, ...]
    deliverables: tuple[tuple[DeliverableFacts, str], ...]
    starting: tuple[tuple[str, Text, date | None], ...]


@dataclass(frozen=True)
class Findings:
    """Everything a progress report tells."""

    network: NetworkFacts
    period: Period
    as_at: date
    chair: tuple[Body | None, Human | None] | None
    words: Mapping[str, Words] = field(default_factory=dict)
    state: ReportState = ReportState.DRAFT
    signed_off_on: date | None = None
    signer: Human | None = None
    held: tuple[MeetingFacts, ...] = ()
    expected: int = 0
    skipped: int = 0
    seats: tuple[SeatTally, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    closed: tuple[ActionFacts, ...] = ()
    open: tuple[ActionFacts, ...] = ()
    plan: PlanFacts | None = None
    raised: tuple[ChallengeFacts, ...] = ()
    challenges: tuple[ChallengeFacts, ...] = ()
    objectives: tuple[ObjectiveReport, ...] = ()
    following: Following | None = None

    @property
    def running(self) -> bool:
        """Whether the period had not ended on the day of the report."""
        return self.as_at < self.period.end

    @property
    def overdue(self) -> tuple[ActionFacts, ...]:
        """Action points open after their day."""
        return tuple(one for one in self.open if one.days_late)

    @property
    def speeches(self) -> tuple[Speech, ...]:
        """The guest speakers heard."""
        found = []
        for meeting in self.held:
            topics = {(body, person): topic for body, person, topic in meeting.speakers}
            for one in meeting.attendance:
                if one.capacity is Capacity.GUEST_SPEAKER and one.presence is Presence.PRESENT:
                    topic = topics.get((one.body, one.person)) or topics.get((one.body, None)) or Text()
                    found.append(Speech(meeting.reference, meeting.day, one.body, one.person, topic))
        return tuple(found)

    @property
    def engaged(self) -> tuple[Engaged, ...]:
        """Whom the network met beyond the United Nations, by kind."""
        met: dict[Body, list[str]] = {}
        for meeting in self.held:
            for one in meeting.attendance:
                outside = one.body is not None and one.body.kind is not OrganisationKind.UN_ENTITY
                if one.body is not None and outside and one.presence is Presence.PRESENT:
                    references = met.setdefault(one.body, [])
                    if meeting.reference not in references:
                        references.append(meeting.reference)
        kinds = list(OrganisationKind)
        ordered = sorted(met, key=lambda body: (kinds.index(body.kind), body.short, body.name.en))
        return tuple(Engaged(body, tuple(met[body])) for body in ordered)


def gather(session: Session, request: Request) -> Findings:
    """The figures of the period, and the officer's words about them."""
    period = request.period or half_year(request.on)
    counted = progress_reports.figures(session, request.network_id, period, request.on)
    network = network_facts(session, request.network_id, request.on)
    held = list(counted.meetings.held)
    decisions = decision_facts(session, [one.decision for one in counted.decisions], network, counted.as_at)
    acted = counted.actions
    upcoming = counted.following
    actions = action_facts(session, _once((*acted.closed, *acted.open, *upcoming.actions)), counted.as_at)
    named = counted.challenges
    challenges = _challenges(session, _once((*named.raised, *named.closed, *named.open)), counted.as_at)
    meetings = meeting_facts(session, _once((*held, *upcoming.meetings)))
    found = _signed(session, request.network_id, period)
    chair = progress_reports.reporting_chair(session, request.network_id, request.on)
    report_words = _words(session, counted, found.report_id, request.language)
    return Findings(
        network=network,
        period=period,
        as_at=counted.as_at,
        chair=(
            body_of(chair.organisation) if chair.organisation else None,
            human_of(chair.person) if chair.person else None,
        )
        if chair
        else None,
        words=report_words,
        state=found.state,
        signed_off_on=found.on,
        signer=found.by,
        held=tuple(meetings[one.id] for one in held),
        expected=counted.meetings.expected,
        skipped=counted.meetings.skipped,
        seats=tuple(
            SeatTally(
                body_of(one.organisation),
                one.category,
                one.meetings,
                one.focal_point,
                one.alternate + one.stand_in,
                one.apologies,
                one.absent,
            )
            for one in counted.attendance
        ),
        decisions=tuple(decisions.values()),
        closed=tuple(actions[one.id] for one in acted.closed),
        open=tuple(actions[one.id] for one in acted.open),
        plan=plan_facts.told(session, counted.plan) if counted.plan else None,
        raised=tuple(challenges[one.id] for one in named.raised),
        challenges=tuple(challenges[one.id] for one in _once((*named.open, *named.closed))),
        objectives=_objectives(counted, held, decisions, actions, challenges),
        following=_following(upcoming, meetings, actions),
    )


def _once(found: Iterable[_R]) -> list[_R]:
    return list({one.id: one for one in found}.values())


@dataclass(frozen=True)
class _Signed:
    report_id: UUID | None = None
    state: ReportState = ReportState.DRAFT
    on: date | None = None
    by: Human | None = None


def _signed(session: Session, network_id: UUID, period: Period) -> _Signed:
    report = progress_reports.report_for(session, network_id, period.code)
    if report is None:
        return _Signed()
    signers = records.by_id(session, Person, [report.signed_off_by_id])
    signer = signers.get(report.signed_off_by_id) if report.signed_off_by_id else None
    return _Signed(report.id, report.state, report.signed_off_on, human_of(signer) if signer else None)


def _words(session: Session, counted: PeriodFigures, report_id: UUID | None, language: Language) -> dict[str, Words]:
    written = progress_reports.sections(session, report_id)
    names = [*SECTIONS, *(objective_section(one.objective.number) for one in counted.objectives)]
    found = {}
    for name in names:
        told = progress_reports.section_text(counted, written, name, language)
        drafted = progress_reports.draft(counted, name, language)
        found[name] = Words(told.text, told.own and told.text != drafted, drafted)
    return found


def _challenges(session: Session, found: Sequence[Challenge], as_at: date) -> dict[UUID, ChallengeFacts]:
    bodies = records.by_id(session, Organisation, [one.organisation_id for one in found])
    objectives = records.by_id(session, Objective, [one.objective_id for one in found])
    made = {}
    for one in found:
        body = bodies.get(one.organisation_id) if one.organisation_id else None
        objective = objectives.get(one.objective_id) if one.objective_id else None
        made[one.id] = ChallengeFacts(
            text_of(one, "title"),
            text_of(one, "text"),
            text_of(one, "asked"),
            body_of(body) if body else None,
            one.raised_on,
            results.state_on(one, as_at),
            objective.number if objective else None,
            one.response,
        )
    return made


def _objectives(
    counted: PeriodFigures,
    held: Sequence[Meeting],
    decisions: Mapping[UUID, DecisionFacts],
    actions: Mapping[UUID, ActionFacts],
    challenges: Mapping[UUID, ChallengeFacts],
) -> tuple[ObjectiveReport, ...]:
    references = {one.id: one.reference for one in held}
    year = counted.period.start.year
    planned: dict[UUID, tuple[ActivityFacts, ...]] = {}
    if counted.plan:
        for group in counted.plan.objectives:
            if group.objective:
                planned[group.objective.id] = tuple(
                    plan_facts.activity_facts(it, year, counted.as_at) for it in group.activities
                )
    return tuple(_objective(one, references, planned, decisions, actions, challenges) for one in counted.objectives)


def _objective(
    one: ObjectiveFigures,
    references: Mapping[UUID, str],
    planned: Mapping[UUID, tuple[ActivityFacts, ...]],
    decisions: Mapping[UUID, DecisionFacts],
    actions: Mapping[UUID, ActionFacts],
    challenges: Mapping[UUID, ChallengeFacts],
) -> ObjectiveReport:
    mine = planned.get(one.objective.id, ())
    running = {it.activity.reference for it in one.activities}
    return ObjectiveReport(
        objective=objective_facts(one.objective),
        activities=tuple(it for it in mine if it.reference in running),
        planned=tuple(it for it in mine if it.reference not in running),
        delivered=tuple(DeliverableFacts(text_of(it, "title"), it.due, it.delivered_on) for it in one.delivered),
        items=tuple((references[it.meeting_id], text_of(it, "title")) for it in one.items),
        decisions=tuple(decisions[it.decision.id] for it in one.decisions),
        closed=tuple(actions[it.id] for it in one.actions_closed),
        challenges=tuple(challenges[it.id] for it in one.challenges),
        silent=one.silent,
    )


def _following(
    coming: NextFigures, meetings: Mapping[UUID, MeetingFacts], actions: Mapping[UUID, ActionFacts]
) -> Following:
    return Following(
        coming.period,
        tuple(meetings[one.id] for one in coming.meetings),
        tuple(actions[one.id] for one in coming.actions),
        tuple(
            (DeliverableFacts(text_of(thing, "title"), thing.due, thing.delivered_on), activity.reference)
            for thing, activity in coming.deliverables
        ),
        tuple((one.reference, text_of(one, "title"), one.start) for one in coming.starting),
    )
