"""Bring an older workspace up to date: a copy is kept, one transaction changes it, every row is counted."""

from __future__ import annotations

import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlcipher3
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, StaticPool, create_engine
from sqlalchemy.exc import DatabaseError

from unnm_desktop import paths
from unnm_desktop.cause import Cause
from unnm_desktop.db import ENTITIES, disk, keys, search_index
from unnm_desktop.db import journal as _journal  # noqa: F401 - with the records it fills the metadata
from unnm_desktop.db.base import Base
from unnm_desktop.db.keys import Key
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.db.sealing import hand_key
from unnm_desktop.db.trouble import in_words
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

_FOLDER = Path(__file__).parent / "migrations"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def is_index_table(name: str | None) -> bool:
    """Whether a table is one of those SQLite makes behind the search index."""
    return bool(name) and str(name).startswith("search_index")


def upgrade(path: Path, key: Key | None = None) -> None:
    """Bring the file to the newest schema; the old one stays beside it as ``NAME.unnm-before-N``.

    Raises:
        UserError: a step failed; the file is as it was.

    """
    raw = sqlcipher3.connect(str(path), isolation_level=None, timeout=10)
    hand_key(raw, key)
    try:
        before = raw.execute("PRAGMA user_version").fetchone()[0]
        _keep_as_it_is(raw, path, key)
        # Foreign keys can only be switched off outside a transaction; inside, SQLite ignores the pragma without a word.
        raw.execute("PRAGMA foreign_keys=OFF")
        _run(raw, before, path)
    finally:
        raw.close()


def _keep_as_it_is(raw: Any, path: Path, key: Key | None) -> None:
    copy = path.with_name(f"{path.name}-before-{SCHEMA_REVISION}")
    try:
        with in_words(path):
            copy.unlink(missing_ok=True)
            copy.touch(mode=0o600)
            raw.execute("VACUUM INTO ?", (str(copy),))
        if key is not None:
            keys.carry(path, copy)
        disk.sync(copy)
    except (OSError, UserError) as error:
        for left in (copy, *paths.key_files(copy)):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        if isinstance(error, UserError):
            raise
        raise UserError(
            N_("{file} could not be copied before it is brought up to date ({why}). It is as it was. Make room first."),
            file=path.name,
            why=Cause(error),
        ) from error


def _run(raw: Any, before: int, path: Path) -> None:
    engine = create_engine("sqlite://", module=sqlcipher3, creator=lambda: raw, poolclass=StaticPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            counts = _counts(connection)
            if before == 0:
                raise UserError(N_("{file} has no schema number. Open the newest backup instead."), file=path.name)
            # A new workspace is made from the classes in one go, so the schema number says where it stands.
            command.stamp(_config(connection), f"{before:04d}", purge=True)
            command.upgrade(_config(connection), "head")
            # Derived, so that a migration may simply make it anew.
            search_index.rebuild(raw.cursor(), ENTITIES.values())
            after = _counts(connection)
            lost = [name for name, count in counts.items() if name in after and after[name] < count]
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if lost or dangling:
                raise UserError(N_("{file} could not be brought up to date; it is as it was."), file=path.name)
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_REVISION}")
            connection.exec_driver_sql("COMMIT")
    except DatabaseError as error:
        raise UserError(N_("{file} could not be brought up to date; it is as it was."), file=path.name) from error
    finally:
        engine.dispose()


def _counts(connection: Connection) -> dict[str, int]:
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        " AND name NOT LIKE 'search_index%' AND name <> 'alembic_version'"
    ).scalars()
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608 - names of our own tables
        for name in names.all()
    }


def _scratch() -> Connection:
    raw = sqlcipher3.connect(":memory:", isolation_level=None)
    engine = create_engine("sqlite://", module=sqlcipher3, creator=lambda: raw, poolclass=StaticPool)
    return engine.connect()


def pending() -> list[Any]:
    """What the record classes ask for that no migration makes (empty = nothing is pending)."""
    with _scratch() as connection:
        command.upgrade(_config(connection), "head")
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _parents: kind != "table" or not is_index_table(name)},
        )
        with warnings.catch_warnings():
            # Alembic cannot read indexes on expressions back from SQLite; tests/db compares the whole schema instead.
            warnings.filterwarnings("ignore", message=".*expression-based index")
            return list(compare_metadata(context, Base.metadata))


def from_nothing(raw: Any) -> None:
    """Run every migration on an empty database, given as a raw connection."""
    engine = create_engine("sqlite://", module=sqlcipher3, creator=lambda: raw, poolclass=StaticPool)
    with engine.connect() as connection:
        command.upgrade(_config(connection), "head")


def new(slug: str) -> None:
    """Write a migration from the difference between the classes and the migrations so far."""
    with _scratch() as connection:
        config = _config(connection)
        command.upgrade(config, "head")
        number = len(list((_FOLDER / "versions").glob("[0-9]*.py"))) + 1
        command.revision(config, message=slug, autogenerate=True, rev_id=f"{number:04d}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["new"]:
        new(sys.argv[2])
    else:
        found = pending()
        sys.exit("\n".join(str(line) for line in found) if found else 0)
