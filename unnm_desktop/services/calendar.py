"""Days, working days, periods and deadlines, as the rules of the networks count them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PERIOD_MONTHS = (3, 6, 12)
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Of what a day may be: beyond it counting months and deadlines leaves the calendar."""
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PERIOD = re.compile(r"([12][0-9]{3})(?:-(?:H([12])|Q([1-4])))?")


@lru_cache(maxsize=4096)
def _bounds(text: str) -> tuple[date, date]:
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or month is None:
        return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
    if day is None:
        first = date(year, month, 1)
        return first, date(year, month, calendar.monthrange(year, month)[1])
    whole = date(year, month, day)
    return whole, whole


def valid_partial(text: str) -> bool:
    """Whether the text is a real date written ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    try:
        _bounds(text)
    except ValueError:
        return False
    return True


def first_day(text: str) -> date:
    """The day a partial date means as a start.

    Raises:
        ValueError: the text is not a partial date.

    """
    return _bounds(text)[0]


def last_day(text: str) -> date:
    """The day a partial date means as an end or a deadline.

    Raises:
        ValueError: the text is not a partial date.

    """
    return _bounds(text)[1]


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later (or earlier), clamped to the end of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def weekday_numbers(names: Iterable[str]) -> frozenset[int]:
    """Weekday names of a profile (``fri``) as Python's numbers, Monday = 0."""
    return frozenset(WEEKDAYS.index(name) for name in names)


def is_working_day(day: date, weekend: frozenset[int], holidays: frozenset[date]) -> bool:
    """Whether the network works on that day."""
    return day.weekday() not in weekend and day not in holidays


def working_days_after(day: date, count: int, weekend: frozenset[int], holidays: frozenset[date]) -> date:
    """The working day number ``count`` after the day; none after gives the day itself.

    Raises:
        ValueError: the weekend takes the whole week.

    """
    if weekend >= frozenset(range(7)):
        raise ValueError(weekend)
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, weekend, holidays):
            count -= 1
    return day


def end_of_day(day: date, zone: str) -> datetime:
    """The last instant of that day in the zone, in UTC; "as at day D" means up to it."""
    place = ZoneInfo(zone)
    # Where clocks go back over midnight the last minute comes twice: the later one ends the day.
    return max(datetime.combine(day, time.max.replace(fold=fold), place).astimezone(UTC) for fold in (0, 1))


def silence_end(
    start: datetime,
    days: int,
    zone: str,
    weekend: frozenset[int],
    holidays: frozenset[date],
    min_hours: int = 72,
) -> datetime:
    """When silence that starts now (UTC) ends: same clock time on the n-th working day, never under the hours."""
    place = ZoneInfo(zone)
    local = start.astimezone(place)
    last = working_days_after(local.date(), days, weekend, holidays)
    end = datetime.combine(last, local.time(), place).astimezone(UTC)
    # A change to summer time makes three days 71 hours long.
    return max(end, start.astimezone(UTC) + timedelta(hours=min_hours))


@dataclass(frozen=True, order=True)
class Period:
    """A year, half-year or quarter with its code (``2026``, ``2026-H1``, ``2026-Q2``)."""

    start: date
    end: date
    code: str

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period of that code.

        Raises:
            UserError: the code is not one of a period.

        """
        match = _PERIOD.fullmatch(code.strip().upper())
        if match is None:
            raise UserError(
                N_("“{code}” is not a period. Write a year, half-year or quarter: 2026, 2026-H1 or 2026-Q2."), code=code
            )
        months = 6 if match[2] else 3 if match[3] else 12
        number = int(match[2] or match[3] or 1)
        return period_of(date(int(match[1]), (number - 1) * months + 1, 1), months)

    @property
    def months(self) -> int:
        """How many months it lasts: 3, 6 or 12."""
        return self.end.month - self.start.month + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def following(self) -> Period:
        """The period of the same length that comes next."""
        return period_of(self.end + timedelta(days=1), self.months)

    def previous(self) -> Period:
        """The period of the same length before it."""
        return period_of(self.start - timedelta(days=1), self.months)


def period_of(day: date, months: int) -> Period:
    """The quarter (3), half-year (6) or year (12) that holds the day."""
    number = (day.month - 1) // months
    code = {3: f"{day.year:04}-Q{number + 1}", 6: f"{day.year:04}-H{number + 1}", 12: f"{day.year:04}"}[months]
    start = date(day.year, number * months + 1, 1)
    last = number * months + months
    return Period(start, date(day.year, last, calendar.monthrange(day.year, last)[1]), code)


def half_year(day: date) -> Period:
    """The half-year that holds the day."""
    return period_of(day, 6)


def halves_ended_since(first: date, on: date) -> tuple[Period, ...]:
    """The half-years whose last day lies from ``first`` to ``on``, both inclusive, oldest first."""
    return periods_ended_since(first, on, 6)


def periods_ended_since(first: date, on: date, months: int) -> tuple[Period, ...]:
    """The quarters, half-years or years whose last day lies from ``first`` to ``on``, oldest first."""
    found = []
    period = period_of(first, months)
    while period.end <= on:
        found.append(period)
        period = period.following()
    return tuple(found)
