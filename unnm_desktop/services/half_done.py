"""What was half done in the window when the workspace was locked, kept in the workspace itself, outside the journal."""

from __future__ import annotations

from sqlalchemy.orm import Session

from unnm_desktop.db.engine import Database
from unnm_desktop.services import drafts

ENTITY, FIELD = "window", "half_done"
"""A draft of no record: it stands under the workspace's own key."""


def keep(database: Database, told: str) -> None:
    """Put it on the disk, in place of what stood there.

    Raises:
        UserError: the workspace cannot be written.

    """
    drafts.keep(database, ENTITY, database.id, FIELD, told)


def waiting(session: Session) -> str:
    """What waits, or nothing."""
    return next((one.typed for one in drafts.waiting(session) if one.entity == ENTITY), "")


def forget(database: Database) -> None:
    """It is in the officer's hands again.

    Raises:
        UserError: the workspace cannot be written.

    """
    drafts.forget(database, ENTITY, database.id, FIELD)
