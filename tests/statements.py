"""The statements that some work carries out, whoever hands them to the driver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session


def statements(session: Session, work: Callable[[], object]) -> list[str]:
    """The statements, by SQLAlchemy or past it, their values written in."""
    told: list[str] = []
    driver: Any = session.connection().connection.dbapi_connection
    driver.set_trace_callback(told.append)
    try:
        work()
    finally:
        driver.set_trace_callback(None)
    # What SQLite tells of its own work for the search index begins like a remark.
    return [one for one in told if not one.startswith("--")]
