"""Where days, columns and bars of a timeline lie, counted from the side where reading begins; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

# Plans lie in these years; a bar is never pushed beyond them.
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 12, 31)
# So near to its end a bar is stretched, not moved; the grip reaches a little beyond the bar.
EDGE, BEYOND = 7.0, 5.0
# What the first and the last day keep free beside them, so that their signs are not cut.
INSET = 11


class Grip(Enum):
    """What of a bar is held."""

    WHOLE = "whole"
    START = "start"
    END = "end"


@dataclass(frozen=True)
class Days:
    """A row of days laid out over a width."""

    first: date
    last: date
    width: float

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def each(self) -> float:
        """How wide a day is."""
        return self.width / self.count

    def at(self, day: date) -> float:
        """Where a day begins; before the first and after the last too."""
        return (day - self.first).days * self.each

    def after(self, day: date) -> float:
        """Where a day ends: a bar covers its last day."""
        return ((day - self.first).days + 1) * self.each

    def day_at(self, along: float) -> date:
        """The day at a place."""
        # A place computed as the very start of a day must not fall into the day before it.
        return _within(self.first.toordinal() + int((along + 1e-6) // self.each))

    def days_between(self, begin: float, end: float) -> int:
        """By how many days a drag from here to there moves."""
        return round((end - begin) / self.each)

    def months(self) -> Iterator[tuple[date, float, float]]:
        """The first day of each month, where it begins and where it ends."""
        day = self.first
        while day <= self.last:
            following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            yield day, self.at(day), self.at(following)
            day = following

    def weeks(self, first_weekday: int) -> Iterator[tuple[date, float]]:
        """The first day of each whole week and where it begins; Monday is 0."""
        day = self.first + timedelta(days=(first_weekday - self.first.weekday()) % 7)
        while day <= self.last:
            yield day, self.at(day)
            day += timedelta(days=7)


@dataclass(frozen=True)
class Columns:
    """The columns of a timeline: title and lead stand still at the start, money at the end, days scroll between.

    Args:
        offset: by how much the days are scrolled.

    """

    width: int
    title: int
    lead: int
    money: int
    rtl: bool = False
    offset: int = 0

    @property
    def before(self) -> int:
        """What stands before the days."""
        return self.title + self.lead

    @property
    def room(self) -> int:
        """What is left for the days."""
        return max(1, self.width - self.before - self.money)

    @property
    def days_room(self) -> int:
        """What of it days can lie in."""
        return max(1, self.room - 2 * INSET)

    @property
    def in_sight(self) -> tuple[float, float]:
        """From where to where among the days one sees."""
        return self.offset - INSET, self.offset + self.room - INSET

    def x(self, along: float, length: float = 0) -> float:
        """The left edge on the screen of something so long that begins so far from the start side."""
        return self.width - along - length if self.rtl else along

    def along(self, x: float) -> float:
        """How far a place on the screen is from the start side."""
        return self.width - x if self.rtl else x

    def chart_x(self, along: float, length: float = 0) -> float:
        """The left edge on the screen of something among the days."""
        return self.x(self.before + INSET - self.offset + along, length)

    def chart_along(self, x: float) -> float:
        """How far among the days a place on the screen is."""
        return self.along(x) - self.before - INSET + self.offset

    def in_chart(self, x: float) -> bool:
        """Whether a place lies among the days, not on a column beside them."""
        return self.before <= self.along(x) < self.before + self.room


def columns_for(
    width: int, wanted: tuple[int, int, int], least_chart: int, *, rtl: bool = False, offset: int = 0
) -> Columns:
    """Columns as wide as they want to be; where the days would have too little, money goes first, then the lead."""
    title, lead, money = wanted
    if width - title - lead - money < least_chart:
        money = 0
    if width - title - lead < least_chart:
        lead = 0
    if width - title < least_chart:
        title = max(120, min(title, width - least_chart))
    return Columns(width, title, lead, money, rtl, offset)


def grip_at(begin: float, end: float, along: float) -> Grip | None:
    """What of a bar is under the pointer; a short bar keeps a middle to be moved by."""
    if not begin - BEYOND <= along <= end + BEYOND:
        return None
    edge = min(EDGE, (end - begin) / 3)
    if along < begin + edge:
        return Grip.START
    return Grip.END if along > end - edge else Grip.WHOLE


def shifted(start: date, end: date, grip: Grip, days: int) -> tuple[date, date]:
    """The days of a bar whose grip is moved by so many days; it never becomes shorter than one day."""
    if grip is Grip.START:
        return min(_by(start, days), end), end
    if grip is Grip.END:
        return start, max(_by(end, days), start)
    least, most = (EARLIEST - start).days, (LATEST - end).days
    # A bar that lies outside already stays as long as it is.
    days = min(max(days, min(least, 0)), max(most, 0))
    return _by(start, days), _by(end, days)


def _by(day: date, days: int) -> date:
    return _within(day.toordinal() + days)


def _within(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, EARLIEST.toordinal()), LATEST.toordinal()))
