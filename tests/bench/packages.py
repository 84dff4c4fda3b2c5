"""A package made, written and read back beside `age` of the same bytes and a copy; a backup beside `VACUUM INTO`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3

from tests.bench.measure import Figure, cpu_seconds, side_by_side
from unnm_desktop.db import Network
from unnm_desktop.db.engine import Database
from unnm_desktop.services import backup, records
from unnm_desktop.services.handover import content, keys, package, plain_copy

_FILE = 64 << 20
"""Bytes of the one large file, so that sealing and writing are measured and not the journal."""

_WANTED = 1000.0


def figures(ten_years: Path, times: int = 5) -> list[Figure]:
    """The package (where the public program is there to compare with), its readable copy, and the backup."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copy(ten_years, folder / "ten.unnm")
        with Database(folder / "ten.unnm", "Bench") as database:
            return [*_packed(database, folder, times), _readable(database), _backed_up(database, folder, times)]


def _packed(database: Database, folder: Path, times: int) -> list[Figure]:
    age = shutil.which("age")
    if age is None:
        return []
    bulk, stick, other = folder / "bulk", folder / "stick", folder / "other"
    bulk.write_bytes(os.urandom(_FILE))
    for one in (stick, other):
        one.mkdir()
    digest = database.blobs.put(bulk.read_bytes())
    code = keys.office_code()

    def by_hand() -> None:
        sealed = folder / "sealed"
        subprocess.run([age, "-r", code, "-o", sealed, bulk], check=True)
        with sealed.open("rb") as source, (other / "sealed").open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())

    with database.read() as session:
        what = content.contents(database, session, records.all_of(session, Network), papers={}, files=False)
    # The same bytes as the floor has: neither journal nor readable copy.
    alone = replace(what, blobs={digest: _FILE}, readable={}, changesets=())

    def packed() -> None:
        package.pack(alone, stick, codes=(code,), now=datetime.now(UTC))

    def rest() -> None:
        for one in stick.iterdir():
            one.unlink()

    floor, value = side_by_side(by_hand, packed, times, rest)
    return [Figure("a package of 64 MB: made, written, read back", "age and a synced copy", floor, value, 2.0)]


def _readable(database: Database) -> Figure:
    with database.read() as session:
        took = min(cpu_seconds(lambda: plain_copy.register(session)) for _ in range(3)) * 1000
    return Figure("the readable copy in a package of ten years", "wanted", _WANTED, took, 1.0, "CPU ms")


def _backed_up(database: Database, folder: Path, times: int) -> Figure:
    target, copies = folder / "vacuum", folder / "copies"
    moments = iter(range(1, times + 1))

    def vacuum() -> None:
        target.unlink(missing_ok=True)
        raw = sqlcipher3.connect(str(database.path), isolation_level=None)
        raw.execute("VACUUM INTO ?", (str(target),))
        raw.close()

    def made() -> None:
        now = datetime(2026, 1, next(moments), tzinfo=UTC)
        backup.make(database, copies, backup.Reason.ASKED, now=now)

    floor, value = side_by_side(vacuum, made, times)
    return Figure("a backup of ten years: copied, opened, read through", "VACUUM INTO", floor, value, 4.0)
