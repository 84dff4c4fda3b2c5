"""A workspace opens only when it is whole and ours, and keeps what was committed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlcipher3
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from unnm_desktop.db import ActionPoint, Network, journal, search_index
from unnm_desktop.db.engine import Database, utc_now
from unnm_desktop.db.hybrid_clock import next_hlc
from unnm_desktop.db.interruption import Interruption
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.db.trouble import Dangling
from unnm_desktop.errors import UserError
from unnm_desktop.progress import Cancelled
from unnm_desktop.services import records, search


def make_network(database: Database, name: str = "UN Migration Network in Bahrain") -> Network:
    with database.write("Make a network") as session:
        return records.create(session, Network, country="BHR", name_en=name)


def content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("note.unnm", b"just a text", "not a UNNM workspace"),
        ("empty.unnm", b"", "not a UNNM workspace"),
        ("zeros.unnm", b"\0" * 4096, "not a UNNM workspace"),
        ("zip.unnm", b"PK\3\4" + b"x" * 4096, "not a UNNM workspace"),
    ],
)
def test_a_foreign_file_is_refused_and_left_as_it_is(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError, match=says):
        Database(path)
    assert path.read_bytes() == data


def test_somebody_else_s_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.unnm"
    with sqlcipher3.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(UserError, match="not a UNNM workspace"):
        Database(path)


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        Database(tmp_path / "none.unnm")
    with pytest.raises(UserError, match="is a folder"):
        Database(tmp_path)


def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "newer.unnm"
    shutil.copy(template, path)
    with sqlcipher3.connect(str(path)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_REVISION + 1}")
    connection.close()
    before = content(path)
    with pytest.raises(UserError, match="newer version"):
        Database(path)
    assert content(path) == before


def test_a_damaged_file_is_refused_or_reported(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.unnm"
    data = bytearray(template.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    before = content(path)
    with pytest.raises(UserError, match="damaged"):
        Database(path)
    assert content(path) == before


def test_a_workspace_is_open_in_one_place_at_a_time(database: Database) -> None:
    with pytest.raises(UserError, match="already open"):
        Database(database.path)
    with Database(database.path, lock=False) as second:
        with pytest.raises(UserError, match="only be read"):
            second.write("Write").__enter__()
        with second.read() as session:
            assert records.all_of(session, Network) == []


def test_a_lock_file_left_behind_is_harmless(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "left.unnm"
    shutil.copy(template, path)
    path.with_name("left.unnm-lock").touch()
    with Database(path) as opened:
        assert opened.device is not None, "it can be written"


READ_ONLY = """
import os, sys
from pathlib import Path
from unnm_desktop.db import Network
from unnm_desktop.db.engine import Database
from unnm_desktop.db.trouble import Dangling
from unnm_desktop.errors import UserError
from unnm_desktop.services import records
path, folder = Path(sys.argv[1]), Path(sys.argv[1]).parent
Database(path, lock=False).close()  # everything is imported before the rights are given up
path.chmod(0o444)
folder.chmod(0o555)
if os.geteuid() == 0:  # root may write anywhere; nobody may not
    os.seteuid(65534)
database = Database(path)
with database.read() as session:
    print(database.read_only, [network.name_en for network in records.all_of(session, Network)])
try:
    with database.write("x"):
        pass
except UserError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="a folder's rights work like this on POSIX systems only")
def test_a_read_only_workspace_can_be_read_and_says_so_when_written(database: Database) -> None:
    make_network(database, "Kept")
    database.close()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "copy.unnm"
        shutil.copy(database.path, path)
        run = subprocess.run([sys.executable, "-c", READ_ONLY, str(path)], capture_output=True, text=True, check=False)
        Path(folder).chmod(0o755)
    assert run.stdout.splitlines()[:1] == ["True ['Kept']"], run.stderr
    assert "can only be read here" in run.stdout


def test_an_error_in_a_step_takes_all_of_it_back(database: Database) -> None:
    def half(session: Session) -> None:
        records.create(session, Network, country="BHR", name_en="N")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.write("Half") as session:
        half(session)
    with database.read() as session:
        assert records.all_of(session, Network) == []
    assert database.check() == []


def test_a_copied_or_restored_file_takes_a_new_identity(database: Database, tmp_path: Path, home: Path) -> None:
    make_network(database)
    assert database.device is not None
    first = database.device.id
    older = tmp_path / "older.unnm"
    database.close()
    shutil.copy(database.path, older)
    with Database(database.path) as again:
        assert again.device is not None
        assert again.device.id == first
        make_network(again, "second")
    shutil.copy(older, database.path)
    with Database(database.path) as restored:
        assert restored.device is not None
        assert restored.device.id != first
    (home / "devices" / f"{database.id}.json").unlink()
    with Database(database.path) as elsewhere:
        assert elsewhere.device is not None
        assert elsewhere.device.id != first


def test_the_officer_and_the_label_stand_in_the_journal(database: Database) -> None:
    from unnm_desktop.services import history

    network = make_network(database)
    with database.read() as session:
        (entry,) = history.of(session, network.id)
    assert (entry.officer, entry.label, entry.operation) == ("Test Officer", "Make a network", "create")
    assert entry.after["country"] == "BHR"


