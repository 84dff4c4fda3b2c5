"""Tables that several documents share: action points, decisions and attendance."""

from __future__ import annotations

from collections.abc import Iterable

from unnm_desktop.db.meetings import Presence
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import ActionFacts, DecisionFacts, MeetingFacts, SeatTally
from unnm_desktop.typeset.blocks import Cell, Column, GroupRow, Mark, Rich, Span, Table, isolated


def action_columns(language: Language, *, origin: bool = False) -> tuple[Column, ...]:
    """The columns of every list of action points."""
    tr = language.tr
    return (
        Column(tr(N_("Reference")), 2.1, kind="code"),
        Column(tr(N_("Task")), 3.8),
        Column(tr(N_("Responsible")), 1.7),
        Column(tr(N_("Due")), 1.5),
        Column(tr(N_("State")), 1.25, kind="pill"),
        *((Column(tr(N_("Progress and evidence")), 2.4),) if origin else ()),
    )


def action_row(language: Language, action: ActionFacts, *, origin: bool = False) -> tuple[Cell, ...]:
    """One action point."""
    row: tuple[Cell, ...] = (
        w.reference(action.reference),
        w.said(language, action.task),
        w.responsible(language, action),
        _done_or_due(language, action),
        w.action_pill(language, action),
    )
    return (*row, progress_words(language, action)) if origin else row


def action_table(language: Language, actions: Iterable[ActionFacts], *, empty: str, caption: str = "") -> Table:
    """Action points in the order given."""
    rows = tuple(action_row(language, one) for one in actions)
    return Table(columns=action_columns(language), rows=rows, empty=empty, caption=caption)


def progress_words(language: Language, action: ActionFacts) -> str:
    """What was told of an action point, where it comes from, and how often it was chased."""
    # The document's own words come first, so that notes in the other language do not turn the cell around.
    lines = []
    if action.origin:
        lines.append(language.tr(N_("From {reference}"), reference=w.reference(action.origin)))
    if action.reminded:
        lines.append(language.ntr("{n} reminder sent", "{n} reminders sent", action.reminded))
    if action.note:
        lines.append(isolated(action.note))
    if action.evidence:
        lines.append(isolated(action.evidence))
    if action.dropped_reason:
        lines.append(language.tr(N_("Dropped: {reason}"), reason=isolated(action.dropped_reason)))
    return "\n".join(lines)


def _done_or_due(language: Language, action: ActionFacts) -> str:
    if action.done_on:
        return language.tr(N_("done on {day}"), day=language.day(action.done_on))
    return w.due(language, action)


def decision_table(language: Language, decisions: Iterable[DecisionFacts], zone: str, *, empty: str) -> Table:
    """Decisions with their words, their state and how it was reached."""
    tr = language.tr
    rows: list[tuple[Cell, ...] | GroupRow] = []
    for one in decisions:
        where = w.meeting_name(language, one.meeting) if one.meeting else tr(N_("outside a meeting"))
        head: Rich = (
            Span(w.reference(one.reference), bold=True),
            Span(f"\n{language.day(one.decided_on)}\n{where}"),
        )
        rows.append(
            (
                head,
                w.decision_words(language, one),
                w.decision_pill(language, one.state),
                w.positions(language, one, zone),
                w.follow_up(language, one),
            )
        )
    return Table(
        columns=(
            Column(tr(N_("Decision")), 1.7),
            Column(tr(N_("Text")), 3.6),
            Column(tr(N_("State")), 1.5, kind="pill"),
            Column(tr(N_("How it was reached")), 2.7),
            Column(tr(N_("What followed")), 1.9),
        ),
        rows=tuple(rows),
        empty=empty,
    )


def seat_table(language: Language, tallies: Iterable[SeatTally], *, empty: str, caption: str = "") -> Table:
    """How often each seat was represented, with the rate and what it is a share of."""
    tr = language.tr
    rows: list[tuple[Cell, ...] | GroupRow] = []
    category = None
    for one in tallies:
        if one.category is not category:
            category = one.category
            rows.append(GroupRow(w.category_name(language, category)))
        counts = (one.focal_point, one.alternate, one.apologies, one.absent)
        rate = tr(N_("{came} of {all}"), came=one.came, all=one.meetings)
        share = language.percent(100 * one.came / one.meetings) if one.meetings else "–"
        rows.append((w.body(language, one.body), *(language.number(count) for count in counts), rate, share))
    return Table(
        columns=(
            Column(tr(N_("Seat")), 3.4),
            Column(tr(N_("Focal point")), 1.0, "end", "number"),
            Column(tr(N_("Alternate")), 1.0, "end", "number"),
            Column(tr(N_("Apologies")), 1.0, "end", "number"),
            Column(tr(N_("Absent")), 0.9, "end", "number"),
            Column(tr(N_("Represented")), 1.2, "end", "number"),
            Column(tr(N_("Rate")), 0.8, "end", "number"),
        ),
        rows=tuple(rows),
        caption=caption,
        empty=empty,
    )


def presence_mark(language: Language, presence: Presence | None, *, by_alternate: bool = False) -> Cell:
    """A drawn sign for one seat in one meeting."""
    if presence is None:
        return "–"
    if presence is Presence.PRESENT:
        if by_alternate:
            return Mark("alternate", language.tr(N_("Alternate")))
        return Mark("present", language.tr(presence.label))
    if presence is Presence.APOLOGIES:
        return Mark("apologies", language.tr(presence.label))
    return Mark("absent", language.tr(presence.label))


def meeting_table(language: Language, meetings: Iterable[MeetingFacts], *, empty: str, caption: str = "") -> Table:
    """Meetings with their day and who led them."""
    tr = language.tr
    rows = []
    for one in meetings:
        chairs = "\n".join(w.held_by(language, *pair, position=False) for pair in one.chairs)
        rows.append(
            (
                w.reference(one.reference),
                language.day(one.day),
                w.meeting_name(language, one),
                w.name(language, one.place) or isolated(one.online),
                chairs,
            )
        )
    return Table(
        columns=(
            Column(tr(N_("Reference")), 2.3, kind="code"),
            Column(tr(N_("Date")), 1.6),
            Column(tr(N_("Meeting")), 2.2),
            Column(tr(N_("Place")), 1.9),
            Column(tr(N_("Led by")), 2.2),
        ),
        rows=tuple(rows),
        caption=caption,
        empty=empty,
    )
