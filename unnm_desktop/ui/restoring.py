"""Bringing a backup back while the program runs: the workspace is open again afterwards, whatever happens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from unnm_desktop.db.engine import Database
from unnm_desktop.services import backup


class NotRestored(Exception):
    """The copy could not be brought back; the workspace as it was is open again."""

    def __init__(self, trouble: Exception, database: Database) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble
        self.database = database


def bring_back(copy: Path, workspace: Path, officer: str, folder: str) -> Database:
    """Put the copy in the closed workspace's place and open it; on a thread.

    Raises:
        NotRestored: it could not be done; the workspace as it was comes with it, open.

    """
    try:
        backup.restore(copy, workspace, now=datetime.now(UTC), chosen=folder)
    except Exception as error:
        raise NotRestored(error, Database(workspace, officer)) from error
    return Database(workspace, officer)
