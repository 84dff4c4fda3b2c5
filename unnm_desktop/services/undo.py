"""Take back what was done, across restarts: undo reads the journal and writes the opposite as a step of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import records

_PORTION = 100
_MANY = 200
"""More changes than are taken back within a tenth of a second on a slow laptop."""
_BARRIERS = (Kind.MERGE, Kind.MIGRATE, Kind.RETRACT, Kind.SETTLE, Kind.HAND_OVER, Kind.TAKE_BACK)


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
    """The newest step of this device that is neither undone nor behind a merge, a migration or a handing over."""
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


def is_large(session: Session, entry: UndoEntry) -> bool:
    """Whether taking it back takes longer than a screen may wait."""
    table = journal.change_table
    query = select(table.c.n).where(table.c.device == entry.device, table.c.seq == entry.seq, table.c.n == _MANY)
    return session.execute(query).first() is not None


def take_back(session: Session, entry: UndoEntry, progress: Progress = SILENT) -> None:
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
    if any(one.op not in (Operation.CREATE, Operation.SET, Operation.SAME_AS) for one in changes):
        raise UserError(N_("“{label}” cannot be taken back here."), label=entry.label)
    joined = [one for one in changes if one.op == Operation.SAME_AS]
    changes = [one for one in changes if one.op != Operation.SAME_AS]
    now = datetime.now(UTC)
    for done in range(0, len(changes), _PORTION):
        progress(done, len(changes))
        portion = changes[done : done + _PORTION]
        known = _records_of(session, portion)
        for name, row_id, operation, fields in portion:
            record = known.get(row_id)
            if record is None:
                continue
            if operation == Operation.CREATE:
                records.write(session, record, {"removed_at": now})
                continue
            _refuse_changed_since(record, fields, entry)
            entity = ENTITIES[name]
            before = {field: journal.decode(entity, field, old) for field, (old, _) in fields.items()}
            records.write(session, record, before)
    if joined:
        from unnm_desktop.services.handover import joining  # the hand-over is not loaded for every undo

        for name, row_id, _, fields in joined:
            joining.take_back(session, name, row_id, fields[journal.SAME_AS])
    progress(len(changes), len(changes))


def _records_of(session: Session, changes: Sequence[Any]) -> dict[UUID, Any]:
    touched: dict[str, list[UUID]] = {}
    for name, row_id, _, _ in changes:
        touched.setdefault(name, []).append(row_id)
    known: dict[UUID, Any] = {}
    for name, keys in touched.items():
        known |= records.by_id(session, ENTITIES[name], keys)
    return known


def _refuse_changed_since(record: Any, fields: Mapping[str, Any], entry: UndoEntry) -> None:
    for name, (_, new) in fields.items():
        current = journal.encode(getattr(record, name))
        if current != new and not (name == "removed_at" and current is not None and new is not None):
            raise UserError(
                N_("“{label}” cannot be taken back: what it changed has been changed again since."),
                label=entry.label,
            )
