"""Two records of one organisation or person made one; undoable, and what others still write to the lost one follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, replay
from unnm_desktop.db.base import Record
from unnm_desktop.db.journal import JOINABLE, SAME_AS, Operation
from unnm_desktop.db.pending import Entry, cursor_of
from unnm_desktop.db.storing import references, referring
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import records
from unnm_desktop.services.handover.settle import write

LABEL = N_("Join duplicates")
SEPARATE_LABEL = N_("Take joined records apart")
_LINKS = ("action_responsible", "activity_participant")
"""Rows that only say that two records belong together: after a join one of two would say it twice."""


def join(session: Session, entity: str, loser: UUID, stays: UUID) -> None:
    """Make one record of two: all references to the loser lead to the other, and the loser goes out of sight.

    To be called in ``database.write(joining.LABEL, kind=Kind.SETTLE)``. Fields are not mixed: what the one that stays
    shall take over is set by the caller, in the same step.

    Raises:
        UserError: they are one record, of another kind, or one of them is removed.

    """
    if entity not in JOINABLE or loser == stays:
        raise UserError(N_("Choose two records of one kind to join."))
    for key in (loser, stays):
        if records.get(session, ENTITIES[entity], key).removed_at is not None:
            raise UserError(N_("A removed record cannot be joined. Restore it first."))
    for link in _twins(session, entity, loser, stays):
        link.removed_at = datetime.now(UTC)
    session.flush()
    _write(session, entity, loser, [None, str(stays)])


def join_with(session: Session, entity: str, loser: UUID, stays: UUID, values: Mapping[str, Any]) -> None:
    """Make one record of two, and let the one that stays have these values; an ordinary step, which undo takes back.

    Raises:
        Invalid: a value breaks a rule.
        UserError: they are one record, of another kind, or one of them is removed.

    """
    join(session, entity, loser, stays)
    if values:
        records.update(session, ENTITIES[entity], stays, **values)


def take_back(session: Session, entity: str, row: UUID, pair: Sequence[str | None]) -> None:
    """The opposite of a joining or of a taking apart, by what the journal says of it."""
    if pair[1] is None:
        join(session, entity, row, UUID(pair[0] or ""))
    else:
        separate(session, entity, row)


def used(session: Session, entity: str, row: UUID) -> int:
    """How many records in sight refer to this one."""
    cursor = cursor_of(session)
    found = 0
    for table, column in referring(entity):
        sql = f'SELECT COUNT(*) FROM "{table}" WHERE "{column}" = ? AND removed_at IS NULL'  # noqa: S608 - names of our own
        found += cursor.execute(sql, (row.hex,)).fetchone()[0]
    return found


@dataclass(frozen=True)
class Joined:
    """A record that is one with another now."""

    entity: str
    loser: UUID
    stays: UUID


def all_joined(session: Session) -> list[Joined]:
    """The records that were joined to others, the latest first."""
    cursor = cursor_of(session)
    sql = (
        "SELECT c.entity, c.row_id, json_extract(c.fields, '$.same_as[1]') FROM change c JOIN head h"
        " ON h.row_id = c.row_id AND h.field = 'same_as' AND h.device = c.device AND h.seq = c.seq"
        " JOIN changeset s ON s.device = c.device AND s.seq = c.seq WHERE c.op = 'same_as' ORDER BY s.hlc DESC"
    )
    found = [Joined(entity, UUID(row), UUID(into)) for entity, row, into in cursor.execute(sql).fetchall() if into]
    erased = {UUID(row) for row in replay.erased_rows(cursor)} if found else set()
    return [one for one in found if one.loser not in erased]


def separate(session: Session, entity: str, loser: UUID) -> None:
    """Take a joined record out again; what referred to it before does so again.

    To be called in ``database.write(joining.SEPARATE_LABEL, kind=Kind.SETTLE)``.

    Raises:
        UserError: the record is not joined to another.

    """
    cursor = cursor_of(session)
    found = cursor.execute(
        "SELECT device, seq FROM head WHERE row_id = ? AND field = ? AND shown = 1", (loser.hex, SAME_AS)
    ).fetchall()
    stays = joined_to(session, loser)
    if stays is None:
        raise UserError(N_("This record is not joined to another."))
    for device, seq in found:
        _bring_back(session, cursor, device, seq)
    session.flush()
    _write(session, entity, loser, [str(stays), None])


def joined_to(session: Session, row: UUID) -> UUID | None:
    """What a record was joined to, None where it stands for itself."""
    cursor = cursor_of(session)
    sql = (
        "SELECT json_extract(c.fields, '$.same_as[1]') FROM head h JOIN change c"
        " ON c.device = h.device AND c.seq = h.seq AND c.row_id = h.row_id WHERE h.row_id = ? AND h.field = ?"
    )
    found = [UUID(value) for (value,) in cursor.execute(sql, (row.hex, SAME_AS)).fetchall() if value]
    return min(found, default=None)


def _write(session: Session, entity: str, loser: UUID, pair: list[str | None]) -> None:
    cursor = cursor_of(session)
    heads = cursor.execute("SELECT device, seq FROM head WHERE row_id = ? AND field = ?", (loser.hex, SAME_AS))
    parents = {SAME_AS: [[str(UUID(device)), seq] for device, seq in heads.fetchall()]}
    pending = session.info["pending"]
    write(pending, Entry(ENTITIES[entity], loser, Operation.SAME_AS, {SAME_AS: pair}, parents), [loser.hex])
    pending.tables |= {table for table, _ in referring(entity)}
    session.expire_all()


def _twins(session: Session, entity: str, loser: UUID, stays: UUID) -> Iterator[Record]:
    """The loser's links that the one that stays has too."""
    for table in _LINKS:
        columns = [column for column, target in references(table) if target == entity]
        others = [column for column, _ in references(table) if column not in columns]
        for column in columns:
            kind = ENTITIES[table]
            links: dict[UUID, dict[tuple[Any, ...], Record]] = defaultdict(dict)
            for link in records.all_of(session, kind, getattr(kind, column).in_([loser, stays])):
                links[getattr(link, column)][tuple(getattr(link, other) for other in others)] = link
            yield from (link for key, link in links[loser].items() if key in links[stays])


def _bring_back(session: Session, cursor: Any, device: str, seq: int) -> None:
    sql = "SELECT entity, row_id FROM change WHERE device = ? AND seq = ? AND op = 'set'"
    for table, row in cursor.execute(sql, (device, seq)).fetchall():
        if table in _LINKS:
            records.restore(session, ENTITIES[table], UUID(row))
