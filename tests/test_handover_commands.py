"""Packages on the command line: made of a real workspace, shown, refused; and nothing in them that was not chosen."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.conftest import TODAY
from tests.reports import sample_year
from unnm_desktop import cli
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.attachments import Attachment
from unnm_desktop.db.engine import Database
from unnm_desktop.db.issued import Report
from unnm_desktop.db.people import Person
from unnm_desktop.i18n import Language
from unnm_desktop.services import handover, networks, records
from unnm_desktop.services.handover import keys, opening, package, scope

WORDS = "rumble opal tiger lantern quiet mango"
ONLY_BAHRAIN = "ZEBRA-OF-BAHRAIN"
ONLY_KUWAIT = "CANARY-OF-KUWAIT"


@pytest.fixture(scope="module")
def year(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of both networks; each has a person that only it knows, and a file."""
    path = tmp_path_factory.mktemp("year") / "year.unnm"
    path.write_bytes(template.read_bytes())
    with Database(path, "Test Officer") as database, database.write("Sample") as session:
        sample_year.bahrain(session)
        sample_year.kuwait(session)
        for country, name in (("BHR", ONLY_BAHRAIN), ("KWT", ONLY_KUWAIT)):
            person = records.create(session, Person, name_en=name)
            network = networks.network_of(session, country)
            digest = database.blobs.put(f"paper of {name}".encode())
            session.add(Report(network_id=network.id, period="2026-H1", signed_off_by_id=person.id))
            session.add(Attachment(entity="network", record_id=network.id, name=f"{name}.pdf", sha256=digest))
    return path


@pytest.fixture
def file(year: Path, tmp_path: Path) -> Path:
    """A copy of it, with its files."""
    for suffix in ("", "-files"):
        shutil.copy(year.with_name(year.name + suffix), tmp_path / f"work.unnm{suffix}")
    return tmp_path / "work.unnm"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text(f"{WORDS}\n", encoding="utf-8")
    return path


