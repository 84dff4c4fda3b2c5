"""Changes typed into the inspector of an activity and of what hangs on it, each one step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.base import Record
from unnm_desktop.db.workplans import Activity
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import workplan_changes, workplans
from unnm_desktop.ui.activity_parts import PARTS, Hands
from unnm_desktop.ui.workplan_forms import ask_deliverable, ask_indicator, ask_line, ask_measurement

if TYPE_CHECKING:
    from unnm_desktop.ui.workplan import WorkplanPage

CHANGES = {
    "deliverable": N_("Change a deliverable"),
    "indicator": N_("Change an indicator"),
    "measurement": N_("Change a measurement"),
    "line": N_("Change a budget line"),
}
REMOVALS = {
    "deliverable": N_("Remove a deliverable"),
    "indicator": N_("Remove an indicator"),
    "measurement": N_("Remove a measurement"),
    "line": N_("Remove a budget line"),
}


class ActivityChanges:
    """What the inspector's fields and buttons do; it also knows which parts are open."""

    def __init__(self, page: WorkplanPage) -> None:
        self._page, self._desk, self._hub = page, page.desk, page.hub
        self._opened: set[UUID] = set()

    def hands(self) -> Hands:
        """What the parts of the inspector are handed."""
        return Hands(
            self._desk,
            frozenset(self._opened),
            self._page.locked(),
            self._hub.read_only,
            self._year(),
            self.toggle,
            self.add,
            self.remove,
        )

    def _year(self) -> int | None:
        return self._page.plan.year if self._page.plan is not None else None

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        """Keep one field; raise Invalid or UserError when it may not be."""
        step = self._hub.step
        kind, _, rest = name.partition(":")
        if kind in PARTS:
            key, _, field = rest.partition(":")
            return self._save_part(kind, UUID(key), field, value)
        label = N_("Change activity")
        if name == "participants":
            return step(N_("Change who takes part"), workplans.set_participants, record_id, value)
        if name == "output_id":
            return step(label, workplan_changes.set_output, record_id, value)
        if name == "sdg_targets":
            return step(label, workplan_changes.set_sdg_targets, record_id, value)
        if name == "gcm":
            sheet = self._page.sheet
            numbers = {goal.id: goal.number for goal in (sheet.gcm if sheet else ())}
            chosen = sorted(numbers[key] for key in value if key in numbers)
            return step(label, workplans.change, Activity, record_id, gcm_objectives=chosen)
        if name == "progress":
            return step(label, workplan_changes.set_progress, record_id, value or 0)
        return step(label, workplans.change, Activity, record_id, **{name: value})

    def _save_part(self, kind: str, key: UUID, field: str, value: Any) -> object:
        if kind == "line" and field == "currency":
            return self._hub.step(CHANGES[kind], workplan_changes.change_currency, key, value)
        if value is None and field in ("required", "available", "spent"):
            value = 0
        if field == "measured_on" and value is None:
            raise Invalid({field: N_("Give the day of the measurement.")})
        return self._hub.step(CHANGES[kind], workplans.change, PARTS[kind], key, **{field: value})

    def toggle(self, record_id: UUID) -> None:
        """Open or close a part."""
        self._opened ^= {record_id}
        self._page.show_again()

    def open(self, record_id: UUID) -> None:
        """Let a part be open."""
        self._opened.add(record_id)
        self._page.show_again()

    def add(self, kind: str, owner: UUID, due: date | None = None) -> None:
        """Ask for a new part, make it and let its fields be typed."""
        page, desk = self._page, self._desk
        made: Record | None = None
        if kind == "deliverable":
            made = ask_deliverable(desk, page, owner, due, self._year())
        elif kind == "indicator":
            made = ask_indicator(desk, page, owner)
        elif kind == "measurement":
            made = ask_measurement(desk, page, owner)
        elif page.plan is not None:
            made = ask_line(desk, page, owner, page.plan.currency)
        if made is None:
            return
        self._opened.add(made.id)
        page.read_again()
        if kind == "line":
            page.inspector.parts.focus(f"line:{made.id}:required")

    def remove(self, kind: str, key: UUID) -> None:
        """Take a part away."""
        if self._page.attempt(REMOVALS[kind], workplans.take_away, PARTS[kind], key) is not None:
            self._desk.say_with_undo(self._desk.tr(N_("Moved to Trash.")))
