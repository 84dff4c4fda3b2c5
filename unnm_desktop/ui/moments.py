"""The moment at which the officer does something, on the desk's day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from unnm_desktop.i18n import N_, european_digits
from unnm_desktop.ui.forms import Unreadable

if TYPE_CHECKING:
    from datetime import date

    from unnm_desktop.ui.desk import Desk


def now(desk: Desk) -> datetime:
    """This moment in UTC: the desk's day with the time on the network's clock, so never after the end of that day."""
    clock = desk.clock()
    return datetime.combine(desk.today(), clock.timetz()).astimezone(UTC)


def time_of_day(text: str) -> str:
    """A typed time as HH:MM: "9", "9.30", "0930" and "٩:٣٠" are read too.

    Raises:
        Unreadable: it is no time of day.

    """
    digits = european_digits(text).strip().replace(".", ":").replace(" ", "")
    if digits.isdigit() and len(digits) > 2:
        digits = f"{digits[:-2]}:{digits[-2:]}"
    hours, _, minutes = digits.partition(":")
    minutes = minutes or "00"
    if not (hours.isdigit() and minutes.isdigit() and len(minutes) == 2 and int(hours) < 24 and int(minutes) < 60):
        raise Unreadable(N_("Give a time of day, for example 10:00."))
    return f"{int(hours):02}:{minutes}"


def moment_of(day: date, time: str, zone: str) -> datetime:
    """A day and a time of day in a zone, in UTC."""
    hours, _, minutes = time.partition(":")
    local = datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)
