"""What a timeline says: one line for each objective and each activity, in the officer's language; no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from unnm_desktop.db.plan_parts import Deliverable
from unnm_desktop.db.workplans import ActivityStatus
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import workplan_findings
from unnm_desktop.services.money import decimals, major_units
from unnm_desktop.services.workplan_findings import STATUS_TONES, ActivityFindings, ObjectiveFindings, PlanFindings

# These say more than the bar does by itself.
SAID = frozenset({ActivityStatus.DELAYED, ActivityStatus.ON_HOLD, ActivityStatus.CANCELLED})


@dataclass(frozen=True)
class Milestone:
    """A deliverable as a diamond.

    Args:
        day: when it was delivered, else when it is due.

    """

    id: UUID
    day: date
    delivered: bool
    late: bool
    words: str


@dataclass(frozen=True)
class Line:
    """One activity.

    Args:
        mark: what stands beside the bar.
        words: everything of the line in one sentence after another.

    """

    id: UUID
    title: str
    lead: str
    money: str
    days: tuple[date, date] | None
    progress: int
    tone: str
    late: bool
    cancelled: bool
    mark: str
    words: str
    milestones: tuple[Milestone, ...]

    @property
    def next_deliverable(self) -> Milestone | None:
        """The deliverable that is due next; a delivered one keeps its day."""
        return min((one for one in self.milestones if not one.delivered), key=lambda one: one.day, default=None)


Row = Line | str
"""An activity, or the title of the objective that the next ones serve."""


def timeline_rows(found: PlanFindings, shown: Iterable[UUID], language: Language) -> list[Row]:
    """The lines of a plan, as far as their activities are among those shown."""
    wanted = frozenset(shown)
    rows: list[Row] = []
    for group in found.objectives:
        own = [one for one in group.activities if one.activity.id in wanted]
        if own:
            rows.append(_heading(group, language))
            rows += [_line(one, found, language) for one in own]
    return rows


def _heading(group: ObjectiveFindings, language: Language) -> str:
    if group.objective is None:
        return language.tr(N_("No objective"))
    title = language.pick(group.objective, "short")
    return language.tr(N_("Objective {n}: {title}"), n=group.objective.number, title=title)


def _line(found: ActivityFindings, plan: PlanFindings, language: Language) -> Line:
    one, tr = found.activity, language.tr
    late = not found.on_track and one.status is not ActivityStatus.CANCELLED
    marks = [language.percent(one.progress)]
    if one.status in SAID:
        marks.append(tr(one.status.label))
    elif late:
        marks.append(tr(N_("Late")))
    milestones = tuple(_milestones(found.deliverables, plan.on, language))
    money = found.money
    named = money.required or money.available
    return Line(
        id=one.id,
        title=language.pick(one, "title"),
        lead=found.lead.short if found.lead else "",
        money=language.number(major_units(money.required, money.currency), decimals(money.currency)) if named else "–",
        days=workplan_findings.span(one),
        progress=one.progress,
        tone="bad" if late else STATUS_TONES[one.status],
        late=late,
        cancelled=one.status is ActivityStatus.CANCELLED,
        mark=" · ".join(marks),
        words="\n".join([*_said(found, late, language), *(each.words for each in milestones)]),
        milestones=milestones,
    )


def _said(found: ActivityFindings, late: bool, language: Language) -> list[str]:
    one, tr = found.activity, language.tr
    said = [language.pick(one, "title")]
    if found.lead is not None:
        said.append(tr(N_("Lead: {name}"), name=found.lead.short))
    states = [tr(one.status.label)]
    if late and one.status is not ActivityStatus.DELAYED:
        states.append(tr(N_("Late")))
    said.append(" · ".join([*states, language.percent(one.progress)]))
    days = workplan_findings.span(one)
    said.append(days_words(*days, language) if days else tr(N_("No days set")))
    return said


def days_words(start: date, end: date, language: Language) -> str:
    """From when to when, as one reads it."""
    if start == end:
        return language.day(start, short=True)
    return language.tr(N_("{start} to {end}"), start=language.day(start, short=True), end=language.day(end, short=True))


def _milestones(deliverables: Iterable[Deliverable], on: date, language: Language) -> Iterable[Milestone]:
    for one in deliverables:
        day = one.delivered_on or one.due
        if day is None:
            continue
        title, told = language.pick(one, "title"), language.day(day, short=True)
        late = one.delivered_on is None and day < on
        if one.delivered_on is not None:
            words = language.tr(N_("Delivered on {day}: {title}"), day=told, title=title)
        else:
            words = language.tr(N_("Deliverable by {day}: {title}"), day=told, title=title)
        marks = [words, language.tr(N_("Late"))] if late else [words]
        yield Milestone(one.id, day, one.delivered_on is not None, late, " · ".join(marks))
