"""The compliance page on paper: every duty of the terms of reference as it stands on a day, with its proofs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from unnm_desktop.i18n import N_, Language, language_for
from unnm_desktop.reports import Document, Request
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import NetworkFacts, Text
from unnm_desktop.reports.gathering import network_facts
from unnm_desktop.services import compliance
from unnm_desktop.services.compliance import Evidence
from unnm_desktop.typeset.blocks import (
    Block,
    Cell,
    Column,
    Figures,
    Heading,
    Paragraph,
    Pill,
    Section,
    Span,
    Table,
    Tone,
    ltr,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_PROOFS = 12
_TONES: dict[str, Tone] = {"met": "good", "due": "warn", "late": "bad", "not_required": "neutral"}


@dataclass(frozen=True)
class DutyFacts:
    """One duty as it stands, its sentence in both languages."""

    duty: str
    state: str
    due: date | None
    clause: str
    says: Text
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Findings:
    """How the duties of a network stand on a day."""

    network: NetworkFacts
    duties: tuple[DutyFacts, ...]


def gather(session: Session, request: Request) -> Findings:
    """Judge every duty at the end of that day."""
    # The sentences name records, which stay behind; the digits and month names are the reader's.
    english, arabic = language_for("en", paper=True), language_for("ar", paper=True)
    told = {"en": english, "ar": arabic, request.language.code: request.language}
    found = compliance.duties(session, request.network_id, request.on)
    return Findings(
        network_facts(session, request.network_id, request.on),
        tuple(
            DutyFacts(
                one.duty,
                one.state,
                one.due,
                one.clause,
                Text(one.says.told(told["en"]), one.says.told(told["ar"])),
                one.evidence,
            )
            for one in found
        ),
    )


def compose(findings: Findings, language: Language) -> Document:
    """One row for each duty that the text asks for; the others are named after the table."""
    tr = language.tr
    title = tr(N_("Compliance with the terms of reference"))
    asked = [one for one in findings.duties if one.state != "not_required"]
    blocks: list[Block] = [Section(landscape=True), *w.heading(language, findings.network, title)]
    if asked:
        blocks += [_figures(language, asked), Heading(tr(N_("Duties")), 2)]
    blocks.append(_table(language, asked, findings))
    spared = [tr(compliance.TITLES[one.duty]) for one in findings.duties if one.state == "not_required"]
    if asked and spared:
        words = tr(N_("The terms of reference do not ask for: {names}."), names=language.list(spared))
        blocks.append(Paragraph(words, "small"))
    return Document(w.furniture(language, findings.network, title), tuple(blocks))


def _figures(language: Language, asked: list[DutyFacts]) -> Figures:
    return Figures(
        tuple(
            (language.number(sum(one.state == state for one in asked)), language.tr(compliance.STATES[state]))
            for state in ("met", "due", "late")
        )
    )


def _table(language: Language, asked: list[DutyFacts], findings: Findings) -> Table:
    tr = language.tr
    # Where nothing is judged, every duty carries the same reason.
    reason = w.said(language, findings.duties[0].says) if findings.duties else ""
    return Table(
        columns=(
            Column(tr(N_("State")), 1.0, kind="pill"),
            Column(tr(N_("Duty and how it stands")), 4.6),
            Column(tr(N_("Due")), 1.2),
            Column(tr(N_("Clause")), 1.0, kind="code"),
            Column(tr(N_("Evidence")), 2.4),
        ),
        rows=tuple(_row(language, one) for one in asked),
        empty=reason,
    )


def _row(language: Language, one: DutyFacts) -> tuple[Cell, ...]:
    shown = one.evidence[:MOST_PROOFS]
    proofs = [proof.told(language) if proof.role else ltr(language.figures(proof.text)) for proof in shown]
    left = len(one.evidence) - len(shown)
    if left > 0:
        proofs.append(language.ntr("and {n} more", "and {n} more", left))
    return (
        Pill(language.tr(compliance.STATES[one.state]), _TONES[one.state]),
        (Span(language.tr(compliance.TITLES[one.duty]), bold=True), Span(f"\n{w.said(language, one.says)}")),
        language.day(one.due, short=True) or "–",
        ltr(one.clause) if one.clause else "–",
        language.list(proofs) or "–",
    )
