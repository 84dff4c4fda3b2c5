"""Find any record by its words, in either language and also inside words; what fits best comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, case, column, func, literal, literal_column, or_, select, table
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, search_index
from unnm_desktop.db.text import fold
from unnm_desktop.services import any_record
from unnm_desktop.services.word_clauses import in_index

_INDEX = table(
    "search_index",
    column("record_id", Uuid(native_uuid=False)),
    column("entity"),
    column("network_id", Uuid(native_uuid=False)),
    column("title"),
    column("folded"),
)

# What an officer means first when a word occurs in many places.
_ORDER = (
    "meeting", "organisation", "person", "decision", "action_point", "activity", "challenge", "workplan", "output",
    "agenda_item", "report",
)  # fmt: skip
# Long texts hold many words: whoever types one means what is called so before where it is spoken of.
_TEXTS = ("minutes_entry", "report_section", "tor_clause", "comment", "position", "action_note", "dispatch")
# Records that belong to a network only by what they are part of; the index does not know whose they are.
_PARTS = tuple(name for name, one in ENTITIES.items() if one.SEARCHED and "network_id" not in one.__table__.columns)
_ROW: ColumnElement[int] = literal_column("search_index.rowid")
_SHORTEST = 3
"""Letters of a trigram."""
_HEAD = 300
"""Characters in which both titles of a record stand."""
_ARTICLES = ("", "ال", "لل", "وال", "بال")

# How well a record fits: the officer was there lately, a text of it begins with the words, a word of its titles begins
# with each, its titles hold them, or they stand somewhere in it.
RECENT, BEGINS, WORDS, INSIDE, ELSEWHERE = range(5)


@dataclass(frozen=True)
class Found:
    """One record that holds the words."""

    entity: str
    id: UUID
    title: str
    noun: str
    fit: int = ELSEWHERE


def find(
    session: Session,
    words: str,
    network_id: UUID | None = None,
    *,
    limit: int = 30,
    kinds: Collection[str] = (),
    recent: Sequence[UUID] = (),
    of_a_kind: int | None = None,
) -> list[Found]:
    """The records in sight that hold all the words, those of this network and the shared ones; the best first.

    Args:
        session: where to look.
        words: what was typed.
        network_id: whose records.
        limit: the most that are wanted.
        kinds: only these kinds of record.
        recent: records the officer had before her lately.
        of_a_kind: the most of one kind, so that a frequent word does not show one kind only.

    """
    folded = fold(words).split()
    if not folded:
        return []
    fit = _fit(folded, recent)
    place = func.row_number().over(partition_by=_INDEX.c.entity, order_by=(fit, _INDEX.c.record_id.desc()))
    query = select(_INDEX.c.entity, _INDEX.c.record_id, _INDEX.c.title, fit.label("fit"), place.label("place"))
    # One or two letters stand in almost every text, and no index knows them: then what things are called is meant.
    kinds = kinds or (_ORDER if max(map(len, folded)) < _SHORTEST else ())
    if kinds:
        ranges = [search_index.rows_of(ENTITIES[kind]) for kind in kinds]
        query = query.where(or_(*(_ROW.between(*ends) for ends in ranges)), _INDEX.c.entity.in_(kinds))
    query = query.where(in_index(folded))
    if network_id is not None:
        query = query.where(_mine(network_id))
    hit = query.subquery()
    rank = case({name: n for n, name in enumerate(_ORDER)}, value=hit.c.entity, else_=len(_ORDER))
    # Keys grow with time: of two that fit alike the younger comes first.
    best = select(hit.c.entity, hit.c.record_id, hit.c.title, hit.c.fit)
    best = best.order_by(hit.c.fit, rank, hit.c.record_id.desc())
    if of_a_kind is not None:
        best = best.where(hit.c.place <= of_a_kind)
    return [
        Found(entity, record_id, title, ENTITIES[entity].NOUN, fits)
        for entity, record_id, title, fits in session.execute(best.limit(limit))
    ]


def _mine(network_id: UUID) -> ColumnElement[bool]:
    part_of = {
        name: _INDEX.c.record_id.in_(select(entity.id).where(any_record.scope(entity, network_id)))
        for name in _PARTS
        for entity in (ENTITIES[name],)
    }
    shared = and_(_INDEX.c.network_id.is_(None), case(part_of, value=_INDEX.c.entity, else_=literal(1)) == 1)
    return or_(_INDEX.c.network_id == network_id, shared)


def _fit(folded: Sequence[str], recent: Sequence[UUID]) -> Any:
    head = case((_INDEX.c.entity == "person", _two_lines()), else_=func.substr(_INDEX.c.folded, 1, _HEAD))
    whole = " ".join(folded)
    begins = or_(func.instr(head, whole) == 1, func.instr(head, f"\n {whole}") > 0)
    starts = [
        or_(func.instr(head, word) == 1, *(func.instr(head, f" {article}{word}") > 0 for article in _ARTICLES))
        for word in folded
    ]
    inside = [func.instr(head, word) > 0 for word in folded]
    lately = [(and_(*inside, _INDEX.c.record_id.in_(recent)), RECENT)] if recent else []
    fit = case(*lately, (begins, BEGINS), (and_(*starts), WORDS), (and_(*inside), INSIDE), else_=ELSEWHERE)
    lower = case((_INDEX.c.entity.in_(_TEXTS), INSIDE), (_INDEX.c.entity.not_in(_ORDER), 1), else_=0)
    return fit + lower


def _two_lines() -> Any:
    """Of a person only the names count so high: many hold a position that begins with the same word."""
    first = func.instr(_INDEX.c.folded, "\n")
    second = func.instr(func.substr(_INDEX.c.folded, first + 1), "\n")
    return func.substr(_INDEX.c.folded, 1, first + second)
