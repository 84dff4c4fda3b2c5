"""The head that agenda, sign-in sheet and minutes share: which meeting, when, where, led by whom."""

from __future__ import annotations

from unnm_desktop.db.meetings import MeetingState
from unnm_desktop.db.people import OfficeKind
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import MeetingFacts, NetworkFacts
from unnm_desktop.typeset.blocks import Block, Callout, Facts, Heading, Rich, isolated


def meeting_head(
    language: Language,
    network: NetworkFacts,
    meeting: MeetingFacts,
    title: str,
    extra: tuple[tuple[str, Rich], ...] = (),
) -> tuple[Block, ...]:
    """The title of a document of a meeting, and the facts of the meeting."""
    tr = language.tr
    when = hours_words(language, meeting, network.zone)
    chairs = [w.held_by(language, *pair) for pair in meeting.chairs]
    several = len(chairs) > 1
    if not chairs:
        leading = network.office(OfficeKind.CO_CHAIR, OfficeKind.CHAIR)
        chairs = [w.held_by(language, one.body, one.person) for one in leading]
        several = len(chairs) > 1
    secretariat = [w.held_by(language, one.body, one.person) for one in network.office(OfficeKind.SECRETARIAT)]
    rows: list[tuple[str, Rich]] = [
        (tr(N_("Network")), w.name(language, network.name)),
        (tr(N_("Meeting")), w.meeting_name(language, meeting)),
        (tr(N_("Reference")), w.reference(meeting.reference)),
        (tr(N_("Date")), language.weekday_day(meeting.day)),
        (tr(N_("Time")), when),
        (tr(N_("Place")), w.name(language, meeting.place)),
        (tr(N_("Online")), isolated(meeting.online)),
        (tr(N_("Co-Chairs")) if several else tr(N_("Chair")), "\n".join(chairs)),
        (tr(N_("Secretariat")), "\n".join(secretariat)),
        *extra,
    ]
    return (Heading(title, 1), Facts(tuple(row for row in rows if row[1])), *_called_off(language, meeting))


def meeting_brief(language: Language, network: NetworkFacts, meeting: MeetingFacts, title: str) -> tuple[Block, ...]:
    """The head of a sheet that needs its room for something else."""
    day = language.list([language.weekday_day(meeting.day), hours_words(language, meeting, network.zone)])
    rows: list[tuple[str, Rich]] = [
        (language.tr(N_("Meeting")), w.meeting_name(language, meeting)),
        (language.tr(N_("Date")), day),
        (language.tr(N_("Place")), w.name(language, meeting.place)),
    ]
    return (Heading(title, 1), Facts(tuple(row for row in rows if row[1])), *_called_off(language, meeting))


def _called_off(language: Language, meeting: MeetingFacts) -> list[Block]:
    reason = isolated(meeting.reason)
    if meeting.state is MeetingState.CANCELLED:
        return [Callout(language.tr(N_("This meeting was cancelled: {reason}"), reason=reason), "bad")]
    if meeting.state is MeetingState.POSTPONED:
        return [Callout(language.tr(N_("This meeting is postponed: {reason}"), reason=reason), "warn")]
    return []


def hours_words(language: Language, meeting: MeetingFacts, zone: str) -> str:
    """From when to when, with the zone the clock stands in."""
    told = w.hours(language, meeting.starts, meeting.ends)
    return f"{told} ({language.zone(zone)})" if told else ""
