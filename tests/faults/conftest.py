"""A computer's share, ready for a fault; and the figures of a long run, told at its end."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests import media
from tests.faults import looking, work
from tests.faults.work import WORDS, Place
from unnm_desktop.db import AgendaItem, Meeting, Network, Organisation, Person, turning
from unnm_desktop.db.engine import Database
from unnm_desktop.services import backup, papers, records
from unnm_desktop.services.backup import Reason
from unnm_desktop.services.handover import content, package
from unnm_desktop.services.handover import keys as office

_FIGURES: list[str] = []
OLDEST = Path(__file__).parent.parent / "_files" / "schema-1.unnm"


@pytest.fixture(scope="session")
def ready(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Made once: a protected workspace with papers, a backup of it, and a colleague's package for it on the stick."""
    place = Place(tmp_path_factory.mktemp("ready") / "place")
    place.folder.mkdir()
    place.stick.mkdir()
    before = dict(os.environ)
    tuned = work.keys.tuned
    try:
        place.live_here()
        shutil.copy(OLDEST, place.old)
        turning.protect(place.old, WORDS)
        shutil.copy(template, place.workspace)
        _found(place)
        key = turning.protect(place.workspace, WORDS)
        _from_a_colleague(place, tmp_path_factory.mktemp("colleague"))
        with Database(place.workspace, "Canary Officer", key=key) as database:
            folder = backup.folder_for(database.id, str(place.chosen))
            backup.make(database, folder, Reason.ASKED, now=datetime.now(UTC))
    finally:
        os.environ.clear()
        os.environ.update(before)
        work.keys.tuned = tuned
    return place


def _found(place: Place) -> None:
    with Database(place.workspace, "Canary Officer") as database:
        with database.write("Found") as session:
            network = records.create(session, Network, country="BHR", name_en=looking.FOUNDED)
            office_of = records.create(session, Organisation, name_en=f"{work.CANARY} Organisation")
            records.create(session, Person, name_en=f"{work.CANARY} Person", organisation_id=office_of.id)
            meeting = records.create(session, Meeting, network_id=network.id, day=date(2026, 3, 1), title_en="First")
            records.create(session, AgendaItem, meeting_id=meeting.id, title_en="Opening")
        paper = papers.keep_bytes(database.blobs.put, "first.txt", work.CANARY.encode() * 20_000)
        with database.write("Attach") as session:
            papers.add(session, meeting.id, [paper])


def _from_a_colleague(place: Place, elsewhere: Path) -> None:
    code = office.office_code()
    other = Place(elsewhere / "place")
    shutil.copytree(place.folder, other.folder)
    other.live_here()
    shutil.rmtree(other.folder / "home")
    with Database(other.workspace, "Canary Colleague", key=other.key()) as database:
        with database.write("Edit") as session:
            person = records.all_of(session, Person)[0]
            records.update(session, Person, person.id, phones="+973 1")
            for number in range(30):
                records.create(session, Person, name_en=f"{work.CANARY} {number}")
        paper = papers.keep_bytes(database.blobs.put, "second.txt", b"second" * 20_000)
        with database.write("Attach") as session:
            papers.add(session, records.all_of(session, Meeting)[0].id, [paper])
        with database.read() as session:
            made = content.contents(database, session, content.chosen_networks(session, ()), papers={})
            packed = package.pack(made, place.stick, codes=[code], now=datetime.now(UTC))
    packed.path.rename(place.stick / work.COLLEAGUE)
    place.live_here()


@pytest.fixture
def place(ready: Place, memory: Path) -> Place:
    """A copy of it for one test, whose own data this process uses too."""
    mine = Place(memory / "place")
    shutil.copytree(ready.folder, mine.folder)
    return mine


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder where writing costs nothing: kill and power cut are told by what was asked of the disk."""
    with tempfile.TemporaryDirectory(dir=media.MEMORY if media.MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[Place], None]:
    """Let the test look with the own data of that place."""
    return lambda place: monkeypatch.setenv("UNNM_HOME", str(place.folder / "home"))


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """The same moments each time, other ones for each test."""
    return random.Random(request.node.name)  # noqa: S311 - moments to try, no secret


@pytest.fixture
def figure() -> Callable[[str], None]:
    """Note a figure for docs/reliability.md."""
    return _FIGURES.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _FIGURES:
        terminalreporter.section("faults")
        for line in _FIGURES:
            terminalreporter.line(line)
