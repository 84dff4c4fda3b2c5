"""Bytes that no record has, has had or may have again: known at once, taken away after 90 days."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.pending import cursor_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.engine import Database

KEPT_FOR = timedelta(days=90)
"""A step that was refused, or a program that was killed, leaves bytes without a record; whoever comes back to it within
this time finds them there."""


def found(database: Database) -> set[str]:
    """The hashes of bytes that neither a record nor the journal knows.

    Records in Trash, earlier values that an undo brings back and what a merge that was undone had brought are known.
    Backups keep bytes of their own.
    """
    held = database.blobs.digests()
    if not held:
        return set()
    with database.read() as session:
        return held.difference(_known(session))


def _known(session: Session) -> Iterator[str]:
    cursor = cursor_of(session)
    for name, entity in ENTITIES.items():
        columns = [column.key for column in entity.__table__.columns if column.key.endswith("sha256")]
        for column in columns:
            yield from (value for (value,) in cursor.execute(f'SELECT "{column}" FROM "{name}"'))  # noqa: S608 - names of our own
        if not columns:
            continue
        # An earlier logo comes back with an undo.
        for (told,) in cursor.execute("SELECT fields FROM change WHERE entity = ?", (name,)):
            fields = json.loads(told)
            for column in columns:
                value = fields.get(column)
                yield from value if isinstance(value, list) else [value]


def drop(database: Database) -> int:
    """Take them away now; how many files they were. To be called while nobody attaches a file.

    A file's bytes come before its record.
    """
    loose = found(database)
    database.blobs.drop(loose)
    return len(loose)


def sweep(database: Database, on: date) -> int:
    """Take away what has been without a record for 90 days, and note since when the rest is; how many files went.

    Files may be attached meanwhile: bytes that are put again, or announced, are not loose any more.

    Raises:
        UserError: the store cannot be written.

    """
    loose = found(database)
    return database.blobs.drop_after(loose, on, KEPT_FOR) if database.blobs.path.exists() else 0
