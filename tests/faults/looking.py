"""What must hold after any fault: the workspace opens, is whole, has what it had, and nothing can be read by others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from tests.faults.work import CANARY, Place
from unnm_desktop.db import ENTITIES, Attachment, Network, Person, keys
from unnm_desktop.db.blobs import Blobs
from unnm_desktop.db.copies import contents
from unnm_desktop.db.engine import Database
from unnm_desktop.services import backup, backup_rotation, records
from unnm_desktop.services.handover import opening, staging
from unnm_desktop.services.handover.stick import PART

FOUNDED = f"{CANARY} Network"


def readable(folder: Path) -> list[str]:
    """The files below a folder in which a canary can be read, or that are SQLite's for everybody."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            if CANARY.encode() in data or CANARY.encode("utf-16-le") in data or data.startswith(b"SQLite format 3"):
                found.append(str(file.relative_to(folder)))
    return found


def sound(place: Place) -> Database:
    """The workspace, opened as at the next start: all checks pass, and what it had from the first is there."""
    database = Database(place.workspace, "Canary Officer", key=place.key())
    try:
        assert database.check() == []
        with database.read() as session:
            assert FOUNDED in {one.name_en for one in records.all_of(session, Network)}
            for paper in records.all_of(session, Attachment):
                database.blobs.get(paper.sha256)
        left = [file.name for file in place.folder.iterdir() if "turning" in file.name]
        assert left == [], "what broke off is still there after the next start"
        if database.key is not None:
            found = readable(place.folder)
            assert not found, f"anybody can read {found}"
    except BaseException:
        database.close()
        raise
    return database


def nothing_staged() -> None:
    """What a killed program had staged is gone with the next hand-over."""
    with staging.folder():
        pass
    assert list(staging.root().iterdir()) == []


def kept(database: Database, told: Collection[str]) -> None:
    """Every record that was told of is there."""
    with database.read() as session:
        missing = set(told) - {one.name_en for one in records.all_of(session, Network)}
    assert not missing, f"{len(missing)} of {len(told)} records are lost"


def attached(database: Database, told: Collection[str]) -> None:
    """Every paper that was told of is there with its bytes."""
    with database.read() as session:
        missing = set(told) - {one.sha256 for one in records.all_of(session, Attachment)}
    assert not missing
    for digest in told:
        database.blobs.get(digest)


def erased(database: Database, told: Collection[str]) -> None:
    """Nobody who was told to be erased has a name left."""
    with database.read() as session:
        people = {str(one.id): one for one in session.query(Person)}
        for key in told:
            assert people[key].name_en == ""
            assert people[key].removed_at is not None


def backed_up(place: Place, database: Database, told: Sequence[str]) -> None:
    """The last backups that were told of are listed, and every one that is listed opens and is whole.

    Earlier ones may have been let go: together they take a share of the disk only.
    """
    folder = backup.folder_for(database.id, str(place.chosen))
    listed = backup.listed(folder)
    assert set(told[-backup_rotation.LEAST :]) <= {one.path.name for one in listed}
    for one in listed:
        assert one.whole(), one.path.name
        assert contents(one.path, keys.unlock(one.path, place.words())).records == one.records
    [store] = [file for file in folder.glob("files-*") if "-wal" not in file.name and "-shm" not in file.name]
    assert Blobs(store, database.key).opens()


def packed(stick: Path, told: Collection[str]) -> None:
    """A package is whole or absent, and every one that was told of is there."""
    there = {file.name for file in stick.iterdir()}
    assert set(told) <= there, "a package that could be taken home is not on the stick"
    for name in there:
        if not name.endswith(PART):
            with opening.opened(stick / name) as found:
                assert list(found.changesets()) != []


def migrated(place: Place, told: Collection[str]) -> None:
    """Whatever came of bringing them up to date: each opens, and none has lost a record."""
    expected = contents(place.old, keys.unlock(place.old, place.words())).kinds
    assert expected.keys() == ENTITIES.keys()
    for file in place.folder.glob("old-*.unnm"):
        with Database(file, key=keys.unlock(file, place.words())) as database:
            assert database.check() == []
        assert contents(file, keys.unlock(file, place.words())).kinds == expected
    assert {file.name for file in place.folder.glob("old-*.unnm")} >= set(told)
