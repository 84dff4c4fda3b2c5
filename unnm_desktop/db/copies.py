"""Whole copies of a workspace: made while it is in use, proven right after, put in a workspace's place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3

from unnm_desktop import paths
from unnm_desktop.db import ENTITIES, disk, journal_order, keys
from unnm_desktop.db.blobs import Blobs, files_path
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.db.files import hold, replace_database, settle, settle_after
from unnm_desktop.db.keys import Key, KeyFile, Locked
from unnm_desktop.db.schema import APPLICATION_ID, SCHEMA_REVISION
from unnm_desktop.db.sealing import hand_key, key_for
from unnm_desktop.db.text import fold
from unnm_desktop.db.trouble import DAMAGED, Damaged, told
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_


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

    The copy of a protected workspace is protected with the same key.

    Raises:
        UserError: it could not be written; no half file stays.

    """
    target.touch(mode=0o600)
    try:
        database.copy_into(target)
        disk.sync(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def contents(path: Path, key: Key | None = None) -> Contents:
    """Read a copy from its first page to its last and say what it holds.

    Args:
        path: the copy.
        key: what a protected copy is written with.

    Raises:
        Locked: it is protected and there is no key.
        Damaged: SQLite's check, a reference or the journal's tables say it is not whole.
        UserError: it is no workspace, or one of a newer program.

    """
    with reading(path, key) as connection:
        if _value(connection, "PRAGMA application_id") != APPLICATION_ID:
            raise UserError(N_("{file} is not a UNNM workspace. Choose a file made by this program."), file=path.name)
        revision = _value(connection, "PRAGMA user_version")
        if revision > SCHEMA_REVISION:
            raise UserError(
                N_("{file} was made with a newer version of this program. Update the program, then open it again."),
                file=path.name,
            )
        torn = [] if key_for(path, key) is None else connection.execute("PRAGMA cipher_integrity_check").fetchall()
        said = [row[0] for row in connection.execute("PRAGMA quick_check")]
        dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
        if torn or said != ["ok"] or dangling is not None:
            raise Damaged(DAMAGED, file=path.name)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        kinds = {
            name: _value(connection, f'SELECT count(*) FROM "{name}" WHERE removed_at IS NULL')  # noqa: S608 - our names
            for name in ENTITIES
            if name in tables
        }
        last = journal_order.last(connection, datetime.now(UTC))
        return Contents(
            workspace=UUID(_value(connection, "SELECT value FROM workspace WHERE name = 'id'")),
            records=sum(kinds.values()),
            kinds={name: count for name, count in kinds.items() if count},
            last_at=datetime.fromisoformat(last.at) if last is not None else None,
            last_label=last.label if last is not None else "",
            last_officer=last.officer if last is not None else "",
        )


def newest_change(path: Path, key: Key | None = None) -> tuple[str, int]:
    """The hybrid clock of the newest changeset in a copy and how many there are: whether nothing came since."""
    with reading(path, key) as connection:
        found = connection.execute("SELECT max(hlc), count(*) FROM changeset").fetchone()
        return str(found[0] or ""), int(found[1])


def put_in_place(
    copy: Path,
    files: tuple[Path, ...],
    workspace: Path,
    key: Key | None = None,
    own: Key | None = None,
    slots: KeyFile | None = None,
) -> None:
    """Make the copy the workspace, in one step; nothing is changed when any of it fails.

    A workspace that is protected stays so, with its own key and passphrases: a copy that was made before, or with
    another key, is written anew. Any other takes over the copy's protection.

    The bytes that the copy's records refer to are brought from the first of ``files`` that has them. This computer
    takes a new identity in the workspace, so that numbers which others have seen are never used twice.

    Args:
        copy: the copy.
        files: the stores of bytes its records may refer to.
        workspace: the file to be replaced.
        key: the copy's key.
        own: the key of the workspace as it stands there.
        slots: new passphrases for the result; without them it has those of the copy.

    Raises:
        UserError: the copy is damaged or the workspace is open elsewhere.

    """
    held = contents(copy, key)
    kept = own if paths.is_protected(workspace) else None
    part = paths.turning(workspace)
    lock = hold(workspace)
    try:
        settle(workspace)
        part.touch(mode=0o600)
        new = kept or key_for(copy, key)
        if new is not None and new.id != getattr(key_for(copy, key), "id", ""):
            write_anew(copy, part, key, new)
            if contents(part, new) != held:
                raise Damaged(DAMAGED, file=copy.name)
        else:
            part.write_bytes(copy.read_bytes())
        disk.sync(part)
        _take_files(files, files_path(workspace), key, new)
        if new is not None and slots is not None:
            keys.write(workspace, slots)
        elif new is not None and kept is None:
            keys.carry(copy, workspace)
        replace_database(part, workspace)
        disk.sync_folder(workspace.parent)
        with suppress(OSError):  # a number that is lower than the one noted gives a new identity, too
            Device.forget(held.workspace)
    finally:
        # What was cut off never was; what went into place brings its files after it.
        try:
            settle_after(workspace)
        finally:
            lock.release()


def _take_files(stores: tuple[Path, ...], target: Path, key: Key | None, new: Key | None) -> None:
    here = target
    if target.exists() and (paths.is_plain(target) != (new is None) or not Blobs(target, new).opens()):
        # What lies there has another protection: a new file waits until the workspace itself is replaced.
        here = paths.turning(target)
        stores = (*stores, target)
    store = Blobs(here, new)
    for other in stores:
        # What nobody can open any more was set aside whole.
        if Blobs(other, key).opens():
            store.take_missing(Blobs(other, key))


def write_anew(source: Path, target: Path, key: Key | None, new: Key | None) -> None:
    """Write a database to an empty file with another key, or with none.

    Raises:
        Damaged: the source cannot be read to its end.

    """
    with reading(source, key) as connection:
        said = f"KEY {new.pragma()}" if new is not None else "KEY ''"
        connection.execute(f"ATTACH DATABASE ? AS turned {said}", (str(target),))
        connection.execute("SELECT sqlcipher_export('turned')")
        # The export copies tables and rows, and neither of these two.
        for name in ("application_id", "user_version"):
            connection.execute(f"PRAGMA turned.{name}={int(_value(connection, f'PRAGMA {name}'))}")
        connection.execute("DETACH DATABASE turned")


@contextmanager
def reading(path: Path, key: Key | None = None) -> Iterator[Any]:
    """A connection to a copy, which is never written; a copy that is plain needs no key.

    Raises:
        Locked: it is protected and there is no key.
        Damaged: it is not whole.
        UserError: the disk is full, or the file cannot be reached.

    """
    if key is None and paths.is_protected(path):
        raise Locked(path)
    try:
        # Immutable: a copy is never written, so nothing may appear beside it.
        connection = sqlcipher3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
        )
        try:
            hand_key(connection, key_for(path, key))
            connection.create_function("fold", 1, fold, deterministic=True)
            yield connection
        finally:
            connection.close()
    except sqlcipher3.DatabaseError as error:
        raise _trouble(error, path) from error
    except (ValueError, TypeError) as error:
        raise Damaged(DAMAGED, file=path.name) from error


@contextmanager
def writing(path: Path, key: Key | None) -> Iterator[Any]:
    """A connection of its own that may write to a closed workspace's file, or to the bytes beside it.

    Raises:
        Damaged: the file is not whole.
        UserError: the disk is full, or the file cannot be reached.

    """
    try:
        connection = sqlcipher3.connect(str(path), isolation_level=None, timeout=10)
        try:
            hand_key(connection, key_for(path, key))
            yield connection
        finally:
            connection.close()
    except sqlcipher3.DatabaseError as error:
        raise _trouble(error, path) from error


def _trouble(error: sqlcipher3.DatabaseError, path: Path) -> UserError:
    """A file is not damaged because a disk is full or does not answer."""
    return told(error, path) or Damaged(DAMAGED, file=path.name)


def _value(connection: Any, query: str) -> Any:
    row = connection.execute(query).fetchone()
    if row is None:
        raise ValueError(query)
    return row[0]
