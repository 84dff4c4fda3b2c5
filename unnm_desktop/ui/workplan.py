"""The workplan of a year: its activities by objective as a timeline or a table, one of them whole at the side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from unnm_desktop.db.workplans import Activity, Workplan
from unnm_desktop.i18n import N_
from unnm_desktop.services import numbering, records, workplans
from unnm_desktop.services.listing import Cell, Context
from unnm_desktop.services.money import Money, decimals, major_units
from unnm_desktop.services.plan_names import title_of
from unnm_desktop.services.says import Year
from unnm_desktop.services.workplan_findings import ActivityFindings, PlanFindings
from unnm_desktop.ui.activity_changes import ActivityChanges
from unnm_desktop.ui.activity_sheet import activity_parts
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.inspector import Part
from unnm_desktop.ui.listing_source import Layout, source_of
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.plan_bar import Deed, PlanBar, PlanView
from unnm_desktop.ui.plan_life import PlanLife
from unnm_desktop.ui.plan_sheet import PlanSheet, problem_title, read_year
from unnm_desktop.ui.plan_timeline import PlanTimeline
from unnm_desktop.ui.workplan_forms import ask_activity

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.row_source import RowSource

# The window has room for these, so wide, the highest rank giving way first; the spreadsheet and the paper have all.
SHOWN = {
    "activity": (2.2, 0),
    "lead": (0.85, 2),
    "status": (1.15, 0),
    "progress": (0.75, 1),
    "required": (0.95, 3),
    "to_be_mobilized": (1.2, 4),
}
NO_PLAN = UUID(int=0)


def _required(value: Money | None, context: Context) -> Cell:
    return _amount(value, value.required, context) if value else Cell("")


def _to_be_mobilized(value: Money | None, context: Context) -> Cell:
    return _amount(value, value.to_be_mobilized, context, value.excess_words(context.language)) if value else Cell("")


def _amount(money: Money, minor: int, context: Context, more: str = "") -> Cell:
    # The currency stands once above the list; each cell has only the figure.
    whole = context.language.money(minor, money.currency)
    figure = context.language.number(major_units(minor, money.currency), decimals(money.currency))
    return Cell(figure, tooltip=" · ".join(text for text in (whole, more) if text), number=True)


AMOUNTS = {"required": _required, "to_be_mobilized": _to_be_mobilized}


class WorkplanPage(RecordsPage):
    """The activities of a year's plan, grouped by objective: on the timeline, or in a table with the same records."""

    name = "workplan"
    kind = "activity"
    title = N_("Workplan")
    kinds = frozenset(
        {"workplan", "output", "activity", "activity_participant", "deliverable", "indicator", "measurement"}
        | {"budget_line", "decision", "dispatch", "organisation", "terms_of_reference", "objective"}
    )
    new_text = N_("Add activity")
    filter_text = N_("Filter activities")
    removed_text = N_("Activity moved to Trash.")
    empty_icon = "chart-gantt"
    secondary = ("challenges", "outputs")

    def __init__(self, desk: Desk) -> None:
        self.year = desk.today().year
        self._plan_id: UUID | None = None
        self.sheet: PlanSheet | None = None
        self._blank: Empty | None = None
        super().__init__(desk)
        self._life = PlanLife(self)
        self._changes = ActivityChanges(self)
        self.plan_bar = PlanBar(desk, self._turn, self._choose_version)
        self.body.insertWidget(1, self.plan_bar)
        self.plan_timeline = PlanTimeline(self, self._life, self._changes)
        self.timeline = self.plan_timeline.timeline

    # What is shown ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._read()
        super().refresh()
        self.plan_timeline.complete()

    def _read(self) -> None:
        self.sheet = self.hub.read(read_year, self.desk.network_id, self.year, self._plan_id, self.desk.today())
        self._plan_id = self.plan.id if self.plan is not None else None
        self.plan_bar.show_plan(self._view())

    def read_again(self) -> None:
        """Read and show now."""
        self._stale = True
        self.make_fresh()

    @property
    def plan(self) -> Workplan | None:
        """The version of the plan that is shown."""
        return self.sheet.findings.workplan if self.sheet is not None else None

    def locked(self) -> bool:
        """Whether the members have adopted this version: its work and its days stay."""
        return self.plan is not None and self.plan.state in workplans.SETTLED

    def can_create(self) -> bool:
        return super().can_create() and self.plan is not None and not self.locked()

    def why_not_new(self) -> str:
        return (
            N_("The plan is adopted. Make a new version to change it.")
            if self.plan is not None and self.locked()
            else ""
        )

    def source(self) -> RowSource:
        listing = workplans.activities_of(self._plan_id or NO_PLAN)
        columns = tuple(
            replace(
                one,
                listed=one.name in SHOWN or one.name == "reference",
                width=SHOWN[one.name][0] if one.name in SHOWN else one.width,
                rank=SHOWN[one.name][1] if one.name in SHOWN else one.rank,
                show=AMOUNTS.get(one.name, one.show),
            )
            for one in listing.columns
        )
        listing = replace(listing, columns=columns)
        return source_of(self.desk, listing, Layout(stretch="activity", below={"activity": "reference"}))

    def subline(self) -> str:
        return self._money(self.sheet.findings) if self.sheet is not None and self.plan is not None else ""

    def _view(self) -> PlanView:
        if self.sheet is None or self.plan is None:
            return PlanView(self.year)
        language, plan, sheet = self.language, self.plan, self.sheet
        decision: Deed | None = None
        said = ""
        if sheet.decision is not None and plan.adopted_on is not None:
            key = sheet.decision.id
            decision = (numbering.printed(sheet.decision.reference), lambda: self.desk.go("decisions", key))
            said = self.tr_(N_("Adopted on {day} by"), day=language.day(plan.adopted_on, short=True))
        elif not self.locked():
            decision = self._life.comparison()
        fixed = self._life.fixed()
        return PlanView(
            self.year,
            plan,
            title_of(plan, language) or self.tr_(N_("Version {n}"), n=plan.version),
            sheet.versions,
            sheet.findings.percent,
            self._summary(sheet.findings),
            said,
            decision,
            fixed.short if fixed is not None else "",
            fixed.way_out if fixed is not None else None,
            self._life.next_step(),
            self._life.rest(),
        )

    def _summary(self, found: PlanFindings) -> str:
        if found.percent is None:
            return self.tr_(N_("Nothing planned yet"))
        return self.tr_(
            N_("{percent} · {n} of {m} on track"),
            percent=self.language.percent(found.percent),
            n=found.on_track,
            m=found.on_track + found.off_track,
        )

    def _money(self, found: PlanFindings) -> str:
        """The sums, with the currency once; what follows from the others stands where a narrow window cuts."""
        sums, language = found.money, self.language

        def figure(minor: int) -> str:
            return language.number(major_units(minor, sums.currency), decimals(sums.currency))

        parts = [
            language.money(sums.required, sums.currency),
            self.tr_(N_("to be mobilized {amount}"), amount=figure(sums.to_be_mobilized)),
        ]
        if sums.excess:
            parts.append(sums.excess_words(language))
        if sums.unconverted:
            parts.append(self.tr_(N_("budget lines without a rate: {n}"), n=sums.unconverted))
        parts.append(self.tr_(N_("available {amount}"), amount=figure(sums.available)))
        return " · ".join(parts)

    def _empty_page(self) -> QWidget:
        # It depends on the year, so each showing has its own.
        tr, look = self.desk.tr, self.desk.look
        if self._blank is not None:
            self.views.removeWidget(self._blank)
            self._blank.deleteLater()
        free = self.hub.is_open and not self.hub.read_only
        if self.plan is not None:
            primary = (tr(self.new_text), self.new) if self.can_create() else None
            text = tr(N_("Say what will be done this year, under which objective, by whom and when."))
            self._blank = Empty(look, self.empty_icon, tr(N_("No activities yet")), text, primary)
        else:
            before = self.hub.read(workplans.current_plan, self.desk.network_id, self.year - 1)
            copy = (tr(N_("Copy from {year}"), year=Year(self.year - 1)), self._life.copy)
            start = (tr(N_("Start empty")), self._life.start)
            title = tr(N_("No workplan for {year}"), year=Year(self.year))
            text = tr(N_("Copy last year's activities or start empty.") if before else N_("Start with an empty plan."))
            first, second = (copy, start) if before else (start, None)
            self._blank = Empty(look, self.empty_icon, title, text, *((first, second) if free else (None, None)))
        self._empty = self._blank
        self.views.addWidget(self._blank)
        return self._blank

    def _after_load(self) -> None:
        super()._after_load()
        self.plan_timeline.fill()

    def first_focus(self) -> QWidget | None:
        if self.views.currentWidget() is self.splitter and self.lists.currentWidget() is self.timeline:
            return self.timeline
        return super().first_focus()

    def new(self) -> None:
        """Add an activity; the keyboard stays in the list, a letter typed into its status would change that at once."""
        before = self.current()
        super().new()
        goal = self.first_focus()
        if self.current() != before and goal is not None:
            goal.setFocus()

    def _remember(self) -> None:
        super()._remember()
        self.plan_timeline.remember()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self.plan_timeline.focus_list()

    # The inspector ---------------------------------------------------------------------------------------------------

    def _found(self, activity_id: UUID) -> tuple[ActivityFindings, PlanSheet]:
        for fresh in (False, True):
            if fresh:
                self._read()
            if self.sheet is not None:
                for one in self.sheet.findings.activities:
                    if one.activity.id == activity_id:
                        return one, self.sheet
        raise KeyError(activity_id)

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        found, sheet = self._found(record_id)
        return activity_parts(found, sheet, self._changes.hands())

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        return self._changes.save(record_id, name, value)

    def show_again(self) -> None:
        """Show the same activity with other parts open."""
        chosen = self.current()
        if chosen is not None:
            self.inspector.parts.update_parts(self.parts_of(chosen), self._saver(chosen))

    def make_new(self) -> UUID | None:
        if self.plan is None or self.sheet is None:
            return None
        made = ask_activity(self.desk, self, self.plan, self.sheet.outputs, self.sheet.objectives)
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove activity"), workplans.take_away, Activity, record_id)

    def leads_back(self) -> Mapping[str, object]:
        return {**super().leads_back(), "year": self.year, "plan": self._plan_id}

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        year, plan_id = options.get("year"), options.get("plan")
        shown = self.year, self._plan_id
        if isinstance(year, int):
            self.year = year
        if isinstance(plan_id, UUID):
            self._plan_id = plan_id
        if record_id is not None:
            activity = self.hub.read(records.by_id, Activity, [record_id]).get(record_id)
            if activity is not None and activity.workplan_id != self._plan_id:
                plan = self.hub.read(records.get, Workplan, activity.workplan_id)
                self.year, self._plan_id = plan.year, plan.id
        if (self.year, self._plan_id) != shown:
            self.read_again()
        super().open_record(record_id, options)

    # The plan --------------------------------------------------------------------------------------------------------

    def commands(self) -> Sequence[Command]:
        word = problem_title(self.desk)
        return (
            *super().commands(),
            Command("challenges", word, lambda: self.desk.go("challenges"), "triangle-alert", menu="go"),
            Command("outputs", N_("Outputs"), self._go_to_outputs, "list-tree", enabled=self.has_plan, menu="go"),
            Command("year_before", N_("Workplan of the year before"), lambda: self._turn(-1), "chevron-left"),
            Command("next_year", N_("Workplan of the next year"), lambda: self._turn(1), "chevron-right"),
            Command("preview", N_("Preview the workplan"), self.preview, "printer", ("Ctrl+P",), self.has_plan, "file"),
            *self.plan_timeline.commands(),
            *self._life.commands(),
        )

    def has_plan(self) -> bool:
        """Whether the year has a plan."""
        return self.plan is not None

    def _go_to_outputs(self) -> None:
        if self.plan is not None:
            self.desk.go("outputs", None, plan=self.plan.id)

    def preview(self) -> None:
        """Show the plan of this year as it is printed."""
        self.desk.go("reports", None, kind="workplan", year=self.year)

    def _turn(self, years: int) -> None:
        self.show_year(self.year + years)

    def show_year(self, year: int, plan_id: UUID | None = None) -> None:
        """Show the plan of a year, or this version of it."""
        self.year, self._plan_id = year, plan_id
        self.bar.clear()
        self.read_again()
        self.clear_filter()
        self.header_changed.emit()

    def _choose_version(self, plan_id: UUID) -> None:
        reference = self.reference_now()
        self.show_year(self.year, plan_id)
        self.go_to_reference(reference)

    def reference_now(self) -> str:
        """The reference of the activity shown, which it keeps in every version."""
        chosen = self.current()
        return self._found(chosen)[0].activity.reference if chosen is not None else ""

    def go_to_reference(self, reference: str) -> None:
        """Go to the same activity in the version now shown."""
        activities = self.sheet.findings.activities if self.sheet is not None else ()
        for one in activities:
            if reference and one.activity.reference == reference:
                self.table.select(one.activity.id)

    def go_to_activity(self, activity_id: UUID) -> None:
        """Go to an activity of the version shown, with its details."""
        super().open_record(activity_id, {})
