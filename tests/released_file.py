"""Leaves a workspace of the present schema, filled with every kind of record, in tests/_files: it must open for ever.

Run once for each released schema: ``python -m tests.released_file``.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.db.test_every_entity import with_parents
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.engine import Database
from unnm_desktop.db.schema import SCHEMA_REVISION

FOLDER = Path(__file__).parent / "_files"


def main() -> None:
    """Write the file of the present schema."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"schema-{SCHEMA_REVISION}.unnm"
    path.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["UNNM_HOME"] = home
        with Database.create(path, "Sample Officer") as database:
            for entity in ENTITIES.values():
                with database.write("Fill") as session:
                    with_parents(session, entity)
    for suffix in ("-lock", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
