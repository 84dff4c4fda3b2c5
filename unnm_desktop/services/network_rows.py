"""What the window's frame shows of every network, before anything else is read."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from unnm_desktop.db.networks import Network
from unnm_desktop.services.written_ahead import written_ahead


class NetworkRow(NamedTuple):
    """A network by its names and its clock."""

    id: UUID
    name_en: str
    name_ar: str
    short_name: str
    country: str
    time_zone: str
    sample: bool


def network_rows(session: Session) -> list[NetworkRow]:
    """The networks of the workspace, by country."""
    return [NetworkRow(*row) for row in _rows().rows(session)]


@written_ahead
def _rows() -> Select[*tuple[Any, ...]]:
    one = Network
    columns = (one.id, one.name_en, one.name_ar, one.short_name, one.country, one.time_zone, one.sample)
    return select(*columns).where(one.removed_at.is_(None)).order_by(one.country)
