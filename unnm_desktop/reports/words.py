"""How documents say things: texts in the right language, names in lists, references, states and the running head."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from unnm_desktop.db.actions import ActionStatus
from unnm_desktop.db.decisions import DecisionAct, DecisionState
from unnm_desktop.db.organisations import Category
from unnm_desktop.db.workplans import ActivityStatus
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports.facts import (
    ActionFacts,
    AttendanceFacts,
    Body,
    DecisionFacts,
    Human,
    MeetingFacts,
    NetworkFacts,
    Text,
    Voice,
)
from unnm_desktop.services.workplan_findings import STATUS_TONES
from unnm_desktop.typeset.blocks import Facts, Furniture, Heading, Pill, Rich, Span, Tone, isolated, ltr

UNCLASSIFIED = N_("UNCLASSIFIED")
SAMPLE = N_("Sample")

_DECISION_TONES: dict[DecisionState, Tone] = {
    DecisionState.DRAFT: "neutral",
    DecisionState.PENDING: "warn",
    DecisionState.ADOPTED: "good",
    DecisionState.NOT_ADOPTED: "bad",
    DecisionState.DEFERRED: "neutral",
    DecisionState.WITHDRAWN: "neutral",
    DecisionState.ESCALATED: "warn",
    DecisionState.IMPLEMENTED: "good",
    DecisionState.SUPERSEDED: "neutral",
}
_CATEGORIES = {
    Category.MEMBER: N_("Members"),
    Category.PARTICIPATING: N_("Participating entities"),
    Category.OBSERVER: N_("Observers"),
    Category.INVITED: N_("By invitation"),
}
_ADDRESSEES = {
    "RC": N_("UN Resident Coordinator"),
    "UNRC": N_("UN Resident Coordinator"),
    "UNCT": N_("UN Country Team"),
    "UNCT Heads of Agencies": N_("UN Country Team Heads of Agencies"),
    "government": N_("the Government"),
}


def furniture(
    language: Language, network: NetworkFacts, title: str, symbol: str = "", subject: str = "", mark: str = ""
) -> Furniture:
    """What stands around the text of every document of a network."""
    marks = [mark] if mark else []
    if network.sample:
        marks.append(language.tr(SAMPLE))
    return Furniture(
        title=title,
        header=name(language, network.name),
        symbol=f"UNNM/{symbol}" if symbol else "",
        classification=language.tr(UNCLASSIFIED),
        mark=" · ".join(marks),
        page_words=language.tr(N_("page {page} of {pages}")),
        figures=language.figures("0123456789"),
        author=name(language, network.name),
        subject=subject or title,
        language=language.code,
        on=network.on.isoformat(),
    )


def workspace_furniture(language: Language, title: str, on: date, classification: str = UNCLASSIFIED) -> Furniture:
    """What stands around the text of a document of no network in particular; the classification is a msgid."""
    return Furniture(
        title=title,
        header=title,
        classification=language.tr(classification),
        page_words=language.tr(N_("page {page} of {pages}")),
        figures=language.figures("0123456789"),
        language=language.code,
        on=on.isoformat(),
    )


def heading(language: Language, network: NetworkFacts, title: str, line: str = "") -> tuple[Heading, Facts]:
    """The title of a document, with the network and the day it speaks of."""
    rows: list[tuple[str, Rich]] = [(language.tr(N_("Network")), name(language, network.name))]
    if line:
        rows.append((language.tr(N_("Period")), line))
    rows.append((language.tr(N_("As at")), language.day(network.on)))
    return Heading(title, 1), Facts(tuple(rows))


def said(language: Language, text: Text) -> str:
    """A text of the records; where this language lacks it, the other one with a mark."""
    own, other = (text.ar, text.en) if language.rtl else (text.en, text.ar)
    if own.strip():
        return own.strip()
    if not other.strip():
        return ""
    mark = language.tr(N_("[English text]")) if language.rtl else language.tr(N_("[Arabic text]"))
    return f"{foreign(other.strip())} {mark}"


def name(language: Language, text: Text) -> str:
    """A name, which needs no mark in the other language."""
    own, other = (text.ar, text.en) if language.rtl else (text.en, text.ar)
    return own.strip() or isolated(other.strip())


def foreign(text: str) -> str:
    """Text of an unknown language, line by line in its own direction."""
    return "\n".join(isolated(line) for line in text.split("\n"))


def listed(language: Language, items: Iterable[str]) -> str:
    """Names as one enumeration; each keeps its own direction."""
    return language.list([isolated(item) for item in items])


def reference(code: str) -> str:
    """A reference as it is printed."""
    return ltr(f"UNNM/{code}") if code else ""


def hours(language: Language, starts: str, ends: str) -> str:
    """From when to when, on the clock."""
    if not starts:
        return ""
    return ltr(f"{language.time(starts)}–{language.time(ends)}" if ends else language.time(starts))


def span(language: Language, start: date, end: date) -> str:
    """A range of days; a year that both share is said once."""
    first = language.day(start)
    if start.year == end.year:
        first = first.rsplit(" ", 1)[0]
    return language.tr(N_("{start} to {end}"), start=first, end=language.day(end))


def body(language: Language, one: Body) -> str:
    """An organisation by its name, with the acronym it goes by."""
    full = name(language, one.name)
    return f"{full} ({ltr(one.short)})" if one.short and one.short not in (one.name.en, one.name.ar) else full


def human(language: Language, one: Human | None, *, position: bool = True) -> str:
    """A person, with the position held."""
    if one is None:
        return ""
    held = name(language, one.position) if position else ""
    called = name(language, one.name)
    return language.list((called, held)) if held else called


def held_by(language: Language, one: Body | None, person: Human | None, *, position: bool = True) -> str:
    """An organisation with the person who acts for it."""
    called = human(language, person, position=position)
    if one is None:
        return called
    return f"{called} ({ltr(one.short)})" if called else body(language, one)


def meeting_name(language: Language, meeting: MeetingFacts) -> str:
    """Such as "31st regular meeting", or the meeting's own title."""
    if meeting.title:
        return name(language, meeting.title)
    return language.figures(name(language, meeting.called))


