"""Get, create, change and remove any record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from unnm_desktop import garbage
from unnm_desktop.db import direct
from unnm_desktop.db.base import Record, filled
from unnm_desktop.db.identity import link_id, uuid7
from unnm_desktop.db.journal import ERASED_WHOLE, JOINED_ROWS
from unnm_desktop.db.text import clean
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from unnm_desktop.db.pending import Pending

R = TypeVar("R", bound=Record)
NOT_HERE = N_("This record is not in the workspace. Go back to its list and choose again.")
_ERASURE = text("SELECT 1 FROM head WHERE row_id = :row AND field = '!erased'")
_JOINED = text(f"{JOINED_ROWS} AND h.row_id = :row")


def get(session: Session, entity: type[R], record_id: UUID) -> R:
    """The record of that key, removed ones too.

    Raises:
        UserError: there is none.

    """
    record = direct.get(session, entity, record_id)
    if record is None:
        raise UserError(NOT_HERE)
    return record


def all_of(session: Session, entity: type[R], *conditions: Any, order: Any = None) -> list[R]:
    """Every record of a kind that is in sight and meets the conditions, in order (creation by default)."""
    query = select(entity).where(entity.removed_at.is_(None), *conditions)
    order_by = (order if isinstance(order, tuple) else (order,)) if order is not None else (entity.id,)
    return list(session.scalars(query.order_by(*order_by)))


def count_of(session: Session, entity: type[Record], *conditions: Any) -> int:
    """How many records of a kind are in sight and meet the conditions."""
    query = select(func.count()).select_from(entity).where(entity.removed_at.is_(None), *conditions)
    return session.scalar(query) or 0


def first_of(session: Session, entity: type[R], *conditions: Any, order: Any = None) -> R | None:
    """The first record in sight that meets the conditions, or None."""
    query = select(entity).where(entity.removed_at.is_(None), *conditions)
    order_by = (order if isinstance(order, tuple) else (order,)) if order is not None else (entity.id,)
    return session.scalars(query.order_by(*order_by).limit(1)).first()


def by_id(session: Session, entity: type[R], ids: Iterable[UUID | None]) -> dict[UUID, R]:
    """The records of these keys, removed ones too, by key."""
    return direct.get_many(session, entity, (key for key in ids if key is not None))


def create(session: Session, entity: type[R], **values: Any) -> R:
    """Make a record.

    Raises:
        Invalid: its values break a rule.

    """
    record = entity(**{name: _clean(value) for name, value in values.items()})
    _refuse_problems(record)
    session.flush()
    direct.add(session, record)
    _pending(session).create(record)
    return record


def create_many(session: Session, entity: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    """Make many records at once, journalled like any other; for imports.

    Raises:
        Invalid: the values of one break a rule; none is made.

    """
    made: list[dict[str, Any]] = []
    with garbage.at_rest():
        for row in rows:
            record, fields = filled(entity, {n: clean(v) if type(v) is str else v for n, v in row.items()})
            _refuse_problems(record)
            made.append(fields)
        session.flush()
        if made:
            direct.insert(session, entity, made)
            _pending(session).create_rows(entity, made)
    return [row["id"] for row in made]


def update(session: Session, entity: type[R], record_id: UUID, **values: Any) -> R:
    """Change fields of a record; equal values change nothing.

    Raises:
        Invalid: the new values break a rule; the record keeps its old ones.
        UserError: there is no such record.

    """
    record = get(session, entity, record_id)
    # What a verb has set by hand is written first.
    session.flush()
    before = _set(record, values)
    problems = record.problems()
    if problems:
        for name, value in before.items():
            set_committed_value(record, name, value)
        raise Invalid(problems)
    _keep(session, record, before)
    return record


def remove(session: Session, entity: type[R], record_id: UUID) -> R:
    """Take a record out of sight; nothing that refers to it breaks."""
    record = get(session, entity, record_id)
    if record.removed_at is None:
        write(session, record, {"removed_at": datetime.now(UTC)})
    return record


def restore(session: Session, entity: type[R], record_id: UUID) -> R:
    """Bring a removed record back into sight.

    Raises:
        UserError: its data were erased for good, or it was made one with another record.

    """
    record = get(session, entity, record_id)
    if entity.__tablename__ in ERASED_WHOLE and session.execute(_ERASURE, {"row": record_id.hex}).first():
        raise UserError(N_("The data of this record were erased for good. Make a new record instead."))
    if session.execute(_JOINED, {"row": record_id.hex}).first():
        # It was not removed, and nowhere else would it come back.
        raise UserError(
            N_("This record was made one with another. Take the two apart first: Go, Find possible duplicates.")
        )
    write(session, record, {"removed_at": None})
    return record


def write(session: Session, record: Record, values: Mapping[str, Any]) -> None:
    """Give a record these values, whatever its rules say: it had them before, or only leaves or enters sight."""
    session.flush()
    _keep(session, record, _set(record, values))


def link(
    session: Session, entity: type[R], kind: str, start: tuple[str, UUID], end: tuple[str, UUID], **values: Any
) -> R:
    """Link two records; the same link made twice (or on two computers) is one row."""
    ends = {start[0]: start[1], end[0]: end[1]}
    return begin(session, entity, link_id(kind, start[1], end[1]), **ends, **values)


def begin(session: Session, entity: type[R], key: UUID, **values: Any) -> R:
    """Make the only record there can be for something, under a key made of that: two computers make the same one.

    So what both officers write into it meets, and none hides the other's. A removed one comes back.
    """
    if direct.get(session, entity, key) is None:
        return create(session, entity, id=key, **values)
    return update(session, entity, key, removed_at=None, **values)


def _set(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the record these values, and tell the ones they replaced."""
    known = type(record).__table__.columns
    before: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise TypeError(f"{type(record).__name__} has no field {name}")
        old, new = getattr(record, name), _clean(value)
        if old != new:
            before[name] = old
            # Not an edit for the session to find: it is written by the verb itself.
            set_committed_value(record, name, new)
    return before


def _keep(session: Session, record: Record, before: Mapping[str, Any]) -> None:
    """Write what the record has now in place of these values, and note it for the journal."""
    if before:
        direct.update(session, record, before)
        _pending(session).change(record, before)


def _pending(session: Session) -> Pending:
    pending: Pending = session.info["pending"]
    return pending


def _clean(value: Any) -> Any:
    return clean(value) if type(value) is str else value


def problem_with(session: Session, entity: type[Record], record_id: UUID, field: str, value: Any) -> str:
    """What the record's rules say against this value in that field (a msgid); nothing of other fields."""
    record = direct.get(session, entity, record_id)
    if record is None:
        return ""
    before = record.problems()
    held = getattr(record, field)
    set_committed_value(record, field, _clean(value))
    try:
        found = record.problems()
    finally:
        set_committed_value(record, field, held)
    return found.get(field) or next((text for name, text in found.items() if name not in before), "")


def _refuse_problems(record: Record) -> None:
    problems = record.problems()
    if problems:
        raise Invalid(problems)


def new_id() -> UUID:
    """A key for a record about to be made."""
    return uuid7()
