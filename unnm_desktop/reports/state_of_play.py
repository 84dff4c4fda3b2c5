"""The state of play: what who takes over an office must know on the first day, and where to find the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.db.decisions import Decision, DecisionState
from unnm_desktop.db.issued import IssuedDocument, Report
from unnm_desktop.db.meetings import HELD_STATES, Meeting, MeetingState
from unnm_desktop.db.minutes import Minutes
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.plan_parts import Deliverable
from unnm_desktop.db.workplans import Activity, ActivityStatus, Workplan
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import Document, Request, compliance, directory
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import ActionFacts, DecisionFacts, MeetingFacts, NetworkFacts, SeatFacts, Text
from unnm_desktop.reports.gathering import (
    actions_of,
    decision_facts,
    meeting_facts,
    meetings_of,
    network_facts,
    seat_facts,
    text_of,
)
from unnm_desktop.reports.tables import action_table, decision_table
from unnm_desktop.services import gathering, issued, networks, records
from unnm_desktop.services.compliance import TITLES
from unnm_desktop.typeset.blocks import (
    Block,
    Column,
    Figures,
    Heading,
    KeepTogether,
    Paragraph,
    Section,
    Span,
    Table,
    isolated,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

COMING = timedelta(days=60)
LATELY = timedelta(days=180)
_MOST_ISSUED = 8
_OPEN = (DecisionState.DRAFT, DecisionState.PENDING, DecisionState.DEFERRED, DecisionState.ESCALATED)
_TO_COME = (MeetingState.PLANNED, MeetingState.INVITED)
_ENDED = (ActivityStatus.COMPLETED, ActivityStatus.CANCELLED)


@dataclass(frozen=True)
class Coming:
    """Something that falls due on a day."""

    day: date
    kind: str
    """What it is (a msgid)."""
    what: Text
    reference: str = ""
    who: str = ""


@dataclass(frozen=True)
class Place:
    """Where something stands: what it is, which one, and how far it is (msgids, and plain values for the reader)."""

    thing: str
    which: Text
    state: str = ""
    on: date | str | None = None


@dataclass(frozen=True)
class Findings:
    """The state of a network on a day."""

    network: NetworkFacts
    seats: tuple[SeatFacts, ...]
    actions: tuple[ActionFacts, ...]
    undecided: tuple[DecisionFacts, ...]
    decided: tuple[DecisionFacts, ...]
    coming: tuple[Coming, ...]
    duties: tuple[compliance.DutyFacts, ...]
    places: tuple[Place, ...]


def gather(session: Session, request: Request) -> Findings:
    """Everything that is open, near or lately settled at the end of that day."""
    key, on = request.network_id, request.on
    network = network_facts(session, key, on)
    actions = tuple(one for one in actions_of(session, key, on) if one.open)
    known = gathering.of_network(session, Decision, key, "decided_on", "reference")
    decisions = tuple(decision_facts(session, [one for one in known if one.decided_on <= on], network, on).values())
    duties = compliance.gather(session, request).duties
    sittings = meetings_of(session, key)
    coming = (
        *_meetings_coming(session, sittings, on),
        *_actions_coming(actions, on),
        *_deliverables_coming(session, key, on),
        *_duties_coming(duties, on),
    )
    return Findings(
        network=network,
        seats=seat_facts(session, key, on),
        actions=tuple(sorted(actions, key=lambda one: (one.due is None, one.due or date.max, one.reference))),
        undecided=tuple(one for one in decisions if one.state in _OPEN),
        decided=tuple(one for one in reversed(decisions) if one.state not in _OPEN and one.decided_on >= on - LATELY),
        coming=tuple(sorted(coming, key=lambda one: (one.day, one.reference, one.kind))),
        duties=tuple(one for one in duties if one.state == "late"),
        places=_places(session, key, on, sittings),
    )


def _near(day: date | None, on: date) -> bool:
    return day is not None and on <= day <= on + COMING


def _meetings_coming(session: Session, sittings: list[Meeting], on: date) -> Iterable[Coming]:
    found = [one for one in sittings if one.state in _TO_COME and _near(one.day, on)]
    for facts in meeting_facts(session, found).values():
        yield Coming(facts.day, N_("Meeting"), facts.called, facts.reference)


def _actions_coming(actions: Iterable[ActionFacts], on: date) -> Iterable[Coming]:
    for one in actions:
        if one.due is not None and _near(one.due, on):
            yield Coming(
                one.due,
                N_("Action point"),
                one.task,
                one.reference,
                "; ".join(dict.fromkeys(body.short for body, _ in one.responsible)),
            )


def _duties_coming(duties: Iterable[compliance.DutyFacts], on: date) -> Iterable[Coming]:
    for one in duties:
        if one.due is not None and _near(one.due, on) and one.state == "due":
            yield Coming(one.due, N_("Duty"), one.says)


def _deliverables_coming(session: Session, network_id: UUID, on: date) -> Iterable[Coming]:
    plans = {one.id for one in _current_plans(session, network_id)}
    activities = {
        one.id: one
        for one in gathering.of_network(session, Activity, network_id, "reference")
        if one.workplan_id in plans and one.status not in _ENDED
    }
    bodies = records.by_id(session, Organisation, [one.lead_id for one in activities.values()])
    leads = {key: bodies[one.lead_id].short for key, one in activities.items() if one.lead_id in bodies}
    for key, found in gathering.belonging(session, Deliverable, "activity_id", activities, "due").items():
        for one in found:
            if one.delivered_on is None and one.due is not None and _near(one.due, on):
                title = text_of(one, "title")
                yield Coming(one.due, N_("Deliverable"), title, activities[key].reference, leads.get(key, ""))
    for key, activity in activities.items():
        if activity.end is not None and _near(activity.end, on):
            title = text_of(activity, "title")
            yield Coming(activity.end, N_("End of an activity"), title, activity.reference, leads.get(key, ""))


def _current_plans(session: Session, network_id: UUID) -> list[Workplan]:
    """The newest version of each year's plan."""
    newest = {one.year: one for one in gathering.of_network(session, Workplan, network_id, "year", "version")}
    return list(newest.values())


