"""What an illustrative network names and sends: challenges, updates, reviews and half-year reports."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.issued import Report, ReportSection, ReportState
from unnm_desktop.db.results import Challenge
from unnm_desktop.db.tor_text import ReviewOutcome, TorReview
from unnm_desktop.i18n import language_for
from unnm_desktop.services import networks, progress_reports
from unnm_desktop.services.calendar import Period, add_months, half_year, halves_ended_since
from unnm_desktop.services.sample_rows import Rows
from unnm_desktop.services.sample_world import LANGUAGES, World, both

OWN_WORDS = ("cover", "summary", "context", "next")
"""Sections that the sample's officer has written; of the others the program's draft was accepted."""
_DAYS_TO_SIGN = 20


def name_challenges(world: World, rows: Rows, on: date) -> None:
    """Name the challenges of the season that ends on a day."""
    for words in world.shared["challenges"][world.country]:

        def back(name: str, told: dict[str, int] = words) -> date | None:
            return on - timedelta(days=told[name]) if name in told else None

        raised = back("days")
        rows.add(
            Challenge,
            network_id=world.network_id,
            objective_id=world.objectives[words["objective"]],
            organisation_id=world.seat(words["by"], raised or on).body.id,
            **both(words, "title"),
            **both(words, "text"),
            **both(words, "asked"),
            raised_on=raised,
            escalated_on=back("escalated"),
            # What an earlier season named was answered in the end.
            closed_on=back("closed") if on == world.on else on,
            response=words.get("response", ""),
        )


def send_updates(world: World, rows: Rows, on: date) -> None:
    """Send the updates of a season: to the ministries in Bahrain, inside the United Nations in Kuwait (trap 24)."""
    government = [speaker["body"] for speaker in world.shared["speakers"]]
    to = ["MoFA", *government] if world.all_members else ["UNCT"]
    # In Kuwait the last one lies more than six months back, so that the next one is due.
    months = (8, 2) if world.all_members else (10, 7)
    for back in months:
        day = world.working.before(add_months(on, -back))
        for short in to:
            body = world.bodies[short]
            rows.add(
                Dispatch,
                network_id=world.network_id,
                kind=DispatchKind.UPDATE,
                addressee=body.short,
                organisation_id=body.id,
                sent_at=world.working.at(day, 12),
                channel=body.channel,
                note=world.shared["plan"]["update"],
            )


def review_terms(session: Session, world: World, rows: Rows, on: date, approved: date) -> None:
    """Review the terms of reference a little less than a year before the end of a season."""
    day = world.working.before(add_months(on, -12) + timedelta(days=20))
    tor = networks.nearest_tor(session, world.network_id, world.on)
    if world.all_members and day > approved:
        rows.add(TorReview, tor_id=tor.id, reviewed_on=day, outcome=ReviewOutcome.NO_CHANGE)


def halves(world: World, since: date) -> list[Period]:
    """The half-years that ended before the day of the sample, oldest first."""
    return [period for period in halves_ended_since(since, world.on) if period.end < world.on]


def report_earlier(session: Session, world: World, rows: Rows, periods: list[Period]) -> None:
    """Report on half-years that lie back: submitted long ago, with the officer's summary."""
    chair = world.people[world.own["chairs"][0]]
    for period in periods:
        signed = world.clip(world.working.after(period.end + timedelta(days=_DAYS_TO_SIGN)))
        key = rows.add(
            Report,
            network_id=world.network_id,
            period=period.code,
            state=ReportState.SUBMITTED,
            signed_off_on=signed,
            signed_off_by_id=chair,
            submitted_on=signed,
        )
        for section in ("cover", "summary"):
            rows.add(
                ReportSection,
                report_id=key,
                section=section,
                **both(world.shared["report"], section, "text"),
                accepted_en=True,
                accepted_ar=True,
            )
        for addressee in progress_reports.addressees(session, world.network_id, signed):
            rows.add(
                Dispatch,
                network_id=world.network_id,
                kind=DispatchKind.PROGRESS_REPORT,
                addressee=addressee,
                sent_at=world.working.at(signed, 12),
                report_id=key,
            )


def report_last(session: Session, world: World, period: Period) -> None:
    """Write, sign off and submit the report of the last half-year that ended."""
    report = progress_reports.open_report(session, world.network_id, period.code)
    counted = progress_reports.figures(session, world.network_id, period, world.on)
    sections = [name for name in progress_reports.SECTIONS if name not in OWN_WORDS]
    sections += [progress_reports.objective_section(number) for number in sorted(world.objectives)]
    for name in OWN_WORDS:
        progress_reports.write_section(session, report.id, name, **both(world.shared["report"], name, "text"))
    for name in sections:
        drafts = {
            f"text_{code}": progress_reports.draft(counted, name, language_for(code, paper=True)) for code in LANGUAGES
        }
        progress_reports.write_section(session, report.id, name, **drafts)
    world.counts["report_section"] += len(OWN_WORDS) + len(sections)
    day = world.clip(world.working.after(period.end + timedelta(days=_DAYS_TO_SIGN)))
    progress_reports.sign_off(session, report.id, day)
    sent = progress_reports.submit(session, report.id, world.working.at(day, 12))
    world.counts["report"] += 1
    world.counts["dispatch"] += len(sent)


def begin_report(session: Session, world: World) -> None:
    """Begin the report of the half-year that runs; it is neither written nor sent."""
    progress_reports.open_report(session, world.network_id, half_year(world.on).code)
    world.counts["report"] += 1
