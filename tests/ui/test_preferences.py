"""Preferences hold at once, are found by a word, and show the network's facts without a second place to change them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCalendar, QDate, QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import press, show
from unnm_desktop import paths
from unnm_desktop.db.engine import Database
from unnm_desktop.i18n import Language
from unnm_desktop.ui.backup_keeper import folder_of
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.preferences import PreferencesPage


@pytest.fixture(params=[False, True], ids=["en", "ar"])
def page(
    request: pytest.FixtureRequest, make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot
) -> Iterator[PreferencesPage]:
    desk = make_desk(rtl=request.param)
    secretariat.open_in(desk, bahrain)
    made = PreferencesPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def words(page: PreferencesPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def test_a_word_finds_its_preference(page: PreferencesPage, qtbot: QtBot) -> None:
    tr = page.desk.tr
    page.search.insert(tr("Light or dark"))
    qtbot.waitUntil(lambda: [field.name for field in page.parts.fields] == ["theme"])
    page.search.clear()
    page.search.insert("zzz")
    qtbot.waitUntil(lambda: tr("No preference is called that.") in words(page))
    page.search.clear()
    qtbot.waitUntil(lambda: len(page.parts.fields) > 6)


def test_backups_go_to_the_folder_that_the_officer_chooses(
    page: PreferencesPage, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    desk, wishes = page.desk, page.desk.wishes
    usual, elsewhere = folder_of(desk), tmp_path / "elsewhere"
    answers.give("folder", elsewhere)
    # As the bar on the backups says where the disk is nearly full.
    page.open_record(None, {"find": desk.tr("Backups")})
    with qtbot.waitSignals([wishes.settings_wanted, wishes.backup_wanted]):
        press(qtbot, page, desk.tr("Choose another folder"))
    assert folder_of(desk).parent == elsewhere
    assert str(elsewhere) in words(page)
    press(qtbot, page, desk.tr("The usual folder"))
    assert folder_of(desk) == usual


def test_hijri_dates_are_a_tick_away(page: PreferencesPage, qtbot: QtBot) -> None:
    desk, day = page.desk, date(2026, 11, 25)
    assert desk.hijri(day) == ""
    field: Any = page.parts.field("hijri")
    with qtbot.waitSignal(desk.wishes.settings_wanted):
        beside = 8 if not desk.look.rtl else field.box.width() - 8
        qtbot.mouseClick(field.box, Qt.MouseButton.LeftButton, pos=QPoint(beside, field.box.height() // 2))
    assert desk.hijri(day) in ("14 Jumada II 1448 AH", "١٤ جمادى الآخرة ١٤٤٨ هـ")


def test_the_networks_facts_are_shown_and_changed_in_their_own_place(page: PreferencesPage, qtbot: QtBot) -> None:
    shown = words(page)
    assert page.desk.language.day(date(2026, 1, 1)) in shown
    assert "bahrain.unnm" in shown
    with qtbot.waitSignal(page.desk.wishes.went) as went:
        press(qtbot, page, page.desk.tr("Change"))
    assert went.args == ["tor", None, {"tab": "network"}]


def test_arabic_months_on_the_screen_are_a_choice() -> None:
    assert Language("ar").day(date(2026, 12, 5)) == "5 ديسمبر 2026"
    assert Language("ar", months="levantine").day(date(2026, 12, 5)) == "5 كانون الأول 2026"
    assert Language("ar", paper=True).day(date(2026, 12, 5)) == "5 كانون الأول/ديسمبر 2026"


def test_hijri_days_are_those_of_the_civil_calendar() -> None:
    civil, english = QCalendar(QCalendar.System.IslamicCivil), Language()
    for number in range(date(1990, 1, 1).toordinal(), date(2060, 1, 1).toordinal(), 13):
        day = date.fromordinal(number)
        there = civil.partsFromDate(QDate(day.year, day.month, day.day))
        said = english.hijri(day).split()
        assert (int(said[0]), int(said[-2])) == (there.day, there.year)
    assert english.hijri(date(2026, 2, 17)) == "29 Shaban 1447 AH"
    assert english.hijri(date(2026, 2, 18)) == "1 Ramadan 1447 AH"
    assert english.hijri(None) == ""


def test_a_folder_at_home_is_read_from_home_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "amina"))
    monkeypatch.setattr(sys, "platform", "linux")
    assert paths.as_read(tmp_path / "amina" / "Documents") == "~/Documents"
    assert paths.as_read(tmp_path / "stick") == str(tmp_path / "stick")
    monkeypatch.setattr(sys, "platform", "win32")
    assert paths.as_read(tmp_path / "amina") == str(tmp_path / "amina")
