"""What a workspace knows of itself when it is opened: its name, the steps of every device, the newest clock."""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.identity import key_of
from unnm_desktop.db.pending import cursor_of

# Asked at every opening, of the driver: that SQLAlchemy writes them first would take longer than all else of it.
_FACTS = "SELECT name, value FROM workspace"
_LAST = "SELECT device, max(seq) FROM changeset GROUP BY device"
_LATEST = "SELECT max(hlc) FROM changeset"
_LATEST_NOT_AHEAD = f"{_LATEST} WHERE hlc < ?"
_LAST_TOLD = "SELECT seen FROM changeset WHERE device = ? AND seen IS NOT NULL ORDER BY seq DESC LIMIT 1"


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
    cursor = cursor_of(session)
    facts = dict(cursor.execute(_FACTS))
    last: dict[Any, int] = {key_of(device): seq for device, seq in cursor.execute(_LAST)}
    latest, hlc = cursor.execute(_LATEST).fetchone()[0], cursor.execute(_LATEST_NOT_AHEAD, (ahead,)).fetchone()[0]
    return Known(UUID(facts["id"]), facts, last, latest or "", hlc or "")


def last_told(session: Session, device: UUID) -> dict[str, int] | None:
    """What this device last said it had read of others; None when it never did."""
    row = cursor_of(session).execute(_LAST_TOLD, (device.hex,)).fetchone()
    told: dict[str, int] | None = None if row is None else json.loads(row[0])
    return told
