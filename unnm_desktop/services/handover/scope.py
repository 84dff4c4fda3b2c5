"""Which records go with a package of some networks only: theirs, what these refer to, and the common lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.attachments import Attachment
from unnm_desktop.db.base import Record
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person

_SHARED: tuple[type[Record], ...] = (Organisation, Person)
"""Known to all networks of a workspace; only those that something which goes refers to go too."""


def records_of(session: Session, networks: Collection[UUID]) -> set[UUID]:
    """The keys of all records, removed ones too, that a package of these networks holds."""
    refers = _references(session)
    network_of = _networks(session, refers)
    shared = {key for entity in _SHARED for key in session.scalars(select(entity.id))}
    chosen = {
        key for key in refers if network_of.get(key) in networks or (network_of.get(key) is None and key not in shared)
    }
    waiting = list(chosen)
    while waiting:
        for target in refers.get(waiting.pop(), ()):
            if target not in chosen:
                chosen.add(target)
                waiting.append(target)
    return chosen


def _references(session: Session) -> dict[UUID, tuple[UUID, ...]]:
    """Record → the records that it refers to."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    for entity in ENTITIES.values():
        columns: list[Any] = [column for column in entity.__table__.columns if column.foreign_keys]
        if entity is Attachment:
            columns.append(entity.__table__.columns["record_id"])
        for key, *targets in session.execute(select(entity.__table__.columns["id"], *columns)):
            found[key] = tuple(target for target in targets if target is not None)
    return found


def _networks(session: Session, refers: dict[UUID, tuple[UUID, ...]]) -> dict[UUID, UUID | None]:
    """Record → the network that it belongs to, by itself or by what it is a part of; None for what is common."""
    known: dict[UUID, UUID | None] = {key: key for key in session.scalars(select(Network.id))}
    known |= {key: None for entity in _SHARED for key in session.scalars(select(entity.id))}
    for key in refers:
        _look_up(key, refers, known)
    return known


def _look_up(key: UUID, refers: dict[UUID, tuple[UUID, ...]], known: dict[UUID, UUID | None]) -> UUID | None:
    if key not in known:
        known[key] = None  # what refers to itself in a circle belongs to nobody
        known[key] = _first(_look_up(target, refers, known) for target in refers.get(key, ()))
    return known[key]


def _first(found: Iterable[UUID | None]) -> UUID | None:
    return next((one for one in found if one is not None), None)
