"""Rows of the illustrative year, gathered by kind and written in bulk, journalled like any other."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.base import Record
from unnm_desktop.db.identity import link_id, uuid7
from unnm_desktop.services import records


class Keys:
    """New keys that never go backwards: rows made in one millisecond keep the order they were made in."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> UUID:
        """The next key."""
        self._last = max(uuid7().int, self._last + 1)
        return UUID(int=self._last)


class Rows:
    """What is to be written, by kind of record.

    Args:
        keys: gives new keys.
        counts: how many of each kind were written so far, by table name.

    """

    def __init__(self, keys: Keys, counts: Counter[str]) -> None:
        self._keys = keys
        self._counts = counts
        self._rows: dict[type[Record], list[dict[str, Any]]] = {}

    def add(self, entity: type[Record], **values: Any) -> UUID:
        """Take a row in and return its key."""
        key: UUID = values.setdefault("id", self._keys.new())
        self._rows.setdefault(entity, []).append(values)
        return key

    def link(
        self, entity: type[Record], kind: str, start: tuple[str, UUID], end: tuple[str, UUID], **values: Any
    ) -> UUID:
        """Take a link row in, under the key that every computer gives it."""
        return self.add(entity, id=link_id(kind, start[1], end[1]), **{start[0]: start[1], end[0]: end[1]}, **values)

    def write(self, session: Session, *entities: type[Record]) -> None:
        """Write the rows of these kinds, or of all."""
        for entity in entities or tuple(self._rows):
            rows = self._rows.pop(entity, [])
            records.create_many(session, entity, rows)
            self._counts[entity.__tablename__] += len(rows)
