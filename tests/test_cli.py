"""Every command as scripts call it: results, exit statuses, sentences, and nothing left behind when it refuses."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlcipher3

from tests import patience
from tests.conftest import TODAY
from unnm_desktop import cli, logs, reports
from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.engine import Database
from unnm_desktop.db.issued import IssuedDocument
from unnm_desktop.db.networks import Network
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.services import exchange, records
from unnm_desktop.services.listings import LISTINGS

ON = TODAY.isoformat()
DUTIES = [
    "meeting_cadence", "highlighted_meetings", "guest_speakers", "chairs", "focal_points", "alternates", "consensus",
    "workplan", "workplan_shared", "progress_report", "tor_review", "requests", "updates",
]  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.status == 0, self.err
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def call(*arguments: object, **options: object) -> Ran:
        named = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        try:
            status = cli.main([*map(str, arguments), *named])
        except SystemExit as left:
            status = int(str(left.code))
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        if "went wrong in the program" in captured.err:
            pytest.fail(logs.log_file().read_text(encoding="utf-8"))
        return Ran(status, captured.out, captured.err)

    return call


@pytest.fixture
def file(both_years: Path, tmp_path: Path) -> Path:
    """A workspace with a compact year of both networks."""
    path = tmp_path / "work.unnm"
    shutil.copy(both_years, path)
    return path


def content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(ran: Ran, says: str) -> None:
    """It says in one line what to do, and nothing else."""
    assert ran.status == 1, (ran.out, ran.err)
    assert ran.out == ""
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert ran.err.rstrip()[-1] in ".?"
    assert "went wrong in the program" not in ran.err


def misused(ran: Ran, says: str) -> None:
    assert ran.status == 2
    assert ran.out == ""
    assert says in ran.err


# --- wrong usage ---


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check"], "required: FILE"),
        (["report", "agenda", "x.unnm"], "required: -o/--output"),
        (["new", "x.unnm"], "required: --tor"),
        (["list", "actions", "x.unnm", "--lang", "fr"], "invalid choice: 'fr'"),
        (["check", "x.unnm", "--on", "2026-13-01"], "'2026-13-01' is not a day; write it like 2026-11-21"),
        (["check", "x.unnm", "--on", "soon"], "'soon' is not a day"),
        (["check", "x.unnm", "--on", "9999-12-31"], "'9999' is not a year from 1900 to 2200"),
        (["report", "workplan", "x.unnm", "-o", "a.pdf", "--year", "-5"], "'-5' is not a year"),
        (["report", "workplan", "x.unnm", "-o", "a.pdf", "--year", "99999999"], "'99999999' is not a year"),
        (["demo", "x", "--years", "many"], "invalid int value: 'many'"),
        (["check", "x.unnm", "--nope"], "unrecognized arguments: --nope"),
        (["--nope"], "unknown option --nope"),
        (["chekc", "x.unnm"], "unknown command 'chekc'; the commands are demo, new, add-network, check"),
    ],
)
def test_wrong_usage_is_told_with_status_two(run: Run, arguments: list[str], says: str) -> None:
    misused(run(*arguments), says)


def test_help_and_version_are_answers(run: Run) -> None:
    assert run("--version").out.startswith("UNNM Desktop ")
    whole = run("--help")
    assert whole.status == 0
    assert all(command in whole.out for command in ("demo", "new", "add-network", "check", "list", "report", "import"))


# --- new and add-network ---


def test_new_makes_a_workspace_that_checks(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "k.unnm"
    made = run("new", path, "--json", tor="kuwait", on="2026-03-01").json
    assert made == {"workspace": str(path), "networks": ["KWT"], "written": [str(path)]}
    checked = run("check", path, "--json", on=ON).json
    assert checked["integrity"] == {"ok": True, "problems": []}
    assert [one["country"] for one in checked["networks"]] == ["KWT"]
    added = run("add-network", path, "--json", tor="bahrain", on="2026-03-01").json
    assert added == {"workspace": str(path), "networks": ["KWT", "BHR"], "written": [str(path)]}
    with Database(path) as database, database.read() as session:
        assert {one.records_from for one in records.all_of(session, Network)} == {date(2026, 3, 1)}
    before = content(path)
    refused(run("add-network", path, tor="bahrain"), "has a network for BHR already")
    assert content(path) == before
    assert run("check", path).out.startswith("The file is whole.\nKWT, ")


PROFILE = Path(__file__).parents[1] / "resources" / "tor" / "kuwait.toml"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not = [toml", "is not a TOML file"),
        ("", "network"),
        ("every_months = 1", "every_month = 1\nevery_months = 1"),
        ('country = "KWT"', 'country = "Kuwait"'),
    ],
)
def test_a_wrong_profile_is_told_and_leaves_nothing(run: Run, tmp_path: Path, text: str, says: str) -> None:
    whole = PROFILE.read_text(encoding="utf-8")
    profile = tmp_path / "own.toml"
    swapped = whole.replace(text, says, 1) if text in whole and text else text
    profile.write_text(swapped, encoding="utf-8")
    path = tmp_path / "deep" / "n.unnm"
    ran = run("new", path, tor=profile)
    assert ran.status == 1
    assert "own.toml" in ran.err
    assert "went wrong in the program" not in ran.err
    if "every_month" in says:
        assert "every_month" in ran.err
    assert not path.parent.exists()
    assert sorted(one.name for one in tmp_path.iterdir() if one.name != "home") == ["own.toml"]


def test_a_third_country_s_profile_works(run: Run, tmp_path: Path) -> None:
    text = PROFILE.read_text(encoding="utf-8").replace('country = "KWT"', 'country = "QAT"', 1)
    (tmp_path / "qatar.toml").write_text(text, encoding="utf-8")
    made = run("new", tmp_path / "q.unnm", "--json", tor=tmp_path / "qatar.toml").json
    assert made["networks"] == ["QAT"]


def test_new_refuses_what_is_there_or_cannot_be_made(run: Run, file: Path, tmp_path: Path) -> None:
    before = content(file)
    refused(run("new", file, tor="kuwait"), "work.unnm exists already. Choose another name.")
    assert content(file) == before
    (tmp_path / "a-file").write_text("x")
    refused(run("new", tmp_path / "a-file" / "n.unnm", tor="kuwait"), "cannot be made there")
    refused(run("new", tmp_path / "n.unnm", tor="nowhere"), "neither a profile that comes with the program")
    refused(run("new", tmp_path / "n.unnm", tor=tmp_path), "is a folder")
    assert not list(tmp_path.glob("n.unnm*"))


def test_a_set_up_that_fails_leaves_no_half_workspace(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from unnm_desktop.services import networks

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(networks, "found", fail)
    refused(run("new", tmp_path / "n.unnm", tor="kuwait"), "Stopped. Nothing was changed.")
    assert not list(tmp_path.glob("n.unnm*"))


# --- check ---


def test_check_tells_each_duty_for_the_day_it_is_asked(run: Run, file: Path) -> None:
    told = run("check", file, "--json", on=ON).json
    assert {one["country"] for one in told["networks"]} == {"BHR", "KWT"}
    for network in told["networks"]:
        assert network["on"] == ON
        assert [one["duty"] for one in network["duties"]] == DUTIES
        for one in network["duties"]:
            assert set(one) == {"duty", "state", "due", "clause", "says", "evidence"}
            assert one["state"] in ("met", "due", "late", "not_required")
            assert one["due"] is None or date.fromisoformat(one["due"])
            assert one["says"].endswith(".")
            assert all(isinstance(item, str) for item in one["evidence"])
    (only,) = run("check", file, "--json", **{"network": "bhr", "on": ON}).json["networks"]
    assert only["country"] == "BHR"

    def state(day: str) -> str:
        (network,) = run("check", file, "--json", network="BHR", on=day).json["networks"]
        return str({one["duty"]: one for one in network["duties"]}["meeting_cadence"]["state"])

    assert state("2028-11-21") == "late"
    assert state("2026-01-02") != "late"
    lines = run("check", file, network="BHR", on=ON).out.splitlines()
    assert lines[:2] == ["The file is whole.", "BHR, 21 November 2026"]
    assert any("[B-F]" in line for line in lines)
    # Each line names its duty, also one that is not asked for.
    spared = "Highlighted meetings · Not required by the ToR: The terms of reference do not ask for this."
    assert f"  {spared}" in lines
    assert len({line.split(" · ")[0] for line in lines[2:]}) == len(DUTIES)


# --- files that are no workspace, or not whole ---


@pytest.mark.parametrize("command", [["check"], ["list", "actions"], ["report", "actions", "-o", "out.txt"]])
def test_foreign_files_are_refused_as_they_are(run: Run, tmp_path: Path, command: list[str]) -> None:
    foreign = {"text.unnm": b"just a text", "empty.unnm": b"", "zip.unnm": b"PK\3\4" + b"x" * 4096}
    for name, data in foreign.items():
        path = tmp_path / name
        path.write_bytes(data)
        refused(run(*command, path), f"{name} is not a UNNM workspace")
        assert path.read_bytes() == data
    refused(run(*command, tmp_path / "none.unnm"), "There is no file none.unnm")
    refused(run(*command, tmp_path), "is a folder")


def test_a_newer_file_is_refused_as_it_is(run: Run, file: Path) -> None:
    with sqlcipher3.connect(str(file)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_REVISION + 1}")
    connection.close()
    before = content(file)
    refused(run("check", file), "newer version of this program. Update the program")
    refused(run("list", "actions", file, network="BHR"), "newer version of this program")
    assert content(file) == before


def spoil(path: Path, pages: int, seed: int) -> None:
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    for page in chance.sample(range(2, len(data) // 4096), pages):
        data[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(6))
def test_damage_anywhere_is_told(run: Run, file: Path, seed: int) -> None:
    spoil(file, 8 + seed * 4, seed)  # one page alone may be a free one, which nobody misses
    before = content(file)
    told = run("check", file, "--json", on=ON)
    assert told.status == 1
    assert told.err == "work.unnm is damaged. Nothing was changed. Open the newest backup instead.\n"
    result = json.loads(told.out)
    assert result["integrity"]["ok"] is False
    assert result["integrity"]["problems"]
    for kind in ("members", "actions", "decisions"):
        ran = run("list", kind, file, **{"network": "BHR", "on": ON})
        assert ran.status == 0 or ran.err == told.err
    assert content(file) == before


def test_a_file_cut_short_is_told(run: Run, file: Path) -> None:
    data = file.read_bytes()
    for size in (len(data) // 2, 8192, 4096, 150):
        file.write_bytes(data[:size])
        assert run("check", file).status == 1
        assert run("list", "actions", file, network="BHR").err.startswith("work.unnm is ")
        assert file.read_bytes() == data[:size]


def test_a_changed_value_behind_the_journal_s_back_is_found(run: Run, file: Path) -> None:
    with sqlcipher3.connect(str(file)) as connection:
        connection.execute("UPDATE person SET name_en = 'Somebody Else' WHERE id = (SELECT min(id) FROM person)")
    connection.close()
    told = run("check", file, "--json", on=ON)
    assert told.status == 1
    result = json.loads(told.out)
    assert any(line.startswith("journal: person ") for line in result["integrity"]["problems"])
    assert len(result["networks"]) == 2


def test_an_open_workspace_is_read_but_not_written(run: Run, file: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text("Task\nA\n", encoding="utf-8")
    with Database(file, "Somebody"):
        assert run("check", file, "--json", on=ON).json["integrity"]["ok"]
        assert run("list", "actions", file, "--json", network="BHR", on=ON).json["rows"]
        assert run("report", "actions", file, "-o", tmp_path / "a.txt", network="BHR", on=ON).status == 0
        for command in (
            ("import", "actions", sheet, file, "--network", "BHR"),
            ("import", "actions", sheet, file, "--network", "BHR", "--dry-run"),
            ("add-network", file, "--tor", "kuwait"),
            ("report", "actions", file, "--network", "BHR", "-o", tmp_path / "b.pdf", "--issue"),
        ):
            refused(run(*command), "work.unnm is already open in another window. Close it there first.")
    assert not (tmp_path / "b.pdf").exists()


READ_ONLY = """
import importlib, os, pkgutil, sys
from pathlib import Path
from unnm_desktop import cli, console, db, keeping_apart, services
from unnm_desktop.services import tor_profile
from unnm_desktop.db.engine import Database
for package in (console, db, services):  # nobody may not read these
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
file, sheet = Path(sys.argv[1]), sys.argv[2]
kuwait = tor_profile.load("kuwait")  # the program may lie where nobody may look, in root's home for instance
tor_profile.load = lambda name: kuwait
keeping_apart.guard_process()
Database(file, lock=False).close()
file.chmod(0o444)
file.parent.chmod(0o555)
for suffix in ("-wal", "-shm"):
    assert not file.with_name(file.name + suffix).exists()
