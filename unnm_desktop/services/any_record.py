"""Any record of any kind: found by words, named in the reader's language, shown in rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, ColumnElement, Date, Integer, String, Uuid, func, or_, select, true
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.base import Choice, ChoiceText, Record, UtcDateTime
from unnm_desktop.db.text import fold
from unnm_desktop.db.workplans import Workplan
from unnm_desktop.i18n import N_, Language, isolate
from unnm_desktop.services import coded_texts, records, rule_words
from unnm_desktop.services.listing import Cell, Context
from unnm_desktop.services.plan_names import title_of
from unnm_desktop.services.word_clauses import found_in_index

# What names a record, where it is not its own text: columns of both languages without their ending.
NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "meeting": ("reference", "title"),
    "decision": ("reference", "title", "text"),
    "action_point": ("reference", "task"),
    "activity": ("reference", "title"),
    "tor_clause": ("code", "heading"),
    "tor_review": ("reviewed_on", "outcome"),
    "holiday": ("day", "name"),
    "objective": ("number", "short"),
    "gcm_objective": ("number", "title"),
    "sdg_goal": ("number", "short"),
    "sdg_target": ("code", "subject"),
    "organisation": ("acronym", "name"),
    "membership": ("organisation_id",),
    "nomination_request": ("membership_id", "asked_on"),
    "appointment": ("person_id", "role", "membership_id"),
    "office": ("kind", "organisation_id", "person_id"),
    "meeting_chair": ("organisation_id", "meeting_id"),
    "invitation": ("organisation_id", "meeting_id"),
    "attendance": ("organisation_id", "person_id", "person_name", "meeting_id"),
    "minutes": ("meeting_id", "version"),
    "minutes_entry": ("agenda_item_id", "text"),
    "position": ("organisation_id", "stance", "decision_id"),
    "action_responsible": ("organisation_id", "action_id"),
    "action_note": ("noted_on", "text"),
    "workplan": ("year", "version", "title"),
    "activity_participant": ("organisation_id", "activity_id"),
    "measurement": ("measured_on", "value", "indicator_id"),
    "comment": ("organisation_id", "text"),
    "report_section": ("section", "report_id"),
    "dispatch": ("kind", "addressee"),
    "issued_document": ("title", "version"),
}
# References that carry no foreign key in the database.
LOOSE_REFERENCES = {("terms_of_reference", "agreed_by_decision"): "decision"}
LONGEST_NAME = 90
_DAYS_OF_ALL = ("id", "removed_at")


@dataclass(frozen=True)
class Shape:
    """What a column holds.

    Args:
        name: the column.
        kind: text, partial, day, moment, number, money, check, choice, reference, texts, numbers or data.
        needed: whether a value must be given.
        choices: the choices of a state or kind.
        target: the table a reference points at.
        table: whose column it is.

    """

    name: str
    kind: str
    needed: bool = False
    choices: tuple[Choice, ...] = ()
    target: str = ""
    table: str = ""


@lru_cache(maxsize=64)
def shapes(entity: type[Record]) -> tuple[Shape, ...]:
    """The columns of a kind of record, without key and removal."""
    return tuple(_shape(entity, column) for column in entity.__table__.columns if column.name not in _DAYS_OF_ALL)


def _shape(entity: type[Record], column: Any) -> Shape:
    name, kind = column.name, column.type
    needed = not column.nullable and column.default is None
    target = next((key.column.table.name for key in column.foreign_keys), "")
    target = target or LOOSE_REFERENCES.get((entity.__tablename__, name), "")
    if target:
        return Shape(name, "reference", needed, target=target)
    if isinstance(kind, ChoiceText):
        return Shape(name, "choice", needed, tuple(kind.choices))
    if isinstance(kind, JSON):
        told = str(entity.__annotations__.get(name, ""))
        inside = "numbers" if "list[int]" in told else "texts" if "list[str]" in told else "data"
        return Shape(name, inside, table=entity.__tablename__)
    if isinstance(kind, Integer):
        money = "currency" in entity.__table__.columns and name in ("required", "available", "spent")
        return Shape(name, "money" if money else "number", needed)
    for python, plain in ((UtcDateTime, "moment"), (Date, "day"), (Boolean, "check"), (Uuid, "data")):
        if isinstance(kind, python):
            return Shape(name, plain, needed)
    # Only partial dates are ten letters long.
    plain = "partial" if isinstance(kind, String) and kind.length == 10 else "text"
    return Shape(name, plain, needed, table=entity.__tablename__)


def shape(entity: type[Record], name: str) -> Shape:
    """What one column holds."""
    return next(one for one in shapes(entity) if one.name == name)


def scope(entity: type[Record], network_id: UUID) -> ColumnElement[bool]:
    """The clause that a record belongs to a network, itself or by what it is part of; shared records belong to all."""
    owner: Any = entity
    if "network_id" in entity.__table__.columns:
        return owner.network_id == network_id  # type: ignore[no-any-return]  # a column of every such record
    parent = parent_column(entity)
    if parent is None:
        return true()
    target: Any = ENTITIES[parent.target]
    return getattr(owner, parent.name).in_(select(target.id).where(scope(target, network_id)))  # type: ignore[no-any-return]  # as above


def parent_column(entity: type[Record]) -> Shape | None:
    """The reference to what a record is part of; organisations and people are shared and own nothing."""
    needed = (one for one in shapes(entity) if one.kind == "reference" and one.needed)
    return next((one for one in needed if one.target not in ("organisation", "person", "network")), None)


def ids(
    session: Session,
    entity: type[Record],
    context: Context,
    *,
    words: str = "",
    removed: bool = False,
    sort: str = "",
    descending: bool = False,
    limit: int | None = None,
) -> list[UUID]:
    """The keys of the records of a kind that hold the words, in sight or in the trash."""
    query = select(entity.id).where(
        entity.removed_at.is_not(None) if removed else entity.removed_at.is_(None), scope(entity, context.network_id)
    )
    for word in fold(words).split():
        query = query.where(_holds(entity, word, removed=removed))
    order = _order(entity, sort, context.language)
    query = query.order_by(*(one.desc() if descending else one for one in order), entity.id)
    return list(session.scalars(query.limit(limit) if limit is not None else query))


def _holds(entity: type[Record], word: str, *, removed: bool) -> ColumnElement[bool]:
    # The index does not know removed records.
    indexed = bool(entity.SEARCHED) and not removed
    texts = [getattr(entity, one.name) for one in shapes(entity) if one.kind == "text" and one.name != "source_text"]
    clauses = [found_in_index(entity, word)] if indexed else []
    clauses += [
        func.fold(column).contains(word, autoescape=True)
        for column in texts
        if not indexed or column.key not in entity.SEARCHED
    ]
    for one in shapes(entity):
        target = ENTITIES.get(one.target)
        if target is not None and target.SEARCHED and one.target != "network":
            names: Any = select(target.id).where(found_in_index(target, word))
            clauses.append(getattr(entity, one.name).in_(names))
    return or_(*clauses) if clauses else true()


def _order(entity: type[Record], sort: str, language: Language) -> list[Any]:
    column = {"state": state_column(entity), "day": day_column(entity)}.get(sort)
    if column is not None:
        return [getattr(entity, column.name)]
    found = []
    for name in naming(entity):
        known = [one for one in shapes(entity) if one.name in (name, f"{name}_{language.code}")]
        found += [getattr(entity, one.name) for one in known if one.kind != "reference"]
    return found[:2]


def naming(entity: type[Record]) -> tuple[str, ...]:
    """The columns that name a record, those of both languages without their ending."""
    told = NAMED_BY.get(entity.__tablename__)
    if told is not None:
        return told
    return tuple(dict.fromkeys(name.removesuffix("_en").removesuffix("_ar") for name in entity.SEARCHED))[:1]


def state_column(entity: type[Record]) -> Shape | None:
    """The column that says in what state, or of what kind, a record is."""
    choices = [one for one in shapes(entity) if one.kind == "choice"]
    return next((one for one in choices if one.name in ("state", "status", "stance")), choices[0] if choices else None)


def day_column(entity: type[Record]) -> Shape | None:
    """The first column with a day."""
    return next((one for one in shapes(entity) if one.kind in ("day", "partial", "moment")), None)


def names(session: Session, wanted: Mapping[str, Iterable[UUID | None]], language: Language) -> dict[UUID, str]:
    """What these records (by table) are called; the statements are as many as the tables, not as the records."""
    return _names(session, wanted, language, 3)


def _names(
    session: Session, wanted: Mapping[str, Iterable[UUID | None]], language: Language, depth: int
) -> dict[UUID, str]:
    found: dict[str, list[Record]] = {}
    for table, keys in wanted.items():
        found[table] = list(records.by_id(session, ENTITIES[table], keys).values())
    below: dict[str, set[UUID | None]] = {}
    for table, rows in found.items():
        for one in _references(ENTITIES[table]):
            below.setdefault(one.target, set()).update(getattr(row, one.name) for row in rows)
    inner = _names(session, below, language, depth - 1) if below and depth else {}
    return {row.id: name_of(row, language, inner) for rows in found.values() for row in rows}


def _references(entity: type[Record]) -> list[Shape]:
    return [one for one in shapes(entity) if one.kind == "reference" and one.name in naming(entity)]


def name_of(record: Record, language: Language, inner: Mapping[UUID, str]) -> str:
    """What a record is called; ``inner`` has the names of what it refers to."""
    entity = type(record)
    parts = []
    for name in naming(entity):
        if isinstance(record, Workplan) and name == "title":
            text = title_of(record, language)
        elif hasattr(record, f"{name}_en"):
            text = language.pick(record, name)
        else:
            text = told(getattr(record, name), shape(entity, name), language, inner)
        text = " ".join(text.split())
        if language.rtl and text.isascii():
            # A reference keeps its order inside an Arabic line.
            text = isolate(text)
        if text and text not in parts:
            parts.append(text)
    whole = " · ".join(parts) or language.tr(N_("Without a name"))
    return whole if len(whole) <= LONGEST_NAME else f"{whole[: LONGEST_NAME - 1].rstrip()}…"


def told(value: Any, column: Shape, language: Language, inner: Mapping[UUID, str], currency: str = "") -> str:
    """A value as it is read."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, Choice):
        return language.tr(value.label)
    if column.kind == "reference":
        return inner.get(value, "")
    if column.kind == "check":
        return language.tr(N_("Yes")) if value else language.tr(N_("No"))
    if column.kind in ("day", "partial"):
        return language.day(value, short=True)
    if isinstance(value, datetime):
        return language.short_moment(value)
    if column.kind == "money":
        return language.money(value, currency) if currency else language.number(value)
    if column.kind == "number":
        # Years and ordinals take no separators.
        return language.figures(str(value))
    if isinstance(value, list):
        return ("؛ " if language.rtl else "; ").join(
            language.figures(coded_texts.in_words(column.table, column.name, str(one), language)) for one in value
        )
    if isinstance(value, dict):
        return rule_words.told(value, language)
    return coded_texts.in_words(column.table, column.name, str(value), language)


def rows(
    session: Session, entity: type[Record], context: Context, keys: Sequence[UUID]
) -> list[tuple[Cell, Cell, Cell, Cell]]:
    """Name, state or kind, day, and what it is part of."""
    language = context.language
    found = records.by_id(session, entity, keys)
    called = names(session, {entity.__tablename__: keys}, language)
    part, state, day = parent_column(entity), state_column(entity), day_column(entity)
    owners: dict[UUID, str] = {}
    if part is not None:
        owners = names(session, {part.target: [getattr(row, part.name) for row in found.values()]}, language)
    made = []
    for key in keys:
        row = found[key]
        cells = [
            Cell(told(getattr(row, one.name), one, language, owners) if one is not None else "")
            for one in (state, day, part)
        ]
        made.append((Cell(called[key]), cells[0], cells[1], cells[2]))
    return made


def find(session: Session, table: str, words: str, context: Context, limit: int = 12) -> list[tuple[UUID, str]]:
    """Records of a kind for a field that points at them: key and name."""
    entity = ENTITIES[table]
    keys = ids(session, entity, context, words=words, limit=limit)
    called = names(session, {table: keys}, context.language)
    return [(key, called[key]) for key in keys]
