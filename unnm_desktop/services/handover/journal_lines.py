"""The journal as plain data for a package."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import journal


def known(session: Session) -> dict[str, list[list[int]]]:
    """Which changesets the workspace has: device → ranges of numbers, first and last."""
    table = journal.changeset_table
    found: dict[str, list[list[int]]] = {}
    for device, seq in session.execute(select(table.c.device, table.c.seq).order_by(table.c.device, table.c.seq)):
        mine = found.setdefault(str(device), [])
        if mine and mine[-1][1] == seq - 1:
            mine[-1][1] = seq
        else:
            mine.append([seq, seq])
    return found


def devices(session: Session) -> list[dict[str, str]]:
    """The computers that the file knows by name."""
    table = journal.device_table
    found = session.execute(select(table.c.id, table.c.label, table.c.first_seen).order_by(table.c.first_seen))
    return [{"id": str(key), "label": label, "first_seen": at.isoformat()} for key, label, at in found]


def exported(session: Session, *, only: Container[UUID] | None = None) -> Iterator[dict[str, Any]]:
    """The changesets as plain data, oldest first; one is read at a time.

    Args:
        session: one consistent moment of the workspace.
        only: the records that may go; None = all.

    """
    sets, table = journal.changeset_table, journal.change_table
    for row in session.execute(select(sets).order_by(sets.c.hlc, sets.c.device, sets.c.seq)).mappings():
        query = select(table).where(table.c.device == row["device"], table.c.seq == row["seq"]).order_by(table.c.n)
        changes = [_change(dict(one)) for one in session.execute(query).mappings()]
        going = [one for one in changes if only is None or UUID(one["row"]) in only]
        if going:
            yield _changeset(dict(row), len(changes), going)


def _changeset(row: Mapping[str, Any], size: int, changes: list[dict[str, Any]]) -> dict[str, Any]:
    undone = row["undoes_device"]
    return {
        "device": str(row["device"]),
        "seq": row["seq"],
        "at": row["at_utc"].isoformat(),
        "hlc": row["hlc"],
        "officer": row["officer"],
        "label": row["label"],
        "kind": row["kind"],
        "undoes": [str(undone), row["undoes_seq"]] if undone else None,
        "network": str(row["network_id"]) if row["network_id"] else None,
        "app": row["app_version"],
        "schema": row["schema_rev"],
        "seen": None,
        "size": size,
        "changes": changes,
    }


def _change(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "n": row["n"],
        "entity": row["entity"],
        "row": str(row["row_id"]),
        "op": row["op"],
        "fields": row["fields"],
        "parents": row["parents"],
    }
