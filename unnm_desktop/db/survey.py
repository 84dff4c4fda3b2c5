"""The states of many records together: duplicates that were joined, references that keep a removed record in sight."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from unnm_desktop.db.causes import Change, Clocks, Key, Origin
from unnm_desktop.db.identity import dashed
from unnm_desktop.db.journal import REMOVED, SAME_AS, moment_of
from unnm_desktop.db.letting_go import let_go
from unnm_desktop.db.resolving import JOINED, REFERRED, UNDONE, State, resolve
from unnm_desktop.db.storing import chunks, marks, references, referring

_CHANGES = (
    "SELECT c.device, c.seq, c.entity, c.row_id, c.op, c.fields, c.parents, s.hlc, s.at_utc, s.schema_rev, s.retracted"
    " FROM change c JOIN changeset s ON s.device = c.device AND s.seq = c.seq"
)


class Journal:
    """The changes of a workspace, with those that are about to be taken in.

    Args:
        cursor: the driver's, in a transaction.
        incoming: changes that are not in the file, by record.
        told: what the devices of those had read.
        returning: changesets that were taken back and count again.

    """

    def __init__(
        self,
        cursor: Any,
        incoming: Mapping[str, Sequence[Change]] | None = None,
        told: Iterable[tuple[Key, Mapping[str, int]]] = (),
        returning: Collection[Key] = (),
    ) -> None:
        self.cursor = cursor
        self.incoming: Mapping[str, Sequence[Change]] = incoming or {}
        seen = cursor.execute("SELECT device, seq, seen FROM changeset WHERE seen IS NOT NULL AND seen <> 'null'")
        kept = [(Key(dashed(device), seq), json.loads(text)) for device, seq, text in seen.fetchall()]
        self.clocks = Clocks([*kept, *told])
        self._steps: dict[Key, Origin] = {}
        self._returning = returning

    def _change(self, row: Sequence[Any]) -> Change:
        device, seq, entity, record, operation, told, knew, hlc, at, schema, retracted = row
        key = Key(dashed(device), seq)
        step = self._steps.get(key)
        if step is None:
            step = self._steps[key] = Origin(key, hlc, at, schema, not retracted or key in self._returning)
        return Change(step, entity, record, operation, told, knew)

    def changes(self, rows: Iterable[str]) -> dict[str, list[Change]]:
        """All changes of these records."""
        found: dict[str, list[Change]] = {}
        for portion in chunks(rows):
            for told in self.cursor.execute(f"{_CHANGES} WHERE c.row_id IN ({marks(portion)})", portion):
                change = self._change(told)
                found.setdefault(change.row, []).append(change)
            for row in portion:
                if row in self.incoming:
                    found.setdefault(row, []).extend(self.incoming[row])
        return found

    def every(self) -> Iterator[list[Change]]:
        """The changes of each record in turn."""
        together: list[Change] = []
        for told in self.cursor.execute(f"{_CHANGES} ORDER BY c.row_id"):
            change = self._change(told)
            if together and together[0].row != change.row:
                yield together
                together = []
            together.append(change)
        if together:
            yield together

    def joined(self) -> set[str]:
        """The records that were ever joined to another."""
        rows = self.cursor.execute("SELECT DISTINCT row_id FROM change WHERE op = 'same_as'").fetchall()
        coming = (row for row, each in self.incoming.items() if any(c.operation == SAME_AS for c in each))
        return {*(row for (row,) in rows), *coming}

    def quarrelled(self) -> set[str]:
        """The records that are in sight only because others need them."""
        sql = f"SELECT DISTINCT row_id FROM conflict WHERE kind IN ('{REFERRED}', '{UNDONE}', '{JOINED}')"  # noqa: S608 - our own words
        return {row for (row,) in self.cursor.execute(sql).fetchall()}

    def referrers(self, entity: str, rows: Collection[str]) -> dict[str, set[tuple[str, str]]]:
        """By record of one kind, which records (row, column) refer to it in the tables."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for table, column in referring(entity):
            for portion in chunks(rows):
                sql = f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" IN ({marks(portion)})'  # noqa: S608 - names of our own
                for row, target in self.cursor.execute(sql, portion):
                    found[target].add((row, column))
        return found

    def out_of_sight(self, entity: str, rows: Collection[str]) -> set[str]:
        """Those of the records that are removed."""
        found: set[str] = set()
        for portion in chunks(rows):
            sql = f'SELECT id FROM "{entity}" WHERE id IN ({marks(portion)}) AND removed_at IS NOT NULL'  # noqa: S608 - names of our own
            found.update(row for (row,) in self.cursor.execute(sql, portion))
        return found


