"""Statements that lists ask again and again: SQLAlchemy writes each once, the driver carries it out.

A page of rows is a handful of small statements. Putting them together, looking them up and making row objects took
ten times as long as SQLite took to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Dialect, ScalarSelect, Select, String, Uuid, bindparam, func, literal_column, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from unnm_desktop.db.identity import key_of
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.services.keys import Keys

# Each dialect has names for itself; this one is only asked to write.
DIALECT = sqlite.dialect()


class _KeyList(TypeDecorator[Collection[UUID]]):
    """Keys as one text, so that any number of them is the same statement."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Collection[UUID] | None, dialect: Dialect) -> str:
        texts = value.texts() if isinstance(value, Keys) else [key.hex for key in value or ()]
        return '["' + '","'.join(texts) + '"]' if texts else "[]"


def keys_given(name: str = "keys") -> ScalarSelect[Any]:
    """For ``column.in_(…)``: the keys that are handed over under that name."""
    given = bindparam(name, value=(), type_=_KeyList())
    return select(literal_column("value")).select_from(func.json_each(given)).scalar_subquery()


def reader(kind: Any) -> Any:
    """What makes a value of what the file has; nothing where they are the same."""
    # SQLAlchemy's own way to a key takes four times as long, and a page of rows has hundreds.
    return key_of if isinstance(kind, Uuid) else kind.dialect_impl(DIALECT).result_processor(DIALECT, None)


class Words(NamedTuple):
    """A query as SQLAlchemy has written it.

    Args:
        text: the statement.
        names: of its values, in their order.
        values: what they are where nothing is handed over, as the file has them.
        keep: what makes the file's value of one that is handed over, where it is not kept as it is.
        tell: the same the other way round, for each column of a row.

    """

    text: str
    names: Sequence[str]
    values: Mapping[str, Any]
    keep: Mapping[str, Any]
    tell: Sequence[Callable[[Any], Any] | None]


def in_words(query: Select[*tuple[Any, ...]]) -> Words:
    """Have SQLAlchemy write it."""
    compiled = query.compile(dialect=DIALECT)
    state = compiled.construct_expanded_state()
    names = state.positiontup or ()
    # Of each member of a list that stands in the query, then of single values.
    keep: dict[str, Any] = dict(state.processors) | {
        name: bind.type.dialect_impl(DIALECT).bind_processor(DIALECT) for name, bind in compiled.binds.items()
    }
    return Words(
        state.statement,
        names,
        {name: _kept(keep, name, state.parameters[name]) for name in names},
        keep,
        [reader(one["type"]) for one in query.column_descriptions],
    )


def _kept(keep: Mapping[str, Any], name: str, value: Any) -> Any:
    process = keep.get(name)
    return process(value) if callable(process) else value


class Prepared:
    """A query that is written already.

    Args:
        query: with everything it needs but what ``rows`` is given by the names of its ``bindparam``.

    """

    def __init__(self, query: Select[*tuple[Any, ...]] | Words) -> None:
        self._words = query if isinstance(query, Words) else in_words(query)

    def asked(self, **given: Any) -> tuple[str, list[Any]]:
        """What the driver is asked: the statement and its values."""
        words = self._words
        values = {**words.values, **{name: _kept(words.keep, name, value) for name, value in given.items()}}
        return words.text, [values[name] for name in words.names]

    def ask(self, session: Session, **given: Any) -> Any:
        """The driver's cursor over the rows, their values as the file has them."""
        cursor = cursor_of(session)
        cursor.execute(*self.asked(**given))
        return cursor

    def rows(self, session: Session, **given: Any) -> list[tuple[Any, ...]]:
        """The rows, their values as the columns' types have them."""
        cursor = self.ask(session, **given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.close()
        if not found:
            return found
        columns = (
            values if read is None else map(read, values)
            for read, values in zip(self._words.tell, zip(*found, strict=True), strict=True)
        )
        return list(zip(*columns, strict=True))


class Recipe:
    """What statements are made of: equal parts make equal statements, which are written once."""

    def __init__(self, parts: tuple[Hashable, ...], make: Callable[[], Iterable[Select[*tuple[Any, ...]]]]) -> None:
        self.parts, self.make = parts, make

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipe) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)


@lru_cache(maxsize=200)
def written(recipe: Recipe) -> tuple[Prepared, ...]:
    """The statements of a recipe."""
    return tuple(Prepared(query) for query in recipe.make())
