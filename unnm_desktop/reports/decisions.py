"""The decision register of a year: what was decided, how it was reached, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unnm_desktop.db.decisions import Decision, DecisionState
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import Document, Request
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import DecisionFacts, NetworkFacts
from unnm_desktop.reports.gathering import decision_facts, network_facts
from unnm_desktop.reports.tables import decision_table
from unnm_desktop.services import gathering
from unnm_desktop.typeset.blocks import Block, Figures, Paragraph, Section

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ADOPTED = (DecisionState.ADOPTED, DecisionState.IMPLEMENTED, DecisionState.SUPERSEDED)


@dataclass(frozen=True)
class Findings:
    """The decisions of a year as they stand."""

    network: NetworkFacts
    year: int
    decisions: tuple[DecisionFacts, ...]


def gather(session: Session, request: Request) -> Findings:
    """The decisions of the year, by reference."""
    network = network_facts(session, request.network_id, request.on)
    year = request.year or request.on.year
    found = [
        one
        for one in gathering.of_network(session, Decision, request.network_id, "decided_on", "reference")
        if one.decided_on.year == year and one.decided_on <= request.on
    ]
    return Findings(network, year, tuple(decision_facts(session, found, network, request.on).values()))


def compose(findings: Findings, language: Language) -> Document:
    """The register as a landscape table."""
    tr = language.tr
    title = tr(N_("Decision register {year}"), year=language.day(str(findings.year)))
    blocks: list[Block] = [Section(landscape=True), *w.heading(language, findings.network, title)]
    if findings.decisions:
        blocks.append(_figures(language, findings.decisions))
    blocks.append(Paragraph(_rule(language, findings.network), "small"))
    empty = tr(N_("No decision was recorded in {year}."), year=language.day(str(findings.year)))
    blocks.append(decision_table(language, findings.decisions, findings.network.zone, empty=empty))
    symbol = f"{findings.network.country}/{findings.year}/D"
    return Document(w.furniture(language, findings.network, title, symbol), tuple(blocks))


def _figures(language: Language, decisions: tuple[DecisionFacts, ...]) -> Figures:
    def count(*states: DecisionState) -> str:
        return language.number(sum(one.state in states for one in decisions))

    other = (DecisionState.DRAFT, DecisionState.DEFERRED, DecisionState.WITHDRAWN, DecisionState.ESCALATED)
    return Figures(
        (
            (language.number(len(decisions)), language.tr(N_("Decisions recorded"))),
            (count(*_ADOPTED), language.tr(N_("Adopted by consensus"))),
            (count(DecisionState.PENDING), language.tr(N_("Pending"))),
            (count(DecisionState.NOT_ADOPTED), language.tr(N_("Not adopted"))),
            (count(*other), language.tr(N_("Draft, deferred, withdrawn or escalated"))),
        )
    )


def _rule(language: Language, network: NetworkFacts) -> str:
    if network.all_members:
        return language.tr(
            N_(
                "Decisions are taken by full consensus of all members: one is adopted when nobody objects and every "
                "member of that day has been heard, or is covered by a silence procedure that ran out unbroken. "
                "There are no votes."
            )
        )
    return language.tr(
        N_(
            "Decisions are taken by consensus of the members: one is adopted when nobody who is heard objects. "
            "There are no votes."
        )
    )
