"""What is packed comes out again, also with public tools, and nothing readable is left anywhere."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import patience
from tests.services.handover import forging
from unnm_desktop.errors import UserError
from unnm_desktop.progress import Cancelled
from unnm_desktop.services import generated_words
from unnm_desktop.services.handover import keys, limits, opening, package, staging
from unnm_desktop.services.handover.reading import Signature

WORDS = "rumble opal tiger lantern quiet mango"

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.dictionaries(_texts, _values, max_size=4), max_size=6),
    files=st.lists(st.binary(max_size=3000), max_size=4),
    readable=st.dictionaries(st.from_regex(r"[A-Za-z0-9][a-z]{0,10}\.csv", fullmatch=True), st.binary(max_size=600)),
)
def test_what_is_packed_is_what_is_opened(
    stick: Path, steps: list[dict[str, Any]], files: list[bytes], readable: dict[str, bytes]
) -> None:
    made = forging.pack(forging.contents(steps, files, readable), stick)
    with opening.opened(made.path) as found:
        assert list(found.changesets()) == steps
        assert found.readable() == dict(sorted(readable.items()))
        taken: list[bytes] = []
        found.take_files({hashlib.sha256(data).hexdigest() for data in files}, taken.append)
        assert sorted(taken) == sorted(set(files))
        assert found.signature is Signature.KNOWN


def test_the_outside_tells_nothing_but_how_to_open_it(packed: package.Packed) -> None:
    with zipfile.ZipFile(packed.path) as file:
        assert file.testzip() is None
        assert file.namelist() == ["READ-ME.txt", "body.age"]
        assert all(one.compress_type == zipfile.ZIP_STORED for one in file.infolist())
        text = file.read("READ-ME.txt").decode("utf-8-sig")
    assert "age -d -i key.age -o body.tar body.age" in text
    assert "حزمة تسليم" in text
    for secret in ("Haddad", "Manama", "BHR"):
        assert secret.encode() not in packed.path.read_bytes()
        assert secret not in text
    assert re.fullmatch(r"unnm-BHR-20261121-1405-[0-9a-f]{4}\.unnmx", packed.path.name)


def test_many_networks_keep_the_name_short() -> None:
    from unnm_desktop.services.handover.names import name_for

    assert len(name_for(["KWT", "BHR", "JOR", "QAT", "OMN", "IRQ", "LBN"], forging.NOW)) <= 64


def test_public_tools_open_it_as_its_read_me_says(stick: Path, tmp_path: Path) -> None:
    for tool in ("age", "unzip", "tar", "script"):
        if shutil.which(tool) is None:
            pytest.skip(f"NOT TESTED: {tool} is not installed, so nobody has shown that public tools open a package")
    made = forging.pack(forging.contents(), stick, passphrase=WORDS, codes=[])
    place = tmp_path / "opened"
    place.mkdir()
    subprocess.run(["unzip", "-q", made.path], cwd=place, check=True)
    # age asks the terminal, so it is given one.
    told = subprocess.run(
        ["script", "-qec", "age -d -i key.age -o body.tar body.age", "/dev/null"],
        cwd=place,
        input=f"{WORDS}\n".encode(),
        capture_output=True,
        timeout=patience.SECONDS,
    )
    assert (place / "body.tar").exists(), told.stdout
    subprocess.run(["tar", "-xf", "body.tar"], cwd=place, check=True)
    assert (place / "readable" / "register.csv").read_bytes() == forging.READABLE["register.csv"]
    unpacked = subprocess.run(["gzip", "-dc", "journal.ndjson.gz"], cwd=place, check=True, capture_output=True).stdout
    assert unpacked.count(b"\n") == len(forging.STEPS)
    for data in forging.FILES:
        assert (place / "blobs" / hashlib.sha256(data).hexdigest()).read_bytes() == data


def test_what_the_age_program_seals_is_opened_with_the_code_of_the_office(stick: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("NOT TESTED: age is not installed")
    packed, size = forging.journal([forging.line({"a": 1})])
    members = {"journal.ndjson.gz": packed}
    inside = forging.signed(forging.manifest(members, size).encoded(), members)
    body = subprocess.run(["age", "-r", keys.office_code()], input=inside, check=True, capture_output=True).stdout
    path = stick / "by-age.unnmx"
    path.write_bytes(forging.whole(body))
    with opening.opened(path) as found:
        assert list(found.changesets()) == [{"a": 1}]


def test_the_words_open_it_however_they_are_spaced_and_others_do_not(stick: Path) -> None:
    made = forging.pack(forging.contents(), stick, passphrase=WORDS, codes=[])
    with opening.opened(made.path, f"  {WORDS.replace(' ', '   ')}\n") as found:
        assert len(list(found.changesets())) == len(forging.STEPS)
    with pytest.raises(limits.BadPackage, match="These words do not open"), opening.opened(made.path, WORDS + "s"):
        pass
    with pytest.raises(limits.BadPackage, match="needs its passphrase"), opening.opened(made.path):
        pass


def test_our_words_open_it_also_with_capitals_and_others_words_are_taken_as_they_are(stick: Path) -> None:
    ours = generated_words.passphrase()
    made = forging.pack(forging.contents(), stick, passphrase=ours, codes=[])
    with opening.opened(made.path, ours.title()) as found:
        assert len(list(found.changesets())) == len(forging.STEPS)
    own = "Qqx Marzipan Zwölf Vvk"
    made = forging.pack(forging.contents(), stick, passphrase=own, codes=[])
    with pytest.raises(limits.BadPackage, match="These words do not open"), opening.opened(made.path, own.lower()):
        pass


def test_another_office_cannot_open_it(packed: package.Packed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UNNM_HOME", str(tmp_path / "another"))
    with pytest.raises(limits.BadPackage, match="made for another office"), opening.opened(packed.path):
        pass


def test_a_signer_is_trusted_once_the_words_were_compared(
    stick: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    monkeypatch.setenv("UNNM_HOME", str(here))
    code = keys.office_code()
    monkeypatch.setenv("UNNM_HOME", str(tmp_path / "there"))
    made = forging.pack(forging.contents(), stick, codes=[code])
    words = keys.words(keys.public_key())
    monkeypatch.setenv("UNNM_HOME", str(here))
    with opening.opened(made.path) as found:
        assert found.signature is Signature.UNKNOWN
        assert found.words == words
        keys.trust(bytes.fromhex(found.manifest.sender.public_key), "Manama laptop", forging.NOW.date())
    with opening.opened(made.path) as found:
        assert (found.signature, found.since) == (Signature.KNOWN, "2026-11-21")


def test_nothing_readable_is_staged_and_what_a_killed_program_left_is_swept(packed: package.Packed) -> None:
    staging.root().mkdir(parents=True, exist_ok=True)
    left = staging.root() / "0190"
    left.mkdir()
    (left / "package").write_bytes(b"x")
    left.with_suffix(".lock").touch()
    with opening.opened(packed.path) as found:
        assert not left.exists()
        [place] = [path for path in staging.root().iterdir() if path.is_dir()]
        for path in place.iterdir():
            assert b"Haddad" not in path.read_bytes()
        assert (place.stat().st_mode & 0o077) == 0
        list(found.changesets())
    assert list(staging.root().iterdir()) == []


def test_cancel_leaves_nothing_on_the_stick_and_nothing_staged(stick: Path) -> None:
    cancelled = 0
    while True:
        left = iter(range(cancelled))

        def stop(done: int, total: int, text: str = "", *, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Cancelled

        try:
            forging.pack(forging.contents(), stick, progress=stop)
            break
        except Cancelled:
            cancelled += 1
        assert list(stick.iterdir()) == []
        assert list(staging.root().iterdir()) == []
    assert cancelled > 5


def test_a_code_that_is_none_is_told_before_anything_is_made(stick: Path) -> None:
    for codes in (["age1wrong"], ["AGE-SECRET-KEY-1"], [keys.office_code()] * limits.RECIPIENTS):
        with pytest.raises(UserError):
            forging.pack(forging.contents(), stick, codes=codes)
    with pytest.raises(UserError, match="Give a passphrase"):
        forging.pack(forging.contents(), stick, codes=[])
    assert list(stick.iterdir()) == []


def test_the_keys_of_this_computer_are_for_its_owner_only(packed: package.Packed) -> None:
    for name in ("signing-key", "office-key"):
        assert (staging.root().parent / name).stat().st_mode & 0o777 == 0o600
