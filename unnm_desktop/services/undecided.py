"""Which records have something undecided since a merge: on themselves, or on what is part of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CompoundSelect, select, union_all

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.journal import conflict_table
from unnm_desktop.db.storing import references

_OF_PEOPLE = frozenset({"person", "appointment", "office", "membership"})
"""What is told of an organisation; elsewhere one is only named."""
_SHARED = frozenset({"organisation", "person"})


def is_part(kind: str, column: str, target: str) -> bool:
    """Whether a record belongs to the one that this column of it names."""
    if target == "network":
        return False
    return kind in _OF_PEOPLE or (target not in _SHARED and not ENTITIES[kind].__table__.columns[column].nullable)


def undecided(entity: str, above: frozenset[str] = frozenset()) -> CompoundSelect[Any]:
    """The keys of such records of a kind."""
    conflict = conflict_table.c
    parts = [select(conflict.row_id).where(conflict.entity == entity)]
    within = above | {entity}
    for kind, record in ENTITIES.items():
        for column, target in references(kind):
            if target == entity and kind not in within and is_part(kind, column, target):
                table = record.__table__.columns
                parts.append(select(table[column]).where(table["id"].in_(undecided(kind, within))))
    if entity == "membership":
        # What is told of the organisation stands on its seat.
        seat = ENTITIES[entity].__table__.columns
        parts.append(select(seat["id"]).where(seat["organisation_id"].in_(undecided("organisation", within))))
    return union_all(*parts)
