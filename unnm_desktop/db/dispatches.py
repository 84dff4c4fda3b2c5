"""What was sent to whom."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.db.organisations import Channel
from unnm_desktop.i18n import N_


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
