"""The sections of a progress report on engagement, funds, markers, challenges and the months to come."""

from __future__ import annotations

from collections.abc import Callable

from unnm_desktop.db.meetings import MeetingKind
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import plan_tables as t
from unnm_desktop.reports import words as w
from unnm_desktop.reports.progress_facts import ChallengeFacts, Findings
from unnm_desktop.reports.progress_sections import Written, words_for
from unnm_desktop.reports.tables import action_table, meeting_table
from unnm_desktop.typeset.blocks import (
    BarChart,
    Block,
    Bullets,
    Cell,
    Column,
    Figures,
    GroupRow,
    KeepTogether,
    Paragraph,
    Pill,
    Rich,
    Span,
    Table,
    Tone,
    isolated,
    ltr,
)

_HALF_YEAR = 6


def engagement(findings: Findings, language: Language) -> Written:
    """Highlighted meetings, guest speakers and everybody met beyond the United Nations."""
    tr = language.tr
    blocks: list[Block] = []
    highlighted = [one for one in findings.held if one.kind is MeetingKind.HIGHLIGHTED]
    if findings.network.highlighted or highlighted:
        empty = tr(N_("No highlighted meeting was held in the period."))
        caption = tr(N_("Highlighted meetings"))
        blocks.append(meeting_table(language, highlighted, empty=empty, caption=caption))
    rows = tuple(
        (
            w.held_by(language, one.body, one.person),
            w.said(language, one.topic),
            language.day(one.day),
            w.reference(one.meeting),
        )
        for one in findings.speeches
    )
    blocks.append(
        Table(
            columns=(
                Column(tr(N_("Speaker")), 3.0),
                Column(tr(N_("Topic")), 3.2),
                Column(tr(N_("Date")), 1.6),
                Column(tr(N_("Meeting")), 2.2, kind="code"),
            ),
            rows=rows,
            caption=tr(N_("Guest speakers")),
            empty=tr(N_("No guest speaker was heard in the period.")),
        )
    )
    blocks.append(_met(findings, language))
    return tr(N_("Engagement with Government and stakeholders")), blocks


def _met(findings: Findings, language: Language) -> Table:
    tr = language.tr
    rows: list[tuple[Cell, ...] | GroupRow] = []
    kind = None
    for one in findings.engaged:
        if one.body.kind is not kind:
            kind = one.body.kind
            rows.append(GroupRow(tr(kind.label)))
        rows.append((w.body(language, one.body), language.list([w.reference(code) for code in one.meetings])))
    return Table(
        columns=(Column(tr(N_("Organization")), 4.5), Column(tr(N_("Meetings")), 3.0, kind="code")),
        rows=tuple(rows),
        caption=tr(N_("Government and stakeholders met")),
        empty=tr(N_("Nobody from outside the United Nations attended in the period.")),
    )


def money(findings: Findings, language: Language) -> Written:
    """What the plan requires, has, and has still to find."""
    tr = language.tr
    title = tr(N_("Joint programming and funds"))
    plan = findings.plan
    if plan is None:
        return title, [Paragraph(tr(N_("There is no workplan for the period, so there are no figures.")))]
    currency = plan.money.currency
    note = tr(N_("To be mobilized is what is required less what is available; cancelled activities are not counted."))
    amounts = t.money_cells(language, plan.money)
    joint = sum(bool(one.participants) for one in plan.activities if one.counted)
    blocks: list[Block] = [
        *words_for(findings, "money"),
        Figures(
            (
                (amounts[0], tr(N_("Required ({currency})"), currency=currency)),
                (amounts[1], tr(N_("Available ({currency})"), currency=currency)),
                (amounts[2], tr(N_("To be mobilized ({currency})"), currency=currency)),
                (language.number(joint), tr(N_("Activities of two or more agencies"))),
            )
        ),
        t.money_table(language, plan),
        *t.money_notes(language, plan),
        Paragraph(note, "small"),
    ]
    return title, blocks


