"""Two officers hand over on the command line: nothing is lost, and a merge is looked at before and taken back after."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from unnm_desktop import cli
from unnm_desktop.db import ActionPoint, Network
from unnm_desktop.db.engine import Database
from unnm_desktop.services import backup, records


class Offices:
    """Amal's and Badr's computers: two homes, one program."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._monkeypatch, self._capsys = folder, monkeypatch, capsys
        self.stick = folder / "stick"
        self.stick.mkdir()

    def at(self, name: str) -> Path:
        """Sit down at a computer; its workspace."""
        home = self.folder / name
        home.mkdir(exist_ok=True)
        self._monkeypatch.setenv("UNNM_HOME", str(home))
        return home / f"{name}.unnm"

    def run(self, *arguments: object) -> tuple[int, dict[str, Any], str]:
        """A command with --json: status, result, what was said on standard error."""
        self._capsys.readouterr()
        status = cli.main([*(str(one) for one in arguments), "--json"])
        told = self._capsys.readouterr()
        return status, json.loads(told.out) if told.out else {}, told.err

    def pack(self, name: str, receiver: str) -> Path:
        """A package for that office's code."""
        self.at(receiver)
        code = self.run("handover", "code")[1]["code"]
        status, result, trouble = self.run(
            "handover", "pack", self.at(name), "-o", self.stick, "--to", code, "--lang", "en"
        )
        assert status == 0, trouble
        package = Path(result["path"])
        assert result["sha256"] == hashlib.sha256(package.read_bytes()).hexdigest()
        return package

    def merge(self, package: Path, name: str, *more: str) -> dict[str, Any]:
        status, result, trouble = self.run("handover", "merge", package, self.at(name), *more)
        assert status == 0, trouble
        return result


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Offices:
    made = Offices(tmp_path, monkeypatch, capsys)
    assert made.run("new", made.at("amal"), "--tor", "bahrain")[0] == 0
    return made


def task_of(path: Path) -> str:
    with Database(path, lock=False) as database, database.read() as session:
        return records.all_of(session, ActionPoint)[0].task_en


def write_task(path: Path, task: str) -> None:
    with Database(path, "Officer") as database, database.write("Reword the action point") as session:
        found = records.all_of(session, ActionPoint)
        if found:
            records.update(session, ActionPoint, found[0].id, task_en=task)
        else:
            network = records.all_of(session, Network)[0]
            records.create(session, ActionPoint, network_id=network.id, task_en=task)


def test_a_successor_begins_with_a_package_and_both_work_on(offices: Offices) -> None:
    write_task(offices.at("amal"), "Ask the Ministry")
    package = offices.pack("amal", "badr")
    made = offices.merge(package, "badr")
    assert made["applied"]
    assert made["new"] > 10
    assert made["conflicts"] == []
    assert task_of(offices.at("badr")) == "Ask the Ministry"

    write_task(offices.at("amal"), "Ask the Ministry of Labour")
    write_task(offices.at("badr"), "Ask the Ministry of Health")
    package = offices.pack("amal", "badr")

    looked = offices.merge(package, "badr", "--dry-run")
    assert not looked["applied"]
    (conflict,) = looked["conflicts"]
    assert (conflict["field"], conflict["mine"], conflict["theirs"], conflict["ancestor"]) == (
        "task_en",
        "Ask the Ministry of Health",
        "Ask the Ministry of Labour",
        "Ask the Ministry",
    )
    assert task_of(offices.at("badr")) == "Ask the Ministry of Health"

    done = offices.merge(package, "badr", "--resolve", "theirs")
    assert done["applied"]
    assert done["decided"] == 1
    assert Path(done["backup"]).is_file()
    assert task_of(offices.at("badr")) == "Ask the Ministry of Labour"
    assert not offices.merge(package, "badr")["applied"], "known already: nothing new"

    report = offices.at("badr").with_name("report.txt")
    status, told, trouble = offices.run("handover", "report", offices.at("badr"), "-o", report)
    assert status == 0, trouble
    assert told["package"] == done["package"]
    text = report.read_text(encoding="utf-8")
    for words in ("Ask the Ministry of Health", "Ask the Ministry of Labour", "Nothing is open."):
        assert words in text
    status, _, trouble = offices.run("handover", "undo", offices.at("badr"))
    assert status == 0, trouble
    assert task_of(offices.at("badr")) == "Ask the Ministry of Health", "the decision went with its merge"
    assert offices.run("check", offices.at("badr"))[1]["integrity"] == {"ok": True, "problems": []}


def test_what_is_left_undecided_stays_open_and_may_be_decided_as_mine(offices: Offices) -> None:
    write_task(offices.at("amal"), "First")
    offices.merge(offices.pack("amal", "badr"), "badr")
    write_task(offices.at("amal"), "Theirs")
    write_task(offices.at("badr"), "Mine")
    package = offices.pack("amal", "badr")
    assert offices.merge(package, "badr")["decided"] == 0
    assert offices.run("handover", "undo", offices.at("badr"))[0] == 0
    with Database(offices.at("badr"), lock=False) as database:
        reasons = [one.reason for one in backup.listed(backup.folder_for(database.id))]
    assert backup.Reason.UNDO in reasons, "undoing makes a backup of its own"
    status, _, trouble = offices.run("handover", "undo", offices.at("badr"))
    assert status == 1, "what the workspace was made from is never taken out of it"
    assert "No merge" in trouble
    assert offices.merge(package, "badr", "--resolve", "mine")["decided"] == 1
    assert task_of(offices.at("badr")) == "Mine"


