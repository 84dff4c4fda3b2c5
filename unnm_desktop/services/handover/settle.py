"""Decisions on what is in conflict: changes of their own, written even where they change nothing here: they travel."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, replay, storing
from unnm_desktop.db.journal import REMOVED, WHOLE, Operation
from unnm_desktop.db.pending import Entry, Pending, cursor_of
from unnm_desktop.db.resolving import KEPT, READ, REFERRED, UNDONE
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

LABEL = N_("Decide a conflict")
OVER_REMOVAL = frozenset({KEPT, REFERRED, UNDONE})
"""The kinds of conflict whose question is whether the record stays."""


def settle(session: Session, entity: str, row: UUID, field: str, value: Any) -> None:
    """Give a field in conflict its value; the same decision on two computers is one.

    To be called in ``database.write(settle.LABEL, kind=Kind.SETTLE)``.

    Args:
        session: the step's.
        entity: the record's table.
        row: the record.
        field: the field in conflict.
        value: what it shall hold, as the journal keeps values: one side's, both texts, or another.

    Raises:
        UserError: nothing is in conflict there any more, or the value is none for this field.

    """
    if field in (REMOVED, WHOLE):
        raise ValueError("whether a record stays is decided by keep or let_go")
    cursor = _cursor(session)
    if not _kinds(cursor, row, field):
        raise _nothing()
    column = storing.columns(entity)[field]
    if not (column.nullable if value is None else column.check(value)):
        raise UserError(N_("This value does not fit the field. Choose another."))
    current = _current(cursor, entity, row).get(field)
    # A field in conflict has heads of its own.
    parents = {field: _heads(cursor, row)[field]}
    _write(session, Entry(ENTITIES[entity], row, Operation.SET, {field: [current, value]}, parents), [row])


def read(session: Session, entity: str, row: UUID, field: str) -> None:
    """Say that a text put together from two edits was read and is right as it stands."""
    cursor = _cursor(session)
    if READ not in _kinds(cursor, row, field):
        raise _nothing()
    settle(session, entity, row, field, _current(cursor, entity, row).get(field))


def keep(session: Session, entity: str, row: UUID) -> None:
    """Decide that a record removed by somebody stays.

    Raises:
        UserError: nothing is in conflict there any more.

    """
    cursor = _cursor(session)
    kinds = _kinds(cursor, row, REMOVED) | _kinds(cursor, row, WHOLE)
    if not kinds & OVER_REMOVAL:
        raise _nothing()
    heads = _heads(cursor, row)
    if UNDONE in kinds:
        values = {name: value for name, value in _current(cursor, entity, row).items() if value is not None}
        _write(session, Entry(ENTITIES[entity], row, Operation.CREATE, values, {}), [row])
        return
    fields: dict[str, Any] = {REMOVED: [None, None]}
    _write(session, Entry(ENTITIES[entity], row, Operation.SET, fields, {REMOVED: heads.get(REMOVED, [])}), [row])


def let_go(session: Session, entity: str, row: UUID) -> None:
    """Decide that a record goes out of sight after all; it lies in the trash like any other.

    Raises:
        UserError: nothing is in conflict there any more.

    """
    cursor = _cursor(session)
    if not (_kinds(cursor, row, REMOVED) | _kinds(cursor, row, WHOLE)) & OVER_REMOVAL:
        raise _nothing()
    fields: dict[str, Any] = {REMOVED: [None, datetime.now(UTC).isoformat()]}
    _write(session, Entry(ENTITIES[entity], row, Operation.SET, fields, _heads(cursor, row)), [row])


def _nothing() -> UserError:
    return UserError(N_("Nothing is in conflict there any more."))


def _cursor(session: Session) -> Any:
    session.flush()
    return cursor_of(session)


def _kinds(cursor: Any, row: UUID, field: str) -> set[str]:
    found = cursor.execute("SELECT kind FROM conflict WHERE row_id = ? AND field = ?", (row.hex, field))
    return {kind for (kind,) in found.fetchall()}


def _current(cursor: Any, entity: str, row: UUID) -> dict[str, Any]:
    present = storing.rows(cursor, entity, [row.hex])
    if row.hex not in present:
        raise UserError(N_("This record is not in the workspace. Go back to its list and choose again."))
    return storing.told_of(entity, present[row.hex])


def _heads(cursor: Any, row: UUID) -> dict[str, list[list[Any]]]:
    """Every head of a record, shown or not."""
    found: dict[str, list[list[Any]]] = {}
    for field, device, seq in cursor.execute("SELECT field, device, seq FROM head WHERE row_id = ?", (row.hex,)):
        found.setdefault(field, []).append([str(UUID(device)), seq])
    return {field: sorted(heads, key=json.dumps) for field, heads in found.items()}


def _write(session: Session, entry: Entry, rows: Iterable[UUID]) -> None:
    write(session.info["pending"], entry, [row.hex for row in rows])
    session.expire_all()


def write(pending: Pending, entry: Entry, rows: Iterable[str]) -> None:
    """Write a decision with the step, and make the records what the journal then tells."""
    pending.decide(entry)
    pending.tables |= {entry.entity.__tablename__, "conflict"}
    wanted = list(rows)

    def renew(cursor: Any) -> None:
        replay.refresh(cursor, wanted)

    pending.afterwards.append(renew)
