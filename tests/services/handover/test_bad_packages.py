"""A damaged, wrong or hostile package is refused with one clear sentence, and nothing of it stays behind."""

from __future__ import annotations

import gzip
import io
import os
import random
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.handover import forging
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.errors import UserError
from unnm_desktop.services.handover import envelope, keys, limits, opening, package, sealing, staging
from unnm_desktop.services.handover.manifest import JOURNAL
from unnm_desktop.services.handover.reading import Signature

MANY = int(os.environ.get("UNNM_FAULTS", "1"))
"""How many times as many samples of damage as in CI."""


def refused(path: Path, words: str = "") -> str:
    """The sentence with which the package is refused; nothing may be left of it."""
    with pytest.raises(limits.BadPackage) as caught, opening.opened(path, words) as found:
        for _ in found.changesets():
            pass
    assert not staging.root().exists() or list(staging.root().iterdir()) == []
    sentence = str(caught.value)
    assert path.name in sentence
    assert "Nothing was changed" in sentence or "Update the program" in sentence
    return sentence


@pytest.fixture
def bad(stick: Path) -> Callable[[bytes, str], str]:
    """Refuse these bytes, with this in the sentence."""

    def look(data: bytes, expected: str = "") -> str:
        path = stick / "bad.unnmx"
        path.write_bytes(data)
        sentence = refused(path)
        assert expected in sentence
        return sentence

    return look


Bad = Callable[..., str]


# Damage


def test_every_truncation_is_refused(packed: package.Packed, bad: Bad) -> None:
    data = packed.path.read_bytes()
    steps = range(0, len(data), 1024 if MANY == 1 else 64)
    for size in (*steps, *range(40), *range(len(data) - 300, len(data))):
        bad(data[:size])


def test_every_flipped_bit_is_refused(packed: package.Packed, bad: Bad) -> None:
    data = packed.path.read_bytes()
    chance = random.Random(4)  # noqa: S311 - the same samples each time
    # All bytes of headers and keys, and a sample of the rest.
    places = {*range(80), *range(2400, 2900), *range(len(data) - 330, len(data))}
    places |= {chance.randrange(len(data)) for _ in range(1800 * MANY)}
    for place in places:
        flipped = bytearray(data)
        flipped[place] ^= 1 << chance.randrange(8)
        bad(bytes(flipped))


