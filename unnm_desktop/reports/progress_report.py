"""The half-year progress report with its cover memo: composed from the period's figures and the officer's words."""

from __future__ import annotations

from unnm_desktop.db.issued import ReportState
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import Document
from unnm_desktop.reports import progress_annexes as annexes
from unnm_desktop.reports import progress_results as results
from unnm_desktop.reports import progress_sections as sections
from unnm_desktop.reports import words as w
from unnm_desktop.reports.cover_memo import memo
from unnm_desktop.reports.progress_facts import Findings, gather
from unnm_desktop.typeset.blocks import Block, Callout, Contents, Facts, Heading, PageBreak, Rich, Section

__all__ = ["Findings", "compose", "gather"]


def compose(findings: Findings, language: Language) -> Document:
    """Cover memo, report and annexes as one document."""
    tr = language.tr
    period = w.span(language, findings.period.start, findings.period.end)
    title = tr(N_("Progress report"))
    named = tr(N_("Progress report, {period}"), period=period)
    code = findings.period.code.replace("-", "/")
    symbol = f"{findings.network.country}/{code}/PR"
    mark = tr(N_("Draft")) if findings.state is ReportState.DRAFT else ""
    blocks: list[Block] = [*memo(findings, language, period, symbol), PageBreak()]
    blocks += _title(findings, language, title, period)
    blocks += [Contents(tr(N_("Contents"))), PageBreak()]
    for numbered, write in enumerate((*sections.SECTIONS, *results.SECTIONS), 1):
        heading, body = write(findings, language)
        blocks.append(Heading(f"{language.number(numbered)}. {heading}", 1))
        blocks += body
    blocks.append(Section(landscape=True))
    for place, annex in enumerate(annexes.ANNEXES):
        heading, body = annex(findings, language)
        letter = tr(annexes.LETTERS[place])
        if place:
            blocks.append(PageBreak())
        blocks.append(Heading(tr(N_("Annex {letter}. {title}"), letter=letter, title=heading), 1))
        blocks += body
    around = w.furniture(language, findings.network, named, symbol, subject=named, mark=mark)
    return Document(around, tuple(blocks))


def _title(findings: Findings, language: Language, title: str, period: str) -> list[Block]:
    tr = language.tr
    states = {
        ReportState.DRAFT: tr(N_("Draft, not signed off by the reporting chair")),
        ReportState.SIGNED_OFF: tr(N_("Signed off by the reporting chair")),
        ReportState.SUBMITTED: tr(N_("Submitted")),
    }
    rows: list[tuple[str, Rich]] = [
        (tr(N_("Network")), w.name(language, findings.network.name)),
        (tr(N_("Period")), period),
        (tr(N_("State")), states[findings.state]),
        (tr(N_("Figures as at")), language.day(findings.as_at)),
    ]
    if findings.plan is not None and findings.network.on > findings.as_at:
        # Status, progress and money carry no date of their own: said, so that nobody reads them as of the period's end.
        rows.append((tr(N_("Workplan as kept on")), language.day(findings.network.on)))
    blocks: list[Block] = [Heading(title, 1), Facts(tuple(rows))]
    if findings.running:
        told = tr(
            N_("The period is still running: the figures are those of {day} and will change."),
            day=language.day(findings.as_at),
        )
        blocks.append(Callout(told, "warn"))
    return blocks
