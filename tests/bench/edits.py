"""One edit until it is durable, and an import of 10,000 persons, beside raw SQLite that does as little as it can."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import sqlcipher3

from tests.bench.measure import Figure, side_by_side
from unnm_desktop.db import ActionPoint, Person
from unnm_desktop.db.engine import Database
from unnm_desktop.services import records
from unnm_desktop.ui.hub import Hub

_IMPORTED = 10_000


def figures(ten_years: Path, times: int = 101) -> list[Figure]:
    """Edits and imports in the ten-year workspace, as the window makes them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edit.unnm"
        shutil.copy(ten_years, path)
        with Database(path, "Bench") as database, _raw(Path(folder) / "raw.db") as raw:
            hub = Hub()
            hub.open(database)
            return [*_edits(hub, raw, times), _import(hub, raw)]


@contextmanager
def _raw(path: Path) -> Iterator[Any]:
    raw = sqlcipher3.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE action (id INTEGER PRIMARY KEY, task TEXT)")
    raw.executemany("INSERT INTO action VALUES (?, ?)", [(n, f"Task {n}") for n in range(2000)])
    raw.execute("CREATE TABLE person (id TEXT PRIMARY KEY, name_en TEXT, name_ar TEXT, position_en TEXT, emails TEXT)")
    yield raw
    raw.close()


def _edits(hub: Hub, raw: Any, times: int) -> list[Figure]:
    actions = [action.id for action in hub.read(records.all_of, ActionPoint)]
    numbers = count()

    def commit() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE action SET task = ? WHERE id = 5", (f"Task {next(numbers)}",))
        raw.execute("COMMIT")

    def edit(field: str) -> None:
        number = next(numbers)
        values = {field: f"Share the note {number}"}
        hub.step("Edit", records.update, ActionPoint, actions[number * 37 % len(actions)], **values)

    found = []
    for field, told in (("task_en", "with its words found"), ("dropped_reason", "no searched word changed")):
        edit(field)
        floor, value = side_by_side(commit, lambda field=field: edit(field), times)  # type: ignore[misc] # its own copy
        found.append(Figure(f"one edit until durable, {told}", "raw SQLite commit", floor, value, 5.0))
    return found


def _import(hub: Hub, raw: Any, times: int = 5) -> Figure:
    """Journal and search index are written too; raw SQLite writes the rows alone."""
    numbers = count()

    def rows() -> list[dict[str, Any]]:
        start = next(numbers) * _IMPORTED
        return [
            {
                "id": records.new_id(),
                "name_en": f"Person {n}",
                "name_ar": f"شخص {n}",
                "position_en": "Programme officer",
                "emails": f"person{n}@example.org",
            }
            for n in range(start, start + _IMPORTED)
        ]

    def plain() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(
            "INSERT INTO person VALUES (?, ?, ?, ?, ?)", [(r["id"].hex, *list(r.values())[1:]) for r in rows()]
        )
        raw.execute("COMMIT")

    floor, value = side_by_side(plain, lambda: hub.step("Import", records.create_many, Person, rows()), times)
    return Figure("10,000 persons imported, with journal and search", "raw executemany", floor, value, 5.0)
