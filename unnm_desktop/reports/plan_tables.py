"""How a workplan is shown: its tables, its chart, its timeline and its money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import Text
from unnm_desktop.reports.plan_facts import ActivityFacts, IndicatorFacts, PlanFacts, PlannedFacts
from unnm_desktop.services.money import Money
from unnm_desktop.typeset.blocks import (
    Block,
    Cell,
    Column,
    GroupRow,
    Paragraph,
    ProgressBars,
    Rich,
    Span,
    Table,
    Timeline,
    TimelineRow,
    isolated,
    ltr,
)


def objective_name(language: Language, planned: PlannedFacts) -> str:
    """The objective that work is listed under."""
    if planned.objective is None:
        return language.tr(N_("Under no objective of the terms of reference"))
    return objective_title(language, planned.objective.number, planned.objective.short)


def objective_title(language: Language, number: int, short: Text) -> str:
    """An objective with its number and its short title."""
    return language.tr(N_("Objective {n}: {title}"), n=number, title=w.name(language, short))


def plan_table(language: Language, plan: PlanFacts) -> Table:
    """Every activity under its objective and output, with who, when, how far and how much."""
    tr = language.tr
    rows: list[tuple[Cell, ...] | GroupRow] = []
    for planned in plan.objectives:
        rows.append(GroupRow(objective_name(language, planned)))
        if not planned.activities:
            rows.append(("", (Span(tr(N_("No activity is planned.")), italic=True),), "", "", "", "", "", "", ""))
        for output in planned.outputs:
            if output.title:
                rows.append(GroupRow(tr(N_("Output: {title}"), title=w.said(language, output.title)), level=2))
            rows += [_activity_row(language, one) for one in output.activities]
    currency = plan.money.currency
    return Table(
        columns=(
            Column(tr(N_("No.")), 0.8, kind="code"),
            Column(tr(N_("Activity")), 3.7),
            Column(tr(N_("Agencies")), 1.5),
            Column(tr(N_("When")), 1.15),
            Column(tr(N_("Status")), 1.3, kind="pill"),
            Column(tr(N_("Required ({currency})"), currency=ltr(currency)), 1.35, "end", "number"),
            Column(tr(N_("Available ({currency})"), currency=ltr(currency)), 1.35, "end", "number"),
            Column(tr(N_("To be mobilized ({currency})"), currency=ltr(currency)), 1.35, "end", "number"),
            Column(tr(N_("Markers and goals")), 1.9),
        ),
        rows=tuple(rows),
        total=("", tr(N_("Total")), "", "", "", *money_cells(language, plan.money), ""),
    )


def _activity_row(language: Language, one: ActivityFacts) -> tuple[Cell, ...]:
    lead: list[Span] = []
    if one.lead:
        lead.append(Span(ltr(one.lead.short), bold=True))
    if one.participants:
        others = w.listed(language, [body.short for body in one.participants])
        lead.append(Span(("\n" if lead else "") + others))
    return (
        ltr(language.figures(one.reference.rsplit("/", 1)[-1])),
        _activity_words(language, one),
        tuple(lead) or "–",
        when(language, one),
        w.activity_pill(language, one.status),
        *_amounts_or_none(language, one.money),
        markers(language, one),
    )


def _activity_words(language: Language, one: ActivityFacts) -> Rich:
    lines = []
    for thing in one.deliverables:
        title = w.said(language, thing.title)
        if thing.delivered_on:
            told = language.tr(
                N_("Delivered on {day}: {title}"), day=language.day(thing.delivered_on, short=True), title=title
            )
        elif thing.due:
            told = language.tr(
                N_("Deliverable by {day}: {title}"), day=language.day(thing.due, short=True), title=title
            )
        else:
            told = language.tr(N_("Deliverable: {title}"), title=title)
        lines.append(told)
    if one.partners:
        lines.append(language.tr(N_("Partners: {names}"), names=isolated(one.partners)))
    spans = [Span(w.said(language, one.title))]
    spans += [Span("\n" + line, italic=True) for line in lines]
    return tuple(spans)


def when(language: Language, one: ActivityFacts) -> str:
    """In which quarters, or from when to when where it leaves the year."""
    ticked = [number for number, on in enumerate(one.quarters, 1) if on]
    if not ticked:
        return "–"
    if len(ticked) == len(one.quarters):
        return language.tr(N_("all year"))
    if len(ticked) == 1:
        return language.tr(N_("Q{n}"), n=ticked[0])
    return language.tr(N_("Q{first}–Q{last}"), first=ticked[0], last=ticked[-1])


def markers(language: Language, one: ActivityFacts) -> str:
    """Gender and human-rights markers, goals of the Agenda 2030 and objectives of the Global Compact."""
    lines = []
    if one.gender is not None:
        lines.append(language.tr(N_("Gender {n}"), n=one.gender))
    if one.rights is not None:
        lines.append(language.tr(N_("Human rights {n}"), n=one.rights))
    if one.sdg:
        lines.append(language.tr(N_("SDG {codes}"), codes=language.list([ltr(language.figures(it)) for it in one.sdg])))
    if one.gcm:
        numbers = language.list([language.number(it) for it in sorted(one.gcm)])
        lines.append(language.tr(N_("GCM {numbers}"), numbers=numbers))
    return "\n".join(lines)


def money_cells(language: Language, money: Money) -> tuple[str, str, str]:
    """Required, available and to be mobilized, without the currency that the heading names."""
    currency = money.currency
    return (
        amount(language, money.required, currency),
        amount(language, money.available, currency),
        amount(language, money.to_be_mobilized, currency),
    )


def _amounts_or_none(language: Language, money: Money) -> tuple[str, str, str]:
    """Dashes where no money is named at all, so that a zero means zero."""
    if not (money.required or money.available):
        return ("–", "–", "–")
    return money_cells(language, money)


def amount(language: Language, minor: int, currency: str) -> str:
    """An amount without its currency, in the currency's decimals."""
    return ltr(language.money(minor, currency).replace(currency, "").strip())


