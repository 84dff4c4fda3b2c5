"""Find any record by its words, in either language and also inside words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, case, column, func, or_, select, table
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.text import fold
from unnm_desktop.services.listing import in_index

_INDEX = table(
    "search_index",
    column("record_id", Uuid(native_uuid=False)),
    column("entity"),
    column("network_id", Uuid(native_uuid=False)),
    column("title"),
    column("folded"),
)

# What an officer means first when a word occurs in many places.
_ORDER = ("meeting", "organisation", "person", "decision", "action_point", "activity", "agenda_item", "minutes_entry")


@dataclass(frozen=True)
class Found:
    """One record that holds the words."""

    entity: str
    id: UUID
    title: str
    noun: str


def find(session: Session, words: str, network_id: UUID | None = None, *, limit: int = 30) -> list[Found]:
    """The records in sight that hold all the words, those of this network and the shared ones; best kinds first."""
    folded = fold(words).split()
    if not folded:
        return []
    query = select(_INDEX.c.entity, _INDEX.c.record_id, _INDEX.c.title).where(in_index(folded))
    if network_id is not None:
        query = query.where(or_(_INDEX.c.network_id == network_id, _INDEX.c.network_id.is_(None)))
    rank = case({name: place for place, name in enumerate(_ORDER)}, value=_INDEX.c.entity, else_=len(_ORDER))
    starts = case((func.fold(_INDEX.c.title).startswith(folded[0], autoescape=True), 0), else_=1)
    found = session.execute(query.order_by(starts, rank, _INDEX.c.title).limit(limit))
    return [Found(entity, record_id, title, ENTITIES[entity].NOUN) for entity, record_id, title in found]
