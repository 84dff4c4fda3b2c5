"""The officer's words in a progress report, which is begun where it was not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from unnm_desktop.services import calendar, progress_reports
from unnm_desktop.services.progress_figures import figures

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from unnm_desktop.db.issued import Report
    from unnm_desktop.i18n import Language

T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """A progress report with what the officer writes in it."""

    report: Report | None
    texts: tuple[progress_reports.SectionText, ...]


def read_words(session: Session, network_id: UUID, period: str, language: Language, on: date) -> Words:
    """The sections of a progress report as they stand: the officer's words or the program's draft."""
    report = progress_reports.report_for(session, network_id, period)
    written = progress_reports.sections(session, report.id if report else None)
    counted = figures(session, network_id, calendar.Period.parse(period), on)
    return Words(
        report,
        tuple(
            progress_reports.section_text(counted, written, section, language) for section in progress_reports.SECTIONS
        ),
    )


def keep_words(session: Session, network_id: UUID, period: str, section: str, code: str, text: str) -> object:
    """Write the officer's words of one section, beginning the report where it was not."""
    report = progress_reports.open_report(session, network_id, period)
    return progress_reports.write_section(session, report.id, section, **{f"text_{code}": text})


def with_report(session: Session, network_id: UUID, period: str, verb: Callable[..., T], *args: object) -> T:
    """Do something with the report of a period, beginning it where it was not."""
    return verb(session, progress_reports.open_report(session, network_id, period).id, *args)
