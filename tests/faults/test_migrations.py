"""An update of an older workspace that breaks off at any statement leaves it as it was, and the next one succeeds."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from tests.faults.conftest import OLDEST
from tests.faults.striking import MANY
from tests.faults.work import WORDS, Place
from tests.media import small_disk
from unnm_desktop.db import copies, keys
from unnm_desktop.db.engine import Database
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.errors import UserError

EVERY = 12
"""In CI, one of so many statements fails; at night each of them."""


def content(path: Path) -> str:
    """All a database says: schema, rows and numbers."""
    connection = sqlcipher3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        told = hashlib.sha256()
        for table, sql in sorted(connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master").fetchall()):
            told.update(f"{table} {sql}".encode())
            if sql.startswith("CREATE TABLE"):
                for row in sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"'))):  # noqa: S608 - a name from the schema
                    told.update(row.encode())
        for name in ("application_id", "user_version"):
            told.update(str(connection.execute(f"PRAGMA {name}").fetchone()).encode())
        return told.hexdigest()
    finally:
        connection.close()


@contextmanager
def statements(fails_at: int = -1) -> Iterator[list[str]]:
    """Every statement that goes to a database, of which one fails."""
    told: list[str] = []

    def execute(_cursor: Any, statement: str, parameters: Any, _context: Any) -> None:
        told.append(statement)
        if len(told) - 1 == fails_at:
            raise OperationalError(statement, parameters, sqlcipher3.OperationalError("disk I/O error"))

    def without(cursor: Any, statement: str, context: Any) -> None:
        execute(cursor, statement, (), context)

    event.listen(Engine, "do_execute", execute)
    event.listen(Engine, "do_execute_no_params", without)
    try:
        yield told
    finally:
        event.remove(Engine, "do_execute", execute)
        event.remove(Engine, "do_execute_no_params", without)


def test_whatever_statement_fails_the_file_is_as_it_was(tmp_path: Path, figure: Callable[[str], None]) -> None:
    path = tmp_path / "old.unnm"

    def begin() -> None:
        for left in tmp_path.glob("old.unnm*"):
            left.unlink()
        shutil.copy(OLDEST, path)

    begin()
    with statements() as told:
        Database(path).close()
    # The update comes first; what is said afterwards belongs to the opened workspace.
    count = max(number for number, one in enumerate(told) if one.startswith(f"PRAGMA user_version={SCHEMA_REVISION}"))
    begin()
    before, failed = content(path), 0
    for number in range(0, count + 2, max(1, EVERY // MANY)):
        with statements(number), pytest.raises(UserError, match="as it was"):
            Database(path)
        assert content(path) == before, told[number]
        failed += 1
    with Database(path) as database:
        assert database.check() == []
    figure(f"updates of which a statement failed: {failed} of {count + 2}, the file was as before each time")


@pytest.mark.parametrize("left", [0, 100_000, 600_000, 1 << 20])
def test_an_update_on_a_full_disk_is_told_and_succeeds_once_there_is_room(
    left: int, ready: Place, tmp_path: Path
) -> None:
    size = sum(file.stat().st_size for file in ready.folder.glob("old.unnm*"))
    with small_disk(tmp_path / "disk", (size >> 20) + 3) as disk:
        for file in ready.folder.glob("old.unnm*"):
            shutil.copy(file, disk.place)
        path = disk.place / ready.old.name
        key, before = keys.unlock(path, WORDS), copies.contents(path, keys.unlock(path, WORDS))
        disk.fill(left)
        with suppress(UserError):
            Database(path, key=key).close()
        assert copies.contents(path, key) == before
        disk.make_room()
        disk.remount("size=64m")
        with Database(path, key=key) as database:
            assert database.check() == []
        assert copies.contents(path, key) == before


def test_the_copy_made_before_an_update_is_what_was_there_and_opens(tmp_path: Path, ready: Place) -> None:
    path = tmp_path / "old.unnm"
    shutil.copy(OLDEST, path)
    before = content(path)
    Database(path).close()
    kept = path.with_name(f"{path.name}-before-{SCHEMA_REVISION}")
    assert content(kept) == before != content(path)
    assert kept.stat().st_mode & 0o077 == 0
    with Database(kept) as database:
        assert database.check() == []
    for file in ready.folder.glob("old.unnm*"):
        shutil.copy(file, tmp_path / f"protected-{file.name}")
    path = tmp_path / "protected-old.unnm"
    key = keys.unlock(path, WORDS)
    held = copies.contents(path, key)
    Database(path, key=key).close()
    kept = path.with_name(f"{path.name}-before-{SCHEMA_REVISION}")
    assert copies.contents(kept, keys.unlock(kept, WORDS)) == held


def test_a_newer_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "newer.unnm"
    shutil.copy(OLDEST, path)
    connection = sqlcipher3.connect(str(path))
    connection.execute(f"PRAGMA user_version={SCHEMA_REVISION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="newer version"):
        Database(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["newer.unnm"]
