"""Orders by the short name of an organisation: of seats, people and whatever else belongs to one."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, Join, String, Table, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from unnm_desktop.db.base import Record
from unnm_desktop.db.organisations import Organisation


class InOrder(Join):
    """A join that SQLite carries out as written, from the start side on (its CROSS JOIN).

    Begun at the organisations in the order of their index, the first page of 100,000 seats needs no sorting; left to
    itself SQLite begins at the network's seats and sorts them all.
    """

    inherit_cache = True


@compiles(InOrder, "sqlite")
def _in_order(element: InOrder, compiler: SQLCompiler, **options: Any) -> str:
    written = str(compiler.visit_join(element, **options))  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped
    start, joined = written.rsplit(" JOIN ", 1)
    return f"{start} CROSS JOIN {joined}"


def from_bodies(*joined: tuple[type[Record], ColumnElement[bool]]) -> InOrder:
    """The organisations in the order asked for, and to each of them these tables in turn."""
    return in_turn(Organisation, *joined)


def in_turn(first: type[Record], *joined: tuple[type[Record], ColumnElement[bool]]) -> InOrder:
    """The same from any kind of record on."""
    found: Any = _table(first)
    for entity, on in joined:
        found = InOrder(found, _table(entity), on)
    return cast("InOrder", found)


def _table(entity: type[Record]) -> Table:
    return cast("Table", entity.__table__)


def short_name(called: str = "organisation") -> ColumnElement[str]:
    """The short name as it is ordered: the words of the index ix_organisation_short."""
    words = f"coalesce(nullif({called}.acronym, ''), {called}.name_en) COLLATE NOCASE"
    return literal_column(words, String())
