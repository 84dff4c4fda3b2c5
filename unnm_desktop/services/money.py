"""Money in minor units: typed amounts read, currencies converted at the line, and what is still to be mobilized."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext
from typing import Protocol

from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import DECIMALS, N_, Language, european_digits

MOST = 10**15
"""The largest amount that is kept, in minor units."""
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 - reads as the list it is
)
"""The currencies that are known (ISO 4217)."""
_AMOUNT = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?|\.(\d+)")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")


def decimals(currency: str) -> int:
    """How many decimals the currency has (ISO 4217)."""
    return DECIMALS.get(currency, 2)


def currency_problem(code: str) -> str:
    """Why these letters name no currency, or nothing."""
    if code.upper() in CURRENCIES:
        return ""
    return N_("These letters name no known currency. Known are all of ISO 4217, such as BHD, KWD, USD and EUR.")


def parse_amount(text: str, currency: str) -> int:
    """The minor units of an amount as people type it: "1,250.500", "١٬٢٥٠٫٥٠٠", "KWD 1 250".

    Raises:
        UserError: it is no amount, negative, too large, or has more decimals than the currency.

    """
    plain = european_digits(text).replace("،", ",").strip()
    bare = _SPACES.sub("", re.sub(rf"^{re.escape(currency)}|{re.escape(currency)}$", "", plain, flags=re.IGNORECASE))
    if bare[:1] in ("-", "−") and _AMOUNT.fullmatch(bare[1:]):
        raise UserError(N_("An amount is never negative."))
    match = _AMOUNT.fullmatch(bare)
    if match is None:
        raise UserError(
            N_("“{text}” is not an amount. Write it like {example}."), text=text[:80], example=_example(currency)
        )
    return minor_units(Decimal(bare.replace(",", "")), currency)


def minor_units(amount: Decimal, currency: str) -> int:
    """An amount as a whole number of minor units.

    Raises:
        UserError: it is negative, too large, or has more decimals than the currency.

    """
    if not amount.is_finite() or abs(amount) > MOST:
        raise UserError(N_("This amount is too large to be kept."))
    if amount < 0:
        raise UserError(N_("An amount is never negative."))
    minor = amount.scaleb(decimals(currency))
    if minor != minor.to_integral_value():
        raise UserError(
            N_("{currency} has {n} decimals; “{text}” has more. Write it like {example}."),
            currency=currency,
            n=decimals(currency),
            text=str(amount)[:80],
            example=_example(currency),
        )
    if minor > MOST:
        raise UserError(N_("This amount is too large to be kept."))
    return int(minor)


def major_units(minor: int, currency: str) -> Decimal:
    """Minor units as the amount people write."""
    return Decimal(minor).scaleb(-decimals(currency))


def convert(minor: int, currency: str, rate: str, into: str) -> int:
    """Minor units of one currency in another at a rate (units of it per 1), rounded half-even."""
    with localcontext() as context:
        context.prec = 60
        amount = Decimal(minor).scaleb(decimals(into) - decimals(currency)) * Decimal(rate)
        return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


class Money(Frozen):
    """Sums in one currency.

    Args:
        unconverted: lines in another currency without a rate; they are in no sum.

    """

    currency: str
    required: int = 0
    available: int = 0
    spent: int = 0
    unconverted: int = 0

    @property
    def to_be_mobilized(self) -> int:
        """Required less available, never below zero; computed, never kept."""
        return max(0, self.required - self.available)

    @property
    def excess(self) -> int:
        """By how much available exceeds required."""
        return max(0, self.available - self.required)

    def part(self, column: str) -> int:
        """The sum a list shows in that column: required, available, spent; else what is to be mobilized."""
        return {"required": self.required, "available": self.available, "spent": self.spent}.get(
            column, self.to_be_mobilized
        )

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} are not added up")
        return Money(
            self.currency,
            self.required + other.required,
            self.available + other.available,
            self.spent + other.spent,
            self.unconverted + other.unconverted,
        )

    def excess_words(self, language: Language) -> str:
        """What is said beside a zero where more is available than required; else nothing."""
        if not self.excess:
            return ""
        return language.tr(
            N_("available exceeds required by {amount}"), amount=language.money(self.excess, self.currency)
        )


class Line(Protocol):
    """What is reckoned of a budget line."""

    @property
    def currency(self) -> str: ...
    @property
    def required(self) -> int: ...
    @property
    def available(self) -> int: ...
    @property
    def spent(self) -> int: ...
    @property
    def rate(self) -> str: ...


def line_money(line: Line, currency: str) -> Money:
    """One budget line in the plan's currency."""
    if line.currency == currency:
        return Money(currency, line.required, line.available, line.spent)
    if not usable_rate(line.rate):
        return Money(currency, unconverted=1)
    amounts = (
        convert(value, line.currency, line.rate, currency) for value in (line.required, line.available, line.spent)
    )
    return Money(currency, *amounts)


def usable_rate(rate: str) -> bool:
    """Whether the text is a rate that money can be converted with."""
    try:
        return Decimal(rate).is_finite() and Decimal(rate) > 0
    except InvalidOperation:
        return False


def total(parts: Iterable[Money], currency: str) -> Money:
    """The sum of sums in one currency."""
    result = Money(currency)
    for part in parts:
        result += part
    return result


def _example(currency: str) -> str:
    places = decimals(currency)
    return "1,250" + ("." + "500"[:places] if places else "")
