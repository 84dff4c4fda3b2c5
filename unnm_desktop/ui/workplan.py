"""The workplan of a year: its activities by objective, one of them whole at the side, and the life of the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from unnm_desktop.db.workplans import Activity, Workplan, WorkplanState
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import numbering, records, workplan_changes, workplans
from unnm_desktop.services.listing import Cell, Context
from unnm_desktop.services.money import Money, decimals, major_units
from unnm_desktop.services.says import Year
from unnm_desktop.services.workplan_findings import ActivityFindings, PlanFindings
from unnm_desktop.ui.activity_parts import PARTS, Hands
from unnm_desktop.ui.activity_sheet import activity_parts
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.inspector import Part
from unnm_desktop.ui.listing_source import source_of
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.plan_bar import Deed, PlanBar, PlanView
from unnm_desktop.ui.plan_sheet import PlanSheet, problem_title, read_plan
from unnm_desktop.ui.workplan_forms import (
    ask_activity,
    ask_adoption,
    ask_deliverable,
    ask_indicator,
    ask_line,
    ask_measurement,
    ask_output,
    ask_plan,
    ask_sharing,
)

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.table import RowSource

# The window has room for these, so wide; the spreadsheet and the paper have all.
SHOWN = {
    "activity": 2.2,
    "lead": 0.85,
    "status": 1.0,
    "progress": 0.75,
    "required": 0.95,
    "to_be_mobilized": 1.2,
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
    """The activities of a year's plan, grouped by objective."""

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
        self._year = desk.today().year
        self._plan_id: UUID | None = None
        self._sheet: PlanSheet | None = None
        self._opened: set[UUID] = set()
        self._blank: Empty | None = None
        super().__init__(desk)
        self.plan_bar = PlanBar(desk, self._turn, self._choose_version)
        self.body.insertWidget(1, self.plan_bar)

    # What is shown ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._read()
        super().refresh()

    def _read(self) -> None:
        found = {one.id for one in self.hub.read(workplans.versions, self.desk.network_id, self._year)}
        if self._plan_id not in found:
            plan = self.hub.read(workplans.current_plan, self.desk.network_id, self._year)
            self._plan_id = plan.id if plan is not None else None
        self._sheet = None
        if self._plan_id is not None:
            self._sheet = self.hub.read(read_plan, self._plan_id, self.desk.today())
        self.plan_bar.show_plan(self._view())

    @property
    def plan(self) -> Workplan | None:
        """The version of the plan that is shown."""
        return self._sheet.findings.workplan if self._sheet is not None else None

    def _locked(self) -> bool:
        return self.plan is not None and self.plan.state in workplans.SETTLED

    def can_create(self) -> bool:
        return super().can_create() and self.plan is not None and not self._locked()

    def source(self) -> RowSource:
        listing = workplans.activities_of(self._plan_id or NO_PLAN)
        columns = tuple(
            replace(
                one,
                listed=one.name in SHOWN,
                width=SHOWN.get(one.name, one.width),
                show=AMOUNTS.get(one.name, one.show),
            )
            for one in listing.columns
        )
        return source_of(self.desk, replace(listing, columns=columns), stretch="activity")

    def subline(self) -> str:
        if self._sheet is None:
            return ""
        found = self._sheet.findings
        counted = found.on_track + found.off_track
        if found.percent is None:
            return self.tr_(N_("Nothing planned yet"))
        return self.tr_(
            N_("{percent} · {n} of {m} on track"),
            percent=self.language.percent(found.percent),
            n=found.on_track,
            m=counted,
        )

    def _view(self) -> PlanView:
        if self._sheet is None or self.plan is None:
            return PlanView(self._year)
        language, plan, sheet = self.language, self.plan, self._sheet
        decision: Deed | None = None
        said = ""
        if sheet.decision is not None and plan.adopted_on is not None:
            key = sheet.decision.id
            decision = (numbering.printed(sheet.decision.reference), lambda: self.desk.go("decisions", key))
            said = self.tr_(N_("Adopted on {day} by"), day=language.day(plan.adopted_on, short=True))
        return PlanView(
            self._year,
            plan,
            sheet.versions,
            said,
            decision,
            self._money_line(sheet.findings),
            self._next_step(plan.state),
            self._deeds(plan),
        )

    def _money_line(self, found: PlanFindings) -> str:
        sums, money = found.money, self.language.money
        parts = [
            self.tr_(N_("Required {amount}"), amount=money(sums.required, sums.currency)),
            self.tr_(N_("available {amount}"), amount=money(sums.available, sums.currency)),
            self.tr_(N_("to be mobilized {amount}"), amount=money(sums.to_be_mobilized, sums.currency)),
        ]
        if sums.excess:
            parts.append(sums.excess_words(self.language))
        if sums.unconverted:
            parts.append(self.tr_(N_("budget lines without a rate: {n}"), n=sums.unconverted))
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
            before = self.hub.read(workplans.current_plan, self.desk.network_id, self._year - 1)
            copy = (tr(N_("Copy from {year}"), year=Year(self._year - 1)), self._copy)
            start = (tr(N_("Start empty")), self._start)
            title = tr(N_("No workplan for {year}"), year=Year(self._year))
            text = tr(N_("Copy last year's activities or start empty.") if before else N_("Start with an empty plan."))
            first, second = (copy, start) if before else (start, None)
            self._blank = Empty(look, self.empty_icon, title, text, *((first, second) if free else (None, None)))
        self._empty = self._blank
        self.views.addWidget(self._blank)
        return self._blank

    # The inspector ---------------------------------------------------------------------------------------------------

    def _found(self, activity_id: UUID) -> tuple[ActivityFindings, PlanSheet]:
        for fresh in (False, True):
            if fresh:
                self._read()
            if self._sheet is not None:
                for one in self._sheet.findings.activities:
                    if one.activity.id == activity_id:
                        return one, self._sheet
        raise KeyError(activity_id)

    def _hands(self) -> Hands:
        return Hands(
            self.desk,
            frozenset(self._opened),
            self._locked(),
            self.hub.read_only,
            self._toggle_part,
            self._add_part,
            self._remove_part,
        )

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        found, sheet = self._found(record_id)
        return activity_parts(found, sheet, self._hands())

    # Changes ---------------------------------------------------------------------------------------------------------

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        step = self.hub.step
        kind, _, rest = name.partition(":")
        if kind in PARTS:
            key, _, field = rest.partition(":")
            return self._save_part(kind, UUID(key), field, value)
        label_ = N_("Change activity")
        if name == "participants":
            return step(N_("Change who takes part"), workplans.set_participants, record_id, value)
        if name == "output_id":
            return step(label_, workplan_changes.set_output, record_id, value)
        if name == "sdg_targets":
            return step(label_, workplan_changes.set_sdg_targets, record_id, value)
        if name == "gcm":
            numbers = {goal.id: goal.number for goal in (self._sheet.gcm if self._sheet else ())}
            chosen = sorted(numbers[key] for key in value if key in numbers)
            return step(label_, workplans.change, Activity, record_id, gcm_objectives=chosen)
        if name == "progress" and value is None:
            value = 0
        return step(label_, workplans.change, Activity, record_id, **{name: value})

    def _save_part(self, kind: str, key: UUID, field: str, value: Any) -> object:
        if kind == "line" and field == "currency":
            return self.hub.step(N_("Change a budget line"), workplan_changes.change_currency, key, value)
        if value is None and field in ("required", "available", "spent"):
            value = 0
        if field == "measured_on" and value is None:
            raise Invalid({field: N_("Give the day of the measurement.")})
        labels = {
            "deliverable": N_("Change a deliverable"),
            "indicator": N_("Change an indicator"),
            "measurement": N_("Change a measurement"),
            "line": N_("Change a budget line"),
        }
        return self.hub.step(labels[kind], workplans.change, PARTS[kind], key, **{field: value})

    def _toggle_part(self, record_id: UUID) -> None:
        self._opened ^= {record_id}
        self._show_again()

    def _show_again(self) -> None:
        chosen = self.current()
        if chosen is not None:
            self.inspector.parts.update_parts(self.parts_of(chosen), self._saver(chosen))

    def _add_part(self, kind: str, owner: UUID) -> None:
        made: Any = None
        if kind == "deliverable":
            made = ask_deliverable(self.desk, self, owner)
        elif kind == "indicator":
            made = ask_indicator(self.desk, self, owner)
        elif kind == "measurement":
            made = ask_measurement(self.desk, self, owner)
        elif self.plan is not None:
            made = ask_line(self.desk, self, owner, self.plan.currency)
        if made is None:
            return
        self._opened.add(made.id)
        self._stale = True
        self.make_fresh()
        if kind == "line":
            self.inspector.parts.focus(f"line:{made.id}:required")

    def _remove_part(self, kind: str, key: UUID) -> None:
        labels = {
            "deliverable": N_("Remove a deliverable"),
            "indicator": N_("Remove an indicator"),
            "measurement": N_("Remove a measurement"),
            "line": N_("Remove a budget line"),
        }
        if self.attempt(labels[kind], workplans.take_away, PARTS[kind], key) is not None:
            self.desk.say_with_undo(self.tr_(N_("Moved to Trash.")))

    def make_new(self) -> UUID | None:
        if self.plan is None or self._sheet is None:
            return None
        made = ask_activity(self.desk, self, self.plan, self._sheet.outputs, self._sheet.objectives)
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove activity"), workplans.take_away, Activity, record_id)

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        year, plan_id = options.get("year"), options.get("plan")
        if isinstance(year, int):
            self._year = year
        if isinstance(plan_id, UUID):
            self._plan_id = plan_id
        if record_id is not None:
            activity = self.hub.read(records.by_id, Activity, [record_id]).get(record_id)
            if activity is not None and activity.workplan_id != self._plan_id:
                plan = self.hub.read(records.get, Workplan, activity.workplan_id)
                self._year, self._plan_id = plan.year, plan.id
        if isinstance(year, int) or isinstance(plan_id, UUID) or record_id is not None:
            self._stale = True
            self.make_fresh()
        super().open_record(record_id, options)

    # The plan --------------------------------------------------------------------------------------------------------

    def commands(self) -> Sequence[Command]:
        word = problem_title(self.desk)
        return (
            *super().commands(),
            Command("challenges", word, lambda: self.desk.go("challenges"), "triangle-alert", menu="go"),
            Command("outputs", N_("Outputs"), self._go_to_outputs, "list-tree", enabled=self._has_plan, menu="go"),
            Command("year_before", N_("Workplan of the year before"), lambda: self._turn(-1), "chevron-left"),
            Command("next_year", N_("Workplan of the next year"), lambda: self._turn(1), "chevron-right"),
            Command(
                "preview", N_("Preview the workplan"), self._preview, "printer", ("Ctrl+P",), self._has_plan, "file"
            ),
            *(
                Command(name, text, run, enabled=lambda name=name: name in self._possible(), menu="edit")  # type: ignore[misc]  # the loop's name is meant
                for name, text, run in self._all_deeds()
            ),
        )

    def _has_plan(self) -> bool:
        return self.plan is not None

    def _go_to_outputs(self) -> None:
        if self.plan is not None:
            self.desk.go("outputs", None, plan=self.plan.id)

    def _preview(self) -> None:
        self.desk.go("reports", None, kind="workplan")

    def _all_deeds(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        return (
            ("put_plan", N_("Put for consensus"), self._put),
            ("back_to_draft", N_("Back to draft"), self._back_to_draft),
            ("adopt_plan", N_("Adopt by a decision"), self._adopt),
            ("share_plan", N_("Share"), self._share),
            ("new_version", N_("New version"), self._new_version),
            ("close_plan", N_("Close the workplan"), self._close),
            ("add_output", N_("Add output"), self._add_output),
            ("change_plan", N_("Title, currency and note"), self._change_plan),
            ("remove_plan", N_("Move this version to Trash"), self._remove_plan),
        )

    def _possible(self) -> frozenset[str]:
        if self.plan is None or self._sheet is None or self.hub.read_only:
            return frozenset()
        state = self.plan.state
        draft = {"add_output", "change_plan", "remove_plan", "adopt_plan"}
        found = {
            WorkplanState.DRAFT: draft | {"put_plan"},
            WorkplanState.FOR_CONSENSUS: draft | {"back_to_draft"},
            WorkplanState.ADOPTED: {"share_plan", "close_plan", "change_plan", "new_version"},
            WorkplanState.SHARED: {"share_plan", "close_plan", "change_plan", "new_version"},
            WorkplanState.CLOSED: {"change_plan", "new_version"},
        }[state]
        if any(one.state not in workplans.SETTLED for one in self._sheet.versions):
            found = found - {"new_version"}
        return frozenset(found)

    def _next_step(self, state: WorkplanState) -> Deed | None:
        wanted = {
            WorkplanState.DRAFT: "put_plan",
            WorkplanState.FOR_CONSENSUS: "adopt_plan",
            WorkplanState.ADOPTED: "share_plan",
        }.get(state)
        offered = {name: (self.tr_(text), run) for name, text, run in self._all_deeds() if name in self._possible()}
        return offered.get(wanted) if wanted else None

    def _deeds(self, plan: Workplan) -> list[Deed]:
        step = self._next_step(plan.state)
        possible = self._possible()
        deeds = [(self.tr_(text), run) for name, text, run in self._all_deeds() if name in possible]
        return [deed for deed in deeds if step is None or deed[0] != step[0]]

    def _turn(self, years: int) -> None:
        self._show_year(self._year + years)

    def _show_year(self, year: int, plan_id: UUID | None = None) -> None:
        self._year, self._plan_id = year, plan_id
        self.bar.clear()
        self._stale = True
        self.make_fresh()
        self.clear_filter()
        self.header_changed.emit()

    def _choose_version(self, plan_id: UUID) -> None:
        self._show_year(self._year, plan_id)

    def _copy(self) -> None:
        made = self.attempt(
            N_("Copy the workplan"), workplans.copy_from_year, self.desk.network_id, self._year - 1, self._year
        )
        if made is not None:
            self._show_year(self._year, made.id)
            self.desk.say_with_undo(self.tr_(N_("Copied. Nothing in it is begun or spent yet.")))

    def _start(self) -> None:
        made = self.attempt(N_("Begin a workplan"), workplans.create_plan, self.desk.network_id, self._year)
        if made is not None:
            self._show_year(self._year, made.id)

    def _put(self) -> None:
        if self.plan is not None:
            done = self.attempt(N_("Put the workplan for consensus"), workplans.put_for_consensus, self.plan.id)
            if done is not None:
                self.desk.say_with_undo(self.tr_(N_("The plan is before the members.")))

    def _back_to_draft(self) -> None:
        if self.plan is not None:
            self.attempt(N_("Take the workplan back to draft"), workplans.back_to_draft, self.plan.id)

    def _adopt(self) -> None:
        if self.plan is not None and ask_adoption(self.desk, self, self.plan) is not None:
            self.desk.say_with_undo(self.tr_(N_("Adopted. Share it with those the terms of reference name.")))

    def _share(self) -> None:
        if self.plan is None or not ask_sharing(self.desk, self, self.plan):
            return
        self._stale = True
        self.make_fresh()
        left = self._sheet.unreached if self._sheet is not None else ()
        if left:
            words = self.tr_(N_("Noted. Not sent yet to: {names}."), names=self.language.list(list(left)))
        else:
            words = self.tr_(N_("Noted. Everybody whom the terms of reference name has the plan."))
        self.desk.say_with_undo(words)

    def _new_version(self) -> None:
        if self.plan is not None:
            made = self.attempt(N_("New version of the workplan"), workplans.new_version, self.plan.id)
            if made is not None:
                self._show_year(self._year, made.id)

    def _close(self) -> None:
        if self.plan is not None and self.attempt(N_("Close the workplan"), workplans.close, self.plan.id) is not None:
            self.desk.say_with_undo(self.tr_(N_("The plan is closed.")))

    def _add_output(self) -> None:
        if self.plan is not None and self._sheet is not None:
            ask_output(self.desk, self, self.plan, self._sheet.objectives)

    def _change_plan(self) -> None:
        if self.plan is not None:
            ask_plan(self.desk, self, self.plan)

    def _remove_plan(self) -> None:
        if self.plan is None:
            return
        if (
            self.attempt(N_("Remove a version of the workplan"), workplans.take_away, Workplan, self.plan.id)
            is not None
        ):
            self.desk.say_with_undo(self.tr_(N_("Version moved to Trash.")))
