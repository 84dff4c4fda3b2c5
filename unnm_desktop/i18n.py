"""A language of the program or of a document: its texts, dates, numbers and money."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from unnm_desktop import paths
from unnm_desktop.frozen import Frozen

if TYPE_CHECKING:
    from datetime import date, datetime, time, tzinfo
    from decimal import Decimal

CODES = ("en", "ar")
DECIMALS = {
    **dict.fromkeys(("KWD", "BHD", "JOD", "OMR", "TND", "IQD", "LYD"), 3),
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"), 0),
    **dict.fromkeys(("PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
}
"""The decimals of the currencies that have not two (ISO 4217)."""

_MONTHS_EN = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - reads as the list it is
)
_SHORT_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - reads as the list it is
_MONTHS_AR = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()  # noqa: SIM905 - reads as the list it is
# The double names of United Nations documents (A/RES in Arabic): Levantine name / Gregorian name.
_MONTHS_AR_PAPER = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
_HIJRI_EN = (
    *("Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II"),
    *("Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah"),
)
_HIJRI_AR = (
    *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
    *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
)
# 1 Muharram 1 of the civil reckoning, as ``date.toordinal`` counts.
_HIJRI_EPOCH = 227015
_WEEKDAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905 - reads as the list it is
_WEEKDAYS_AR = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
# Digits that are no part of a code in Latin letters.
_FIGURES = re.compile(r"(?<![A-Za-z0-9.\-{])\d[\d.,:/\-]*(?![A-Za-z0-9\-}])")
_ARABIC_WORDS = re.compile("[\u0621-\u064a]")
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_EUROPEAN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")


def N_(text: str) -> str:
    """Mark a text as one to be translated where it is shown."""
    return text


def european_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits and separators written as 0–9, point and comma."""
    return text.translate(_EUROPEAN)


def isolate(text: str) -> str:
    """The text as one left-to-right unit inside right-to-left text (UAX#9 isolates)."""
    return f"\u2066{text}\u2069" if text else text


def isolate_own(text: str) -> str:
    """The text as one unit that runs as its first letter does: a value in words of either language (UAX#9 isolates)."""
    return f"\u2068{text}\u2069" if text else text


@lru_cache(maxsize=512)
def _figures_in(text: str) -> str:
    """An Arabic text with its examples and counts in Arabic-Indic digits; codes such as 2026-H1 and SHA-256 stay."""
    if not _ARABIC_WORDS.search(text):
        return text
    return _FIGURES.sub(lambda found: found[0].translate(_ARABIC_INDIC), text)


class _Texts(Protocol):
    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str: ...


class _Untranslated:
    def gettext(self, message: str, /) -> str:
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        return msgid1 if n == 1 else msgid2


@lru_cache(maxsize=4)
def _catalogue(code: str) -> _Texts:
    if code == "en":
        return _Untranslated()
    from gettext import GNUTranslations  # the first paint in English needs none

    with paths.resource("i18n", f"{code}.mo").open("rb") as file:
        return GNUTranslations(file)