def category_name(language: Language, category: Category) -> str:
    """The seats of a category, as they head a table."""
    return language.tr(category_words(category))


def category_words(category: Category) -> str:
    """The seats of a category, as a text to translate."""
    return _CATEGORIES[category]


def addressee(language: Language, called: str) -> str:
    """An addressee of the terms of reference, in full."""
    return language.tr(_ADDRESSEES[called]) if called in _ADDRESSEES else isolated(called)


def problem_words(language: Language, network: NetworkFacts) -> tuple[str, str]:
    """The network's own words for challenges: the heading, and what an empty list says."""
    if network.problem_word == "impediment":
        return (
            language.tr(N_("Impediments for the UN Country Team to address")),
            language.tr(N_("No impediment was open in the period.")),
        )
    return (
        language.tr(N_("Challenges for the UN Country Team to address")),
        language.tr(N_("No challenge was open in the period.")),
    )


def decision_pill(language: Language, state: DecisionState) -> Pill:
    """The state of a decision."""
    return Pill(language.tr(state.label), _DECISION_TONES[state])


def decision_tone(state: DecisionState) -> Tone:
    """The colour of a decision's box."""
    return _DECISION_TONES[state]


def activity_pill(language: Language, status: ActivityStatus) -> Pill:
    """The status of an activity."""
    return Pill(language.tr(status.label), STATUS_TONES[status])


def action_pill(language: Language, action: ActionFacts) -> Pill:
    """The status of an action point; overdue is said before open."""
    if action.days_late:
        return Pill(language.tr(N_("Overdue")), "bad")
    tones: dict[ActionStatus, Tone] = {
        ActionStatus.OPEN: "info",
        ActionStatus.IN_PROGRESS: "info",
        ActionStatus.DONE: "good",
        ActionStatus.DROPPED: "neutral",
    }
    return Pill(language.tr(action.status.label), tones[action.status])


def responsible(language: Language, action: ActionFacts) -> str:
    """Who is responsible: organisations, with the person where one is named."""
    parts = []
    for one, person in action.responsible:
        called = name(language, person.name) if person else ""
        parts.append(f"{ltr(one.short)} ({called})" if called else one.short)
    return listed(language, parts)


