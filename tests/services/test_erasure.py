"""Erasing a person: nothing is left in any page, file, backup or package; what others wrote stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.ui import secretariat
from unnm_desktop.db import keys
from unnm_desktop.db.attachments import Attachment, SavedView
from unnm_desktop.db.blobs import Blobs, files_path
from unnm_desktop.db.engine import Database
from unnm_desktop.db.keys import Key, KeyFile
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Appointment, Office, OfficeKind, Person
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import ENGLISH
from unnm_desktop.services import (
    backup,
    drafts,
    erasure,
    networks,
    organisations,
    people,
    record_changes,
    records,
    restoring,
    saved_views,
    trash,
)
from unnm_desktop.services.handover import erasing, joining
from unnm_desktop.services.listing import Context

ON = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CANARY = "Zahrahcanary"
PAGE, TAIL = 4096, 80
CANARIES = ("zahrahcanary", "زهرةكناري", "+973 1712 3456", "zahra.private", "canary of a letter")


@pytest.fixture(params=[False, True], ids=["plain", "protected"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A network with somebody called by the canary's name, in every place a person's data can be."""
    path = tmp_path / "office.unnm"
    key = Key.make() if request.param else None
    if key is not None:
        keys.write(path, KeyFile.make(key, "correct horse battery"))
    with Database.create(path, "Test Officer", key) as database:
        with database.write("Found") as session:
            secretariat.found(session)
        yield database


def fill(database: Database) -> UUID:
    """Let somebody be known, appointed, written about, attached, viewed and half typed."""
    with database.write("Add person") as session:
        network = networks.all_networks(session)[0]
        seat = organisations.seats_on(session, network.id, ON)[-1].membership
        person = records.create(
            session, Person, name_en=CANARY, name_ar="زهرةكناري", phones="+973 1712 3456",
            emails="zahra.private@example.org", note=f"About {CANARY}",
        )  # fmt: skip
        people.appoint(session, seat.id, person.id, start="2025-01-01", note=f"Letter of {CANARY}")
        records.create(session, Office, network_id=network.id, kind=OfficeKind.COORDINATOR,
                       organisation_id=seat.organisation_id, person_id=person.id, start="2025-01-01")  # fmt: skip
        twin = records.create(session, Person, name_en=f"{CANARY} Bis", phones="+973 1712 3456")
        saved_views.keep(session, "people", "Mine", {"text": CANARY.lower()})
        saved_views.keep(session, "people", "Others", {"text": "farah"})
        record_changes.attach(session, database.blobs.put, "person", person.id, f"{CANARY}.txt", b"canary of a letter")
        shared = b"the programme"
        record_changes.attach(session, database.blobs.put, "person", person.id, "programme.txt", shared)
        record_changes.attach(session, database.blobs.put, "network", network.id, "programme.txt", shared)
    with database.write("Change person") as session:
        records.update(session, Person, person.id, note=f"Later about {CANARY}")
    with database.write(joining.LABEL) as session:
        joining.join(session, "person", twin.id, person.id)
    drafts.keep(database, "person", person.id, "note", f"Half typed about {CANARY}")
    return person.id


def pages(path: Path, key: Key | None) -> str:
    """All that stands in a database's pages, freed ones too, decrypted; its log must be empty."""
    wal = path.with_name(f"{path.name}-wal")
    assert not wal.exists() or wal.stat().st_size == 0
    raw = path.read_bytes()
    if key is not None:
        raw = b"".join(_opened(raw[at : at + PAGE], key, at == 0) for at in range(0, len(raw), PAGE))
        assert b"CREATE TABLE" in raw
    return raw.decode("utf-8", "ignore").casefold()


def _opened(page: bytes, key: Key, first: bool) -> bytes:
    """One page of SQLCipher 4 with a raw key: AES-256-CBC, behind it the vector and a sum; the first has a salt."""
    sealed, vector = page[16 if first else 0 : -TAIL], page[-TAIL : -TAIL + 16]
    opener = Cipher(algorithms.AES(key.data), modes.CBC(vector)).decryptor()
    return opener.update(sealed) + opener.finalize()


def left_in(text: str) -> list[str]:
    """The canaries that are still there."""
    return [one for one in CANARIES if one in text]


def test_nothing_is_left_of_an_erased_person_in_any_page_file_or_backup(office: Database, tmp_path: Path) -> None:
    person, folder = fill(office), tmp_path / "backups"
    old = backup.make(office, folder, backup.Reason.TIMED, now=NOW.replace(hour=8))
    assert len(left_in(pages(old.path, office.key))) >= 3
    done = erasure.carry_out(office, person, ON, folder=folder, drop_older=True, now=NOW)
    assert done.backups == 1, "what was made before the erasure, in it, is no older copy"
    assert office.check() == []
    (kept,) = backup.listed(folder)
    assert kept.whole()
    stores = [
        one for one in folder.iterdir() if one.name.startswith("files") and not one.name.endswith(("-wal", "-shm"))
    ]
    for file in (office.path, files_path(office.path), kept.path, *stores):
        assert left_in(pages(file, office.key)) == [], file.name
    assert Blobs(stores[0], office.key).digests() == office.blobs.digests()
    assert office.blobs.digests()


