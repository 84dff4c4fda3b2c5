"""Minutes by version, their entries on agenda items, and comments on them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.i18n import N_


class MinutesState(Choice):
    """The life of a version of minutes; once sealed only a corrigendum follows."""

    DRAFT = "draft", N_("Draft")
    CIRCULATED = "circulated", N_("Circulated for comments")
    SETTLED = "settled", N_("Comments settled")
    ADOPTED = "adopted", N_("Adopted")
    SEALED = "sealed", N_("Sealed")


class CommentKind(Choice):
    """What a comment asks for."""

    CORRECTION = "correction", N_("Correction")
    ADDITION = "addition", N_("Addition")
    OBJECTION = "objection", N_("Objection")
    NO_COMMENT = "no_comment", N_("No comment")


class CommentOutcome(Choice):
    """What became of a comment."""

    OPEN = "open", N_("Open")
    ACCEPTED = "accepted", N_("Accepted")
    NOT_ACCEPTED = "not_accepted", N_("Not accepted")


class Minutes(Record):
    """One version of a meeting's minutes."""

    __tablename__ = "minutes"
    NOUN = N_("Minutes")

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[MinutesState] = choice(MinutesState, MinutesState.DRAFT)
    corrigendum: Mapped[bool] = mapped_column(default=False)
    circulated_at: Mapped[datetime | None] = mapped_column(default=None)
    comments_until: Mapped[datetime | None] = mapped_column(default=None)
    adopted_on: Mapped[date | None] = mapped_column(default=None)
    adopted_at_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), default=None)
    """The later meeting that adopted them; none with ``adopted_on`` = by silence."""
    sealed_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")


class MinutesEntry(Record):
    """The text under one agenda item: a Markdown subset, with lines ``{{decision UUID}}`` and ``{{action UUID}}``."""

    __tablename__ = "minutes_entry"
    NOUN = N_("Minutes entry")
    SEARCHED = ("text_en", "text_ar")

    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"), index=True)
    agenda_item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    text_en: Mapped[str] = mapped_column(default="")
    text_ar: Mapped[str] = mapped_column(default="")


class Comment(Record):
    """What a member said about circulated minutes."""

    __tablename__ = "comment"
    NOUN = N_("Comment")
    SEARCHED = ("text",)

    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"), index=True)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("minutes_entry.id"), default=None)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), default=None)
    kind: Mapped[CommentKind] = choice(CommentKind, CommentKind.CORRECTION)
    text: Mapped[str] = mapped_column(default="")
    received_on: Mapped[date | None] = mapped_column(default=None)
    outcome: Mapped[CommentOutcome] = choice(CommentOutcome, CommentOutcome.OPEN)
    reason: Mapped[str] = mapped_column(default="")
