"""Bytes that nothing refers to go after 90 days; what a record, Trash, an undo or a backup needs never does."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlcipher3

from unnm_desktop.db import Attachment, Network
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import Kind
from unnm_desktop.services import backup, loose_files, records, restoring, undo
from unnm_desktop.services.backup import Reason

DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def network(database: Database, **values: str) -> UUID:
    with database.write("Make") as session:
        return records.create(session, Network, country="BHR", name_en="Network", **values).id


def attach(database: Database, data: bytes) -> UUID:
    digest = database.blobs.put(data)
    with database.write("Attach") as session:
        owner = records.create(session, Network, country="BHR", name_en="Network").id
        paper = {"entity": "network", "record_id": owner, "name": "paper.txt", "sha256": digest}
        return records.create_many(session, Attachment, [paper])[0]


def test_bytes_without_a_record_go_after_ninety_days_and_not_before(database: Database) -> None:
    attach(database, b"kept")
    left = database.blobs.put(b"left by a step that was refused")
    assert loose_files.sweep(database, DAY) == 0
    assert loose_files.sweep(database, after(89)) == 0
    assert database.blobs.get(left)
    assert loose_files.sweep(database, after(90)) == 1
    assert left not in database.blobs.digests()
    assert len(database.blobs.digests()) == 1


def test_a_paper_in_trash_and_an_earlier_logo_are_never_taken(database: Database) -> None:
    paper = attach(database, b"in Trash")
    logo = database.blobs.put(b"the first logo")
    key = network(database, logo_sha256=logo)
    with database.write("Another logo") as session:
        records.update(session, Network, key, logo_sha256=database.blobs.put(b"the second logo"))
    with database.write("Remove") as session:
        records.remove(session, Attachment, paper)
    for days in range(0, 400, 50):
        assert loose_files.sweep(database, after(days)) == 0
    assert database.device is not None
    with database.read() as session:
        removal = undo.next_undo(session, database.device.id)
    assert removal is not None
    with database.write("Take back", kind=Kind.UNDO, undoes=removal.key) as session:
        undo.take_back(session, removal)
    assert loose_files.sweep(database, after(1000)) == 0
    assert database.blobs.get(logo) == b"the first logo"


def test_bytes_that_are_attached_after_all_begin_anew(database: Database) -> None:
    loose_files.sweep(database, DAY)
    digest = database.blobs.put(b"attached late")
    loose_files.sweep(database, DAY)
    # The very same file is attached a moment before it would go: its bytes are put again, its record comes later.
    assert database.blobs.put(b"attached late") == digest
    assert loose_files.sweep(database, after(95)) == 0
    attach(database, b"attached late")
    assert loose_files.sweep(database, after(300)) == 0
    assert database.blobs.get(digest) == b"attached late"


def test_bytes_that_a_package_announces_stay_while_its_records_come(database: Database) -> None:
    digest = database.blobs.put(b"came with a merge that was refused")
    loose_files.sweep(database, DAY)
    database.blobs.announce({digest, "0" * 64})
    assert loose_files.sweep(database, after(100)) == 0
    assert loose_files.sweep(database, after(189)) == 0
    assert loose_files.sweep(database, after(190)) == 1


def test_a_clock_that_was_ahead_keeps_nothing_for_longer(database: Database) -> None:
    database.blobs.put(b"loose")
    loose_files.sweep(database, after(5000))
    assert loose_files.sweep(database, DAY) == 0
    assert loose_files.sweep(database, after(90)) == 1


def test_a_backup_has_its_bytes_though_the_workspace_lost_them(database: Database, tmp_path: Path) -> None:
    paper = attach(database, b"of the backup")
    folder = tmp_path / "copies"
    made = backup.make(database, folder, Reason.ASKED, now=NOW)
    copied = tmp_path / "other.unnm"
    with database.read() as session:
        digest = records.get(session, Attachment, paper).sha256
    # As in a workspace of before the paper: nothing here knows of it.
    database.blobs.drop({digest})
    older = database.blobs.put(b"of nobody")
    loose_files.sweep(database, DAY)
    assert loose_files.sweep(database, after(90)) == 1
    assert older not in database.blobs.digests()
    restoring.restore(made.path, copied, now=NOW)
    with Database(copied) as restored:
        assert restored.blobs.get(digest) == b"of the backup"


def test_a_store_without_notes_is_read_as_it_lies(database: Database, tmp_path: Path) -> None:
    """Reading another's store, on a stick, adds nothing to it."""
    database.blobs.put(b"one")
    copy = tmp_path / "copy.unnm-files"
    shutil.copy(database.blobs.path, copy)
    before = copy.read_bytes()
    store = type(database.blobs)(copy)
    assert store.digests()
    assert store.sizes()
    assert copy.read_bytes() == before


@pytest.mark.parametrize("name", ["blob", "loose"])
def test_what_was_taken_away_is_in_no_page_of_the_store(database: Database, name: str) -> None:
    database.blobs.put(b"canary words of nobody" * 40)
    loose_files.sweep(database, DAY)
    assert loose_files.sweep(database, after(91)) == 1
    for part in backup.parts(database.blobs.path):
        assert not part.exists() or b"canary words" not in part.read_bytes()
    connection = sqlcipher3.connect(str(database.blobs.path))
    assert connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone() == (0,)  # noqa: S608 - the test's own
    connection.close()
