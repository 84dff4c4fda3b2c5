"""What a package would do, in the officer's words: records by their names, values as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, Meeting, journal
from unnm_desktop.db.base import Record
from unnm_desktop.db.journal import REMOVED, WHOLE
from unnm_desktop.db.resolving import defaults
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import any_record, meeting_names, records, rule_words
from unnm_desktop.services.handover.conflicts import Conflict, Side
from unnm_desktop.services.handover.planning import Altered, Arrival, Preview

MOST = 200
"""So many of a list are told by name; the rest is counted."""
_MEETING = "meeting"
_STEPS_UP = 2
"""From an entry of minutes to its meeting."""
_NOT_TOLD = frozenset({"id", REMOVED, WHOLE, "network_id"})


@dataclass(frozen=True)
class ToldField:
    """A field before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ToldRecord:
    """A record by its kind and name, with what changes on it."""

    entity: str
    row: UUID
    name: str
    fields: tuple[ToldField, ...] = ()


@dataclass(frozen=True)
class ToldConflict:
    """A conflict with its values in words."""

    conflict: Conflict
    name: str
    mine: str
    theirs: str
    before: str
    long: bool
    """Whether it is a text that is read rather than a value that is looked at."""
    others: tuple[tuple[Side, str], ...] = ()
    """Further answers, where more than two differ."""
    currency: str = ""
    """Of the record, where it has amounts."""
    meeting: str = ""
    """The meeting that it is part of: its items and minutes are called alike at each."""
    computers: Mapping[UUID, str] = field(default_factory=dict)
    """What those computers are called on which officers of one name gave different answers."""


class Asked(NamedTuple):
    """Values of a record's field, as the journal keeps them; ``title`` names a record that is not here."""

    entity: str
    row: UUID
    title: str
    field: str
    values: tuple[Any, ...]


class Said(NamedTuple):
    """The same in words, with the record's name."""

    name: str
    values: tuple[str, ...]
    long: bool
    currency: str


