"""The journal as plain data for a package, and which of it another workspace already has."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop.db import journal
from unnm_desktop.db.identity import dashed
from unnm_desktop.db.pending import cursor_of

Vector = Mapping[str, Sequence[Sequence[int]]]
"""Which changesets somebody has whole: device → ranges of numbers, first and last. Never a highest number alone: a
package of one network leaves gaps."""

_CHANGESETS = (
    "SELECT device, seq, at_utc, hlc, officer, label, kind, undoes_device, undoes_seq, network_id, app_version,"
    " schema_rev, seen, size, retracted FROM changeset ORDER BY hlc, device, seq"
)
_CHANGES = "SELECT n, entity, row_id, op, fields, parents FROM change WHERE device = ? AND seq = ? ORDER BY n"


def known(session: Session) -> dict[str, list[list[int]]]:
    """What this workspace has: to be told to who makes the next package for it."""
    table, change = journal.changeset_table, journal.change_table
    here = select(func.count()).where(change.c.device == table.c.device, change.c.seq == table.c.seq).scalar_subquery()
    query = select(table.c.device, table.c.seq).where(
        table.c.retracted.is_(False), table.c.size.is_(None) | (table.c.size <= here)
    )
    return ranges((str(device), seq) for device, seq in session.execute(query.order_by(table.c.device, table.c.seq)))


def ranges(keys: Iterator[tuple[str, int]]) -> dict[str, list[list[int]]]:
    """Changesets, sorted by number, as ranges."""
    found: dict[str, list[list[int]]] = {}
    for device, seq in keys:
        mine = found.setdefault(device, [])
        if mine and mine[-1][1] == seq - 1:
            mine[-1][1] = seq
        else:
            mine.append([seq, seq])
    return found


def holds(vector: Vector, device: str, seq: int) -> bool:
    """Whether the changeset is in the ranges."""
    return any(first <= seq <= last for first, last in vector.get(device, ()))


def exported(
    session: Session, since: Vector | None = None, *, only: Container[UUID] | None = None
) -> Iterator[dict[str, Any]]:
    """The changesets a receiver lacks, as plain data, oldest first; one is read at a time.

    Args:
        session: one consistent moment of the workspace.
        since: what the receiver has (``known`` there); None = nothing is known, the whole history goes.
        only: the records that may go; changes of others stay here, and their changesets say that they are not whole.
            What these records refer to must be among them.

    """
    cursor = cursor_of(session)
    reading: Any = cursor.connection.cursor()
    for row in cursor.execute(_CHANGESETS):
        device, seq = row[0], row[1]
        if since is not None and holds(since, dashed(device), seq):
            continue
        changes = [_change(change) for change in reading.execute(_CHANGES, (device, seq))]
        size = row[13] or len(changes)
        if row[14]:
            # Taken back with the merge that brought it. What it erased stays erased, so that travels.
            changes = [change for change in changes if change["op"] == journal.Operation.ERASE]
        if only is not None:
            changes = [change for change in changes if UUID(change["row"]) in only]
        if changes or not size:
            yield _changeset(row, size, changes)


def _changeset(row: Sequence[Any], size: int, changes: list[dict[str, Any]]) -> dict[str, Any]:
    device, seq, at, hlc, officer, label, kind, undone, undone_seq, network, app, schema, seen, _, _ = row
    return {
        "device": dashed(device),
        "seq": seq,
        "at": journal.moment_of(at).isoformat(),
        "hlc": hlc,
        "officer": officer,
        "label": label,
        "kind": kind,
        "undoes": [str(UUID(undone)), undone_seq] if undone else None,
        "network": str(UUID(network)) if network else None,
        "app": app,
        "schema": schema,
        "seen": json.loads(seen) if seen else None,
        "size": size,
        "changes": changes,
    }


def _change(row: Sequence[Any]) -> dict[str, Any]:
    n, entity, record, operation, fields, parents = row
    return {
        "n": n,
        "entity": entity,
        "row": str(UUID(record)),
        "op": operation,
        "fields": json.loads(fields),
        "parents": json.loads(parents),
    }


def devices(session: Session) -> list[dict[str, str]]:
    """The computers that the file knows by name, for the package."""
    table = journal.device_table
    found = session.execute(select(table.c.id, table.c.label, table.c.first_seen).order_by(table.c.first_seen))
    return [{"id": str(key), "label": label, "first_seen": at.isoformat()} for key, label, at in found]
