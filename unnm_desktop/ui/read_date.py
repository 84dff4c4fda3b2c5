"""Reading dates as people type them: "25 nov", "wed", "+7", "٢٥/١١", "December 2019"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from unnm_desktop.i18n import european_digits

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan يناير كانون_الثاني",
            "february feb فبراير شباط",
            "march mar مارس اذار",
            "april apr ابريل نيسان",
            "may مايو ايار",
            "june jun يونيو يونيه حزيران",
            "july jul يوليو يوليه تموز",
            "august aug اغسطس اب",
            "september sept sep سبتمبر ايلول",
            "october oct اكتوبر تشرين_الاول",
            "november nov نوفمبر تشرين_الثاني",
            "december dec ديسمبر كانون_الاول",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon الاثنين اثنين",
            "tuesday tue tues الثلاثاء ثلاثاء",
            "wednesday wed الاربعاء اربعاء",
            "thursday thu thurs الخميس خميس",
            "friday fri الجمعة جمعة",
            "saturday sat السبت سبت",
            "sunday sun الاحد احد",
        )
    )
    for name in names.split()
}
_RELATIVE = {"today": 0, "tomorrow": 1, "yesterday": -1, "اليوم": 0, "غدا": 1, "امس": -1}
_LETTERS = str.maketrans("أإآٱى", "ااااي")
_MARKS = re.compile("[\u064b-\u0652\u0640]")
_DOUBLE = re.compile(r"\b(كانون|تشرين) (ال\w+)(?:/\w+)?")


def _plain(text: str) -> str:
    text = _MARKS.sub("", european_digits(text).translate(_LETTERS)).casefold().strip()
    # The double names of UN paper: كانون الأول/ديسمبر is one month.
    text = _DOUBLE.sub(r"\1_\2", text)
    return re.sub(r"[\s,،]+", " ", text).strip(" .")


def _year(text: str) -> int | None:
    if re.fullmatch(r"\d{4}", text):
        return int(text)
    return 2000 + int(text) if re.fullmatch(r"\d{2}", text) else None


def _day(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _nearest(month: int, day: int, today: date, year: int | None) -> date | None:
    """The day of that month in the year that is meant, else in the one nearest to today, at most four months back."""
    if year is not None:
        return _day(year, month, day)
    found = _day(today.year, month, day)
    if found is not None and found < today - timedelta(days=122):
        return _day(today.year + 1, month, day) or found
    return found or _day(today.year + 1, month, day)


def _numbers(plain: str, today: date, year_meant: int | None) -> date | None:
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", plain):
        return _day(*(int(part) for part in match.groups()))
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})", plain):
        day, month, year = match.groups()
        return _day(_year(year) or 0, int(month), int(day))
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})", plain):
        return _nearest(int(match[2]), int(match[1]), today, year_meant)
    if match := re.fullmatch(r"\d{1,2}", plain):
        found = _day(today.year, today.month, int(plain))
        if found is not None and found >= today:
            return found
        following = date(today.year, today.month, 28) + timedelta(days=7)
        return _day(following.year, following.month, int(plain))
    return None


def _words(plain: str, today: date, year_meant: int | None) -> date | None:
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    if match := re.fullmatch(r"([+-])\s?(\d{1,4})\s?([dwm]?)", plain):
        count = int(match[1] + match[2])
        if match[3] == "m":
            months = today.year * 12 + today.month - 1 + count
            year, month = divmod(months, 12)
            return _day(year, month + 1, min(today.day, monthrange(year, month + 1)[1])) if 1 <= year <= 9999 else None
        return today + timedelta(days=count * (7 if match[3] == "w" else 1))
    if plain in _WEEKDAYS:
        ahead = (_WEEKDAYS[plain] - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    parts = [part for part in plain.split() if part not in _WEEKDAYS]
    # "nov 25 2026" and "25 nov 2026" both occur.
    if len(parts) >= 2 and parts[0] in _MONTHS and re.fullmatch(r"\d{1,2}", parts[1]):
        parts[0], parts[1] = parts[1], parts[0]
    if len(parts) in (2, 3) and re.fullmatch(r"\d{1,2}", parts[0]):
        named = _month(parts[1])
        if named is None:
            return None
        if len(parts) == 2:
            return _nearest(named, int(parts[0]), today, year_meant)
        return _day(_year(parts[2]) or 0, named, int(parts[0]))
    return None


def _month(word: str) -> int | None:
    word = word.split("/", maxsplit=1)[0]
    return _MONTHS.get(word)


def read_day(text: str, today: date, year: int | None = None) -> date | None:
    """The day that is meant, or None when it cannot be told; day before month, as both networks write.

    Args:
        text: what was typed.
        today: the day that "wed" and "+7" are counted from.
        year: the year of a day and month without one, where it is known: in a plan it is the plan's.

    """
    plain = _plain(text)
    return (_numbers(plain, today, year) or _words(plain, today, year)) if plain else None


def read_partial(text: str, today: date) -> str | None:
    """Like ``read_day``, but a year or a month alone is enough: "2019", "Dec 2019" → "2019", "2019-12"."""
    plain = _plain(text)
    if re.fullmatch(r"\d{4}", plain):
        return plain if plain != "0000" else None
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})", plain):
        number = int(match[2] or match[3])
        return f"{match[1] or match[4]}-{number:02}" if 1 <= number <= 12 else None
    parts = plain.split()
    if len(parts) == 2 and re.fullmatch(r"\d{4}", parts[1]) and (month := _month(parts[0])):
        return f"{parts[1]}-{month:02}"
    if len(parts) == 1 and (month := _month(parts[0])):
        return f"{today.year}-{month:02}"
    found = read_day(text, today)
    return found.isoformat() if found else None