def _places(session: Session, network_id: UUID, on: date, sittings: list[Meeting]) -> tuple[Place, ...]:
    found: list[Place] = []
    tor = networks.tor_on(session, network_id, on)
    if tor is not None:
        since = tor.effective or tor.approved
        found.append(Place(N_("Terms of reference, version"), _same(tor.version), tor.state.label, since))
    took_place = [one for one in sittings if one.state in HELD_STATES and one.day <= on]
    if took_place:
        last: MeetingFacts = next(iter(meeting_facts(session, took_place[-1:]).values()))
        found.append(Place(N_("Last meeting"), last.called, last.state.label, last.day))
        versions = gathering.belonging(session, Minutes, "meeting_id", [took_place[-1].id], "version")
        for minutes in versions[took_place[-1].id][-1:]:
            found.append(Place(N_("Its minutes"), last.called, minutes.state.label, minutes.adopted_on))
    plans = [one for one in _current_plans(session, network_id) if one.year <= on.year]
    for plan in plans[-1:]:
        found.append(Place(N_("Workplan"), _same(str(plan.year)), plan.state.label, plan.adopted_on))
    reports = gathering.of_network(session, Report, network_id, "period")
    for report in reports[-1:]:
        found.append(Place(N_("Progress report"), _same(report.period), report.state.label, report.submitted_on))
    kept = gathering.of_network(session, IssuedDocument, network_id, "issued_on", "kind", "language")
    newest = [one for one in kept if one.issued_on <= on][-_MOST_ISSUED:]
    for one in reversed(newest):
        found.append(Place(issued.KINDS.get(one.kind, one.kind), text_of(one, "title"), N_("Issued"), one.issued_on))
    return tuple(found)


def _same(text: str) -> Text:
    return Text(text, text)


