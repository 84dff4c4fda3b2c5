"""References of meetings, decisions, action points and activities: given once, never changed, never used again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.base import Record
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Network
from unnm_desktop.db.workplans import Activity
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import records

Letter = Literal["M", "D", "A", "W"]
LABEL = N_("Give a record the next number")
NUMBERED: dict[Letter, Any] = {"M": Meeting, "D": Decision, "A": ActionPoint, "W": Activity}


@dataclass(frozen=True)
class Duplicate:
    """A reference that two computers gave to different records of one kind."""

    reference: str
    entity: type[Record]
    ids: tuple[UUID, ...]


def next_reference(session: Session, network: Network, letter: Letter, year: int) -> str:
    """The next free reference of that network, kind and year."""
    return next_references(session, network, letter, year, 1)[0]


def next_references(session: Session, network: Network, letter: Letter, year: int, count: int) -> list[str]:
    """So many free references in a row; for imports."""
    entity = NUMBERED[letter]
    prefix = f"{network.country}/{year:04}/{letter}"
    number = cast(func.substr(entity.reference, len(prefix) + 1), Integer)
    # Removed records keep their number, so they are counted too.
    last = session.scalar(
        select(func.max(number)).where(
            entity.network_id == network.id, entity.reference.startswith(prefix, autoescape=True)
        )
    )
    return [f"{prefix}{(last or 0) + step:02}" for step in range(1, count + 1)]


def printed(reference: str) -> str:
    """The reference as documents print it."""
    return f"UNNM/{reference}" if reference else ""


def duplicates(session: Session, network_id: UUID) -> list[Duplicate]:
    """The references that stand on more than one record of a kind; versions of a workplan share theirs."""
    found = []
    for entity in NUMBERED.values():
        mine = (entity.network_id == network_id, entity.removed_at.is_(None), entity.reference != "")
        group = (entity.reference, entity.workplan_id) if entity is Activity else (entity.reference,)
        # Removed ones too: the index alone tells these, and of what stands twice there is little to look at.
        known = (entity.network_id == network_id, entity.reference != "")
        twice = select(entity.reference).where(*known).group_by(*group).having(func.count() > 1)
        rows = session.execute(
            select(*group, entity.id).where(*mine, entity.reference.in_(twice)).order_by(entity.reference, entity.id)
        )
        by_group: dict[tuple[Any, ...], list[UUID]] = {}
        for row in rows:
            by_group.setdefault(tuple(row[:-1]), []).append(row[-1])
        found += [Duplicate(key[0], entity, tuple(ids)) for key, ids in by_group.items() if len(ids) > 1]
    return found


def every_duplicate(session: Session) -> list[Duplicate]:
    """The same for all networks of the workspace."""
    return [pair for network in records.all_of(session, Network) for pair in duplicates(session, network.id)]


def numbered(table: str) -> type[Record] | None:
    """The kind of record in this table, where it has numbers."""
    return next((entity for entity in NUMBERED.values() if entity.__tablename__ == table), None)


def duplicate_of(session: Session, kind: type[Record], record_id: UUID) -> Duplicate | None:
    """Which records have the reference of this one; None where it is the only one."""
    entity: Any = kind
    mine = session.get(entity, record_id)
    if mine is None or not mine.reference or mine.removed_at is not None:
        return None
    same = [entity.network_id == mine.network_id, entity.reference == mine.reference, entity.removed_at.is_(None)]
    if entity is Activity:
        same.append(entity.workplan_id == mine.workplan_id)
    found = tuple(session.scalars(select(entity.id).where(*same).order_by(entity.id)))
    return Duplicate(mine.reference, entity, found) if len(found) > 1 else None


def offered(session: Session, record_id: UUID) -> str:
    """The number that a record would be given, if it were given the next."""
    for letter, entity in NUMBERED.items():
        record = session.get(entity, record_id)
        if record is not None and record.reference.count("/") == 2:
            network = records.get(session, Network, record.network_id)
            return next_reference(session, network, letter, int(record.reference.split("/")[1]))
    return ""


def renumber(session: Session, entity: type[Record], record_id: UUID) -> str:
    """Give one of two records with the same reference the next free number of its year.

    Raises:
        UserError: no other record has its reference, so it stays.

    """
    record: Any = records.get(session, entity, record_id)
    if duplicate_of(session, entity, record_id) is None:
        raise UserError(N_("No other record has the reference {reference}, so it stays."), reference=record.reference)
    _, year, rest = record.reference.split("/")
    network = records.get(session, Network, record.network_id)
    letter: Letter = rest[0]
    reference = next_reference(session, network, letter, int(year))
    records.update(session, entity, record_id, reference=reference)
    return reference
