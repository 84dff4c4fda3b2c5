"""The program as a whole: a workspace opens, a change of language builds a fresh window, undo works across sittings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from unnm_desktop import settings
from unnm_desktop.app import App
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.services import records
from unnm_desktop.ui.main_window import MainWindow


@pytest.fixture
def workspace(database: Database) -> Path:
    with database.write("Found the network") as session:
        records.create(session, Network, country="BHR", name_en="UN Network on Migration", name_ar="شبكة الأمم المتحدة")
        records.create(session, Network, country="KWT", name_en="UN Network in Kuwait", name_ar="شبكة الكويت")
    path = database.path
    database.close()
    return path


def shown(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_a_workspace_opens_on_its_first_network(start: Callable[..., App], workspace: Path) -> None:
    window = start(workspace).window
    assert window.windowTitle() == "UN Network on Migration · BHR"
    assert any(text.startswith("All changes saved") for text in shown(window))
    assert window.current is not None


def test_without_a_workspace_there_is_a_welcome(start: Callable[..., App]) -> None:
    window = start(None).window
    assert "Welcome" in shown(window)


def test_a_change_of_language_builds_a_fresh_window(start: Callable[..., App], workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    first = desktop.window
    first.go("preferences")
    field: Any = first.page("preferences").parts.field("language")  # type: ignore[attr-defined]
    field.combo.setFocus()
    qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert desktop.window.current is not None
    assert desktop.window.current.name == "preferences"
    assert "شبكة الأمم المتحدة" in desktop.window.windowTitle()
    assert settings.load().language == "ar"


def test_another_network_is_chosen(start: Callable[..., App], workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    first = desktop.window
    first.sidebar.network_chosen.emit(first.desk.networks[1])
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop.window.desk.network is not None
    assert desktop.window.desk.network.name == "UN Network in Kuwait"


def test_undo_names_an_older_step_before_it_takes_it_back(
    start: Callable[..., App], workspace: Path, qtbot: QtBot
) -> None:
    window = start(workspace).window
    hub = window.desk.hub
    keys = (window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(*keys)
    assert any("Found the network" in text and "again" in text for text in shown(window))
    assert len(hub.read(records.all_of, Network)) == 2
    qtbot.keyClick(*keys)
    assert hub.read(records.all_of, Network) == []


def test_a_step_says_saved_and_tells_what_it_touched(start: Callable[..., App], workspace: Path, qtbot: QtBot) -> None:
    window = start(workspace).window
    hub = window.desk.hub
    network = hub.read(records.all_of, Network)[0]
    with qtbot.waitSignals([hub.changed, hub.saved]):
        hub.step("Change network", records.update, Network, network.id, short_name="BHR net")
    assert any(text.startswith("All changes saved ") for text in shown(window))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hub.read(records.get, Network, network.id).short_name == ""
    assert "Undone: Change network" in shown(window)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert hub.read(records.get, Network, network.id).short_name == "BHR net"


def test_a_second_window_on_the_same_workspace_is_refused_in_words(start: Callable[..., App], workspace: Path) -> None:
    with Database(workspace):
        window = start(workspace).window
        assert any("already open in another window" in text for text in shown(window))
