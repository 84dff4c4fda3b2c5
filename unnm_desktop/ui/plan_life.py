"""The life of a workplan as its page offers it: put to the members, adopted, shared, closed, taken further."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unnm_desktop.db.workplans import Workplan, WorkplanState
from unnm_desktop.i18n import N_
from unnm_desktop.services import workplans
from unnm_desktop.services.says import Year
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.plan_bar import Deed
from unnm_desktop.ui.plan_comparison import PlanComparison
from unnm_desktop.ui.workplan_forms import ask_adoption, ask_output, ask_plan, ask_sharing

if TYPE_CHECKING:
    from unnm_desktop.ui.workplan import WorkplanPage

NEXT = {
    WorkplanState.DRAFT: "put_plan",
    WorkplanState.FOR_CONSENSUS: "adopt_plan",
    WorkplanState.ADOPTED: "share_plan",
}
_DRAFT = frozenset({"add_output", "change_plan", "remove_plan", "adopt_plan"})
_IN_FORCE = frozenset({"share_plan", "close_plan", "change_plan", "new_version"})
POSSIBLE = {
    WorkplanState.DRAFT: _DRAFT | {"put_plan"},
    WorkplanState.FOR_CONSENSUS: _DRAFT | {"back_to_draft"},
    WorkplanState.ADOPTED: _IN_FORCE,
    WorkplanState.SHARED: _IN_FORCE,
    WorkplanState.CLOSED: frozenset({"change_plan", "new_version"}),
}


@dataclass(frozen=True)
class Fixed:
    """Why the work and the days of a plan stand still, and the way out."""

    short: str
    long: str
    way_out: Deed | None


class PlanLife:
    """What can be done with the version of the plan that the page shows."""

    def __init__(self, page: WorkplanPage) -> None:
        self._page, self._desk = page, page.desk

    @property
    def _plan(self) -> Workplan | None:
        return self._page.plan

    def commands(self) -> Sequence[Command]:
        """Everything of a plan's life as commands."""
        return [
            Command(name, text, run, enabled=lambda name=name: name in self._possible(), menu="edit")  # type: ignore[misc]  # the loop's name is meant
            for name, text, run in self._deeds()
        ]

    def _deeds(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        return (
            ("put_plan", N_("Put for consensus"), self._put),
            ("back_to_draft", N_("Back to draft"), self._back_to_draft),
            ("adopt_plan", N_("Adopt by a decision"), self._adopt),
            ("share_plan", N_("Share"), self._share),
            ("new_version", N_("New version"), self.new_version),
            ("close_plan", N_("Close the workplan"), self._close),
            ("compare_plan", N_("What changed since the version before"), self.compare),
            ("add_output", N_("Add output"), self._add_output),
            ("change_plan", N_("Title, currency and note"), self._change_plan),
            ("remove_plan", N_("Move this version to Trash"), self._remove_plan),
        )

    def _possible(self) -> frozenset[str]:
        sheet = self._page.sheet
        if self._plan is None or sheet is None or self._desk.hub.read_only:
            return frozenset()
        found = POSSIBLE[self._plan.state]
        if self._before() is not None:
            found = found | {"compare_plan"}
        return found - {"new_version"} if self._worked_on() is not None else found

    def _before(self) -> Workplan | None:
        """The version before the one shown."""
        sheet, plan = self._page.sheet, self._plan
        if sheet is None or plan is None:
            return None
        older = [one for one in sheet.versions if one.version < plan.version]
        return max(older, key=lambda one: one.version, default=None)

    def _worked_on(self) -> Workplan | None:
        """The version that is not adopted yet."""
        sheet = self._page.sheet
        versions = sheet.versions if sheet is not None else ()
        return next((one for one in versions if one.state not in workplans.SETTLED), None)

    def next_step(self) -> Deed | None:
        """What comes next in the plan's life."""
        wanted = NEXT.get(self._plan.state) if self._plan is not None else None
        offered = {name: (self._desk.tr(text), run) for name, text, run in self._deeds() if name in self._possible()}
        return offered.get(wanted) if wanted else None

    def rest(self) -> list[Deed]:
        """Everything else that can be done now."""
        if self._plan is None:
            return []
        possible, wanted, tr = self._possible(), NEXT.get(self._plan.state), self._desk.tr
        deeds = [(tr(text), run) for name, text, run in self._deeds() if name in possible and name != wanted]
        return [(tr(N_("Preview the workplan")), self._page.preview), *deeds]

    def fixed(self) -> Fixed | None:
        """Why nothing is added or moved now; None in a plan that can be worked on."""
        plan, tr = self._plan, self._desk.tr
        if plan is None:
            return None
        if self._desk.hub.read_only:
            words = tr(N_("This workspace can only be read"))
            return Fixed(words, words, None)
        if plan.state not in workplans.SETTLED:
            return None
        newer = self._worked_on()
        long = tr(
            N_("The workplan for {year} is adopted: its activities and their days stay as the members agreed."),
            year=Year(plan.year),
        )
        way_out: Deed | None = None
        if newer is not None:
            way_out = (
                tr(N_("Go to version {n}"), n=newer.version),
                lambda: self._page.show_year(plan.year, newer.id),
            )
        else:
            way_out = (tr(N_("Make a new version")), self.new_version)
        return Fixed(tr(N_("Adopted: activities and days are fixed")), long, way_out)

    def refuse(self) -> None:
        """Say on top of the page why a bar does not move, and what to do about it."""
        fixed = self.fixed()
        if fixed is None:
            return
        text, run = fixed.way_out if fixed.way_out is not None else ("", None)
        self._page.bar.show_message(fixed.long, "info", text, run)

    # Steps -----------------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Begin the plan of the year with last year's work."""
        page = self._page
        made = page.attempt(
            N_("Copy the workplan"), workplans.copy_from_year, self._desk.network_id, page.year - 1, page.year
        )
        if made is not None:
            page.show_year(page.year, made.id)
            self._desk.say_with_undo(self._desk.tr(N_("Copied. Nothing in it is begun or spent yet.")))

    def start(self) -> None:
        """Begin the plan of the year empty."""
        page = self._page
        made = page.attempt(N_("Begin a workplan"), workplans.create_plan, self._desk.network_id, page.year)
        if made is not None:
            page.show_year(page.year, made.id)

    def new_version(self) -> None:
        """Go on with a draft of the next version, on the same activity."""
        page, plan = self._page, self._plan
        if plan is None:
            return
        before = page.reference_now()
        made = page.attempt(N_("New version of the workplan"), workplans.new_version, plan.id)
        if made is None:
            return
        page.show_year(page.year, made.id)
        page.go_to_reference(before)
        self._desk.say_with_undo(
            self._desk.tr(N_("Version {n} is a draft with everything of version {m}."), n=made.version, m=plan.version)
        )

    def comparison(self) -> Deed | None:
        """What leads to the changes since the version before, where there is one."""
        before = self._before()
        if before is None:
            return None
        return self._desk.tr(N_("What changed since version {n}"), n=before.version), self.compare

    def compare(self) -> None:
        """Show what changed since the version before."""
        before = self._before()
        if before is not None and self._plan is not None:
            PlanComparison(self._desk, before, self._plan, self._page.go_to_activity, self._page).open()

    def _put(self) -> None:
        if self._plan is not None:
            done = self._page.attempt(N_("Put the workplan for consensus"), workplans.put_for_consensus, self._plan.id)
            if done is not None:
                self._desk.say_with_undo(self._desk.tr(N_("The plan is before the members.")))

    def _back_to_draft(self) -> None:
        if self._plan is not None:
            self._page.attempt(N_("Take the workplan back to draft"), workplans.back_to_draft, self._plan.id)

    def _adopt(self) -> None:
        if self._plan is not None and ask_adoption(self._desk, self._page, self._plan) is not None:
            self._desk.say_with_undo(self._desk.tr(N_("Adopted. Share it with those the terms of reference name.")))

    def _share(self) -> None:
        page, tr = self._page, self._desk.tr
        if self._plan is None or not ask_sharing(self._desk, page, self._plan):
            return
        page.read_again()
        left = page.sheet.unreached if page.sheet is not None else ()
        if left:
            words = tr(N_("Noted. Not sent yet to: {names}."), names=self._desk.language.list(list(left)))
        else:
            words = tr(N_("Noted. Everybody whom the terms of reference name has the plan."))
        self._desk.say_with_undo(words)

    def _close(self) -> None:
        plan = self._plan
        if plan is not None and self._page.attempt(N_("Close the workplan"), workplans.close, plan.id) is not None:
            self._desk.say_with_undo(self._desk.tr(N_("The plan is closed.")))

    def _add_output(self) -> None:
        if self._plan is not None and self._page.sheet is not None:
            ask_output(self._desk, self._page, self._plan, self._page.sheet.objectives)

    def _change_plan(self) -> None:
        if self._plan is not None:
            ask_plan(self._desk, self._page, self._plan)

    def _remove_plan(self) -> None:
        if self._plan is None:
            return
        label = N_("Remove a version of the workplan")
        if self._page.attempt(label, workplans.take_away, Workplan, self._plan.id) is not None:
            self._desk.say_with_undo(self._desk.tr(N_("Version moved to Trash.")))
