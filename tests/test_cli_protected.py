"""The command line on a protected workspace: every command with its passphrase, none without, and nothing leaks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from tests.reports import sample_year
from unnm_desktop import cli, paths
from unnm_desktop.db import copies, keys, recovery, turning
from unnm_desktop.db.engine import Database
from unnm_desktop.db.people import Person
from unnm_desktop.services import backup, records

WORDS = "canary passphrase of the office"
ON = "2026-11-21"
COMMANDS = (
    ("check", "{file}", "--on", ON),
    ("list", "actions", "{file}", "--network", "BHR", "--on", ON),
    ("report", "actions", "{file}", "--network", "BHR", "--on", ON, "-o", "{out}/a.txt"),
    ("backup", "{file}"),
    ("backup", "{file}", "-o", "{out}"),
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        status = cli.main([str(one) for one in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "went wrong in the program" not in said.err
        return status, said.out, said.err

    return call


@pytest.fixture(scope="module")
def year(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("year") / "work.unnm"
    path.write_bytes(template.read_bytes())
    with Database(path, "Canary Officer") as database:
        with database.write("Sample") as session:
            sample_year.bahrain(session)
        database.blobs.put(b"canary paper")
    turning.protect(path, WORDS)
    return path


@pytest.fixture
def file(year: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    for suffix in ("", "-files", "-keys", "-keys-copy"):
        shutil.copy(year.with_name(year.name + suffix), folder)
    return folder / year.name


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text(f"{WORDS}\n", encoding="utf-8")
    return path


def filled(command: tuple[str, ...], file: Path, out: Path) -> list[str]:
    return [part.format(file=file, out=out) for part in command]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_the_passphrase_from_file_or_variable(
    run: Run, file: Path, tmp_path: Path, passphrase: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = filled(command, file, tmp_path)
    assert run(*given, "--workspace-passphrase-file", passphrase)[0] == 0
    monkeypatch.setenv("UNNM_PASSPHRASE", WORDS)
    assert run(*given)[0] == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_without_or_with_a_wrong_one_nothing_is_done(
    run: Run, file: Path, tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, out = file.read_bytes(), tmp_path / "out"
    given = filled(command, file, out)
    status, _, said = run(*given)
    assert (status, "work.unnm is protected. Give its passphrase" in said) == (1, True)
    monkeypatch.setenv("UNNM_PASSPHRASE", "quite another passphrase")
    status, _, said = run(*given)
    assert (status, said.strip()) == (1, "That passphrase does not open this file. Check Caps Lock and try again.")
    assert file.read_bytes() == before
    assert not out.exists()


def test_the_prompt_asks_where_somebody_sits(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answers(prompt: str) -> str:
        asked.append(prompt)
        return WORDS

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", answers)
    assert run("check", file, "--on", ON)[0] == 0
    assert asked == ["Passphrase of work.unnm: "]


def test_a_backup_is_restored_with_its_passphrase(run: Run, file: Path, tmp_path: Path, passphrase: Path) -> None:
    said = ("--workspace-passphrase-file", passphrase)
    made = json.loads(run("backup", file, "--json", *said)[1])
    target = tmp_path / "back" / "again.unnm"
    target.parent.mkdir()
    assert run("restore", made["path"], target, *said)[0] == 0
    assert json.loads(run("list", "actions", target, "--json", "--network", "BHR", *said)[1])["rows"]
    # And over a workspace that is there.
    assert run("restore", made["path"], file, *said)[0] == 0
    assert paths.is_protected(file)


def test_the_sheet_opens_the_newest_backup_on_another_computer(
    run: Run, file: Path, tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(" ".join(recovery.code(keys.unlock(file, WORDS))), encoding="utf-8")
    made = Path(json.loads(run("backup", file, "--json", "--workspace-passphrase-file", passphrase)[1])["path"])
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(made.parent, elsewhere / "stick")
    keys.remove(elsewhere / "stick" / made.name)
    shutil.rmtree(file.parent)
    monkeypatch.setenv("UNNM_HOME", str(tmp_path / "other home"))
    copy, target = elsewhere / "stick" / made.name, elsewhere / "new.unnm"
    status, _, said = run("restore", copy, target)
    assert status == 1
    assert "recovery sheet" in said
    new = tmp_path / "new.txt"
    new.write_text("a new passphrase on the new laptop", encoding="utf-8")
    given = ("--workspace-passphrase-file", new)
    assert run("restore", copy, target, "--recovery-file", sheet, *given)[0] == 0
    assert json.loads(run("list", "actions", target, "--json", "--network", "BHR", *given)[1])["rows"]
    with Database(target, key=keys.unlock(target, new.read_text())) as database:
        assert sorted(database.blobs.digests())
        assert database.check() == []
    assert run("check", target, "--recovery-file", sheet)[0] == 0


def test_protect_and_unprotect(run: Run, template: Path, tmp_path: Path, passphrase: Path) -> None:
    path, said = tmp_path / "plain.unnm", ("--workspace-passphrase-file", passphrase)
    shutil.copy(template, path)
    assert run("unprotect", path)[0] == 1
    done = json.loads(run("protect", path, "--json", "-o", tmp_path / "sheet.txt", *said)[1])
    assert done["protected"] is True
    key = keys.unlock(path, WORDS)
    text = (tmp_path / "sheet.txt").read_text(encoding="utf-8")
    assert all(group in text for group in recovery.code(key))
    assert (tmp_path / "sheet.txt").stat().st_mode & 0o777 == 0o600
    assert run("protect", path, *said)[0] == 1
    assert json.loads(run("unprotect", path, "--json", *said)[1])["protected"] is False
    assert paths.is_plain(path)


def test_a_new_key_ends_the_old_passphrase_and_sheet(run: Run, file: Path, tmp_path: Path, passphrase: Path) -> None:
    old, said = keys.unlock(file, WORDS), ("--workspace-passphrase-file", passphrase)
    sheet, new = tmp_path / "old-sheet.txt", tmp_path / "new.txt"
    sheet.write_text(" ".join(recovery.code(old)), encoding="utf-8")
    new.write_text("the passphrase of the new key", encoding="utf-8")
    made = json.loads(run("backup", file, "--json", *said)[1])
    given = ("new-key", file, "--new-passphrase-file", new, "-o", tmp_path / "sheet.txt")
    assert run(*given)[0] == 1
    assert json.loads(run(*given, "--json", *said)[1])["protected"] is True
    key = keys.unlock(file, "the passphrase of the new key")
    assert all(group in (tmp_path / "sheet.txt").read_text(encoding="utf-8") for group in recovery.code(key))
    assert run("check", file, *said)[0] == 1
    assert run("check", file, "--recovery-file", sheet)[0] == 1
    assert run("check", file, "--on", ON, "--workspace-passphrase-file", new)[0] == 0
    # A backup of the old key comes back with its own passphrase, and the workspace keeps the new key.
    both = ("--workspace-passphrase-file", new, "--copy-passphrase-file", passphrase)
    assert run("restore", made["path"], file, *both)[0] == 0
    assert keys.unlock(file, "the passphrase of the new key").data == key.data
    assert run("new-key", made["path"].replace(".unnm", "-none.unnm"), "--new-passphrase-file", new)[0] == 1


def test_backups_come_back_across_protections(run: Run, file: Path, tmp_path: Path, passphrase: Path) -> None:
    said = ("--workspace-passphrase-file", passphrase)
    guarded = json.loads(run("backup", file, "--json", *said)[1])["path"]
    assert run("unprotect", file, *said)[0] == 0
    plain = json.loads(run("backup", file, "--json")[1])["path"]
    device = identity(file, None)
    # A protected one into the plain workspace: it is protected then, with the passphrase of the backup.
    assert run("restore", guarded, file)[0] == 1
    assert paths.is_plain(file)
    assert run("restore", guarded, file, *said)[0] == 0
    assert paths.is_protected(file)
    key = keys.unlock(file, WORDS)
    second = identity(file, key)
    # A plain one into the protected workspace: it stays protected.
    assert run("restore", plain, file, *said)[0] == 0
    assert keys.unlock(file, WORDS).data == key.data
    assert len({device, second, identity(file, key)}) == 3
    assert json.loads(run("list", "actions", file, "--json", "--network", "BHR", *said)[1])["rows"]


def identity(path: Path, key: keys.Key | None) -> UUID:
    with Database(path, "Canary Officer", key=key) as database:
        assert database.check() == []
        with database.write("A step") as session:
            records.create(session, Person, name_en="Somebody")
        assert database.device is not None
        return database.device.id


def test_packages_are_made_taken_in_and_taken_back(
    run: Run, file: Path, tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, words = ("--workspace-passphrase-file", passphrase), tmp_path / "package.txt"
    words.write_text("six words told by the phone", encoding="utf-8")
    other = tmp_path / "other" / "work.unnm"
    shutil.copytree(file.parent, other.parent)
    key = keys.unlock(file, WORDS)
    with Database(file, "Canary Officer", key=key) as database, database.write("A step") as session:
        records.create(session, Person, name_en="Canary Newcomer")
    pack = ("handover", "pack", file, "-o", tmp_path / "stick", "--passphrase-file", words, "--json")
    (tmp_path / "stick").mkdir()
    status, _, trouble = run(*pack)
    assert (status, "work.unnm is protected. Give its passphrase" in trouble) == (1, True)
    assert list((tmp_path / "stick").iterdir()) == []
    package = json.loads(run(*pack, *said)[1])["path"]
    shown = json.loads(run("handover", "show", package, "--passphrase-file", words, "--json")[1])
    assert shown["whole"] is True
    monkeypatch.setenv("UNNM_HOME", str(tmp_path / "other home"))
    before = copies.newest_change(other, key)
    take = ("handover", "merge", package, other, "--passphrase-file", words, "--json")
    assert run(*take)[0] == 1
    assert json.loads(run(*take, "--dry-run", *said)[1])["applied"] is False
    assert copies.newest_change(other, key) == before
    # Where somebody sits, the prompt asks for the workspace's passphrase.
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: WORDS)
    taken = json.loads(run(*take)[1])
    assert (taken["applied"], taken["new"]) == (True, 1)
    assert paths.is_protected(Path(taken["backup"]))
    assert "Canary Newcomer" in people(other, key)
    assert json.loads(run("handover", "undo", other, "--json", *said)[1])["undone"] is True
    assert "Canary Newcomer" not in people(other, key)
    assert leaks((other.parent, tmp_path / "stick", tmp_path / "other home", tmp_path / "home"), key) == []


def people(path: Path, key: keys.Key) -> list[str]:
    with Database(path, key=key) as database, database.read() as session:
        return [one.name_en for one in records.all_of(session, Person)]


def test_what_lies_on_a_stick_is_read_but_not_worked_on(
    run: Run, file: Path, tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, said = tmp_path / "Dropbox", ("--workspace-passphrase-file", passphrase)
    made = json.loads(run("backup", file, "--json", *said)[1])["path"]
    file.parent.rename(stick)
    away, before = stick / file.name, (stick / file.name).read_bytes()
    assert run("list", "actions", away, "--network", "BHR", *said)[0] == 0
    assert run("check", away, "--on", ON, *said)[0] == 0
    assert run("backup", away, "-o", stick / "copies", *said)[0] == 0
    for refused in (
        ("restore", made, away, *said),
        ("unprotect", away, *said),
        ("handover", "undo", away, *said),
        ("add-network", away, "--tor", "kuwait", *said),
        ("new", stick / "new.unnm", "--tor", "kuwait"),
    ):
        status, _, trouble = run(*refused)
        assert (status, "a cloud service keeps in step" in trouble) == (1, True), refused
    assert away.read_bytes() == before
    assert not (stick / "new.unnm").exists()


def test_a_whole_session_leaves_nothing_readable(file: Path, tmp_path: Path) -> None:
    """Names, texts and the passphrase are looked for in everything a session writes, also in what stays open."""
    home, temp, out = tmp_path / "home2", tmp_path / "temp", tmp_path / "out"
    temp.mkdir()
    out.mkdir()
    environment = {**os.environ, "UNNM_HOME": str(home), "TMPDIR": str(temp), "UNNM_PASSPHRASE": WORDS}
    for command in (
        ("check", file), ("list", "actions", file), ("backup", file), ("backup", file, "-o", out),
        ("list", "nonsense", file),
    ):  # fmt: skip
        subprocess.run(
            [sys.executable, "-m", "unnm_desktop", *map(str, command)],
            env=environment, capture_output=True, check=False,
        )  # fmt: skip
    key = keys.unlock(file, WORDS)
    with Database(file, "Canary Officer", key=key) as database:
        with database.write("Canary step") as session:
            sample_year.kuwait(session)
        wal = file.with_name(f"{file.name}-wal")
        assert wal.stat().st_size > 0
        folder = backup.folder_for(database.id)
        backup.make(database, folder, backup.Reason.ASKED, now=backup.datetime.now(backup.UTC))
        found = leaks((file.parent, home, tmp_path / "home", temp, out), key)
    assert found == []
    # The same look finds what is there to be found.
    turning.unprotect(file, key)
    assert leaks((file.parent,), key)


def leaks(folders: tuple[Path, ...], key: keys.Key) -> list[str]:
    wanted = (b"canary", WORDS.encode(), b"ministry", b"bahrain", "البحرين".encode(), key.data, key.data.hex().encode())
    found = []
    for folder in folders:
        for file in folder.rglob("*"):
            if not file.is_file() or file.suffix == ".toml":
                continue
            data = file.read_bytes()
            if data.startswith(b"SQLite format 3") or any(one in data or one in data.lower() for one in wanted):
                found.append(str(file))
            if os.name == "posix" and file.stat().st_mode & 0o077 and "place" not in file.parts:
                found.append(f"rights: {file}")
    return found


def test_backups_that_open_without_the_new_key_are_told_and_replaced_on_wish(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNNM_PASSPHRASE", WORDS)
    assert run("backup", file)[0] == 0
    new = tmp_path / "new.txt"
    new.write_text("another passphrase of the office")
    status, out, _ = run("new-key", file, "--new-passphrase-file", new)
    assert status == 0
    assert "1 backup made before can still be read without the new key" in out
    monkeypatch.setenv("UNNM_PASSPHRASE", new.read_text())
    status, out, _ = run("new-key", file, "--new-passphrase-file", new, "--replace-backups", "--json")
    assert status == 0
    told = json.loads(out)
    assert (told["readable_backups"], told["replaced_backups"]) == (0, 1)
