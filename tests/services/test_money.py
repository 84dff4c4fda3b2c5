"""Money: typed, converted, summed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unnm_desktop.db.workplans import BudgetLine
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services.money import (
    MOST,
    Money,
    convert,
    decimals,
    line_money,
    major_units,
    minor_units,
    parse_amount,
    total,
)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1,250.500", "KWD", 1_250_500),
        ("١٬٢٥٠٫٥٠٠", "KWD", 1_250_500),
        ("۱۲۵۰٫۵", "BHD", 1_250_500),
        ("1 250.5", "BHD", 1_250_500),
        ("1\u00a0250", "USD", 125_000),
        ("KWD 1,250.500", "KWD", 1_250_500),
        ("1,250.500 kwd", "KWD", 1_250_500),
        ("0", "USD", 0),
        (".5", "USD", 50),
        ("12.", "USD", 1_200),
        ("1,234,567", "JPY", 1_234_567),
        ("1.250", "KWD", 1_250),
        ("12.50", "KWD", 12_500),
        ("1.2500", "KWD", 1_250),
    ],
)
def test_typed_amounts_are_read(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1.2505", "KWD"),
        ("1.255", "USD"),
        ("0.5", "JPY"),
        ("-5", "USD"),
        ("1,25", "USD"),
        ("12,50.00", "USD"),
        ("", "USD"),
        ("abc", "USD"),
        (".", "USD"),
        ("NaN", "USD"),
        ("1e5", "USD"),
        ("EUR 5", "USD"),
        ("9" * 40, "USD"),
        ("1.2.3", "USD"),
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(text: str, currency: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_amount(text, currency)
    assert str(refused.value)


def test_too_many_decimals_name_the_currency() -> None:
    with pytest.raises(UserError, match="KWD has 3 decimals"):
        parse_amount("1.2505", "KWD")


@given(st.integers(0, MOST // 1000), st.sampled_from(["KWD", "BHD", "USD", "JPY", "JOD"]))
def test_what_is_printed_is_read_again(minor: int, currency: str) -> None:
    for language in (Language(), Language("ar", "arab")):
        assert parse_amount(language.money(minor, currency), currency) == minor
    assert minor_units(major_units(minor, currency), currency) == minor


def test_conversion_rounds_half_even_at_the_line() -> None:
    assert convert(1, "USD", "0.5", "USD") == 0
    assert convert(3, "USD", "0.5", "USD") == 2
    assert convert(100_00, "USD", "0.376", "BHD") == 37_600
    assert convert(1_000, "BHD", "2.6525", "USD") == 265
    assert convert(10, "JPY", "0.0025", "BHD") == 25


def test_sums_are_only_in_the_plan_currency() -> None:
    lines = [
        BudgetLine(currency="BHD", required=1_000, available=400, spent=100),
        BudgetLine(currency="USD", required=100_00, available=0, spent=0, rate="0.376"),
        BudgetLine(currency="EUR", required=5_00),
    ]
    summed = total((line_money(line, "BHD") for line in lines), "BHD")
    assert (summed.required, summed.available, summed.spent) == (38_600, 400, 100)
    assert summed.to_be_mobilized == 38_200
    assert summed.unconverted == 1
    with pytest.raises(ValueError, match="USD"):
        summed + Money("USD", 1)


def test_more_available_than_required_prints_zero_and_says_so() -> None:
    money = Money("KWD", required=1_000, available=1_500)
    assert money.to_be_mobilized == 0
    assert money.excess_words(Language()) == "available exceeds required by KWD 0.500"
    assert not Money("KWD", 2, 1).excess_words(Language())


def test_infinite_and_huge_amounts_are_refused() -> None:
    for value in (Decimal("Infinity"), Decimal(10) ** 30, Decimal("NaN")):
        with pytest.raises(UserError):
            minor_units(value, "USD")
    assert decimals("BHD") == 3
