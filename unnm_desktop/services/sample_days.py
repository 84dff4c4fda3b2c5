"""The days of an illustrative year: days off, meetings held and meetings planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from unnm_desktop.services.calendar import add_months, is_working_day, silence_end, weekday_numbers

# 1 Muharram of the year 1 in the civil reckoning, as a number of days that Python knows.
_HIJRI_EPOCH = date(622, 7, 19).toordinal()


def hijri_day(year: int, month: int, day: int) -> date:
    """The day of the Islamic civil (tabular) calendar; the sighting of the moon may move it by a day or two."""
    days = day + -(-59 * (month - 1) // 2) + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(_HIJRI_EPOCH + days - 1)


def days_off(words: Mapping[str, Any], country: str, years: range) -> Iterator[tuple[date, str, str]]:
    """The days off of a country in these years with their names in English and Arabic, in order."""
    found: list[tuple[date, str, str]] = []
    for year in years:
        found += [(date(year, month, day), en, ar) for month, day, en, ar in words[country]]
    for hijri in range((years.start - 622) * 33 // 32 - 1, (years.stop - 622) * 33 // 32 + 2):
        for month, day, count, en, ar in words["moving"]:
            first = hijri_day(hijri, month, day)
            found += [(first + timedelta(days=step), en, ar) for step in range(count)]
    taken: set[date] = set()
    for day, en, ar in sorted(found):
        if day.year in years and day not in taken:
            taken.add(day)
            yield day, en, ar


@dataclass(frozen=True)
class Working:
    """When a network works, and its moments in UTC."""

    zone: str
    weekend: frozenset[int]
    holidays: frozenset[date]

    @classmethod
    def of(cls, zone: str, weekend: list[str], holidays: list[date]) -> Working:
        """From the names of the weekend's days."""
        return cls(zone, weekday_numbers(weekend), frozenset(holidays))

    def works(self, day: date) -> bool:
        """Whether that is a working day."""
        return is_working_day(day, self.weekend, self.holidays)

    def before(self, day: date) -> date:
        """That day, or the last working day before it."""
        while not self.works(day):
            day -= timedelta(days=1)
        return day

    def after(self, day: date) -> date:
        """That day, or the next working day."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def at(self, day: date, hour: int) -> datetime:
        """That hour of the day as a moment."""
        return datetime.combine(day, time(hour), ZoneInfo(self.zone)).astimezone(UTC)

    def silence(self, start: datetime, days: int) -> datetime:
        """When a silence procedure ends."""
        return silence_end(start, days, self.zone, self.weekend, self.holidays)

    def day_of(self, moment: datetime) -> date:
        """The day of a moment where the network is."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True)
class Season:
    """The meetings of the 12 months that end on a day.

    Args:
        on: the last day.
        past: whether everything in it is long settled.
        regular: regular meetings held, oldest first.
        highlighted: highlighted meetings held, oldest first.
        planned: the next regular meeting; None in a past season.

    """

    on: date
    past: bool
    regular: tuple[date, ...]
    highlighted: tuple[date, ...]
    planned: date | None

    @property
    def first(self) -> date:
        """The first day."""
        return add_months(self.on, -12) + timedelta(days=1)


def season(working: Working, on: date, step_months: int, *, past: bool) -> Season:
    """Lay the meetings of a season out: monthly ones with one skipped, or one every two months."""
    first = add_months(on, -12) + timedelta(days=1)

    def fitting(day: date) -> date:
        found = working.before(day)
        return found if found >= first else working.after(first)

    if step_months == 1:
        # The fifth month back is the one that the members decided to skip.
        regular = [fitting(add_months(on, -back) - timedelta(days=9)) for back in range(11, -1, -1) if back != 4]
        highlighted = [
            fitting(add_months(on, -7) - timedelta(days=20)),
            fitting(on - timedelta(days=24)),
        ]
        planned = working.after(add_months(on, 1) - timedelta(days=9))
    else:
        regular = [
            fitting(add_months(on, -2 * back) - timedelta(days=56 if back == 0 else 52)) for back in range(5, -1, -1)
        ]
        highlighted = []
        planned = working.after(on + timedelta(days=5))
    return Season(on, past, tuple(regular), tuple(highlighted), None if past else planned)
