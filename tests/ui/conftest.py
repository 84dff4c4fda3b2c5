"""Fixtures for windows and pages: a desk without a screen, answers to questions, a list to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.conftest import TODAY
from tests.reports import sample_year
from tests.ui import secretariat
from tests.ui.hands import lasting_toasts as lasting_toasts
from tests.ui.hands import resting as resting
from tests.ui.locked import WORDS
from tests.watchdog import Watchdog
from unnm_desktop import garbage, settings
from unnm_desktop.app import App
from unnm_desktop.db import turning
from unnm_desktop.db.engine import Database
from unnm_desktop.i18n import Language
from unnm_desktop.settings import Settings
from unnm_desktop.ui import fonts, theme
from unnm_desktop.ui.ask import Ask
from unnm_desktop.ui.crash import Crash
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.hub import Hub
from unnm_desktop.ui.jobs import Job, Jobs
from unnm_desktop.ui.theme import Look


class Answers:
    """Answers the questions of ``ask`` as a test says, and remembers what was asked."""

    def __init__(self) -> None:
        self._given: dict[str, list[Any]] = {}
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    def give(self, question: str, *answers: Any) -> None:
        """Answer this kind of question (sure, text, choice, open_file, save_file, folder) so."""
        self._given.setdefault(question, []).extend(answers)

    def attach(self, window: Any) -> None:
        """There is nothing to ask over."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def answer(*args: Any, **_: Any) -> Any:
            self.asked.append((name, args))
            given = self._given.get(name)
            if given:
                return given.pop(0)
            if name in ("tell", "trouble"):
                return None
            raise AssertionError(f"nobody answers {name}{args}")

        return answer


def arabic() -> Language:
    """Arabic, or English written from the right where the catalogue is not built yet."""
    return Language("ar", "arab")


@pytest.fixture(autouse=True)
def screen_collects() -> Iterator[None]:
    """As in the program, garbage is looked for on the thread that the widgets live on."""
    with garbage.at_rest():
        yield
    garbage.collect_young()


WATCHING = pytest.StashKey[Watchdog]()
DEAF = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def watchdog(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """No test of the window may keep its thread busy for a second in one go; without hands there is no window."""
    watching = Watchdog(limit=1.0)
    request.node.stash[WATCHING] = watching
    yield
    watching.stop()
    request.node.stash[DEAF] = watching.blocks != [] and "qtbot" in request.fixturenames
    assert not request.node.stash[DEAF], f"the window was deaf for so many seconds: {watching.blocks}"


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A window that is deaf is so three times; one from which a neighbour took the processor for a moment is not."""
    if Path(__file__).parent not in item.path.parents:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    for _ in range(2):
        if item.stash.get(DEAF, False) and all(one.passed for one in reports if one.when != "teardown"):
            reports = runtestprotocol(item, log=False, nextitem=nextitem)
    for one in reports:
        item.ihook.pytest_runtest_logreport(report=one)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Making workspaces and pages for a test is no turn of the officer's window."""
    if WATCHING in item.stash:
        item.stash[WATCHING].begin()


class WorkAtOnce(Jobs):
    """The work is done before ``run`` returns; what is a thread's in the program does not count as deafness."""

    def __init__(self, watching: Watchdog) -> None:
        super().__init__()
        self._watching = watching

    def _start(self, job: Job, call: Callable[[], None], lane: str) -> None:
        with self._watching.excused():
            call()


@pytest.fixture
def answers() -> Answers:
    """What is answered to questions."""
    return Answers()


def dress(app: QApplication, look: Look) -> None:
    """Apply a look unless the application wears it already: each application restyles every widget."""
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if app.property("look") != repr(look) or not app.styleSheet():
        theme.apply(app, look)
        app.setProperty("look", repr(look))


@pytest.fixture
def make_desk(
    qapp: QApplication, answers: Answers, watchdog: None, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Desk]]:
    """A desk in any look: ``make_desk(rtl=True, dark=True)``."""
    fonts.load()
    made: list[Desk] = []

    def make(*, rtl: bool = False, dark: bool = False, text_size: int = 100) -> Desk:
        look = Look(dark=dark, text_size=text_size, rtl=rtl)
        dress(qapp, look)
        settings = Settings(language="ar" if rtl else "en", text_size=text_size, officer="Test Officer")
        language = arabic() if rtl else Language()
        jobs = WorkAtOnce(request.node.stash[WATCHING])
        desk = Desk(Hub(), language, look, jobs, settings, answers, lambda: TODAY)  # type: ignore[arg-type]
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.hub.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """An English, light desk without a workspace; open one with ``desk.hub.open(database)``."""
    return make_desk()


@pytest.fixture(scope="session")
def bahrain_template(made_once: Callable[..., Path]) -> Path:
    """A workspace with a small network of Bahrain, made once."""
    return made_once("bahrain", secretariat.found)


@pytest.fixture
def bahrain(bahrain_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh copy of the small network of Bahrain."""
    path = tmp_path / "bahrain.unnm"
    path.write_bytes(bahrain_template.read_bytes())
    with Database(path, "Test Officer") as opened:
        yield opened


@pytest.fixture
def start(
    qapp: QApplication, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., App]]:
    """The whole program: ``start(path, Settings(…))`` waits until every page can be shown."""
    made: list[App] = []
    # A bug, or trouble that no page told, fails the test; its dialog would wait for an answer for ever.
    bugs: list[BaseException] = []
    monkeypatch.setattr(Crash, "_bug", lambda _crash, error: bugs.append(error))
    monkeypatch.setattr(Crash, "_tell", lambda _crash, text: bugs.append(AssertionError(text)))

    def run(path: Path | None, known: Settings | None = None) -> App:
        settings.save(known or Settings(officer="Amina Haddad"))
        desktop = App(qapp, path)
        made.append(desktop)
        with qtbot.waitSignal(desktop.ready):
            desktop.start()
        return desktop

    yield run
    # What a test leaves half typed is given up.
    monkeypatch.setattr(Ask, "sure", lambda *_: True)
    for desktop in made:
        # Some tests leave by themselves and come again.
        if isValid(desktop.window):
            desktop.window.close()
            desktop.close()
    qapp.setProperty("look", "")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    if bugs:
        raise bugs[0]


@pytest.fixture(scope="session")
def year_template(made_once: Callable[..., Path]) -> Path:
    """The compact year of Bahrain, made once."""
    return made_once("year", sample_year.bahrain)


@pytest.fixture
def plain(year_template: Path, tmp_path: Path) -> Path:
    """A workspace of that year."""
    path = tmp_path / "year.unnm"
    path.write_bytes(year_template.read_bytes())
    return path


@pytest.fixture
def protected(plain: Path) -> Path:
    """The same behind a passphrase."""
    turning.protect(plain, WORDS)
    return plain
