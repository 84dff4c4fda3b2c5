"""The first draft of a progress report's words, each sentence made from the period's figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from unnm_desktop.db.decisions import DecisionState
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services.progress_figures import ADOPTED, ObjectiveFigures, PeriodFigures

SECTIONS: Mapping[str, str] = {
    "cover": N_("Cover memo"),
    "summary": N_("Summary"),
    "context": N_("Context"),
    "objectives": N_("Progress by objective"),
    "workplan": N_("Workplan"),
    "decisions": N_("Decisions"),
    "actions": N_("Action points"),
    "meetings": N_("Meetings and participation"),
    "money": N_("Funds"),
    "challenges": N_("Challenges"),
    "next": N_("The next six months"),
}
OWN_INITIATIVE = N_(
    "The progress report of the Network for {period} follows. The terms of reference do not require one; "
    "it is submitted at the Network's own initiative."
)
Sentences = Iterator[str]


def objective_section(number: int) -> str:
    """The name of the section of one objective."""
    return f"objective-{number}"


def draft(figures: PeriodFigures, section: str, language: Language) -> str:
    """What the figures say for a section; "" where only the officer can know (context)."""
    if section.startswith("objective-"):
        number = int(section.removeprefix("objective-"))
        found = next((one for one in figures.objectives if one.objective.number == number), None)
        return " ".join(_objective(found, language)) if found else ""
    write = _WRITERS.get(section)
    return " ".join(sentence for sentence in write(figures, language) if sentence) if write else ""


def period_words(figures: PeriodFigures, language: Language) -> str:
    """The period from its first to its last day."""
    first, last = language.day(figures.period.start), language.day(figures.period.end)
    return language.tr(N_("{first} to {last}"), first=first, last=last)


def _meetings(figures: PeriodFigures, language: Language) -> Sentences:
    meetings = figures.meetings
    yield language.ntr(
        "The network held {n} regular meeting; its terms of reference ask for {expected} in the period.",
        "The network held {n} regular meetings; its terms of reference ask for {expected} in the period.",
        meetings.regular,
        expected=meetings.expected,
    )
    if meetings.highlighted:
        yield language.ntr(
            "It held {n} highlighted meeting.", "It held {n} highlighted meetings.", meetings.highlighted
        )
    if meetings.ad_hoc:
        yield language.ntr("It met {n} further time.", "It met {n} further times.", meetings.ad_hoc)
    if meetings.speakers:
        yield language.ntr("{n} guest speaker was heard.", "{n} guest speakers were heard.", meetings.speakers)
    missing = [seat.organisation.short for seat in figures.attendance if seat.meetings and not seat.present]
    if missing and meetings.held:
        yield language.tr(N_("Not represented in any meeting: {names}."), names=language.list(missing))


def _decisions(figures: PeriodFigures, language: Language) -> Sentences:
    if not figures.decisions:
        yield language.tr(N_("No decision was put to the members in the period."))
        return
    adopted = len(figures.decided(*ADOPTED))
    yield language.ntr(
        "{n} decision was put to the members, of which {adopted} adopted by consensus.",
        "{n} decisions were put to the members, of which {adopted} adopted by consensus.",
        len(figures.decisions),
        adopted=adopted,
    )
    pending = figures.decided(DecisionState.PENDING)
    if pending:
        yield language.ntr("{n} is pending.", "{n} are pending.", len(pending))
    refused = figures.decided(DecisionState.NOT_ADOPTED)
    if refused:
        yield language.ntr("{n} was not adopted.", "{n} were not adopted.", len(refused))


def _actions(figures: PeriodFigures, language: Language) -> Sentences:
    acted = figures.actions
    yield language.ntr(
        "{n} action point was closed in the period.",
        "{n} action points were closed in the period.",
        len(acted.closed),
    )
    yield language.tr(
        N_("On {day} {open} were open, of which {overdue} overdue."),
        day=language.day(figures.as_at),
        open=len(acted.open),
        overdue=len(acted.overdue),
    )


def _workplan(figures: PeriodFigures, language: Language) -> Sentences:
    plan = figures.plan
    if plan is None:
        yield language.tr(N_("There is no workplan for the period."))
        return
    count = plan.on_track + plan.off_track
    if not count or plan.percent is None:
        yield language.tr(N_("The workplan has no activity yet."))
        return
    yield language.ntr(
        "The workplan has {n} activity; its mean progress is {percent}, and {good} on track.",
        "The workplan has {n} activities; their mean progress is {percent}, and {good} are on track.",
        count,
        percent=language.percent(plan.percent),
        good=plan.on_track,
    )


def _money(figures: PeriodFigures, language: Language) -> Sentences:
    if figures.plan is None:
        return
    money = figures.plan.money
    yield language.tr(
        N_("The workplan requires {required}; {available} is available and {gap} is to be mobilized."),
        required=language.money(money.required, money.currency),
        available=language.money(money.available, money.currency),
        gap=language.money(money.to_be_mobilized, money.currency),
    )
    if money.excess:
        amount = language.money(money.excess, money.currency)
        yield language.tr(N_("What is available exceeds what is required by {amount}."), amount=amount)


def _challenges(figures: PeriodFigures, language: Language) -> Sentences:
    named = figures.challenges
    if figures.network.problem_word == "impediment":
        yield from _impediments(figures, language)
        return
    if not named.raised and not named.open:
        yield language.tr(N_("The network names no challenge for the UNCT in the period."))
        return
    if named.raised:
        yield language.ntr(
            "{n} challenge was raised in the period.",
            "{n} challenges were raised in the period.",
            len(named.raised),
        )
    yield language.tr(N_("On {day} {n} were open."), day=language.day(figures.as_at), n=len(named.open))


def _impediments(figures: PeriodFigures, language: Language) -> Sentences:
    """The same sentences in the word of a network whose terms of reference speak of impediments."""
    named = figures.challenges
    if not named.raised and not named.open:
        yield language.tr(N_("The network names no impediment for the UNCT in the period."))
        return
    if named.raised:
        yield language.ntr(
            "{n} impediment was raised in the period.",
            "{n} impediments were raised in the period.",
            len(named.raised),
        )
    yield language.tr(N_("Impediments open on {day}: {n}."), day=language.day(figures.as_at), n=len(named.open))


def _next(figures: PeriodFigures, language: Language) -> Sentences:
    coming = figures.following
    first, last = language.day(coming.period.start), language.day(coming.period.end)
    yield language.tr(N_("From {first} to {last}:"), first=first, last=last)
    parts = []
    if coming.meetings:
        parts.append(language.ntr("{n} meeting", "{n} meetings", len(coming.meetings)))
    if coming.actions:
        parts.append(language.ntr("{n} action point due", "{n} action points due", len(coming.actions)))
    if coming.deliverables:
        parts.append(language.ntr("{n} deliverable due", "{n} deliverables due", len(coming.deliverables)))
    if coming.starting:
        parts.append(language.ntr("{n} activity starts", "{n} activities start", len(coming.starting)))
    if coming.ending:
        parts.append(language.ntr("{n} activity ends", "{n} activities end", len(coming.ending)))
    yield (
        language.tr(N_("{parts}."), parts=language.list(parts)) if parts else language.tr(N_("nothing is planned yet."))
    )


def _summary(figures: PeriodFigures, language: Language) -> Sentences:
    yield next(_meetings(figures, language))
    yield next(_decisions(figures, language))
    yield next(_actions(figures, language))
    yield next(_workplan(figures, language))
    yield next(_money(figures, language), "")
    silent = [language.number(one.objective.number) for one in figures.objectives if one.silent]
    if silent:
        yield language.tr(N_("Objectives without activity in the period: {names}."), names=language.list(silent))


def _cover(figures: PeriodFigures, language: Language) -> Sentences:
    period = period_words(figures, language)
    if not figures.report_required:
        # Where the terms of reference ask for no report, the memo says on whose initiative it comes.
        yield language.tr(OWN_INITIATIVE, period=period)
        yield from _summary(figures, language)
        return
    yield language.tr(
        N_("The progress report of the network for {period} follows, as its terms of reference ask."), period=period
    )
    yield next(_meetings(figures, language))
    yield next(_decisions(figures, language))
    yield next(_money(figures, language), "")
    open_now = len(figures.challenges.open)
    if open_now:
        yield language.ntr(
            "{n} challenge calls for the attention of the UNCT.",
            "{n} challenges call for the attention of the UNCT.",
            open_now,
        )


def _objective(found: ObjectiveFigures, language: Language) -> Sentences:
    if found.silent:
        yield language.tr(N_("No activity in the period."))
        return
    if found.activities:
        yield language.ntr("{n} activity was under way.", "{n} activities were under way.", len(found.activities))
    if found.delivered:
        names = [language.pick(one, "title") for one in found.delivered]
        yield language.tr(N_("Delivered: {names}."), names=language.list(names))
    if found.items:
        yield language.ntr(
            "The members discussed it under {n} agenda item.",
            "The members discussed it under {n} agenda items.",
            len(found.items),
        )
    if found.decisions:
        names = [one.decision.reference or one.decision.title() for one in found.decisions]
        yield language.tr(N_("Decisions: {names}."), names=language.list(names))
    if found.actions_closed:
        yield language.ntr("{n} action point was closed.", "{n} action points were closed.", len(found.actions_closed))
    if found.challenges:
        names = [language.pick(one, "title") for one in found.challenges]
        yield language.tr(N_("Challenges raised: {names}."), names=language.list(names))


_WRITERS: Mapping[str, Callable[[PeriodFigures, Language], Sentences]] = {
    "cover": _cover,
    "summary": _summary,
    "workplan": _workplan,
    "decisions": _decisions,
    "actions": _actions,
    "meetings": _meetings,
    "money": _money,
    "challenges": _challenges,
    "next": _next,
}
