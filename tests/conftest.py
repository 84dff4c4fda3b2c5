"""Fixtures every floor shares: an isolated home, a fresh workspace, a fixed day."""

from __future__ import annotations

import os
import socket
import sys
import time

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# No locale, or one that was never installed, makes Qt warn, and any warning fails a test.
if sys.platform == "linux":
    os.environ["LC_ALL"] = "C.UTF-8"

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from sqlalchemy.orm import Session

from tests.patience import PatientBot
from tests.reports import sample_year
from unnm_desktop.db import keys
from unnm_desktop.db.engine import Database

TODAY = date(2026, 11, 21)

# The same code gets the same answer however slow the machine is: other examples each time are for `make faults`.
hypothesis.register_profile(
    "unnm",
    deadline=None,
    derandomize="UNNM_STORIES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis.load_profile("unnm")


def _no_network(event: str, about: tuple[Any, ...]) -> None:
    """The program asks nothing of any network; sockets within the computer are another matter."""
    if event == "socket.connect" and about[0].family in (socket.AF_INET, socket.AF_INET6):
        raise AssertionError(f"a connection to {about[1]} was asked for")


sys.addaudithook(_no_network)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Preferences and device identities of this test only."""
    folder = tmp_path / "home"
    monkeypatch.setenv("UNNM_HOME", str(folder))
    return folder


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """pytest-qt's hands, which wait here as long as a slow, busy machine needs."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace, made once."""
    path = tmp_path_factory.mktemp("template") / "empty.unnm"
    os.environ["UNNM_HOME"] = str(path.parent / "home")
    Database.create(path).close()
    return path


@pytest.fixture(scope="session")
def made_once(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Fills a workspace for all the tests that copy it: ``made_once("year", sample_year.bahrain)``."""

    def make(name: str, *fill: Callable[[Session], object], officer: str = "Test Officer") -> Path:
        path = tmp_path_factory.mktemp(name) / f"{name}.unnm"
        path.write_bytes(template.read_bytes())
        with Database(path, officer) as database, database.write("Sample") as session:
            for one in fill:
                one(session)
        return path

    return make


@pytest.fixture(scope="session")
def both_years(made_once: Callable[..., Path]) -> Path:
    """A compact year of both networks."""
    return made_once("years", sample_year.bahrain, sample_year.kuwait)


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh, empty workspace in a file of its own."""
    path = tmp_path / "test.unnm"
    path.write_bytes(template.read_bytes())
    with Database(path, "Test Officer") as opened:
        yield opened


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One step that lasts for the test."""
    with database.write("Test") as opened:
        yield opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty folder to write to."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def today() -> date:
    """The fixed day that tests judge by."""
    return TODAY


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase is tried at once: half a second each would make the tests slow."""
    monkeypatch.setattr(keys, "tuned", lambda: keys.Cost(memory=64, rounds=1, lanes=1))


@pytest.fixture
def laptop_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the zone of this computer."""
    if not hasattr(time, "tzset"):
        pytest.skip("the system does not let a program have a zone of its own")

    def keep(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield keep
    monkeypatch.undo()
    time.tzset()
