"""What was removed, of every kind: when and by whom; nothing in it expires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, journal, journal_order
from unnm_desktop.db.engine import utc_now
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.services import any_record, periods, record_changes
from unnm_desktop.services.bulk import Verb
from unnm_desktop.services.listing import Cell, Context
from unnm_desktop.services.prepared import Recipe, written

# One that was made and removed in the same step has no head of its own for its removal.
_FIELDS = (journal.WHOLE, journal.REMOVED)
_AT_ONCE = 500
# Whom a promise was given to before, or who chaired: traces of an edit, found in its history and under All records.
TRACES_OF_EDITS = frozenset({"action_responsible", "activity_participant", "meeting_chair", "saved_view"})


class Removed(NamedTuple):
    """A removed record: its key, its table and when it was removed."""

    id: UUID
    table: str
    at: datetime


def removed(
    session: Session, context: Context, *, words: str = "", table: str = "", period: str = "", limit: int = 0
) -> list[Removed]:
    """The removed records of the network and the shared ones, in the journal's own order, the last removed first.

    With a limit only so many.
    """
    first, last = periods.bounds(period, context.on) if period else (None, None)
    tables = tuple(name for name in ENTITIES if name not in TRACES_OF_EDITS and table in ("", name))
    if not tables:
        return []
    agree = journal_order.clocks_agree(cursor_of(session), utc_now())
    few = limit > 0 and not words and agree
    parts = (tables, context.network_id, first is not None, last is not None, few)
    given: dict[str, Any] = {"limit": limit} if few else {}
    if first is not None:
        given["first"] = _midnight(first, context)
    if last is not None:
        given["after"] = _midnight(last + timedelta(days=1), context)
    (statement,) = written(Recipe(parts, lambda: [_query(*parts)]))
    found = [Removed(*row) for row in statement.rows(session, **given)]
    if words:
        holding = {
            key
            for name in {one.table for one in found}
            for key in any_record.ids(session, ENTITIES[name], context, words=words, removed=True)
        }
        found = [one for one in found if one.id in holding]
    if not agree:
        found = _in_order(session, found)
    return found[:limit] if limit else found


def _in_order(session: Session, found: Sequence[Removed]) -> list[Removed]:
    """As history has it: a clock that was wrong moves nothing."""
    head, step = journal.head_table, journal.changeset_table
    steps: dict[UUID, dict[str, list[tuple[UUID, int]]]] = {}
    clocks: dict[tuple[UUID, int], str] = {}
    for start in range(0, len(found), _AT_ONCE):
        query = (
            select(head.c.row_id, head.c.field, step.c.device, step.c.seq, step.c.hlc)
            .join(step, tuple_(step.c.device, step.c.seq) == tuple_(head.c.device, head.c.seq))
            .where(head.c.field.in_(_FIELDS), head.c.row_id.in_([one.id for one in found[start : start + _AT_ONCE]]))
        )
        for key, field, device, seq, hlc in session.execute(query):
            steps.setdefault(key, {}).setdefault(field, []).append((device, seq))
            clocks[device, seq] = hlc
    ranks = journal_order.ranks(clocks, utc_now())

    def rank(one: Removed) -> tuple[tuple[str, str, int], int]:
        of_it = steps.get(one.id, {})
        own = of_it.get(journal.REMOVED) or of_it.get(journal.WHOLE, [])
        # Removed on two computers, it has two steps; the later one counts.
        return max((ranks[each] for each in own), default=("", "", 0)), one.id.int

    return sorted(found, key=rank, reverse=True)


def _query(tables: Sequence[str], network_id: UUID, since: bool, until: bool, few: bool) -> Select[Any]:
    """All kinds in one statement: forty would take six times as long to be asked."""
    latest: tuple[Any, ...] = (literal_column("removed_at").desc(), literal_column("id").desc())
    each: list[Any] = []
    for name in tables:
        entity = ENTITIES[name]
        one: Any = select(entity.id, literal(name).label("kind"), entity.removed_at).where(
            entity.removed_at.is_not(None), any_record.scope(entity, network_id), *_restorable(name)
        )
        if since:
            one = one.where(entity.removed_at >= bindparam("first", value=None))
        if until:
            one = one.where(entity.removed_at < bindparam("after", value=None))
        if few:
            one = select(one.order_by(*latest).limit(bindparam("limit", value=0)).subquery())
        each.append(one)
    found = union_all(*each).subquery() if len(each) > 1 else each[0].subquery()
    query = select(found.c.id, found.c.kind, found.c.removed_at).order_by(*latest)
    return query.limit(bindparam("limit", value=0)) if few else query


def _restorable(table: str) -> Sequence[ColumnElement[bool]]:
    """What was erased for good has nothing to be restored, and what was made one with another was not removed."""
    key, change = ENTITIES[table].id, journal.change_table
    found = []
    if table in journal.ERASED_WHOLE:
        # In the words of the index that has the few erasures.
        found.append(key.not_in(select(change.c.row_id).where(text("change.op = 'erase'"))))
    if table in journal.JOINABLE:
        found.append(key.not_in(text(f"({journal.JOINED_ROWS})")))
    return found


def kinds(session: Session, context: Context) -> list[tuple[str, int]]:
    """The kinds of record that are in the trash, the most frequent first, with how many there are."""
    counts: list[tuple[str, int]] = []
    for name, entity in ENTITIES.items():
        if name not in TRACES_OF_EDITS:
            here = entity.removed_at.is_not(None), any_record.scope(entity, context.network_id), *_restorable(name)
            counts.append((name, session.execute(select(func.count()).where(*here)).scalar_one()))
    return sorted((one for one in counts if one[1]), key=lambda one: one[1], reverse=True)


def names(session: Session, found: Sequence[Removed], context: Context) -> dict[UUID, str]:
    """What they are called."""
    wanted: dict[str, list[UUID | None]] = {}
    for one in found:
        wanted.setdefault(one.table, []).append(one.id)
    return any_record.names(session, wanted, context.language)


def rows(session: Session, found: Sequence[Removed], context: Context) -> list[tuple[Cell, Cell, Cell]]:
    """Name with kind, when, and by whom."""
    language = context.language
    called, officers = names(session, found, context), _officers(session, [one.id for one in found])
    made = []
    for one in found:
        local = language.local(one.at)
        kind = language.tr(ENTITIES[one.table].NOUN)
        made.append(
            (
                Cell(called[one.id], second=kind, tooltip=f"{called[one.id]}\n{kind}"),
                Cell(language.day(local.date(), short=True), second=language.time(local.time())),
                Cell(officers.get(one.id, "")),
            )
        )
    return made


def _officers(session: Session, keys: Sequence[UUID]) -> Mapping[UUID, str]:
    """Who removed each."""
    head, step = journal.head_table, journal.changeset_table
    found: dict[UUID, str] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = (
            select(head.c.row_id, step.c.officer)
            .join(step, tuple_(step.c.device, step.c.seq) == tuple_(head.c.device, head.c.seq))
            .where(
                head.c.field.in_(_FIELDS),
                head.c.row_id.in_(keys[start : start + _AT_ONCE]),
            )
            .order_by(head.c.field)
        )
        found.update((key, officer) for key, officer in session.execute(query))
    return found


def restorer(tables: Mapping[UUID, str]) -> Verb:
    """The verb that brings records of these kinds back."""

    def restore(session: Session, key: UUID) -> None:
        record_changes.restore(session, tables[key], key)

    return restore


def _midnight(day: date, context: Context) -> datetime:
    return datetime.combine(day, time(), context.language.clock).astimezone(UTC)