def test_one_step_is_one_sync_of_the_disk(database: Database) -> None:
    """WAL with synchronous=FULL: the commit is durable and costs one sync (floors.md, section 3)."""
    with database.read() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def statements_of(database: Database, work: Callable[[], object]) -> list[str]:
    """What reaches SQLite while steps are carried out; its own work on the search index apart."""
    told: list[str] = []
    with database._writing() as connection:
        driver: Any = connection.connection.dbapi_connection
    driver.set_trace_callback(told.append)
    work()
    driver.set_trace_callback(None)
    return [statement for statement in told if not statement.startswith("--")]


def test_an_edit_is_one_commit_and_indexes_only_what_search_looks_at(database: Database) -> None:
    network = make_network(database)

    def edit(**values: Any) -> list[str]:
        def step() -> None:
            with database.write("Edit") as session:
                records.update(session, Network, network.id, **values)

        return statements_of(database, step)

    words = edit(name_en="Bahrain")
    assert [statement.split()[0] for statement in words] == [
        *("BEGIN", "SELECT", "UPDATE"),
        *("INSERT", "SELECT", "INSERT", "INSERT"),  # changeset, its heads, change, head
        *("SELECT", "INSERT", "COMMIT"),  # the search index
    ]
    figure = edit(time_zone="Asia/Kuwait")
    assert not [statement for statement in figure if "search_index" in statement]
    assert len(figure) == 8
    with database.read() as session:
        assert [found.title for found in search.find(session, "bahrain")] == ["Bahrain"]


def test_what_a_record_refers_to_may_be_written_after_it_in_every_step(database: Database) -> None:
    for name in ("Kuwait", "Bahrain"):
        with database.write("Add") as session:
            later = records.new_id()
            records.create(session, ActionPoint, network_id=later, task_en="Share the note")
            records.create(session, Network, id=later, country="BHR", name_en=name)
        with pytest.raises(sqlcipher3.IntegrityError), database.write("Add") as session:
            records.create(session, ActionPoint, network_id=records.new_id(), task_en="Of nobody")
    assert database.check() == []
    with database.read() as session:
        assert len(records.all_of(session, ActionPoint)) == 2


def test_a_step_that_was_taken_back_writes_nothing_more(database: Database) -> None:
    network = make_network(database, "Kuwait")

    def go_on(session: Session) -> None:
        session.connection().exec_driver_sql("ROLLBACK")  # as SQLite does by itself when the disk is full
        records.update(session, Network, network.id, name_en="Bahrain")

    with pytest.raises(RuntimeError, match="taken back"), database.write("Edit") as session:
        go_on(session)
    with database.read() as session:
        assert records.get(session, Network, network.id).name_en == "Kuwait"


def test_a_row_left_in_the_search_index_does_not_stop_a_new_record(database: Database) -> None:
    key = records.new_id()
    row = search_index.row_number(Network, key), key.hex, "network", "Old", "old"
    with database.unjournalled() as connection:
        connection.exec_driver_sql(
            "INSERT INTO search_index(rowid, record_id, entity, title, folded) VALUES (?, ?, ?, ?, ?)", row
        )
    with database.write("Add") as session:
        records.create(session, Network, id=key, country="KWT", name_en="Kuwait")
    with database.read() as session:
        assert [found.title for found in search.find(session, "kuwait")] == ["Kuwait"]
        assert search.find(session, "old") == []


def test_a_record_taken_out_of_sight_leaves_the_search_index_and_comes_back(database: Database) -> None:
    network = make_network(database, "Kuwait")
    with database.write("Remove") as session:
        records.remove(session, Network, network.id)
    with database.read() as session:
        assert search.find(session, "kuwait") == []
    with database.write("Restore") as session:
        records.restore(session, Network, network.id)
    with database.read() as session:
        assert [found.id for found in search.find(session, "kuwait")] == [network.id]


def test_a_long_read_is_ended_from_another_thread_and_the_next_one_goes_on(database: Database) -> None:
    endless = text("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")
    interruption = Interruption()
    ended: list[type[BaseException]] = []

    def read() -> None:
        try:
            with database.read(interruption) as session:
                session.execute(endless)
        except Cancelled as error:
            ended.append(type(error))

    reader = Thread(target=read)
    reader.start()
    while reader.is_alive():
        interruption.ask()
        reader.join(0.01)
    assert ended == [Cancelled]
    with database.read() as session:
        interruption.ask()
        assert session.scalar(select(1)) == 1
    with pytest.raises(Cancelled), database.read(interruption):
        pass


def test_a_read_ends_after_the_work_it_was_allowed_and_not_before(database: Database) -> None:
    some = text("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000) SELECT count(*) FROM n")
    with database.read(Interruption(1_000_000)) as session:
        assert session.scalar(some) == 1000
    for _ in range(200):  # SQLite counts on where the last run ended; together they are over the limit
        with database.read(Interruption(1_000_000)) as session:
            assert session.scalar(some) == 1000
    with pytest.raises(Cancelled), database.read(Interruption(1000)) as session:
        session.scalar(some)
    with database.read() as session:
        assert session.scalar(some) == 1000


