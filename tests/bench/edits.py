"""One edit until it is durable, and an import of 10,000 persons, beside raw SQLite that does as little as it can."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3

from tests.bench.measure import Figure, side_by_side
from unnm_desktop.db import ActionPoint, Person, search_index
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
            with _Twin(path, Path(folder) / "twin.unnm") as twin:
                return [*_edits(hub, raw, twin, times), *_imports(hub, raw, twin)]


@contextmanager
def _raw(path: Path) -> Iterator[Any]:
    raw = _connect(path)
    raw.execute("CREATE TABLE action (id INTEGER PRIMARY KEY, task TEXT)")
    raw.executemany("INSERT INTO action VALUES (?, ?)", [(n, f"Task {n}") for n in range(2000)])
    raw.execute("CREATE TABLE person (id TEXT PRIMARY KEY, name_en TEXT, name_ar TEXT, position_en TEXT, emails TEXT)")
    yield raw
    raw.close()


def _connect(path: Path) -> Any:
    raw = sqlcipher3.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    return raw


def _edits(hub: Hub, raw: Any, twin: _Twin, times: int) -> list[Figure]:
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
    edit("task_en")
    twin.read_edit("task_en")
    floor, value = side_by_side(twin.write_edit, lambda: edit("task_en"), times, rest=lambda: twin.read_edit("task_en"))
    name = "one edit until durable, with its words found"
    return [*found, Figure(name, "the same row, journal lines and search words, raw", floor, value, None)]


class _Twin:
    """The same workspace once more, written past the program: what a step wrote into the first, row for row."""

    def __init__(self, workspace: Path, path: Path) -> None:
        shutil.copy(workspace, path)
        self._first, self._second = _connect(workspace), _connect(path)
        self._lines: dict[str, list[tuple[Any, ...]]] = {}
        self._edit: list[tuple[str, tuple[Any, ...]]] = []

    def read(self) -> None:
        """Take up what the newest step has written."""
        ask = self._first.execute
        step = ask("SELECT device, seq FROM changeset ORDER BY rowid DESC LIMIT 1").fetchone()
        changes = ask("SELECT * FROM change WHERE device = ? AND seq = ?", step).fetchall()
        keys = [change[4] for change in changes]
        numbers = sorted(search_index.row_number(Person, UUID(key)) for key in keys)
        self._lines = {
            "changeset": ask("SELECT * FROM changeset WHERE device = ? AND seq = ?", step).fetchall(),
            "change": changes,
            "head": [ask("SELECT * FROM head WHERE row_id = ?", (key,)).fetchone() for key in keys],
            "person": [ask("SELECT * FROM person WHERE id = ?", (key,)).fetchone() for key in keys],
            "search_index(rowid, record_id, entity, network_id, title, folded)": [
                ask("SELECT rowid, * FROM search_index WHERE rowid = ?", (number,)).fetchone() for number in numbers
            ],
        }

    def read_edit(self, field: str) -> None:
        """Take up what the newest step has written, where it is an edit of an action point."""
        ask = self._first.execute
        changeset = ask("SELECT * FROM changeset ORDER BY rowid DESC LIMIT 1").fetchone()
        change = ask("SELECT * FROM change WHERE device = ? AND seq = ?", changeset[:2]).fetchone()
        key = change[4]
        (value,) = ask(f"SELECT {field} FROM action_point WHERE id = ?", (key,)).fetchone()  # noqa: S608 - a name of our own
        words = ask(
            "SELECT rowid, * FROM search_index WHERE rowid = ?", (search_index.row_number(ActionPoint, UUID(key)),)
        ).fetchone()
        head = ask("SELECT * FROM head WHERE row_id = ? AND field = ?", (key, field)).fetchone()
        columns = "rowid, record_id, entity, network_id, title, folded"
        self._edit = [
            (f"UPDATE action_point SET {field} = ? WHERE id = ?", (value, key)),  # noqa: S608 - as above
            (_inserted("changeset", changeset), changeset),
            (_inserted("change", change), change),
            (_inserted("head", head), head),
            (_inserted(f"search_index({columns})", words), words),
        ]

    def write_edit(self) -> None:
        """Write the edit as it is, in one commit."""
        self._second.execute("BEGIN IMMEDIATE")
        for statement, values in self._edit:
            self._second.execute(statement, values)
        self._second.execute("COMMIT")

    def write(self) -> None:
        """Write it as it is, in one commit."""
        self._second.execute("BEGIN IMMEDIATE")
        for table, lines in self._lines.items():
            marks = ", ".join("?" * len(lines[0]))
            self._second.executemany(f"INSERT INTO {table} VALUES ({marks})", lines)  # noqa: S608 - names of our own
        self._second.execute("COMMIT")

    def __enter__(self) -> _Twin:
        return self

    def __exit__(self, *_: object) -> None:
        self._first.close()
        self._second.close()


def _inserted(table: str, values: tuple[Any, ...]) -> str:
    return f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(values))})"  # noqa: S608 - names of our own


def _imports(hub: Hub, raw: Any, twin: _Twin, times: int = 5) -> list[Figure]:
    """Ours beside a floor that writes the persons alone, and beside one that writes all that ours does."""
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

    def ours() -> None:
        hub.step("Import", records.create_many, Person, rows())

    name = "10,000 persons imported, with journal and search"
    floor, value = side_by_side(plain, ours, times)
    found = [Figure(name, "raw executemany", floor, value, 5.0)]
    ours()
    twin.read()
    floor, value = side_by_side(twin.write, ours, times, rest=twin.read)
    return [*found, Figure(name, "the same rows, journal lines and search words, raw", floor, value, None)]
