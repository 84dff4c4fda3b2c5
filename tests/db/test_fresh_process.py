"""What the first statement of a process finds: nothing was asked for before it."""

from __future__ import annotations

import subprocess
import sys

from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.services import records

_FIRST = """
import sys
from pathlib import Path
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.engine import Database
from unnm_desktop.services import records
from uuid import UUID

entity, key = sys.argv[2], UUID(sys.argv[3])
with Database(Path(sys.argv[1]), lock=False) as database, database.read() as session:
    print(len(records.by_id(session, ENTITIES[entity], {key})))
"""


def test_a_record_is_found_by_its_key_before_anything_else_was_asked_for(database: Database) -> None:
    with database.write("Make") as session:
        key = records.create(session, Network, country="BHR", name_en="Network", time_zone="Asia/Bahrain").id
    told = subprocess.run(
        [sys.executable, "-c", _FIRST, str(database.path), "network", str(key)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stdout.strip(), told.returncode) == ("1", 0), told.stderr