class Teller:
    """Tells records and values; made once for a preview, with few statements for each list."""

    def __init__(
        self,
        session: Session,
        language: Language,
        preview: Preview | None = None,
        computers: Iterable[Mapping[str, str]] = (),
    ) -> None:
        """``computers`` are those that a package knows beside those of the workspace."""
        self._session, self._language = session, language
        self._computers = {UUID(one["id"]): one["label"] for one in computers}
        # By key as text: of a large package, only what is named becomes a key.
        self._new: Mapping[str, Arrival] = {one.key: one for one in preview.new} if preview is not None else {}

    def arrived(self, found: Sequence[Arrival]) -> list[ToldRecord]:
        """The first of the new records."""
        made = [_made(one) for one in found[:MOST]]
        inner = self._names(_referred(made))
        return [
            ToldRecord(one.entity, one.row, any_record.name_of(record, self._language, inner))
            for one, record in zip(found, made, strict=False)
        ]

    def altered(self, found: Sequence[Altered]) -> list[ToldRecord]:
        """The first of the changed or removed records."""
        shown = found[:MOST]
        here = self._here((one.entity, one.row) for one in shown)
        decoded = [
            {
                name: tuple(journal.decode(ENTITIES[one.entity], name, value) for value in pair)
                for name, pair in one.fields.items()
                if name in ENTITIES[one.entity].__table__.columns and name not in _NOT_TOLD
            }
            for one in shown
        ]
        wanted = _wanted((one.entity, name, pair) for one, each in zip(shown, decoded, strict=True)
                         for name, pair in each.items())  # fmt: skip
        for one in shown:
            wanted.setdefault(one.entity, set()).add(one.row)
        inner = self._names(wanted)
        return [
            ToldRecord(
                one.entity,
                one.row,
                inner.get(one.row) or one.title,
                tuple(
                    ToldField(name, *self._words(one.entity, name, pair, inner, here.get(one.row)))
                    for name, pair in each.items()
                ),
            )
            for one, each in zip(shown, decoded, strict=True)
        ]

    def conflicts(self, found: Sequence[Conflict]) -> list[ToldConflict]:
        """The conflicts, values in words."""
        others = [one.others for one in found]
        asked = [
            Asked(
                one.entity, one.row, one.title, one.field, (_own(one.mine), _own(one.theirs), one.ancestor, *_all(more))
            )
            for one, more in zip(found, others, strict=True)
        ]
        told, meetings = [], self._meetings((one.entity, one.row) for one in found)
        for one, more, said in zip(found, others, self.said(asked), strict=True):
            mine, theirs, before, *rest = said.values
            pairs = tuple(zip(more, rest, strict=True))
            meeting = meetings.get(one.row, "")
            computers = self._namesakes(one.sides)
            told.append(
                ToldConflict(one, said.name, mine, theirs, before, said.long, pairs, said.currency, meeting, computers)
            )
        return told

    def _namesakes(self, sides: Sequence[Side]) -> dict[UUID, str]:
        """The computers of those who are called alike, by what they are called here, else in the package."""
        by_name: dict[str, set[UUID]] = {}
        for side in sides:
            by_name.setdefault(side.officer, set()).add(side.device)
        wanted = set().union(*(found for found in by_name.values() if len(found) > 1))
        if not wanted:
            return {}
        table = journal.device_table
        here = self._session.execute(select(table.c.id, table.c.label).where(table.c.id.in_(wanted)))
        found = self._computers | {key: name for key, name in here if name}
        return {key: found[key] for key in wanted if found.get(key)}

    def _meetings(self, found: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
        """What the meetings are called that records are part of, by the keys of these."""
        above = {row: (entity, row) for entity, row in found if entity != _MEETING}
        for _ in range(_STEPS_UP):
            here = self._here(at for at in above.values() if at[0] != _MEETING)
            for start, (entity, row) in list(above.items()):
                parent = any_record.parent_column(ENTITIES[entity])
                key = getattr(here.get(row), parent.name, None) if parent is not None else None
                if entity != _MEETING and parent is not None and key is not None:
                    above[start] = parent.target, key
        reached = {start: key for start, (entity, key) in above.items() if entity == _MEETING}
        meetings = records.by_id(self._session, Meeting, set(reached.values())) if reached else {}
        return {start: self._meeting(meetings[key]) for start, key in reached.items() if key in meetings}

    def _meeting(self, meeting: Meeting) -> str:
        name = meeting_names.name_of(meeting, self._language)
        if meeting.day is None:
            return name
        day = self._language.day(meeting.day, short=True)
        return self._language.tr(N_("{meeting}, {day}"), meeting=name, day=day)

    def said(self, asked: Sequence[Asked]) -> list[Said]:
        """Values of fields as they are read, with the names of their records."""
        here = self._here((one.entity, one.row) for one in asked)
        values = [[_decoded(one, value) for value in one.values] for one in asked]
        wanted = _wanted((one.entity, one.field, each) for one, each in zip(asked, values, strict=True))
        for one in asked:
            wanted.setdefault(one.entity, set()).add(one.row)
        inner = self._names(wanted)
        told = []
        for one, each in zip(asked, values, strict=True):
            record = here.get(one.row)
            words = self._words(one.entity, one.field, each, inner, record)
            shape = _shape(one.entity, one.field)
            long = shape is not None and shape.kind == "text" and any(len(text) > 80 or "\n" in text for text in words)
            told.append(Said(inner.get(one.row) or one.title, words, long, str(getattr(record, "currency", ""))))
        return told

    def _here(self, wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, Record]:
        by_kind: dict[str, set[UUID]] = {}
        for entity, row in wanted:
            by_kind.setdefault(entity, set()).add(row)
        found: dict[UUID, Record] = {}
        for entity, rows in by_kind.items():
            found |= records.by_id(self._session, ENTITIES[entity], rows)
        return found

    def _names(self, wanted: Mapping[str, set[UUID]]) -> dict[UUID, str]:
        found = any_record.names(self._session, wanted, self._language)
        missing = {row for rows in wanted.values() for row in rows} - found.keys()
        return {**found, **{row: self._new[row.hex].title for row in missing if row.hex in self._new}}

    def _words(
        self, entity: str, name: str, values: Sequence[Any], inner: Mapping[UUID, str], record: Record | None
    ) -> tuple[str, ...]:
        """Values of one field; of states of the rules of terms of reference, what differs in them."""
        rules = [value for value in values if isinstance(value, dict)]
        apart = iter(rule_words.apart(rules, self._language) if len(rules) > 1 else ())
        return tuple(
            next(apart) if isinstance(value, dict) and len(rules) > 1 else self._say(entity, name, value, inner, record)
            for value in values
        )

    def _say(self, entity: str, name: str, value: Any, inner: Mapping[UUID, str], record: Record | None) -> str:
        shape = _shape(entity, name)
        if shape is None:
            return ""
        return any_record.told(value, shape, self._language, inner, str(getattr(record, "currency", "")))


def _shape(entity: str, name: str) -> any_record.Shape | None:
    return next((one for one in any_record.shapes(ENTITIES[entity]) if one.name == name), None)


def _decoded(one: Asked, value: Any) -> Any:
    return None if one.field in (REMOVED, WHOLE) else journal.decode(ENTITIES[one.entity], one.field, value)


def _own(side: Side | None) -> Any:
    return side.value if side is not None else None


def _all(sides: Iterable[Side]) -> list[Any]:
    return [side.value for side in sides]


def _made(one: Arrival) -> Record:
    """The new record as it will be, outside any session."""
    kind = ENTITIES[one.entity]
    values = {**defaults(one.entity), **one.values}
    columns = kind.__table__.columns
    return kind(**{name: journal.decode(kind, name, value) for name, value in values.items() if name in columns})


def _referred(found: Iterable[Record]) -> dict[str, set[UUID]]:
    return _wanted(
        (type(record).__tablename__, name, (getattr(record, name),))
        for record in found
        for name in any_record.naming(type(record))
        if not hasattr(record, f"{name}_en")
    )


def _wanted(values: Iterable[tuple[str, str, Iterable[Any]]]) -> dict[str, set[UUID]]:
    """The records that these values point at, by table."""
    found: dict[str, set[UUID]] = {}
    for entity, name, each in values:
        shape = _shape(entity, name)
        if shape is not None and shape.kind == "reference" and shape.target in ENTITIES:
            found.setdefault(shape.target, set()).update(value for value in each if value is not None)
    return found
