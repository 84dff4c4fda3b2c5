"""The words of the page of the day: greeting, what needs the officer, days said as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.i18n import N_, Language

if TYPE_CHECKING:
    from datetime import date, datetime

    from unnm_desktop.services.dashboard import Dashboard
    from unnm_desktop.services.lateness import Late

NOON, EVENING, NIGHT = 12, 17, 4
NEAR = 7
# In Arabic they count the masculine noun of the sentences below.
_WORDS = (
    N_("One"), N_("Two"), N_("Three"), N_("Four"), N_("Five"),
    N_("Six"), N_("Seven"), N_("Eight"), N_("Nine"), N_("Ten"),
)  # fmt: skip


def greeting(language: Language, officer: str, clock: datetime) -> str:
    """The greeting of the hour in the network, with the officer's first name: "Good morning, Amina"."""
    name = first_name(officer)
    if NIGHT <= clock.hour < NOON:
        return language.tr(N_("Good morning, {name}"), name=name) if name else language.tr(N_("Good morning"))
    if NOON <= clock.hour < EVENING:
        return language.tr(N_("Good afternoon, {name}"), name=name) if name else language.tr(N_("Good afternoon"))
    return language.tr(N_("Good evening, {name}"), name=name) if name else language.tr(N_("Good evening"))


def first_name(officer: str) -> str:
    """The first of the officer's names; a title before it, such as "Dr.", is none."""
    names = [word for word in officer.split() if not word.endswith(".")]
    return names[0] if names else ""


def needs(found: Dashboard, late: Late | None) -> int:
    """How many things need the officer before the next meeting, or this week where none is near."""
    coming = found.coming
    soon = coming is not None and (coming.meeting.day - found.on).days < NEAR
    due = found.counts.before_meeting if soon else found.counts.overdue + found.counts.week
    left = coming.left if coming is not None and soon else 0
    return due + left + found.counts.to_circulate + (late.duties if late is not None else 0)


def sentence(language: Language, found: Dashboard, late: Late | None) -> str:
    """One sentence that says what needs the officer."""
    count, tr, ntr = needs(found, late), language.tr, language.ntr
    word = spelled(language, count)
    coming = found.coming
    days = (coming.meeting.day - found.on).days if coming is not None else NEAR
    if coming is None or days >= NEAR:
        if not count:
            return tr(N_("Nothing needs you this week."))
        return ntr("{count} thing needs you this week.", "{count} things need you this week.", count, count=word)
    if days == 0:
        if not count:
            return tr(N_("Nothing needs you before today's meeting."))
        return ntr(
            "{count} thing needs you before today's meeting.",
            "{count} things need you before today's meeting.",
            count,
            count=word,
        )
    weekday = language.weekday(coming.meeting.day.weekday())
    if not count:
        return tr(N_("Nothing needs you before {weekday}'s meeting."), weekday=weekday)
    return ntr(
        "{count} thing needs you before {weekday}'s meeting.",
        "{count} things need you before {weekday}'s meeting.",
        count,
        count=word,
        weekday=weekday,
    )


def spelled(language: Language, count: int) -> str:
    """A small number as a word, a greater one in figures."""
    return language.tr(_WORDS[count - 1]) if 0 < count <= len(_WORDS) else language.number(count)


def near_day(language: Language, day: date, on: date) -> str:
    """A day as short as it can be said: "Today", "Tue 24 Nov", "15 Dec", "3 Jan 2027"."""
    if day == on:
        return language.tr(N_("Today"))
    words = language.figures(f"{day.day} {language.month(day.month, short=True)}")
    if 0 < (day - on).days < NEAR:
        return f"{language.weekday(day.weekday(), short=True)} {words}"
    return words if day.year == on.year else language.day(day, short=True)


def due_words(language: Language, day: date, on: date) -> tuple[str, str]:
    """What the pill of a due day says, and its tone."""
    if day < on:
        return language.ntr("{n} day late", "{n} days late", (on - day).days), "bad"
    return near_day(language, day, on), "warn" if (day - on).days < NEAR else "neutral"


def ahead(language: Language, day: date, on: date) -> str:
    """How far a coming day is: "today", "tomorrow", "in 3 days"."""
    days = (day - on).days
    if days == 0:
        return language.tr(N_("Today"))
    return language.tr(N_("Tomorrow")) if days == 1 else language.ntr("in {n} day", "in {n} days", days)
