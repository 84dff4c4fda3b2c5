"""The numbered sections of a progress report, each made of the officer's or the program's words and its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from unnm_desktop.db.meetings import MeetingKind, Presence
from unnm_desktop.db.organisations import Category
from unnm_desktop.db.people import OfficeKind
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import plan_tables as t
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import AttendanceFacts, MeetingFacts
from unnm_desktop.reports.gathering import seat_presence
from unnm_desktop.reports.plan_facts import ActivityFacts
from unnm_desktop.reports.progress_facts import Findings, ObjectiveReport
from unnm_desktop.reports.tables import action_table, seat_table
from unnm_desktop.reports.told import told
from unnm_desktop.services import units
from unnm_desktop.services.progress_figures import ADOPTED
from unnm_desktop.typeset.blocks import (
    Block,
    Bullets,
    Column,
    Figures,
    Heading,
    Paragraph,
    Rich,
    Table,
)

Written = tuple[str, list[Block]]


def words_for(findings: Findings, section: str) -> list[Block]:
    """The words of a section: the officer's, else the program's draft."""
    found = findings.words.get(section)
    return told(found.text) if found and found.text else []


def _counted(language: Language, references: Iterable[str]) -> list[Block]:
    """The records behind the figures above, so that each can be traced."""
    codes = list(references)
    if not codes:
        return []
    listed = language.list([w.reference(code) for code in codes])
    return [Paragraph(language.tr(N_("Counted from: {references}."), references=listed), "small")]


def summary(findings: Findings, language: Language) -> Written:
    """Half a page: the figures in large, and what they say."""
    tr = language.tr
    adopted = sum(one.state in ADOPTED for one in findings.decisions)
    percent = findings.plan.percent if findings.plan else None
    figures = Figures(
        (
            (tr(N_("{n} of {all}"), n=_regular(findings), all=findings.expected), tr(N_("Regular meetings"))),
            (tr(N_("{n} of {all}"), n=adopted, all=len(findings.decisions)), tr(N_("Decisions adopted"))),
            (language.number(len(findings.closed)), tr(N_("Action points closed"))),
            (language.number(len(findings.overdue)), tr(N_("Action points overdue"))),
            (language.percent(percent) if percent is not None else "–", tr(N_("Mean progress of the workplan"))),
        )
    )
    words = findings.words.get("summary")
    computed = told(words.draft) if words and words.own else []
    return tr(N_("Summary")), [figures, *words_for(findings, "summary"), *computed]


def _regular(findings: Findings) -> int:
    return sum(one.kind is MeetingKind.REGULAR for one in findings.held)


def context(findings: Findings, language: Language) -> Written:
    """What the network is, as its terms of reference put it, and the officer's words on the period."""
    tr = language.tr
    network = findings.network
    lines: list[Rich] = []
    if network.launched:
        lines.append(tr(N_("The Network was launched in {when}."), when=language.day(network.launched)))
    leading = [
        w.held_by(language, one.body, one.person) for one in network.office(OfficeKind.CHAIR, OfficeKind.CO_CHAIR)
    ]
    if leading:
        lines.append(tr(N_("It is led by {names}."), names=language.list(leading)))
    if network.every_months:
        cadence = units.cadence(language, network.every_months)
        lines.append(tr(N_("Its terms of reference ask for a regular meeting {cadence}."), cadence=cadence))
    if network.objectives:
        rule = (
            N_("Its decisions are taken by full consensus of all members.")
            if network.all_members
            else N_("Its decisions are taken by consensus of the members.")
        )
        lines.append(tr(rule))
    if network.alignment:
        names = language.list([w.name(language, one) for one in network.alignment])
        lines.append(tr(N_("Its work is aligned with: {names}."), names=names))
    return tr(N_("Context")), [*words_for(findings, "context"), Bullets(tuple(lines))]


def objectives(findings: Findings, language: Language) -> Written:
    """Every objective of the terms of reference, also those under which nothing happened."""
    tr = language.tr
    blocks: list[Block] = [*words_for(findings, "objectives")]
    for one in findings.objectives:
        blocks += _objective(findings, language, one)
    if not findings.objectives:
        blocks.append(Paragraph(tr(N_("No terms of reference are in effect, so no objective is known."))))
    return tr(N_("Progress by objective and workplan output")), blocks


def _objective(findings: Findings, language: Language, one: ObjectiveReport) -> list[Block]:
    tr = language.tr
    blocks: list[Block] = [
        Heading(t.objective_title(language, one.objective.number, one.objective.short), 2),
        Paragraph(w.said(language, one.objective.text), "quote"),
    ]
    own = findings.words.get(f"objective-{one.objective.number}")
    if own and own.own:
        blocks += told(own.text)
    if one.silent:
        blocks.append(Paragraph(tr(N_("No activity in the period."))))
    lines: list[Rich] = []
    for thing in one.delivered:
        title = w.said(language, thing.title)
        lines.append(tr(N_("Delivered on {day}: {title}"), day=language.day(thing.delivered_on), title=title))
    for reference, matter in one.items:
        said = w.name(language, matter)
        lines.append(tr(N_("Discussed at {reference}: {title}"), reference=w.reference(reference), title=said))
    for decision in one.decisions:
        called = w.name(language, decision.title) or w.name(language, decision.text)
        lines.append(
            tr(
                N_("Decision {reference} ({state}): {title}"),
                reference=w.reference(decision.reference),
                state=tr(decision.state.label),
                title=called,
            )
        )
    for action in one.closed:
        task = w.name(language, action.task)
        lines.append(
            tr(N_("Action point {reference} done: {task}"), reference=w.reference(action.reference), task=task)
        )
    for challenge in one.challenges:
        lines.append(tr(N_("Raised for the UNCT: {title}"), title=w.name(language, challenge.title)))
    if lines:
        blocks.append(Bullets(tuple(lines)))
    shown = (*one.activities, *one.planned)
    if shown:
        blocks.append(t.activity_table(language, shown))
    if any(activity.indicators for activity in shown):
        blocks.append(t.indicator_table(language, shown, empty=""))
    blocks += [block for activity in one.activities if activity.narrative for block in _narrative(language, activity)]
    return blocks