@dataclass(frozen=True)
class Language:
    """How one reader is spoken to.

    Args:
        code: ``en`` or ``ar``.
        digits: ``latn`` (123) or ``arab`` (١٢٣).
        paper: documents use the double Arabic month names of the United Nations, the screen the short ones.
        months: which Arabic month names the screen shows, ``gregorian`` (ديسمبر) or ``levantine`` (كانون الأول).
        clock: whose clock moments are told by, the network's; None, where no network is known, is this computer's.

    """

    code: str = "en"
    digits: str = "latn"
    paper: bool = False
    months: str = "gregorian"
    clock: tzinfo | None = None
    _texts: _Texts = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_texts", _catalogue(self.code))

    @property
    def rtl(self) -> bool:
        """Whether the language is read from right to left."""
        return self.code == "ar"

    def tr(self, text: str, /, **values: object) -> str:
        """The text in this language with its values put in; numbers among them take the language's digits."""
        found = self._texts.gettext(text) if text else text
        if self.digits == "arab" and not self.paper:
            found = _figures_in(found)
        return found.format(**{name: self._value(value) for name, value in values.items()}) if values else found

    def ntr(self, one: str, many: str, n: int, **values: object) -> str:
        """The form of a counted text that fits n (Arabic has six); ``{n}`` is the number itself."""
        found = self._texts.ngettext(one, many, n)
        return found.format(n=self.number(n), **{name: self._value(value) for name, value in values.items()})

    def _value(self, value: object) -> object:
        # A value can itself be a text to translate, such as the list of problems in an error.
        if told := getattr(value, "told", None):
            return told(self)
        return self.number(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def figures(self, text: str) -> str:
        """The text with its digits in this language's form."""
        return text.translate(_ARABIC_INDIC) if self.digits == "arab" else text

    def number(self, value: float | Decimal, decimals: int = 0) -> str:
        """A number with thousands separators and so many decimals."""
        text = f"{value:,.{decimals}f}"
        if self.digits == "arab":
            text = text.replace(",", "٬").replace(".", "٫")
        return self.figures(text)

    def percent(self, value: float) -> str:
        """A share given as 0–100, for tables and figures."""
        sign = "٪" if self.digits == "arab" else "%"
        return f"{self.number(round(value))}{sign}"

    def money(self, minor: int, currency: str) -> str:
        """An amount in minor units with its ISO 4217 code; three decimals for KWD, BHD and JOD."""
        from decimal import Decimal  # here and below: the first paint of the window needs neither

        decimals = DECIMALS.get(currency, 2)
        amount = self.number(Decimal(minor).scaleb(-decimals), decimals)
        return f"{amount} {currency}" if self.rtl else f"{currency} {amount}"

    def month(self, number: int, *, short: bool = False) -> str:
        """The name of month 1–12."""
        if self.rtl:
            if self.paper and not short:
                return _MONTHS_AR_PAPER[number - 1]
            if self.months == "levantine" and not self.paper:
                return _MONTHS_AR_PAPER[number - 1].partition("/")[0]
            return _MONTHS_AR[number - 1]
        return (_SHORT_EN if short else _MONTHS_EN)[number - 1]

    def weekday(self, number: int, *, short: bool = False) -> str:
        """The name of a weekday, Monday = 0."""
        return _WEEKDAYS_AR[number] if self.rtl else (_WEEKDAYS_EN[number][:3] if short else _WEEKDAYS_EN[number])

    def day(self, value: date | str | None, *, short: bool = False) -> str:
        """A day or a partial date (``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``) as precise as it is; nothing gives ""."""
        if not value:
            return ""
        parts = [int(part) for part in (value if isinstance(value, str) else value.isoformat()).split("-")]
        words = [str(parts[0])]
        if len(parts) > 1:
            words.insert(0, self.month(parts[1], short=short))
        if len(parts) > 2:
            words.insert(0, str(parts[2]))
        return self.figures(" ".join(words))

    def weekday_day(self, value: date, *, short: bool = False) -> str:
        """A day with its weekday: "Wednesday, 25 November 2026", "Wed 25 Nov 2026"."""
        comma = "، " if self.rtl else " " if short else ", "
        return f"{self.weekday(value.weekday(), short=short)}{comma}{self.day(value, short=short)}"

    def hijri(self, value: date | None) -> str:
        """A day in the Hijri calendar by the civil reckoning; what is sighted can differ by a day. None gives ""."""
        if value is None or value.toordinal() < _HIJRI_EPOCH:
            return ""
        days = value.toordinal() - _HIJRI_EPOCH
        year = (30 * days + 10646) // 10631
        into = days - (year - 1) * 354 - (3 + 11 * year) // 30
        # Months have 30 and 29 days in turn; in a leap year the last has 30.
        month = min(12, 2 * into // 59 + 1)
        day = into - (59 * (month - 1) + 1) // 2 + 1
        name = (_HIJRI_AR if self.rtl else _HIJRI_EN)[month - 1]
        return self.figures(f"{day} {name} {year} {'هـ' if self.rtl else 'AH'}")

    def time(self, value: time | str | None) -> str:
        """A time of day on the 24-hour clock."""
        if not value:
            return ""
        return self.figures(value if isinstance(value, str) else f"{value:%H:%M}")

    def span(self, start: str, end: str) -> str:
        """From one day or hour to another."""
        return f"{self._unit(start)} – {self._unit(end)}"

    def _unit(self, text: str) -> str:
        """Arabic digits beside each other run from the right, in English too, if nothing keeps them apart."""
        return text if self.rtl or self.digits == "latn" else isolate(text)

    def local(self, value: datetime) -> datetime:
        """A moment by the reader's clock."""
        return value.astimezone(self.clock)

    def short_moment(self, value: datetime) -> str:
        """A moment by the reader's clock, as a list or a field shows it: "3 Nov 2026 10:05"."""
        local = self.local(value)
        return f"{self._unit(self.day(local.date(), short=True))} {self._unit(self.time(local.time()))}"

    def moment(self, value: datetime, zone: str) -> str:
        """A UTC moment in the network's zone, with day, hour and zone."""
        from zoneinfo import ZoneInfo

        local = value.astimezone(ZoneInfo(zone))
        comma = "، " if self.rtl else ", "
        told = f"{self.day(local.date())}{comma}{self.time(local.time())}"
        # Who reads it on a screen in the network's own time knows the zone; paper goes elsewhere.
        if not self.paper and value.astimezone().utcoffset() == local.utcoffset():
            return told
        return f"{told} ({self.zone(zone)})"

    def zone(self, key: str) -> str:
        """What the clock of a time zone is called: "Bahrain time"."""
        from unnm_desktop.zones import NAMES, OTHER  # the names are texts of this module's making

        if key in NAMES:
            return self.tr(NAMES[key])
        city = key.rpartition("/")[2].replace("_", " ")
        return self.tr(OTHER, city=isolate(city) if self.rtl else city)

    def pick(self, record: Any, name: str) -> str:
        """The record's text in this language, or in the other one where this one is empty."""
        other = "en" if self.rtl else "ar"
        said = getattr(record, f"{name}_{self.code}", "") or getattr(record, f"{name}_{other}", "")
        # Only an erasure leaves somebody without a name.
        return said or (self.tr(getattr(record, "NAMELESS", "")) if name == "name" else "")

    def list(self, items: list[str] | tuple[str, ...]) -> str:
        """Items as one enumeration."""
        return ("، " if self.rtl else ", ").join(items)


ENGLISH = Language()


class Day(Frozen):
    """A day or partial date inside a sentence."""

    day: date | str

    def told(self, language: Language) -> str:
        """The day in that language."""
        return language.day(self.day)

    def __str__(self) -> str:
        return self.told(ENGLISH)


class DayOf(Frozen):
    """The day of a moment inside a sentence, by the reader's clock."""

    moment: datetime

    def told(self, language: Language) -> str:
        """The day in that language."""
        return language.day(language.local(self.moment).date())

    def __str__(self) -> str:
        return self.told(ENGLISH)


def language_for(code: str, digits: str = "latn", *, paper: bool = False, months: str = "gregorian") -> Language:
    """The language of that code; an unknown code gives English."""
    return Language(code if code in CODES else "en", digits if digits in ("latn", "arab") else "latn", paper, months)
