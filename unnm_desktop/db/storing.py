"""Between the journal's values and the columns: what a record's row is, where it differs, and how it is written."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import JSON, Boolean, Date, Integer, Uuid

from unnm_desktop.db import ENTITIES, search_index
from unnm_desktop.db.base import ChoiceText, UtcDateTime
from unnm_desktop.db.identity import dashed
from unnm_desktop.db.journal import moment_of, stored_moment
from unnm_desktop.db.resolving import State
from unnm_desktop.frozen import Frozen

T = TypeVar("T")
_MOST = 400
"""Keys asked for in one statement."""
_ROWS = 5000
"""Records compared with their rows at a time."""


def chunks(things: Iterable[T], size: int = _MOST) -> Iterator[list[T]]:
    """The things in portions."""
    portion: list[T] = []
    for one in things:
        portion.append(one)
        if len(portion) == size:
            yield portion
            portion = []
    if portion:
        yield portion


def marks(things: Sequence[object]) -> str:
    """As many question marks."""
    return ",".join("?" * len(things))


class Column(Frozen):
    """How one field is kept."""

    name: str
    store: Callable[[Any], Any] | None
    """From the journal's value to the column's; None = as it is."""
    tell: Callable[[Any], Any] | None
    check: Callable[[Any], bool]
    nullable: bool


def _moment(value: str) -> str:
    return stored_moment(datetime.fromisoformat(value))


def _told_moment(value: str) -> str:
    return moment_of(value).isoformat()


def _is(make: Callable[[Any], Any], kind: type = str) -> Callable[[Any], bool]:
    def check(value: Any) -> bool:
        if type(value) is not kind:
            return False
        try:
            make(value)
        except (ValueError, KeyError, StopIteration, OverflowError):
            return False
        return True

    return check


_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


def is_key(value: Any) -> bool:
    """Whether this is a key as the journal's JSON has it."""
    return type(value) is str and _KEY.match(value) is not None


def _is_aware(value: str) -> str:
    if datetime.fromisoformat(value).tzinfo is None:
        raise ValueError("naive")
    return value


def _is_text(value: Any) -> bool:
    if type(value) is not str:
        return False
    return value.isascii() or _is(lambda text: text.encode("utf-8"))(value)


def _hex(value: str) -> str:
    return value.replace("-", "")


def _column(column: Any) -> Column:
    kind = column.type
    store: Callable[[Any], Any] | None = None
    tell: Callable[[Any], Any] | None = None
    check: Callable[[Any], bool] = _is_text
    if isinstance(kind, Uuid):
        store, tell, check = _hex, dashed, is_key
    elif isinstance(kind, UtcDateTime):
        store, tell, check = _moment, _told_moment, _is(_is_aware)
    elif isinstance(kind, Date):
        check = _is(date.fromisoformat)
    elif isinstance(kind, Boolean):
        store, tell, check = int, bool, lambda value: type(value) is bool
    elif isinstance(kind, JSON):
        store, tell, check = json.dumps, json.loads, lambda value: isinstance(value, (list, dict))
    elif isinstance(kind, Integer):
        check = lambda value: type(value) is int and abs(value) < 1 << 63  # noqa: E731
    elif isinstance(kind, ChoiceText):
        check = frozenset(str(member.value) for member in kind.choices).__contains__
    return Column(column.key, store, tell, check, column.nullable)


@cache
def columns(entity: str) -> dict[str, Column]:
    """The fields of a kind of record, without its key."""
    return {c.key: _column(c) for c in ENTITIES[entity].__table__.columns if c.key != "id"}


@cache
def checks(entity: str) -> dict[str, Callable[[Any], bool]]:
    """What may stand in each field, as the journal keeps values."""
    return {name: column.check for name, column in columns(entity).items()}


@cache
def referring(target: str) -> tuple[tuple[str, str], ...]:
    """The tables and columns that refer to a kind of record."""
    return tuple((name, column) for name in ENTITIES for column, kind in references(name) if kind == target)


@cache
def references(entity: str) -> tuple[tuple[str, str], ...]:
    """The columns of a kind of record that refer to others, and to which kind."""
    found = []
    for column in ENTITIES[entity].__table__.columns:
        found += [(column.key, key.column.table.name) for key in column.foreign_keys]
    return tuple(found)


