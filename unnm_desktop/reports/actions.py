"""The action tracker: what is overdue, due soon, due later, and lately done, with who owes what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from unnm_desktop.db.actions import ActionStatus
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import Document, Request
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import ActionFacts, Body, NetworkFacts
from unnm_desktop.reports.gathering import actions_of, network_facts
from unnm_desktop.reports.tables import action_columns, action_row
from unnm_desktop.typeset.blocks import (
    Block,
    Cell,
    Column,
    Figures,
    GroupRow,
    Heading,
    KeepTogether,
    Paragraph,
    Section,
    Table,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SOON = timedelta(days=14)
LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Findings:
    """The action points of a network on a day."""

    network: NetworkFacts
    actions: tuple[ActionFacts, ...]

    @property
    def soon(self) -> date:
        """The last day that counts as soon."""
        return self.network.on + SOON

    @property
    def lately(self) -> date:
        """The first day that counts as lately."""
        return self.network.on - LATELY


def gather(session: Session, request: Request) -> Findings:
    """Every action point given by that day."""
    return Findings(
        network_facts(session, request.network_id, request.on),
        actions_of(session, request.network_id, request.on),
    )


def compose(findings: Findings, language: Language) -> Document:
    """The tracker as a landscape table, overdue first."""
    tr = language.tr
    title = tr(N_("Action tracker"))
    blocks: list[Block] = [Section(landscape=True), *w.heading(language, findings.network, title)]
    groups = _groups(findings)
    open_now = [one for one in findings.actions if one.open]
    if findings.actions:
        overdue, soon, _later, done, _dropped = (actions for _, actions in groups)
        blocks.append(
            Figures(
                (
                    (language.number(len(open_now)), tr(N_("Open"))),
                    (language.number(len(overdue)), tr(N_("Overdue"))),
                    (language.number(len(soon)), tr(N_("Due within 14 days"))),
                    (language.number(len(done)), tr(N_("Done in the last 90 days"))),
                )
            )
        )
    blocks += [Heading(tr(N_("Action points")), 2), _tracker(language, groups)]
    if open_now:
        heading = Heading(tr(N_("Open action points by organization")), 2)
        blocks.append(KeepTogether((heading, _by_body(language, findings))))
        note = tr(N_("An action point with several responsible organizations is counted under each of them."))
        blocks.append(Paragraph(note, "small"))
    return Document(w.furniture(language, findings.network, title), tuple(blocks))


def _groups(findings: Findings) -> tuple[tuple[str, tuple[ActionFacts, ...]], ...]:
    on = findings.network.on

    def chosen(
        test: Callable[[ActionFacts], bool], key: Callable[[ActionFacts], tuple[Any, ...]]
    ) -> tuple[ActionFacts, ...]:
        return tuple(sorted((one for one in findings.actions if test(one)), key=key))

    def by_due(one: ActionFacts) -> tuple[Any, ...]:
        return (one.due is None, one.due or date.max, one.reference)

    def newest(one: ActionFacts) -> tuple[Any, ...]:
        return (-(one.done_on or date.min).toordinal(), one.reference)

    def soon(one: ActionFacts) -> bool:
        return one.open and one.due is not None and on <= one.due <= findings.soon

    return (
        (N_("Overdue"), chosen(lambda one: one.open and one.days_late > 0, by_due)),
        (N_("Due within 14 days"), chosen(soon, by_due)),
        (N_("Due later"), chosen(lambda one: one.open and (one.due is None or one.due > findings.soon), by_due)),
        (
            N_("Done in the last 90 days"),
            chosen(lambda one: one.done_on is not None and one.done_on >= findings.lately, newest),
        ),
        (
            N_("Dropped in the last 90 days"),
            chosen(lambda one: one.status is ActionStatus.DROPPED and (one.given_on or on) >= findings.lately, newest),
        ),
    )


def _tracker(language: Language, groups: Iterable[tuple[str, tuple[ActionFacts, ...]]]) -> Table:
    rows: list[tuple[Cell, ...] | GroupRow] = []
    for name, actions in groups:
        if actions:
            rows.append(GroupRow(f"{language.tr(name)} ({language.number(len(actions))})"))
            rows += [action_row(language, one, origin=True) for one in actions]
    empty = language.tr(N_("No action point is open, and none was done in the last 90 days."))
    return Table(columns=action_columns(language, origin=True), rows=tuple(rows), empty=empty)


def _by_body(language: Language, findings: Findings) -> Table:
    counts: dict[Body, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in findings.actions:
        if one.open:
            for body in dict.fromkeys(body for body, _ in one.responsible):
                counts[body][0] += 1
                counts[body][1] += one.days_late > 0
                counts[body][2] += one.due is not None and findings.network.on <= one.due <= findings.soon
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1][1], -pair[1][0], pair[0].short))
    rows = tuple((w.body(language, body), *(language.number(n) for n in row)) for body, row in ordered)
    return Table(
        columns=(
            Column(language.tr(N_("Organization")), 4),
            Column(language.tr(N_("Open")), 1, "end", "number"),
            Column(language.tr(N_("Overdue")), 1, "end", "number"),
            Column(language.tr(N_("Due within 14 days")), 1.4, "end", "number"),
        ),
        rows=rows,
        empty=language.tr(N_("No organization is named as responsible.")),
    )
