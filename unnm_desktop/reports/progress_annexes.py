"""The annexes of a progress report: workplan chart and timeline, attendance, decisions, open action points."""

from __future__ import annotations

from collections.abc import Callable

from unnm_desktop.db.organisations import Category
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import plan_tables as t
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import AttendanceFacts, Body
from unnm_desktop.reports.gathering import seat_presence
from unnm_desktop.reports.progress_facts import Findings
from unnm_desktop.reports.tables import action_table, decision_table, presence_mark
from unnm_desktop.typeset.blocks import Block, Cell, Column, GroupRow, Heading, Paragraph, Table, ltr

LETTERS = (N_("A"), N_("B"), N_("C"), N_("D"))
MOST_MEETINGS = 14
"""More columns than this are too narrow to read; the table goes on below."""


def workplan(findings: Findings, language: Language) -> tuple[str, list[Block]]:
    """How far each objective has come, and the activities over the months."""
    tr = language.tr
    title = tr(N_("Workplan: progress and timeline"))
    plan = findings.plan
    if plan is None:
        return title, [Paragraph(tr(N_("There is no workplan for the period.")))]
    blocks: list[Block] = [Heading(tr(N_("Progress by objective")), 2), *t.progress_chart(language, plan)]
    timeline = t.timeline(language, plan, findings.as_at)
    if timeline is not None:
        blocks += [Heading(t.timeline_title(language, plan), 2), timeline, t.timeline_key(language)]
    return title, blocks


def attendance(findings: Findings, language: Language) -> tuple[str, list[Block]]:
    """Each seat in each meeting."""
    tr = language.tr
    title = tr(N_("Attendance"))
    blocks: list[Block] = []
    for start in range(0, len(findings.held), MOST_MEETINGS):
        blocks.append(_grid(findings, language, start))
    if not blocks:
        return title, [Paragraph(tr(N_("No meeting was held in the period.")))]
    note = tr(N_("A dash stands where the seat did not exist on that day or nothing was recorded."))
    blocks.append(Paragraph(note, "small"))
    return title, blocks


def _grid(findings: Findings, language: Language, start: int) -> Table:
    held = findings.held[start : start + MOST_MEETINGS]
    rows: dict[tuple[int, str, str], tuple[Body, Category, dict[str, list[AttendanceFacts]]]] = {}
    order = list(Category)
    for meeting in held:
        for one in meeting.attendance:
            if one.body is None or one.category is None:
                continue
            key = (order.index(one.category), one.body.short, one.body.name.en)
            _, _, by_meeting = rows.setdefault(key, (one.body, one.category, {}))
            by_meeting.setdefault(meeting.reference, []).append(one)
    shown: list[tuple[Cell, ...] | GroupRow] = []
    category = None
    for key in sorted(rows):
        body, kind, by_meeting = rows[key]
        if kind is not category:
            category = kind
            shown.append(GroupRow(w.category_name(language, kind)))
        marks = []
        for meeting in held:
            presence, by_alternate = seat_presence(by_meeting.get(meeting.reference, ()))
            marks.append(presence_mark(language, presence, by_alternate=by_alternate))
        shown.append((w.body(language, body), *marks))
    heads = tuple(
        Column(f"{ltr(language.figures(one.reference.rsplit('/', 1)[-1]))}\n{language.day(one.day, short=True)}", 1.2)
        for one in held
    )
    return Table(columns=(Column(language.tr(N_("Seat")), 3.2), *heads), rows=tuple(shown))


def decisions(findings: Findings, language: Language) -> tuple[str, list[Block]]:
    """The decisions of the period in full."""
    empty = language.tr(N_("No decision was put to the members in the period."))
    return language.tr(N_("Decisions")), [
        decision_table(language, findings.decisions, findings.network.zone, empty=empty)
    ]


def actions(findings: Findings, language: Language) -> tuple[str, list[Block]]:
    """The action points open at the end of the period."""
    empty = language.tr(N_("No action point is open."))
    title = language.tr(N_("Action points open on {day}"), day=language.day(findings.as_at))
    return title, [action_table(language, findings.open, empty=empty)]


ANNEXES: tuple[Callable[[Findings, Language], tuple[str, list[Block]]], ...] = (
    workplan,
    attendance,
    decisions,
    actions,
)