def money_table(language: Language, plan: PlanFacts) -> Table:
    """Money by objective, with the total."""
    tr = language.tr
    currency = ltr(plan.money.currency)
    rows = tuple(
        (objective_name(language, one), *_amounts_or_none(language, one.money))
        for one in plan.objectives
        if one.activities or one.objective
    )
    return Table(
        columns=(
            Column(tr(N_("Objective")), 4.2),
            Column(tr(N_("Required ({currency})"), currency=currency), 1.5, "end", "number"),
            Column(tr(N_("Available ({currency})"), currency=currency), 1.5, "end", "number"),
            Column(tr(N_("To be mobilized ({currency})"), currency=currency), 1.6, "end", "number"),
        ),
        rows=rows,
        total=(tr(N_("Total")), *money_cells(language, plan.money)),
        empty=tr(N_("The workplan names no money.")),
    )


def money_notes(language: Language, plan: PlanFacts) -> list[Block]:
    """What has to be said beside sums: an excess, and lines that no rate converts."""
    notes: list[Block] = []
    over = [one for one in plan.activities if one.counted and one.money.excess]
    for one in over:
        told = language.tr(
            N_("{reference}: {words}."), reference=w.reference(one.reference), words=one.money.excess_words(language)
        )
        notes.append(Paragraph(told, "small"))
    if plan.money.unconverted:
        told = language.ntr(
            "{n} budget line in another currency without a rate is in no sum.",
            "{n} budget lines in another currency without a rate are in no sum.",
            plan.money.unconverted,
        )
        notes.append(Paragraph(told, "small"))
    return notes


def progress_chart(language: Language, plan: PlanFacts) -> list[Block]:
    """The mean progress of each objective, and of the plan."""
    rows = []
    for one in plan.objectives:
        if one.percent is None:
            if one.objective is not None:
                rows.append((objective_name(language, one), 0.0, language.tr(N_("nothing planned"))))
        else:
            rows.append((objective_name(language, one), one.percent / 100, language.percent(one.percent)))
    if plan.percent is not None:
        rows.append((language.tr(N_("The whole workplan")), plan.percent / 100, language.percent(plan.percent)))
    note = language.tr(N_("Progress is the mean of the per cent recorded for the activities that are not cancelled."))
    return [ProgressBars(tuple(rows)), Paragraph(note, "small")] if rows else []


