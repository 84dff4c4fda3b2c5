"""A month to choose a day from: the network's week and weekend, its holidays and its meetings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLabel, QTableView, QToolButton

from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Holiday, Network
from unnm_desktop.i18n import N_
from unnm_desktop.services import calendar, records
from unnm_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

SUNDAY = 6
FRIDAY_SATURDAY = (4, 5)
WIDTH, HEIGHT = 336, 264
# So much higher where the Hijri day stands in each cell and the Hijri months under the page.
HIJRI = 96
# A page shows six weeks, which reach into the months before and after.
BEYOND = timedelta(days=40)
_BEYOND_OPACITY = 0.45


def read_days(
    session: Session, network_id: UUID, start: date, end: date
) -> tuple[Network, list[Holiday], list[Meeting]]:
    """The network, its holidays and its meetings between two days."""
    return (
        records.get(session, Network, network_id),
        records.all_of(session, Holiday, Holiday.network_id == network_id, Holiday.day.between(start, end)),
        records.all_of(session, Meeting, Meeting.network_id == network_id, Meeting.day.between(start, end)),
    )


def day_of(chosen: QDate) -> date:
    """The day that Qt means."""
    return date(chosen.year(), chosen.month(), chosen.day())


class DayCalendar(QCalendarWidget):
    """No grid and no week numbers; a meeting's day is bold and underlined, a holiday's is dim like the weekend."""

    def __init__(self, desk: Desk, chosen: date | None) -> None:
        super().__init__()
        self._desk = desk
        self.setLocale(QLocale(desk.language.code))
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = chosen or desk.today()
        self.setSelectedDate(QDate(day.year, day.month, day.day))
        scale = desk.look.text_size / 100
        self._size = QSize(round(WIDTH * scale), round((HEIGHT + (HIJRI if desk.settings.hijri else 0)) * scale))
        self._hijri_months = QLabel()
        self._hijri_months.setProperty("role", "small")
        self._hijri_months.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hijri_months.setContentsMargins(0, 4, 0, 6)
        layout = self.layout()
        if desk.settings.hijri and layout is not None:
            layout.addWidget(self._hijri_months)
        # The padding of our tables' heads would make each day as wide as a column.
        self._days = days = self.findChildren(QTableView)[0]
        days.horizontalHeader().setMinimumSectionSize(20)
        # The keyboard is in the table of days, the calendar stands for it.
        for one in (self, days):
            one.setAccessibleName(desk.tr(N_("Choose a day")))
        for name, icon, words in (
            ("qt_calendar_prevmonth", "chevron-left", N_("Month before")),
            ("qt_calendar_nextmonth", "chevron-right", N_("Next month")),
        ):
            arrow = self.findChildren(QToolButton, name)[0]
            arrow.setIcon(desk.look.icons.icon(icon, desk.look.tokens.text2, 16))
            arrow.setAccessibleName(desk.tr(words))
            arrow.setToolTip(desk.tr(words))
        self._week(SUNDAY, FRIDAY_SATURDAY)
        self.currentPageChanged.connect(self._dress)
        self._dress(day.year, day.month)

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return self._size

    def _week(self, first: int, weekend: tuple[int, ...]) -> None:
        self.setFirstDayOfWeek(Qt.DayOfWeek(first + 1))
        for weekday in range(7):
            look = QTextCharFormat()
            look.setForeground(self._desk.look.colour("text2" if weekday in weekend else "text"))
            self.setWeekdayTextFormat(Qt.DayOfWeek(weekday + 1), look)

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate) -> None:
        # Qt would take digits and colours from the locale, not from what the officer wishes.
        look, here = self._desk.look, day_of(day)
        chosen = here == day_of(self.selectedDate())
        told = self.dateTextFormat(day)
        font, colour = look.font(), self.weekdayTextFormat(Qt.DayOfWeek(day.dayOfWeek())).foreground().color()
        if told.isValid() and told.foreground().style() is not Qt.BrushStyle.NoBrush:
            font.setWeight(QFont.Weight(told.fontWeight()))
            font.setUnderline(told.fontUnderline())
            colour = told.foreground().color()
        painter.save()
        # The days of the months before and after are dim, and can be chosen all the same.
        painter.setOpacity(1.0 if day.month() == self.monthShown() else _BEYOND_OPACITY)
        if chosen:
            painter.fillRect(rect, look.colour("primary"))
            if self._days.hasFocus():
                painter.setPen(QPen(look.colour("text"), 2))
                painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.setFont(font)
        painter.setPen(look.colour("primary_text") if chosen else colour)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self._desk.language.number(here.day))
        painter.setOpacity(1.0)
        if self._desk.settings.hijri:
            painter.setFont(look.font(0.72))
            painter.setPen(look.colour("primary_text" if chosen else "text2"))
            place = rect.adjusted(3, 0, -3, -1)
            end = look.end() | Qt.AlignmentFlag.AlignBottom
            painter.drawText(place, int(end), self._desk.language.hijri(here).split(" ")[0])
        painter.restore()

    def _name_page(self, year: int, month: int) -> None:
        """Month and year above the page, and the months to choose from, as the officer reads them."""
        language = self._desk.language
        name, number = (self.findChildren(QToolButton, f"qt_calendar_{part}button")[0] for part in ("month", "year"))
        name.setText(language.month(month))
        number.setText(language.figures(str(year)))
        for place, one in enumerate(name.menu().actions(), 1):
            one.setText(language.month(place))

    def _tell_hijri(self, first: date) -> None:
        """Which Hijri months the page reaches into."""
        language = self._desk.language
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        months = [language.hijri(day).partition(" ")[2] for day in (first, last)]
        self._hijri_months.setText(" – ".join(dict.fromkeys(months)))

    def _dress(self, year: int, month: int) -> None:
        """Show what the records say of the days on this page."""
        desk = self._desk
        self._name_page(year, month)
        self._tell_hijri(date(year, month, 1))
        if not desk.hub.is_open or desk.network is None:
            return
        first = date(year, month, 1)
        network, holidays, meetings = desk.hub.read(read_days, desk.network_id, first - BEYOND, first + BEYOND)
        start = min(calendar.weekday_numbers([network.first_weekday]), default=SUNDAY)
        self._week(start, tuple(calendar.weekday_numbers(network.weekend)))
        dim = QTextCharFormat()
        dim.setForeground(desk.look.colour("text2"))
        for one in holidays:
            dim.setToolTip(desk.language.pick(one, "name"))
            self.setDateTextFormat(QDate(one.day.year, one.day.month, one.day.day), dim)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        bold.setFontUnderline(True)
        bold.setForeground(desk.look.colour("accent_text"))
        for meeting in meetings:
            bold.setToolTip(desk.language.pick(meeting, "title"))
            self.setDateTextFormat(QDate(meeting.day.year, meeting.day.month, meeting.day.day), bold)
