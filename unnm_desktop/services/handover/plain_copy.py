"""A copy of the records that any program of tables reads, for the day when this one is gone.

Rows are read as the file has them: records of ten years as objects would take longer than all else of a package.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Container, Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import String, Uuid, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.base import ChoiceText, Record
from unnm_desktop.db.identity import dashed
from unnm_desktop.db.text import clean
from unnm_desktop.services.handover.pile import Pile
from unnm_desktop.services.prepared import Prepared
from unnm_desktop.services.sheet_writing import never_formula

NAME = "register.csv"
_AT_ONCE = 1 << 18
_HEADINGS = ("Kind", "Record", "Field", "Value", "Key")
_DIALECT = sqlite.dialect()
_Teller = Callable[[Any], str]
"""Puts a value of the file into the words of the copy; "" where there is nothing to tell."""


def register(session: Session, only: Container[UUID] | None = None) -> Pile:
    """Every value of every record in sight, one a line; a reference is told by the name of what it refers to.

    Args:
        session: one consistent moment of the workspace.
        only: the records that may go; None = all.

    """
    titles = _titles(session, only)
    made = Pile()
    # The mark at the start is what lets Excel read Arabic.
    text = io.TextIOWrapper(io.BufferedWriter(made, _AT_ONCE), "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for entity in ENTITIES.values():
        writer.writerows(_lines(session, entity, titles))
    text.detach().detach()
    made.finish()
    return made


def _titles(session: Session, only: Container[UUID] | None) -> dict[str, str]:
    """The names of the records that go, by key."""
    found: dict[str, str] = {}
    for entity in ENTITIES.values():
        # A name is the first of these that is not empty, as in ``Record.title``.
        columns = [entity.__table__.columns[name] for name in entity.SEARCHED]
        query = select(entity.__table__.columns.id, *columns).where(entity.removed_at.is_(None))
        for key, *names in Prepared(query).ask(session):
            if only is None or UUID(key) in only:
                found[key] = never_formula(next(filter(None, names), entity.NOUN))
    return found


def _lines(session: Session, entity: type[Record], titles: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    table = entity.__table__
    columns = [one for one in table.columns if one.key not in ("id", "removed_at")]
    told = [(one.key, _teller(one.type, titles)) for one in columns]
    query = select(table.columns.id, *columns).where(entity.removed_at.is_(None)).order_by(entity.id)
    for key, *values in Prepared(query).ask(session):
        title = titles.get(key)
        if title is None:
            continue
        name = dashed(key)
        for (field, tell), value in zip(told, values, strict=True):
            if value is not None and value != "" and (said := tell(value)):
                yield entity.NOUN, title, field, said, name


def _teller(kind: TypeEngine[Any], titles: Mapping[str, str]) -> _Teller:
    if isinstance(kind, String):
        return _text
    if isinstance(kind, Uuid):
        return lambda key: titles.get(key) or dashed(key)
    if isinstance(kind, ChoiceText):
        return lambda value: kind.member(value).label
    read = kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)

    @cache  # days, numbers and empty lists are much the same from row to row
    def told(value: Any) -> str:
        meant = read(value) if read else value
        return "" if meant in (None, [], {}) else _text(str(meant))

    return told


def _text(text: str) -> str:
    return never_formula(clean(text).replace("\r\n", "\n").replace("\r", "\n"))
