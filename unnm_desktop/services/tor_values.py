"""What a single value of a profile must be, and the sentence that says so."""

from __future__ import annotations

import re
import unicodedata
import zoneinfo
from datetime import date

from unnm_desktop.i18n import N_
from unnm_desktop.services import calendar
from unnm_desktop.services.tor_checking import Rule


def _clean(text: object) -> bool:
    return type(text) is str and not any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text)


def _line(text: object) -> bool:
    return _clean(text) and len(str(text)) <= 300 and "\n" not in str(text)


def _name(text: object) -> bool:
    return _line(text) and bool(str(text).strip())


def _names(items: object) -> bool:
    return isinstance(items, list) and all(_name(item) for item in items) and len(set(items)) == len(items)


def _zone(name: object) -> bool:
    try:
        zoneinfo.ZoneInfo(name) if type(name) is str and name else None
    except (OSError, ValueError, KeyError):  # no such zone, a folder of zones, or a path that leaves the zones
        return False
    return type(name) is str and bool(name)


def _day_of_year(text: object) -> bool:
    try:
        # 2001 was no leap year: a due date must exist every year.
        return (
            type(text) is str
            and bool(re.fullmatch(r"[0-9]{2}-[0-9]{2}", text))
            and bool(date.fromisoformat(f"2001-{text}"))
        )
    except ValueError:
        return False


def choice(*options: str) -> Rule:
    """One of these words."""
    return Rule(
        N_("{key}: expected one of {options}; found {found}."),
        lambda value: type(value) is str and value in options,
        {"options": ", ".join(options)},
    )


def choices(*options: str) -> Rule:
    """A list of words out of these."""
    return Rule(
        N_("{key}: expected a list of words out of {options}, each once; found {found}."),
        lambda value: _names(value) and set(value) <= set(options),
        {"options": ", ".join(options)},
    )


def whole(low: int, high: int) -> Rule:
    """A whole number between two others."""
    return Rule(
        N_("{key}: expected a whole number from {low} to {high}; found {found}."),
        lambda value: type(value) is int and low <= value <= high,
        {"low": str(low), "high": str(high)},
    )


TEXT = Rule(N_("{key}: expected a text; found {found}."), _clean)
FULL = Rule(
    N_("{key}: expected a text that is not empty; found {found}."), lambda value: _clean(value) and value.strip()
)
LINE = Rule(N_("{key}: expected one line of text in quotes; found {found}."), _line)
NAME = Rule(N_("{key}: expected one line of text in quotes, not empty; found {found}."), _name)
LINES = Rule(N_("{key}: expected a list of texts in quotes, none empty and none twice; found {found}."), _names)
SOME = Rule(
    N_("{key}: expected a list of at least one text in quotes, none empty and none twice; found {found}."),
    lambda value: _names(value) and value,
)
YES_NO = Rule(N_("{key}: expected true or false; found {found}."), lambda value: type(value) is bool)
COUNTRY = Rule(
    N_("{key}: expected the three capital letters of a country (ISO 3166-1), such as KWT; found {found}."),
    lambda value: type(value) is str and bool(re.fullmatch(r"[A-Z]{3}", value)),
)
CURRENCY = Rule(
    N_("{key}: expected the three capital letters of a currency (ISO 4217), such as KWD; found {found}."),
    lambda value: type(value) is str and bool(re.fullmatch(r"([A-Z]{3})?", value)),
)
ZONE = Rule(N_("{key}: expected the name of a time zone, such as Asia/Kuwait; found {found}."), _zone)
DAY = Rule(
    N_(
        "{key}: expected a date in quotes, such as 2019, 2019-12 or 2019-12-31, or nothing between them; found {found}."
    ),
    lambda value: type(value) is str and (not value or calendar.valid_partial(value)),
)
DAY_OF_YEAR = Rule(N_("{key}: expected a month and day in quotes, such as 01-31; found {found}."), _day_of_year)
WEEKEND = Rule(
    N_("{key}: expected a list of at most six weekdays out of {options}, each once; found {found}."),
    lambda value: _names(value) and set(value) <= set(calendar.WEEKDAYS) and len(value) < 7,
    {"options": ", ".join(calendar.WEEKDAYS)},
)
GCM = Rule(
    N_("{key}: expected a list of GCM objectives, numbers from 1 to 23; found {found}."),
    lambda value: isinstance(value, list) and all(type(one) is int and 1 <= one <= 23 for one in value),
)
MONTHS = whole(1, 120)
DAYS = whole(0, 3660)
PERIOD = Rule(
    N_("{key}: expected 3, 6 or 12 months; found {found}."),
    lambda value: type(value) is int and value in calendar.PERIOD_MONTHS,
)
