"""The state of one record as a pure function of the set of its changes: values, heads, and what is in conflict.

Causality decides: a field's heads are the changes that no other one replaced. Where heads differ, one is shown for the
time being (the longest line of edits, as CouchDB does; the clock only for ties) and the conflict stays until somebody
decides it, by a change that replaces all heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Text

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.causes import Change, Key
from unnm_desktop.db.combining import combined
from unnm_desktop.db.journal import ERASED, REMOVED, SAME_AS, WHOLE, Operation, default_of

VALUE = "value"
"""A field was given different values."""
READ = "read"
"""Two edits of a text were put together; somebody should read the result."""
KEPT = "removed"
"""Changed here, removed there (or the other way): the record stays."""
REFERRED = "referenced"
"""Removed there, newly referred to here: the record stays."""
UNDONE = "undone"
"""It came with a merge that was undone, and was worked on since: the record stays."""
JOINED = "joined"
"""A record that was joined to another was changed by somebody who did not know it."""


class Circle(Exception):
    """Changes that each claim to follow the other: no journal of ours holds such."""


@dataclass
class State:
    """A record as its changes tell it."""

    entity: str
    row: str
    values: dict[str, Any] = field(default_factory=dict)
    """By field, as the journal keeps them; fields without a value are left out."""
    heads: dict[str, list[tuple[Change, bool]]] = field(default_factory=dict)
    """By field (the whole record under ``*``): the heads, and whether their value is shown."""
    clashes: dict[tuple[str, str], list[Change]] = field(default_factory=dict)
    """By field and kind: what is in conflict."""
    removals: list[Change] = field(default_factory=list)
    """What took the record out of sight; empty while it is in sight."""
    exists: bool = True

    def shown(self, name: str) -> list[Change]:
        """The heads of a field whose value is shown."""
        heads = self.heads.get(name)
        if heads is None:
            heads = self.heads.get(WHOLE, [])
        return [change for change, shown in heads if shown]

    def keep(self, kind: str, changes: Sequence[Change]) -> None:
        """Keep a removed record in sight, as a conflict."""
        self.values.pop(REMOVED, None)
        if REMOVED in self.heads:
            self.heads[REMOVED] = [(change, False) for change, _ in self.heads[REMOVED]]
        self.clashes[REMOVED, kind] = [*self.removals, *changes]
        self.removals = []


@cache
def _texts(entity: str) -> frozenset[str]:
    return frozenset(c.key for c in ENTITIES[entity].__table__.columns if isinstance(c.type, Text))


@cache
def defaults(entity: str) -> dict[str, Any]:
    """What a record has in the fields that the program that made it did not know yet."""
    kind = ENTITIES[entity]
    found = {c.key: default_of(kind, c.key) for c in kind.__table__.columns if not c.nullable and c.key != "id"}
    return {name: value for name, value in found.items() if value is not None}


def resolve(changes: Sequence[Change], *, revive: bool = False) -> State:
    """The record that these changes make.

    Args:
        changes: all changes of one record, in any order.
        revive: count its making even where the merge that brought it was undone: something refers to it.

    """
    first = changes[0]
    if len(changes) == 1 and first.creates and first.live:
        # Looked at once, and kept in the state: a package has a great many.
        state = State(first.entity, first.row, {**defaults(first.entity), **first.parsed()})
        state.heads[WHOLE] = [(first, True)]
        if REMOVED in state.values:
            state.removals = [first]
        return state
    return _Record(changes, revive=revive).state


class _Record:
    """The work of resolving one record."""

    def __init__(self, changes: Sequence[Change], *, revive: bool) -> None:
        self.all = sorted(changes, key=lambda change: change.order)
        self.state = State(self.all[0].entity, self.all[0].row)
        # An erasure holds whoever takes back what.
        erasures = [change for change in self.all if change.operation == Operation.ERASE]
        live = [change for change in self.all if change.live and change.operation != Operation.ERASE]
        makers = [change for change in self.all if change.creates]
        self.makers = [change for change in makers if change.live]
        edits = [change for change in live if not change.creates]
        if not self.makers:
            self.state.exists = bool(makers) and (revive or bool(edits))
            if not self.state.exists:
                return
            self.makers = makers
            self.state.clashes[WHOLE, UNDONE] = edits or makers
        self.counted = {change.key for change in (*edits, *self.makers)}
        self.edits = edits
        self._fields()
        # What is blanked for good is no work that a removal would take away.
        self.blanked = {name for change in erasures for name in change.fields}
        for change in erasures:
            self._erase(change)
        self._removal()

    def _fields(self) -> None:
        touched = dict.fromkeys(name for change in self.edits for name in change.fields)
        values = {**defaults(self.state.entity), **self.makers[0].fields}
        self.state.heads[WHOLE] = [(change, True) for change in self.makers]
        if len(self.makers) > 1:
            touched.update(dict.fromkeys(name for change in self.makers for name in change.fields))
        self.state.values = values
        for name in touched:
            self._field(name)
        self.state.values = {name: value for name, value in values.items() if value is not None}

    def _field(self, name: str) -> None:
        line = _Line(name, self.all, self.makers, self.counted)
        groups = line.groups()
        heads = [change for group in groups for change in group]
        value, combination = groups[0][0].value(name), None
        if len(groups) > 1 and name not in (REMOVED, SAME_AS):
            combination = line.combination(groups) if name in _texts(self.state.entity) else None
            value = value if combination is None else combination
            self.state.clashes[name, VALUE if combination is None else READ] = heads
        self.state.values[name] = value
        shown = set(groups[0] if combination is None else heads)
        if len(shown) == len(heads) and set(heads) == set(self.makers):
            return  # as it was made, on each side
        self.state.heads[name] = [(change, change in shown) for change in heads]

    def _removal(self) -> None:
        heads = [change for change, _ in self.state.heads.get(REMOVED, self.state.heads[WHOLE])]
        removals = [change for change in heads if change.value(REMOVED) is not None]
        alive = [change for change in heads if change.value(REMOVED) is None]
        if not removals:
            return
        self.state.removals = removals
        if alive and REMOVED in self.state.heads:
            self.state.keep(KEPT, alive)
            self.state.heads[REMOVED] = [(change, change in alive) for change in heads]
            return
        unknown = [
            change
            for name, each in self.state.heads.items()
            if name not in (REMOVED, ERASED, *self.blanked)
            for change, _ in each
            if not any(self._knew(removal, change, name) for removal in removals)
        ]
        if unknown:
            self.state.keep(KEPT, list(dict.fromkeys(unknown)))

    def _knew(self, removal: Change, change: Change, name: str) -> bool:
        """Whether that change was known to who removed the record, or made on a record known to be removed."""
        if removal.key == change.key or removal.key in change.parents.get(REMOVED, ()):
            return True
        if WHOLE not in removal.parents:  # written before removals named every head of their record
            return removal.creates or change.order < removal.order
        known = removal.parents.get(name, removal.parents[WHOLE])
        return change.key in _Line(name, self.all, self.makers, self.counted).counting(known)

    def _erase(self, erasure: Change) -> None:
        self.state.heads[ERASED] = [(erasure, True)]
        for name, (_, blank) in erasure.fields.items():
            if blank is None:
                self.state.values.pop(name, None)
            else:
                self.state.values[name] = blank
            for kind in (VALUE, READ):
                self.state.clashes.pop((name, kind), None)
            if name in self.state.heads:
                self.state.heads[name] = [(change, True) for change, _ in self.state.heads[name]]


class _Line:
    """The changes of one field of a record, and which replaced which."""

    def __init__(self, name: str, changes: Iterable[Change], makers: Iterable[Change], counted: set[Key]) -> None:
        self.name = name
        self.counted = counted
        self._parents: dict[Key, set[Key]] = {}
        # An erasure is among them where it blanks the field; it never counts and is nobody's parent.
        self.members = {c.key: c for c in changes if not c.creates and name in c.fields}
        if name != SAME_AS:
            self.members.update((c.key, c) for c in makers)

    def counting(self, keys: Iterable[Key]) -> set[Key]:
        """These changes; instead of one that was taken back, those it had replaced."""
        found: set[Key] = set()
        looked: set[Key] = set()
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            change = self.members.get(key)
            if change is None or key in looked:
                continue
            looked.add(key)
            if key in self.counted:
                found.add(key)
            else:
                waiting += change.parents.get(self.name, ())
        return found

    def parents(self, change: Change) -> set[Key]:
        """What it replaced, of what counts."""
        found = self._parents.get(change.key)
        if found is None:
            found = self._parents[change.key] = self.counting(change.parents.get(self.name, ()))
        return found

    def groups(self) -> list[list[Change]]:
        """The heads by value; the group whose value is shown comes first."""
        members = [change for change in self.members.values() if change.key in self.counted]
        replaced = {key for change in members for key in self.parents(change)}
        heads = [change for change in members if change.key not in replaced]
        if len(self.behind(change.key for change in heads)) < len(members):
            raise Circle(f"{members[0].entity} {members[0].row}: {self.name}")
        groups: list[list[Change]] = []
        for change in sorted(heads, key=lambda change: change.order, reverse=True):
            group = next((group for group in groups if self._same(group[0], change)), None)
            if group is None:
                groups.append([change])
            else:
                group.append(change)
        if len(groups) > 1:
            lengths = self._lengths()
            groups.sort(key=lambda group: max((lengths[c.key], c.order) for c in group), reverse=True)
        return groups

    def _same(self, one: Change, other: Change) -> bool:
        mine, theirs = one.value(self.name), other.value(self.name)
        return (mine is None) == (theirs is None) if self.name == REMOVED else bool(mine == theirs)

    def _lengths(self) -> dict[Key, int]:
        """How many edits lie behind each change."""
        lengths: dict[Key, int] = {}
        waiting = [key for key in self.members if key in self.counted]
        begun: set[Key] = set()
        while waiting:
            key = waiting[-1]
            before = self.parents(self.members[key])
            missing = [parent for parent in before if parent not in lengths and parent not in begun]
            begun.add(key)
            if missing:
                waiting += missing
                continue
            lengths[waiting.pop()] = 1 + max((lengths.get(parent, 0) for parent in before), default=0)
        return lengths

    def behind(self, keys: Iterable[Key]) -> set[Key]:
        """These changes and all they follow."""
        found: set[Key] = set()
        waiting = list(keys)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.parents(self.members[one])
        return found

    def ancestor(self, changes: Sequence[Change]) -> Change | None:
        """The nearest change that all of them follow."""
        common = set.intersection(*(self.behind([change.key]) for change in changes))
        lengths = self._lengths()
        nearest = max(common, key=lambda key: (lengths[key], self.members[key].order), default=None)
        return None if nearest is None else self.members[nearest]

    def combination(self, groups: Sequence[Sequence[Change]]) -> str | None:
        """All edits of a text in one, where they leave each other's paragraphs alone."""
        heads = sorted((group[0] for group in groups), key=lambda c: c.order)
        before = self.ancestor(heads)
        old = before.value(self.name) if before is not None else None
        if not isinstance(old, str):
            return None
        text: str | None = heads[0].value(self.name)
        for change in heads[1:]:
            if text is None:
                return None
            text = combined(old, text, change.value(self.name))
        return text


def ancestor(changes: Sequence[Change], name: str, heads: Sequence[Change]) -> Change | None:
    """The nearest change of a field that all of these heads follow, for showing."""
    makers = [change for change in changes if change.creates]
    counted = {change.key for change in changes if change.live} | {change.key for change in makers}
    line = _Line(name, changes, makers, counted)
    known = [change for change in heads if change.key in line.members]
    return line.ancestor(known) if known else None
