"""Whole copies of a workspace: made while it is in use, proven right after, put in a workspace's place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.blobs import Blobs, files_path
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database, hold
from unnm_desktop.db.schema import APPLICATION_ID, SCHEMA_REVISION
from unnm_desktop.db.text import fold
from unnm_desktop.db.trouble import DAMAGED, Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Contents:
    """What a copy holds: its workspace, how many records of each kind are in sight, and its last step."""

    workspace: UUID
    records: int
    kinds: dict[str, int]
    last_at: datetime | None
    last_label: str
    last_officer: str


def copy_database(database: Database, target: Path) -> None:
    """Write one consistent moment of the workspace's records and journal to a new file, readable by its owner only.

    Raises:
        UserError: it could not be written; no half file stays.

    """
    target.touch(mode=0o600)
    try:
        database.copy_into(target)
        sync(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def contents(path: Path) -> Contents:
    """Read a copy from its first page to its last and say what it holds.

    Raises:
        Damaged: SQLite's check, a reference or the journal's tables say it is not whole.
        UserError: it is no workspace, or one of a newer program.

    """
    with _reading(path) as connection:
        if _value(connection, "PRAGMA application_id") != APPLICATION_ID:
            raise UserError(N_("{file} is not a UNNM workspace. Choose a file made by this program."), file=path.name)
        revision = _value(connection, "PRAGMA user_version")
        if revision > SCHEMA_REVISION:
            raise UserError(
                N_("{file} was made with a newer version of this program. Update the program, then open it again."),
                file=path.name,
            )
        said = [row[0] for row in connection.execute("PRAGMA quick_check")]
        dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
        if said != ["ok"] or dangling is not None:
            raise Damaged(DAMAGED, file=path.name)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        kinds = {
            name: _value(connection, f'SELECT count(*) FROM "{name}" WHERE removed_at IS NULL')  # noqa: S608 - our names
            for name in ENTITIES
            if name in tables
        }
        last = connection.execute("SELECT at_utc, label, officer FROM changeset ORDER BY hlc DESC LIMIT 1").fetchone()
        at, label, officer = last or (None, "", "")
        return Contents(
            workspace=UUID(_value(connection, "SELECT value FROM workspace WHERE name = 'id'")),
            records=sum(kinds.values()),
            kinds={name: count for name, count in kinds.items() if count},
            last_at=datetime.fromisoformat(at) if at else None,
            last_label=label,
            last_officer=officer,
        )


def newest_change(path: Path) -> tuple[str, int]:
    """The hybrid clock of the newest changeset in a copy and how many there are: whether nothing came since."""
    with _reading(path) as connection:
        found = connection.execute("SELECT max(hlc), count(*) FROM changeset").fetchone()
        return str(found[0] or ""), int(found[1])


def put_in_place(copy: Path, files: tuple[Path, ...], workspace: Path) -> None:
    """Make the copy the workspace, in one step; nothing is changed when any of it fails.

    The bytes that the copy's records refer to are brought from the first of ``files`` that has them. This computer
    takes a new identity in the workspace, so that numbers which others have seen are never used twice.

    Raises:
        UserError: the copy is damaged or the workspace is open elsewhere.

    """
    held = contents(copy)
    part = workspace.with_name(f"{workspace.name}-restoring")
    lock = hold(workspace)
    try:
        part.touch(mode=0o600)
        part.write_bytes(copy.read_bytes())
        sync(part)
        here = Blobs(files_path(workspace))
        for store in files:
            here.take_missing(Blobs(store))
        for suffix in ("-wal", "-shm"):
            workspace.with_name(workspace.name + suffix).unlink(missing_ok=True)
        part.replace(workspace)
        sync_folder(workspace.parent)
        Device.forget(held.workspace)
    finally:
        part.unlink(missing_ok=True)
        lock.release()


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def sync(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the folder's names are on the disk, where the system knows how."""
    with suppress(OSError):  # Windows cannot open a folder
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@contextmanager
def _reading(path: Path) -> Iterator[Any]:
    try:
        # Immutable: a copy is never written, so nothing may appear beside it.
        connection = sqlcipher3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            connection.create_function("fold", 1, fold, deterministic=True)
            yield connection
        finally:
            connection.close()
    except (sqlcipher3.DatabaseError, ValueError, TypeError) as error:
        raise Damaged(DAMAGED, file=path.name) from error


def _value(connection: Any, query: str) -> Any:
    row = connection.execute(query).fetchone()
    if row is None:
        raise ValueError(query)
    return row[0]
