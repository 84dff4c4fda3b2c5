"""The half-year report to the Resident Coordinator: its own words, its sign-off and its way to every addressee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.identity import link_id
from unnm_desktop.db.issued import Report, ReportSection, ReportState
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Channel
from unnm_desktop.db.people import OfficeKind, Person
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import issued, networks, people, records
from unnm_desktop.services.calendar import Period
from unnm_desktop.services.people import OfficeHolder
from unnm_desktop.services.progress_figures import PeriodFigures, figures
from unnm_desktop.services.progress_words import SECTIONS, draft, objective_section
from unnm_desktop.services.says import Names

# One door for callers: figures and drafts come from here too.
__all__ = ["SECTIONS", "PeriodFigures", "draft", "figures", "objective_section"]

KIND = "progress-report"


@dataclass(frozen=True)
class SectionText:
    """The words of one section in one language, as the report prints them.

    Args:
        text: the officer's words, else those the program drafted.
        accepted: whether the officer stands by them.
        own: whether the officer wrote or accepted them, rather than the program.

    """

    section: str
    text: str
    accepted: bool
    own: bool


def report_for(session: Session, network_id: UUID, period: str) -> Report | None:
    """The report of a period, if it was begun."""
    return records.first_of(
        session,
        Report,
        Report.network_id == network_id,
        Report.kind == KIND,
        Report.period == Period.parse(period).code,
    )


def open_report(session: Session, network_id: UUID, period: str) -> Report:
    """The report of a period, begun if it was not.

    Raises:
        UserError: the text is not a period.

    """
    found = report_for(session, network_id, period)
    if found is not None:
        return found
    code = Period.parse(period).code
    key = link_id(f"report {KIND} {code}", network_id, network_id)
    return records.begin(session, Report, key, network_id=network_id, kind=KIND, period=code)


def sections(session: Session, report_id: UUID | None) -> dict[str, ReportSection]:
    """The officer's own words of a report, by section."""
    if report_id is None:
        return {}
    return {one.section: one for one in records.all_of(session, ReportSection, ReportSection.report_id == report_id)}


def section_text(
    counted: PeriodFigures, written: Mapping[str, ReportSection], section: str, language: Language
) -> SectionText:
    """What a section says in a language: the officer's words, else the program's draft from the figures."""
    own = written.get(section)
    code = language.code
    text = getattr(own, f"text_{code}") if own else ""
    if text.strip():
        return SectionText(section, text, bool(getattr(own, f"accepted_{code}")), own=True)
    return SectionText(section, draft(counted, section, language), accepted=False, own=False)


def write_section(
    session: Session, report_id: UUID, section: str, *, text_en: str | None = None, text_ar: str | None = None
) -> ReportSection:
    """Keep the officer's words of a section; what the officer writes is accepted, an emptied one is drafted anew.

    Raises:
        UserError: the report is signed off or submitted.

    """
    report = records.get(session, Report, report_id)
    if report.state is not ReportState.DRAFT:
        raise UserError(N_("The report is signed off, so its words stay. Take the sign-off back to change them."))
    given = {"en": text_en, "ar": text_ar}
    values: dict[str, object] = {}
    for code, text in given.items():
        if text is not None:
            values |= {f"text_{code}": text, f"accepted_{code}": bool(text.strip())}
    own = sections(session, report_id).get(section)
    if own is None:
        key = link_id(f"report_section {section}", report_id, report_id)
        return records.begin(session, ReportSection, key, report_id=report_id, section=section, **values)
    return records.update(session, ReportSection, own.id, **values)


def reporting_chair(session: Session, network_id: UUID, on: date) -> OfficeHolder | None:
    """Who signs the report on that day: the designated reporting chair; where the ToR asks for none, the chair."""
    offices = people.offices_on(session, network_id, on)
    by_kind = {one.office.kind: one for one in reversed(offices)}
    duty = networks.rules_on(session, network_id, on).duty("progress_report")
    if duty is not None and duty.through == "reporting_chair":
        return by_kind.get(OfficeKind.REPORTING_CHAIR)
    return by_kind.get(OfficeKind.REPORTING_CHAIR) or by_kind.get(OfficeKind.CHAIR)