if os.geteuid() == 0:  # root may write anywhere; nobody may not
    os.seteuid(65534)
print(cli.main(["list", "actions", str(file), "--network", "BHR"]), file=sys.stderr)
print(cli.main(["import", "actions", sheet, str(file), "--network", "BHR"]), file=sys.stderr)
print(cli.main(["add-network", str(file), "--tor", "kuwait"]), file=sys.stderr)
"""


@pytest.mark.skipif(os.name != "posix", reason="a folder's rights work like this on POSIX systems only")
def test_a_read_only_workspace_is_read_and_says_so_when_written(file: Path, tmp_path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path, sheet = Path(folder) / "stick.unnm", Path(folder) / "a.csv"
        shutil.copy(file, path)
        sheet.write_text("Task\nA\n", encoding="utf-8")
        before = content(path)
        ran = subprocess.run(
            [sys.executable, "-c", READ_ONLY, path, sheet], capture_output=True, text=True, check=False,
            env={**os.environ, "UNNM_HOME": str(tmp_path / "nobody")},
        )  # fmt: skip
        Path(folder).chmod(0o755)
        assert content(path) == before
    lines = ran.stderr.splitlines()
    assert lines[0] == "0", ran.stderr
    assert [line for line in lines if "can only be read here" in line] == [lines[1], lines[3]], ran.stderr
    assert (lines[2], lines[4]) == ("1", "1")


# --- which network ---


def test_the_network_is_named_where_there_are_several(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.txt"
    for command in (["list", "actions", file], ["report", "actions", file, "-o", out]):
        refused(run(*command), "This workspace holds several networks. Say which one: BHR, KWT.")
        refused(run(*command, network="QAT"), "There is no network “QAT” in this workspace. Choose one of: BHR, KWT.")
    refused(run("check", file, network="QAT"), "There is no network “QAT”")
    assert not out.exists()


# --- list ---


@pytest.mark.parametrize("kind", sorted(LISTINGS))
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_list_as_lines_json_and_sheet(run: Run, file: Path, tmp_path: Path, kind: str, lang: str) -> None:
    before = content(file)
    told = run("list", kind, file, "--json", network="BHR", on=ON, lang=lang).json
    assert (told["kind"], told["network"]) == (kind, "BHR")
    for row in told["rows"]:
        assert row["id"]
        assert all(name == name.casefold() and " " not in name for name in row)
        assert all(value is None or isinstance(value, (str, int, float, bool, list)) for value in row.values())
        assert "Money(" not in str(row)
    lines = run("list", kind, file, network="BHR", on=ON, lang=lang).out.splitlines()
    assert len(lines) >= len(told["rows"]) + 1
    for ending in ("xlsx", "csv"):
        out = tmp_path / f"o.{ending}"
        written = run("list", kind, file, "--json", "-o", out, network="BHR", on=ON, lang=lang).json
        assert written["path"] == str(out)
        if ending == "csv":
            with out.open(encoding="utf-8-sig", newline="") as sheet:
                assert len(list(csv.reader(sheet))) == len(told["rows"]) + 1
        else:
            assert openpyxl.load_workbook(out).active.max_row == len(told["rows"]) + 1
    assert content(file) == before


def test_money_is_minor_units_with_its_currency(run: Run, file: Path) -> None:
    rows = run("list", "workplan", file, "--json", network="BHR", on=ON).json["rows"]
    paid = [row for row in rows if row.get("required")]
    assert paid
    for row in paid:
        assert row["currency"] == "BHD"
        assert all(type(row[name]) is int for name in ("required", "available", "to_be_mobilized"))
        assert row["to_be_mobilized"] == max(0, row["required"] - row["available"])


def test_a_list_s_wrong_wishes_are_told(run: Run, file: Path, tmp_path: Path) -> None:
    refused(run("list", "dragons", file, network="BHR"), "There is no “dragons” here. Choose one of: actions, ")
    refused(run("list", "actions", file, "-o", tmp_path / "x.pdf", network="BHR"), "neither .xlsx nor .csv")
    refused(run("list", "actions", file, "-o", tmp_path / "no" / "x.csv", network="BHR"), "cannot be written")
    assert not list(tmp_path.glob("*.pdf"))
    assert not list(tmp_path.glob(".*.part"))


# --- report ---


@pytest.mark.parametrize("kind", sorted(reports.REPORTS))
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_report_twice_gives_the_same_bytes(run: Run, file: Path, tmp_path: Path, kind: str, lang: str) -> None:
    before = content(file)
    for ending in ("pdf", "txt"):
        first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
        made = run("report", kind, file, "--json", "-o", first, network="BHR", on=ON, lang=lang).json
        assert made == {"path": str(first), "pages": made["pages"], "sha256": content(first)}
        assert (made["pages"] > 0) is (ending == "pdf")
        assert run("report", kind, file, "-o", second, network="BHR", on=ON, lang=lang).out == f"Written: {second}\n"
        assert first.read_bytes() == second.read_bytes()
        assert len(first.read_bytes()) > 200
    assert content(file) == before


def test_a_report_s_wrong_wishes_are_told(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.pdf"

    def trouble(says: str, kind: str = "agenda", **more: object) -> None:
        refused(run("report", kind, file, **{"output": out, "network": "BHR", "on": ON, **more}), says)

    trouble("There is no “poem” here. Choose one of: actions, agenda, ", "poem")
    trouble("must end in .pdf or .txt", output=tmp_path / "o.docx")
    trouble("cannot be written", output=tmp_path / "no" / "o.pdf")
    trouble(
        "There is no meeting BHR/2026/M77 in this network. Give its reference, for example BHR/", meeting="BHR/2026/M77"
    )
    trouble("There is no meeting KWT/2026/M01", meeting="KWT/2026/M01")
    for period in ("2026-H3", "soon", "9999", "0000-H1"):
        trouble("is not a period. Write a year, half-year or quarter", "progress-report", period=period)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(("o.", ".o"))]


def test_the_day_and_the_choices_are_obeyed(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.txt"
    run("report", "decisions", file, output=out, network="BHR", on="2027-02-03", year=2026)
    assert "3 February 2027" in out.read_text("utf-8")
    run("report", "progress-report", file, output=out, network="BHR", on=ON, period="2026-H1")
    assert "2026" in out.read_text("utf-8")
    meeting = run("list", "meetings", file, "--json", network="BHR", on=ON).json["rows"][-1]["reference"]
    run("report", "agenda", file, output=out, network="BHR", on=ON, meeting=f"UNNM/{meeting}")
    assert meeting in out.read_text("utf-8")


def test_an_issued_report_keeps_its_bytes(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.pdf"
    made = run("report", "directory", file, "--json", "--issue", output=out, network="BHR", on=ON).json
    with Database(file) as database, database.read() as session:
        (kept,) = [one for one in records.all_of(session, IssuedDocument) if one.kind == "directory"]
        assert kept.sha256 == made["sha256"]
        assert database.blobs.get(kept.sha256) == out.read_bytes()
    rows = run("list", "issued", file, "--json", network="BHR", on=ON).json["rows"]
    assert "directory" in str(rows)
    assert run("check", file, on=ON).status == 0


# --- import ---


def test_an_import_tells_what_it_did_and_a_dry_run_does_nothing(run: Run, file: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text("Task,Responsible,Due\nWrite it,IOM,2026-12-01\nLose it,Nobody at all,\n", encoding="utf-8")
    expected = {"created": 1, "updated": 0, "unchanged": 0}

    def tasks() -> list[str]:
        with Database(file, lock=False) as database, database.read() as session:
            return [one.task_en for one in records.all_of(session, ActionPoint)]

    before = tasks()
    dry = run("import", "actions", sheet, file, "--dry-run", "--json", network="BHR", on=ON).json
    assert {name: dry[name] for name in expected} == expected
    (problem,) = dry["problems"]
    assert (problem["row"], problem["column"]) == (3, "Responsible")
    assert "Nobody at all" in problem["says"]
    assert tasks() == before
    assert run("import", "actions", sheet, file, "--json", network="BHR", on=ON).json == dry
    assert sorted(tasks()) == sorted([*before, "Write it"])
    again = run("import", "actions", sheet, file, network="BHR", on=ON)
    assert again.out.startswith("Created 0, updated 0; 1 unchanged.\nRow 3, Responsible: ")
    with Database(file) as database:
        assert database.check() == []


@pytest.mark.parametrize("kind", exchange.KINDS)
@pytest.mark.parametrize(("ending", "lang"), [("xlsx", "en"), ("csv", "ar")])
def test_what_a_list_writes_an_import_finds_unchanged(
    run: Run, file: Path, tmp_path: Path, kind: str, ending: str, lang: str
) -> None:
    sheet = tmp_path / f"s.{ending}"
    rows = run("list", kind, file, "--json", "-o", sheet, network="BHR", on=ON, lang=lang).json["rows"]
    told = run("import", kind, sheet, file, "--json", network="BHR", on=ON).json
    assert told == {"created": 0, "updated": 0, "unchanged": len(rows), "problems": []}


def test_an_import_s_wrong_files_are_told_and_change_nothing(run: Run, file: Path, tmp_path: Path) -> None:
    def sheet(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    before = content(file)
    for name, data, says in (
        ("empty.csv", b"", "is empty"),
        ("headless.csv", b"1,2\n3,4\n", "no known row of headings"),
        ("picture.csv", bytes(range(256)) * 64, "headings"),
        ("cut.xlsx", b"PK\3\4" + b"x" * 500, "is damaged"),
        ("page.xlsx", b"<html>", "not an Excel workbook"),
    ):
        ran = run("import", "actions", sheet(name, data), file, network="BHR", on=ON)
        assert ran.status == 1, (name, ran)
        assert name in ran.err
        assert says in ran.err or "not a spreadsheet" in ran.err
    refused(run("import", "actions", tmp_path / "none.csv", file, network="BHR"), "There is no file none.csv")
    refused(
        run("import", "meetings", tmp_path / "none.csv", file), "There is no “meetings” here. Choose one of: actions"
    )
    assert content(file) == before


# --- demo ---


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kinds of documents: the other six take their time and are tested above."""
    kinds = {name: reports.REPORTS[name] for name in ("sign-in", "actions")}
    monkeypatch.setattr("unnm_desktop.demo.reports.REPORTS", kinds)


