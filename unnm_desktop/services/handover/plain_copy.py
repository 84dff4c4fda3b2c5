"""A copy of the records that any program of tables reads, for the day when this one is gone."""

from __future__ import annotations

import csv
import io
from collections.abc import Container
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.base import Choice, Record
from unnm_desktop.db.text import clean
from unnm_desktop.services.sheet_writing import never_formula

NAME = "register.csv"
_HEADINGS = ("Kind", "Record", "Field", "Value", "Key")


def register(session: Session, only: Container[UUID] | None = None) -> bytes:
    """Every value of every record in sight, one a line; a reference is told by the name of what it refers to.

    Args:
        session: one consistent moment of the workspace.
        only: the records that may go; None = all.

    """
    records: list[Record] = []
    for entity in ENTITIES.values():
        found = session.scalars(select(entity).where(entity.removed_at.is_(None)).order_by(entity.id))
        records += [one for one in found if only is None or one.id in only]
    titles = {one.id: one.title() or type(one).NOUN for one in records}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for one in records:
        for column in one.__table__.columns:
            if column.key in ("id", "removed_at"):
                continue
            value = _told(getattr(one, column.key), titles)
            if value:
                writer.writerow((type(one).NOUN, never_formula(titles[one.id]), column.key, value, str(one.id)))
    # The mark at the start is what lets Excel read Arabic.
    return text.getvalue().encode("utf-8-sig")


def _told(value: Any, titles: dict[UUID, str]) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, UUID):
        return never_formula(titles.get(value, str(value)))
    return never_formula(clean(str(value)).replace("\r\n", "\n").replace("\r", "\n"))
