"""A package of 200,000 changes looked at, and 20,000 of them taken in; each beside a floor that does very little.

Then all of them in the window.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3

from tests.bench import big_package
from tests.bench.measure import Figure, once
from unnm_desktop.db import ActionPoint, Network, Organisation, Person
from unnm_desktop.db.base import Record
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.db.identity import uuid7
from unnm_desktop.services import handover, records
from unnm_desktop.services.handover.incoming import Incoming

CHANGES = 200_000
TAKEN_IN = 20_000
_A_STEP = 1000
_MADE = 900
"""New records of a step; the rest are edits."""


def figures() -> list[Figure]:
    """Preview, its memory, merge, and the window meanwhile."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        base = folder / "base.unnm"
        with Database.create(base, "Bench") as database, database.write("Found") as session:
            network = records.create(session, Network, country="BHR", name_en="Network").id
        lines = _package(base, folder / "other.unnm", network)
        some = lines[: TAKEN_IN // _A_STEP + 1]
        with _copy(base, folder / "look.unnm") as database:
            parsed = once(lambda: [json.loads(line) for line in lines])
            looked = once(lambda: _look(database, lines))
            tracemalloc.start()
            _look(database, lines)
            peak = tracemalloc.get_traced_memory()[1] / 1024**2
            tracemalloc.stop()
        with _copy(base, folder / "take.unnm") as database:
            raw = once(lambda: _raw(folder / "raw.db", some))
            taken = once(lambda: handover.apply(database, _read(some)))
        shown = big_package.figures(_apart(base, folder / "window.unnm"), folder / "other.unnm")
    text = sum(len(line) for line in lines) / 1024**2
    return [
        Figure("a package of 200,000 changes: preview", "its lines through json", parsed, looked, 8.0),
        Figure("memory of that preview at its highest", "its text", text, peak, 6.0, "MiB"),
        Figure("20,000 changes taken in, with search and audit", "raw executemany of the lines", raw, taken, 40.0),
        *shown,
    ]


def _package(base: Path, path: Path, network: UUID) -> list[str]:
    """Somebody else's work, as the lines of a package."""
    kinds: tuple[type[Record], ...] = (Organisation, Person, ActionPoint)
    with _copy(base, path) as database:
        for number in range(CHANGES // _A_STEP):
            kind = kinds[number % 3]
            with database.write("Work") as session:
                numbers = range(number * _MADE, (number + 1) * _MADE)
                made = records.create_many(session, kind, [_row(kind, n, network) for n in numbers])
            field = "evidence" if kind is ActionPoint else "note"
            with database.write("Edit") as session:
                for key in made[: _A_STEP - _MADE]:
                    records.update(session, kind, key, **{field: "Seen"})
        with database.read() as session:
            return [json.dumps(one) for one in handover.exported(session)]


def _row(kind: type[Record], n: int, network: UUID) -> dict[str, Any]:
    if kind is ActionPoint:
        return {"network_id": network, "reference": f"BHR/2026/A{n:06d}", "task_en": f"Share the note number {n}"}
    return {"name_en": f"Somebody {n} of {uuid7()}", "name_ar": f"اسم {n}", "note": "From the list of 2026"}


def _copy(base: Path, path: Path) -> Database:
    if not path.exists():
        shutil.copy(base, path)
    database = Database(path, "Bench")
    database.device = Device(database.id, uuid7(), 0)
    return database


def _apart(base: Path, path: Path) -> Path:
    shutil.copy(base, path)
    return path


def _read(lines: list[str]) -> Incoming:
    return Incoming.read(json.loads(line) for line in lines)


def _look(database: Database, lines: list[str]) -> None:
    with database.read() as session:
        handover.plan(session, _read(lines), None)


def _raw(path: Path, lines: list[str]) -> None:
    raw = sqlcipher3.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE change (row TEXT, n INTEGER, fields TEXT)")
    raw.execute("BEGIN IMMEDIATE")
    changes = (change for line in lines for change in json.loads(line)["changes"])
    raw.executemany(
        "INSERT INTO change VALUES (?, ?, ?)", ((c["row"], c["n"], json.dumps(c["fields"])) for c in changes)
    )
    raw.execute("COMMIT")
    raw.close()