def _narrative(language: Language, activity: ActivityFacts) -> list[Block]:
    code = w.reference(activity.reference)
    words = w.said(language, activity.narrative)
    return [Paragraph(language.tr(N_("{reference}: {words}"), reference=code, words=words), "small")]


def decisions(findings: Findings, language: Language) -> Written:
    """Decisions and their state, action points closed, open and overdue."""
    tr = language.tr
    rows = tuple(
        (
            w.reference(one.reference),
            language.day(one.decided_on),
            w.name(language, one.title) or w.said(language, one.text),
            w.decision_pill(language, one.state),
        )
        for one in findings.decisions
    )
    table = Table(
        columns=(
            Column(tr(N_("Reference")), 2.3, kind="code"),
            Column(tr(N_("Date")), 1.6),
            Column(tr(N_("Decision")), 3.5),
            Column(tr(N_("State")), 2.3, kind="pill"),
        ),
        rows=rows,
        empty=tr(N_("No decision was put to the members in the period.")),
    )
    blocks: list[Block] = [*words_for(findings, "decisions"), table]
    blocks += [Heading(tr(N_("Action points")), 2), *words_for(findings, "actions")]
    blocks.append(
        Figures(
            (
                (language.number(len(findings.closed)), tr(N_("Closed in the period"))),
                (language.number(len(findings.open)), tr(N_("Open on {day}"), day=language.day(findings.as_at))),
                (language.number(len(findings.overdue)), tr(N_("Overdue"))),
            )
        )
    )
    if findings.closed:
        blocks.append(action_table(language, findings.closed, empty="", caption=tr(N_("Closed in the period"))))
    if findings.overdue:
        blocks.append(action_table(language, findings.overdue, empty="", caption=tr(N_("Overdue"))))
    return tr(N_("Decisions and action points")), blocks


def meetings(findings: Findings, language: Language) -> Written:
    """Meetings held against the cadence, and how often each seat was represented."""
    tr = language.tr
    rows = []
    for one in findings.held:
        came, seats = _represented(one)
        rows.append(
            (
                w.reference(one.reference),
                language.day(one.day),
                w.meeting_name(language, one),
                "\n".join(w.held_by(language, *pair, position=False) for pair in one.chairs),
                tr(N_("{came} of {all}"), came=came, all=seats),
            )
        )
    table = Table(
        columns=(
            Column(tr(N_("Reference")), 2.3, kind="code"),
            Column(tr(N_("Date")), 1.6),
            Column(tr(N_("Meeting")), 2.4),
            Column(tr(N_("Led by")), 2.4),
            Column(tr(N_("Member seats represented")), 1.5, "end", "number"),
        ),
        rows=tuple(rows),
        empty=tr(N_("No meeting was held in the period.")),
    )
    blocks: list[Block] = [*words_for(findings, "meetings")]
    if findings.network.every_months:
        blocks.append(Paragraph(_cadence(findings, language)))
    blocks.append(table)
    nobody = tr(N_("No attendance is recorded in the period."))
    blocks.append(seat_table(language, findings.seats, empty=nobody, caption=tr(N_("Attendance by seat"))))
    note = tr(
        N_(
            "Rate: the share of the meetings held while the seat existed in which its focal point, an alternate or a "
            "stand-in was present."
        )
    )
    blocks.append(Paragraph(note, "small"))
    blocks += _counted(language, (one.reference for one in findings.held))
    return tr(N_("Meetings and participation")), blocks


def _cadence(findings: Findings, language: Language) -> str:
    tr = language.tr
    cadence = units.cadence(language, findings.network.every_months)
    said = tr(
        N_("Regular meetings held: {held}, against {expected} at one {cadence}."),
        held=_regular(findings),
        expected=findings.expected,
        cadence=cadence,
    )
    if not findings.skipped:
        return said
    skipped = tr(N_("Meetings skipped by decision of the members: {n}."), n=findings.skipped)
    return f"{said} {skipped}"


def _represented(meeting: MeetingFacts) -> tuple[int, int]:
    """How many of the member seats of the meeting's day were represented."""
    seats: dict[str, list[AttendanceFacts]] = {}
    for one in meeting.attendance:
        if one.body is not None and one.category is Category.MEMBER:
            seats.setdefault(one.body.short, []).append(one)
    return sum(seat_presence(rows)[0] is Presence.PRESENT for rows in seats.values()), len(seats)


SECTIONS: tuple[Callable[[Findings, Language], Written], ...] = (summary, context, objectives, decisions, meetings)
