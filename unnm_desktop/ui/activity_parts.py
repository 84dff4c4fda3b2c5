"""What hangs on an activity, as parts of its inspector: deliverables, indicators with measurements, budget lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from unnm_desktop.db.base import Record
from unnm_desktop.db.plan_parts import Deliverable, Indicator, Measurement
from unnm_desktop.db.workplans import BudgetLine
from unnm_desktop.i18n import N_, european_digits
from unnm_desktop.services.money import line_money, usable_rate
from unnm_desktop.services.workplan_findings import ActivityFindings, IndicatorFindings
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import CheckField, ChoiceField, MoneyField, NumberField
from unnm_desktop.ui.fold import Fold
from unnm_desktop.ui.forms import BilingualField, TextField
from unnm_desktop.ui.inspector import Part, Section
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.widgets import label

PARTS: dict[str, type[Record]] = {
    "deliverable": Deliverable,
    "indicator": Indicator,
    "measurement": Measurement,
    "line": BudgetLine,
}
"""The kinds of part by the first word of a field's name, "line:<id>:required"."""

CURRENCIES = ("USD", "EUR", "GBP", "CHF", "KWD", "BHD", "JOD", "SAR", "AED", "OMR", "QAR", "JPY")


class CodesField(TextField):
    """Codes in one line, as "8.8, 10.7"; kept as a list."""

    def __init__(self, name: str, label: str, value: list[str], *, hint: str = "", enabled: bool = True) -> None:
        super().__init__(name, label, "", hint=hint, enabled=enabled, ltr=True)
        self._value = list(value)

    def show_value(self, value: Any) -> None:
        super().show_value(", ".join(value or ()))

    def read_input(self) -> Any:
        return [code for code in re.split(r"[\s,;،]+", european_digits(self.line.text())) if code]


class YearField(NumberField):
    """A year: a number without separators between its digits."""

    def show_value(self, value: Any) -> None:
        self.line.setText("" if value is None else self.desk.language.figures(str(value)))


@dataclass(frozen=True)
class Hands:
    """What the page does for its parts.

    Args:
        locked: the plan is adopted, only what the year brings is written down.
        read_only: nothing is written down at all.
        year: that of the plan, which days without a year belong to.
        toggle: open or close a part.
        add: ask for a new part of this kind ("measurement" goes to an indicator).
        remove: take a part away.

    """

    desk: Desk
    opened: frozenset[UUID]
    locked: bool
    read_only: bool
    year: int | None
    toggle: Callable[[UUID], object]
    add: Callable[[str, UUID], object]
    remove: Callable[[str, UUID], object]

    def fold(self, kind: str, record_id: UUID, title: str, detail: str) -> Fold:
        """The line of a part."""
        fixed = self.read_only or (self.locked and kind != "measurement")
        return Fold(
            self.desk,
            title,
            detail,
            lambda: self.toggle(record_id),
            opened=record_id in self.opened,
            remove=None if fixed else lambda: self.remove(kind, record_id),
        )

    def section(self, title: str, action: str, kind: str, owner: UUID) -> Section:
        """A heading with its button, where something can be added now."""
        if self.locked or self.read_only:
            return Section(title)
        return Section(title, action=action, run=lambda: self.add(kind, owner))


def deliverable_parts(found: ActivityFindings, hands: Hands) -> list[Part]:
    """The deliverables of an activity."""
    desk, free = hands.desk, not (hands.locked or hands.read_only)
    parts: list[Part] = [
        hands.section(N_("Deliverables"), N_("Add a deliverable"), "deliverable", found.activity.id),
    ]
    for one in found.deliverables:
        day = desk.language.day(one.delivered_on or one.due, short=True)
        detail = desk.tr(N_("Delivered {day}"), day=day) if one.delivered_on else day
        parts.append(hands.fold("deliverable", one.id, desk.language.pick(one, "title"), detail))
        if one.id in hands.opened:
            at = f"deliverable:{one.id}"
            parts += [
                BilingualField(f"{at}:title", N_("What is delivered"), one.title_en, one.title_ar, enabled=free),
                DateField(f"{at}:due", N_("Due"), one.due, year=hands.year, enabled=free),
                DateField(
                    f"{at}:delivered_on", N_("Delivered on"), one.delivered_on, year=hands.year,
                    enabled=not hands.read_only,
                ),
            ]  # fmt: skip
    if not found.deliverables:
        parts.append(label(desk.look, desk.tr(N_("None yet.")), "grey"))
    return parts


def indicator_parts(found: ActivityFindings, hands: Hands) -> list[Part]:
    """The indicators of an activity with what was measured."""
    desk = hands.desk
    parts: list[Part] = [hands.section(N_("Indicators"), N_("Add an indicator"), "indicator", found.activity.id)]
    for mark in found.indicators:
        one, latest = mark.indicator, mark.latest
        detail = " / ".join(text for text in (latest.value if latest else "–", one.target) if text)
        parts.append(hands.fold("indicator", one.id, desk.language.pick(one, "title"), detail))
        if one.id in hands.opened:
            parts += _indicator(mark, hands)
    if not found.indicators:
        parts.append(label(desk.look, desk.tr(N_("None yet.")), "grey"))
    return parts


