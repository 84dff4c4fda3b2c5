"""A protected workspace beside the same one as a plain file: opened, edited, listed, searched; and its unlocking."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from tests.bench.measure import Figure, median, side_by_side
from tests.bench.workspaces import ON
from unnm_desktop.db import ActionPoint, Network, keys, turning
from unnm_desktop.db.engine import Database
from unnm_desktop.i18n import Language
from unnm_desktop.services import records, search
from unnm_desktop.services.listing import Context
from unnm_desktop.services.listings import LISTINGS

_WORDS = "six words that open the bench file"
_PLAIN = "the same, plain"


@contextmanager
def _both(ten_years: Path) -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        plain, guarded = Path(folder) / "plain.unnm", Path(folder) / "guarded.unnm"
        shutil.copy(ten_years, plain)
        shutil.copy(ten_years, guarded)
        turning.protect(guarded, _WORDS).wipe()
        yield plain, guarded


def figures(ten_years: Path, times: int = 31) -> list[Figure]:
    """What the key costs in the ten-year workspace."""
    with _both(ten_years) as (plain, guarded):
        unlocking = median(lambda: keys.unlock(guarded, _WORDS), 5)
        key = keys.unlock(guarded, _WORDS)

        def opened(path: Path) -> None:
            with Database(path, "Bench", key=key) as database, database.read() as session:
                records.all_of(session, Network)

        found = [
            Figure("protected: unlocking with the passphrase", "500 wanted", 500.0, unlocking, 1.4),
            Figure(
                "protected: open, its key known", _PLAIN,
                *side_by_side(lambda: opened(plain), lambda: opened(guarded), times), 1.5,
            ),
        ]  # fmt: skip
        with Database(plain, "Bench") as one, Database(guarded, "Bench", key=key) as two:
            for name, work, budget in (
                ("one edit until durable", _edit, 1.5),
                ("the list of action points", _list, 1.3),
                ("a search for one key", _search, 1.3),
            ):
                floor, value = side_by_side(partial(work, one), partial(work, two), times)
                found.append(Figure(f"protected: {name}", _PLAIN, floor, value, budget))
    return found


_numbers = count()


def _edit(database: Database) -> None:
    with database.write("Edit") as session:
        action = records.first_of(session, ActionPoint)
        if action is not None:
            records.update(session, ActionPoint, action.id, task_en=f"Share the note {next(_numbers)}")


def _list(database: Database) -> None:
    with database.read() as session:
        network = records.all_of(session, Network)[0]
        context = Context(network.id, Language(), ON)
        ids = LISTINGS["actions"].ids(session, context)
        LISTINGS["actions"].values(session, context, ids)


def _search(database: Database) -> None:
    with database.read() as session:
        network = records.all_of(session, Network)[0]
        search.find(session, "training", network.id)
