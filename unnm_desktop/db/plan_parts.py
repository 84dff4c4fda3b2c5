"""The parts of a workplan around its activities: outputs, participants, deliverables, indicators."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Record
from unnm_desktop.i18n import N_


class Output(Record):
    """A result under one objective of the ToR."""

    __tablename__ = "output"
    NOUN = N_("Output")
    SEARCHED = ("title_en", "title_ar")

    workplan_id: Mapped[UUID] = mapped_column(ForeignKey("workplan.id"), index=True)
    objective_id: Mapped[UUID | None] = mapped_column(ForeignKey("objective.id"), default=None)
    position: Mapped[int] = mapped_column(default=0)
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")


class ActivityParticipant(Record):
    """An organisation that takes part in an activity beside its lead."""

    __tablename__ = "activity_participant"
    NOUN = N_("Participating agency")

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activity.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))


class Deliverable(Record):
    """A thing an activity hands over on a day (B-W1)."""

    __tablename__ = "deliverable"
    NOUN = N_("Deliverable")
    SEARCHED = ("title_en", "title_ar")

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activity.id"), index=True)
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None] = mapped_column(default=None)
    delivered_on: Mapped[date | None] = mapped_column(default=None)

    def problems(self) -> dict[str, str]:
        """A title."""
        if not self.title_en.strip() and not self.title_ar.strip():
            return {"title_en": N_("Say what is delivered.")}
        return {}


class Indicator(Record):
    """How the result of an activity is read."""

    __tablename__ = "indicator"
    NOUN = N_("Indicator")
    SEARCHED = ("title_en", "title_ar")

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activity.id"), index=True)
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    baseline: Mapped[str] = mapped_column(default="")
    baseline_year: Mapped[int | None] = mapped_column(default=None)
    target: Mapped[str] = mapped_column(default="")
    verification: Mapped[str] = mapped_column(default="")
    by_sex: Mapped[bool] = mapped_column(default=False)


class Measurement(Record):
    """An indicator as measured on a day."""

    __tablename__ = "measurement"
    NOUN = N_("Measurement")

    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("indicator.id"), index=True)
    measured_on: Mapped[date]
    value: Mapped[str] = mapped_column(default="")
    women: Mapped[str] = mapped_column(default="")
    men: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
