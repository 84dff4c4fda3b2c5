"""The annual workplan: its activities and their money."""

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.db.states import ActivityStatus as ActivityStatus
from unnm_desktop.db.states import WorkplanState as WorkplanState
from unnm_desktop.i18n import N_

MOST_SDG_TARGETS = 10
"""UN INFO allows at most ten SDG targets on one item."""


class ActivityType(Choice):
    """What kind of work an activity is (K-O1b, B-O1)."""

    PROGRAMME = "programme", N_("Programme")
    RESEARCH = "research", N_("Research")
    ADVOCACY = "advocacy", N_("Advocacy")
    CAPACITY = "capacity_building", N_("Capacity building")
    COORDINATION = "coordination", N_("Coordination")


class Workplan(Record):
    """One version of a network's plan for a year."""

    __tablename__ = "workplan"
    NOUN = N_("Workplan")
    SEARCHED = ("title_en", "title_ar")

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"), index=True)
    year: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[WorkplanState] = choice(WorkplanState, WorkplanState.DRAFT)
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    adopted_on: Mapped[date | None] = mapped_column(default=None)
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"), default=None)
    note: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """A plausible year."""
        return {} if 1990 <= self.year <= 2200 else {"year": N_("Give the year of the plan, for example 2027.")}


class Activity(Record):
    """What will be done, by whom, when."""

    __tablename__ = "activity"
    NOUN = N_("Activity")
    SEARCHED = ("title_en", "title_ar", "reference", "narrative_en", "narrative_ar")

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"), index=True)
    workplan_id: Mapped[UUID] = mapped_column(ForeignKey("workplan.id"), index=True)
    output_id: Mapped[UUID | None] = mapped_column(ForeignKey("output.id"), default=None)
    objective_id: Mapped[UUID | None] = mapped_column(ForeignKey("objective.id"), default=None)
    reference: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    kind: Mapped[ActivityType] = choice(ActivityType, ActivityType.PROGRAMME)
    lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), default=None)
    start: Mapped[date | None] = mapped_column(default=None)
    end: Mapped[date | None] = mapped_column(default=None)
    status: Mapped[ActivityStatus] = choice(ActivityStatus, ActivityStatus.YET_TO_START)
    progress: Mapped[int] = mapped_column(default=0)
    """0–100, typed by the officer."""
    value_added: Mapped[str] = mapped_column(default="")
    """Why joint (K3)."""
    gender_marker: Mapped[int | None] = mapped_column(default=None)
    gender_justification: Mapped[str] = mapped_column(default="")
    rights_marker: Mapped[int | None] = mapped_column(default=None)
    rights_justification: Mapped[str] = mapped_column(default="")
    women_en: Mapped[str] = mapped_column(default="")
    """The specific priorities of women migrants, where the ToR asks for them (K-O2w)."""
    women_ar: Mapped[str] = mapped_column(default="")
    sdg_targets: Mapped[list[str]] = mapped_column(default=list)
    gcm_objectives: Mapped[list[int]] = mapped_column(default=list)
    theme_id: Mapped[UUID | None] = mapped_column(ForeignKey("theme.id"), default=None)
    partners: Mapped[str] = mapped_column(default="")
    narrative_en: Mapped[str] = mapped_column(default="")
    narrative_ar: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """Title, order of dates, progress, markers and at most ten SDG targets (UN INFO)."""
        found: dict[str, str] = {}
        if not self.title_en.strip() and not self.title_ar.strip():
            found["title_en"] = N_("Give the activity a title.")
        if self.start and self.end and self.end < self.start:
            found["end"] = N_("The end lies before the start.")
        if not 0 <= self.progress <= 100:
            found["progress"] = N_("Progress is a number from 0 to 100.")
        for name in ("gender_marker", "rights_marker"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 3:
                found[name] = N_("A marker is a number from 0 to 3.")
        if len(self.sdg_targets) > MOST_SDG_TARGETS:
            found["sdg_targets"] = N_("At most ten SDG targets on one activity; take some away.")
        if any(not 1 <= number <= 23 for number in self.gcm_objectives):
            found["gcm_objectives"] = N_("GCM objectives are numbered 1 to 23.")
        return found


class BudgetLine(Record):
    """Money of an activity in minor units; to be mobilized is always computed, never kept."""

    __tablename__ = "budget_line"
    NOUN = N_("Budget line")
    SEARCHED = ("title_en", "title_ar")

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activity.id"), index=True)
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    required: Mapped[int] = mapped_column(default=0)
    available: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    rate: Mapped[str] = mapped_column(default="")
    """Plan currency per 1 of the line's currency, as decimal text; needed where the two differ."""
    rate_on: Mapped[date | None] = mapped_column(default=None)
    contributor: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """No negative amounts, and a rate that is a number."""
        found = {
            name: N_("An amount is never negative.")
            for name in ("required", "available", "spent")
            if getattr(self, name) < 0
        }
        if self.rate:
            try:
                good = Decimal(self.rate) > 0
            except InvalidOperation:
                good = False
            if not good:
                found["rate"] = N_("Give the rate as a number above zero, for example 2.6525.")
        return found
