"""The index behind search: one row of folded text for every record that can be found; derived, never merged.

Written through the driver, with values as the columns keep them: every edit waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from operator import itemgetter
from typing import Any
from uuid import UUID
from zlib import crc32

from sqlcipher3 import IntegrityError

from unnm_desktop.db.base import Record
from unnm_desktop.db.journal import encode
from unnm_desktop.db.text import fold

_LONGEST = 20_000
"""Characters of one record that are indexed; a pasted book shall not make the index a second one."""

_BETWEEN = " \n "

_MANY = 1000
_CONFIGURE = "INSERT INTO search_index(search_index, rank) VALUES (?, ?)"
_FOR_MANY = (("hashsize", 8 << 20), ("automerge", 8))
"""How many bytes of words FTS5 gathers before it writes them out, and how many parts of the index it leaves beside each
other before it makes them one. By itself it takes an eighth and a half of these, and an import half as long again. They
stay in the file: it is searched as quickly, and for an edit they mean nothing.
"""
_DELETE = "DELETE FROM search_index WHERE rowid = ?"
_INSERT = "INSERT INTO search_index(rowid, record_id, entity, network_id, title, folded) VALUES (?, ?, ?, ?, ?, ?)"
_REPLACE = _INSERT.replace("INSERT", "INSERT OR REPLACE", 1)
_KEY_BITS = 53
"""How much of a record's key stands in its row number, behind ten bits for its kind."""
KEY_END = (1 << _KEY_BITS) - 1


@cache
def rows_of(entity: type[Record]) -> tuple[int, int]:
    """The first and the last row number of one kind of record; two kinds that share a range are told apart by key."""
    first = (crc32(entity.__tablename__.encode()) & 0x3FF) << _KEY_BITS
    return first, first | KEY_END


def key_bits(record_id: str) -> int:
    """What a key as the columns keep it (hexadecimal) gives to its row number; known to SQL as ``key_bits``."""
    return int(record_id[-14:], 16) & KEY_END


def row_number(entity: type[Record], record_id: UUID) -> int:
    """The index's row number of a record."""
    return rows_of(entity)[0] | (record_id.int & KEY_END)


@cache
def _indexed(entity: type[Record]) -> tuple[str, ...]:
    """The columns that decide whether, where and by which words a record is found."""
    beside = [name for name in ("removed_at", "network_id") if name in entity.__table__.columns]
    return tuple(dict.fromkeys((*beside, *entity.SEARCHED)))


@cache
def _select(entity: type[Record]) -> str:
    return f"SELECT id, {', '.join(_indexed(entity))} FROM {entity.__tablename__}"  # noqa: S608 - names of our own


def _row(entity: type[Record], record_id: UUID, values: Mapping[str, Any]) -> tuple[Any, ...]:
    found = [text for name in entity.SEARCHED if (text := values.get(name))]
    network = values.get("network_id")
    return (
        row_number(entity, record_id),
        record_id.hex,
        entity.__tablename__,
        UUID(network).hex if network else None,
        found[0][:200] if found else "",
        _folded(found),
    )


def _folded(found: list[str]) -> str:
    whole = _BETWEEN.join(found)
    if len(whole) > _LONGEST:
        return fold(whole[:_LONGEST])
    if whole.isascii():
        return whole.casefold()
    # Field by field: where one is Arabic, the plain Latin of the others is folded at once all the same.
    return _BETWEEN.join([text.casefold() if text.isascii() else fold(text) for text in found])


def add(cursor: Any, created: Mapping[tuple[type[Record], UUID], Mapping[str, Any]]) -> None:
    """Index new records by the values they were made with."""
    _write(
        cursor,
        (
            _row(entity, record_id, values)
            for (entity, record_id), values in created.items()
            if entity.SEARCHED and values.get("removed_at") is None
        ),
    )


def _write(cursor: Any, rows: Iterable[tuple[Any, ...]]) -> None:
    # FTS5 gathers words as long as the row numbers rise, and writes out all it has when one falls.
    ordered = sorted(rows, key=itemgetter(0))
    if len(ordered) > _MANY:
        cursor.executemany(_CONFIGURE, _FOR_MANY)
    try:
        cursor.executemany(_INSERT, ordered)
    except IntegrityError:  # a row of that number is left from before; looking for one each time takes a tenth longer
        cursor.executemany(_REPLACE, ordered)


def _nobody(_name: Any) -> None:
    return None


def renew(
    cursor: Any,
    changed: Mapping[tuple[type[Record], UUID], Collection[str]],
    known: Callable[[Any], Any] = _nobody,
) -> None:
    """Index these records as they are now, where a field that search looks at was changed.

    Args:
        cursor: the driver's, in the step's transaction.
        changed: the fields that were changed, by record.
        known: gives a record that the session holds as it is now, by SQLAlchemy's name for it; others are read.

    """
    touched = [
        (row_number(entity, record_id), entity, record_id)
        for (entity, record_id), fields in changed.items()
        if entity.SEARCHED and any(name in fields for name in _indexed(entity))
    ]
    for number, entity, record_id in sorted(touched, key=itemgetter(0)):  # as in _write
        values = _held(entity, known((entity, (record_id,), None))) or _read(cursor, entity, record_id)
        if values["removed_at"] is None:
            cursor.execute(_REPLACE, _row(entity, record_id, values))
        else:
            cursor.execute(_DELETE, (number,))


def _held(entity: type[Record], record: Record | None) -> dict[str, Any]:
    """The values of a record that decide how it is found; empty where they must be read."""
    own: dict[str, Any] = vars(record) if record is not None else {}
    names = _indexed(entity)
    return {name: encode(own[name]) for name in names} if all(name in own for name in names) else {}


def _read(cursor: Any, entity: type[Record], record_id: UUID) -> dict[str, Any]:
    row = cursor.execute(f"{_select(entity)} WHERE id = ?", (record_id.hex,)).fetchone()
    return dict(zip(_indexed(entity), row[1:], strict=True))


def drop(cursor: Any, entity: type[Record], record_ids: Iterable[UUID]) -> None:
    """Let these records be found no more."""
    if entity.SEARCHED:
        numbers = sorted(row_number(entity, one) for one in record_ids)  # as in _write
        cursor.executemany(_DELETE, [(number,) for number in numbers])


def rebuild(cursor: Any, entities: Iterable[type[Record]]) -> None:
    """Index everything anew."""
    cursor.execute("DELETE FROM search_index")
    for entity in entities:
        if entity.SEARCHED:
            names = _indexed(entity)
            rows = cursor.execute(f"{_select(entity)} WHERE removed_at IS NULL").fetchall()
            keyed = ((UUID(row[0]), dict(zip(names, row[1:], strict=True))) for row in rows)
            _write(cursor, (_row(entity, record_id, values) for record_id, values in keyed))


def forget_removed(cursor: Any) -> None:
    """Drop what the index still holds of texts that are in no record any more; the database zeroes the freed pages."""
    cursor.execute("INSERT INTO search_index(search_index) VALUES('optimize')")
