"""Fuzzes what reads strangers' bytes: the outside of a package, its inside, the manifest, the journal, the plan.

``python -m tests.faults.fuzz SECONDS [TARGET…]`` gives each target that long and keeps what it found in ``build/fuzz``.
It needs atheris, which the project does not: without it nothing is fuzzed, which is said aloud. Readers may only refuse
with the one exception that is theirs; whatever else comes out of them ends the run with the bytes that did it.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

KEPT = Path("build/fuzz")
MISSING = "NOT FUZZED: atheris is not installed here, so no fuzzer has looked at the readers of packages."
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1 << 63, 1 << 80, 1e308, "", "\0", "\u202e", "\ud800", "x" * 5000, [], {}, [[]], {"": None},
    "00000000-0000-0000-0000-000000000000", "2026-13-45", "2026-01-01T00:00:00+00:00", "same_as", "removed_at", "*",
    "!erased", "erase", "create", "set", "person", "organisation",
)  # fmt: skip

Take = Callable[[bytes], None]


def outside() -> tuple[Take, list[bytes], bool]:
    """The stored ZIP around a package."""
    from tests.services.handover import forging
    from unnm_desktop.services.handover import limits, opening, outer

    def take(data: bytes) -> None:
        try:
            opening._places(Path("package.unnmx"), BytesIO(data), len(data))
        except limits.BadPackage:
            return
        assert outer.size_of([place.part for place in outer.places(BytesIO(data), len(data)).values()]) == len(data)

    return take, [forging.whole(b"sealed", key) for key in (None, b"key", b"")], False


def header() -> tuple[Take, list[bytes], bool]:
    """The header of the sealed parts."""
    from tests.services.handover import forging
    from unnm_desktop.services.handover import envelope, sealing

    def take(data: bytes) -> None:
        for look in (envelope.look_at_sealed, envelope.look_at_key):
            try:
                look(data)
            except envelope.Damaged:
                continue

    return take, [forging.sealed(b"x"), sealing.seal_with_words(b"key", "words")], False


def inside() -> tuple[Take, list[bytes], bool]:
    """The tar, with the manifest and the packed journal in it, given in pieces of all sizes."""
    from tests.services.handover import forging
    from unnm_desktop.progress import SILENT
    from unnm_desktop.services.handover import inner, limits
    from unnm_desktop.services.handover.manifest import JOURNAL
    from unnm_desktop.services.handover.reading import Proving

    def take(data: bytes) -> None:
        reading = Proving(Path("package.unnmx"), 1 << 40, SILENT)
        size = 1 + zlib.crc32(data) % 700
        try:
            unpacker = inner.Unpacker(reading.expected)
            for at in range(0, len(data), size):
                unpacker.write(data[at : at + size])
            unpacker.finish()
            reading.finish()
        except (inner.NotSo, limits.BadPackage, zlib.error):
            return

    packed, size = forging.journal([forging.line({"seq": 1}), forging.line({"seq": 2})])
    seeds = []
    for more in ({}, {"readable/register.csv": b"a,b"}):
        members = {JOURNAL: packed, **more}
        seeds.append(forging.signed(forging.manifest(members, size).encoded(), members))
    return take, seeds, False


def told() -> tuple[Take, list[bytes], bool]:
    """The manifest: what is taken says itself again byte for byte."""
    from tests.services.handover import forging
    from unnm_desktop.services.handover import manifest

    def take(data: bytes) -> None:
        try:
            found = manifest.Manifest.decoded(data)
        except (manifest.NotSo, manifest.Newer):
            return
        assert found.encoded() == data

    packed, size = forging.journal([b"{}"])
    device = {"id": str(forging.DEVICE), "label": "A", "first_seen": forging.NOW.isoformat()}
    vector = {str(forging.DEVICE): [[1, 4], [6, 6]]}
    made = forging.manifest({manifest.JOURNAL: packed}, size, vector=vector, devices=(device,))
    return take, [made.encoded(), forging.manifest({manifest.JOURNAL: packed}, size).encoded()], True


def unpacked() -> tuple[Take, list[bytes], bool]:
    """The packed journal's lines."""
    from tests.services.handover import forging
    from unnm_desktop.services.handover import manifest, unpacking

    def take(data: bytes) -> None:
        try:
            for line in unpacking.lines(data):
                manifest.plain_json(line)
        except (zlib.error, ValueError):
            return

    return take, [forging.journal([forging.line({"a": [1, {"b": "ب"}]})] * 3)[0]], False


