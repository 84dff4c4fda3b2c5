"""The head that agenda, sign-in sheet and minutes share: which meeting, when, where, led by whom."""

from __future__ import annotations

from unnm_desktop.db.meetings import MeetingState
from unnm_desktop.db.people import OfficeKind
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import MeetingFacts, NetworkFacts
from unnm_desktop.typeset.blocks import Block, Callout, Facts, Heading, Rich, isolated, ltr


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
    blocks: list[Block] = [Heading(title, 1), Facts(tuple(row for row in rows if row[1]))]
    if meeting.state is MeetingState.CANCELLED:
        blocks.append(Callout(tr(N_("This meeting was cancelled: {reason}"), reason=isolated(meeting.reason)), "bad"))
    if meeting.state is MeetingState.POSTPONED:
        told = tr(N_("This meeting is postponed: {reason}"), reason=isolated(meeting.reason))
        blocks.append(Callout(told, "warn"))
    return tuple(blocks)


def hours_words(language: Language, meeting: MeetingFacts, zone: str) -> str:
    """From when to when, with the zone the clock stands in."""
    told = w.hours(language, meeting.starts, meeting.ends)
    return f"{told} ({ltr(zone)})" if told else ""