def test_a_merge_that_is_refused_changes_nothing_and_backs_nothing_up(offices: Offices) -> None:
    write_task(offices.at("amal"), "First")
    package = offices.pack("amal", "badr")
    target = offices.at("carla")
    status, _, trouble = offices.run("handover", "merge", package, target)
    assert status == 1
    assert "made for another office" in trouble
    assert not target.exists()
    assert list(target.parent.glob("*.unnm*")) == []
    status, _, trouble = offices.run("handover", "undo", offices.at("amal"))
    assert status == 1
    assert "No merge" in trouble
    with Database(offices.at("amal"), lock=False) as database:
        assert backup.listed(backup.folder_for(database.id)) == []


def test_an_office_goes_over_and_is_taken_back_with_a_reason(offices: Offices) -> None:
    write_task(offices.at("amal"), "Ask the Ministry")
    offices.at("badr")
    code = offices.run("handover", "code")[1]["code"]
    mine = offices.at("amal")
    pack = ("handover", "pack", mine, "-o", offices.stick, "--to", code, "--lang", "en", "--office", "Badr Saleh")
    status, made, trouble = offices.run(*pack)
    assert status == 0, trouble
    assert made["office_to"] == "Badr Saleh"

    for command in (("add-network", mine, "--tor", "kuwait"), ("handover", "pack", *pack[2:])):
        status, _, trouble = offices.run(*command)
        assert status == 1
        assert "handed over to Badr Saleh" in trouble
        assert Path(made["path"]).name in trouble
    assert offices.run("check", mine)[0] == 0, "it can be read"

    theirs = offices.merge(Path(made["path"]), "badr")
    assert theirs["applied"]
    write_task(offices.at("badr"), "Ask both Ministries")
    package = offices.pack("badr", "amal")
    mine = offices.at("amal")
    status, _, trouble = offices.run("handover", "merge", package, mine)
    assert (status, "handed over" in trouble) == (1, True)
    status, result, trouble = offices.run("handover", "take-back", mine, "--reason", "Back from leave")
    assert status == 0, trouble
    assert result["from"] == "Badr Saleh"
    assert offices.run("handover", "merge", package, mine)[0] == 0
    assert task_of(mine) == "Ask both Ministries"


def test_a_package_of_another_workspace_needs_to_be_meant(offices: Offices) -> None:
    other = offices.at("badr")
    assert offices.run("new", other, "--tor", "kuwait")[0] == 0
    package = offices.pack("badr", "amal")
    mine = offices.at("amal")
    status, _, trouble = offices.run("handover", "merge", package, mine)
    assert (status, "another workspace" in trouble) == (1, True)
    assert offices.merge(package, "amal", "--other-workspace")["other_workspace"]


def test_a_dry_run_without_a_workspace_tells_what_would_be_made_and_makes_nothing(offices: Offices) -> None:
    package = offices.pack("amal", "badr")
    target = offices.at("badr").with_name("nobody.unnm")
    before = sorted(one.name for one in target.parent.iterdir())
    status, found, trouble = offices.run("handover", "merge", package, target, "--dry-run")
    assert status == 0, trouble
    assert (found["applied"], found["conflicts"], found["backup"]) == (False, [], None)
    assert found["new"] > 10
    assert sorted(one.name for one in target.parent.iterdir()) == before


def test_conflicts_are_told_in_words_and_a_removal_has_no_value_before(
    offices: Offices, capsys: pytest.CaptureFixture[str]
) -> None:
    write_task(offices.at("amal"), "Ask the Ministry")
    offices.merge(offices.pack("amal", "badr"), "badr")
    write_task(offices.at("badr"), "Ask the Ministry of Health")
    with Database(offices.at("amal"), "Officer") as database, database.write("Remove") as session:
        records.remove(session, ActionPoint, records.all_of(session, ActionPoint)[0].id)
    package = offices.pack("amal", "badr")
    (conflict,) = offices.merge(package, "badr", "--dry-run")["conflicts"]
    assert (conflict["kind"], conflict["mine"], conflict["ancestor"]) == ("removed", None, None)
    capsys.readouterr()
    assert cli.main(["handover", "merge", str(package), str(offices.at("badr")), "--dry-run"]) == 0
    assert "Ask the Ministry of Health: mine The record stays, theirs Into Trash" in capsys.readouterr().out


def test_names_that_no_file_has_are_told_so(offices: Offices, tmp_path: Path) -> None:
    for command in (
        ("handover", "show", tmp_path / "no.unnmx"),
        ("restore", tmp_path / "no.unnm", tmp_path / "x.unnm"),
    ):
        status, _, trouble = offices.run(*command)
        assert status == 1
        assert "There is no file no." in trouble
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    status, _, trouble = offices.run("restore", letter, tmp_path / "x.unnm")
    assert (status, "is not a UNNM workspace" in trouble) == (1, True)


def test_a_package_is_not_sealed_with_words_that_are_soon_guessed(offices: Offices, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("short")
    status, _, trouble = offices.run(
        "handover", "pack", offices.at("amal"), "-o", offices.stick, "--passphrase-file", words
    )
    assert status == 1
    assert "twelve letters" in trouble
    assert list(offices.stick.iterdir()) == []
