"""Dates are read as people type them, in both languages and both kinds of digits."""

from __future__ import annotations

from datetime import date

import pytest

from unnm_desktop.ui.read_date import read_day, read_partial

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25 nov", date(2026, 11, 25)),
        ("25 Nov 2026", date(2026, 11, 25)),
        ("Nov 25", date(2026, 11, 25)),
        ("Wed 25 Nov 2026", date(2026, 11, 25)),
        ("Wednesday, 25 November 2026", date(2026, 11, 25)),
        ("wed", date(2026, 11, 25)),
        ("sat", date(2026, 11, 28)),
        ("الأربعاء", date(2026, 11, 25)),
        ("+7", date(2026, 11, 28)),
        ("+٧", date(2026, 11, 28)),
        ("-1", date(2026, 11, 20)),
        ("+2w", date(2026, 12, 5)),
        ("+3m", date(2027, 2, 21)),
        ("today", TODAY),
        ("غدًا", date(2026, 11, 22)),
        ("25/11", date(2026, 11, 25)),
        ("٢٥/١١", date(2026, 11, 25)),
        ("25.11.26", date(2026, 11, 25)),
        ("٢٥/١١/٢٠٢٦", date(2026, 11, 25)),
        ("2026-11-25", date(2026, 11, 25)),
        ("٢٥ نوفمبر ٢٠٢٦", date(2026, 11, 25)),
        ("٢٥ نوفمبر", date(2026, 11, 25)),
        ("الأربعاء، ٢٥ نوفمبر ٢٠٢٦", date(2026, 11, 25)),
        ("25 تشرين الثاني/نوفمبر 2026", date(2026, 11, 25)),
        ("1 أيار 2027", date(2027, 5, 1)),
        ("3 feb", date(2027, 2, 3)),
        ("30 sep", date(2026, 9, 30)),
        ("25", date(2026, 11, 25)),
        ("5", date(2026, 12, 5)),
    ],
)
def test_days_as_people_type_them(typed: str, meant: date) -> None:
    assert read_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "soon", "31 feb", "25/13", "2026-02-30", "0", "99", "nov", "2026", "/", "+", "٣٢/١"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2019", "2019"),
        ("٢٠١٩", "2019"),
        ("December 2019", "2019-12"),
        ("ديسمبر ٢٠١٩", "2019-12"),
        ("2019-12", "2019-12"),
        ("12/2019", "2019-12"),
        ("dec", "2026-12"),
        ("14 Sept 2020", "2020-09-14"),
        ("13/2019", None),
        ("long ago", None),
    ],
)
def test_partial_dates_are_as_precise_as_they_are(typed: str, meant: str | None) -> None:
    assert read_partial(typed, TODAY) == meant


@pytest.mark.parametrize("code", ["en", "ar"])
def test_what_a_language_writes_is_read_again(code: str) -> None:
    from unnm_desktop.i18n import Language

    for digits in ("latn", "arab"):
        language = Language(code, digits)
        for month in range(1, 13):
            day = date(2026, month, 17)
            assert read_day(language.day(day), TODAY) == day
            assert read_day(language.weekday_day(day, short=True), TODAY) == day
            assert read_partial(language.day(f"2026-{month:02}"), TODAY) == f"2026-{month:02}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 feb", date(2026, 2, 1)),
        ("30/6", date(2026, 6, 30)),
        ("١ فبراير", date(2026, 2, 1)),
        ("1 feb 2027", date(2027, 2, 1)),
        ("+7", date(2026, 11, 28)),
        ("29 feb", None),
    ],
)
def test_in_a_plan_a_day_without_a_year_is_in_the_plans(typed: str, meant: date | None) -> None:
    assert read_day(typed, TODAY, 2026) == meant
