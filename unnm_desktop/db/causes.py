"""What a change knew: its parents within a field, and what its device had read of others."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from unnm_desktop.db.journal import Operation
from unnm_desktop.frozen import Frozen


class Key(NamedTuple):
    """A changeset: device and number; within one record it names the change."""

    device: str
    seq: int


class Origin(Frozen):
    """What is to be known of a changeset to judge its changes."""

    key: Key
    hlc: str
    at: str
    schema: int
    live: bool = True
    """Not taken back with the merge that brought it."""


@dataclass(eq=False, slots=True)
class Change:
    """One change of one record, as it lies in the journal; a package has a great many."""

    step: Origin
    entity: str
    row: str
    operation: str
    told: str
    """Its fields, as JSON."""
    knew: str
    """Its parents, as JSON."""
    n: int = 0
    """Its place in the changeset."""
    _fields: dict[str, Any] | None = None
    _parents: dict[str, list[Key]] | None = None

    @property
    def key(self) -> Key:
        """Device and number."""
        return self.step.key

    @property
    def live(self) -> bool:
        """Whether it counts."""
        return self.step.live

    @property
    def order(self) -> tuple[str, Key]:
        """The order of changes that know nothing of each other: for display and for ties."""
        return self.step.hlc, self.step.key

    @property
    def creates(self) -> bool:
        """Whether it made the record."""
        return self.operation == Operation.CREATE

    @property
    def fields(self) -> dict[str, Any]:
        """The values a record was made with, or for each changed field its old and new value."""
        if self._fields is None:
            self._fields = self.parsed()
        return self._fields

    def parsed(self) -> dict[str, Any]:
        """The same, not kept: to be looked at once."""
        fields: dict[str, Any] = json.loads(self.told)
        return fields

    def retell(self, told: str) -> None:
        """Give it other fields, as JSON."""
        self.told, self._fields = told, None

    @property
    def parents(self) -> dict[str, list[Key]]:
        """The changes it replaced, for each field."""
        if self._parents is None:
            told = {} if self.knew == "{}" else json.loads(self.knew)
            self._parents = {name: [Key(str(d), int(s)) for d, s in heads] for name, heads in told.items()}
        return self._parents

    def value(self, field: str) -> Any:
        """What it gave to the field."""
        return self.fields.get(field) if self.creates else self.fields[field][1]


class Clocks:
    """Which changeset had read which, by what each device said it had seen."""

    def __init__(self, told: Iterable[tuple[Key, Mapping[str, int]]]) -> None:
        self._told: dict[str, list[tuple[int, Mapping[str, int]]]] = {}
        for key, seen in told:
            self._told.setdefault(key.device, []).append((key.seq, seen))
        for one in self._told.values():
            one.sort(key=lambda entry: entry[0])

    def saw(self, one: Origin, other: Origin) -> bool:
        """Whether the first was written by somebody who had the second."""
        if one.key.device == other.key.device:
            return other.key.seq <= one.key.seq
        told = self._told.get(one.key.device, [])
        place = bisect_right(told, one.key.seq, key=lambda entry: entry[0])
        if place:
            return other.key.seq <= told[place - 1][1].get(other.key.device, 0)
        # Before the third schema a file had one line of work only, though several devices in turn.
        return one.schema < 3 and other.hlc < one.hlc

    def concurrent(self, one: Origin, other: Origin) -> bool:
        """Whether neither knew of the other."""
        return not self.saw(one, other) and not self.saw(other, one)
