"""Nothing of a protected workspace can be read after a whole sitting that ends with the power."""

from __future__ import annotations

import base64
import os
import signal
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from tests.ui.session import MINUTES, PERSON, SECRETS, UNSAVED
from unnm_desktop.db import keys, turning
from unnm_desktop.db.engine import Database
from unnm_desktop.db.keys import Key
from unnm_desktop.db.minutes import MinutesEntry
from unnm_desktop.db.networks import Network
from unnm_desktop.services import drafts, meetings, records

WORDS = "canopy words that open the office"
PACKED = "trombone words of the package"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder for everything that the sitting may write, and ``outside`` for what the officer takes out herself."""
    place = tmp_path / "place"
    for name in ("home", "temp", "work", "user", "stick"):
        (place / name).mkdir(mode=0o700, parents=True)
    (tmp_path / "outside").mkdir()
    return place


@pytest.fixture
def workspace(bahrain_template: Path, place: Path) -> tuple[Path, UUID]:
    path = place / "work" / "office.unnm"
    path.touch(mode=0o600)
    path.write_bytes(bahrain_template.read_bytes())
    with Database(path, "Amina Haddad") as database, database.write("Plan") as session:
        network = records.all_of(session, Network)[0]
        meeting = meetings.plan_next(session, network.id, date(2026, 11, 1), day=date(2026, 11, 18)).id
    turning.protect(path, WORDS)
    return path, meeting


def readable(place: Path, key: Key) -> list[str]:
    """The files in which a secret can be read, or that are a database for everybody, or that others may open."""
    told = base64.b32encode(key.data).rstrip(b"="), base64.b64encode(key.data), key.data.hex().encode(), key.data
    wanted = [(WORDS.encode(), WORDS), (PACKED.encode(), PACKED)]
    wanted += [(one, "key") for one in told]
    for secret in SECRETS:
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            wanted.append((secret.lower().encode(coding), secret))
    found = []
    for file in sorted(place.rglob("*")):
        mode = file.lstat().st_mode
        if os.name == "posix" and mode & 0o077 and not stat.S_ISSOCK(mode):
            found.append(f"rights {stat.filemode(mode)}: {file.relative_to(place)}")
        if not stat.S_ISREG(mode):
            continue
        data = file.read_bytes()
        if data.startswith(b"SQLite format 3"):
            found.append(f"plain database: {file.relative_to(place)}")
        lower = data.lower()
        found += [f"{name}: {file.relative_to(place)}" for one, name in wanted if one in data or one in lower]
        found += [f"{name} in the name: {file.name}" for one, name in wanted if one in file.name.lower().encode()]
    return found


def test_after_a_sitting_that_is_killed_nothing_can_be_read(workspace: tuple[Path, UUID], place: Path) -> None:
    path, meeting = workspace
    outside = place.parent / "outside"
    (outside / f"{PERSON}.txt").write_text(f"{PERSON} has a marzipan paper", encoding="utf-8")
    environment = {
        **os.environ,
        "UNNM_HOME": str(place / "home"),
        "TMPDIR": str(place / "temp"),
        "HOME": str(place / "user"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
        **{f"XDG_{name}_HOME": str(place / "user") for name in ("CONFIG", "DATA", "CACHE", "STATE")},
    }
    command = [sys.executable, "-m", "tests.ui.session", str(path), str(meeting), str(place), str(outside)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**environment, "SESSION_WORDS": WORDS}, umask=0o022
    ) as sitting:
        assert sitting.stdout is not None
        assert sitting.stdout.readline() == "done\n"
        wal = path.with_name(f"{path.name}-wal")
        assert wal.stat().st_size > 0
        sitting.send_signal(signal.SIGKILL)
        sitting.wait()
    key = keys.unlock(path, WORDS)
    (place.parent / "packed").write_text(PACKED, encoding="utf-8")
    packing = ["handover", "pack", str(path), "-o", str(place / "stick"), "--network", "BHR"]
    subprocess.run(
        [sys.executable, "-m", "unnm_desktop", *packing, "--passphrase-file", str(place.parent / "packed")],
        env={**environment, "UNNM_PASSPHRASE": WORDS},
        check=True,
        capture_output=True,
        umask=0o022,
    )
    names = {file.suffix for file in place.rglob("*")}
    assert {".unnm", ".unnmx", ".unnm-keys", ".unnm-files", ".log", ".txt"} <= names
    assert readable(place, key) == []
    with Database(path, key=key) as database:
        assert database.check() == []
        with database.read() as session:
            assert MINUTES in "".join(one.text_en for one in records.all_of(session, MinutesEntry))
            assert UNSAVED in "".join(one.typed for one in drafts.waiting(session))
    # The same look finds what is there to be found.
    turning.unprotect(path, key)
    assert {one.partition(":")[0] for one in readable(place, key)} >= {"marzipan", "zuleikha", "plain database"}