def markers(findings: Findings, language: Language) -> Written:
    """How strongly the plan works for gender equality and human rights."""
    tr = language.tr
    title = tr(N_("Gender equality and human rights"))
    activities = [one for one in findings.plan.activities if one.counted] if findings.plan else []
    if not activities:
        return title, [Paragraph(tr(N_("There is no activity to mark in the period.")))]
    levels: tuple[int | None, ...] = (0, 1, 2, 3, None)
    labels = (
        tr(N_("0 none")),
        tr(N_("1 limited")),
        tr(N_("2 significant")),
        tr(N_("3 principal")),
        tr(N_("not marked")),
    )
    gender = tuple(float(sum(one.gender == level for one in activities)) for level in levels)
    rights = tuple(float(sum(one.rights == level for one in activities)) for level in levels)
    chart = BarChart(
        title=tr(N_("Activities by marker")),
        categories=labels,
        series=((tr(N_("Gender equality")), gender), (tr(N_("Human rights")), rights)),
    )
    rows = tuple(
        (label, language.number(int(gender[place])), language.number(int(rights[place])))
        for place, label in enumerate(labels)
    )
    table = Table(
        columns=(
            Column(tr(N_("Marker")), 3.0),
            Column(tr(N_("Gender equality")), 1.5, "end", "number"),
            Column(tr(N_("Human rights")), 1.5, "end", "number"),
        ),
        rows=rows,
    )
    blocks: list[Block] = [KeepTogether((chart, table))]
    women = [one for one in activities if one.women]
    if women:
        blocks.append(_small_heading(tr(N_("Priorities of women migrants"))))
        said = (
            tr(N_("{reference}: {words}"), reference=w.reference(one.reference), words=w.said(language, one.women))
            for one in women
        )
        blocks.append(Bullets(tuple(said)))
    elif any(one.women for one in findings.network.objectives):
        told_so = N_("The terms of reference ask for the specific priorities of women migrants; the plan names none.")
        blocks.append(Paragraph(tr(told_so)))
    return title, blocks


def challenges(findings: Findings, language: Language) -> Written:
    """What the UNCT is asked to address, in the network's own word for it."""
    tr = language.tr
    title, empty = w.problem_words(language, findings.network)
    rows = tuple(_challenge(language, one) for one in findings.challenges)
    table = Table(
        columns=(
            Column(tr(N_("What stands in the way")), 3.4),
            Column(tr(N_("Asked of the UNCT")), 2.6),
            Column(tr(N_("Raised by")), 1.2),
            Column(tr(N_("Raised on")), 1.5),
            Column(tr(N_("State")), 1.5, kind="pill"),
        ),
        rows=rows,
        empty=empty,
    )
    return title, [*words_for(findings, "challenges"), table]


def _challenge(language: Language, one: ChallengeFacts) -> tuple[Cell, ...]:
    tones: dict[str, Tone] = {"open": "warn", "escalated": "info", "closed": "good"}
    spans = [Span(w.said(language, one.title), bold=True)]
    if one.text:
        spans.append(Span("\n" + w.said(language, one.text)))
    if one.objective:
        spans.append(Span("\n" + language.tr(N_("Objective {n}"), n=one.objective), italic=True))
    asked = w.said(language, one.asked)
    if one.response:
        asked = "\n".join(
            part for part in (asked, language.tr(N_("Response: {words}"), words=isolated(one.response))) if part
        )
    return (
        tuple(spans),
        asked,
        ltr(one.raised_by.short) if one.raised_by else "–",
        language.day(one.raised_on),
        Pill(language.tr(one.state.label), tones[one.state.value]),
    )


def following(findings: Findings, language: Language) -> Written:
    """What the next period brings."""
    tr = language.tr
    title = tr(N_("The next six months")) if findings.period.months == _HALF_YEAR else tr(N_("The next period"))
    coming = findings.following
    if coming is None:
        return title, []
    blocks: list[Block] = [*words_for(findings, "next")]
    nothing = tr(N_("No meeting is planned yet."))
    blocks.append(meeting_table(language, coming.meetings, empty=nothing, caption=tr(N_("Meetings"))))
    lines: list[Rich] = []
    for reference, name, start in coming.starting:
        lines.append(
            tr(
                N_("{reference} starts on {day}: {title}"),
                reference=w.reference(reference),
                day=language.day(start),
                title=w.said(language, name),
            )
        )
    for thing, reference in coming.deliverables:
        lines.append(
            tr(
                N_("{reference} delivers by {day}: {title}"),
                reference=w.reference(reference),
                day=language.day(thing.due),
                title=w.said(language, thing.title),
            )
        )
    blocks.append(_small_heading(tr(N_("Workplan"))))
    empty = Paragraph(tr(N_("The workplan has nothing that starts or is delivered in these months.")))
    blocks.append(Bullets(tuple(lines)) if lines else empty)
    nobody = tr(N_("No action point is due in these months."))
    blocks.append(action_table(language, coming.actions, empty=nobody, caption=tr(N_("Action points due"))))
    return title, blocks


def _small_heading(text: str) -> Paragraph:
    """A heading that the contents leave out."""
    return Paragraph((Span(text, bold=True),))


SECTIONS: tuple[Callable[[Findings, Language], Written], ...] = (engagement, money, markers, challenges, following)
