"""Reports with their own words, issued documents with their exact bytes, and dispatches."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.db.organisations import Channel
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


class DispatchKind(Choice):
    """Which act a dispatch is: shared with, report to and endorsement are three different acts (trap 17)."""

    AGENDA = "agenda", N_("Agenda and invitation")
    MINUTES = "minutes", N_("Minutes for comments")
    SILENCE = "silence", N_("Silence procedure")
    WORKPLAN = "workplan", N_("Workplan shared")
    PROGRESS_REPORT = "progress_report", N_("Progress report submitted")
    REMINDER = "reminder", N_("Reminder to answer an invitation")
    UPDATE = "update", N_("Update on programme delivery")
    OTHER = "other", N_("Other")


class Dispatch(Record):
    """Something sent to one addressee."""

    __tablename__ = "dispatch"
    NOUN = N_("Dispatch")
    SEARCHED = ("addressee", "note")
    __table_args__ = (Index("ix_dispatch_network_id_kind", "network_id", "kind"),)

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"))
    kind: Mapped[DispatchKind] = choice(DispatchKind, DispatchKind.OTHER)
    addressee: Mapped[str] = mapped_column(default="")
    """As the ToR writes it: RC, UNCT, UNCT Heads of Agencies, government …"""
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), default=None)
    sent_at: Mapped[datetime]
    channel: Mapped[Channel] = choice(Channel, Channel.EMAIL)
    issued_id: Mapped[UUID | None] = mapped_column(ForeignKey("issued_document.id"), default=None)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), default=None)
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"), default=None)
    workplan_id: Mapped[UUID | None] = mapped_column(ForeignKey("workplan.id"), default=None)
    report_id: Mapped[UUID | None] = mapped_column(ForeignKey("report.id"), default=None)
    note: Mapped[str] = mapped_column(default="")
