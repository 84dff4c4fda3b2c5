"""Many records at once: what belongs to a network, and what belongs to several records, in few statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import direct
from unnm_desktop.db.base import Record

R = TypeVar("R", bound=Record)


def of_network(session: Session, entity: type[R], network_id: UUID, *order: str) -> list[R]:
    """The records in sight of one network, ordered by these fields."""
    found = direct.gather(session, entity, "network_id", [network_id])
    return sorted(found, key=lambda record: _key(record, order))


def belonging(
    session: Session, entity: type[R], field: str, ids: Iterable[UUID | None], *order: str
) -> dict[UUID, list[R]]:
    """The records in sight whose field names one of these records, by that record, ordered by these fields."""
    wanted = sorted({key for key in ids if key is not None})
    found: dict[UUID, list[R]] = {key: [] for key in wanted}
    for record in direct.gather(session, entity, field, wanted):
        found[getattr(record, field)].append(record)
    for records in found.values():
        records.sort(key=lambda record: _key(record, order))
    return found


def _key(record: Record, order: tuple[str, ...]) -> tuple[Any, ...]:
    # The key comes last: made in the same millisecond, two records have no order of their own.
    values = (getattr(record, name) for name in order)
    return (*((value is None, value if value is not None else 0) for value in values), record.id)
