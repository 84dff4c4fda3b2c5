"""Old workspaces come up to date without losing a row, and nothing is pending."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import sqlcipher3

from unnm_desktop.db import ENTITIES, Network, migrate
from unnm_desktop.db.engine import Database
from unnm_desktop.errors import UserError
from unnm_desktop.services import records

FILES = sorted((Path(__file__).parent.parent / "_files").glob("*.unnm"))


def schema(path: Path) -> dict[str, list[str]]:
    connection = sqlcipher3.connect(str(path))
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    ).fetchall()
    connection.close()
    plain = {name: " ".join(sql.replace('"', "").split()).casefold() for name, sql in rows}
    # Columns and constraints may stand in another order; what they say may not differ.
    return {name: sorted(part.strip(" ()") for part in re.split(r",(?![^()]*\))", sql)) for name, sql in plain.items()}


def test_no_migration_is_pending() -> None:
    assert migrate.pending() == []


def test_the_migrations_make_the_very_schema_of_the_classes(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "migrated.db"
    connection = sqlcipher3.connect(str(path), isolation_level=None)
    migrate.from_nothing(connection)
    connection.close()
    assert schema(path) == schema(template)


def test_the_workspace_of_every_release_opens_and_keeps_its_rows(tmp_path: Path) -> None:
    assert FILES, "each released schema leaves a filled workspace in tests/_files"
    for file in FILES:
        path = tmp_path / file.name
        shutil.copy(file, path)
        with Database(path) as database:
            assert database.check() == []
            with database.read() as session:
                assert all(records.all_of(session, entity) for entity in ENTITIES.values()), file.name


def test_a_failing_migration_leaves_the_file_as_it_was(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.unnm"
    shutil.copy(template, path)
    with Database(path) as database, database.write("Make") as session:
        records.create(session, Network, country="BHR", name_en="N")
    before = schema(path)

    def half_way(*_arguments: object) -> None:
        raise UserError("stopped half-way")

    monkeypatch.setattr(migrate.command, "upgrade", half_way)
    with pytest.raises(UserError):
        migrate.upgrade(path)
    assert schema(path) == before
    with Database(path) as database, database.read() as session:
        assert len(records.all_of(session, Network)) == 1


def test_an_upgrade_keeps_a_copy_and_every_row(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.unnm"
    shutil.copy(template, path)
    with Database(path) as database, database.write("Make") as session:
        records.create(session, Network, country="BHR", name_en="N")
    migrate.upgrade(path)
    assert list(tmp_path.glob("old.unnm-before-*"))
    with Database(path) as database:
        assert database.check() == []
        with database.read() as session:
            assert [network.name_en for network in records.all_of(session, Network)] == ["N"]
