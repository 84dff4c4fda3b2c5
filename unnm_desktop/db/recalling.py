"""What a workspace knows of itself when it is opened: its name, the steps of every device, the newest clock."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.journal import changeset_table
from unnm_desktop.db.schema import workspace_table


class Known(NamedTuple):
    """The workspace's own facts and the ends of its journal.

    Args:
        last_seq: the newest step of each device.
        latest: the newest clock there is.
        hlc: the newest that is not far ahead: that of another computer, or of this one once, is shown and not adopted.

    """

    id: UUID
    facts: dict[str, str]
    last_seq: dict[UUID, int]
    latest: str
    hlc: str


def recall(session: Session, ahead: str) -> Known:
    """Read it all; a clock from ``ahead`` on is far ahead.

    Raises:
        KeyError: it has no key.
        ValueError: its key is none.

    """
    facts = dict(iter(session.execute(select(workspace_table.c.name, workspace_table.c.value))))
    table = changeset_table
    last = session.execute(select(table.c.device, func.max(table.c.seq)).group_by(table.c.device))
    latest = select(func.max(table.c.hlc))
    return Known(
        UUID(facts["id"]),
        facts,
        dict(iter(last)),
        session.execute(latest).scalar() or "",
        session.execute(latest.where(table.c.hlc < ahead)).scalar() or "",
    )


def last_told(session: Session, device: UUID) -> dict[str, int] | None:
    """What this device last said it had read of others; None when it never did."""
    table = changeset_table
    query = select(table.c.seen).where(table.c.device == device, table.c.seen.is_not(None))
    told: dict[str, int] | None = session.execute(query.order_by(table.c.seq.desc()).limit(1)).scalar()
    return told