def test_damage_that_the_outer_sums_hide_is_found_by_the_seal(packed: package.Packed, bad: Bad) -> None:
    with zipfile.ZipFile(packed.path) as file:
        body = file.read("body.age")
    chance = random.Random(5)  # noqa: S311 - the same noise each time
    for _ in range(300 * MANY):
        flipped = bytearray(body)
        flipped[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        bad(forging.whole(bytes(flipped)))
    for size in range(0, len(body), 997):
        bad(forging.whole(body[:size]))
    start = body.index(b"\n--- ") + 49 + 16
    chunk = 65536 + 16
    bad(forging.whole(body[:start] + body[start + chunk :] + body[start : start + chunk]), "damaged")
    bad(forging.whole(body + b"x"), "damaged")


def test_added_bytes_and_two_packages_in_one_are_refused(packed: package.Packed, bad: Bad) -> None:
    data = packed.path.read_bytes()
    for more in (b"\0", b"x" * 1000, data):
        bad(data + more, "damaged")
    bad(b"x" + data, "is not a hand-over package")


def test_too_large_a_file_is_refused_before_it_is_read(stick: Path) -> None:
    path = stick / "large.unnmx"
    with path.open("wb") as file:
        file.truncate(limits.LARGEST + 1)
    assert "more than this program takes in" in refused(path)


# Wrong files


def test_other_files_are_told_from_damaged_packages(bad: Bad) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    for data in (b"", b"\0" * 70_000, b"SQLite format 3\0" + bytes(5000), other.getvalue(), b"\x03\xd9\xa2\x9ax" * 50):
        bad(data, "is not a hand-over package")


def test_later_versions_ask_for_an_update(bad: Bad) -> None:
    bad(forging.with_journal([b"{}"], schema_rev=SCHEMA_REVISION + 1), "newer version")
    packed, size = forging.journal([b"{}"])
    told = forging.manifest({JOURNAL: packed}, size).encoded().replace(b'"version":1', b'"version":2')
    bad(forging.whole(forging.sealed(forging.signed(told, {JOURNAL: packed}))), "newer version")


# The outer ZIP


def _zips() -> Iterator[tuple[str, bytes]]:
    body, parts = b"sealed", ("READ-ME.txt", "key.age", "body.age")

    def made(entries: list[tuple[Any, bytes]], comment: bytes = b"", kind: int = zipfile.ZIP_STORED) -> bytes:
        out = io.BytesIO()
        with warnings.catch_warnings(action="ignore", category=UserWarning), zipfile.ZipFile(out, "w", kind) as file:
            for name, data in entries:
                file.writestr(name, data)
            file.comment = comment
        return out.getvalue()

    proper = [(name, body) for name in parts]
    yield "extra", made([*proper, ("more.txt", b"")])
    yield "missing", made(proper[:1])
    yield "twice", made([*proper[:2], ("key.age", body)])
    for name in ("../x", "C:\\x", "/etc/passwd", "body.age\0.txt", "KEY.AGE"):
        yield name, made([proper[0], (name, body), proper[2]])
    link = zipfile.ZipInfo("key.age")
    link.external_attr = 0o120777 << 16
    yield "link", made([proper[0], (link, b"/etc/passwd"), proper[2]])
    yield "deflated", made(proper, kind=zipfile.ZIP_DEFLATED)
    yield "comment", made(proper, comment=b"x" * 65_000)
    yield "many", made([proper[0], *((f"{n}", b"") for n in range(5_000))])
    whole = forging.whole(body, b"key")
    yield "wrong size", whole.replace(struct.pack("<2L", len(body), len(body)), struct.pack("<2L", 9, 9))
    yield "overlapping", whole.replace(struct.pack("<2L", 3, 3), struct.pack("<2L", 60, 60))
    yield "zip64", whole.replace(struct.pack("<2L", len(body), len(body)), b"\xff" * 8)


def test_an_outside_that_is_not_exactly_ours_is_refused(bad: Bad) -> None:
    for name, data in _zips():
        assert bad(data), name


def test_a_proper_outside_made_by_another_program_is_refused_too_rather_than_guessed_at(
    packed: package.Packed, bad: Bad
) -> None:
    with zipfile.ZipFile(packed.path) as file:
        entries = [(name, file.read(name)) for name in file.namelist()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in entries:
            file.writestr(name, data)
    bad(out.getvalue(), "damaged")


# The header of age


def test_headers_of_age_that_cost_or_confuse_are_refused_before_they_are_tried(bad: Bad) -> None:
    proper = forging.sealed(b"x")
    stanza = proper[proper.index(b"-> X25519") : proper.index(b"\n", proper.index(b"-> X25519") + 60) + 1]
    at = proper.index(b"-> X25519")
    for count in (limits.RECIPIENTS, 16, 4_000):
        bad(forging.whole(proper[:at] + stanza * count + proper[at:]), "damaged")
    scrypt = b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
    bad(forging.whole(proper[:at] + scrypt + proper[at:]), "damaged")
    end = proper.index(b"--- ")
    bad(forging.whole(proper[:at] + proper[end:]), "damaged")
    bad(forging.whole(proper.replace(b"\n", b"\r\n")), "damaged")
    bad(forging.whole(proper[:at] + b"-> X25519 " + b"A" * (1 << 20) + b"\n\n" + proper[at:]), "damaged")
    bad(forging.whole(b"age-encryption.org/v2" + proper[21:]), "damaged")


def test_a_passphrase_that_would_take_all_memory_is_not_tried(stick: Path) -> None:
    key = sealing.seal_with_words(b"AGE-SECRET-KEY-1", "words")
    envelope.look_at_key(key)
    for factor in (0, limits.HARDEST + 1, 22, 64, 99):
        with pytest.raises(envelope.Damaged):
            envelope.look_at_key(key.replace(b" 18\n", f" {factor}\n".encode()))
    path = stick / "hard.unnmx"
    path.write_bytes(forging.whole(forging.sealed(b"x"), key.replace(b" 18\n", b" 30\n")))
    assert "damaged" in refused(path, "words")
    stanza = key[key.index(b"-> ") : key.index(b"---")]
    for wrong in (key.replace(stanza, stanza * 2), key.replace(stanza, b""), b"", b"x" * 200):
        with pytest.raises(envelope.Damaged):
            envelope.look_at_key(wrong)


# The tar inside


def _tars() -> Iterator[tuple[str, bytes]]:
    packed, size = forging.journal([b"{}"])
    members = {JOURNAL: packed}
    told = forging.manifest(members, size).encoded()
    sign = keys.sign(told)
    start = [("manifest.json", told), ("manifest.sig", sign)]
    yield "missing member", forging.tar(start)
    yield "not in the manifest", forging.tar([*start, (JOURNAL, packed), ("more", b"x")])
    yield "twice", forging.tar([*start, (JOURNAL, packed), (JOURNAL, packed)])
    yield "manifest not first", forging.tar([start[1], start[0], (JOURNAL, packed)])
    yield "no manifest", forging.tar([(JOURNAL, packed)])
    yield "other bytes", forging.tar([*start, (JOURNAL, packed[:-1] + b"\x01")])
    yield "nothing", b""
    yield "no end", forging.tar([*start, (JOURNAL, packed)])[:-1]
    yield "after the end", forging.tar([*start, (JOURNAL, packed)]) + bytes(512)
    for name, kind in (
        ("../evil", tarfile.REGTYPE), ("/etc/cron.d/x", tarfile.REGTYPE), (JOURNAL, tarfile.SYMTYPE),
        (JOURNAL, tarfile.LNKTYPE), (JOURNAL, tarfile.CHRTYPE), (JOURNAL, tarfile.GNUTYPE_SPARSE),
        (JOURNAL, tarfile.XHDTYPE),
    ):  # fmt: skip
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname, entry.size = kind, "/etc/passwd", len(packed)
        head = entry.tobuf(tarfile.USTAR_FORMAT) if kind != tarfile.XHDTYPE else entry.tobuf(tarfile.PAX_FORMAT)
        yield f"{name} {kind!r}", forging.tar(start)[:-1024] + head + packed + bytes(-len(packed) % 512 + 1024)
    huge = bytearray(forging.tar([*start, (JOURNAL, packed)]))
    huge[124:135] = b"77777777777"
    yield "huge", bytes(huge)


def test_an_inside_that_is_not_exactly_as_the_manifest_says_is_refused(bad: Bad) -> None:
    for name, data in _tars():
        assert "damaged" in bad(forging.whole(forging.sealed(data))), name


# Sizes


def test_bombs_are_refused_by_what_they_say_and_by_what_they_do(bad: Bad) -> None:
    zeros = gzip.compress(b'{"a":"' + b"0" * (40 << 20) + b'"}\n', mtime=0)
    members = {JOURNAL: zeros}
    honest = forging.manifest(members, (40 << 20) + 9).encoded()
    bad(forging.whole(forging.sealed(forging.signed(honest, members))), "more than this program takes in")
    lying = forging.manifest(members, 1000).encoded()
    bad(forging.whole(forging.sealed(forging.signed(lying, members))), "damaged")
    noise = random.Random(6).randbytes(5 << 20).hex().encode()  # noqa: S311 - the same noise each time
    bad(forging.with_journal([b'{"a":"' + noise[: limits.LINE] + b'"}']), "damaged")


def test_a_journal_that_is_no_plain_json_is_refused(bad: Bad) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    # Deep texts are packed small, so noise goes before them.
    noise = forging.line({"noise": random.Random(7).randbytes(3000).hex()})  # noqa: S311 - the same noise each time
    lines = (
        deep, b'{"a":' + b"[" * 30 + b"]" * 30 + b"}", b'{"a":1e999}', b'{"a":NaN}', b'{"a":-Infinity}',
        b'{"a":"\\ud800"}', b'{"\\udfff":1}', b'{"a":"\xff"}', b'{"a":' + b"9" * 5000 + b"}", b"[]", b"null", b"", b"{",
    )  # fmt: skip
    for line in lines:
        bad(forging.with_journal([noise, line]), "damaged")
    bad(forging.with_journal([b"{}"], journal_size=7), "damaged")


def test_a_manifest_that_says_the_impossible_is_refused(bad: Bad) -> None:
    packed, size = forging.journal([b"{}"])
    members = {JOURNAL: packed}
    told = forging.manifest(members, size).encoded()
    for old, new in (
        (b'"size":', b'"size":-'),
        (b'"journal.ndjson.gz"', b'"../../journal.gz"'),
        (b'"members":[', b'"members":[{},'),
        (b'"whole":true', b'"whole":1'),
        (b'"unnm-package"', b'"other"'),
        (b'{"app_version"', b'{ "app_version"'),
        (b'"changesets":0', b'"changesets":0,"changesets":0'),
    ):
        assert old in told
        changed = told.replace(old, new)
        bad(forging.whole(forging.sealed(forging.signed(changed, members))), "damaged")
    for junk in (b"", b"[]", b"null", b"{}", b"[" * 100_000, b"\xff"):
        bad(forging.whole(forging.sealed(forging.signed(junk, members))), "damaged")
    big = {JOURNAL: packed, **{f"readable/{n}.csv": b"" for n in range(12_000)}}
    bad(forging.whole(forging.sealed(forging.signed(forging.manifest(big, size).encoded(), big))), "damaged")


def test_a_file_whose_bytes_are_not_its_name_is_refused(bad: Bad) -> None:
    packed, size = forging.journal([b"{}"])
    members = {JOURNAL: packed, "blobs/" + "0" * 64: b"evil"}
    told = forging.manifest(members, size).encoded()
    bad(forging.whole(forging.sealed(forging.signed(told, members))), "damaged")


# The signature


def test_what_nobody_answers_for_is_told_and_refused(stick: Path, bad: Bad) -> None:
    packed, size = forging.journal([b"{}"])
    members = {JOURNAL: packed}
    made = forging.manifest(members, size)
    told = made.encoded()
    unsigned = forging.tar([("manifest.json", told), ("manifest.sig", b""), (JOURNAL, packed)])
    bad(forging.whole(forging.sealed(unsigned)), "not signed")
    for signature in (bytes(64), keys.sign(b"another"), keys.sign(told)[:63]):
        forged = forging.tar([("manifest.json", told), ("manifest.sig", signature), (JOURNAL, packed)])
        bad(forging.whole(forging.sealed(forged)), "is false")
    _, stranger = envelope.new_identity()
    again = forging.sealed(forging.signed(told, members), [keys.office_code(), stranger])
    bad(forging.whole(again), "is false")
    others = forging.manifest(members, size, recipients=(stranger,)).encoded()
    bad(forging.whole(forging.sealed(forging.signed(others, members))), "is false")
    path = stick / "unsigned.unnmx"
    path.write_bytes(forging.whole(forging.sealed(unsigned)))
    with opening.opened(path) as found:
        assert found.signature is Signature.NONE
        with pytest.raises(UserError, match="not signed"):
            found.take_files({"0" * 64}, lambda _data: None)