def journal() -> tuple[Take, list[bytes], bool]:
    """The journal's lines, read and planned into a filled workspace, as a dry run does; nothing may be written."""
    from tests.handover.world import copies, make_base
    from unnm_desktop.db.engine import Database
    from unnm_desktop.errors import UserError
    from unnm_desktop.services import handover
    from unnm_desktop.services.handover import manifest

    folder = Path(tempfile.mkdtemp(prefix="unnm-fuzz-"))
    Database.create(folder / "empty.unnm").close()
    base = make_base(folder / "empty.unnm", folder)
    keys = base.keys
    with copies(base, 2) as (one, other):
        known = {json.dumps(each) for each in map(json.loads, one.package().splitlines())}
        seeds = [one.package()]
        for work in (
            lambda: other.update("person", keys["amal"], phones="+973 5", note="x"),
            lambda: other.remove("organisation", keys["ilo"]),
            lambda: other.link(keys["task"], keys["who"]),
            lambda: other.update("minutes_entry", keys["entry"], text_en="New.\n\nSecond paragraph."),
            lambda: other.join("organisation", keys["iom"], keys["who"]),
            lambda: other.erase(keys["badr"]),
        ):
            work()
            seeds.append("\n".join(line for line in other.package().splitlines() if line not in known))
        one.update("person", keys["amal"], phones="+973 6", organisation_id=keys["ilo"])
        one.update("minutes_entry", keys["entry"], text_en="Mine.\n\nSecond paragraph.")
        one.database.fold()
        (folder / "filled.unnm").write_bytes(one.database.path.read_bytes())
    database = Database(folder / "filled.unnm", lock=False)

    def take(data: bytes) -> None:
        try:
            lines = [manifest.plain_json(line) for line in data.split(b"\n")]
        except ValueError:
            return
        try:
            incoming = handover.Incoming.read(line for line in lines if isinstance(line, dict))
            with database.read() as session:
                handover.plan(session, incoming, None)
        except UserError:
            return

    return take, [seed.encode() for seed in seeds if seed], True


TARGETS = {made.__name__: made for made in (outside, header, inside, told, unpacked, journal)}


def main(arguments: list[str]) -> int:
    """Fuzz each target so many seconds, one process each; 0 when nothing was found."""
    if importlib.util.find_spec("atheris") is None:
        sys.stderr.write(f"{MISSING}\n")
        return 0
    seconds, *names = arguments or ["60"]
    failed = []
    for name in names or TARGETS:
        place = KEPT / name
        place.mkdir(parents=True, exist_ok=True)
        # Tracing needs a process that has not loaded the program yet, and a find ends its process.
        done = subprocess.run([sys.executable, "-m", "tests.faults.fuzz", "--one", name, seconds], check=False)
        if done.returncode:
            failed.append(name)
    looked, found = ", ".join(names or TARGETS), ", ".join(failed) or "none"
    sys.stdout.write(f"Fuzzed for {seconds} s each: {looked}. Something was found in: {found}.\n")
    return 1 if failed else 0


def _one(name: str, seconds: str) -> None:
    os.environ["UNNM_HOME"] = tempfile.mkdtemp(prefix="unnm-fuzz-home-")
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["unnm_desktop.services.handover", "unnm_desktop.db"]):
        take, seeds, is_json = TARGETS[name]()
    place = KEPT / name
    for number, seed in enumerate(seeds):
        take(seed)
        (place / f"seed-{number}").write_bytes(seed)
    options = {"custom_mutator": _json_changed(atheris)} if is_json else {}
    limits = [
        "-rss_limit_mb=1024",
        "-timeout=60",
        "-max_len=65536",
        f"-artifact_prefix={place}-",
        "-print_final_stats=1",
    ]
    atheris.Setup([name, str(place), f"-max_total_time={seconds}", *limits], take, **options)
    atheris.Fuzz()


def _json_changed(atheris: Any) -> Callable[[bytes, int, int], bytes]:
    """Lines of JSON changed as JSON as often as as bytes: bytes alone hardly ever come through the parser."""

    def change(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311 - libFuzzer's own seed
        lines = data.split(b"\n")
        place = chance.randrange(len(lines))
        try:
            found = json.loads(lines[place])
        except (ValueError, RecursionError):
            found = None
        if found is None or chance.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        for _ in range(chance.choice((1, 1, 2, 4))):
            _alter(found, chance)
        # Spelled as the manifest is, so that a proper one stays proper.
        text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        lines[place] = text.encode("utf-8", "surrogatepass")
        if chance.random() < 0.1:
            lines.insert(place, lines[chance.randrange(len(lines))])
        return b"\n".join(lines)[:most]

    return change


def _alter(found: Any, chance: random.Random) -> None:
    """Change one place of a value: another value, one from elsewhere, none at all, or twice."""
    places = list(_places(found))
    if not places:
        return
    holder, key = chance.choice(places)
    kind = chance.randrange(4)
    if kind == 0:
        holder[key] = deepcopy(chance.choice(ODD))  # it may be changed in its turn
    elif kind == 1:
        other, name = chance.choice(places)
        holder[key] = json.loads(json.dumps(other[name]))
    elif kind == 2:
        del holder[key]
    elif isinstance(holder, list):
        holder.insert(key, json.loads(json.dumps(holder[key])))
    else:
        holder[str(chance.choice(ODD))] = holder[key]


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        keys: Any = (
            holder.keys() if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        )
        for key in keys:
            found.append((holder, key))
            waiting.append(holder[key])
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(*sys.argv[2:])
    else:
        sys.exit(main(sys.argv[1:]))
