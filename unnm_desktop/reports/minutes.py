"""The minutes of a meeting: who was there, what was said, decided and promised, in the order of the agenda."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.meetings import Capacity, Meeting, Presence
from unnm_desktop.db.minutes import Minutes, MinutesState
from unnm_desktop.db.people import Person
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import Document, Request
from unnm_desktop.reports import words as w
from unnm_desktop.reports.agenda import agenda_items, item_number
from unnm_desktop.reports.facts import (
    ActionFacts,
    AttendanceFacts,
    DecisionFacts,
    Human,
    MeetingFacts,
    Minuted,
    NetworkFacts,
    Text,
    Told,
)
from unnm_desktop.reports.gathering import (
    action_facts,
    decision_facts,
    human_of,
    meeting_facts,
    network_facts,
    next_meeting,
    text_of,
)
from unnm_desktop.reports.heads import hours_words, meeting_head
from unnm_desktop.reports.minutes_words import words_of
from unnm_desktop.reports.tables import action_columns, action_row, presence_mark
from unnm_desktop.services import gathering, minutes, minutes_text, records
from unnm_desktop.typeset.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    GroupRow,
    Heading,
    KeepTogether,
    Paragraph,
    Rich,
    SignatureLines,
    Table,
    Tone,
    ltr,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class VersionFacts:
    """Which version of the minutes this is, and how far it has come."""

    number: int
    state: MinutesState
    corrigendum: bool
    comments_until: datetime | None
    adopted_on: date | None
    adopted_at: MeetingFacts | None


@dataclass(frozen=True)
class Findings:
    """What the minutes of a meeting tell."""

    network: NetworkFacts
    meeting: MeetingFacts | None = None
    version: VersionFacts | None = None
    minute_taker: Human | None = None
    items: tuple[Minuted, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    actions: tuple[ActionFacts, ...] = ()
    told: Told = field(default_factory=Told)
    following: MeetingFacts | None = None


def gather(session: Session, request: Request) -> Findings:
    """The meeting with its minutes, decisions and action points."""
    network = network_facts(session, request.network_id, request.on)
    if request.meeting_id is None:
        return Findings(network)
    meeting = records.get(session, Meeting, request.meeting_id)
    version = minutes.current_minutes(session, meeting.id)
    items = agenda_items(session, meeting)
    entries = minutes.entries(session, version.id) if version else {}
    texts = [text for one in entries.values() for text in (one.text_en, one.text_ar)]
    placed = {reference for text in texts for reference in minutes_text.references(text)}
    decisions, actions = _matters(session, meeting, placed)
    told = Told(
        {str(key): one for key, one in decision_facts(session, decisions, network, request.on).items()},
        {str(key): one for key, one in action_facts(session, actions, request.on).items()},
        frozenset(str(key) for _, key in placed),
    )
    takers = records.by_id(session, Person, [meeting.minute_taker_id])
    taker = takers.get(meeting.minute_taker_id) if meeting.minute_taker_id else None
    return Findings(
        network=network,
        meeting=meeting_facts(session, [meeting])[meeting.id],
        version=_version(session, version),
        minute_taker=human_of(taker) if taker else None,
        items=tuple(
            Minuted(
                number=item_number(one, place),
                title=text_of(one, "title"),
                closed=one.closed,
                text=text_of(entries[one.id], "text") if one.id in entries else Text(),
                decisions=tuple(str(it.id) for it in decisions if it.agenda_item_id == one.id),
                actions=tuple(str(it.id) for it in actions if it.agenda_item_id == one.id),
            )
            for place, one in enumerate(items, 1)
        ),
        decisions=tuple(told.decisions[str(one.id)] for one in decisions if one.meeting_id == meeting.id),
        actions=tuple(told.actions[str(one.id)] for one in actions if one.meeting_id == meeting.id),
        told=told,
        following=next_meeting(session, request.network_id, meeting.day),
    )


def _matters(
    session: Session, meeting: Meeting, placed: set[tuple[str, UUID]]
) -> tuple[list[Decision], list[ActionPoint]]:
    """The decisions and action points of the meeting, and those of other meetings that its texts refer to."""
    decisions = gathering.belonging(session, Decision, "meeting_id", [meeting.id])[meeting.id]
    actions = gathering.belonging(session, ActionPoint, "meeting_id", [meeting.id])[meeting.id]
    known = {one.id for one in (*decisions, *actions)}
    other = {key for _, key in placed} - known
    decisions += [one for one in records.by_id(session, Decision, other).values() if one.removed_at is None]
    actions += [one for one in records.by_id(session, ActionPoint, other).values() if one.removed_at is None]
    return sorted(decisions, key=lambda one: one.reference), sorted(actions, key=lambda one: one.reference)


def _version(session: Session, version: Minutes | None) -> VersionFacts | None:
    if version is None:
        return None
    at = records.by_id(session, Meeting, [version.adopted_at_id])
    adopted = meeting_facts(session, list(at.values()))
    return VersionFacts(
        version.version,
        version.state,
        version.corrigendum,
        version.comments_until,
        version.adopted_on,
        adopted.get(version.adopted_at_id) if version.adopted_at_id else None,
    )


def compose(findings: Findings, language: Language) -> Document:
    """The minutes as they are circulated."""
    tr = language.tr
    title = tr(N_("Minutes"))
    meeting = findings.meeting
    if meeting is None:
        around = w.furniture(language, findings.network, title)
        empty = Callout(tr(N_("No meeting has been held yet, so there are no minutes.")))
        return Document(around, (*w.heading(language, findings.network, title), empty))
    named = tr(N_("Minutes: {meeting}"), meeting=w.meeting_name(language, meeting))
    state, mark, tone = _state(language, findings.version, findings.network.zone)
    around = w.furniture(language, findings.network, named, meeting.reference, mark=mark)
    extra: tuple[tuple[str, Rich], ...] = (
        (tr(N_("Minutes taken by")), w.human(language, findings.minute_taker)),
        (tr(N_("Version")), _version_words(language, findings.version)),
    )
    blocks: list[Block] = [*meeting_head(language, findings.network, meeting, title, extra), Callout(state, tone)]
    blocks += [Heading(tr(N_("Participants")), 2), _participants(language, meeting)]
    blocks += _discussion(language, findings)
    blocks += _decided(language, findings)
    blocks += _promised(language, findings)
    blocks.append(KeepTogether((*_following(language, findings), _signatures(language, findings, meeting))))
    return Document(around, tuple(blocks))


def _state(language: Language, version: VersionFacts | None, zone: str) -> tuple[str, str, Tone]:
    """What is said of the version, the mark of every page, and its tone."""
    tr = language.tr
    if version is None:
        return tr(N_("No minutes have been written yet; this sheet shows what is recorded.")), "", "warn"
    if version.state in (MinutesState.ADOPTED, MinutesState.SEALED) and version.adopted_on:
        if version.adopted_at is not None:
            called = w.meeting_name(language, version.adopted_at)
            said = tr(N_("Adopted at the {meeting}, {day}."), meeting=called, day=language.day(version.adopted_at.day))
        else:
            said = tr(N_("Adopted by silence on {day}."), day=language.day(version.adopted_on))
        return said, "", "good"
    draft = tr(N_("Draft"))
    if version.state is MinutesState.CIRCULATED and version.comments_until:
        until = language.moment(version.comments_until, zone)
        return tr(N_("Draft circulated for comments until {moment}."), moment=until), draft, "info"
    if version.state is MinutesState.SETTLED:
        return tr(N_("Draft; the comments received are settled. To be adopted at the next meeting.")), draft, "info"
    return tr(N_("Draft; not circulated yet.")), draft, "warn"


def _version_words(language: Language, version: VersionFacts | None) -> str:
    if version is None:
        return ""
    number = language.number(version.number)
    return language.tr(N_("{n} (corrigendum)"), n=number) if version.corrigendum else number


def _participants(language: Language, meeting: MeetingFacts) -> Table:
    tr = language.tr
    rows: list[tuple[Cell, ...] | GroupRow] = []
    group = ""
    for one in sorted(meeting.attendance, key=_group_place):
        name = _group(one)
        if name != group:
            group = name
            rows.append(GroupRow(tr(group)))
        body = w.body(language, one.body) if one.body else ""
        rows.append((body, w.who_came(language, one), *_capacity(language, one)))
    return Table(
        columns=(
            Column(tr(N_("Organization")), 3.0),
            Column(tr(N_("Participant")), 3.2),
            Column(tr(N_("Capacity")), 1.5),
            Column(tr(N_("Presence")), 1.5),
        ),
        rows=tuple(rows),
        empty=tr(N_("Nobody's attendance is recorded.")),
    )


def _capacity(language: Language, one: AttendanceFacts) -> tuple[Cell, Cell]:
    if one.presence is None:
        return "", language.tr(N_("not recorded"))
    alternate = one.capacity in (Capacity.ALTERNATE, Capacity.STAND_IN)
    if one.presence is not Presence.PRESENT:
        # A sign alone does not say who excused themselves.
        return language.tr(one.presence.label), presence_mark(language, one.presence)
    return language.tr(one.capacity.label), presence_mark(language, one.presence, by_alternate=alternate)


_GROUPS = (
    N_("Members"),
    N_("Participating entities and observers"),
    N_("Guests and speakers"),
    N_("Secretariat"),
)


def _group(one: AttendanceFacts) -> str:
    if one.capacity is Capacity.SECRETARIAT:
        return _GROUPS[3]
    if one.category is None or one.capacity in (Capacity.GUEST, Capacity.GUEST_SPEAKER):
        return _GROUPS[2]
    return _GROUPS[0] if one.category.value == "member" else _GROUPS[1]


def _group_place(one: AttendanceFacts) -> int:
    return _GROUPS.index(_group(one))


def _discussion(language: Language, findings: Findings) -> list[Block]:
    tr = language.tr
    blocks: list[Block] = []
    for item in findings.items:
        number = item_label(language, findings.meeting, item.number)
        title = f"{number}  {w.name(language, item.title)}"
        if item.closed:
            members_only = tr(N_("Members only"))
            title = f"{title} [{members_only}]"
        blocks.append(Heading(title, 2))
        blocks += words_of(language, item, findings.told)
    if not findings.items:
        blocks.append(Paragraph(tr(N_("The meeting had no agenda."))))
    return blocks


def item_label(language: Language, meeting: MeetingFacts | None, number: str) -> str:
    """Item 2 of the 31st meeting as "31/2"."""
    told = f"{meeting.ordinal}/{number}" if meeting and meeting.ordinal else number
    return ltr(language.figures(told))


def _decided(language: Language, findings: Findings) -> list[Block]:
    tr = language.tr
    rows = tuple(
        (
            w.reference(one.reference),
            w.decision_words(language, one),
            w.decision_pill(language, one.state),
            w.positions(language, one, findings.network.zone),
        )
        for one in findings.decisions
    )
    table = Table(
        columns=(
            Column(tr(N_("Reference")), 2.1, kind="code"),
            Column(tr(N_("Decision")), 3.6),
            Column(tr(N_("State")), 1.6, kind="pill"),
            Column(tr(N_("How it was reached")), 2.8),
        ),
        rows=rows,
        empty=tr(N_("No decision was put to the members at this meeting.")),
    )
    return [Heading(tr(N_("Decisions of the meeting")), 2), table]


def _promised(language: Language, findings: Findings) -> list[Block]:
    """Action points by the organisation that comes first among the responsible."""
    tr = language.tr
    rows: list[tuple[Cell, ...] | GroupRow] = []
    for name, actions in _by_body(language, findings.actions):
        rows.append(GroupRow(name))
        rows += [action_row(language, one) for one in actions]
    empty = tr(N_("No action point was given at this meeting."))
    table = Table(columns=action_columns(language), rows=tuple(rows), empty=empty)
    return [Heading(tr(N_("Action points of the meeting")), 2), table]


def _by_body(language: Language, actions: Iterable[ActionFacts]) -> list[tuple[str, list[ActionFacts]]]:
    groups: dict[str, list[ActionFacts]] = {}
    nobody = language.tr(N_("Nobody named yet"))
    for one in actions:
        shorts = dict.fromkeys(body.short for body, _ in one.responsible)
        for short in shorts or {nobody: None}:
            groups.setdefault(short, []).append(one)
    ordered = sorted(groups.items(), key=lambda pair: (pair[0] == nobody, pair[0]))
    return [(name, sorted(group, key=lambda one: one.reference)) for name, group in ordered]


def _following(language: Language, findings: Findings) -> list[Block]:
    tr = language.tr
    heading = Heading(tr(N_("Next meeting")), 2)
    after = findings.following
    if after is None:
        return [heading, Paragraph(tr(N_("The date of the next meeting is not set yet.")))]
    words = tr(
        N_("{meeting}: {day}, {time}"),
        meeting=w.meeting_name(language, after),
        day=language.weekday_day(after.day),
        time=hours_words(language, after, findings.network.zone),
    )
    place = w.name(language, after.place)
    return [heading, Paragraph(language.list([words, place]) if place else words)]


def _signatures(language: Language, findings: Findings, meeting: MeetingFacts) -> SignatureLines:
    label = language.tr(N_("Chair")) if len(meeting.chairs) < 2 else language.tr(N_("Co-Chair"))
    rows = [(label, w.held_by(language, *pair)) for pair in meeting.chairs] or [(label, "")]
    rows.append((language.tr(N_("Minutes taken by")), w.human(language, findings.minute_taker, position=False)))
    return SignatureLines(tuple(rows))
