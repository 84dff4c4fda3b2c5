"""What is in conflict, in plain data: the record, the field, and each side with who and when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, storing
from unnm_desktop.db.causes import Change, Key
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.db.resolving import JOINED, READ, VALUE, State, ancestor
from unnm_desktop.db.storing import chunks, marks
from unnm_desktop.db.survey import Journal
from unnm_desktop.services.handover.exporting import holds
from unnm_desktop.services.undecided import is_part

_DEPTH = 4
"""From a comment on minutes to its meeting, and one to spare."""


@dataclass(frozen=True)
class Side:
    """One of the values, and who gave it when on which computer."""

    value: Any
    """As the journal keeps it."""
    officer: str
    device: UUID
    seq: int
    at: str
    """UTC, ISO 8601."""
    here: bool
    """Whether it was in this workspace before the package was looked at."""
    row: UUID
    """Whose change it is: of another record where that was joined to this one, or refers to it."""
    entity: str = ""


@dataclass(frozen=True)
class Conflict:
    """One question to the officer; leaving it open is allowed for ever.

    ``kind``: ``value`` (different values) · ``read`` (two edits of a text put together: please read) · ``removed``
    (changed on one side, removed on the other; it stays) · ``referenced`` (removed on one side, newly referred to on
    the other; it stays) · ``undone`` (came with a merge that was undone, and was worked on since) · ``joined`` (a
    joined record was changed by somebody who did not know).
    """

    entity: str
    row: UUID
    title: str
    field: str
    kind: str
    shown: Any
    """What the record has for the time being."""
    sides: tuple[Side, ...]
    """The heads, newest first."""
    ancestor: Any
    """The last value that all sides knew."""

    @property
    def mine(self) -> Side | None:
        """The newest side that was here."""
        return next((side for side in self.sides if side.here), None)

    @property
    def theirs(self) -> Side | None:
        """The newest side that came with the package."""
        return next((side for side in self.sides if not side.here), None)

    @property
    def others(self) -> tuple[Side, ...]:
        """Further values that somebody gave, each once, the newest first."""
        told = [side.value for side in (self.mine, self.theirs) if side is not None]
        found: list[Side] = []
        for side in self.sides if self.kind in (VALUE, READ, JOINED) else ():
            if side.value not in told:
                told.append(side.value)
                found.append(side)
        return tuple(found)


def title_of(entity: str, values: Mapping[str, Any]) -> str:
    """How a record is named, from its values."""
    return next((str(values[name]) for name in ENTITIES[entity].SEARCHED if values.get(name)), "")


def described(
    state: State,
    key: tuple[str, str],
    changes: Mapping[str, Sequence[Change]],
    officers: Mapping[Key, str],
    local: frozenset[Key],
) -> Conflict:
    """A conflict of a surveyed record.

    Args:
        state: the record.
        key: field and kind.
        changes: the changes of every record concerned.
        officers: who made the changesets.
        local: the changesets of the package that are new; the others were here.

    """
    name, kind = key
    heads = sorted(state.clashes[key], key=lambda change: change.order, reverse=True)
    own = [change for change in heads if change.row == state.row]
    # Of a joined record, the two sides were never one; whether a record stays has no value before.
    before = ancestor(changes[state.row], name, own) if kind in (VALUE, READ) else None
    sides = tuple(
        Side(
            _value(change, name),
            officers.get(change.key, ""),
            UUID(change.key.device),
            change.key.seq,
            change.step.at,
            change.key not in local,
            UUID(change.row),
            change.entity,
        )
        for change in heads
    )
    told = None if before is None else _value(before, name)
    shown = state.values.get(name)
    return Conflict(state.entity, UUID(state.row), title_of(state.entity, state.values), name, kind, shown, sides, told)


def _value(change: Change, name: str) -> Any:
    if change.creates:
        return change.fields.get(name)
    pair = change.fields.get(name)
    return pair[1] if pair else None


def officers_of(cursor: Any, keys: Iterable[Key]) -> dict[Key, str]:
    """Who made these changesets."""
    found: dict[Key, str] = {}
    for key in set(keys):
        sql = "SELECT officer FROM changeset WHERE device = ? AND seq = ?"
        row = cursor.execute(sql, (UUID(key.device).hex, key.seq)).fetchone()
        if row:
            found[key] = row[0]
    return found


def about(session: Session, entity: str, row: UUID) -> set[UUID]:
    """The records in conflict that an officer sees on this one: itself, what is part of it, and who sits in a seat."""
    cursor = cursor_of(session)
    undecided = cursor.execute("SELECT DISTINCT entity, row_id FROM conflict").fetchall()
    if not undecided:
        return set()
    wanted = {row.hex, *_seated(cursor, entity, row)}
    found: set[UUID] = set()
    # Where each leads: from a record in conflict up to what it is part of.
    leads = {(kind, key): {key} for kind, key in undecided}
    for _ in range(_DEPTH):
        found |= {UUID(origin) for (_, key), origins in leads.items() if key in wanted for origin in origins}
        leads = _wholes(cursor, leads)
    return found


def _seated(cursor: Any, entity: str, row: UUID) -> list[str]:
    """The organisation of a seat: what is told of it stands on the seat."""
    if entity != "membership":
        return []
    return [key for (key,) in cursor.execute("SELECT organisation_id FROM membership WHERE id = ?", (row.hex,))]


def _wholes(cursor: Any, leads: Mapping[tuple[str, str], set[str]]) -> dict[tuple[str, str], set[str]]:
    """What these records are part of, with where each came from."""
    above: dict[tuple[str, str], set[str]] = {}
    for kind in {kind for kind, _ in leads}:
        for column, target in storing.references(kind):
            if not is_part(kind, column, target):
                continue
            keys = [key for name, key in leads if name == kind]
            for portion in chunks(keys):
                sql = f'SELECT id, "{column}" FROM "{kind}" WHERE id IN ({marks(portion)})'  # noqa: S608 - names of our own
                for key, whole in cursor.execute(sql, portion).fetchall():
                    if whole is not None:
                        above.setdefault((target, whole), set()).update(leads[kind, key])
    return above


def open_conflicts(
    session: Session, rows: Iterable[UUID] | None = None, *, merge: UUID | None = None
) -> list[Conflict]:
    """What is undecided, by record: on all records, on some, or what one merge opened.

    ``mine`` and ``theirs`` are told apart by the merge that brought a side: what no merge brought is mine.
    """
    cursor = cursor_of(session)
    lines = _lines(cursor, rows, merge)
    heads = [(row, Key(device, seq)) for *_, told in lines for row, device, seq in json.loads(told)]
    journal = Journal(cursor)
    changes = journal.changes({row for row, _ in heads} | {line[0] for line in lines})
    officers = officers_of(cursor, (key for _, key in heads))
    brought = _brought(cursor, {key for _, key in heads})
    values: dict[str, Mapping[str, Any]] = {}
    for entity in {line[3] for line in lines}:
        present = storing.rows(cursor, entity, [line[0] for line in lines if line[3] == entity])
        values.update((row, storing.told_of(entity, one)) for row, one in present.items())
    found = []
    for row, name, kind, entity, told in lines:
        wanted = {(head[0], Key(head[1], head[2])) for head in json.loads(told)}
        clash = [change for one, _ in wanted for change in changes.get(one, ()) if (one, change.key) in wanted]
        state = State(entity, row, dict(values.get(row, {})))
        state.clashes[name, kind] = list(dict.fromkeys(clash))
        found.append(described(state, (name, kind), changes, officers, brought))
    return found


def _lines(cursor: Any, rows: Iterable[UUID] | None, merge: UUID | None) -> list[tuple[str, str, str, str, str]]:
    sql = "SELECT row_id, field, kind, entity, heads FROM conflict"
    if merge is not None:
        return list(cursor.execute(f"{sql} WHERE opened_by = ? ORDER BY row_id, field", (merge.hex,)))
    if rows is None:
        return list(cursor.execute(f"{sql} ORDER BY row_id, field"))
    found: list[tuple[str, str, str, str, str]] = []
    for portion in chunks(row.hex for row in rows):
        found += cursor.execute(f"{sql} WHERE row_id IN ({marks(portion)}) ORDER BY row_id, field", portion)
    return found


def _brought(cursor: Any, keys: set[Key]) -> frozenset[Key]:
    """Those that came with a package; a decision made here carries its merge's key, too, but none has brought it."""
    vectors = [json.loads(told) for (told,) in cursor.execute("SELECT brought FROM merge").fetchall()]
    return frozenset(key for key in keys if any(holds(vector, key.device, key.seq) for vector in vectors))