def due(language: Language, action: ActionFacts) -> str:
    """By when, and how late."""
    if action.due is None:
        return language.tr(N_("no date set"))
    said_day = language.day(action.due)
    if not action.days_late:
        return said_day
    late = language.ntr("{n} day late", "{n} days late", action.days_late)
    return f"{said_day}\n{late}"


def positions(language: Language, decision: DecisionFacts, zone: str) -> str:
    """How a decision was reached, in words and names; consensus is never a count."""
    lines = []
    if decision.agreed:
        lines.append(language.tr(N_("Agreed: {names}."), names=_voices(language, decision.agreed)))
    if decision.reserved:
        lines.append(language.tr(N_("Agreed with reservation: {names}."), names=_voices(language, decision.reserved)))
    if decision.silent:
        lines.append(language.tr(N_("No objection (silence): {names}."), names=_voices(language, decision.silent)))
    for voice in decision.objecting:
        lines.append(language.tr(N_("Objects: {name}."), name=_voices(language, (voice,))))
        if voice.would_resolve:
            lines.append(language.tr(N_("What would resolve it: {words}"), words=isolated(voice.would_resolve)))
    if decision.not_reached and decision.act is DecisionAct.NONE:
        lines.append(language.tr(N_("Not reached: {names}."), names=_voices(language, decision.not_reached)))
    if decision.silence_until and decision.state is DecisionState.PENDING:
        until = language.moment(decision.silence_until, zone)
        lines.append(language.tr(N_("Silence procedure until {moment}."), moment=until))
    for voice in decision.late:
        lines.append(language.tr(N_("Objection after adoption, recorded: {name}."), name=_voices(language, (voice,))))
    if not lines and decision.state is DecisionState.DRAFT:
        lines.append(language.tr(N_("Not put to the members yet.")))
    if not lines:
        lines.append(language.tr(N_("No member has been heard.")))
    return "\n".join(lines)


def follow_up(language: Language, decision: DecisionFacts) -> str:
    """What became of a decision."""
    lines = []
    if decision.superseded_by:
        lines.append(language.tr(N_("Superseded by {reference}"), reference=reference(decision.superseded_by)))
    elif decision.implemented_on:
        lines.append(language.tr(N_("Implemented on {day}"), day=language.day(decision.implemented_on)))
    elif decision.state is DecisionState.ADOPTED:
        lines.append(language.tr(N_("In force")))
    if decision.act is not DecisionAct.NONE and decision.act_on:
        act = language.tr(decision.act.label)
        lines.append(language.tr(N_("{act} on {day}"), act=act, day=language.day(decision.act_on)))
    if decision.act_reason:
        lines.append(isolated(decision.act_reason))
    lines += [language.tr(N_("Supersedes {reference}"), reference=reference(code)) for code in decision.supersedes]
    if decision.actions:
        codes = language.list([reference(code) for code in decision.actions])
        lines.append(language.tr(N_("Action points: {references}"), references=codes))
    return "\n".join(lines)


def decision_words(language: Language, decision: DecisionFacts) -> Rich:
    """The text of a decision under its title."""
    text = said(language, decision.text) or language.tr(N_("No text yet."))
    if not decision.title:
        return text
    return (Span(name(language, decision.title) + "\n", bold=True), Span(text))


def who_came(language: Language, one: AttendanceFacts) -> str:
    """The person on a seat, for whom, and from when to when."""
    called = human(language, one.person)
    notes = []
    if one.for_person is not None:
        notes.append(language.tr(N_("for {name}"), name=name(language, one.for_person.name)))
    if one.arrived:
        notes.append(language.tr(N_("from {time}"), time=ltr(language.time(one.arrived))))
    if one.left:
        notes.append(language.tr(N_("until {time}"), time=ltr(language.time(one.left))))
    if one.online:
        notes.append(language.tr(N_("online")))
    return f"{called} ({language.list(notes)})" if notes and called else called or language.list(notes)


def _voices(language: Language, voices: Iterable[Voice]) -> str:
    return language.list(
        [f"{ltr(one.short)} ({isolated(one.reason)})" if one.reason else ltr(one.short) for one in voices]
    )
