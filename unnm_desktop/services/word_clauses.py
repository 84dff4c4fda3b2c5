"""Folded words as clauses: by the search index, or by looking at the rows of a list one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, and_, column, func, literal_column, select, table, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import String

from unnm_desktop.db import search_index
from unnm_desktop.db.base import Record

_INDEX = table("search_index", column("record_id", Uuid(native_uuid=False)))
_FOLDED: ColumnElement[str] = literal_column("search_index.folded", String())
_ROW: ColumnElement[int] = literal_column("search_index.rowid")
_SHORTEST = 3
"""Letters of a trigram: shorter words are looked for in the index's rows."""
_END_LETTERS = 13
"""The end of a key that stands in a row number as it is (db/search_index.py)."""
_END, _END_BITS = f"%0{_END_LETTERS}x", (1 << 4 * _END_LETTERS) - 1
_FREQUENT = 1000
"""Records that hold the words, beyond which the first page of a list is found faster by looking than by the index."""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def in_index(words: Sequence[str], entity: type[Record] | None = None) -> ColumnElement[bool]:
    """The clause on the search index for folded words, in records of one kind or of any; all of them must be there."""
    clauses: list[ColumnElement[bool]] = []
    match = " AND ".join(f"folded:{_quoted(word)}" for word in words if len(word) >= _SHORTEST)
    if match:
        clauses.append(literal_column("search_index").op("MATCH", is_comparison=True)(match))
    if entity is not None:
        clauses.append(_ROW.between(*search_index.rows_of(entity)))
    clauses += [func.instr(_FOLDED, word) > 0 for word in words if len(word) < _SHORTEST]
    return and_(*clauses)


def keys_in_index(entity: type[Record], *folded: str) -> Select[Any]:
    """The keys of the records that hold the folded words, also inside their words."""
    return select(_INDEX.c.record_id).select_from(_INDEX).where(in_index(folded, entity))


def found_in_index(entity: type[Record], *folded: str) -> ColumnElement[bool]:
    """Whether the record is one of those."""
    return entity.id.in_(keys_in_index(entity, *folded))


def only_indexed(words: Sequence[str]) -> bool:
    """Whether the index alone can tell who holds the words, without their rows."""
    return all(len(word) >= _SHORTEST for word in words)


def walked_past(entity: type[Record], *folded: str) -> ColumnElement[bool]:
    """The same for rows that are read in the order of a list: only the ends of keys are compared.

    The index tells them fast; the keys stand in its rows, and to read 10,000 of these takes fifty milliseconds.
    """
    ends = select(func.printf(_END, _ROW.op("&")(_END_BITS))).select_from(_INDEX).where(in_index(folded, entity))
    return func.substr(type_coerce(entity.id, String(32)), -_END_LETTERS).in_(ends)


def _number(entity: type[Record], key: Any) -> ColumnElement[int]:
    bits: ColumnElement[int] = func.key_bits(type_coerce(key, String(32)))
    return search_index.rows_of(entity)[0] + bits


def looked_through(entity: type[Record], folded: str, key: Any = None) -> ColumnElement[bool]:
    """Whether the record holds the folded word, by looking at its own row of the index.

    Args:
        entity: what kind of record.
        folded: the word.
        key: the column with the record's key; none = its own.

    """
    number = _number(entity, entity.id if key is None else key)
    words: Any = select(_FOLDED).select_from(_INDEX).where(number == _ROW).scalar_subquery()
    return func.coalesce(func.instr(words, folded), 0) > 0


def is_frequent(session: Session, entity: type[Record], words: Sequence[str]) -> bool:
    """Whether a first page is found faster by looking through the list: many records hold the words, or may do so.

    How many hold a word of one or two letters only the rows themselves can tell.
    """
    known = [word for word in words if len(word) >= _SHORTEST]
    if not known:
        return True
    held: Select[Any] = select(literal_column("1")).select_from(_INDEX).where(in_index(known, entity))
    some = held.limit(_FREQUENT + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > _FREQUENT
