"""Text being typed, on disk within seconds and outside the journal until the entry is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from unnm_desktop.db.engine import Database, utc_now
from unnm_desktop.db.schema import draft_table
from unnm_desktop.db.text import clean
from unnm_desktop.services.written_ahead import written_ahead

_waiting = written_ahead("drafts_waiting")


@dataclass(frozen=True)
class Draft:
    """What somebody was typing, and when."""

    entity: str
    record_id: UUID
    field: str
    typed: str
    typed_at: datetime


def keep(database: Database, entity: str, record_id: UUID, field: str, typed: str) -> None:
    """Put the text typed so far on disk; a later one replaces it.

    Raises:
        UserError: the workspace can only be read.

    """
    with database.unjournalled() as connection:
        connection.execute(
            insert(draft_table)
            .prefix_with("OR REPLACE")
            .values(entity=entity, record_id=record_id, field=field, typed=clean(typed), typed_at=utc_now())
        )


def forget(database: Database, entity: str, record_id: UUID, field: str) -> None:
    """Drop the draft: its text has become a change, or was given up."""
    table = draft_table.c
    with database.unjournalled() as connection:
        connection.execute(
            delete(draft_table).where(table.entity == entity, table.record_id == record_id, table.field == field)
        )


def waiting(session: Session) -> list[Draft]:
    """Texts that were typed and never became a change, newest first."""
    return [Draft(*row) for row in _waiting().rows(session)]
