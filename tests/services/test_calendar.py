"""Days, working days, periods and deadlines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unnm_desktop.db.partial import is_partial_date
from unnm_desktop.errors import UserError
from unnm_desktop.services import calendar

GULF = frozenset({4, 5})
NONE: frozenset[date] = frozenset()
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
weekends = st.frozensets(st.integers(0, 6), max_size=6)
holidays = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12)
zones = st.sampled_from(["Asia/Kuwait", "Asia/Bahrain", "Europe/Geneva", "America/Santiago", "UTC", "Asia/Beirut"]).map(
    lambda name: "Europe/Zurich" if name == "Europe/Geneva" else name
)


def test_partial_dates_keep_their_bounds() -> None:
    assert calendar.first_day("2019-12") == date(2019, 12, 1)
    assert calendar.last_day("2019-12") == date(2019, 12, 31)
    assert calendar.last_day("2024-02") == date(2024, 2, 29)
    assert calendar.first_day("2020") == date(2020, 1, 1)
    assert calendar.last_day("2020") == date(2020, 12, 31)
    assert calendar.first_day("2020-09-03") == calendar.last_day("2020-09-03") == date(2020, 9, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019-13",
        "2019-00",
        "19-12",
        "2019-2",
        "2019-02-30",
        "0000",
        "٢٠١٩",
        "2019-12 ",
        "2019-12\n",
        "x",
        "2019-12-1",
    ],
)
def test_what_is_no_date_is_no_partial_date(text: str) -> None:
    assert not calendar.valid_partial(text)
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        calendar.first_day(text)


@given(st.text(max_size=12))
def test_any_text_is_judged_without_falling_over(text: str) -> None:
    assert calendar.valid_partial(text) in (True, False)


@given(st.text(max_size=12) | st.from_regex(r"\d{4}-\d{2}\s?"))
def test_records_and_deadlines_agree_on_what_a_partial_date_is(text: str) -> None:
    assert is_partial_date(text) == calendar.valid_partial(text)


@given(days)
def test_a_partial_date_holds_the_days_it_was_cut_from(day: date) -> None:
    for length in (4, 7, 10):
        text = day.isoformat()[:length]
        assert calendar.first_day(text) <= day <= calendar.last_day(text)


def test_months_are_clamped() -> None:
    assert calendar.add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert calendar.add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert calendar.add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)
    assert calendar.add_months(date(2026, 12, 1), 0) == date(2026, 12, 1)


@given(days, st.integers(-240, 240))
def test_adding_months_lands_in_the_right_month_and_never_later_in_it(day: date, months: int) -> None:
    there = calendar.add_months(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day <= day.day
    if day.day <= 28:
        assert calendar.add_months(there, -months) == day


def test_working_days_leave_out_the_gulf_weekend_and_holidays() -> None:
    wednesday = date(2026, 11, 25)
    assert calendar.working_days_after(wednesday, 3, GULF, NONE) == date(2026, 11, 30)
    assert calendar.working_days_after(wednesday, 3, GULF, frozenset({date(2026, 11, 29)})) == date(2026, 12, 1)
    assert calendar.working_days_after(wednesday, 0, GULF, NONE) == wednesday
    with pytest.raises(ValueError):  # noqa: PT011 - a programmer's mistake
        calendar.working_days_after(wednesday, 1, frozenset(range(7)), NONE)


@given(st.dates(date(2025, 12, 1), date(2026, 12, 31)), st.integers(1, 30), weekends, holidays)
def test_exactly_so_many_working_days_lie_between(
    day: date, count: int, weekend: frozenset[int], off: frozenset[date]
) -> None:
    end = calendar.working_days_after(day, count, weekend, off)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(calendar.is_working_day(one, weekend, off) for one in between) == count
    assert calendar.is_working_day(end, weekend, off)


def test_silence_ends_at_the_same_clock_time_on_the_third_working_day() -> None:
    start = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)  # Wednesday 10:30 in Kuwait
    end = calendar.silence_end(start, 3, "Asia/Kuwait", GULF, NONE)
    assert end == datetime(2026, 11, 30, 7, 30, tzinfo=UTC)


def test_silence_counts_days_where_the_network_is() -> None:
    start = datetime(2026, 11, 28, 22, 0, tzinfo=UTC)  # already Sunday 01:00 in Kuwait
    assert calendar.silence_end(start, 3, "Asia/Kuwait", GULF, NONE) == datetime(2026, 12, 1, 22, 0, tzinfo=UTC)


def test_summer_time_never_cuts_the_72_hours() -> None:
    start = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)  # clocks go forward on the 29th
    end = calendar.silence_end(start, 3, "Europe/Zurich", frozenset(), NONE)
    assert end - start == timedelta(hours=72)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the bounds are naive by contract
    st.integers(1, 10),
    zones,
    weekends,
    holidays,
)
def test_silence_is_never_short_and_ends_on_a_working_day(
    start: datetime, count: int, zone: str, weekend: frozenset[int], off: frozenset[date]
) -> None:
    end = calendar.silence_end(start, count, zone, weekend, off)
    assert end.tzinfo is UTC
    assert end - start >= timedelta(hours=72)
    if count >= 4:
        local_day = end.astimezone(ZoneInfo(zone)).date()
        assert calendar.is_working_day(local_day, weekend, off)


@given(days, zones)
def test_the_end_of_a_day_is_in_that_day_and_the_next_instant_is_not(day: date, zone: str) -> None:
    end = calendar.end_of_day(day, zone)
    assert end.astimezone(ZoneInfo(zone)).date() == day
    assert (end + timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)


def test_periods_are_read_from_their_codes() -> None:
    assert calendar.Period.parse("2026-H1") == calendar.Period(date(2026, 1, 1), date(2026, 6, 30), "2026-H1")
    assert calendar.Period.parse(" 2026-q2 ").end == date(2026, 6, 30)
    assert calendar.Period.parse("2026").start == date(2026, 1, 1)
    assert calendar.half_year(date(2026, 7, 1)).code == "2026-H2"
    assert date(2026, 6, 30) in calendar.Period.parse("2026-H1")


@pytest.mark.parametrize("code", ["", "2026-H3", "2026-Q0", "26-H1", "2026H1", "2026-H1x", "0000", "٢٠٢٦"])
def test_a_wrong_period_is_refused_with_its_words(code: str) -> None:
    with pytest.raises(UserError, match="is not a period"):
        calendar.Period.parse(code)


@given(days, st.sampled_from(calendar.PERIOD_MONTHS))
def test_a_period_holds_its_day_and_its_code_reads_back(day: date, months: int) -> None:
    period = calendar.period_of(day, months)
    assert day in period
    assert period.months == months
    assert calendar.Period.parse(period.code) == period
    assert period.following().previous() == period


def test_half_years_count_from_the_day_of_their_end() -> None:
    codes = [period.code for period in calendar.halves_ended_since(date(2025, 3, 1), date(2026, 6, 30))]
    assert codes == ["2025-H1", "2025-H2", "2026-H1"]
    assert calendar.halves_ended_since(date(2026, 1, 1), date(2026, 6, 29)) == ()


def test_weekday_names_become_numbers() -> None:
    assert calendar.weekday_numbers(("fri", "sat")) == GULF
