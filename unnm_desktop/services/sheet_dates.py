"""Days as people write them in a column of a spreadsheet: day or month first is decided for the whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from unnm_desktop.i18n import N_, Day, european_digits
from unnm_desktop.services.calendar import FIRST_YEAR, LAST_YEAR
from unnm_desktop.services.says import Names, Said
from unnm_desktop.services.sheets import NoValue, Value, shown

_MARKS = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x0640))
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+Z?)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_WORDS = re.compile(r"[\s,،./-]+")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan يناير كانون_الثاني",
            "february feb فبراير شباط",
            "march mar مارس آذار اذار",
            "april apr أبريل ابريل إبريل نيسان",
            "may مايو أيار ايار",
            "june jun يونيو يونيه حزيران",
            "july jul يوليو يوليه تموز",
            "august aug أغسطس اغسطس آب اب",
            "september sept sep سبتمبر أيلول ايلول",
            "october oct أكتوبر اكتوبر تشرين_الأول تشرين_الاول",
            "november nov نوفمبر تشرين_الثاني",
            "december dec ديسمبر كانون_الأول كانون_الاول",
        ),
        1,
    )
    for word in words.split()
}
_TWO_WORDS = re.compile("(كانون|تشرين) (الثاني|الأول|الاول)")

NOT_A_DAY = N_("“{text}” is not a day. Write it like 2026-04-03.")
IMPOSSIBLE = N_("“{text}” is not a day of the calendar. Write it like 2026-04-03.")
NUMBER = N_("“{text}” is a number, not a day. Give the cell a date format, or write it like 2026-04-03.")
MIXED = N_("“{text}” can be read two ways, and the column mixes both. Write it like 2026-04-03.")
READ_DAY_FIRST = N_("The days of this column can be read two ways. They were read day first: {samples}.")
SAMPLE = N_("“{text}” as {day}")


@dataclass(frozen=True)
class Understood:
    """A column of days.

    Args:
        days: one for each cell: a day (for partial dates its text), None for an empty cell, or what is wrong.
        ambiguous: the places of the cells that could be read two ways and were read day first.

    """

    days: tuple[date | str | Said | None, ...]
    ambiguous: tuple[int, ...]
    note: Said | None


def understand(values: Sequence[Value], *, partial: bool = False) -> Understood:
    """Read a column of days; if one value proves that day or month comes first, all are read so."""
    texts = [_plain(value) for value in values]
    pairs = {place: match for place, text in enumerate(texts) if text and (match := _NUMBERS.fullmatch(text))}
    day_first = any(int(m[1]) > 12 >= int(m[2]) for m in pairs.values())
    month_first = any(int(m[2]) > 12 >= int(m[1]) for m in pairs.values())
    open_places = [
        place for place, m in pairs.items() if int(m[1]) <= 12 and int(m[2]) <= 12 and int(m[1]) != int(m[2])
    ]
    mixed, doubtful = day_first and month_first, set(open_places)
    days: list[date | str | Said | None] = []
    for place, value in enumerate(values):
        text = texts[place]
        if mixed and place in doubtful:
            days.append(Said(MIXED, {"text": shown(value)[:60]}))
        else:
            # Where both are proven, each value that leaves no doubt is read as it stands.
            turned = int(pairs[place][2]) > 12 if mixed and place in pairs else month_first
            days.append(_day(value, text, month_first=turned, partial=partial))
    unproven = () if day_first or month_first else tuple(open_places)
    note = None
    if unproven:
        samples = dict.fromkeys((shown(values[place]), days[place]) for place in unproven)
        told = [Said(SAMPLE, {"text": text, "day": Day(day)}) for text, day in list(samples)[:3] if _is_day(day)]  # type: ignore[arg-type]  # only days are told
        note = Said(READ_DAY_FIRST, {"samples": Names(tuple(told))}) if told else None
    return Understood(tuple(days), unproven, note)


def _is_day(day: object) -> bool:
    return isinstance(day, (date, str))


def _plain(value: Value) -> str:
    if not isinstance(value, str):
        return ""
    return european_digits(value.translate(_MARKS)).strip()


def _day(value: Value, text: str, *, month_first: bool, partial: bool) -> date | str | Said | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat() if partial else value
    if isinstance(value, NoValue):
        return Said(NOT_A_DAY, {"text": value[:60]})
    if not isinstance(value, str):
        if partial and isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR:
            return str(value)
        return Said(NUMBER, {"text": shown(value)[:60]})
    parts = _parts(text, month_first=month_first)
    if parts is None:
        return Said(NOT_A_DAY, {"text": value[:60]})
    year, month, day = parts
    try:
        whole = date(year, month or 1, day or 1)
    except ValueError:
        return Said(IMPOSSIBLE, {"text": value[:60]})
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Said(IMPOSSIBLE, {"text": value[:60]})
    if month and day:
        return whole.isoformat() if partial else whole
    if not partial:
        return Said(NOT_A_DAY, {"text": value[:60]})
    return f"{year:04}-{month:02}" if month else f"{year:04}"


def _parts(text: str, *, month_first: bool) -> tuple[int, int | None, int | None] | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMBERS.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        day, month = (second, first) if month_first else (first, second)
        return _year(match[3]), month, day
    if match := _MONTH_YEAR.fullmatch(text):
        return int(match[2]), int(match[1]), None
    if match := _YEAR_MONTH.fullmatch(text):
        return int(match[1]), int(match[2]), None
    if re.fullmatch(r"\d{4}", text):
        return int(text), None, None
    return _in_words(text)


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _in_words(text: str) -> tuple[int, int | None, int | None] | None:
    """A day in words: "3 April 2026", "April 3, 2026", "3-Apr-26", "نيسان/أبريل 2026", a weekday before or not."""
    words = [word for word in _WORDS.split(_TWO_WORDS.sub(r"\1_\2", text.casefold())) if word]
    numbers = [re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word) for word in words]
    figures = [word for word in numbers if word.isdigit()]
    months = {_MONTHS[word] for word in words if word in _MONTHS}
    strange = [word for word in numbers if not word.isdigit() and word not in _MONTHS and not _weekday(word)]
    if len(months) != 1 or strange:
        return None
    month = months.pop()
    if len(figures) == 1 and len(figures[0]) == 4:
        return int(figures[0]), month, None
    if len(figures) != 2 or len(figures[0]) > 2 or len(figures[1]) not in (2, 4):
        return None
    return _year(figures[1]), month, int(figures[0])


def _weekday(word: str) -> bool:
    return word[:3] in ("mon", "tue", "wed", "thu", "fri", "sat", "sun") or word in (
        *("الإثنين", "الاثنين", "الثلاثاء", "الأربعاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الأحد", "الاحد"),
    )
