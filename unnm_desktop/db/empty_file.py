"""The file of a workspace in which nothing was ever done: its header, its tables and its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlcipher3
from sqlalchemy import insert
from sqlalchemy.exc import DatabaseError

from unnm_desktop import paths
from unnm_desktop.db import entities  # noqa: F401 - of all a table is made
from unnm_desktop.db.base import Base
from unnm_desktop.db.connecting import engine_over
from unnm_desktop.db.identity import uuid7
from unnm_desktop.db.schema import APPLICATION_ID, SCHEMA_REVISION, workspace_table
from unnm_desktop.db.trouble import NO_PLACE, TAKEN, told
from unnm_desktop.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from unnm_desktop.db.keys import Key


def write(path: Path, key: Key | None) -> None:
    """Write such a file where none is; with a key it is protected from its first byte.

    Raises:
        UserError: the file exists already, or its folder cannot be written.

    """
    if path.exists():
        raise UserError(TAKEN, file=path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise UserError(NO_PLACE, file=path.name) from error
    engine = engine_over(path, "BEGIN IMMEDIATE", key)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_REVISION}")
            Base.metadata.create_all(connection)
            connection.execute(insert(workspace_table).values(name="id", value=str(uuid7())))
    except (DatabaseError, sqlcipher3.Error) as error:
        engine.dispose()
        path.unlink(missing_ok=True)
        trouble = told(error, path) if "full" in str(error) else None
        raise trouble or UserError(NO_PLACE, file=path.name) from error
    engine.dispose()
    if key is not None and paths.is_plain(path):
        raise RuntimeError("a workspace with a key was written without it")
