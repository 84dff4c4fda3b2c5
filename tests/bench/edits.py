"""One edit until it is durable, beside a raw SQLite commit; and how often the disk is synced."""

from __future__ import annotations

import shutil
import tempfile
from itertools import count
from pathlib import Path

import sqlcipher3

from tests.bench.measure import Figure, side_by_side
from unnm_desktop.db import ActionPoint
from unnm_desktop.db.engine import Database
from unnm_desktop.services import records


def figures(ten_years: Path, times: int = 101) -> list[Figure]:
    """An edit of an action point in the ten-year workspace, with its journal and search row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edit.unnm"
        shutil.copy(ten_years, path)
        raw = sqlcipher3.connect(str(Path(folder) / "raw.db"), isolation_level=None)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("CREATE TABLE action (id INTEGER PRIMARY KEY, task TEXT)")
        raw.executemany("INSERT INTO action VALUES (?, ?)", [(n, f"Task {n}") for n in range(2000)])
        numbers = count()
        with Database(path, "Bench") as database:
            with database.read() as session:
                action = records.all_of(session, ActionPoint)[0].id

            def commit() -> None:
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("UPDATE action SET task = ? WHERE id = 5", (f"Task {next(numbers)}",))
                raw.execute("COMMIT")

            def edit() -> None:
                with database.write("Edit") as session:
                    records.update(session, ActionPoint, action, task_en=f"Share the note {next(numbers)}")

            edit()
            floor, value = side_by_side(commit, edit, times)
        raw.close()
    return [Figure("one edit until durable, with journal and search", "raw SQLite commit", floor, value, 5.0)]
