"""Action points: what was promised, by whom, by when."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.db.states import OPEN_STATUSES as OPEN_STATUSES
from unnm_desktop.db.states import ActionStatus as ActionStatus
from unnm_desktop.i18n import N_


class NoteKind(Choice):
    """What a note on an action point tells."""

    PROGRESS = "progress", N_("Progress")
    REMINDER = "reminder", N_("Reminder sent")


class ActionPoint(Record):
    """One promise, its owners and its day."""

    __tablename__ = "action_point"
    NOUN = N_("Action point")
    SEARCHED = ("task_en", "task_ar", "reference", "evidence")
    __table_args__ = (
        Index(
            "ix_action_point_open",
            "network_id",
            "due",
            "id",  # so that the order of the list needs no sorting
            "status",  # the last two are in the index's own condition; with them no other index looks as good
            "removed_at",
            sqlite_where=text("status IN ('open', 'in_progress') AND removed_at IS NULL"),
        ),
        # Each answers its question without a look at the rows themselves: the whole list, how many are done, the
        # next free number.
        Index("ix_action_point_network_id_due", "network_id", "due", "id", "removed_at", "status", "given_on"),
        Index("ix_action_point_status", "network_id", "status", "id", "removed_at"),
        Index("ix_action_point_network_id_reference", "network_id", "reference"),
        # One for each language's order of the tasks.
        Index("ix_action_point_task_en", "network_id", text("coalesce(nullif(task_en, ''), task_ar)"), "id"),
        Index("ix_action_point_task_ar", "network_id", text("coalesce(nullif(task_ar, ''), task_en)"), "id"),
        # What a meeting or a decision gave; most action points of a long list may come from neither.
        Index("ix_action_point_of_meeting", "meeting_id", "id", sqlite_where=text("meeting_id IS NOT NULL")),
        Index("ix_action_point_of_decision", "decision_id", "id", sqlite_where=text("decision_id IS NOT NULL")),
    )

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"))
    reference: Mapped[str] = mapped_column(default="")
    task_en: Mapped[str] = mapped_column(default="")
    task_ar: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None] = mapped_column(default=None)
    status: Mapped[ActionStatus] = choice(ActionStatus, ActionStatus.OPEN)
    done_on: Mapped[date | None] = mapped_column(default=None)
    dropped_reason: Mapped[str] = mapped_column(default="")
    given_on: Mapped[date | None] = mapped_column(default=None)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), default=None)
    agenda_item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"), default=None)
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"), default=None)
    activity_id: Mapped[UUID | None] = mapped_column(ForeignKey("activity.id"), default=None)
    objective_id: Mapped[UUID | None] = mapped_column(ForeignKey("objective.id"), default=None)
    evidence: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """A task, a day for what is done, a reason for what was dropped."""
        found: dict[str, str] = {}
        if not self.task_en.strip() and not self.task_ar.strip():
            found["task_en"] = N_("Say what is to be done.")
        if self.status is ActionStatus.DONE and self.done_on is None:
            found["done_on"] = N_("Give the day it was done.")
        if self.status is ActionStatus.DROPPED and not self.dropped_reason.strip():
            found["dropped_reason"] = N_("Say why it was dropped.")
        return found


class ActionResponsible(Record):
    """An organisation, and perhaps one person of it, responsible for an action point."""

    __tablename__ = "action_responsible"
    NOUN = N_("Responsible for an action point")
    __table_args__ = (Index("ix_action_responsible_of_action", "action_id", "removed_at", "organisation_id"),)

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action_point.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)


class ActionNote(Record):
    """Progress told, or a reminder sent."""

    __tablename__ = "action_note"
    NOUN = N_("Note on an action point")
    SEARCHED = ("text",)

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action_point.id"), index=True)
    kind: Mapped[NoteKind] = choice(NoteKind, NoteKind.PROGRESS)
    noted_on: Mapped[date]
    text: Mapped[str] = mapped_column(default="")
