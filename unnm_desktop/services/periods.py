"""Periods as lists are narrowed by: a few that move with the day, a year or month, or from one day to another."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language

MOVING: tuple[tuple[str, str], ...] = (
    ("last_30_days", N_("The last 30 days")),
    ("next_30_days", N_("The next 30 days")),
    ("this_month", N_("This month")),
    ("this_half", N_("This half-year")),
    ("last_half", N_("The last half-year")),
    ("this_year", N_("This year")),
    ("last_year", N_("Last year")),
)
"""Periods that move with the day (msgids)."""
UNTIL = ".."
_MONTH = timedelta(days=30)

Bounds = tuple[date | None, date | None]
"""First and last day, both inclusive; none = open on that side."""


def between(start: date | None, end: date | None) -> str:
    """The period from one day to another; either may be open."""
    return f"{start.isoformat() if start else ''}{UNTIL}{end.isoformat() if end else ''}"


def bounds(period: str, on: date) -> Bounds:
    """The first and last day of a period: one of ``MOVING``, ``2026``, ``2026-06`` or ``2026-01-15..2026-03``.

    Raises:
        UserError: it is none of these.

    """
    start, dots, end = period.partition(UNTIL)
    if dots:
        return (_fixed(start)[0] if start else None), (_fixed(end)[1] if end else None)
    half = 1 if on.month <= 6 else 7
    match period:
        case "last_30_days":
            return on - _MONTH, on
        case "next_30_days":
            return on, on + _MONTH
        case "this_month":
            return _fixed(f"{on:%Y-%m}")
        case "this_half":
            return _half(on.year, half)
        case "last_half":
            return _half(on.year, 1) if half == 7 else _half(on.year - 1, 7)
        case "this_year":
            return _fixed(f"{on.year:04}")
        case "last_year":
            return _fixed(f"{on.year - 1:04}")
    return _fixed(period)


def _half(year: int, first_month: int) -> tuple[date, date]:
    last = first_month + 5
    return date(year, first_month, 1), date(year, last, calendar.monthrange(year, last)[1])


def _fixed(text: str) -> tuple[date, date]:
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
        if len(numbers) == 2:
            last = calendar.monthrange(numbers[0], numbers[1])[1]
            return date(numbers[0], numbers[1], 1), date(numbers[0], numbers[1], last)
        day = date(*numbers)
    except (ValueError, TypeError, calendar.IllegalMonthError) as error:
        raise UserError(
            N_("“{period}” is no period. Give a year, a month such as 2026-06, or two days with two dots between."),
            period=text[:40],
        ) from error
    return day, day


def told(period: str, language: Language) -> str:
    """A period in words."""
    for name, title in MOVING:
        if period == name:
            return language.tr(title)
    start, dots, end = period.partition(UNTIL)
    if not dots:
        return language.day(period)
    if start and end:
        return language.span(language.day(start, short=True), language.day(end, short=True))
    if start:
        return language.tr(N_("From {day}"), day=language.day(start, short=True))
    return language.tr(N_("Until {day}"), day=language.day(end, short=True))
