"""Take back what was done, across restarts: undo reads the journal and writes the opposite as a step of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, journal
from unnm_desktop.db.journal import Kind, Operation
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import records

_BARRIERS = (Kind.MERGE, Kind.MIGRATE, Kind.RETRACT, Kind.SETTLE)


@dataclass(frozen=True)
class UndoEntry:
    """A step that can be taken back, or done again."""

    device: UUID
    seq: int
    label: str
    at: datetime
    kind: Kind

    @property
    def key(self) -> tuple[UUID, int]:
        """Device and number of the changeset."""
        return self.device, self.seq


def _newest_first(session: Session, device: UUID) -> Any:
    table = journal.changeset_table
    query = (
        select(table.c.seq, table.c.label, table.c.at_utc, table.c.kind, table.c.undoes_seq)
        .where(table.c.device == device)
        .order_by(table.c.seq.desc())
    )
    return session.execute(query.execution_options(yield_per=50))


def next_undo(session: Session, device: UUID) -> UndoEntry | None:
    """The newest step of this device that is neither undone nor behind a merge, a restore or a migration."""
    settled: set[int] = set()
    for seq, label, at, kind, undoes in _newest_first(session, device):
        if kind in _BARRIERS:
            return None
        if seq in settled:
            continue
        if kind in (Kind.UNDO, Kind.REDO):
            settled.add(undoes)
            continue
        return UndoEntry(device, seq, label, at, Kind(kind))
    return None


def next_redo(session: Session, device: UUID) -> UndoEntry | None:
    """The newest undo that can itself be undone; a step made since takes the chance away."""
    settled: set[int] = set()
    for seq, label, at, kind, undoes in _newest_first(session, device):
        if kind == Kind.REDO:
            settled.add(undoes)
        elif kind == Kind.UNDO:
            if seq not in settled:
                return UndoEntry(device, seq, label, at, Kind(kind))
        elif seq not in settled:
            return None
    return None


def take_back(session: Session, entry: UndoEntry) -> None:
    """Write the opposite of a step (or of an undo: then it is done again); a field changed since refuses.

    To be called in ``database.write(entry.label, kind=Kind.UNDO or Kind.REDO, undoes=entry.key)``.

    Raises:
        UserError: something the step changed has been changed again since.

    """
    table = journal.change_table
    query = (
        select(table.c.entity, table.c.row_id, table.c.op, table.c.fields)
        .where(table.c.device == entry.device, table.c.seq == entry.seq)
        .order_by(table.c.n)
    )
    changes = session.execute(query).all()
    touched: dict[str, list[UUID]] = {}
    for name, row_id, _, _ in changes:
        touched.setdefault(name, []).append(row_id)
    known: dict[UUID, Any] = {}
    for name, keys in touched.items():
        known |= records.by_id(session, ENTITIES[name], keys)
    if any(operation not in (Operation.CREATE, Operation.SET) for _, _, operation, _ in changes):
        raise UserError(N_("“{label}” cannot be taken back here."), label=entry.label)
    for name, row_id, operation, fields in changes:
        entity = ENTITIES[name]
        record = known.get(row_id)
        if record is None:
            continue
        if operation == Operation.CREATE:
            record.removed_at = datetime.now(UTC)
            continue
        for field_name, (old, new) in fields.items():
            current = journal.encode(getattr(record, field_name))
            if current != new and not (field_name == "removed_at" and current is not None and new is not None):
                raise UserError(
                    N_("“{label}” cannot be taken back: what it changed has been changed again since."),
                    label=entry.label,
                )
            setattr(record, field_name, journal.decode(entity, field_name, old))
    session.flush()
