"""The whole window over the compact year of Bahrain, in any look, for tests that walk through its pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.services import records
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.finding import Finder
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.pages import PAGES


@pytest.fixture
def make_window(
    make_desk: Callable[..., Desk], year_template: Path, tmp_path: Path, qtbot: QtBot
) -> Callable[..., MainWindow]:
    """``make_window(rtl=True, text_size=150)`` shows it."""

    def make(**look: Any) -> MainWindow:
        path = tmp_path / "year.unnm"
        path.write_bytes(year_template.read_bytes())
        desk = make_desk(**look)
        desk.hub.open(Database(path, "Test Officer"))
        found = desk.hub.read(records.all_of, Network)[0]
        desk.network = NetworkName(found.id, found.name_en, "Bahrain", found.time_zone)
        desk.networks, desk.hub.network_id = (desk.network,), found.id
        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.take_pages(PAGES)
        window.finder = Finder(desk)
        window.show_workspace(desk.networks, desk.network)
        window.resize(1366, 768)
        window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    return make
