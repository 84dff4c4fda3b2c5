"""What of a package is new here; and what must not be taken in at all."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from unnm_desktop.db import ENTITIES, replay
from unnm_desktop.db.causes import Change, Key
from unnm_desktop.db.journal import Operation, erasable
from unnm_desktop.db.letting_go import let_go
from unnm_desktop.db.storing import chunks, marks
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.handover.incoming import Incoming


class Cloned(UserError):
    """Two computers write as one: a copied laptop or a restored disk."""


@dataclass
class Fresh:
    """The new part of a package."""

    incoming: Incoming
    changes: dict[str, list[Change]] = field(default_factory=dict)
    """By record."""
    places: list[Change] = field(default_factory=list)
    """All of them."""
    returning: set[Key] = field(default_factory=set)
    """Changesets that are here, but were taken back with a merge."""
    partly: set[Key] = field(default_factory=set)
    """Changesets of which some changes are here already."""
    known: int = 0
    rows: set[str] = field(default_factory=set)
    """Every record that the new or returning changes are about."""
    erased: dict[str, str] = field(default_factory=dict)
    """Records whose data are erased, here or by the package, with their kind."""

    @property
    def nothing(self) -> bool:
        """Whether the package brings nothing new."""
        return not self.rows

    def close(self) -> None:
        """Let go of everything but what is incoming."""
        let_go(self.changes, self.places, self.rows)

    def told(self) -> list[tuple[Key, Mapping[str, int]]]:
        """What the devices of the new changesets had read."""
        return [(key, one.seen) for key, one in self.incoming.changesets.items() if one.seen is not None]


def sift(cursor: Any, incoming: Incoming, own: UUID | None, heard: Callable[[], object] = bool) -> Fresh:
    """Part what is new from what is here.

    Args:
        cursor: the driver's, in a transaction.
        incoming: what the package brings.
        own: this computer's device in the workspace.
        heard: called from time to time; may stop the work.

    Raises:
        Cloned: the package has steps of this very device that it never made, or two steps under one number.

    """
    fresh = Fresh(incoming)
    here = _here(cursor, incoming)
    _erasures(cursor, fresh)
    blanked = {key: _Blank(entity) for key, entity in fresh.erased.items()}
    for key, changes in incoming.changes.items():
        heard()
        if own is not None and key.device == str(own) and key not in here:
            raise Cloned(
                N_(
                    "The package holds work of this computer that this computer does not have. The workspace was"
                    " copied to a second computer or put back from a backup by hand. Nothing was changed."
                )
            )
        if blanked:
            for change in changes.values():
                if change.row in blanked:
                    blanked[change.row].wipe(change)
        _part(fresh, key, changes, here.get(key))
    _compare(cursor, incoming, here, blanked)
    _returning(cursor, fresh)
    return fresh


@dataclass(frozen=True)
class _Here:
    """A changeset of the package that is in the file."""

    clock: str
    retracted: bool
    places: frozenset[int]


def _here(cursor: Any, incoming: Incoming) -> dict[Key, _Here]:
    places: dict[Key, set[int]] = defaultdict(set)
    steps: dict[Key, tuple[str, bool]] = {}
    for device in {key.device for key in incoming.changesets}:
        kept = UUID(device).hex
        for seq, n in cursor.execute("SELECT seq, n FROM change WHERE device = ?", (kept,)):
            places[Key(device, seq)].add(n)
        for seq, hlc, retracted in cursor.execute(
            "SELECT seq, hlc, retracted FROM changeset WHERE device = ?", (kept,)
        ):
            steps[Key(device, seq)] = hlc, bool(retracted)
    return {
        key: _Here(*steps[key], frozenset(places.get(key, ()))) for key in incoming.changesets.keys() & steps.keys()
    }


def _part(fresh: Fresh, key: Key, changes: Mapping[int, Change], here: _Here | None) -> None:
    new = changes if here is None else {n: change for n, change in changes.items() if n not in here.places}
    for change in new.values():
        fresh.changes.setdefault(change.row, []).append(change)
        fresh.places.append(change)
        fresh.rows.add(change.row)
    if here is None:
        return
    if new:
        fresh.partly.add(key)
    if here.retracted and changes:
        fresh.returning.add(key)
    elif not new:
        fresh.known += 1


def _compare(cursor: Any, incoming: Incoming, here: Mapping[Key, _Here], blanked: Mapping[str, _Blank]) -> None:
    """Look whether what is known already says the same here and there."""
    twice = Cloned(
        N_(
            "The package and this workspace have different work under the same number. A workspace was copied to a"
            " second computer or put back by hand, or the package was changed. Nothing was changed."
        )
    )
    if any(incoming.changesets[key].step.hlc != one.clock for key, one in here.items()):
        raise twice
    for device in {key.device for key in here}:
        lines = cursor.execute(
            "SELECT seq, n, entity, row_id, op, fields, parents FROM change WHERE device = ?", (UUID(device).hex,)
        )
        for seq, n, entity, row, operation, told, knew in lines:
            change = incoming.changes.get(Key(device, seq), {}).get(n)
            if change is None:
                continue
            mine = Change(change.step, entity, row, operation, told, knew, n)
            if row in blanked:
                blanked[row].wipe(mine)
            if _what(mine) != _what(change) and not _same(mine, change):
                raise twice


def _what(change: Change) -> tuple[str, ...]:
    return change.row, change.entity, change.operation, change.told, change.knew


def _same(one: Change, other: Change) -> bool:
    """The same, spelled in another way."""
    heads = (one.row, one.entity, one.operation) == (other.row, other.entity, other.operation)
    return heads and one.fields == other.fields and one.parents == other.parents


def _returning(cursor: Any, fresh: Fresh) -> None:
    for portion in chunks(fresh.returning):
        for key in portion:
            sql = "SELECT row_id FROM change WHERE device = ? AND seq = ?"
            fresh.rows.update(row for (row,) in cursor.execute(sql, (UUID(key.device).hex, key.seq)))


def _erasures(cursor: Any, fresh: Fresh) -> None:
    rows = replay.erased_rows(cursor)
    for portion in chunks(rows):
        sql = f"SELECT row_id, entity FROM change WHERE op = 'erase' AND row_id IN ({marks(portion)})"  # noqa: S608 - question marks
        fresh.erased.update(iter(cursor.execute(sql, portion)))
    for changes in fresh.incoming.changes.values():
        for change in changes.values():
            if change.operation == Operation.ERASE:
                fresh.erased[change.row] = change.entity


class _Blank:
    """Takes erased data out of changes."""

    def __init__(self, entity: str) -> None:
        self.blank = erasable(ENTITIES[entity])

    def wipe(self, change: Change) -> None:
        """Blank the erased fields of one change."""
        change.retell(wiped(change.told, change.operation, self.blank))


def wiped(told: str, operation: str, blank: Mapping[str, Any]) -> str:
    """The fields of a change, as JSON, without what was erased."""
    fields = json.loads(told)
    for name in fields.keys() & blank.keys():
        fields[name] = blank[name] if operation == Operation.CREATE else [blank[name], blank[name]]
    return json.dumps(fields)


def wipe_journal(cursor: Any, erased: Mapping[str, str]) -> None:
    """Take the erased data of these records out of every change in the file, and what was being typed."""
    for row, entity in erased.items():
        blank = erasable(ENTITIES[entity])
        lines = cursor.execute("SELECT device, seq, n, op, fields FROM change WHERE row_id = ?", (row,)).fetchall()
        cursor.executemany(
            "UPDATE change SET fields = ? WHERE device = ? AND seq = ? AND n = ?",
            [(wiped(told, operation, blank), device, seq, n) for device, seq, n, operation, told in lines],
        )
        cursor.execute("DELETE FROM draft WHERE record_id = ?", (row,))
