"""A person's data gone for good: from the record, the journal, the search index and every package from now on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, replay, search_index
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import Kind, Operation, erasable
from unnm_desktop.db.pending import Entry
from unnm_desktop.db.storing import referring
from unnm_desktop.i18n import N_
from unnm_desktop.services import records
from unnm_desktop.services.handover.sifting import wipe_journal

LABEL = N_("Erase personal data for good")
_ABOUT = ("appointment", "attendance", "invitation")
"""Records of one person's doings: what was typed there may speak of the person, so it goes too."""


def erase(database: Database, person: UUID) -> None:
    """Blank everything that was typed about a person, here and wherever the next package goes; it cannot be undone.

    The person's record goes out of sight; who was in which meeting in what capacity stays, without a name. Backups and
    packages made before still hold the data: a package cannot bring them back, a backup that is restored can.

    Raises:
        UserError: there is no such person, or the workspace can only be read.

    """
    with database.write(LABEL, kind=Kind.SETTLE) as session:
        record = records.get(session, ENTITIES["person"], person)
        if record.removed_at is None:
            record.removed_at = datetime.now(UTC)
            session.flush()
        erased = {person.hex: "person"} | {row.hex: table for table, row in _about(session, person)}
        pending = session.info["pending"]
        for row, table in erased.items():
            fields = {name: [blank, blank] for name, blank in erasable(ENTITIES[table]).items()}
            pending.written.append(Entry(ENTITIES[table], UUID(row), Operation.ERASE, fields, {}))
        pending.tables |= set(erased.values())
        pending.afterwards.append(lambda cursor: _forget(cursor, erased))
    database.fold()


def _forget(cursor: Any, erased: dict[str, str]) -> None:
    wipe_journal(cursor, erased)
    replay.refresh(cursor, erased)
    search_index.forget_removed(cursor)


def _about(session: Session, person: UUID) -> Iterator[tuple[str, UUID]]:
    """What else holds words about the person: kind and key."""
    for table, column in referring("person"):
        if table in _ABOUT:
            entity: Any = ENTITIES[table]
            for key in session.scalars(select(entity.id).where(getattr(entity, column) == person)):
                yield table, key
    attachment: Any = ENTITIES["attachment"]
    for key in session.scalars(select(attachment.id).where(attachment.record_id == person)):
        yield "attachment", key
