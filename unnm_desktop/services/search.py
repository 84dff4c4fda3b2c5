"""Find any record by its words, in either language and also inside words; what fits best comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, search_index
from unnm_desktop.db.text import fold
from unnm_desktop.services import any_record
from unnm_desktop.services.prepared import Recipe, keys_given, written
from unnm_desktop.services.word_clauses import asked_index, match_of

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
    # One or two letters stand in almost every text, and no index knows them: then what things are called is meant.
    kinds = tuple(kinds) or (_ORDER if max(map(len, folded)) < _SHORTEST else ())
    shape = tuple((len(word) < _SHORTEST, word.isascii()) for word in folded)
    parts = (shape, network_id, kinds, of_a_kind is not None)
    (statement,) = written(Recipe(parts, lambda: [_query(*parts)]))
    asked: dict[str, Any] = {f"word{place}": word for place, word in enumerate(folded)}
    asked |= {"whole": " ".join(folded), "match": match_of(folded), "most": of_a_kind, "recent": recent}
    return [
        Found(entity, record_id, title, ENTITIES[entity].NOUN, fits)
        for entity, record_id, title, fits in statement.rows(session, limit=limit, **asked)
    ]


def _query(
    shape: Sequence[tuple[bool, bool]],
    network_id: UUID | None,
    kinds: Sequence[str],
    few: bool,
) -> Select[Any]:
    """The question for words of that shape: of each whether it is short, and whether it is plain ASCII."""
    found = _holding([short for short, _ in shape], network_id, kinds)
    texts = found.cte("texts").prefix_with("MATERIALIZED")  # SQLite would cut each head out a dozen times
    held = select(texts, _fit(texts.c, [plain for _, plain in shape]).label("fit"))
    held_once = held.cte("held").prefix_with("MATERIALIZED")  # as above
    hit: Any = held_once
    if few:
        order = (held_once.c.fit, held_once.c.record_id.desc())
        place = func.row_number().over(partition_by=held_once.c.entity, order_by=order)
        hit = select(held_once, place.label("place")).subquery()
    rank = case({name: n for n, name in enumerate(_ORDER)}, value=hit.c.entity, else_=len(_ORDER))
    # Keys grow with time: of two that fit alike the younger comes first.
    best = select(hit.c.entity, hit.c.record_id, hit.c.title, hit.c.fit)
    best = best.order_by(hit.c.fit, rank, hit.c.record_id.desc())
    if few:
        best = best.where(hit.c.place <= bindparam("most", value=0))
    return best.limit(bindparam("limit", value=0))


def _holding(short: Sequence[bool], network_id: UUID | None, kinds: Sequence[str]) -> Any:
    """What holds the words, with the part of its text that decides how well it fits."""
    head = case((_INDEX.c.entity == "person", _two_lines()), else_=func.substr(_INDEX.c.folded, 1, _HEAD))
    query = select(_INDEX.c.entity, _INDEX.c.record_id, _INDEX.c.title, head.label("head")).where(*asked_index(short))
    if not kinds:
        return query if network_id is None else query.where(_mine(network_id, _PARTS))
    # Kind by kind: of several ranges of rows at once the index would read everything between.
    each = []
    for kind in kinds:
        one = query.where(_ROW.between(*search_index.rows_of(ENTITIES[kind])), _INDEX.c.entity == kind)
        each.append(one if network_id is None else one.where(_mine(network_id, [kind] if kind in _PARTS else [])))
    return union_all(*each) if len(each) > 1 else each[0]


def _mine(network_id: UUID, parts: Sequence[str]) -> ColumnElement[bool]:
    """Whether the record is of this network or shared; of which kinds only what they are part of tells that."""
    shared: ColumnElement[bool] = _INDEX.c.network_id.is_(None)
    if parts:
        part_of = {
            name: _INDEX.c.record_id.in_(select(entity.id).where(any_record.scope(entity, network_id)))
            for name in parts
            for entity in (ENTITIES[name],)
        }
        shared = and_(shared, case(part_of, value=_INDEX.c.entity, else_=literal(1)) == 1)
    return or_(_INDEX.c.network_id == network_id, shared)


def _fit(text: Any, plain: Sequence[bool]) -> Any:
    whole: ColumnElement[str] = bindparam("whole", value="")
    begins = or_(func.instr(text.head, whole) == 1, func.instr(text.head, literal("\n ").concat(whole)) > 0)
    starts, inside = [], []
    for place, is_plain in enumerate(plain):
        word: ColumnElement[str] = bindparam(f"word{place}", value="")
        articles = ("",) if is_plain else _ARTICLES
        behind = (func.instr(text.head, literal(f" {article}").concat(word)) > 0 for article in articles)
        starts.append(or_(func.instr(text.head, word) == 1, *behind))
        inside.append(func.instr(text.head, word) > 0)
    lately = and_(*inside, text.record_id.in_(keys_given("recent")))
    cases = (lately, RECENT), (begins, BEGINS), (and_(*starts), WORDS), (and_(*inside), INSIDE)
    fit = case(*cases, else_=ELSEWHERE)
    lower = case((text.entity.in_(_TEXTS), INSIDE), (text.entity.not_in(_ORDER), 1), else_=0)
    return fit + lower


def _two_lines() -> Any:
    """Of a person only the names count so high: many hold a position that begins with the same word."""
    first = func.instr(_INDEX.c.folded, "\n")
    second = func.instr(func.substr(_INDEX.c.folded, first + 1), "\n")
    return func.substr(_INDEX.c.folded, 1, first + second)
