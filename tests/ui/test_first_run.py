"""A network is set up page by page: nothing is on the disk before the last one, nothing typed is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.walking import Walk
from unnm_desktop import settings
from unnm_desktop.app import App
from unnm_desktop.db.engine import Database
from unnm_desktop.services import networks, organisations, people, records
from unnm_desktop.settings import Settings
from unnm_desktop.ui import setup_pages
from unnm_desktop.ui.setup_wizard import Wizard
from unnm_desktop.ui.window_shape import LEAST_SIZE

Start = Callable[..., App]
ARABIC = Settings(officer="أمينة حداد", language="ar", digits="arab")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The officer's documents, with Arabic letters and a space in their path."""
    found = tmp_path / "وثائق الأمانة 2026"
    found.mkdir()
    monkeypatch.setattr(setup_pages, "documents", lambda: found)
    return found


def wizard(desktop: App) -> Wizard:
    found = desktop.window.findChildren(Wizard)
    return next(one for one in found if one.isVisible())


def page(desktop: App) -> Any:
    return wizard(desktop).page


def words(desktop: App) -> str:
    return "\n".join(one.text() for one in desktop.window.findChildren(QLabel) if one.isVisible())


def says(desktop: App, qtbot: QtBot, text: str) -> None:
    """Wait until the window shows these words."""
    qtbot.waitUntil(lambda: text in words(desktop))


def begin(desktop: App, qtbot: QtBot) -> None:
    welcome: Any = desktop.window.stack.currentWidget()
    qtbot.mouseClick(welcome.new, Qt.MouseButton.LeftButton)


def forward(desktop: App, qtbot: QtBot) -> None:
    qtbot.mouseClick(wizard(desktop).next_button, Qt.MouseButton.LeftButton)


def write(qtbot: QtBot, field: Any, text: str) -> None:
    line = field.findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


@pytest.mark.parametrize("known", [Settings(officer="Amina Haddad"), ARABIC], ids=["en", "ar"])
def test_bahrain_is_set_up_with_its_members(start: Start, qtbot: QtBot, folder: Path, known: Settings) -> None:
    desktop = start(None, known)
    begin(desktop, qtbot)
    forward(desktop, qtbot)
    qtbot.mouseClick(page(desktop).cards["bahrain"], Qt.MouseButton.LeftButton)
    says(desktop, qtbot, "every two months" if known.language == "en" else "كل شهرين")
    forward(desktop, qtbot)
    fields = {one.name: one for one in page(desktop).fields}
    write(qtbot, fields["tor.approved"], "2021-03")
    fields["settings.reporting_chair"].combo.setFocus()
    qtbot.keyClick(fields["settings.reporting_chair"].combo, Qt.Key.Key_Down)
    write(qtbot, fields["records_from"], "2026-01-01")
    forward(desktop, qtbot)
    forward(desktop, qtbot)
    shown = page(desktop)
    assert shown.ticks["ILO"].isChecked()
    assert not shown.ticks["UNDP"].isChecked()
    qtbot.keyClicks(shown.names["UNDP", "focal_point"], "Omar Saleh")
    # QTest has no keys for Arabic letters.
    shown.names["IOM", "focal_point"].insert("أمينة حداد")
    assert shown.ticks["UNDP"].isChecked()
    assert list(folder.iterdir()) == []
    first = desktop.window
    forward(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window is not first and desktop.window.current is not None)

    path = folder / "UNNM Bahrain.unnm"
    qtbot.waitUntil(lambda: settings.load().recent == (str(path.resolve()),))
    today = desktop.window.desk.today()
    with desktop._hub.database.read() as session:
        network = networks.network_of(session, "BHR")
        tor = networks.nearest_tor(session, network.id, today)
        seats = [one.organisation.acronym for one in organisations.seats_on(session, network.id, today)]
        speaking = people.holders_on(session, network.id, today).values()
        named = {one.focal_point.name_en or one.focal_point.name_ar for one in speaking if one.focal_point}
        reporting = networks.rules_on(session, network.id, today).settings.reporting_chair
    assert (network.records_from, tor.approved, reporting) == (date(2026, 1, 1), "2021-03", "ILO")
    assert sorted(seats) == ["ILO", "IOM", "UNDP"]
    assert named == {"Omar Saleh", "أمينة حداد"}
    assert desktop._hub.database.check() == []
    assert sorted(one.name for one in folder.iterdir() if one.suffix == ".unnm") == ["UNNM Bahrain.unnm"]


def test_the_keyboard_alone_goes_on_and_back(start: Start, qtbot: QtBot, folder: Path) -> None:
    desktop = start(None)
    begin(desktop, qtbot)
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert wizard(desktop).state.step == 4
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert wizard(desktop).state.step == 0
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert "Set up a network" in [one.text() for one in desktop.window.findChildren(type(wizard_button(desktop)))]
    assert list(folder.iterdir()) == []


