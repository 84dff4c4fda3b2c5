"""The index behind search: one row of folded text for every record that can be found; derived, never merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, text

from unnm_desktop.db.base import Record
from unnm_desktop.db.text import fold

_LONGEST = 20_000
"""Characters of one record that are indexed; a pasted book shall not make the index a second one."""

_DELETE = text("DELETE FROM search_index WHERE rowid = :rowid")
_INSERT = text(
    "INSERT INTO search_index(rowid, record_id, entity, network_id, title, kind, folded)"
    " VALUES (:rowid, :record_id, :entity, :network_id, :title, :kind, :folded)"
)


def row_number(record_id: UUID) -> int:
    """The index's row number of a record: the 62 random bits of its key."""
    return record_id.int & ((1 << 62) - 1)


def _row(entity: type[Record], values: Any) -> dict[str, Any]:
    found = [str(values[name]) for name in entity.SEARCHED if values.get(name)]
    network = values.get("network_id")
    return {
        "rowid": row_number(values["id"]),
        "record_id": values["id"].hex,
        "entity": entity.__tablename__,
        "network_id": network.hex if network else None,
        "title": found[0][:200] if found else "",
        "kind": f"[{entity.__tablename__}]",
        "folded": fold(" \n ".join(found)[:_LONGEST]),
    }


def index(connection: Connection, touched: Iterable[tuple[type[Record], UUID]], *, new: bool = False) -> None:
    """Index these records as they are now; those removed from sight leave the index."""
    by_entity: dict[type[Record], list[UUID]] = {}
    for entity, record_id in touched:
        if entity.SEARCHED:
            by_entity.setdefault(entity, []).append(record_id)
    for entity, ids in by_entity.items():
        for start in range(0, len(ids), 400):
            _index_some(connection, entity, ids[start : start + 400], new=new)


def _index_some(connection: Connection, entity: type[Record], ids: Sequence[UUID], *, new: bool) -> None:
    table = entity.__table__
    if not new:
        connection.execute(_DELETE, [{"rowid": row_number(record_id)} for record_id in ids])
    names = {"id", "network_id", *entity.SEARCHED} & set(table.columns.keys())
    query = select(*(table.columns[name] for name in names)).where(
        table.columns["id"].in_(ids), table.columns["removed_at"].is_(None)
    )
    rows = [_row(entity, values) for values in connection.execute(query).mappings()]
    if rows:
        connection.execute(_INSERT, rows)


def rebuild(connection: Connection, entities: Iterable[type[Record]]) -> None:
    """Index everything anew."""
    connection.execute(text("DELETE FROM search_index"))
    for entity in entities:
        if entity.SEARCHED:
            ids = connection.execute(select(entity.__table__.columns["id"])).scalars().all()
            index(connection, ((entity, record_id) for record_id in ids), new=True)