def row_of(entity: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values as the table keeps them, in the order of its columns."""
    row = []
    for name, column in columns(entity).items():
        value = values.get(name)
        row.append(value if value is None or column.store is None else column.store(value))
    return tuple(row)


def told_of(entity: str, row: Sequence[Any]) -> dict[str, Any]:
    """The values as the journal keeps them, from a row of the table."""
    return {
        column.name: value if value is None or column.tell is None else column.tell(value)
        for column, value in zip(columns(entity).values(), row, strict=True)
    }


@cache
def _names(entity: str) -> str:
    return ", ".join(f'"{name}"' for name in columns(entity))


class Difference(Frozen):
    """Where a record's row is not what its changes tell."""

    entity: str
    row: str
    before: tuple[Any, ...] | None
    after: tuple[Any, ...] | None

    def fields(self) -> dict[str, tuple[Any, Any]]:
        """The fields that differ: before and after, as the journal keeps values."""
        before = told_of(self.entity, self.before) if self.before else {}
        after = told_of(self.entity, self.after) if self.after else {}
        names = (before or after).keys()
        return {n: (before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n)}


def rows(cursor: Any, entity: str, keys: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """The rows of these keys as they are in the table."""
    found: dict[str, tuple[Any, ...]] = {}
    for portion in chunks(keys):
        sql = f'SELECT id, {_names(entity)} FROM "{entity}" WHERE id IN ({marks(portion)})'  # noqa: S608 - names of our own
        found.update((row[0], tuple(row[1:])) for row in cursor.execute(sql, portion))
    return found


def differences(cursor: Any, states: Iterable[State]) -> Iterator[Difference]:
    """Where the tables are not what these states say."""
    by_kind: dict[str, dict[str, State]] = defaultdict(dict)
    for state in states:
        by_kind[state.entity][state.row] = state
    for entity, each in by_kind.items():
        for portion in chunks(each.values(), _ROWS):
            present = rows(cursor, entity, [state.row for state in portion])
            for state in portion:
                before = present.get(state.row)
                after = row_of(entity, state.values) if state.exists else None
                if before != after and not _alike(entity, before, after):
                    yield Difference(entity, state.row, before, after)


def _alike(entity: str, before: tuple[Any, ...] | None, after: tuple[Any, ...] | None) -> bool:
    """The same, where JSON is only spelled in another way."""
    if before is None or after is None:
        return False
    return told_of(entity, before) == told_of(entity, after)


def write(cursor: Any, found: Iterable[Difference]) -> None:
    """Make the tables what was told, and their search index with them."""
    created: dict[str, list[Difference]] = defaultdict(list)
    changed: dict[str, list[Difference]] = defaultdict(list)
    gone: dict[str, list[Difference]] = defaultdict(list)
    for one in found:
        (gone if one.after is None else created if one.before is None else changed)[one.entity].append(one)
    for entity, each in gone.items():
        cursor.executemany(f'DELETE FROM "{entity}" WHERE id = ?', [(one.row,) for one in each])  # noqa: S608 - names of our own
        search_index.drop(cursor, ENTITIES[entity], [UUID(one.row) for one in each])
    for entity, each in created.items():
        places = marks(("id", *columns(entity)))
        sql = f'INSERT INTO "{entity}" (id, {_names(entity)}) VALUES ({places})'  # noqa: S608 - names of our own
        cursor.executemany(sql, [(one.row, *(one.after or ())) for one in each])
    for entity, each in changed.items():
        setting = ", ".join(f'"{name}" = ?' for name in columns(entity))
        sql = f'UPDATE "{entity}" SET {setting} WHERE id = ?'  # noqa: S608 - names of our own
        cursor.executemany(sql, [(*(one.after or ()), one.row) for one in each])
        search_index.renew(cursor, {(ENTITIES[entity], UUID(one.row)): one.fields() for one in each})
    for entity, each in created.items():
        told = {(ENTITIES[entity], UUID(one.row)): told_of(entity, one.after or ()) for one in each}
        search_index.add(cursor, told)