def wizard_button(desktop: App) -> Any:
    welcome: Any = desktop.window.stack.currentWidget()
    return welcome.new


def test_the_language_changes_at_once_and_keeps_the_page(start: Start, qtbot: QtBot, folder: Path) -> None:
    desktop = start(None, Settings())
    begin(desktop, qtbot)
    write(qtbot, page(desktop).officer, "Amina Haddad")
    first = desktop.window
    qtbot.mouseClick(page(desktop).languages["ar"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert wizard(desktop).state.step == 0
    assert page(desktop).officer.findChild(QLineEdit).text() == "Amina Haddad"
    assert page(desktop).digits["arab"].isChecked()
    assert settings.load().language == "ar"


def test_a_name_is_needed_and_asked_for_beside_its_field(start: Start, qtbot: QtBot, folder: Path) -> None:
    desktop = start(None, Settings())
    begin(desktop, qtbot)
    forward(desktop, qtbot)
    assert wizard(desktop).state.step == 0
    says(desktop, qtbot, "Write your name")
    assert page(desktop).officer.findChild(QLineEdit).hasFocus()


def test_what_was_said_is_still_there_after_going_back(start: Start, qtbot: QtBot, folder: Path) -> None:
    desktop = start(None)
    begin(desktop, qtbot)
    forward(desktop, qtbot)
    qtbot.mouseClick(page(desktop).cards["kuwait"], Qt.MouseButton.LeftButton)
    forward(desktop, qtbot)
    fields = {one.name: one for one in page(desktop).fields}
    write(qtbot, fields["network.currency"], "abc")
    qtbot.mouseClick(wizard(desktop).next_button, Qt.MouseButton.LeftButton)
    says(desktop, qtbot, "no known currency")
    write(qtbot, fields["network.currency"], "usd")
    qtbot.mouseClick(wizard(desktop).back_button, Qt.MouseButton.LeftButton)
    assert page(desktop).cards["kuwait"].isChecked()
    forward(desktop, qtbot)
    assert next(one for one in page(desktop).fields if one.name == "network.currency").get() == "USD"


def test_a_wish_for_protection_outlives_going_back_with_half_a_passphrase(
    start: Start, qtbot: QtBot, folder: Path
) -> None:
    desktop = start(None)
    begin(desktop, qtbot)
    for _ in range(3):
        forward(desktop, qtbot)
    qtbot.mouseClick(page(desktop).protection.guarded, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page(desktop).protection.choice.first, "abc")
    qtbot.mouseClick(wizard(desktop).back_button, Qt.MouseButton.LeftButton)
    forward(desktop, qtbot)
    assert page(desktop).protection.guarded.isChecked()
    qtbot.waitUntil(lambda: page(desktop).protection.choice.first.hasFocus())
    forward(desktop, qtbot)
    assert wizard(desktop).state.step == 3
    says(desktop, qtbot, "Too short: use twelve letters or more, best several words.")


def test_a_wrong_time_zone_is_told_and_the_page_stays(start: Start, qtbot: QtBot, folder: Path) -> None:
    desktop = start(None)
    begin(desktop, qtbot)
    forward(desktop, qtbot)
    forward(desktop, qtbot)
    fields = {one.name: one for one in page(desktop).fields}
    write(qtbot, fields["network.time_zone"], "Manama")
    forward(desktop, qtbot)
    assert wizard(desktop).state.step == 2
    says(desktop, qtbot, "This time zone is not known")


def test_of_several_wrong_answers_the_first_is_in_sight_and_has_the_keyboard(
    start: Start, qtbot: QtBot, folder: Path
) -> None:
    desktop = start(None)
    desktop.window.resize(LEAST_SIZE)
    begin(desktop, qtbot)
    forward(desktop, qtbot)
    forward(desktop, qtbot)
    fields = {one.name: one for one in page(desktop).fields}
    day: Any = fields["tor.approved"]
    write(qtbot, day, "banana")
    write(qtbot, fields["network.time_zone"], "Mars")
    page(desktop).area.ensureWidgetVisible(fields["network.time_zone"])
    forward(desktop, qtbot)
    assert wizard(desktop).state.step == 2
    qtbot.waitUntil(lambda: not day.line.visibleRegion().isEmpty())
    assert day.line.hasFocus()
    assert day.line.property("bad")
    assert not day.understood.isVisible()
    write(qtbot, day, "2021")
    forward(desktop, qtbot)
    qtbot.waitUntil(lambda: not fields["network.time_zone"].input.visibleRegion().isEmpty())
    assert fields["network.time_zone"].input.hasFocus()
    assert not day.line.property("bad")


def test_a_file_that_exists_is_never_written_over(start: Start, qtbot: QtBot, folder: Path, answers: Answers) -> None:
    (folder / "UNNM Bahrain.unnm").write_text("mine")
    desktop = start(None)
    begin(desktop, qtbot)
    for _ in range(3):
        forward(desktop, qtbot)
    says(desktop, qtbot, "UNNM Bahrain 2.unnm")
    desktop.window.desk.ask = answers  # type: ignore[assignment]
    answers.give("save_file", folder / "UNNM Bahrain.unnm")
    qtbot.mouseClick(page(desktop).other, Qt.MouseButton.LeftButton)
    forward(desktop, qtbot)
    assert wizard(desktop).state.step == 3
    says(desktop, qtbot, "exists already")
    assert (folder / "UNNM Bahrain.unnm").read_text() == "mine"


def test_terms_of_reference_of_ones_own_are_told_what_is_wrong(
    start: Start, qtbot: QtBot, folder: Path, tmp_path: Path, answers: Answers
) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('[network]\ncountry = "JOR"\n', encoding="utf-8")
    desktop = start(None)
    begin(desktop, qtbot)
    forward(desktop, qtbot)
    desktop.window.desk.ask = answers  # type: ignore[assignment]
    answers.give("open_file", own)
    qtbot.mouseClick(page(desktop).cards[""], Qt.MouseButton.LeftButton)
    says(desktop, qtbot, "mine.toml cannot be used as terms of reference")
    assert not page(desktop).cards[""].isChecked()


def test_skipping_the_members_seats_those_the_text_names(start: Start, qtbot: QtBot, folder: Path) -> None:
    desktop = start(None)
    begin(desktop, qtbot)
    for _ in range(4):
        forward(desktop, qtbot)
    first = desktop.window
    qtbot.mouseClick(wizard(desktop).skip_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert len(desktop._hub.read(records.all_of, organisations.Membership)) == 2


def test_leaving_the_set_up_goes_back_to_the_open_workspace(
    start: Start, qtbot: QtBot, folder: Path, bahrain_template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "open.unnm"
    path.write_bytes(bahrain_template.read_bytes())
    Database(path).close()
    desktop = start(path)
    desktop.window.go("members")
    desktop.window.commands.run("new-workspace")
    qtbot.keyClick(desktop.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    forward(desktop, qtbot)
    first = desktop.window
    qtbot.mouseClick(wizard(desktop).leave_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desktop.window is not first)
    assert desktop.window.current is not None
    assert desktop.window.current.name == "members"


def test_a_full_disk_leaves_nothing_and_says_so(
    start: Start, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from unnm_desktop.errors import UserError
    from unnm_desktop.services import founding

    def full(*_: object, **__: object) -> None:
        raise UserError("There is no room left on the disk of {file}. Nothing was changed.", file="x")

    monkeypatch.setattr(founding, "found", full)
    desktop = start(None)
    begin(desktop, qtbot)
    for _ in range(5):
        forward(desktop, qtbot)
    qtbot.waitUntil(lambda: wizard(desktop).isEnabled())
    says(desktop, qtbot, "There is no room left on the disk of UNNM Bahrain.unnm")
    assert wizard(desktop).state.step == 3
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("known", [Settings(officer="Amina Haddad"), ARABIC], ids=["en", "ar"])
def test_every_page_of_the_set_up_can_be_heard_hit_and_reached(
    start: Start, qtbot: QtBot, folder: Path, known: Settings
) -> None:
    desktop = start(None, known)
    walk = Walk(desktop.window, desktop.window.sidebar.top_list)
    walk.look("welcome")
    begin(desktop, qtbot)
    for number in range(5):
        walk.look(f"page {number}")
        if number < 4:
            forward(desktop, qtbot)
    found = walk.findings
    # The walk begins at the sidebar, which is not shown here.
    ringless = [one for one in found.ringless if "in Sidebar" not in one]
    assert (found.nameless, found.small, found.unreached, ringless) == ([], [], [], [])


@pytest.mark.parametrize("known", [Settings(officer="A", text_size=150), ARABIC], ids=["large", "ar"])
def test_no_page_of_the_set_up_widens_the_window(start: Start, qtbot: QtBot, folder: Path, known: Settings) -> None:
    desktop = start(None, known)
    begin(desktop, qtbot)
    for number in range(5):
        hint = desktop.window.minimumSizeHint()
        assert hint.width() <= LEAST_SIZE.width(), number
        assert hint.height() <= LEAST_SIZE.height(), number
        if number < 4:
            forward(desktop, qtbot)
