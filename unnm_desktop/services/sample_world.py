"""What the makers of an illustrative year share: the network, its bodies, its seats and the words of the sample."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from unnm_desktop import paths
from unnm_desktop.db.base import Choice
from unnm_desktop.db.organisations import Channel
from unnm_desktop.services.sample_days import Working
from unnm_desktop.services.sample_rows import Keys, Rows

SEED = 20181210
"""The day the Global Compact was adopted; any fixed number would do."""
LANGUAGES = ("en", "ar")
Words = Mapping[str, Any]
C = TypeVar("C", bound=Choice)


def words(name: str) -> dict[str, Any]:
    """The texts of a file of the sample."""
    with paths.resource("sample", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def both(table: Words, name: str, to: str | None = None, **values: object) -> dict[str, str]:
    """A text in both languages as the fields of a record, with its values put in."""
    return {f"{to or name}_{code}": put_in(table.get(f"{name}_{code}", ""), **values) for code in LANGUAGES}


def put_in(text: str, **values: object) -> str:
    """The text with {names} replaced; other braces stay as they are."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def chosen(choices: type[C], value: str) -> C:
    """The choice of that value."""
    return next(one for one in choices if one.value == value)


@dataclass(frozen=True)
class Body:
    """An organisation as the makers need it."""

    id: UUID
    short: str
    name_ar: str
    channel: Channel

    def called(self, code: str) -> str:
        """Its name in running text."""
        return self.name_ar if code == "ar" and self.name_ar else self.short


@dataclass
class Seat:
    """A seat and who speaks for it: the focal points with the day each of them starts, and the alternate."""

    body: Body
    membership_id: UUID
    focal_points: list[tuple[date, UUID]]
    alternate: UUID | None
    start: date = date.min

    def focal_point(self, day: date) -> UUID:
        """Who is focal point on that day."""
        return [person for start, person in self.focal_points if start <= day][-1]


@dataclass
class World:
    """One network of the sample and everything its records refer to."""

    network_id: UUID
    country: str
    name_ar: str
    currency: str
    launched: str
    all_members: bool
    working: Working
    on: date
    shared: Words
    own: Words
    topics: Words
    plan: Words
    bodies: dict[str, Body]
    objectives: dict[int, UUID]
    themes: list[UUID]
    invited: list[str]
    keys: Keys
    counts: Counter[str]
    random: Random
    seats: dict[str, Seat] = field(default_factory=dict)
    listed: dict[str, Seat] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    _numbers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def rows(self) -> Rows:
        """An empty set of rows of this network."""
        return Rows(self.keys, self.counts)

    def reference(self, letter: str, year: int) -> str:
        """The next reference of that kind and year."""
        self._numbers[letter, year] += 1
        return f"{self.country}/{year:04}/{letter}{self._numbers[letter, year]:02}"

    def members(self, day: date) -> list[Seat]:
        """The seats of members on that day."""
        return [seat for seat in self.seats.values() if seat.start <= day]

    def seat(self, short: str, day: date) -> Seat:
        """The seat of that name on that day; the secretariat's where it did not exist yet."""
        found = self.seats[short]
        return found if found.start <= day else self.seats["IOM"]

    def clip(self, day: date) -> date:
        """That day, but never after the day of the sample."""
        return min(day, self.on)

    def soon(self, day: date, days: int) -> date:
        """The working day so many days later, never after the day of the sample."""
        return self.clip(self.working.after(day + timedelta(days=days)))
