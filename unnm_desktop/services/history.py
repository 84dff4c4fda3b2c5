"""What happened to a record: who, when, on which laptop, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from unnm_desktop.db import journal, journal_order
from unnm_desktop.db.engine import utc_now
from unnm_desktop.db.journal_order import Doubt
from unnm_desktop.db.pending import cursor_of


@dataclass(frozen=True)
class HistoryEntry:
    """One change of one record."""

    at: datetime
    officer: str
    device: UUID
    label: str
    kind: str
    row_id: UUID
    operation: str
    before: dict[str, Any]
    after: dict[str, Any]
    # Whether its time can be right.
    doubt: Doubt | None = None
    computer: str = ""
    """What the file calls the device; nothing where it does not know it by name."""


def of(session: Session, *record_ids: UUID, limit: int = 200) -> list[HistoryEntry]:
    """The changes of these records, newest first in the journal's own order; values as the journal keeps them."""
    change, changeset, known, now = journal.change_table, journal.changeset_table, journal.device_table, utc_now()
    query = (
        select(
            changeset.c.at_utc,
            changeset.c.officer,
            changeset.c.device,
            changeset.c.label,
            changeset.c.kind,
            change.c.row_id,
            change.c.op,
            change.c.fields,
            changeset.c.hlc,
            journal_order.believed(now),
            known.c.label,
        )
        .join(changeset, tuple_(changeset.c.device, changeset.c.seq) == tuple_(change.c.device, change.c.seq))
        .outerjoin(known, known.c.id == changeset.c.device)
        .where(change.c.row_id.in_(record_ids))
        .order_by(*journal_order.newest_first(now), change.c.n.desc())
        .limit(limit)
    )
    found = []
    for at, officer, device, label, kind, row_id, operation, fields, clock, in_order, called in session.execute(query):
        created = operation == journal.Operation.CREATE
        fields.pop(journal.SAME_AS, None)  # the operation says it
        before = {} if created else {name: pair[0] for name, pair in fields.items()}
        after = dict(fields) if created else {name: pair[1] for name, pair in fields.items()}
        doubt = journal_order.doubt(clock, in_order, now)
        entry = HistoryEntry(at, officer, device, label, kind, row_id, operation, before, after, doubt, called or "")
        found.append(entry)
    return found


def last_change(session: Session, device: UUID | None = None) -> datetime | None:
    """When the workspace was last changed: on that computer, where it has a step of it, else on any."""
    cursor = cursor_of(session)
    found = journal_order.last_of(cursor, device) if device is not None else None
    found = found or journal_order.last(cursor, utc_now())
    return journal.moment_of(found.at) if found is not None else None
