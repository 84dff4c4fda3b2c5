"""Numbers with what they count: Arabic gives the noun another form at one, two, three to ten, eleven and a hundred."""

from __future__ import annotations

from collections.abc import Callable

from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_, Language


class Unit(Frozen):
    """What is counted; ``counted`` says it with its number, ``beside`` is the noun beside a field with the number."""

    counted: Callable[[Language, int], str]
    beside: Callable[[Language, int], str]


HOURS = Unit(
    lambda language, n: language.ntr("{n} hour", "{n} hours", n),
    lambda language, n: language.ntr("hour", "hours", n),
)
MINUTES = Unit(
    lambda language, n: language.ntr("{n} minute", "{n} minutes", n),
    lambda language, n: language.ntr("minute", "minutes", n),
)
DAYS = Unit(
    lambda language, n: language.ntr("{n} day", "{n} days", n),
    lambda language, n: language.ntr("day", "days", n),
)
WORKING_DAYS = Unit(
    lambda language, n: language.ntr("{n} working day", "{n} working days", n),
    lambda language, n: language.ntr("working day", "working days", n),
)
# Counted, they stand after "every" or "after" (كل، بعد).
MONTHS = Unit(
    lambda language, n: language.ntr("{n} month", "{n} months", n),
    lambda language, n: language.ntr("month", "months", n),
)
A_YEAR = Unit(
    lambda language, n: language.ntr("{n} meeting a year", "{n} meetings a year", n),
    lambda language, n: language.ntr("meeting a year", "meetings a year", n),
)
PER_CENT = Unit(
    lambda language, n: language.percent(n),
    lambda language, n: language.tr(N_("per cent")),
)


def cadence(language: Language, months: int) -> str:
    """How often something happens, in words that mean one thing only."""
    if months == 1:
        return language.tr(N_("every month"))
    if months == 2:
        return language.tr(N_("every two months"))
    return language.ntr("every {n} month", "every {n} months", months)