def test_the_hybrid_clock_never_goes_back() -> None:
    now = utc_now()
    first = next_hlc("", now)
    second = next_hlc(first, now)
    from_the_future = next_hlc("99999999999999-000003", now)
    assert first < second
    assert from_the_future == "99999999999999-000004"


def test_control_characters_and_lone_surrogates_never_reach_the_file(database: Database) -> None:
    made = make_network(database, "a\0b\x07c\ud800d <b>&amp;</b> =cmd \u202eشبكة 😀")
    with database.read() as session:
        assert records.get(session, Network, made.id).name_en == "abcd <b>&amp;</b> =cmd شبكة 😀"


def test_a_file_has_its_owner_s_rights_only(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "private.unnm"
    with Database.create(path) as made:
        made.blobs.put(b"bytes")
        assert path.stat().st_mode & 0o077 == 0
        assert made.blobs.path.stat().st_mode & 0o077 == 0
    with pytest.raises(UserError, match="exists already"):
        Database.create(path)


def test_a_user_without_a_name_on_this_computer_can_work(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", nameless)
    path = tmp_path / "container.unnm"
    shutil.copy(template, path)
    with Database(path) as database:
        make_network(database)
        with database.read() as session:
            (label,) = own_names(session)
    assert label.endswith("(?)")


def own_names(session: Session) -> list[str]:
    table = journal.device_table
    return list(session.scalars(select(table.c.label).where(table.c.trust == "self")))


def test_the_first_step_of_a_computer_writes_its_name_and_looking_writes_nothing(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.node", lambda: "manama-laptop")
    path = tmp_path / "kept.unnm"
    shutil.copy(template, path)
    before = content(path)
    with Database(path, "Amina Haddad") as database, database.read() as session:
        assert own_names(session) == []
    assert content(path) == before, "only looked at, it is as it was"
    with Database(path, "Amina Haddad") as database:
        with suppress(RuntimeError), database.write("Refused") as session:
            records.create(session, Network, country="KWT", name_en="Kuwait")
            raise RuntimeError
        with database.read() as session:
            assert own_names(session) == [], "what was taken back leaves no name"
        make_network(database)
        network = make_network(database)
        with database.read() as session:
            assert own_names(session) == ["manama-laptop (Amina Haddad)"]
    with Database(path, "Luis Pereira") as database:
        with database.write("Edit") as session:
            records.update(session, Network, network.id, name_en="Another name")
        with database.read() as session:
            assert own_names(session) == ["manama-laptop (Amina Haddad)"], "a computer is named once"


def test_a_computer_that_wrote_before_it_was_named_is_named_with_its_next_step(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.unnm"
    shutil.copy(template, path)
    with Database(path, "Amina Haddad") as database:
        network = make_network(database)
        with database.unjournalled() as connection:
            connection.execute(delete(journal.device_table))
    with Database(path, "Amina Haddad") as database:
        with database.write("Edit") as session:
            records.update(session, Network, network.id, name_en="Another name")
        with database.read() as session:
            assert len(own_names(session)) == 1


def test_a_workspace_that_vanished_is_told_and_no_empty_one_appears(database: Database) -> None:
    for path in database.path.parent.glob(f"{database.path.name}*"):
        path.unlink()
    database._reader.dispose()
    with pytest.raises(UserError, match="can no longer be read"), database.read() as session:
        records.all_of(session, Network)
    assert not database.path.exists()


def test_a_reference_to_nothing_is_refused_also_by_a_merge_and_after_one(database: Database) -> None:
    """A merge looks at its references all at once; the steps after it look one by one again."""
    network = make_network(database)
    for _ in range(2):
        with pytest.raises(Dangling), database.write("Take in", kind=journal.Kind.MERGE) as session:
            records.create(session, ActionPoint, network_id=records.new_id(), task_en="Of nobody")
        with pytest.raises(sqlcipher3.IntegrityError), database.write("Add") as session:
            records.create(session, ActionPoint, network_id=records.new_id(), task_en="Of nobody")
        with database.write("Take in", kind=journal.Kind.MERGE) as session:
            records.create(session, ActionPoint, network_id=network.id, task_en="Share the note")
    with database.read() as session:
        assert {one.task_en for one in records.all_of(session, ActionPoint)} == {"Share the note"}


def test_a_workspace_at_rest_reads_and_writes_on(database: Database) -> None:
    network = make_network(database)
    with database.read() as one, database.read() as other:
        assert len(records.all_of(other, Network)) == 1
        # Whoever reads meanwhile is not disturbed.
        database.rest()
        assert [found.id for found in records.all_of(one, Network)] == [network.id]
    database.rest()
    make_network(database, "UN Migration Network in Kuwait")
    database.rest()
    with database.read() as session:
        assert len(records.all_of(session, Network)) == 2
