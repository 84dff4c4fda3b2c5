"""Find any record by its words, in either language and also inside words; what fits best comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, search_index
from unnm_desktop.db.text import fold
from unnm_desktop.services import any_record
from unnm_desktop.services.prepared import Recipe, keys_given, written
from unnm_desktop.services.word_clauses import ROWS, SHORTEST, match_of, rows_matched

_number, _key, _kind, _network, _title, _folded = ROWS.c

# What an officer means first when a word occurs in many places.
_ORDER = (
    "meeting", "organisation", "person", "decision", "action_point", "activity", "challenge", "workplan", "output",
    "agenda_item", "report",
)  # fmt: skip
# Long texts hold many words: whoever types one means what is called so before where it is spoken of.
_TEXTS = ("minutes_entry", "report_section", "tor_clause", "comment", "position", "action_note", "dispatch")
# Records that belong to a network only by what they are part of; the index does not know whose they are.
_PARTS = tuple(name for name, one in ENTITIES.items() if one.SEARCHED and "network_id" not in one.__table__.columns)
_HEAD = 300
"""Characters in which both titles of a record stand."""
_LINE = "\n"
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
    kinds = tuple(kinds) or (_ORDER if max(map(len, folded)) < SHORTEST else ())
    shape = tuple((len(word) < SHORTEST, word.isascii()) for word in folded)
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
    plain = [one for _, one in shape]
    held = _holding([short for short, _ in shape])
    if kinds:
        # Kind by kind: of several ranges of rows at once the index would read everything between.
        each = [_of_kind(held, kind, plain, network_id) for kind in kinds]
        each = [_best(one) for one in each] if few else each
        hit: Any = (union_all(*each) if len(each) > 1 else each[0]).subquery()
    else:
        hit = _of_any(held, plain, network_id, few)
    # Keys grow with time: of two that fit alike the younger comes first.
    best = select(hit.c.entity, hit.c.record_id, hit.c.title, hit.c.fit)
    best = best.order_by(hit.c.fit, hit.c.rank, hit.c.record_id.desc())
    return best.limit(bindparam("limit", value=0))


def _holding(short: Sequence[bool]) -> Select[Any]:
    """What holds the words, of which these are short."""
    held = [func.instr(_folded, bindparam(f"word{n}", value="")) > 0 for n, one in enumerate(short) if one]
    if not all(short):
        held.append(_number.in_(rows_matched()))
    return select(_kind.label("entity"), _key.label("record_id"), _title.label("title")).where(*held)


def _of_kind(held: Select[Any], kind: str, plain: Sequence[bool], network_id: UUID | None) -> Select[Any]:
    end = _names_end() if kind == "person" else literal(_HEAD)
    lower = INSIDE if kind in _TEXTS else kind not in _ORDER
    fit, rank = _fit(plain, end) + literal(int(lower)), literal(_rank(kind))
    mine = held.add_columns(fit.label("fit"), rank.label("rank")).where(
        _number.between(*search_index.rows_of(ENTITIES[kind])), _kind == kind
    )
    return mine if network_id is None else mine.where(_mine(network_id, [kind] if kind in _PARTS else []))


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _best(mine: Select[Any]) -> Select[Any]:
    """The best of one kind."""
    mine = mine.order_by(literal_column("fit"), literal_column("record_id").desc())
    return select(mine.limit(bindparam("most", value=0)).subquery())


def _of_any(held: Select[Any], plain: Sequence[bool], network_id: UUID | None, few: bool) -> Any:
    """What holds the words, of whatever kind."""
    end = case((_kind == "person", _names_end()), else_=_HEAD)
    lower = case((_kind.in_(_TEXTS), INSIDE), (_kind.not_in(_ORDER), 1), else_=0)
    rank = case({name: _rank(name) for name in _ORDER}, value=_kind, else_=len(_ORDER))
    mine = held.add_columns((_fit(plain, end) + lower).label("fit"), rank.label("rank"))
    if network_id is not None:
        mine = mine.where(_mine(network_id, _PARTS))
    # SQLite would work out how well each fits whenever it compares two.
    found: Any = mine.cte("found").prefix_with("MATERIALIZED")
    if not few:
        return found
    order = (found.c.fit, found.c.record_id.desc())
    place = func.row_number().over(partition_by=found.c.entity, order_by=order)
    placed = select(found, place.label("place")).subquery()
    return select(placed).where(placed.c.place <= bindparam("most", value=0)).subquery()


def _mine(network_id: UUID, parts: Sequence[str]) -> ColumnElement[bool]:
    """Whether the record is of this network or shared; of which kinds only what they are part of tells that."""
    shared: ColumnElement[bool] = _network.is_(None)
    if parts:
        part_of = {
            name: _key.in_(select(entity.id).where(any_record.scope(entity, network_id)))
            for name in parts
            for entity in (ENTITIES[name],)
        }
        shared = and_(shared, case(part_of, value=_kind, else_=literal(1)) == 1)
    return or_(_network == network_id, shared)


def _fit(plain: Sequence[bool], end: ColumnElement[int]) -> ColumnElement[int]:
    """How well a text fits by what stands in it before that end; of each word whether it is plain ASCII."""

    def stands(words: Any) -> ColumnElement[bool]:
        # Cutting the head out for each question would take longer than all of them.
        return func.instr(_folded, words).between(1, end - func.length(words) + 1)

    whole: ColumnElement[str] = bindparam("whole", value="")
    begins = or_(func.instr(_folded, whole) == 1, stands(literal(f"{_LINE} ").concat(whole)))
    starts, inside = [], []
    for place, is_plain in enumerate(plain):
        word: ColumnElement[str] = bindparam(f"word{place}", value="")
        articles = ("",) if is_plain else _ARTICLES
        behind = (stands(literal(f" {article}").concat(word)) for article in articles)
        starts.append(or_(func.instr(_folded, word) == 1, *behind))
        inside.append(stands(word))
    lately = and_(*inside, _key.in_(keys_given("recent")))
    cases = (lately, RECENT), (begins, BEGINS), (and_(*starts), WORDS), (and_(*inside), INSIDE)
    return case(*cases, else_=ELSEWHERE)


def _names_end() -> ColumnElement[int]:
    """Of a person only the names count so high: many hold a position that begins with the same word."""
    lines = _folded.concat(_LINE * 2)
    first = func.instr(lines, _LINE)
    return first + func.instr(func.substr(lines, first + 1), _LINE)
