"""Charts and timelines: mirrored, repeated heads, whatever the numbers."""

from __future__ import annotations

import math
from datetime import date

import pytest

from tests.typeset.reading import all_text, characters, made, page_text
from unnm_desktop.typeset import blocks as b

MONTHS = ("Ax", "Bx", "Cx", "Dx", "Ex", "Fx")


def place_of(data: bytes, sign: str) -> float:
    return next(x for x, _, character in characters(data) if character == sign)


def timeline(count: int, **values: object) -> b.Timeline:
    rows = tuple(
        b.TimelineRow(f"row{number}.", date(2026, 1 + number % 5, 3), date(2026, 2 + number % 5, 20), 0.5)
        for number in range(count)
    )
    settings = {"today": date(2026, 3, 1), "months": MONTHS, **values}
    return b.Timeline("Plan", date(2026, 1, 1), date(2026, 6, 30), rows, **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "sign"), [("en", 1), ("ar", -1)])
def test_time_runs_from_the_start_side(language, sign):
    data = made(timeline(2), language=language)
    assert (place_of(data, "B") - place_of(data, "A")) * sign > 0
    assert (place_of(data, "F") - place_of(data, "B")) * sign > 0


@pytest.mark.parametrize(("language", "sign"), [("en", 1), ("ar", -1)])
def test_bars_run_from_the_start_side(language, sign):
    chart = b.BarChart("", ("J", "F"), (("s", (3.0, 5.0)),))
    data = made(chart, language=language)
    assert (place_of(data, "F") - place_of(data, "J")) * sign > 0


def test_a_long_timeline_repeats_its_months_and_keeps_every_row():
    data = made(timeline(90))
    text = all_text(data)
    assert all(text.count(f"row{number}.") == 1 for number in range(90))
    assert "Ex" in page_text(data, 0)
    assert "Ex" in page_text(data, 1)


@pytest.mark.parametrize("values", [(), (0.0,), (-5.0, 3.0), (math.nan, math.inf), (1e12, 1e-9), (0.001,)])
def test_any_numbers_give_a_chart(values):
    chart = b.BarChart("Numbers", tuple(f"c{n}" for n in range(len(values))), (("s", values), ("t", values)))
    assert "Numbers" in all_text(made(chart))
    stacked = b.BarChart("Numbers", ("a", "b"), (("s", values),), maximum=0.0, stacked=True)
    assert "Numbers" in all_text(made(stacked))


@pytest.mark.parametrize("fraction", [-1.0, 0.0, 0.5, 1.0, 7.0, math.nan, math.inf])
def test_any_fraction_gives_a_progress_bar(fraction):
    assert "shown" in all_text(made(b.ProgressBars((("label", fraction, "shown"),))))


def test_odd_days_give_a_timeline():
    rows = (
        b.TimelineRow("before", date(2020, 1, 1), date(2020, 2, 1)),
        b.TimelineRow("turned", date(2026, 3, 1), date(2026, 2, 1), 2.0, late=True),
        b.TimelineRow("far", date(2026, 3, 1), date.max, 1.0, milestones=((date.max, "m"), (date(2026, 2, 2), "seen"))),
    )
    data = made(b.Timeline("Odd", date(2026, 1, 1), date(2025, 1, 1), rows, date(2030, 1, 1), ()))
    assert "turned" in all_text(data)
    made(b.Timeline("End", date(9999, 11, 1), date.max, rows, date.max, MONTHS))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_large_figure_is_made_smaller_before_it_is_cut(language: str):
    items = (
        ("220,073.000", "Required"),
        ("126,986.000", "Available"),
        ("1,193,087.000", "To be mobilized"),
        ("13", "Joint"),
    )
    data = made(b.Figures(items), language=language)
    for value, _ in items:
        assert value in page_text(data).split()
