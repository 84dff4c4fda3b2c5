"""Action points out of a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db.actions import ActionNote, ActionPoint, ActionResponsible, ActionStatus, NoteKind
from unnm_desktop.db.identity import link_id
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.text import fold
from unnm_desktop.i18n import N_
from unnm_desktop.progress import Progress
from unnm_desktop.services import actions, numbering, records
from unnm_desktop.services.gathering import belonging
from unnm_desktop.services.says import Names
from unnm_desktop.services.sheet_entries import Entries, Entry, ImportResult, Tally
from unnm_desktop.services.sheet_rows import Bodies, Scope, rows_of

_Key = tuple[str, str, date | None]
UNKNOWN_BODY = N_("“{text}” is not a known organisation. Add it first, or write one that is known.")
UNKNOWN_BODY_NEAR = N_("“{text}” is not a known organisation. Was one of these meant: {names}?")
TURNED = N_("“{text}” is {name}, which holds no seat here. If {meant} is meant, put it right.")
REMOVED = N_("The record of “{text}” was removed. Bring it back before it is changed.")
NEW_REFERENCE = N_("“{text}” is not known here, so the row was added as a new record with a reference of its own.")
TWICE = N_("The row says the same as row {n} and was not imported twice.")
SAME_RECORD = N_("The record of row {n} again; only the first of the two rows was imported.")


def bodies_named(entry: Entry, name: str, bodies: Bodies) -> list[Organisation]:
    """The organisations a cell names; an unknown one is a problem that tells which are near."""
    found = []
    for text in bodies.split(entry.text(name)):
        body = bodies.find(text)
        if body is not None:
            found.append(body)
            if meant := bodies.mistaken_for(body):
                entry.note(name, TURNED, text=text[:60], name=body.name_en or body.name_ar, meant=meant.short)
        elif near := bodies.close(text):
            entry.bad(name, UNKNOWN_BODY_NEAR, text=text[:60], names=Names(tuple(near)))
        else:
            entry.bad(name, UNKNOWN_BODY, text=text[:60])
    return list(dict.fromkeys(found))


def bare(reference: str) -> str:
    """A reference as it is kept, also where it was copied from paper."""
    return reference.strip().upper().removeprefix("UNNM/")


def import_actions(session: Session, entries: Entries, scope: Scope, progress: Progress) -> ImportResult:
    """Update the action points whose reference is known, create the others."""
    work = _Work(session, entries, scope)
    matched = [(entry, *work.match(entry)) for entry in entries.rows(progress)]
    work.read_held([action.id for _, action, _ in matched if action is not None])
    for entry, action, known in matched:
        if not entry.good:
            continue
        if action is None:
            work.create(entry)
        else:
            work.update(entry, action, known=known)
    work.finish()
    return entries.result(work.tally)


class _Work:
    """One import while it is done."""

    def __init__(self, session: Session, entries: Entries, scope: Scope) -> None:
        self.session, self.entries, self.scope = session, entries, scope
        self.tally = Tally()
        self.bodies = Bodies(session, scope.network)
        kept = records.all_of(session, ActionPoint, ActionPoint.network_id == scope.network.id)
        self.by_reference = {one.reference: one for one in kept if one.reference}
        self.by_task: dict[_Key, list[ActionPoint]] = {}
        for one in kept:
            self.by_task.setdefault(_key(one.task_en, one.task_ar, one.due), []).append(one)
        gone = select(ActionPoint.reference).where(
            ActionPoint.network_id == scope.network.id, ActionPoint.removed_at.is_not(None)
        )
        self.removed = set(session.scalars(gone))
        self.seen: dict[UUID, int] = {}
        self.new: list[dict[str, Any]] = []
        self.links: list[dict[str, Any]] = []
        self.new_notes: list[dict[str, Any]] = []
        self.new_keys: dict[_Key, int] = {}

    def match(self, entry: Entry) -> tuple[ActionPoint | None, bool]:
        """The action point a row is about, and whether its reference says so."""
        reference = bare(entry.text("reference"))
        action = self.by_reference.get(reference) if reference else None
        known = action is not None
        if action is None and reference and reference in self.removed:
            entry.bad("reference", REMOVED, text=reference)
            return None, False
        if action is None:
            key = _key(entry.text("task_en"), entry.text("task_ar"), entry.day("due"))
            action = next((one for one in self.by_task.get(key, ()) if one.id not in self.seen), None)
        elif action.id in self.seen:
            entry.bad("reference", SAME_RECORD, n=self.seen[action.id])
        if action is not None:
            self.seen.setdefault(action.id, entry.number)
        return action, known

    def read_held(self, ids: Sequence[UUID]) -> None:
        """Read what a sheet would show of the matched action points."""
        self.held = rows_of(self.session, "actions", ids, self.scope)
        self.notes = belonging(self.session, ActionNote, "action_id", ids)
        self.owners = belonging(self.session, ActionResponsible, "action_id", ids)

    def create(self, entry: Entry) -> None:
        """Take a row in as a new action point."""
        values: dict[str, Any] = {
            "task_en": entry.text("task_en"),
            "task_ar": entry.text("task_ar"),
            "due": entry.day("due"),
            "status": entry.choice("status", ActionStatus) or ActionStatus.OPEN,
        }
        note = entry.text("note")
        owners = bodies_named(entry, "responsible", self.bodies)
        self._complete(entry, values, note)
        for name, says in ActionPoint(network_id=self.scope.network.id, **values).problems().items():
            entry.bad(_COLUMN_OF.get(name, name), says)
        key = _key(values["task_en"], values["task_ar"], values["due"])
        if entry.good and key in self.new_keys:
            entry.bad("task_en", TWICE, n=self.new_keys[key])
        if not entry.good:
            return
        if reference := entry.text("reference"):
            entry.note("reference", NEW_REFERENCE, text=reference[:60])
        self.new_keys[key] = entry.number
        made = records.new_id()
        self.new.append({"id": made, "network_id": self.scope.network.id, "given_on": self.scope.on, **values})
        self.links += [_link(made, owner) for owner in owners]
        if note and values["status"] is not ActionStatus.DROPPED:
            self.new_notes.append(self._note(made, note))
        self.tally.created += 1

    def update(self, entry: Entry, action: ActionPoint, *, known: bool) -> None:
        """Change the action point of a row where the row says something else."""
        entry.compare(self.held[action.id])
        values: dict[str, Any] = {}
        for name in ("task_en", "task_ar"):
            if entry.given(name, empty=known):
                values[name] = entry.text(name)
        if entry.given("due", empty=known):
            values["due"] = entry.day("due")
        if entry.given("status"):
            values["status"] = entry.choice("status", ActionStatus) or action.status
        note = entry.text("note") if entry.given("note") else ""
        owners = bodies_named(entry, "responsible", self.bodies) if entry.given("responsible", empty=known) else None
        if owners is not None and {one.id for one in owners} == {one.organisation_id for one in self.owners[action.id]}:
            owners = None
        before = {name: getattr(action, name) for name in (*values, "done_on", "dropped_reason")}
        self._complete(entry, values, note, action)
        if entry.good:
            future = ActionPoint(**{c.key: getattr(action, c.key) for c in ActionPoint.__table__.columns} | values)
            for name, says in future.problems().items():
                entry.bad(_COLUMN_OF.get(name, name), says)
        if not entry.good:
            return
        changed = {name: value for name, value in values.items() if before[name] != value}
        told = note and values.get("status", action.status) is not ActionStatus.DROPPED
        new_note = bool(told) and note not in [one.text for one in self.notes[action.id]]
        if not changed and owners is None and not new_note:
            self.tally.unchanged += 1
            return
        if changed:
            records.update(self.session, ActionPoint, action.id, **changed)
        if owners is not None:
            people = {link.organisation_id: link.person_id for link in self.owners[action.id]}
            chosen = [(one.id, people.get(one.id)) for one in owners]
            actions.set_responsible(self.session, action.id, chosen)
        if new_note:
            self.new_notes.append(self._note(action.id, note))
        self.tally.updated += 1

    def _complete(self, entry: Entry, values: dict[str, Any], note: str, action: ActionPoint | None = None) -> None:
        """Give a status what belongs to it: done its day, dropped its reason."""
        status = values.get("status")
        if status is ActionStatus.DONE:
            values["done_on"] = (action.done_on if action else None) or self.scope.on
        elif status is not None:
            values["done_on"] = None
        if (status or (action and action.status)) is ActionStatus.DROPPED and note:
            values["dropped_reason"] = note

    def _note(self, action_id: UUID, text: str) -> dict[str, Any]:
        return {"action_id": action_id, "kind": NoteKind.PROGRESS, "noted_on": self.scope.on, "text": text}

    def finish(self) -> None:
        """Make what is new."""
        given = numbering.next_references(self.session, self.scope.network, "A", self.scope.on.year, len(self.new))
        for row, reference in zip(self.new, given, strict=True):
            row["reference"] = reference
        records.create_many(self.session, ActionPoint, self.new)
        records.create_many(self.session, ActionResponsible, self.links)
        records.create_many(self.session, ActionNote, self.new_notes)


_COLUMN_OF = {"done_on": "status", "dropped_reason": "note"}


def _key(task_en: str, task_ar: str, due: Any) -> _Key:
    return (fold(task_en.strip()), fold(task_ar.strip()), due if isinstance(due, date) else None)


def _link(action_id: UUID, body: Organisation) -> dict[str, Any]:
    return {
        "id": link_id("action_responsible", action_id, body.id),
        "action_id": action_id,
        "organisation_id": body.id,
    }