def test_what_the_disk_does_not_let_go_is_cleared_away_at_the_next_start(
    office: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = fill(office)

    def full(*_: object) -> None:
        raise UserError("no room")

    with monkeypatch.context() as trouble:
        trouble.setattr(Blobs, "drop", full)
        with pytest.raises(erasing.Remains, match="The data were erased, but"):
            erasing.erase(office, person, ON)
    assert "canary of a letter" in pages(files_path(office.path), office.key)
    office.close()
    with Database(office.path, "Test Officer", key=office.key) as again:
        assert again.remains
        erasing.clear_remains(again)
        assert left_in(pages(files_path(again.path), again.key)) == []
    with Database(office.path, "Test Officer", key=office.key) as later:
        assert not later.remains


def test_an_old_backup_that_is_restored_never_brings_an_erased_person_back(office: Database, tmp_path: Path) -> None:
    person, folder = fill(office), tmp_path / "chosen" / str(office.id)
    with office.write("Add person") as session:
        stays = records.create(session, Person, name_en="Stays").id
    old = backup.make(office, folder, backup.Reason.TIMED, now=NOW.replace(hour=8))
    with office.write("Remove person") as session:
        records.remove(session, Person, stays)
    erasure.carry_out(office, person, ON, folder=folder, drop_older=False, now=NOW)
    path, key = office.path, office.key
    office.close()
    restoring.restore(
        old.path, path, now=NOW.replace(hour=10), chosen=str(tmp_path / "chosen"), access=restoring.Access(key, key)
    )
    with Database(path, "Test Officer", key=key) as restored:
        assert restored.check() == []
        with restored.read() as session:
            assert records.get(session, Person, stays).removed_at is None
            assert records.get(session, Person, person).name_en == ""
            assert erasing.erased(session).keys() >= {person}
        for file in (path, files_path(path)):
            assert left_in(pages(file, key)) == [], file.name
        assert restored.blobs.digests()
    restoring.restore(
        old.path, path, now=NOW.replace(hour=11), chosen=str(tmp_path / "chosen"), access=restoring.Access(key, key)
    )
    assert left_in(pages(path, key)) == []


def test_the_person_goes_and_the_work_stays_without_a_name(office: Database) -> None:
    person = fill(office)
    with office.write("Add organisation") as session:
        records.create(session, Organisation, name_en="A body", aliases=f"The house of {CANARY}")
    with office.read() as session:
        network = networks.all_networks(session)[0]
        told = erasure.reach(session, person, ENGLISH)
    assert (told.name, told.joined, told.doings, told.files, told.views, told.drafts) == (CANARY, 1, 1, 2, 1, 1)
    assert told.mentions == {"organisation": 1}
    erasing.erase(office, person, ON)
    with office.read() as session:
        (seat,) = records.all_of(session, Appointment, Appointment.person_id == person)
        assert (seat.start, seat.end, seat.note) == ("2025-01-01", "2026-11-20", "")
        held = people.offices_on(session, network.id, ON)
        assert {one.person for one in held if one.office.kind is OfficeKind.COORDINATOR} == {None}
        assert [view.settings["text"] for view in records.all_of(session, SavedView)] == ["farah"]
        assert [one.entity for one in records.all_of(session, Attachment)] == ["network"]
        shown = {one.id for one in trash.removed(session, Context(network.id, ENGLISH, ON))}
        assert person not in shown
        assert drafts.waiting(session) == []


def test_an_erased_person_is_neither_restored_nor_erased_again(office: Database) -> None:
    person = fill(office)
    erasing.erase(office, person, ON)
    with office.read() as session:
        assert ENGLISH.pick(records.get(session, Person, person), "name") == "Name erased"
    with pytest.raises(UserError, match="erased"), office.write("Restore") as session:
        records.restore(session, Person, person)
    with pytest.raises(UserError, match="erased already"):
        erasing.erase(office, person, ON)


def test_backups_stay_where_the_officer_wants_them(office: Database, tmp_path: Path) -> None:
    person, folder = fill(office), tmp_path / "backups"
    done = erasure.carry_out(office, person, ON, folder=folder, drop_older=False, now=NOW)
    assert done.backups == 0
    assert [one.reason for one in backup.listed(folder)] == [backup.Reason.ERASURE]
    assert erasure.older_copies(office, folder) == [backup.listed(folder)[0].path]
