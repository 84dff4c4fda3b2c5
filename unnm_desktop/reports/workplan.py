"""The annual workplan: its table by objective and output, money, progress, timeline and indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unnm_desktop.db.workplans import WorkplanState
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import Document, Request, plan_facts
from unnm_desktop.reports import plan_tables as t
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import NetworkFacts
from unnm_desktop.reports.gathering import network_facts
from unnm_desktop.reports.plan_facts import PlanFacts
from unnm_desktop.services.plan_names import in_digits
from unnm_desktop.typeset.blocks import Block, Callout, Facts, Figures, Heading, KeepTogether, Rich, Section

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_UNADOPTED = (WorkplanState.DRAFT, WorkplanState.FOR_CONSENSUS)


@dataclass(frozen=True)
class Findings:
    """The plan of a year that holds."""

    network: NetworkFacts
    year: int
    plan: PlanFacts | None


def gather(session: Session, request: Request) -> Findings:
    """The plan of the year as it stands."""
    year = request.year or request.on.year
    return Findings(
        network_facts(session, request.network_id, request.on),
        year,
        plan_facts.of_year(session, request.network_id, year, request.on),
    )


def compose(findings: Findings, language: Language) -> Document:
    """The plan in landscape."""
    tr = language.tr
    plan = findings.plan
    title = tr(N_("Workplan {year}"), year=language.day(str(findings.year)))
    symbol = f"{findings.network.country}/{findings.year}/WP"
    blocks: list[Block] = [Section(landscape=True)]
    if plan is None:
        blocks += w.heading(language, findings.network, title)
        said = tr(N_("There is no workplan for {year} yet."), year=language.day(str(findings.year)))
        blocks.append(Callout(said))
        return Document(w.furniture(language, findings.network, title, symbol), tuple(blocks))
    mark = tr(plan.state.label) if plan.state in _UNADOPTED else ""
    blocks += _head(language, findings.network, plan, title)
    blocks.append(_figures(language, plan))
    blocks.append(t.plan_table(language, plan))
    blocks += t.money_notes(language, plan)
    blocks.append(KeepTogether((Heading(tr(N_("Progress by objective")), 2), *t.progress_chart(language, plan))))
    timeline = t.timeline(language, plan, findings.network.on)
    if timeline is not None:
        blocks += [Heading(t.timeline_title(language, plan), 2), timeline, t.timeline_key(language)]
    empty = tr(N_("No indicator is set."))
    blocks.append(Heading(tr(N_("Indicators")), 2))
    blocks.append(t.indicator_table(language, plan.activities, empty=empty))
    around = w.furniture(language, findings.network, title, symbol, mark=mark)
    return Document(around, tuple(blocks))


def _head(language: Language, network: NetworkFacts, plan: PlanFacts, title: str) -> tuple[Block, ...]:
    tr = language.tr
    adopted = ""
    if plan.adopted_on:
        adopted = language.day(plan.adopted_on)
        if plan.adopted_by:
            adopted = tr(N_("{day}, by decision {reference}"), day=adopted, reference=w.reference(plan.adopted_by))
    shared = [
        tr(N_("{name} on {day}"), name=w.addressee(language, name), day=language.day(day)) for name, day in plan.shared
    ]
    rows: list[tuple[str, Rich]] = [
        (tr(N_("Network")), w.name(language, network.name)),
        (tr(N_("Title")), in_digits(w.said(language, plan.title), language)),
        (
            tr(N_("Version")),
            tr(N_("{n} ({state})"), n=plan.version, state=tr(plan.state.label)),
        ),
        (tr(N_("Adopted on")), adopted or tr(N_("not adopted yet"))),
        (tr(N_("Shared with")), language.list(shared) or tr(N_("not shared yet"))),
        (tr(N_("As at")), language.day(network.on)),
    ]
    return (Heading(title, 1), Facts(tuple(row for row in rows if row[1])))


def _figures(language: Language, plan: PlanFacts) -> Figures:
    tr = language.tr
    percent = language.percent(plan.percent) if plan.percent is not None else "–"
    return Figures(
        (
            (language.number(len(plan.activities)), tr(N_("Activities"))),
            (percent, tr(N_("Mean progress"))),
            (language.number(plan.on_track), tr(N_("On track"))),
            (language.number(plan.off_track), tr(N_("Off track"))),
            (
                t.amount(language, plan.money.to_be_mobilized, plan.money.currency),
                tr(N_("To be mobilized ({currency})"), currency=plan.money.currency),
            ),
        )
    )