def sign_off(session: Session, report_id: UUID, on: date, person_id: UUID | None = None) -> Report:
    """Record that the reporting chair signed the report off (B-R2).

    Raises:
        UserError: it is signed off already, its period runs, nobody is designated, or somebody else signs.

    """
    report = records.get(session, Report, report_id)
    if report.state is not ReportState.DRAFT:
        raise UserError(N_("The report is signed off already."))
    if on <= Period.parse(report.period).end:
        raise UserError(
            N_("The period {period} has not ended yet. Sign the report off after its last day."), period=report.period
        )
    chair = reporting_chair(session, report.network_id, on)
    if chair is None:
        raise UserError(
            N_("Nobody is designated as reporting chair on that day. Name one under Terms of reference, then sign off.")
        )
    signer = _signer(session, chair, person_id)
    return records.update(
        session, Report, report_id, state=ReportState.SIGNED_OFF, signed_off_on=on, signed_off_by_id=signer.id
    )


def _signer(session: Session, chair: OfficeHolder, person_id: UUID | None) -> Person:
    body = chair.organisation.short if chair.organisation else ""
    if person_id is None and chair.person is None:
        raise UserError(N_("The reporting chair {body} has no person named. Name one, then sign off."), body=body)
    signer = records.get(session, Person, person_id) if person_id is not None else chair.person
    if signer is None:
        raise RuntimeError("a signer was given or is the chair")
    if chair.person is not None:
        right = signer.id == chair.person.id
    else:
        right = chair.organisation is not None and signer.organisation_id == chair.organisation.id
    if not right:
        raise UserError(
            N_("Only the reporting chair signs the report off: {name}."),
            name=(chair.person.title() if chair.person else "") or body,
        )
    return signer


def take_back_sign_off(session: Session, report_id: UUID) -> Report:
    """Make a signed-off report a draft again.

    Raises:
        UserError: it was submitted.

    """
    report = records.get(session, Report, report_id)
    if report.state is ReportState.SUBMITTED:
        raise UserError(N_("The report was submitted. What went out stays as it is."))
    return records.update(
        session, Report, report_id, state=ReportState.DRAFT, signed_off_on=None, signed_off_by_id=None
    )


def addressees(session: Session, network_id: UUID, on: date) -> tuple[str, ...]:
    """To whom the terms of reference of that day want the report to go."""
    duty = networks.rules_on(session, network_id, on).duty("progress_report")
    return tuple(duty.to) if duty else ()


def submit(
    session: Session,
    report_id: UUID,
    at: datetime,
    *,
    to: Sequence[str] = (),
    channel: Channel = Channel.EMAIL,
    issued_id: UUID | None = None,
) -> list[Dispatch]:
    """Record that a signed-off report went out; it is *submitted* once every addressee of the rules has it (B-R1).

    It goes to the addressees given, else to all of those who do not have it yet.

    Raises:
        UserError: it is not signed off, or nobody is named.

    """
    report = records.get(session, Report, report_id)
    if report.state is ReportState.DRAFT:
        raise UserError(
            N_("The report is not signed off yet. The reporting chair signs it off before it is submitted.")
        )
    day = at.astimezone(ZoneInfo(records.get(session, Network, report.network_id).time_zone)).date()
    owed = addressees(session, report.network_id, day)
    sent = issued.dispatches(session, report.network_id, DispatchKind.PROGRESS_REPORT, report_id=report_id)
    names = tuple(to) or issued.unreached(owed, sent)
    if not names and not owed:
        raise UserError(N_("The terms of reference name nobody to report to. Say to whom the report goes."))
    if not names:
        raise UserError(N_("The report went to everybody already: {names}."), names=Names(owed))
    made = [
        issued.record_dispatch(
            session,
            report.network_id,
            DispatchKind.PROGRESS_REPORT,
            name,
            at,
            channel=channel,
            issued_id=issued_id,
            report_id=report_id,
        )
        for name in names
    ]
    if report.state is not ReportState.SUBMITTED and not issued.unreached(owed, sent + made):
        records.update(session, Report, report_id, state=ReportState.SUBMITTED, submitted_on=day)
    return made
