"""What a workspace knows of itself when it is opened: its name, the steps of every device, the newest clock."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.journal import changeset_table
from unnm_desktop.db.schema import workspace_table

_STEP = changeset_table.c
_FACTS = select(workspace_table.c.name, workspace_table.c.value)
_LAST = select(_STEP.device, func.max(_STEP.seq)).group_by(_STEP.device)
_LATEST = select(func.max(_STEP.hlc))
_LATEST_NOT_AHEAD = _LATEST.where(_STEP.hlc < bindparam("ahead"))
_LAST_TOLD = (
    select(_STEP.seen)
    .where(_STEP.device == bindparam("device"), _STEP.seen.is_not(None))
    .order_by(_STEP.seq.desc())
    .limit(1)
)


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
    facts = dict(iter(session.execute(_FACTS)))
    return Known(
        UUID(facts["id"]),
        facts,
        dict(iter(session.execute(_LAST))),
        session.execute(_LATEST).scalar() or "",
        session.execute(_LATEST_NOT_AHEAD, {"ahead": ahead}).scalar() or "",
    )


def last_told(session: Session, device: UUID) -> dict[str, int] | None:
    """What this device last said it had read of others; None when it never did."""
    told: dict[str, int] | None = session.execute(_LAST_TOLD, {"device": device}).scalar()
    return told
