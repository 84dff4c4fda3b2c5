"""A date as people type it, with what was understood shown in grey and a calendar at hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QPoint
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QWidget,
    QWidgetAction,
)

from unnm_desktop.i18n import N_
from unnm_desktop.services.calendar import FIRST_YEAR, LAST_YEAR, first_day
from unnm_desktop.ui.cut_line import CutLine
from unnm_desktop.ui.forms import TEXT_INSET, Field, Unreadable
from unnm_desktop.ui.read_date import read_day, read_partial
from unnm_desktop.ui.widgets import icon_button


class DateField(Field):
    """A day (``date``), or with ``partial`` a date as precise as it is known (``YYYY[-MM[-DD]]``, "" unknown)."""

    def __init__(
        self,
        name: str,
        label: str,
        value: date | str | None = None,
        *,
        partial: bool = False,
        year: int | None = None,
        hint: str = "",
        enabled: bool = True,
    ) -> None:
        """``year`` is that of a day and month typed without one; else it is the nearest."""
        super().__init__(name, label, value or ("" if partial else None), hint=hint, enabled=enabled)
        self._partial, self._year = partial, year

    def make_input(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.line = CutLine()
        self.dress(self.line)
        self.line.setAlignment(self.desk.look.start())
        self.line.setAccessibleName(self.label_text())
        self.line.setPlaceholderText(self.placeholder())
        self.line.textEdited.connect(self._understand)
        self.line.installEventFilter(self)
        choose = self.desk.tr(N_("Choose a day"))
        self.button = icon_button(self.desk.look, "calendar", choose, self._open_calendar, 16, 24)
        self.button.setAccessibleName(f"{self.label_text()}: {choose}")
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        holder.setFocusProxy(self.line)
        return holder

    def make_under(self) -> QWidget:
        self.understood = QLabel()
        self.understood.setProperty("role", "hint")
        self.understood.setWordWrap(True)
        self.understood.setAlignment(self.desk.look.start())
        self.understood.setContentsMargins(TEXT_INSET, 0, TEXT_INSET, 0)
        self.understood.hide()
        return self.understood

    def _say(self, text: str) -> None:
        self.understood.setText(text)
        self.understood.setVisible(bool(text))

    def problem(self, text: str) -> None:
        super().problem(text)
        if text:
            # Nothing was understood, and the line below says so.
            self._say("")

    def show_value(self, value: Any) -> None:
        text = self._told(value)
        self.line.setText(text)
        # The weekday is left out before a digit of the year is.
        self.line.set_brief(text, self.desk.language.day(value, short=True))
        self.line.setCursorPosition(0)
        self._say(self.desk.hijri(value if isinstance(value, date) else None))

    def read_input(self) -> Any:
        text = self.line.text().strip()
        if not text:
            return "" if self._partial else None
        if self._value and text == self._told(self._value):
            return self._value
        today = self.desk.today()
        found = read_partial(text, today) if self._partial else read_day(text, today, self._year)
        if found is None:
            raise Unreadable(N_("This is not a date. Write it like 25 Nov 2026, 25/11, wed or +7."))
        if not FIRST_YEAR <= int(str(found)[:4]) <= LAST_YEAR:
            raise Unreadable(N_("This year is too far away. Write one between 1900 and 2200."))
        return found

    def typed(self) -> Any:
        # As every language reads it; what is no date stays as it was typed.
        try:
            return str(self.read_input() or "")
        except Unreadable:
            return self.line.text()

    def type_in(self, typed: Any) -> None:
        self.line.setText(str(typed))
        self.commit()

    def _told(self, value: date | str | None) -> str:
        language = self.desk.language
        if isinstance(value, date):
            return language.weekday_day(value, short=True)
        # A whole day must fit beside the list; a month has room for its name.
        return language.day(value, short=len(value or "") > len("2019-12"))

    def _understand(self) -> None:
        try:
            found = self.read_input()
        except Unreadable:
            self._say("…")
            return
        language = self.desk.language
        if isinstance(found, date):
            hijri = self.desk.hijri(found)
            self._say(language.weekday_day(found, short=True) + (f" · {hijri}" if hijri else ""))
        else:
            self._say(language.day(found, short=True))

    def _open_calendar(self) -> None:
        # It reads records; most fields are never opened.
        from unnm_desktop.ui.day_calendar import DayCalendar, day_of

        menu = QMenu(self)
        chosen = first_day(self._value) if isinstance(self._value, str) and self._value else self._value
        calendar = DayCalendar(self.desk, chosen or None)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def take(chosen: QDate) -> None:
            menu.close()
            self.line.setText(day_of(chosen).isoformat())
            self.line.setFocus()
            self.commit()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
        calendar.setFocus()
