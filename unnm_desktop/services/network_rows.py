"""What the window's frame shows of every network, before anything else is read."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.services.written_ahead import written_ahead

_rows = written_ahead("network_rows")


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
