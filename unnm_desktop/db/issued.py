"""Reports with their own words, and issued documents with their exact bytes."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.i18n import N_


class ReportState(Choice):
    """The life of a report to the Resident Coordinator."""

    DRAFT = "draft", N_("Draft")
    SIGNED_OFF = "signed_off", N_("Signed off")
    SUBMITTED = "submitted", N_("Submitted")


class Report(Record):
    """The half-year progress report of one period (B-R1, B-R2)."""

    __tablename__ = "report"
    NOUN = N_("Report")
    SEARCHED = ("period",)

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40), default="progress-report")
    period: Mapped[str] = mapped_column(String(7))
    """2026-H1, 2026-Q2 or 2026."""
    state: Mapped[ReportState] = choice(ReportState, ReportState.DRAFT)
    signed_off_on: Mapped[date | None] = mapped_column(default=None)
    signed_off_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    submitted_on: Mapped[date | None] = mapped_column(default=None)
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"), default=None)


class ReportSection(Record):
    """The officer's words for one section of a report; the program's draft stands until they are accepted."""

    __tablename__ = "report_section"
    NOUN = N_("Section of a report")
    SEARCHED = ("text_en", "text_ar")

    report_id: Mapped[UUID] = mapped_column(ForeignKey("report.id"), index=True)
    section: Mapped[str] = mapped_column(String(40))
    text_en: Mapped[str] = mapped_column(default="")
    text_ar: Mapped[str] = mapped_column(default="")
    accepted_en: Mapped[bool] = mapped_column(default=False)
    accepted_ar: Mapped[bool] = mapped_column(default=False)


class IssuedDocument(Record):
    """A document as it went out: its bytes by hash, and what it was made from."""

    __tablename__ = "issued_document"
    NOUN = N_("Issued document")
    SEARCHED = ("title_en", "title_ar", "symbol")

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    symbol: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(2), default="en")
    period: Mapped[str] = mapped_column(default="")
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), default=None)
    workplan_id: Mapped[UUID | None] = mapped_column(ForeignKey("workplan.id"), default=None)
    report_id: Mapped[UUID | None] = mapped_column(ForeignKey("report.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)
    issued_on: Mapped[date]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(default=0)
    media_type: Mapped[str] = mapped_column(default="application/pdf")
    made_from: Mapped[dict[str, Any]] = mapped_column(default=dict)
