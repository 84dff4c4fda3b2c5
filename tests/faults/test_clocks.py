"""Clocks that are wrong, go back in the middle of a sitting, or stand in another zone: told once, all goes well.

The whole program runs with faketime, on the command line and in the window.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import patience
from tests.faults.striking import MANY
from tests.handover.world import Copy
from tests.media import library, want
from tests.ui import secretariat
from unnm_desktop.db import Network
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal_order import Doubt
from unnm_desktop.services import backup, history, records

WRONG = (("-10y", "+1y"), ("+1y", "-1d"), ("-1d", "-10y"))
"""The clocks of two offices; in CI only the first."""
SITTINGS = {
    "behind": ["-1y", "-1y", "+0", "-1d", "+0"],
    "back": ["+0", "+0", "-2h", "-1d", "-2y", "+0"],
    "right": ["+0", "+0"],
    "ahead": ["+1y", "+1y", "+0", "+0"],
}
"""How the clock stands when the window opens, and at each step; in CI only the first two."""
TOLD = {"behind": [0], "back": [2], "right": [], "ahead": [2]}
"""When the officer is told: on opening, or at the first step after it was set back, and not again."""


@pytest.fixture
def sitting(tmp_path: Path) -> Callable[[str, object], Any]:
    """Let the program run with a clock that can be turned."""
    want("faketime")
    clock = tmp_path / "clock"
    clock.write_text("+0", encoding="ascii")
    environment = {
        **os.environ,
        "LD_PRELOAD": library("libfaketime.so.1"),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        # A clock that is turned does not turn what the system counts its waiting by.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }

    def sit(what: str, given: object) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.sitting", str(clock), what, json.dumps(given)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=patience.SECONDS,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return sit


@pytest.mark.parametrize(("amal", "badr"), WRONG if MANY > 1 else WRONG[:1])
def test_offices_with_wrong_clocks_come_out_alike(
    amal: str, badr: str, sitting: Callable[[str, object], Any], tmp_path: Path
) -> None:
    homes = {name: str(tmp_path / name) for name in ("amal", "badr")}
    stick = tmp_path / "stick"
    stick.mkdir()
    for home in homes.values():
        Path(home).mkdir()
    files = {name: str(tmp_path / f"{name}.unnm") for name in homes}
    first = {"home": homes["amal"], "clock": amal, "zone": "Pacific/Kiritimati"}
    second = {"home": homes["badr"], "clock": badr, "zone": "America/Los_Angeles"}
    (_, code, _), (_, back, _) = sitting(
        "desk", [{**second, "run": ["handover", "code"]}, {**first, "run": ["handover", "code"]}]
    )

    def pack(at: dict[str, str], file: str, to: str) -> dict[str, Any]:
        return {**at, "run": ["handover", "pack", file, "-o", str(stick), "--to", to, "--lang", "en"]}

    def edit(at: dict[str, str], file: str, **values: str) -> dict[str, Any]:
        return {**at, "edit": file, "values": values}

    told = sitting(
        "desk", [{**first, "run": ["new", files["amal"], "--tor", "bahrain"]}, pack(first, files["amal"], code["code"])]
    )
    assert [one[0] for one in told] == [0, 0], told
    package = told[1][1]["path"]
    told = sitting(
        "desk",
        [
            {**second, "run": ["handover", "merge", package, files["badr"]]},
            edit(second, files["badr"], short_name="of Badr", name_ar="by Badr"),
            edit(first, files["amal"], short_name="of Amal"),
            edit({**first, "clock": "+0"}, files["amal"], short_name="of Amal later"),
            pack(second, files["badr"], back["code"]),
            pack(first, files["amal"], code["code"]),
        ],
    )
    assert [one[0] for one in told if isinstance(one, list)] == [0, 0, 0], told
    to_amal, to_badr = told[4][1]["path"], told[5][1]["path"]
    told = sitting(
        "desk",
        [
            {**first, "run": ["handover", "merge", to_amal, files["amal"]]},
            {**second, "run": ["handover", "merge", to_badr, files["badr"]]},
            {**first, "run": ["check", files["amal"]]},
            {**second, "run": ["check", files["badr"]]},
            {**first, "run": ["backup", files["amal"]]},
        ],
    )
    assert [one[0] for one in told] == [0, 0, 0, 0, 0], told
    for merged in told[:2]:
        assert [one["field"] for one in merged[1]["conflicts"]] == ["short_name"]
        shown = {merged[1]["conflicts"][0]["mine"], merged[1]["conflicts"][0]["theirs"]}
        assert shown == {"of Amal later", "of Badr"}
    with Database(Path(files["amal"]), lock=False) as one, Database(Path(files["badr"]), lock=False) as other:
        assert Copy("amal", one).state() == Copy("badr", other).state()


def test_a_clock_that_is_behind_is_told_once_and_the_steps_keep_their_order(
    sitting: Callable[[str, object], Any], made_once: Callable[..., Path]
) -> None:
    workspace = made_once("bahrain", secretariat.found)
    some = dict(list(SITTINGS.items())[: None if MANY > 1 else 2])
    for name, turns in some.items():
        heard = sitting("window", {"file": str(workspace), "turns": turns})
        assert [number for number, one in enumerate(heard) if "Check the date" in one] == TOLD[name], heard


REOPENED = ["+0", "-2d", "-2d", "+1y", "-3d", "+0"]
"""How the clock stands at each sitting of one office."""


def test_history_and_backups_keep_the_order_in_which_things_were_done(
    sitting: Callable[[str, object], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, file = tmp_path / "home", tmp_path / "office.unnm"
    home.mkdir()
    at = {"home": str(home)}
    script: list[dict[str, Any]] = [{**at, "run": ["new", str(file), "--tor", "bahrain"]}]
    for number, clock in enumerate(REOPENED):
        script.append({**at, "clock": clock, "edit": str(file), "values": {"short_name": f"Name {number}"}})
        script.append({**at, "clock": clock, "run": ["backup", str(file)]})
    told = sitting("desk", script)
    assert [one[0] for one in told if isinstance(one, list)] == [0] * (1 + len(REOPENED)), told
    names = [f"Name {number}" for number in range(len(REOPENED))]
    with Database(file, lock=False) as database, database.read() as session:
        (network,) = records.all_of(session, Network)
        steps = [one for one in history.of(session, network.id) if "short_name" in one.after]
        assert [one.after["short_name"] for one in steps][: len(names)] == names[::-1]
        assert [one.doubt for one in steps][: len(names)] == [
            None, Doubt.SET_BACK, Doubt.AHEAD, Doubt.SET_BACK, Doubt.SET_BACK, None
        ]  # fmt: skip
        last = history.last_change(session)
        assert last == steps[0].at, "what the status bar says is saved"
        workspace = database.id
    monkeypatch.setenv("UNNM_HOME", str(home))
    copies = backup.listed(backup.folder_for(workspace))
    held = []
    for one in copies:
        with Database(one.path, lock=False) as copy, copy.read() as session:
            held.append(records.all_of(session, Network)[0].short_name)
    assert held == names[::-1]
    wrong = backup.doubtful(copies, datetime.now(UTC))
    assert [one.path in wrong for one in copies] == [False, True, True, True, True, False]
