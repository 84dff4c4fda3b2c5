"""The cover memo of a progress report, from the reporting chair to its addressees, on one page."""

from __future__ import annotations

from unnm_desktop.db.issued import ReportState
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import words as w
from unnm_desktop.reports.progress_facts import Findings
from unnm_desktop.reports.told import told
from unnm_desktop.services.progress_words import OWN_INITIATIVE
from unnm_desktop.typeset.blocks import Block, Heading, LetterHead, Paragraph, SignatureLines, Space

_DEFAULT_ADDRESSEES = ("RC", "UNCT Heads of Agencies")


def memo(findings: Findings, language: Language, period: str, symbol: str) -> list[Block]:
    """The memo: to, from, date, subject, a few paragraphs and a line to sign on."""
    tr = language.tr
    addressees = findings.network.report_to or _DEFAULT_ADDRESSEES
    to = "\n".join(w.addressee(language, one) for one in addressees)
    body, person = findings.chair or (None, None)
    chair = w.held_by(language, body, person)
    label = tr(N_("Reporting chair"))
    sender = (
        tr(N_("{name}, reporting chair"), name=chair) if chair else tr(N_("The reporting chair (not designated yet)"))
    )
    head = LetterHead(
        to=(tr(N_("To")), to),
        from_=(tr(N_("From")), sender),
        date=(tr(N_("Date")), language.day(findings.network.on)),
        reference=(tr(N_("Reference")), w.reference(symbol)),
        subject=(tr(N_("Subject")), _subject(findings, language, period)),
    )
    blocks: list[Block] = [Heading(tr(N_("Memorandum")), 1), head, Space(4)]
    blocks += _body(findings, language, period)
    blocks.append(Paragraph(_sign_off(findings, language), "small"))
    blocks += [Space(6), SignatureLines(((label, chair),))]
    return blocks


def _subject(findings: Findings, language: Language, period: str) -> str:
    name = w.name(language, findings.network.name)
    return language.tr(N_("Progress report of the {network}, {period}"), network=name, period=period)


def _body(findings: Findings, language: Language, period: str) -> list[Block]:
    cover = findings.words.get("cover")
    if cover and cover.text and (cover.own or findings.network.report_required):
        return told(cover.text)
    opening = language.tr(OWN_INITIATIVE, period=period)
    summary = findings.words.get("summary")
    return [Paragraph(opening), *(told(summary.text) if summary else [])]


def _sign_off(findings: Findings, language: Language) -> str:
    tr = language.tr
    if findings.state is ReportState.DRAFT or findings.signed_off_on is None:
        return tr(N_("Draft: the reporting chair has not signed this report off yet."))
    return tr(
        N_("Signed off by {name} on {day}."),
        name=w.human(language, findings.signer, position=False) or tr(N_("the reporting chair")),
        day=language.day(findings.signed_off_on),
    )