def _indicator(mark: IndicatorFindings, hands: Hands) -> list[Part]:
    one, free = mark.indicator, not (hands.locked or hands.read_only)
    at = f"indicator:{one.id}"
    parts: list[Part] = [
        BilingualField(f"{at}:title", N_("Indicator"), one.title_en, one.title_ar, enabled=free),
        TextField(f"{at}:unit", N_("Unit"), one.unit, enabled=free),
        TextField(f"{at}:baseline", N_("Baseline"), one.baseline, enabled=free),
        YearField(
            f"{at}:baseline_year", N_("Baseline year"), one.baseline_year, minimum=1990, maximum=2200, enabled=free
        ),
        TextField(f"{at}:target", N_("Target"), one.target, enabled=free),
        TextField(f"{at}:verification", N_("Means of verification"), one.verification, enabled=free),
        CheckField(f"{at}:by_sex", N_("Counted"), one.by_sex, hint=N_("Women and men apart"), enabled=free),
    ]
    if not hands.read_only:
        parts.append(
            Section(N_("Measurements"), action=N_("Add a measurement"), run=lambda: hands.add("measurement", one.id))
        )
    for measured in mark.measurements:
        day = hands.desk.language.day(measured.measured_on, short=True)
        parts.append(hands.fold("measurement", measured.id, day, measured.value))
        if measured.id in hands.opened:
            parts += _measurement(measured, by_sex=one.by_sex, usable=not hands.read_only)
    return parts


def _measurement(one: Measurement, *, by_sex: bool, usable: bool) -> list[Part]:
    at = f"measurement:{one.id}"
    parts: list[Part] = [
        DateField(f"{at}:measured_on", N_("Measured on"), one.measured_on, enabled=usable),
        TextField(f"{at}:value", N_("Value"), one.value, enabled=usable),
    ]
    if by_sex or one.women or one.men:
        parts += [
            TextField(f"{at}:women", N_("Women"), one.women, enabled=usable),
            TextField(f"{at}:men", N_("Men"), one.men, enabled=usable),
        ]
    parts.append(TextField(f"{at}:source", N_("Source"), one.source, enabled=usable))
    return parts


def money_parts(found: ActivityFindings, currency: str, hands: Hands) -> list[Part]:
    """The budget lines of an activity and what they come to in the plan's currency."""
    desk, sums = hands.desk, found.money
    parts: list[Part] = [hands.section(N_("Money"), N_("Add a budget line"), "line", found.activity.id)]
    for line in found.lines:
        title = desk.language.pick(line, "title") or desk.tr(N_("Budget line"))
        parts.append(hands.fold("line", line.id, title, desk.language.money(line.required, line.currency)))
        if line.id in hands.opened:
            parts += _line(line, currency, hands)
    if not found.lines:
        parts.append(label(desk.look, desk.tr(N_("None yet.")), "grey"))
        return parts
    parts.append(label(desk.look, desk.tr(N_("All budget lines together")), "strong"))
    for name, title, amount in (
        ("required", N_("Required"), sums.required),
        ("available", N_("Available"), sums.available),
        ("spent", N_("Spent"), sums.spent),
        ("to_be_mobilized", N_("To be mobilized"), sums.to_be_mobilized),
    ):
        parts.append(ReadOnly(f"sum:{name}", title, desk.language.money(amount, currency)))
    if sums.excess:
        parts.append(label(desk.look, sums.excess_words(desk.language), "grey", wrap=True))
    return parts


def _line(line: BudgetLine, currency: str, hands: Hands) -> list[Part]:
    desk, at = hands.desk, f"line:{line.id}"
    free, told = not (hands.locked or hands.read_only), not hands.read_only
    own = tuple((code, code) for code in dict.fromkeys((currency, line.currency, *CURRENCIES)))
    parts: list[Part] = [
        BilingualField(f"{at}:title", N_("What for"), line.title_en, line.title_ar, enabled=free),
        ChoiceField(f"{at}:currency", N_("Currency"), line.currency, own, enabled=free),
        MoneyField(f"{at}:required", N_("Required"), line.required, currency=line.currency, enabled=free),
        MoneyField(f"{at}:available", N_("Available"), line.available, currency=line.currency, enabled=told),
        MoneyField(f"{at}:spent", N_("Spent"), line.spent, currency=line.currency, enabled=told),
    ]
    own_money = line_money(line, currency)
    if line.currency != currency:
        hint = desk.tr(N_("{currency} for 1 {other}"), currency=currency, other=line.currency)
        parts += [
            TextField(f"{at}:rate", N_("Exchange rate"), line.rate, hint=hint, enabled=free, ltr=True),
            DateField(f"{at}:rate_on", N_("Rate of the day"), line.rate_on, enabled=free),
        ]
        if not usable_rate(line.rate):
            says = N_("Give the rate: until then this line is in no sum of the plan.")
            parts.append(label(desk.look, desk.tr(says), "problem", wrap=True))
        elif line.rate_on is None:
            parts.append(label(desk.look, desk.tr(N_("Give the day of the rate.")), "problem", wrap=True))
    if not own_money.unconverted:
        words = desk.language.money(own_money.to_be_mobilized, currency)
        parts.append(ReadOnly(f"{at}:to_be_mobilized", N_("To be mobilized"), words))
        if own_money.excess:
            parts.append(label(desk.look, own_money.excess_words(desk.language), "grey", wrap=True))
    parts.append(TextField(f"{at}:contributor", N_("Contributor"), line.contributor, enabled=told))
    return parts
