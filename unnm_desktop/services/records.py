"""Get, create, change and remove any record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Table, insert, inspect, select
from sqlalchemy.orm import Session

from unnm_desktop.db.base import Record
from unnm_desktop.db.identity import link_id, uuid7
from unnm_desktop.db.text import clean
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_

R = TypeVar("R", bound=Record)


def get(session: Session, entity: type[R], record_id: UUID) -> R:
    """The record of that key, removed ones too.

    Raises:
        UserError: there is none.

    """
    record = session.get(entity, record_id)
    if record is None:
        raise UserError(N_("This record is not in the workspace. Go back to its list and choose again."))
    return record


def all_of(session: Session, entity: type[R], *conditions: Any, order: Any = None) -> list[R]:
    """Every record of a kind that is in sight and meets the conditions, in order (creation by default)."""
    query = select(entity).where(entity.removed_at.is_(None), *conditions)
    order_by = (order if isinstance(order, tuple) else (order,)) if order is not None else (entity.id,)
    return list(session.scalars(query.order_by(*order_by)))


def first_of(session: Session, entity: type[R], *conditions: Any, order: Any = None) -> R | None:
    """The first record in sight that meets the conditions, or None."""
    query = select(entity).where(entity.removed_at.is_(None), *conditions)
    order_by = (order if isinstance(order, tuple) else (order,)) if order is not None else (entity.id,)
    return session.scalars(query.order_by(*order_by).limit(1)).first()


def by_id(session: Session, entity: type[R], ids: Iterable[UUID | None]) -> dict[UUID, R]:
    """The records of these keys, removed ones too, by key."""
    wanted = list({key for key in ids if key is not None})
    found: dict[UUID, R] = {}
    for start in range(0, len(wanted), 500):
        for record in session.scalars(select(entity).where(entity.id.in_(wanted[start : start + 500]))):
            found[record.id] = record
    return found


def create(session: Session, entity: type[R], **values: Any) -> R:
    """Make a record.

    Raises:
        Invalid: its values break a rule.

    """
    record = entity(**{name: _clean(value) for name, value in values.items()})
    _refuse_problems(record)
    session.add(record)
    session.flush()
    return record


def create_many(session: Session, entity: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    """Make many records at once, journalled like any other; for imports.

    Raises:
        Invalid: the values of one break a rule; none is made.

    """
    columns = entity.__table__.columns.keys()
    made: list[dict[str, Any]] = []
    for row in rows:
        record = entity(**{name: _clean(value) for name, value in row.items()})
        _refuse_problems(record)
        held: dict[str, Any] = vars(record)
        made.append({name: held.get(name) for name in columns})
    session.flush()
    if made:
        session.connection().execute(insert(_table(entity)), made)
        session.info["pending"].create_rows(entity, made)
    return [row["id"] for row in made]


def update(session: Session, entity: type[R], record_id: UUID, **values: Any) -> R:
    """Change fields of a record; equal values change nothing.

    Raises:
        Invalid: the new values break a rule; the record keeps its old ones.
        UserError: there is no such record.

    """
    record = get(session, entity, record_id)
    _set(record, values)
    problems = record.problems()
    if problems:
        session.refresh(record)
        raise Invalid(problems)
    session.flush()
    return record


def remove(session: Session, entity: type[R], record_id: UUID) -> R:
    """Take a record out of sight; nothing that refers to it breaks."""
    record = get(session, entity, record_id)
    if record.removed_at is None:
        record.removed_at = datetime.now(UTC)
        session.flush()
    return record


def restore(session: Session, entity: type[R], record_id: UUID) -> R:
    """Bring a removed record back into sight."""
    record = get(session, entity, record_id)
    record.removed_at = None
    session.flush()
    return record


def link(
    session: Session, entity: type[R], kind: str, start: tuple[str, UUID], end: tuple[str, UUID], **values: Any
) -> R:
    """Link two records; the same link made twice (or on two computers) is one row."""
    key = link_id(kind, start[1], end[1])
    existing = session.get(entity, key)
    if existing is None:
        return create(session, entity, id=key, **{start[0]: start[1], end[0]: end[1]}, **values)
    return update(session, entity, key, removed_at=None, **values)


def _set(record: Record, values: Mapping[str, Any]) -> None:
    known = inspect(type(record)).columns
    for name, value in values.items():
        if name not in known:
            raise TypeError(f"{type(record).__name__} has no field {name}")
        new = _clean(value)
        if getattr(record, name) != new:
            setattr(record, name, new)


def _table(entity: type[Record]) -> Table:
    return cast("Table", entity.__table__)


def _clean(value: Any) -> Any:
    return clean(value) if type(value) is str else value


def _refuse_problems(record: Record) -> None:
    problems = record.problems()
    if problems:
        raise Invalid(problems)


def new_id() -> UUID:
    """A key for a record about to be made."""
    return uuid7()
