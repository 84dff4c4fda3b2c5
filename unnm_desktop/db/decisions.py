"""Decisions by consensus and the positions of those who are heard."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.i18n import N_


class DecisionSubject(Choice):
    """What a decision is about; workplan, ToR and reports have the longer silence."""

    GENERAL = "general", N_("General")
    WORKPLAN = "workplan", N_("Workplan")
    TOR = "tor", N_("Terms of reference")
    REPORT = "report", N_("Report")
    MEMBERSHIP = "membership", N_("Membership")
    CHAIR = "chair", N_("Chairing")
    SKIP_MEETING = "skip_meeting", N_("Skip or move a regular meeting")


class DecisionAct(Choice):
    """What the officer has done with a decision; its state of consensus is computed."""

    NONE = "none", N_("None")
    DEFERRED = "deferred", N_("Deferred")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    ESCALATED = "escalated", N_("Escalated to UNRC/UNCT")


class DecisionState(Choice):
    """The computed state (rules.md, section 4)."""

    DRAFT = "draft", N_("Draft")
    PENDING = "pending", N_("Pending")
    ADOPTED = "adopted", N_("Adopted by consensus")
    NOT_ADOPTED = "not_adopted", N_("Not adopted")
    DEFERRED = "deferred", N_("Deferred")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    ESCALATED = "escalated", N_("Escalated")
    IMPLEMENTED = "implemented", N_("Implemented")
    SUPERSEDED = "superseded", N_("Superseded")


class Stance(Choice):
    """A member's position on a decision."""

    NOT_REACHED = "not_reached", N_("Not reached")
    AGREES = "agrees", N_("Agrees")
    RESERVATION = "reservation", N_("Agrees with reservation")
    NO_OBJECTION = "no_objection", N_("No objection (silence)")
    OBJECTS = "objects", N_("Objects")


class Decision(Record):
    """A text put to the members; it has a state once it has a text."""

    __tablename__ = "decision"
    NOUN = N_("Decision")
    SEARCHED = ("text_en", "text_ar", "reference", "title_en", "title_ar")
    __table_args__ = (
        Index("ix_decision_network_id_decided_on", "network_id", "decided_on"),
        # The order of what came from decisions, and the next free number.
        Index("ix_decision_network_id_reference", "network_id", "reference", "id"),
    )

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"))
    reference: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    text_ar: Mapped[str] = mapped_column(default="")
    subject: Mapped[DecisionSubject] = choice(DecisionSubject, DecisionSubject.GENERAL)
    decided_on: Mapped[date]
    """The day it was put to the members; the snapshot of who is heard is of that day."""
    pending_on: Mapped[date | None] = mapped_column(default=None)
    """When the snapshot was taken; none = still a draft."""
    all_members: Mapped[bool] = mapped_column(default=True)
    """Whether the absent must be heard too: the rule of the day it was put to the members, kept with the snapshot."""
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), default=None, index=True)
    agenda_item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"), default=None)
    objective_id: Mapped[UUID | None] = mapped_column(ForeignKey("objective.id"), default=None)
    silence_from: Mapped[datetime | None] = mapped_column(default=None)
    silence_until: Mapped[datetime | None] = mapped_column(default=None)
    silence_extension: Mapped[str] = mapped_column(default="")
    """Why the silence was extended."""
    silence_broken_at: Mapped[datetime | None] = mapped_column(default=None)
    """When an objection broke the silence: withdrawing it later does not bring the silence back."""
    act: Mapped[DecisionAct] = choice(DecisionAct, DecisionAct.NONE)
    act_on: Mapped[date | None] = mapped_column(default=None)
    act_reason: Mapped[str] = mapped_column(default="")
    implemented_on: Mapped[date | None] = mapped_column(default=None)
    superseded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"), default=None)
    note: Mapped[str] = mapped_column(default="")

    @property
    def has_text(self) -> bool:
        """Whether there is a text in either language."""
        return bool(self.text_en.strip() or self.text_ar.strip())


class Position(Record):
    """What one member of the snapshot says."""

    __tablename__ = "position"
    NOUN = N_("Position on a decision")
    SEARCHED = ("reason",)

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    stance: Mapped[Stance] = choice(Stance, Stance.NOT_REACHED)
    said_on: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    """The reservation, or why it objects."""
    would_resolve: Mapped[str] = mapped_column(default="")
    """What would resolve an objection."""
    objected_until: Mapped[date | None] = mapped_column(default=None)
    """The day on which the member took its objection back: there was no consensus before."""
    late: Mapped[bool] = mapped_column(default=False)
    """Said after adoption or after the silence had ended: recorded and flagged, it undoes nothing."""

    def problems(self) -> dict[str, str]:
        """A reason for an objection or a reservation."""
        if self.stance in (Stance.OBJECTS, Stance.RESERVATION) and not self.reason.strip():
            return {"reason": N_("An objection or a reservation needs its reason.")}
        return {}
