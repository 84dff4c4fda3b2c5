"""A workspace that is in no file: what is read in it first is read sooner in the one that is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3
from sqlalchemy import insert
from sqlalchemy.orm import Session

from unnm_desktop.db import entities  # noqa: F401 - a table is made of each
from unnm_desktop.db.base import Base
from unnm_desktop.db.connecting import engine_of, equip
from unnm_desktop.db.identity import uuid7
from unnm_desktop.db.schema import workspace_table


@contextmanager
def in_memory() -> Iterator[Session]:
    """An empty workspace that is gone afterwards; nothing is journalled in it."""
    engine = engine_of(_connection, "BEGIN")
    try:
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            connection.execute(insert(workspace_table).values(name="id", value=str(uuid7())))
            with Session(connection, expire_on_commit=False, autoflush=False) as session:
                yield session
    finally:
        engine.dispose()


def _connection() -> Any:
    connection = sqlcipher3.connect(":memory:", isolation_level=None)
    equip(connection)
    return connection
