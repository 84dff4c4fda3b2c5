"""Units agree with their numbers, in sentences, in the rules of terms of reference and beside a field."""

from __future__ import annotations

import pytest

from unnm_desktop.i18n import Language, language_for
from unnm_desktop.services import rule_words
from unnm_desktop.services.says import Counted, Said
from unnm_desktop.services.units import DAYS, HOURS, MONTHS, WORKING_DAYS, Unit

ARABIC = language_for("ar", "arab")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "شهر"),
        (2, "شهرين"),
        (6, "6 أشهر"),
        (11, "11 شهراً"),
        (99, "99 شهراً"),
        (100, "100 شهر"),
        (103, "103 أشهر"),
    ],
)
def test_a_number_of_months_has_the_form_that_arabic_asks_for(number: int, words: str) -> None:
    assert MONTHS.counted(language_for("ar"), number) == words
    assert MONTHS.counted(ARABIC, number) == ARABIC.figures(words)
    assert Said("Every {months}", {"months": Counted(number, MONTHS)}).told(language_for("ar")) == f"Every {words}"


@pytest.mark.parametrize(
    ("unit", "number", "beside"),
    [(DAYS, 2, "يومان"), (DAYS, 3, "أيام"), (DAYS, 31, "يوماً"), (HOURS, 72, "ساعة"), (WORKING_DAYS, 5, "أيام عمل")],
)
def test_beside_a_field_stands_the_noun_alone(unit: Unit, number: int, beside: str) -> None:
    assert unit.beside(ARABIC, number) == beside


def test_the_settings_of_a_network_are_told_with_units_that_agree() -> None:
    kept = {
        "settings": {"updates_months": 6, "silence_working_days": 2, "vacancy_days": 30, "workplan_due_by": "01-31"}
    }
    told = rule_words.told(kept, language_for("ar")).translate(dict.fromkeys((0x2066, 0x2068, 0x2069)))
    assert all(words in told for words in ("6 أشهر", "يوما عمل", "30 يوماً", "31 يناير"))
    assert "31 January" in rule_words.told(kept, Language())
