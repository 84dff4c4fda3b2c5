"""Records and their rows, through the driver: found by key, made and changed without SQLAlchemy's unit of work.

Every edit waits for these few statements. The unit of work would cost it as much as all the rest of the step, and sort
nothing: a verb makes or changes one record at a time, and references are checked when the step commits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from sqlalchemy import Uuid, inspect
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.orm import Session, configure_mappers
from sqlalchemy.orm.attributes import instance_dict, instance_state

from unnm_desktop.db.base import Record
from unnm_desktop.db.identity import key_of
from unnm_desktop.db.pending import cursor_of

R = TypeVar("R", bound=Record)
_Convert = Callable[[Any], Any] | None
# Any number of keys as one text: it is the same statement each time.
_AMONG = "IN (SELECT value FROM json_each(?))"


class _Kind(NamedTuple):
    """How records of a kind are kept: its statements, and for each column what makes the driver's value and back."""

    select: str
    """The rows of this kind; which of them comes behind it."""
    key: int
    """The place of the key in a row."""
    insert: str
    keep: Mapping[str, _Convert]
    converted: tuple[tuple[int, Callable[[Any], Any], Any], ...]
    """The places of a row that are not kept as they are, and what is kept for no value."""
    told: tuple[tuple[str, Callable[[Any], Any]], ...]
    """The columns whose value is not told as it is kept."""
    make: Callable[[], Any]
    """A record without a value."""


@cache
def _kind(entity: type[Record]) -> _Kind:
    # In a process that asked for no record in SQLAlchemy's own way before, a record has no fields yet.
    configure_mappers()
    dialect = pysqlite.dialect()
    keep: dict[str, _Convert] = {}
    tell: dict[str, _Convert] = {}
    for column in entity.__table__.columns:
        kind = column.type.dialect_impl(dialect)
        keep[column.key] = kind.bind_processor(dialect)
        tell[column.key] = key_of if isinstance(kind, Uuid) else kind.result_processor(dialect, None)
    table, names = entity.__tablename__, ", ".join(f'"{name}"' for name in keep)
    places = ", ".join("?" * len(keep))
    return _Kind(
        f'SELECT {names} FROM "{table}" WHERE',  # noqa: S608 - names of our own, here and below
        list(keep).index("id"),
        f'INSERT INTO "{table}" ({names}) VALUES ({places})',  # noqa: S608
        keep,
        tuple((place, convert, convert(None)) for place, convert in enumerate(keep.values()) if convert is not None),
        tuple((name, convert) for name, convert in tell.items() if convert is not None),
        inspect(entity).class_manager.new_instance,
    )


def get(session: Session, entity: type[R], record_id: UUID) -> R | None:
    """The record of that key, or None; the session knows it from then on."""
    # Class and key: SQLAlchemy's name for a record without a shard.
    if (entity, (record_id,), None) in session.identity_map:
        return session.get(entity, record_id)
    kind = _kind(entity)
    row = cursor_of(session).execute(f"{kind.select} id = ?", (record_id.hex,)).fetchone()
    if row is None:
        # Perhaps not written yet.
        return session.get(entity, record_id) if session.new else None
    return cast("R", _told(session, kind, row))


def get_many(session: Session, entity: type[R], record_ids: Iterable[UUID]) -> dict[UUID, R]:
    """The records of these keys by key."""
    known = session.identity_map
    found: dict[UUID, R] = {}
    wanted: list[UUID] = []
    for key in dict.fromkeys(record_ids):
        held = session.get(entity, key) if (entity, (key,), None) in known else None
        if held is not None:
            found[key] = held
        else:
            wanted.append(key)
    if wanted:
        kind = _kind(entity)
        for row in cursor_of(session).execute(f"{kind.select} id {_AMONG}", (_listed(wanted),)).fetchall():
            record = cast("R", _told(session, kind, row))
            found[record.id] = record
        if session.new:
            # Some are perhaps not written yet.
            left = (key for key in wanted if key not in found)
            found.update((key, held) for key in left if (held := session.get(entity, key)) is not None)
    return found


def gather(session: Session, entity: type[R], field: str, keys: Iterable[UUID]) -> list[R]:
    """The records in sight whose field names one of these."""
    # What a verb has set by hand is written first.
    session.flush()
    kind, known = _kind(entity), session.identity_map
    query = f'{kind.select} "{field}" {_AMONG} AND removed_at IS NULL'
    found: list[R] = []
    for row in cursor_of(session).execute(query, (_listed(keys),)).fetchall():
        key = key_of(row[kind.key])
        held = session.get(entity, key) if (entity, (key,), None) in known else None
        found.append(held if held is not None else cast("R", _told(session, kind, row)))
    return found


def _listed(keys: Iterable[UUID]) -> str:
    return json.dumps([key.hex for key in keys])


def _told(session: Session, kind: _Kind, row: tuple[Any, ...]) -> Record:
    """A row as a record that the session knows from then on."""
    record = cast("Record", kind.make())
    own = instance_dict(record)
    own.update(zip(kind.keep, row, strict=True))
    for name, convert in kind.told:
        own[name] = convert(own[name])
    _make_known(session, record)
    return record


def insert(session: Session, entity: type[Record], records: Iterable[Mapping[str, Any]]) -> None:
    """Write new rows; a column without a value is empty."""
    kind = _kind(entity)
    cursor_of(session).executemany(kind.insert, [_kept(kind, record) for record in records])


def _kept(kind: _Kind, record: Mapping[str, Any]) -> list[Any]:
    row = list(map(record.get, kind.keep))
    for place, convert, nothing in kind.converted:
        value = row[place]
        row[place] = nothing if value is None else convert(value)
    return row


def add(session: Session, record: Record) -> None:
    """Write a new record's row; the session knows the record from then on."""
    own = instance_dict(record)
    for name in _kind(type(record)).keep:
        own.setdefault(name, None)
    insert(session, type(record), (own,))
    _make_known(session, record)


def update(session: Session, record: Record, names: Iterable[str]) -> None:
    """Write these fields of a record as they are now."""
    keep = _kind(type(record)).keep
    own, names = instance_dict(record), tuple(names)
    setting = ", ".join(f'"{name}" = ?' for name in names)
    values = [convert(own[name]) if (convert := keep[name]) else own[name] for name in names]
    sql = f'UPDATE "{record.__tablename__}" SET {setting} WHERE id = ?'  # noqa: S608 - names of our own
    cursor_of(session).execute(sql, (*values, record.id.hex))


def _make_known(session: Session, record: Record) -> None:
    """What ``session.add`` does with a record that was read, without the ways of others that it asks about."""
    state = instance_state(record)
    state.key = (type(record), (record.id,), None)
    state.session_id = session.hash_key
    session.identity_map.add(state)