class Survey:
    """The states of some records, and of all others that these have a say in.

    Args:
        journal: where the changes are.
        rows: the records, by key as the columns keep it.

    """

    def __init__(self, journal: Journal, rows: Iterable[str]) -> None:
        self.journal = journal
        self.states: dict[str, State] = {}
        self._changes: dict[str, list[Change]] = {}
        self._take({*rows, *journal.quarrelled()})
        asked = set(self.states)
        ever = self._take_joined()
        self.survivors = self._clusters(ever)
        self._redirect(asked & ever, ever)
        self._join()
        self._take_removed_targets()
        self._revive()
        self._keep_referred()

    def changes(self, row: str) -> list[Change]:
        """The changes of a record that was surveyed."""
        return self._changes[row]

    def close(self) -> None:
        """Let go of everything."""
        let_go(self.states, self._changes)

    def _take(self, rows: Iterable[str]) -> list[State]:
        wanted = [row for row in rows if row not in self.states]
        found = self.journal.changes(wanted)
        self._changes.update(found)
        taken = [resolve(changes) for changes in found.values()]
        self.states.update((state.row, state) for state in taken)
        return taken

    def _take_joined(self) -> set[str]:
        """Take what was ever joined, and what to; also where that was taken back."""
        found = self.journal.joined()
        self._take(found)
        for row in list(found):
            for change in self._changes[row]:
                if change.operation == SAME_AS:
                    found.update(UUID(value).hex for value in change.fields[SAME_AS] if value is not None)
        self._take(found)
        return found & self.states.keys()

    def _clusters(self, ever: Iterable[str]) -> dict[str, str]:
        """Where references to a joined record lead, for each record of each cluster."""
        leads: dict[str, set[str]] = {}
        for row in ever:
            for change, _ in self.states[row].heads.get(SAME_AS, []):
                if change.value(SAME_AS) is not None:
                    leads.setdefault(row, set()).add(UUID(change.value(SAME_AS)).hex)
        survivors: dict[str, str] = {}
        for cluster in _connected(leads):
            ends = [row for row in cluster if row not in leads] or list(cluster)
            survivors.update(dict.fromkeys(cluster, min(ends)))
        return survivors

    def _redirect(self, changed: Collection[str], ever: Iterable[str]) -> None:
        """Let references follow to the record that stays; those of a cluster that came apart go back."""
        by_kind: dict[str, set[str]] = defaultdict(set)
        for row in ever if changed else ():
            by_kind[self.states[row].entity].add(row)
        for entity, rows in by_kind.items():
            found = self.journal.referrers(entity, rows)
            self._take({row for each in found.values() for row, _ in each})
        for state in self.states.values():
            self._follow(state)

    def _follow(self, state: State) -> None:
        for column, _ in references(state.entity) if self.survivors else ():
            value = state.values.get(column)
            if value is not None:
                row = UUID(value).hex
                if self.survivors.get(row, row) != row:
                    state.values[column] = dashed(self.survivors[row])

    def _join(self) -> None:
        """Take joined records out of sight; what was changed on them by others follows to the one that stays."""
        for row, survivor in self.survivors.items():
            loser, stays = self.states.get(row), self.states.get(survivor)
            if row == survivor or loser is None or stays is None or not loser.exists:
                continue
            joins = [
                change
                for member, end in self.survivors.items()
                if end == survivor and member in self.states
                for change, _ in self.states[member].heads.get(SAME_AS, [])
                if change.value(SAME_AS) is not None
            ]
            first = min(joins, key=lambda change: change.order)
            loser.values[REMOVED] = moment_of(first.step.at).isoformat()
            loser.removals = []
            loser.clashes = {key: heads for key, heads in loser.clashes.items() if key[0] != REMOVED}
            for name in [name for name in loser.heads if name in loser.values or name in stays.values]:
                self._carry(name, loser, stays, joins)
        for state in self.states.values():
            state.values.pop(SAME_AS, None)

    def _carry(self, name: str, loser: State, stays: State, joins: Sequence[Change]) -> None:
        if name in (REMOVED, SAME_AS):
            return
        saw, concurrent = self.journal.clocks.saw, self.journal.clocks.concurrent
        late = [
            change
            for change in loser.shown(name)
            if not change.creates
            and all(concurrent(join.step, change.step) for join in joins)
            and not any(saw(head.step, change.step) for head in stays.shown(name))
        ]
        value, kept = loser.values.get(name), stays.values.get(name)
        if not late or value == kept:
            return
        if kept in (None, "") or late[0].fields[name][0] == kept:
            stays.values[name] = value
        else:
            stays.clashes[name, JOINED] = [*stays.shown(name), *late]

    def _take_removed_targets(self) -> None:
        """Look at what the records refer to, where that is out of sight."""
        targets: dict[str, set[str]] = defaultdict(set)
        for state in self.states.values():
            for column, target in references(state.entity):
                value = state.values.get(column)
                if value is not None:
                    targets[target].add(UUID(value).hex)
        for entity, rows in targets.items():
            for state in self._take(self.journal.out_of_sight(entity, rows - self.states.keys())):
                self._follow(state)
                if self.survivors.get(state.row, state.row) != state.row:
                    raise RuntimeError("a joined record is always surveyed")

    def _users(self, wanted: Iterable[State]) -> dict[str, set[tuple[str, str]]]:
        """By record, which records (row, column) refer to it as their states have it."""
        by_kind: dict[str, set[str]] = defaultdict(set)
        for state in wanted:
            by_kind[state.entity].add(state.row)
        looked = {row for rows in by_kind.values() for row in rows}
        for entity, rows in by_kind.items():
            for each in self.journal.referrers(entity, rows).values():
                for state in self._take({row for row, _ in each}):
                    self._follow(state)
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for state in self.states.values():
            for column, _ in references(state.entity) if state.exists else ():
                value = state.values.get(column)
                row = UUID(value).hex if value is not None else ""
                if row in looked:
                    found[row].add((state.row, column))
        return found

    def _revive(self) -> None:
        """What an undone merge brought stays where something that is left refers to it."""
        while gone := [state for state in self.states.values() if not state.exists]:
            users = self._users(gone)
            needed = [state for state in gone if users[state.row] and any(c.creates for c in self._changes[state.row])]
            if not needed:
                return
            for state in needed:
                self.states[state.row] = resolve(self._changes[state.row], revive=True)
                self._follow(self.states[state.row])

    def _keep_referred(self) -> None:
        """A record removed by somebody who did not know of a new reference to it stays in sight."""
        removed = [state for state in self.states.values() if state.removals]
        users = self._users(removed) if removed else {}
        waiting = True
        while waiting:
            waiting = False
            for state in removed:
                late = self._late_references(state, users[state.row]) if state.removals else []
                if late:
                    state.keep(REFERRED, late)
                    waiting = True

    def _late_references(self, state: State, users: Iterable[tuple[str, str]]) -> list[Change]:
        concurrent = self.journal.clocks.concurrent
        return [
            change
            for row, column in sorted(users)
            if REMOVED not in self.states[row].values
            for change in self.states[row].shown(column)
            if all(concurrent(change.step, removal.step) for removal in state.removals)
        ]


def _connected(leads: Mapping[str, Iterable[str]]) -> list[set[str]]:
    clusters: list[set[str]] = []
    for row, ends in leads.items():
        together = {row, *ends}
        apart = []
        for cluster in clusters:
            if cluster & together:
                together |= cluster
            else:
                apart.append(cluster)
        clusters = [*apart, together]
    return clusters
