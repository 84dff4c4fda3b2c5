"""The outputs of a workplan: added, renamed, put under their objectives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.plan_parts import Output
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.db.workplans import Activity, Workplan
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, records, workplan_changes, workplans
from unnm_desktop.services.says import Year
from unnm_desktop.services.workplan_listing import outputs_of
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.forms import BilingualField
from unnm_desktop.ui.inspector import Head, Part, Section
from unnm_desktop.ui.listing_source import Layout, source_of
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.reading_fields import LinkField
from unnm_desktop.ui.widgets import label
from unnm_desktop.ui.workplan_forms import ask_output, objective_choices

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.row_source import RowSource

NO_PLAN = UUID(int=0)


@dataclass(frozen=True)
class Sheet:
    """An output with what its inspector shows."""

    output: Output
    activities: tuple[Activity, ...]
    objectives: tuple[Objective, ...]


def read_sheet(session: Session, output_id: UUID, network_id: UUID, on: date) -> Sheet:
    """Read an output whole; an objective of an earlier version of the terms of reference is listed too."""
    output = records.get(session, Output, output_id)
    listed = networks.objectives_for(session, network_id, on, output.objective_id)
    under = records.all_of(session, Activity, Activity.output_id == output_id, order=(Activity.position, Activity.id))
    return Sheet(output, tuple(under), listed)


class OutputsPage(RecordsPage):
    """The results under the objectives of one version of a plan."""

    name = "outputs"
    kind = "output"
    place = "workplan"
    title = N_("Outputs")
    kinds = frozenset({"output", "activity", "workplan"})
    new_text = N_("Add output")
    filter_text = N_("Filter outputs")
    removed_text = N_("Output moved to Trash. Its activities stay in the plan.")
    empty_icon = "list-tree"
    empty_title = N_("No outputs yet")
    empty_text = N_("An output is a result under one objective; activities stand under it.")
    secondary = ("workplan",)

    def __init__(self, desk: Desk) -> None:
        self._plan: Workplan | None = None
        super().__init__(desk)

    def refresh(self) -> None:
        if self._plan is None:
            self._plan = self.hub.read(workplans.current_plan, self.desk.network_id, self.desk.today().year)
        else:
            self._plan = self.hub.read(records.by_id, Workplan, [self._plan.id]).get(self._plan.id)
        super().refresh()

    def _locked(self) -> bool:
        return self._plan is None or self._plan.state in workplans.SETTLED

    def can_create(self) -> bool:
        return super().can_create() and not self._locked()

    def why_not_new(self) -> str:
        return (
            N_("The plan is adopted. Make a new version to change it.")
            if self._plan is not None and self._locked()
            else ""
        )

    def source(self) -> RowSource:
        return source_of(
            self.desk, outputs_of(self._plan.id if self._plan else NO_PLAN), Layout(stretch="output", enough=380)
        )

    def subline(self) -> str:
        if self._plan is None:
            return ""
        return self.tr_(
            N_("Workplan {year}, version {n} · {state}"),
            year=Year(self._plan.year),
            n=self._plan.version,
            state=self.tr_(self._plan.state.label),
        )

    def commands(self) -> Sequence[Command]:
        return (
            *super().commands(),
            Command("workplan", N_("Workplan"), self._to_plan, "chart-gantt", menu="go"),
        )

    def empty_first(self) -> tuple[str, Callable[[], object]] | None:
        """Outputs of an adopted plan are made in a new version of it."""
        return super().empty_first() or self._way_to_plan()

    def empty_second(self) -> tuple[str, Callable[[], object]] | None:
        return self._way_to_plan() if super().empty_first() is not None else None

    def _way_to_plan(self) -> tuple[str, Callable[[], object]]:
        return self.tr_(N_("Go to the workplan")), self._to_plan

    def _to_plan(self) -> None:
        if self._plan is None:
            self.desk.go("workplan")
        else:
            self.desk.go("workplan", None, year=self._plan.year, plan=self._plan.id)

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        plan_id = options.get("plan")
        if record_id is not None:
            output = self.hub.read(records.by_id, Output, [record_id]).get(record_id)
            plan_id = output.workplan_id if output is not None else plan_id
        if isinstance(plan_id, UUID) and (self._plan is None or self._plan.id != plan_id):
            self._plan = self.hub.read(records.by_id, Workplan, [plan_id]).get(plan_id)
            self._stale = True
            self.make_fresh()
        super().open_record(record_id, options)

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        sheet = self.hub.read(read_sheet, record_id, self.desk.network_id, self.desk.today())
        one, free = sheet.output, not self._locked() and not self.hub.read_only
        parts: list[Part] = [Head(self.language.pick(one, "title") or self.tr_(N_("Output")))]
        if self._locked():
            parts.append(
                label(
                    self.desk.look,
                    self.tr_(N_("The plan is adopted. Make a new version to change its outputs.")),
                    "grey",
                    wrap=True,
                )
            )
        parts += [
            BilingualField("title", N_("Output"), one.title_en, one.title_ar, long=True, enabled=free),
            ChoiceField(
                "objective_id",
                N_("Objective"),
                one.objective_id,
                objective_choices(self.desk, sheet.objectives),
                enabled=free,
            ),
            Section(N_("Activities")),
        ]
        parts += [self._activity(activity) for activity in sheet.activities]
        if not sheet.activities:
            parts.append(label(self.desk.look, self.tr_(N_("None yet.")), "grey"))
        return parts

    def _activity(self, activity: Activity) -> Part:
        shown = self.language.pick(activity, "title")
        # The reference is no text to translate; an unknown text stays as it is.
        return LinkField(
            f"activity:{activity.id}", activity.reference, shown, lambda: self.desk.go("workplan", activity.id)
        ).across()

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        if name == "objective_id":
            return self.hub.step(N_("Change output"), workplan_changes.set_output_objective, record_id, value)
        return self.hub.step(N_("Change output"), workplans.change, Output, record_id, **{name: value})

    def make_new(self) -> UUID | None:
        if self._plan is None:
            return None
        objectives = self.hub.read(networks.objectives_on, self.desk.network_id, self.desk.today())
        made = ask_output(self.desk, self, self._plan, objectives)
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove output"), workplans.take_away, Output, record_id)
