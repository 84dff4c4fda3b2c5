"""The calendar of a date field: the network's own week, its weekend, holidays and meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Holiday, Network
from unnm_desktop.i18n import Language
from unnm_desktop.services import records
from unnm_desktop.ui.day_calendar import DayCalendar
from unnm_desktop.ui.desk import Desk


@pytest.fixture
def office(desk: Desk, bahrain: Database) -> Desk:
    secretariat.open_in(desk, bahrain)
    return desk


def shown(calendar: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(calendar)
    calendar.show()


def test_the_week_begins_and_ends_as_the_network_says(office: Desk, qtbot: QtBot) -> None:
    calendar = DayCalendar(office, None)
    shown(calendar, qtbot)
    assert calendar.firstDayOfWeek() is Qt.DayOfWeek.Sunday
    dim = office.look.colour("text2")
    assert calendar.weekdayTextFormat(Qt.DayOfWeek.Friday).foreground().color() == dim
    assert calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color() != dim
    office.hub.step("Set", records.update, Network, office.network_id, weekend=["sat", "sun"], first_weekday="mon")
    calendar = DayCalendar(office, None)
    shown(calendar, qtbot)
    assert calendar.firstDayOfWeek() is Qt.DayOfWeek.Monday
    assert calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color() == dim
    assert calendar.weekdayTextFormat(Qt.DayOfWeek.Friday).foreground().color() != dim


def test_days_of_meetings_and_holidays_say_what_they_are(office: Desk, qtbot: QtBot) -> None:
    office.hub.step(
        "Keep", records.create, Holiday, network_id=office.network_id, day=date(2026, 12, 16), name_en="National Day"
    )
    meeting = office.hub.step(
        "Plan",
        records.create,
        Meeting,
        network_id=office.network_id,
        day=date(2026, 12, 8),
        title_en="Meeting of December",
    )
    calendar = DayCalendar(office, date(2026, 11, 30))
    shown(calendar, qtbot)
    calendar.setCurrentPage(2026, 12)
    assert calendar.dateTextFormat(QDate(2026, 12, 16)).toolTip() == "National Day"
    assert calendar.dateTextFormat(QDate(2026, 12, 8)).toolTip() == meeting.title_en
    assert calendar.dateTextFormat(QDate(2026, 12, 8)).fontUnderline()
    assert not calendar.dateTextFormat(QDate(2026, 12, 9)).fontUnderline()


def test_the_hijri_months_of_the_page_are_named_where_they_are_wanted(office: Desk, qtbot: QtBot) -> None:
    office.settings = replace(office.settings, hijri=True)
    calendar = DayCalendar(office, date(2026, 11, 25))
    shown(calendar, qtbot)
    named = [one.text() for one in calendar.findChildren(QLabel)]
    assert "Jumada I 1448 AH – Jumada II 1448 AH" in named
    calendar.showNextMonth()
    named = [one.text() for one in calendar.findChildren(QLabel)]
    assert "Jumada II 1448 AH – Rajab 1448 AH" in named


def page_of(calendar: DayCalendar) -> str:
    """Month and year over the page."""
    parts = ("month", "year")
    return " ".join(calendar.findChildren(QToolButton, f"qt_calendar_{part}button")[0].text() for part in parts)


def test_months_and_digits_are_those_that_are_wished(office: Desk, qtbot: QtBot) -> None:
    pictures = []
    for digits in ("latn", "arab"):
        office.language = Language("ar", digits, months="levantine")
        calendar = DayCalendar(office, date(2026, 11, 25))
        shown(calendar, qtbot)
        assert page_of(calendar) == office.language.figures("تشرين الثاني 2026")
        calendar.showNextMonth()
        assert page_of(calendar) == office.language.figures("كانون الأول 2026")
        pictures.append(calendar.findChildren(QTableView)[0].grab().toImage())
    assert pictures[0] != pictures[1]


def test_the_days_have_a_name_for_those_who_hear_them(office: Desk, qtbot: QtBot) -> None:
    calendar = DayCalendar(office, None)
    shown(calendar, qtbot)
    calendar.setFocus()
    assert calendar.focusProxy().accessibleName() == "Choose a day"