def timeline(language: Language, plan: PlanFacts, today: date) -> Timeline | None:
    """The activities over the months of the plan's year."""
    first, last = date(plan.year, 1, 1), date(plan.year, 12, 31)
    rows = []
    for planned in plan.objectives:
        for one in planned.activities:
            start, end = one.start or one.end, one.end or one.start
            if start is None or end is None or start > last or end < first or not one.counted:
                continue
            code = one.reference.rsplit("/", 1)[-1]
            rows.append(
                TimelineRow(
                    label=f"{ltr(language.figures(code))} {w.name(language, one.title)}",
                    start=max(start, first),
                    end=min(end, last),
                    progress=one.progress / 100,
                    late=not one.on_track,
                    milestones=tuple((it.due, "") for it in one.deliverables if it.due and first <= it.due <= last),
                    group=objective_name(language, planned),
                )
            )
    if not rows:
        return None
    return Timeline(
        title="",
        start=first,
        end=last,
        rows=tuple(rows),
        today=today if first <= today <= last else None,
        months=tuple(language.month(number, short=True) for number in range(1, 13)),
    )


def timeline_title(language: Language, plan: PlanFacts) -> str:
    """The heading over a timeline."""
    return language.tr(N_("Timeline {year}"), year=language.day(str(plan.year)))


def timeline_key(language: Language) -> Paragraph:
    """What the signs of a timeline mean."""
    words = language.tr(
        N_("The darker part of a bar is the progress recorded; a diamond is a deliverable; red is late or delayed.")
    )
    return Paragraph(words, "small")


def indicator_table(language: Language, activities: Iterable[ActivityFacts], *, empty: str) -> Table:
    """Indicators with baseline, target and the latest value."""
    tr = language.tr
    rows = []
    for activity in activities:
        code = ltr(language.figures(activity.reference.rsplit("/", 1)[-1]))
        for one in activity.indicators:
            rows.append(
                (
                    code,
                    w.said(language, one.title),
                    _baseline(language, one),
                    _value(language, one.target, one.unit),
                    _latest(language, one),
                    isolated(one.verification),
                )
            )
    return Table(
        columns=(
            Column(tr(N_("No.")), 0.7, kind="code"),
            Column(tr(N_("Indicator")), 3.4),
            Column(tr(N_("Baseline")), 1.3),
            Column(tr(N_("Target")), 1.3),
            Column(tr(N_("Latest value")), 2.0),
            Column(tr(N_("Means of verification")), 2.0),
        ),
        rows=tuple(rows),
        empty=empty,
    )


def _value(language: Language, value: str, unit: str) -> str:
    told = language.figures(value)
    return isolated(f"{told} {unit}".strip()) if told else "–"


def _baseline(language: Language, one: IndicatorFacts) -> str:
    told = _value(language, one.baseline, one.unit)
    return f"{told} ({language.day(str(one.baseline_year))})" if one.baseline_year and one.baseline else told


def _latest(language: Language, one: IndicatorFacts) -> str:
    if one.latest is None:
        return language.tr(N_("not measured yet"))
    parts = [_value(language, one.latest.value, one.unit)]
    if one.latest.women or one.latest.men:
        parts.append(
            language.tr(
                N_("women {women}, men {men}"),
                women=isolated(language.figures(one.latest.women or "–")),
                men=isolated(language.figures(one.latest.men or "–")),
            )
        )
    # Below a value in English an Arabic day keeps its order.
    parts.append(isolated(language.day(one.latest.on)))
    return "\n".join(parts)


def activity_table(language: Language, activities: Iterable[ActivityFacts]) -> Table:
    """Activities in short: who leads, when, how far."""
    tr = language.tr
    rows = []
    for one in activities:
        rows.append(
            (
                ltr(language.figures(one.reference.rsplit("/", 1)[-1])),
                w.said(language, one.title),
                ltr(one.lead.short) if one.lead else "–",
                when(language, one),
                w.activity_pill(language, one.status),
                language.percent(one.progress),
            )
        )
    return Table(
        columns=(
            Column(tr(N_("No.")), 0.7, kind="code"),
            Column(tr(N_("Activity")), 4.0),
            Column(tr(N_("Lead")), 1.0),
            Column(tr(N_("When")), 1.1),
            Column(tr(N_("Status")), 1.4, kind="pill"),
            Column(tr(N_("Progress")), 0.9, "end", "number"),
        ),
        rows=tuple(rows),
    )
