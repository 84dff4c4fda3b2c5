"""Folded words as clauses: by the search index, or by looking at the rows of a list one after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    and_,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    type_coerce,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import String

from unnm_desktop.db import search_index
from unnm_desktop.db.base import Record
from unnm_desktop.services.prepared import Prepared

_INDEX = table("search_index", column("record_id", Uuid(native_uuid=False)))
_FOLDED: ColumnElement[str] = literal_column("search_index.folded", String())
# The index's own rows: FTS5 hands over and copies each of their columns once more, which takes three
# times as long.
ROWS = table(
    "search_index_content",
    column("id"),
    column("c0", Uuid(native_uuid=False)),
    column("c1", String()),
    column("c2", Uuid(native_uuid=False)),
    column("c3", String()),
    column("c4", String()),
)
_OWN, _KEY, _, _, _, _TEXT = ROWS.c
_ROW: ColumnElement[int] = literal_column("search_index.rowid")
_MATCH = literal_column("search_index").op("MATCH", is_comparison=True)(bindparam("match", value=""))
SHORTEST = 3
"""Letters of a trigram: shorter words are looked for in the index's rows."""
_END_LETTERS = 13
"""The end of a key that stands in a row number as it is (db/search_index.py)."""
_END, _END_BITS = f"%0{_END_LETTERS}x", (1 << 4 * _END_LETTERS) - 1
_FREQUENT = 1000
"""Records that hold the words, beyond which the first page of a list is found faster by looking than by the index."""
_PART = 16
"""Of the row numbers so small a part is counted: they end in bits of chance, so it is as a whole."""
GLANCE, WORTH = 100, 3
"""Rows of a list that are looked at first, and how many of them hold the words of so many records: to count these takes
longer than such a glance."""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def match_of(words: Sequence[str]) -> str:
    """What the index is asked for; nothing when it knows none of the words."""
    return " AND ".join(f"folded:{_quoted(word)}" for word in words if len(word) >= SHORTEST)


def in_index(words: Sequence[str], entity: type[Record] | None = None) -> ColumnElement[bool]:
    """The clause on the search index for folded words, in records of one kind or of any; all of them must be there."""
    clauses: list[ColumnElement[bool]] = []
    match = match_of(words)
    if match:
        clauses.append(literal_column("search_index").op("MATCH", is_comparison=True)(match))
    if entity is not None:
        clauses.append(_ROW.between(*search_index.rows_of(entity)))
    clauses += [func.instr(_FOLDED, word) > 0 for word in words if len(word) < SHORTEST]
    return and_(*clauses)


def rows_matched() -> Select[Any]:
    """The row numbers of whatever holds the words that are given later as ``match``."""
    return select(_ROW).select_from(_INDEX).where(_MATCH)


def keys_in_index(entity: type[Record], *folded: str) -> Select[Any]:
    """The keys of the records that hold the folded words, also inside their words."""
    if match_of(folded):
        return select(_INDEX.c.record_id).select_from(_INDEX).where(in_index(folded, entity))
    held = (func.instr(_TEXT, word) > 0 for word in folded)
    return select(_KEY).select_from(ROWS).where(_OWN.between(*search_index.rows_of(entity)), *held)


def found_in_index(entity: type[Record], *folded: str) -> ColumnElement[bool]:
    """Whether the record is one of those."""
    return entity.id.in_(keys_in_index(entity, *folded))


def only_indexed(words: Sequence[str]) -> bool:
    """Whether the index alone can tell who holds the words, without their rows."""
    return all(len(word) >= SHORTEST for word in words)


def walked_past(entity: type[Record], *folded: str) -> ColumnElement[bool]:
    """The same for rows that are read in the order of a list: only the ends of keys are compared.

    The index tells them fast; the keys stand in its rows, and to read 10,000 of these takes fifty milliseconds.
    """
    ends = select(func.printf(_END, _ROW.op("&")(_END_BITS))).select_from(_INDEX).where(in_index(folded, entity))
    return func.substr(type_coerce(entity.id, String(32)), -_END_LETTERS).in_(ends)


def _number(entity: type[Record], key: Any) -> ColumnElement[int]:
    bits: ColumnElement[int] = func.key_bits(type_coerce(key, String(32)))
    return search_index.rows_of(entity)[0] + bits


def looked_through(entity: type[Record], words: Sequence[Any], key: Any = None) -> ColumnElement[bool]:
    """Whether the record holds the folded words, by looking once at its own row of the index.

    Args:
        entity: what kind of record.
        words: the words, or expressions for them.
        key: the column with the record's key; none = its own.

    """
    number = _number(entity, entity.id if key is None else key)
    held = and_(*(func.instr(_TEXT, word) > 0 for word in words))
    found: Any = select(held).select_from(ROWS).where(number == _OWN).scalar_subquery()
    return func.coalesce(found, 0) > 0


def looked_at(rows: Any, limit: int, most: int, common: Callable[[], bool]) -> tuple[list[str] | None, int]:
    """The first keys whose rows hold what is looked for, and how many rows may still be looked at.

    None instead of the keys when too many do not; so too when the first do not and the words are not common.
    """
    found: list[str] = []
    for looked, (key, held) in enumerate(rows, 1):
        if held:
            found.append(key)
        if len(found) >= limit or not most:
            break
        if looked == GLANCE and len(found) < WORTH and not common():
            most = 0
            break
        most -= 1
    rows.close()
    return (found if most else None), most


def is_frequent(session: Session, entity: type[Record], words: Sequence[str]) -> bool:
    """Whether a first page is found faster by looking through the list: many records hold the words, or may do so.

    How many hold a word of one or two letters only the rows themselves can tell. It is a guess, and decides nothing
    but the way.
    """
    match = match_of(words)
    if not match:
        return True
    ((count,),) = _some(entity).rows(session, match=match)
    return bool(count > _FREQUENT // _PART)


def numbers_with(session: Session, entity: type[Record], words: Sequence[str]) -> set[int]:
    """What of their keys stands in the row numbers of the records that hold these words, told by the index alone."""
    ((told,),) = _numbers(entity).rows(session, match=match_of(words))
    return set(json.loads(told))


def number_of(entity: type[Record], end: int) -> int:
    """The index's row number of the record of that kind whose key ends so."""
    return search_index.rows_of(entity)[0] + end


@cache
def held_by_rows(count: int) -> Prepared:
    """Which of the index's rows, given as ``numbers``, hold so many words, given as ``word0`` and on."""
    given: Any = select(literal_column("value")).select_from(
        func.json_each(bindparam("numbers", value="", type_=String()))
    )
    words = [bindparam(f"word{place}", value="", type_=String()) for place in range(count)]
    held = (func.instr(_TEXT, word) > 0 for word in words)
    return Prepared(select(_OWN).select_from(ROWS).where(_OWN.in_(given.scalar_subquery()), *held))


@cache
def _numbers(entity: type[Record]) -> Prepared:
    # As one text: the driver makes a tuple of every row, which takes as long as to find them.
    bits: Any = func.json_group_array(_ROW.op("&")(literal_column(str(search_index.KEY_END))))
    return Prepared(select(bits).select_from(_INDEX).where(_MATCH, _ROW.between(*search_index.rows_of(entity))))


@cache
def _some(entity: type[Record]) -> Prepared:
    first, last = search_index.rows_of(entity)
    found: Select[Any] = select(literal_column("1")).select_from(_INDEX)
    found = found.where(_MATCH, _ROW.between(first, first + (last - first) // _PART)).limit(_FREQUENT // _PART + 1)
    return Prepared(select(func.count()).select_from(found.subquery()))
