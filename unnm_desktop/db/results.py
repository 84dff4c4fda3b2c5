"""Challenges the network names for the UN Country Team (Bahrain prints "impediment")."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record
from unnm_desktop.i18n import N_


class ChallengeState(Choice):
    """The life of a challenge."""

    OPEN = "open", N_("Open")
    ESCALATED = "escalated", N_("Escalated to the UNCT")
    CLOSED = "closed", N_("Closed")


class Challenge(Record):
    """Something that stands in the way and that the UNCT is asked to address (K-O3b, B-O3b)."""

    __tablename__ = "challenge"
    NOUN = N_("Challenge")
    SEARCHED = ("title_en", "title_ar", "text_en", "text_ar")

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"), index=True)
    objective_id: Mapped[UUID | None] = mapped_column(ForeignKey("objective.id"), default=None)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), default=None)
    """Who raised it."""
    theme_id: Mapped[UUID | None] = mapped_column(ForeignKey("theme.id"), default=None)
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    text_ar: Mapped[str] = mapped_column(default="")
    asked_en: Mapped[str] = mapped_column(default="")
    """What the UNCT is asked to do."""
    asked_ar: Mapped[str] = mapped_column(default="")
    raised_on: Mapped[date]
    escalated_on: Mapped[date | None] = mapped_column(default=None)
    response: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def state(self) -> ChallengeState:
        """Read from the dates."""
        if self.closed_on:
            return ChallengeState.CLOSED
        return ChallengeState.ESCALATED if self.escalated_on else ChallengeState.OPEN

    def problems(self) -> dict[str, str]:
        """A title."""
        if not self.title_en.strip() and not self.title_ar.strip():
            return {"title_en": N_("Say in a few words what the challenge is.")}
        return {}