def test_a_backup_is_verified_and_restored_as_it_was(run: Run, file: Path, tmp_path: Path) -> None:
    kept = run("backup", str(file), "-o", str(tmp_path / "stick"), "--json").json
    assert kept["verified"] is True
    assert kept["records"] > 0
    before = run("list", "actions", str(file), "--network", "BHR", "--json").json
    back = run("restore", kept["path"], str(file), "--json").json
    assert back == {"path": str(file), "verified": True, "records": kept["records"]}
    assert run("list", "actions", str(file), "--network", "BHR", "--json").json == before
    assert run("check", str(file), "--json").json["integrity"]["ok"]
    elsewhere = tmp_path / "elsewhere.unnm"
    assert run("restore", kept["path"], str(elsewhere)).status == 0
    assert run("list", "actions", str(elsewhere), "--network", "BHR", "--json").json == before


def test_a_folder_that_takes_no_copy_is_named_with_what_to_do(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(database: Database, part: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(part))

    monkeypatch.setattr("unnm_desktop.db.copies.copy_database", locked)
    stick = tmp_path / "stick"
    says = f"The copy could not be written to {stick} (it may not be written or read). Choose another folder or stick."
    refused(run("backup", file, "-o", stick), says)
    (tmp_path / "paper").write_text("no folder")
    refused(run("backup", file, "-o", tmp_path / "paper" / "copies"), f"could not be written to {tmp_path / 'paper'}")


def test_an_open_workspace_is_backed_up_but_not_replaced(run: Run, file: Path) -> None:
    with Database(file):
        kept = run("backup", str(file), "--json").json
        refused = run("restore", kept["path"], str(file))
    assert refused.status == 1
    assert "already open" in refused.err


@pytest.mark.parametrize("damage", [b"", b"nothing of ours" * 100])
def test_what_is_no_copy_is_not_restored(run: Run, file: Path, tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "copy.unnm").write_bytes(damage)
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    refused = run("restore", str(tmp_path / "copy.unnm"), str(file))
    assert refused.status == 1
    assert refused.err.count("\n") == 1
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    assert run("restore", str(tmp_path / "missing.unnm"), str(file)).status == 1


@pytest.mark.usefixtures("few")
def test_the_demo_is_made_twice_the_same_and_never_over_real_records(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    made = run("demo", folder, "--json", on=ON).json
    assert made["workspace"] == str(folder / "demo.unnm")
    assert made["networks"] == ["KWT", "BHR"]
    papers = {
        f"{kind}-{code}-{lang}.pdf"
        for kind in ("sign-in", "actions")
        for code in made["networks"]
        for lang in ("en", "ar")
    }
    assert {Path(path).name for path in made["written"]} == {"demo.unnm", *papers}
    assert all(Path(path).stat().st_size > 1000 for path in made["written"])
    assert run("check", folder / "demo.unnm", "--json", on=ON).json["integrity"]["ok"]
    first = run(
        "report", "actions", folder / "demo.unnm", "--json", "-o", tmp_path / "1.txt", network="BHR", on=ON
    ).json
    assert run("demo", folder, "--json", on=ON).json == made
    again = run(
        "report", "actions", folder / "demo.unnm", "--json", "-o", tmp_path / "2.txt", network="BHR", on=ON
    ).json
    assert first["sha256"] == again["sha256"]
    with Database(folder / "demo.unnm"):
        refused(run("demo", folder, on=ON), "demo.unnm is already open in another window")
    (folder / "demo.unnm").unlink()
    run("new", folder / "demo.unnm", tor="kuwait")
    before = content(folder / "demo.unnm")
    refused(run("demo", folder, on=ON), "demo.unnm holds real records. Choose another folder for the demo.")
    assert content(folder / "demo.unnm") == before


def test_a_demo_s_wrong_wishes_are_told(run: Run, tmp_path: Path) -> None:
    refused(run("demo", tmp_path / "d", years=0), "from 1 to 50")
    refused(run("demo", tmp_path / "d", years=51), "from 1 to 50")
    (tmp_path / "a-file").write_text("x")
    refused(run("demo", tmp_path / "a-file" / "d"), "cannot be made there")
    foreign = tmp_path / "f" / "demo.unnm"
    foreign.parent.mkdir()
    foreign.write_text("notes of mine")
    refused(run("demo", foreign.parent), "is not a UNNM workspace")
    assert foreign.read_text() == "notes of mine"
    assert not (tmp_path / "d").exists()


# --- the program as a program ---


def program(*arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "unnm_desktop", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=patience.SECONDS, **more,
    )  # fmt: skip


def test_the_program_answers_its_caller(file: Path, tmp_path: Path) -> None:
    ran = program("check", file, "--json", "--network", "BHR", "--on", ON)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["networks"][0]["country"] == "BHR"
    bad = program("list", "actions", tmp_path / "none.unnm")
    assert (bad.returncode, bad.stdout) == (1, "")
    assert bad.stderr == "There is no file none.unnm. Check the name, or make a new workspace.\n"
    assert program("list").returncode == 2


def test_arabic_reaches_a_pipe_that_knows_only_ascii(file: Path) -> None:
    ran = program(
        "list", "members", file, "--lang", "ar", "--network", "BHR", "--on", ON,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "المنظمة" in ran.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a window needs a display of its own")
def test_without_a_screen_the_window_says_so(file: Path) -> None:
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    ran = program(file, env=bare)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("There is no screen to open the window on.")


NO_QT = """
import sys
from unnm_desktop import cli
file, folder = sys.argv[1:]
where = ["--network", "BHR", "--on", "2026-11-21"]
open(folder + "/a.csv", "w").write("Task\\nA\\n")
for command in (["check", file, *where], ["list", "members", file, "-o", folder + "/m.xlsx", *where],
                ["report", "minutes", file, "-o", folder + "/m.pdf", *where],
                ["import", "actions", folder + "/a.csv", file, *where],
                ["new", folder + "/n.unnm", "--tor", "bahrain"],
                ["add-network", folder + "/n.unnm", "--tor", "kuwait"]):
    assert cli.main(command) == 0, command
sys.exit(any(name.startswith("PySide6") for name in sys.modules))
"""


def test_no_command_imports_qt(file: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", NO_QT, file, tmp_path], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_and_a_reader_who_has_enough(file: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "unnm_desktop", "list", "actions", file, "--network", "BHR"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        )  # fmt: skip
    assert ran.returncode == 1
    assert "no room is left on the disk" in ran.stderr
    assert "Traceback" not in ran.stderr