def compose(findings: Findings, language: Language) -> Document:
    """The memo: five questions, each with its answer."""
    tr = language.tr
    title = tr(N_("State of play"))
    network = findings.network
    blocks: list[Block] = [Section(landscape=True), *w.heading(language, network, title), _figures(language, findings)]
    blocks += [
        Heading(tr(N_("What is due in the next 60 days")), 2),
        _coming(language, findings.coming),
        Heading(tr(N_("What is open")), 2),
    ]
    if findings.duties:
        blocks.append(KeepTogether((Heading(tr(N_("Duties that are late")), 3), _late(language, findings))))
    blocks += [
        Heading(tr(N_("Action points")), 3),
        action_table(language, findings.actions, empty=tr(N_("No action point is open."))),
        Heading(tr(N_("Decisions not yet taken")), 3),
        decision_table(language, findings.undecided, network.zone, empty=tr(N_("No decision is open."))),
        Heading(tr(N_("What was decided in the last six months")), 2),
        decision_table(language, findings.decided, network.zone, empty=tr(N_("Nothing was decided in that time."))),
        Heading(tr(N_("Where things are")), 2),
        _where(language, findings.places),
        Paragraph(
            tr(
                N_(
                    "Everything named here stands in the workspace under its reference: type it into the search"
                    " (Ctrl+K). Issued documents are kept there as they went out, under Reports."
                )
            ),
            "small",
        ),
        Heading(tr(N_("Who is who")), 2),
        Heading(tr(N_("Offices")), 3),
        directory.offices(language, network),
        Heading(tr(N_("Seats")), 3),
        directory.seats(language, findings.seats),
        Paragraph(
            tr(N_("Contact details are for the work of the Network only; they are not passed on.")),
            "small",
        ),
    ]
    return Document(w.furniture(language, network, title), tuple(blocks))


def _figures(language: Language, findings: Findings) -> Figures:
    overdue = sum(one.days_late > 0 for one in findings.actions)
    return Figures(
        (
            (language.number(len(findings.coming)), language.tr(N_("Due in the next 60 days"))),
            (language.number(len(findings.actions)), language.tr(N_("Open action points"))),
            (language.number(overdue), language.tr(N_("Overdue"))),
            (language.number(len(findings.undecided)), language.tr(N_("Decisions not yet taken"))),
            (language.number(len(findings.duties)), language.tr(N_("Duties that are late"))),
        )
    )


def _coming(language: Language, coming: Iterable[Coming]) -> Table:
    tr = language.tr
    rows = tuple(
        (
            language.day(one.day),
            tr(one.kind),
            w.said(language, one.what),
            w.reference(one.reference) or "–",
            w.listed(language, one.who.split("; ")) if one.who else "–",
        )
        for one in coming
    )
    return Table(
        columns=(
            Column(tr(N_("Date")), 1.9),
            Column(tr(N_("Kind")), 1.3),
            Column(tr(N_("What")), 3.8),
            Column(tr(N_("Reference")), 2.0, kind="code"),
            Column(tr(N_("Responsible")), 1.5),
        ),
        rows=rows,
        empty=tr(N_("Nothing falls due in the next 60 days.")),
    )


def _late(language: Language, findings: Findings) -> Table:
    tr = language.tr
    rows = tuple(
        (
            (Span(tr(TITLES[one.duty]), bold=True), Span("\n" + w.said(language, one.says))),
            language.day(one.due) or "–",
        )
        for one in findings.duties
    )
    return Table(columns=(Column(tr(N_("Duty and how it stands")), 6), Column(tr(N_("Due")), 1.4)), rows=rows)


def _where(language: Language, places: Iterable[Place]) -> Table:
    tr = language.tr
    rows = tuple(
        (
            tr(one.thing),
            isolated(language.figures(w.name(language, one.which))) or "–",
            tr(one.state) if one.state else "–",
            language.day(one.on) or "–",
        )
        for one in places
    )
    return Table(
        columns=(
            Column(tr(N_("What")), 2.0),
            Column(tr(N_("Which")), 4.0),
            Column(tr(N_("State")), 1.6),
            Column(tr(N_("Date")), 1.6),
        ),
        rows=rows,
        empty=tr(N_("Nothing is recorded yet.")),
    )
