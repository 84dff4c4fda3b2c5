"""An office that is handed over stays readable where it was; nothing is written there until it is taken back."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.handover.world import Base
from unnm_desktop.db import ActionPoint, Network
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.db.making import new_workspace
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import language_for
from unnm_desktop.services import backup, drafts, records, restoring, undo
from unnm_desktop.services.handover import content, keys, merge, office, package, receiving
from unnm_desktop.services.handover.package import Packed

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def path(base: Base, tmp_path: Path) -> Path:
    return Path(shutil.copy(base.path, tmp_path / "office.unnm"))


def packed(database: Database, folder: Path, to: str = "") -> Packed:
    folder.mkdir(exist_ok=True)
    with database.read() as session:
        networks = content.chosen_networks(session, ())
        what = content.contents(database, session, networks, papers={}, office_to=to)
        return package.pack(what, folder, codes=(keys.office_code(),), now=NOW)


def edit(database: Database, base: Base, task: str) -> None:
    with database.write("Edit") as session:
        records.update(session, ActionPoint, base.keys["task"], task_en=task)


def taken(database: Database, made: Path) -> receiving.Taken:
    arrived = receiving.look(database, made)
    try:
        return receiving.take_in(database, arrived, folder=None, now=NOW)
    finally:
        arrived.close()


def test_a_copy_that_was_handed_over_refuses_every_writing_until_it_is_taken_back(
    path: Path, base: Base, tmp_path: Path
) -> None:
    with Database(path, "Amina Haddad") as database:
        made = packed(database, tmp_path / "stick", "Luis Pereira")
        assert made.manifest.scope.office
        office.hand_over(database, made, NOW)
        says = f"handed over to Luis Pereira on 26 November 2026 with the package {made.path.name}"
        with pytest.raises(UserError, match=says) as refused:
            edit(database, base, "Changed")
        told = language_for("ar", "arab").tr(refused.value.message, **refused.value.values)
        assert "٢٦ نوفمبر ٢٠٢٦" in told
    # Closed and opened again, it is as it was.
    with Database(path, "Amina Haddad") as database:
        assert database.handed is not None
        with pytest.raises(UserError, match=says):
            edit(database, base, "Changed")
        with pytest.raises(UserError, match=says):
            drafts.keep(database, "action_point", base.keys["task"], "task_en", "Chan")
        assert database.device is not None
        with database.read() as session:
            assert undo.next_undo(session, database.device.id) is None
        with pytest.raises(UserError, match="Say why"):
            office.take_back(database, "  ")
        office.take_back(database, "The successor fell ill")
        edit(database, base, "Changed")
        with database.read() as session:
            told = [(one.taken_back, one.officer, one.says) for one in office.events(session)]
        assert told == [(True, "Amina Haddad", "The successor fell ill"), (False, "Amina Haddad", "Luis Pereira")]
        assert database.check() == []


def test_no_merge_no_undoing_of_one_and_no_restored_backup_goes_past_the_mark(
    path: Path, base: Base, tmp_path: Path
) -> None:
    other = Path(shutil.copy(path, tmp_path / "other.unnm"))
    with Database(other, "Luis Pereira") as theirs:
        edit(theirs, base, "Theirs")
        first = packed(theirs, tmp_path / "first").path
        edit(theirs, base, "Theirs again")
        second = packed(theirs, tmp_path / "second").path
    Device.forget(theirs.id)
    with Database(path, "Amina Haddad") as database:
        done = taken(database, first)
        copy = backup.make(database, tmp_path / "backups", backup.Reason.ASKED, now=NOW)
        office.hand_over(database, packed(database, tmp_path / "stick", "Luis Pereira"), NOW)
        with pytest.raises(UserError, match="handed over"):
            taken(database, second)
        assert done.merge_id is not None
        with pytest.raises(UserError, match="handed over"):
            merge.undo_merge(database, done.merge_id)
    with pytest.raises(UserError, match="handed over"):
        restoring.restore(copy.path, path, now=NOW)
    with Database(path, lock=False) as database, database.read() as session:
        assert records.get(session, ActionPoint, base.keys["task"]).task_en == "Theirs"


def test_the_successor_works_on_and_the_office_can_come_back(path: Path, base: Base, tmp_path: Path) -> None:
    with Database(path, "Amina Haddad") as database:
        made = packed(database, tmp_path / "stick", "Luis Pereira")
        office.hand_over(database, made, NOW)
    workspace = database.id
    Device.forget(workspace)
    successor = tmp_path / "successor.unnm"
    with new_workspace(successor, "Luis Pereira") as theirs:
        taken(theirs, made.path)
        assert theirs.id == workspace, "a copy of the same workspace, not another one"
        assert theirs.handed is None, "the mark stays where the office was"
        edit(theirs, base, "The successor's")
        again = packed(theirs, tmp_path / "again")
    Device.forget(workspace)
    with Database(path, "Amina Haddad") as database:
        arrived = receiving.look(database, again.path)
        assert not arrived.foreign
        assert len(arrived.preview.changed) == 1, "it can be looked at while the office is away"
        arrived.close()
        office.take_back(database, "Back from leave")
        taken(database, again.path)
        third = packed(database, tmp_path / "third").path
    Device.forget(workspace)
    with Database(successor, "Luis Pereira") as theirs:
        edit(theirs, base, "Meanwhile")
        with Database(path, "Amina Haddad") as database:
            edit(database, base, "Here, too")
            third = packed(database, tmp_path / "third").path
        taken(theirs, third)
        with theirs.read() as session:
            says = [one.says for one in office.events(session) if one.taken_back]
        assert says == ["Back from leave"], "the reason travels"


def test_what_is_written_while_the_package_is_made_keeps_the_office_here(
    path: Path, base: Base, tmp_path: Path
) -> None:
    with Database(path, "Amina Haddad") as database:
        made = packed(database, tmp_path / "stick", "Luis Pereira")
        edit(database, base, "Just now")
        with pytest.raises(UserError, match="once more"):
            office.hand_over(database, made, NOW)
        edit(database, base, "Still here")


def test_a_package_of_another_workspace_is_asked_about_once(path: Path, template: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.unnm"
    with Database.create(other, "Luis Pereira") as theirs:
        with theirs.write("Found") as session:
            network = records.create(session, Network, country="KWT", name_en="Other")
        made = packed(theirs, tmp_path / "stick").path
        with theirs.write("Rename") as session:
            records.update(session, Network, network.id, name_en="Another")
        later = packed(theirs, tmp_path / "later").path
    with Database(path, "Amina Haddad") as database:
        arrived = receiving.look(database, made)
        assert arrived.foreign
        with pytest.raises(UserError, match="another workspace"):
            receiving.want_own(arrived)
        receiving.take_in(database, arrived, folder=None, now=NOW)
        arrived.close()
        again = receiving.look(database, made)
        again.close()
        assert again.preview.nothing_new
        assert not again.foreign
        next_one = receiving.look(database, later)
        next_one.close()
        assert not next_one.foreign, "it was agreed to before"


def test_a_package_a_year_old_is_taken_like_any_other(path: Path, base: Base, tmp_path: Path) -> None:
    other = Path(shutil.copy(path, tmp_path / "other.unnm"))
    with Database(other, "Luis Pereira") as theirs:
        edit(theirs, base, "Long ago")
        with theirs.read() as session:
            networks = content.chosen_networks(session, ())
            (tmp_path / "old").mkdir()
            what = content.contents(theirs, session, networks, papers={})
            made = package.pack(
                what, tmp_path / "old", codes=(keys.office_code(),), now=datetime(2025, 11, 1, tzinfo=UTC)
            )
    Device.forget(theirs.id)
    with Database(path, "Amina Haddad") as database:
        assert taken(database, made.path).counts["changed"] == 1
