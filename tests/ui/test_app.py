"""The program as a whole: a workspace opens, a change of language builds a fresh window, undo works across sittings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from unnm_desktop import settings
from unnm_desktop.app import App
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import changeset_table
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Network
from unnm_desktop.services import history, records
from unnm_desktop.ui import theme
from unnm_desktop.ui.chapters import chapters
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
    # A file that is called otherwise than its network is named: a restored copy stands beside the first one.
    assert window.windowTitle() == f"UN Network on Migration · BHR · {workspace.name}"
    assert any(text.startswith("All changes saved") for text in shown(window))
    assert window.current is not None


def test_a_place_that_is_chosen_while_all_is_loaded_is_shown(
    start: Callable[..., App], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = App._load

    def chosen_before(desktop: App) -> None:
        desktop.window.sidebar.chosen.emit("handover")
        load(desktop)

    monkeypatch.setattr(App, "_load", chosen_before)
    desktop = start(workspace)
    assert desktop.window.current is not None
    assert desktop.window.current.name == "handover"


def test_without_a_workspace_there_is_a_welcome(start: Callable[..., App]) -> None:
    window = start(None).window
    assert "Welcome" in shown(window)


def test_a_change_of_language_builds_a_fresh_window(start: Callable[..., App], workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    first = desktop.window
    first.go("preferences")
    field: Any = first.stack.page("preferences").parts.field("language")  # type: ignore[attr-defined]
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


def test_a_renamed_or_added_network_is_shown_at_once(start: Callable[..., App], workspace: Path, qtbot: QtBot) -> None:
    desktop = start(workspace)
    window, hub = desktop.window, desktop.window.desk.hub
    hub.step("Change network", records.update, Network, window.desk.network.id, name_en="Our Network")  # type: ignore[union-attr]
    assert window.sidebar.name.text() == "Our Network"
    hub.step("Found the network", records.create, Network, country="OMN", name_en="Network in Oman")
    assert "Switch to Network in Oman · OMN" in [window.commands.text(one) for one in window.commands.all()]
    hub.step("Remove", records.remove, Network, window.desk.network.id)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: desktop.window is not window)
    assert desktop.window.sidebar.name.text() == "UN Network in Kuwait"


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


def test_what_is_saved_tells_of_this_computer_though_its_clock_was_ahead(
    start: Callable[..., App], workspace: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = datetime.now(UTC) + timedelta(days=400)
    with Database(workspace) as database:
        with monkeypatch.context() as clock:
            clock.setattr("unnm_desktop.db.engine.utc_now", lambda: ahead)
            with database.write("Rename") as session:
                network = records.all_of(session, Network)[0]
                records.update(session, Network, network.id, short_name="BHR net")
        with database.unjournalled() as connection:
            # A colleague's step, older than all that was done here.
            old = {
                "device": uuid4(),
                "seq": 1,
                "at_utc": datetime(2026, 1, 5, tzinfo=UTC),
                "hlc": "01767571200000-000000",
            }
            made = {"officer": "Luis Pereira", "label": "Plan", "kind": "edit", "app_version": "0.1.0", "schema_rev": 1}
            connection.execute(changeset_table.insert().values(**old, **made))
        with database.read() as session:
            assert history.last_change(session) == ahead, "also to who does not say for which computer"
    window = start(workspace).window
    qtbot.waitUntil(lambda: "by a clock that was ahead" in window.status.saved.text())
    local = ahead.astimezone(window.desk.clock().tzinfo)
    assert window.desk.language.day(local.date(), short=True) in window.status.saved.text()
    hub = window.desk.hub
    hub.step("Change network", records.update, Network, network.id, short_name="Bahrain")
    assert "ahead" not in window.status.saved.text()


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


def choose_language(desktop: App, code: str, qtbot: QtBot) -> MainWindow:
    """As Preferences do it, from any page."""
    before = desktop.window
    changed = replace(before.desk.settings, language=code)
    before.desk.wishes.settings_wanted.emit(changed)
    qtbot.waitUntil(lambda: desktop.window is not before)
    return desktop.window


def test_another_language_leaves_the_window_as_large_as_it_was(
    start: Callable[..., App], workspace: Path, qtbot: QtBot
) -> None:
    desktop = start(workspace)
    # Wider than the one screen there is: over two screens, say.
    size = QSize(1500, 700)
    desktop.window.resize(size)
    for code in ("ar", "en", "ar"):
        assert choose_language(desktop, code, qtbot).size() == size


@pytest.fixture
def year(year_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "year.unnm"
    path.write_bytes(year_template.read_bytes())
    return path


def test_another_language_keeps_place_filter_record_and_selection(
    start: Callable[..., App], year: Path, qtbot: QtBot
) -> None:
    desktop = start(year)
    desktop.window.go("actions")
    page: Any = desktop.window.current
    page.chips.choose("")
    page.filter_box.setText("hotline")
    qtbot.waitUntil(lambda: page.table.listing.count == 2)
    page.table.setFocus()
    page.table.selectAll()
    chosen, current = page.table.selected_ids(), page.current()
    assert len(chosen) == 2
    fresh: Any = choose_language(desktop, "ar", qtbot).current
    assert fresh is not page
    assert (fresh.name, fresh.filter_box.text(), fresh.table.listing.count) == ("actions", "hotline", 2)
    assert (fresh.table.selected_ids(), fresh.current()) == (chosen, current)
    assert fresh.table.hasFocus()


def test_another_language_keeps_the_tab_and_the_way_back(start: Callable[..., App], year: Path, qtbot: QtBot) -> None:
    desktop = start(year)
    window = desktop.window
    meeting = window.desk.hub.read(records.all_of, Meeting)[0].id
    window.go("meetings")
    window.go("meeting", meeting, {"tab": "attendance"})
    fresh = choose_language(desktop, "ar", qtbot)
    page: Any = fresh.current
    assert (page.name, page.current(), page.leads_back()) == ("meeting", meeting, {"tab": "attendance"})
    qtbot.keyClick(fresh, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert fresh.current is not None
    assert fresh.current.name == "meetings"


def test_what_is_half_typed_goes_on_in_the_other_language(start: Callable[..., App], year: Path, qtbot: QtBot) -> None:
    desktop = start(year)
    desktop.window.go("organisations")
    page: Any = desktop.window.current
    kept = page.inspector.parts.field("acronym").line
    qtbot.mouseClick(kept, Qt.MouseButton.LeftButton)
    kept.selectAll()
    qtbot.keyClicks(kept, "NEWORG")
    fresh: Any = choose_language(desktop, "ar", qtbot).current
    line = fresh.inspector.parts.field("acronym").line
    assert (line.text(), line.hasFocus(), line.cursorPosition()) == ("NEWORG", True, 6)
    qtbot.keyClick(desktop.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_another_network_keeps_the_place_but_neither_record_nor_way(
    start: Callable[..., App], workspace: Path, qtbot: QtBot
) -> None:
    desktop = start(workspace)
    first = desktop.window
    first.go("meetings")
    first.go("actions")
    first.sidebar.network_chosen.emit(first.desk.networks[1])
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop.window.current is not None
    assert desktop.window.current.name == "actions"
    assert not desktop.window.navigation.way.can_go(-1)


def test_the_systems_theme_waits_until_a_question_is_answered(
    start: Callable[..., App], workspace: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = start(workspace)
    first = desktop.window
    dialog = QDialog(first)
    dialog.setModal(True)
    dialog.show()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    monkeypatch.setattr(theme, "is_dark", lambda _theme: True)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert desktop.window is first
    dialog.accept()
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop.window.desk.look.dark


def test_high_contrast_keeps_the_systems_own_colours(
    start: Callable[..., App], workspace: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "high_contrast", lambda: True)
    desktop = start(workspace)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert not re.search("#[0-9A-Fa-f]{6}", app.styleSheet()), "no colour of ours"
    tokens = desktop.window.desk.look.tokens
    assert tokens.bg == app.palette().color(QPalette.ColorRole.Window).name()
    assert tokens.text == app.palette().color(QPalette.ColorRole.WindowText).name()
    # Which filter holds is seen, though Qt's own button shows it by a shade of its ground.
    held, other = QPushButton(desktop.window), QPushButton(desktop.window)
    held.setCheckable(True)
    held.setChecked(True)
    grounds = [one.grab().toImage().pixelColor(one.width() // 2, one.height() // 2) for one in (held, other)]
    assert grounds == [app.palette().color(role) for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.Button)]


def test_the_manual_opens_with_its_key_from_the_first_page(
    start: Callable[..., App], workspace: Path, qtbot: QtBot
) -> None:
    window = start(workspace).window
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.current is not None
    assert window.current.name == "manual"


def test_the_manual_opens_at_the_chapter_of_the_page(start: Callable[..., App], workspace: Path, qtbot: QtBot) -> None:
    window = start(workspace).window
    wanted = {one.name: one.id for one in chapters("en")}
    for page, chapter in (("meetings", "04-meetings"), ("preferences", "14-language-dates-numbers")):
        qtbot.waitUntil(lambda page=page: window.knows(page))  # type: ignore[misc]
        window.go(page)
        qtbot.keyClick(window, Qt.Key.Key_F1)
        shown: Any = window.current
        assert shown.table.current_id() == wanted[chapter]


def test_garbage_is_looked_for_on_the_screens_thread_alone(start: Callable[..., App], workspace: Path) -> None:
    assert start(workspace)._collecting.isActive()
