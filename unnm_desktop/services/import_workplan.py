"""A workplan's activities out of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.goals import SdgGoal
from unnm_desktop.db.identity import link_id
from unnm_desktop.db.plan_parts import ActivityParticipant, Output
from unnm_desktop.db.text import fold
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine, Workplan
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, european_digits
from unnm_desktop.progress import Progress
from unnm_desktop.services import networks, numbering, records, workplans
from unnm_desktop.services.gathering import belonging
from unnm_desktop.services.import_actions import (
    NEW_REFERENCE,
    SAME_RECORD,
    TWICE,
    bare,
    bodies_named,
)
from unnm_desktop.services.money import CURRENCIES
from unnm_desktop.services.sheet_entries import Entries, Entry, ImportResult, Tally
from unnm_desktop.services.sheet_rows import Bodies, Scope, normal, rows_of
from unnm_desktop.services.sheets import shown

_TARGET = re.compile(r"\d{1,2}\.(?:\d{1,2}|[a-z])")
_Key = tuple[str, str, UUID | None]
ONE_LEAD = N_("Name one lead agency; the others take part.")
NO_OBJECTIVE = N_("“{text}” is no objective of the terms of reference. Write its number.")
SEVERAL_LINES = N_("The activity has several budget lines. Change them in the program, not here.")
NO_RATE = N_("The amount is in {currency}; without a rate to {plan} it is not counted. Give the rate on its line.")
BAD_CURRENCY = N_("“{text}” is no currency. Write three letters, for example BHD.")
BAD_GCM = N_("“{text}” is no objective of the Global Compact. They are numbered 1 to 23.")
BAD_TARGET = N_("“{text}” is no SDG target. Write it like 10.7.")
TURNED_TARGET = N_("The cell is a number and reads {short}. If {long} is meant, write it as a text.")


def import_workplan(session: Session, entries: Entries, scope: Scope, progress: Progress) -> ImportResult:
    """Update the activities that the newest plan of the day's year knows, create the others, perhaps the plan too."""
    plan = workplans.working_plan(session, scope.network.id, scope.on.year)
    plan = plan or workplans.create_plan(session, scope.network.id, scope.on.year)
    work = _Work(session, entries, scope, plan)
    matched = [(entry, *work.match(entry)) for entry in entries.rows(progress)]
    work.read_held([activity.id for _, activity, _ in matched if activity is not None])
    for entry, activity, known in matched:
        if not entry.good:
            continue
        if activity is None:
            work.create(entry)
        else:
            work.update(entry, activity, known=known)
    work.finish()
    return entries.result(work.tally)


