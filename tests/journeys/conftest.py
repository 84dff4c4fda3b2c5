"""Fixtures of the journeys: a year that lies behind the officer, and the program started before her."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.journeys.keyboard import Keyboard
from tests.reports import sample_year
from tests.ui.hands import lasting_toasts as lasting_toasts
from tests.ui.hands import resting as resting
from unnm_desktop import settings
from unnm_desktop.app import App
from unnm_desktop.settings import Settings
from unnm_desktop.ui.crash import Crash


@pytest.fixture(scope="session")
def last_year(made_once: Callable[..., Path]) -> Path:
    """The compact year of Bahrain, made once."""
    return made_once("year", sample_year.bahrain, officer="Omar Salem")


@pytest.fixture
def workspace(last_year: Path, tmp_path: Path) -> Path:
    """A copy of that year for one week."""
    path = tmp_path / "UNNM Bahrain.unnm"
    path.write_bytes(last_year.read_bytes())
    return path


@pytest.fixture
def program(qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    """Where programs are started; a fault ends the test, for its dialog would wait for ever."""
    faults: list[BaseException] = []
    monkeypatch.setattr(Crash, "__call__", lambda _crash, _kind, error, _trace: faults.append(error))
    yield qapp
    qapp.setProperty("look", "")
    if faults:
        raise faults[0]


@pytest.fixture
def sit_down(program: QApplication, qtbot: QtBot) -> Iterator[Callable[..., Keyboard]]:
    """Start the program and lay the hands on the keyboard."""
    made: list[Keyboard] = []

    def start(path: Path, days: list[date], language: str = "en", hands: type[Keyboard] = Keyboard) -> Keyboard:
        digits = "arab" if language == "ar" else "latn"
        settings.save(Settings(officer="Omar Salem", language=language, digits=digits))
        desktop = App(program, path, lambda: days[-1])
        officer = hands(desktop, qtbot)
        made.append(officer)
        with qtbot.waitSignal(desktop.ready):
            desktop.start()
        desktop.window.resize(1366, 768)
        return officer

    yield start
    for officer in made:
        officer.leave()
