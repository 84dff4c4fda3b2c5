"""The text of terms of reference, clause by clause: its objectives and themes, and its reviews."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.db.partial import partial_date
from unnm_desktop.i18n import N_


class TorClause(Record):
    """One clause of a version's text, in the ToR's own words."""

    __tablename__ = "tor_clause"
    NOUN = N_("Clause")
    SEARCHED = ("heading_en", "heading_ar", "text_en", "text_ar", "code")

    tor_id: Mapped[UUID] = mapped_column(ForeignKey("terms_of_reference.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(default="")
    heading_en: Mapped[str] = mapped_column(default="")
    heading_ar: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    text_ar: Mapped[str] = mapped_column(default="")


class Objective(Record):
    """One objective of a version of the terms of reference; numbers of two networks are not comparable."""

    __tablename__ = "objective"
    NOUN = N_("Objective")
    SEARCHED = ("short_en", "short_ar", "text_en", "text_ar")

    tor_id: Mapped[UUID] = mapped_column(ForeignKey("terms_of_reference.id"), index=True)
    number: Mapped[int]
    short_en: Mapped[str] = mapped_column(default="")
    short_ar: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    text_ar: Mapped[str] = mapped_column(default="")
    asks: Mapped[list[str]] = mapped_column(default=list)


class Theme(Record):
    """One topic of the ToR's coordination objective; retired, never lost."""

    __tablename__ = "theme"
    NOUN = N_("Theme")
    SEARCHED = ("name_en", "name_ar")

    tor_id: Mapped[UUID] = mapped_column(ForeignKey("terms_of_reference.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name_en: Mapped[str] = mapped_column(default="")
    name_ar: Mapped[str] = mapped_column(default="")
    gcm: Mapped[list[int]] = mapped_column(default=list)
    retired: Mapped[str] = partial_date()


class ReviewOutcome(Choice):
    """What a yearly review ended in."""

    NO_CHANGE = "no_change", N_("No change")
    AMEND = "amend", N_("Amend")


class TorReview(Record):
    """One review of the terms of reference (B-V3)."""

    __tablename__ = "tor_review"
    NOUN = N_("ToR review")
    SEARCHED = ("note",)

    tor_id: Mapped[UUID] = mapped_column(ForeignKey("terms_of_reference.id"), index=True)
    reviewed_on: Mapped[date]
    outcome: Mapped[ReviewOutcome] = choice(ReviewOutcome, ReviewOutcome.NO_CHANGE)
    note: Mapped[str] = mapped_column(default="")
