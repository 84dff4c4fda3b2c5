"""Terms with partial dates: whether one holds on a day, in Python and in SQL, and since when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from unnm_desktop import db
from unnm_desktop.services import calendar


def holds(start: str, end: str, on: date, launched: str = "") -> bool:
    """Whether a term holds on that day, both ends inclusive; an unknown start is the network's launch."""
    return begin_of(start, launched) <= on <= end_of(end)


def begin_of(start: str, launched: str = "") -> date:
    """The first day of a term; the launch where it is unknown, the first of all days where that is unknown too."""
    return calendar.first_day(start or launched) if start or launched else date.min


def end_of(end: str) -> date:
    """The last day of a term; one without an end goes on."""
    return calendar.last_day(end) if end else date.max


def day_before(day: date) -> str:
    """The end of a term whose successor starts on that day."""
    return (day - timedelta(days=1)).isoformat()


def holding(entity: Any, on: date, network_id: UUID | None = None) -> ColumnElement[bool]:
    """The clause that an entity's term (``start``, ``end``) holds on that day.

    A partial date is the start of a full one, so texts compare as the days do: "2020-09" ≤ "2020-09-15".
    """
    return and_(begin_column(entity, network_id) <= on.isoformat(), end_clause(entity, on))


def end_clause(entity: Any, on: date) -> ColumnElement[bool]:
    """The clause that an entity's term has not ended before that day."""
    return or_(entity.end == "", entity.end >= func.substr(literal(on.isoformat()), 1, func.length(entity.end)))


def begin_column(entity: Any, network_id: UUID | None) -> Any:
    """The expression of a term's start, the launch of the network where it is unknown."""
    if network_id is None:
        return entity.start
    launched = select(db.Network.launched).where(db.Network.id == network_id).scalar_subquery()
    return func.coalesce(func.nullif(entity.start, ""), launched, "")


def launch_of(session: Session, network_id: UUID) -> str:
    """When the network was launched, as precisely as it is known."""
    network = session.get(db.Network, network_id)
    return network.launched if network is not None else ""