def ran(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = cli.main([*map(str, arguments)])
    told = capsys.readouterr()
    assert "went wrong in the program" not in told.err
    return status, told.out, told.err


def answered(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    status, out, err = ran(capsys, *arguments, "--json")
    assert status == 0, err
    return json.loads(out)


def test_a_package_is_made_and_shown_with_its_words(
    capsys: pytest.CaptureFixture[str], file: Path, stick: Path, words: Path
) -> None:
    before = file.read_bytes()
    made = answered(capsys, "handover", "pack", file, "-o", stick, "--passphrase-file", words, "--on", TODAY)
    assert "passphrase" not in made
    assert [str(path) for path in stick.iterdir()] == [made["path"]]
    assert file.read_bytes() == before
    shown = answered(capsys, "handover", "show", made["path"], "--passphrase-file", words)
    assert shown["package"] == made["package"]
    assert shown["words"] == made["signing_words"], "the sender reads what the receiver is shown"
    assert shown["networks"] == ["BHR", "KWT"]
    assert shown["scope"] == {
        "whole": True,
        "referrals": False,
        "personal_notes": False,
        "files": True,
        "office": False,
    }
    assert (shown["signature"], shown["changesets"], shown["files"]) == ("known", made["changesets"], 2)
    with opening.opened(Path(made["path"]), WORDS) as found:
        papers = found.readable()
        memos = [f"state-of-play-{country}-{code}.pdf" for country in ("BHR", "KWT") for code in ("ar", "en")]
        assert sorted(papers) == ["register.csv", *memos]
        assert papers["state-of-play-BHR-en.pdf"].startswith(b"%PDF")
        rows = list(csv.reader(io.StringIO(papers["register.csv"].decode("utf-8-sig"))))
        assert ["Person", ONLY_KUWAIT, "name_en", ONLY_KUWAIT] in [row[:4] for row in rows]
        assert not any(cell[:1] in "=@\t" for row in rows for cell in row if cell)


def test_the_day_of_a_package_is_that_of_the_officer_s_clock(
    capsys: pytest.CaptureFixture[str], file: Path, stick: Path, laptop_in: Callable[[str], None]
) -> None:
    made = answered(capsys, "handover", "pack", file, "-o", stick, "--to", keys.office_code(), "--lang", "en")
    at = datetime.fromisoformat(answered(capsys, "handover", "show", made["path"])["made"])
    zone = "Etc/GMT-14" if at.hour >= 10 else "Etc/GMT+12"
    there = at.astimezone(ZoneInfo(zone))
    assert there.date() != at.date()
    laptop_in(zone)
    told = ran(capsys, "handover", "show", made["path"])[1]
    assert f"Made on {Language().day(there.date())} by" in told


def test_six_words_are_made_and_shown_once(capsys: pytest.CaptureFixture[str], file: Path, stick: Path) -> None:
    made = answered(capsys, "handover", "pack", file, "-o", stick, "--lang", "en", "--network", "BHR")
    assert len(made["passphrase"].split()) == 6
    with opening.opened(Path(made["path"]), made["passphrase"]) as found:
        assert "state-of-play-BHR-en.pdf" in found.readable()
    assert made["passphrase"].encode() not in Path(made["path"]).read_bytes()


def test_an_office_s_code_needs_no_words(capsys: pytest.CaptureFixture[str], file: Path, stick: Path) -> None:
    code = answered(capsys, "handover", "code")["code"]
    made = answered(capsys, "handover", "pack", file, "-o", stick, "--to", code, "--without-files", "--lang", "ar")
    assert "passphrase" not in made
    shown = answered(capsys, "handover", "show", made["path"])
    assert (shown["files"], shown["scope"]["files"]) == (0, False)


def test_a_package_of_one_network_holds_nothing_of_the_other(
    capsys: pytest.CaptureFixture[str], file: Path, stick: Path
) -> None:
    made = answered(
        capsys, "handover", "pack", file, "-o", stick, "--to", keys.office_code(), "--network", "bhr", "--lang", "en"
    )
    with opening.opened(Path(made["path"])) as found:
        held = json.dumps(list(found.changesets()), ensure_ascii=False) + found.readable()["register.csv"].decode()
        files: list[bytes] = []
        found.take_files([one.sha256 for one in found.manifest.members], files.append)
    assert ONLY_BAHRAIN in held
    for word in (ONLY_KUWAIT, "KWT/2026", "UN Migration Network in Kuwait"):
        assert word not in held
    assert files == [f"paper of {ONLY_BAHRAIN}".encode()]


@pytest.mark.parametrize("country", ["", "BHR"])
def test_a_new_workspace_takes_in_what_a_package_brings(
    country: str, capsys: pytest.CaptureFixture[str], file: Path, stick: Path, tmp_path: Path
) -> None:
    only = ("--network", country) if country else ()
    made = answered(capsys, "handover", "pack", file, "-o", stick, "--to", keys.office_code(), "--lang", "en", *only)
    with Database.create(tmp_path / "new.unnm", "Successor") as fresh, opening.opened(Path(made["path"])) as found:
        incoming = handover.Incoming.read(found.changesets())
        handover.apply(fresh, incoming, package_id=made["package"], devices=found.manifest.devices)
        found.take_files([one.sha256 for one in found.manifest.members], fresh.blobs.put)
        assert fresh.check() == []
        assert len(fresh.blobs.digests()) == (1 if country else 2)
        with Database(file, lock=False) as source, source.read() as theirs, fresh.read() as ours:
            networks_there = [
                networks.network_of(theirs, code).id for code in ([country] if country else ["BHR", "KWT"])
            ]
            chosen = scope.records_of(theirs, networks_there)
            for entity in ENTITIES.values():
                table = entity.__table__
                sent = {row for row in theirs.execute(select(table.c.id)).scalars() if row in chosen or not country}
                assert set(ours.execute(select(table.c.id)).scalars()) == sent, entity


def test_whatever_goes_refers_to_nothing_that_stays(file: Path) -> None:
    with Database(file, lock=False) as database, database.read() as session:
        chosen = scope.records_of(session, {networks.network_of(session, "BHR").id})
        assert networks.network_of(session, "KWT").id not in chosen
        for entity in ENTITIES.values():
            for one in records.all_of(session, entity):
                if one.id in chosen:
                    for column in entity.__table__.columns:
                        value = getattr(one, column.key)
                        assert not column.foreign_keys or value is None or value in chosen, (entity, column)


@pytest.mark.parametrize("wrong", ["words", "missing", "other file", "no folder", "network", "damaged"])
def test_what_cannot_be_done_is_told_in_one_sentence(
    wrong: str, capsys: pytest.CaptureFixture[str], file: Path, stick: Path, words: Path, tmp_path: Path
) -> None:
    show, pack = ("handover", "show"), ("handover", "pack", file, "--passphrase-file", words, "-o")
    arguments: dict[str, tuple[object, ...]] = {
        "missing": (*show, stick / "none.unnmx", "--passphrase-file", words),
        "other file": (*show, file, "--passphrase-file", words),
        "no folder": (*pack, tmp_path / "nowhere"),
        "network": (*pack, stick, "--network", "XXX"),
    }
    if wrong in ("words", "damaged"):
        made = answered(capsys, *pack, stick, "--network", "BHR", "--without-files", "--lang", "en")
        path = Path(made["path"])
        if wrong == "damaged":
            path.write_bytes(path.read_bytes()[:-5])
        else:
            words.write_text("other words", encoding="utf-8")
        arguments[wrong] = (*show, path, "--passphrase-file", words)
    status, out, err = ran(capsys, *arguments[wrong])
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.rstrip().endswith(".")


def test_what_nobody_answers_for_is_shown_and_ends_with_one(
    capsys: pytest.CaptureFixture[str], file: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package.keys, "sign", lambda _data: bytes(64))
    made = answered(capsys, "handover", "pack", file, "-o", stick, "--to", keys.office_code(), "--lang", "en")
    status, out, err = ran(capsys, "handover", "show", made["path"], "--json")
    assert status == 1
    assert json.loads(out)["signature"] == "bad"
    assert "is false" in err
    assert UUID(json.loads(out)["package"])