class _Work:
    """One import while it is done."""

    def __init__(self, session: Session, entries: Entries, scope: Scope, plan: Workplan) -> None:
        self.session, self.entries, self.scope, self.plan = session, entries, scope, plan
        self.tally = Tally()
        self.bodies = Bodies(session, scope.network)
        self.activities = records.all_of(session, Activity, Activity.workplan_id == plan.id)
        self.by_reference = {one.reference: one for one in self.activities if one.reference}
        self.by_title: dict[tuple[str, str], Activity] = {}
        for one in self.activities:
            self.by_title.setdefault(_titles(one.title_en, one.title_ar), one)
        self.objectives = networks.objectives_on(session, scope.network.id, scope.on)
        self.outputs: dict[tuple[str, UUID | None], UUID] = {}
        for output in records.all_of(session, Output, Output.workplan_id == plan.id):
            for title in (output.title_en, output.title_ar):
                if title.strip():
                    self.outputs.setdefault((fold(title.strip()), output.objective_id), output.id)
        self.targets = {code for goal in records.all_of(session, SdgGoal) for code in goal.targets}
        self.position = max((one.position for one in self.activities), default=0)
        self.seen: dict[UUID, int] = {}
        self.made: dict[_Key, int] = {}
        self.new: list[dict[str, Any]] = []
        self.new_outputs: list[dict[str, Any]] = []
        self.new_links: list[dict[str, Any]] = []
        self.new_lines: list[dict[str, Any]] = []

    def match(self, entry: Entry) -> tuple[Activity | None, bool]:
        """The activity of the plan a row is about, and whether its reference says so."""
        activity = self.by_reference.get(bare(entry.text("reference")))
        known = activity is not None
        if activity is None:
            titles = _titles(entry.text("title_en"), entry.text("title_ar"))
            activity = self.by_title.get(titles) if any(titles) else None
        if activity is not None:
            if activity.id in self.seen:
                entry.bad("reference" if known else "title_en", SAME_RECORD, n=self.seen[activity.id])
            self.seen.setdefault(activity.id, entry.number)
        return activity, known

    def read_held(self, ids: Sequence[UUID]) -> None:
        """Read what a sheet would show of the matched activities."""
        self.held = rows_of(self.session, "workplan", ids, self.scope)
        self.lines = belonging(self.session, BudgetLine, "activity_id", ids)
        self.links = belonging(self.session, ActivityParticipant, "activity_id", ids)

    def create(self, entry: Entry) -> None:
        """Take a row in as a new activity."""
        self._refuse_settled(entry, ("id",))
        values = self._values(entry, list(_READERS))
        values.setdefault("status", ActivityStatus.YET_TO_START)
        participants = [one.id for one in bodies_named(entry, "participating", self.bodies)]
        line = self._line(entry)
        self._refuse_problems(entry, Activity(network_id=self.scope.network.id, **values))
        key = (*_titles(values["title_en"], values["title_ar"]), values["objective_id"])
        if entry.good and key in self.made:
            entry.bad("title_en", TWICE, n=self.made[key])
        if not entry.good:
            return
        if reference := entry.text("reference"):
            entry.note("reference", NEW_REFERENCE, text=reference[:60])
        self.made[key] = entry.number
        self.position += 1
        made = records.new_id()
        output = self._output(entry.text("output"), values["objective_id"])
        self.new.append(
            {
                **values,
                "id": made,
                "network_id": self.scope.network.id,
                "workplan_id": self.plan.id,
                "output_id": output,
                "position": self.position,
            }
        )
        self.new_links += [_link(made, one) for one in dict.fromkeys(participants) if one != values["lead_id"]]
        if line is not None:
            self.new_lines.append({"activity_id": made, **line})
        self.tally.created += 1

    def update(self, entry: Entry, activity: Activity, *, known: bool) -> None:
        """Change the activity of a row where the row says something else, as far as the plan's state lets it."""
        entry.compare(self.held[activity.id])
        given = [name for name in _READERS if entry.given(name, empty=known and name != "status")]
        values = self._values(entry, given)
        new_output = entry.given("output", empty=known)
        participants = None
        if entry.given("participating", empty=known):
            participants = [one.id for one in bodies_named(entry, "participating", self.bodies)]
            if set(participants) == {one.organisation_id for one in self.links[activity.id]}:
                participants = None
        held_lines = self.lines[activity.id]
        money = any(entry.given(name) for name in ("required", "available", "currency"))
        if money and len(held_lines) > 1:
            entry.bad("required", SEVERAL_LINES)
        held_line = held_lines[0] if held_lines else None
        line = self._line(entry, held_line) if money else None
        values = {name: value for name, value in values.items() if _kept(getattr(activity, name)) != value}
        self._refuse_problems(
            entry, Activity(**{c.key: getattr(activity, c.key) for c in Activity.__table__.columns} | values)
        )
        structure = [*values, *(["output_id"] if new_output else []), *(["id"] if participants is not None else [])]
        if structure:
            self._refuse_settled(entry, structure)
        agreed = ("required", "currency")
        if line is not None and (
            held_line is None or any(line.get(n, getattr(held_line, n)) != getattr(held_line, n) for n in agreed)
        ):
            self._refuse_settled(entry, ("required",))
        if not entry.good:
            return
        if new_output:
            objective = values.get("objective_id", activity.objective_id)
            values["output_id"] = self._output(entry.text("output"), objective)
        changed = {name: value for name, value in values.items() if getattr(activity, name) != value}
        if changed:
            records.update(self.session, Activity, activity.id, **changed)
        if participants is not None:
            workplans.set_participants(self.session, activity.id, participants)
        line_changed = line is not None and self._put_line(activity.id, held_lines, line)
        if changed or participants is not None or line_changed:
            self.tally.updated += 1
        else:
            self.tally.unchanged += 1

    def finish(self) -> None:
        """Make what is new."""
        given = numbering.next_references(self.session, self.scope.network, "W", self.plan.year, len(self.new))
        for row, reference in zip(self.new, given, strict=True):
            row["reference"] = reference
        records.create_many(self.session, Output, self.new_outputs)
        records.create_many(self.session, Activity, self.new)
        records.create_many(self.session, ActivityParticipant, self.new_links)
        records.create_many(self.session, BudgetLine, self.new_lines)

    def _refuse_settled(self, entry: Entry, names: Sequence[str]) -> None:
        try:
            workplans.refuse_settled(self.session, self.plan.id, Activity, names)
        except UserError as trouble:
            entry.bad("title_en", trouble.message, **trouble.values)

    def _refuse_problems(self, entry: Entry, future: Activity) -> None:
        for name, says in future.problems().items():
            entry.bad(name if name in _READERS else "title_en", says)

    def _values(self, entry: Entry, names: Sequence[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in names:
            field, value = _READERS[name](self, entry)
            if value is not _NOTHING:
                values[field] = value
        return values

    def read_text(self, entry: Entry, name: str) -> str:
        """A title."""
        return entry.text(name)

    def read_objective(self, entry: Entry) -> UUID | None:
        """An objective by its number, or by its short title."""
        text = entry.text("objective")
        if not text:
            return None
        number = re.match(r"\D{0,12}?(\d{1,3})\b", european_digits(text))
        for one in self.objectives:
            if (number and int(number[1]) == one.number) or fold(text) in (fold(one.short_en), fold(one.short_ar)):
                return one.id
        entry.bad("objective", NO_OBJECTIVE, text=text[:60])
        return None

    def read_lead(self, entry: Entry) -> UUID | None:
        """The one organisation that leads."""
        if not entry.text("lead"):
            return None
        named = bodies_named(entry, "lead", self.bodies)
        if len(named) > 1:
            entry.bad("lead", ONE_LEAD)
        return named[0].id if named else None

    def read_gcm(self, entry: Entry) -> list[int]:
        """Objectives of the Global Compact."""
        numbers = []
        for part in entry.parts("gcm_objectives"):
            if part.isdigit() and 1 <= int(part) <= 23:
                numbers.append(int(part))
            else:
                entry.bad("gcm_objectives", BAD_GCM, text=part[:60])
        return list(dict.fromkeys(numbers))

    def read_targets(self, entry: Entry) -> list[str]:
        """SDG targets; a number that lost its last zero is asked about."""
        cell = entry.cell("sdg_targets")
        found = []
        for part in entry.parts("sdg_targets"):
            code = part.lower()
            if not _TARGET.fullmatch(code) or (self.targets and code not in self.targets):
                entry.bad("sdg_targets", BAD_TARGET, text=part[:60])
                continue
            if isinstance(cell, float) and f"{code}0" in self.targets:
                entry.note("sdg_targets", TURNED_TARGET, short=code, long=f"{code}0")
            found.append(code)
        return list(dict.fromkeys(found))

    def _output(self, title: str, objective_id: UUID | None) -> UUID | None:
        if not title:
            return None
        key = (fold(title), objective_id)
        if key not in self.outputs:
            made = records.new_id()
            self.outputs[key] = made
            # Another place than the plan's own outputs have: after them, in the order of the sheet.
            row = {"id": made, "workplan_id": self.plan.id, "objective_id": objective_id, "title_en": title}
            self.new_outputs.append({**row, "position": len(self.outputs)})
        return self.outputs[key]

    def _line(self, entry: Entry, held: BudgetLine | None = None) -> dict[str, Any] | None:
        currency = entry.text("currency").upper() or (held.currency if held else self.plan.currency)
        if currency not in CURRENCIES and currency != self.plan.currency:
            entry.bad("currency", BAD_CURRENCY, text=currency[:60])
            return None
        if held is None and not shown(entry.cell("required")) and not shown(entry.cell("available")):
            return None
        line: dict[str, Any] = {"currency": currency}
        for name in ("required", "available"):
            if name in self.entries.places:
                line[name] = entry.amount(name, currency)
        if currency != self.plan.currency and not (held and held.rate):
            entry.note("currency", NO_RATE, currency=currency, plan=self.plan.currency)
        return line

    def _put_line(self, activity_id: UUID, held: Sequence[BudgetLine], line: dict[str, Any]) -> bool:
        if not held:
            self.new_lines.append({"activity_id": activity_id, **line})
            return True
        changed = {name: value for name, value in line.items() if getattr(held[0], name) != value}
        if changed:
            records.update(self.session, BudgetLine, held[0].id, **changed)
        return bool(changed)


_NOTHING = object()
_READERS: dict[str, Any] = {
    "title_en": lambda work, entry: ("title_en", work.read_text(entry, "title_en")),
    "title_ar": lambda work, entry: ("title_ar", work.read_text(entry, "title_ar")),
    "objective": lambda work, entry: ("objective_id", work.read_objective(entry)),
    "lead": lambda work, entry: ("lead_id", work.read_lead(entry)),
    "start": lambda _, entry: ("start", entry.day("start")),
    "end": lambda _, entry: ("end", entry.day("end")),
    "status": lambda _, entry: ("status", entry.choice("status", ActivityStatus) or _NOTHING),
    "gcm_objectives": lambda work, entry: ("gcm_objectives", work.read_gcm(entry)),
    "sdg_targets": lambda work, entry: ("sdg_targets", work.read_targets(entry)),
}


def _titles(english: str, arabic: str) -> tuple[str, str]:
    return fold(english.strip()), fold(arabic.strip())


def _kept(value: Any) -> Any:
    return normal(value) if isinstance(value, str) and not isinstance(value, ActivityStatus) else value


def _link(activity_id: UUID, organisation_id: UUID) -> dict[str, Any]:
    key = link_id("activity_participant", activity_id, organisation_id)
    return {"id": key, "activity_id": activity_id, "organisation_id": organisation_id}
