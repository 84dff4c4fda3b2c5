"""Ordinal numbers in words that stand before or after a noun: "31st", "الحادي والثلاثون"."""

from __future__ import annotations

_ONES = ("", "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع")
# In compounds "first" is another word.
_JOINED = ("", "الحادي", *_ONES[2:])
_TENS = ("", "العاشر", "العشرون", "الثلاثون", "الأربعون", "الخمسون", "الستون", "السبعون", "الثمانون", "التسعون")


def english(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th …"""
    last_two, last = number % 100, number % 10
    ending = "th" if 10 < last_two < 20 else {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
    return f"{number}{ending}"


def arabic(number: int) -> str:
    """The definite masculine ordinal, in words up to 99 and in figures beyond."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    if tens == 0:
        return _ONES[ones]
    if ones == 0:
        return _TENS[tens]
    if tens == 1:
        return f"{_JOINED[ones]} عشر"
    return f"{_JOINED[ones]} و{_TENS[tens]}"
