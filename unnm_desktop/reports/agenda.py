"""The agenda of a meeting, with a running clock, what is to be decided and what is open from before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from unnm_desktop.db.attachments import Attachment
from unnm_desktop.db.decisions import Decision, DecisionAct
from unnm_desktop.db.meetings import HELD_STATES, AgendaItem, ItemKind, Meeting, MeetingState
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import Document, Request
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import ActionFacts, DecisionFacts, MeetingFacts, NetworkFacts, Text
from unnm_desktop.reports.gathering import (
    actions_of,
    decision_facts,
    meeting_facts,
    meetings_of,
    network_facts,
    text_of,
)
from unnm_desktop.reports.heads import meeting_head
from unnm_desktop.reports.tables import action_table
from unnm_desktop.services import gathering, records
from unnm_desktop.typeset.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    DecisionBox,
    Heading,
    Paragraph,
    Pill,
    Rich,
    Span,
    Table,
    Tone,
    isolated,
    ltr,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TONES: dict[ItemKind, Tone] = {
    ItemKind.INFORMATION: "neutral",
    ItemKind.DISCUSSION: "info",
    ItemKind.DECISION: "warn",
}


@dataclass(frozen=True)
class ItemFacts:
    """One agenda item."""

    number: str
    title: Text
    purpose: Text
    kind: ItemKind
    presenter: str
    minutes: int | None
    closed: bool
    carried_from: str
    carried_on: date | None
    carried_reason: str
    objective: int | None = None


@dataclass(frozen=True)
class Findings:
    """What an agenda tells."""

    network: NetworkFacts
    meeting: MeetingFacts | None = None
    items: tuple[ItemFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    actions: tuple[ActionFacts, ...] = ()
    previous: MeetingFacts | None = None
    documents: tuple[str, ...] = ()


def gather(session: Session, request: Request) -> Findings:
    """The meeting with its items, draft decisions and open action points."""
    network = network_facts(session, request.network_id, request.on)
    if request.meeting_id is None:
        return Findings(network)
    meeting = records.get(session, Meeting, request.meeting_id)
    items = agenda_items(session, meeting)
    drafts = [
        one
        for one in gathering.of_network(session, Decision, request.network_id, "reference")
        if one.meeting_id == meeting.id and one.act is DecisionAct.NONE
    ]
    earlier = [
        one
        for one in meetings_of(session, request.network_id)
        if one.state in HELD_STATES and (one.day, one.starts) < (meeting.day, meeting.starts)
    ]
    facts = meeting_facts(session, [meeting, *earlier[-1:]])
    files = gathering.belonging(
        session, Attachment, "record_id", [meeting.id, *(one.id for one in items)], "name", "sha256"
    )
    return Findings(
        network=network,
        meeting=facts[meeting.id],
        items=tuple(item_facts(session, items)),
        decisions=tuple(decision_facts(session, drafts, network, min(request.on, meeting.day)).values()),
        actions=tuple(one for one in actions_of(session, request.network_id, request.on) if one.open),
        previous=facts[earlier[-1].id] if earlier else None,
        documents=tuple(one.name for key in (meeting.id, *(item.id for item in items)) for one in files[key]),
    )


def agenda_items(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """The items of a meeting in their order."""
    return gathering.belonging(session, AgendaItem, "meeting_id", [meeting.id], "position", "number")[meeting.id]


def item_number(item: AgendaItem, place: int) -> str:
    """The number an item was circulated with, else its place."""
    return item.number or str(place)


def item_facts(session: Session, items: list[AgendaItem]) -> list[ItemFacts]:
    """Agenda items with where they were carried over from."""
    sources = records.by_id(session, AgendaItem, [one.carried_from_id for one in items])
    meetings = records.by_id(session, Meeting, [one.meeting_id for one in sources.values()])
    found = []
    for place, one in enumerate(items, 1):
        source = sources.get(one.carried_from_id) if one.carried_from_id else None
        origin = meetings.get(source.meeting_id) if source else None
        found.append(
            ItemFacts(
                number=item_number(one, place),
                title=text_of(one, "title"),
                purpose=text_of(one, "purpose"),
                kind=one.kind,
                presenter=one.presenter,
                minutes=one.minutes,
                closed=one.closed,
                carried_from=origin.reference if origin else "",
                carried_on=origin.day if origin else None,
                carried_reason=one.carried_reason,
            )
        )
    return found


def compose(findings: Findings, language: Language) -> Document:
    """The agenda as it is circulated to the members."""
    meeting = findings.meeting
    title = language.tr(N_("Agenda"))
    if meeting is None:
        around = w.furniture(language, findings.network, title)
        empty = Callout(language.tr(N_("No meeting has been planned yet, so there is no agenda.")))
        return Document(around, (*w.heading(language, findings.network, title), empty))
    called = w.meeting_name(language, meeting)
    around = w.furniture(
        language,
        findings.network,
        language.tr(N_("Agenda: {meeting}"), meeting=called),
        meeting.reference,
        mark="" if meeting.state is not MeetingState.CANCELLED else language.tr(MeetingState.CANCELLED.label),
    )
    blocks: list[Block] = [*meeting_head(language, findings.network, meeting, title)]
    blocks.append(_items(language, findings.items, meeting))
    if any(one.closed for one in findings.items):
        words = language.tr(N_("Items marked “Members only” are not in the copy for guests and media."))
        blocks.append(Paragraph(words, "small"))
    blocks += _decisions(language, findings)
    blocks += _open_actions(language, findings)
    blocks += _documents(language, findings)
    return Document(around, tuple(blocks))


def _items(language: Language, items: tuple[ItemFacts, ...], meeting: MeetingFacts) -> Table:
    clock = _clock(items, meeting)
    rows = []
    for item, at in zip(items, clock, strict=True):
        duration = language.tr(N_("{n} min"), n=item.minutes) if item.minutes else ""
        rows.append(
            (
                ltr(language.figures(item.number)),
                ltr(language.time(at)) if at else "",
                _item_words(language, item),
                Pill(language.tr(item.kind.label), _TONES[item.kind]),
                isolated(item.presenter),
                duration,
            )
        )
    return Table(
        columns=(
            Column(language.tr(N_("No.")), 0.5, "center", "code"),
            Column(language.tr(N_("Time")), 0.75, "center", "code"),
            Column(language.tr(N_("Item")), 4.2),
            Column(language.tr(N_("Purpose")), 1.5, kind="pill"),
            Column(language.tr(N_("Presented by")), 1.5),
            Column(language.tr(N_("Duration")), 0.9),
        ),
        rows=tuple(rows),
        empty=language.tr(N_("The agenda has no items yet.")),
    )


def _item_words(language: Language, item: ItemFacts) -> Rich:
    spans = [Span(w.said(language, item.title), bold=True)]
    if item.closed:
        members_only = language.tr(N_("Members only"))
        spans.append(Span(f"  [{members_only}]"))
    if item.purpose:
        spans.append(Span("\n" + w.said(language, item.purpose)))
    if item.carried_from and item.carried_on:
        carried = language.tr(
            N_("Carried over from {reference} of {day}: {reason}"),
            reference=w.reference(item.carried_from),
            day=language.day(item.carried_on),
            reason=isolated(item.carried_reason),
        )
        spans.append(Span("\n" + carried, italic=True))
    return tuple(spans)


def _clock(items: tuple[ItemFacts, ...], meeting: MeetingFacts) -> list[time | None]:
    """When each item begins; after an item without a duration the clock is not known any more."""
    now: datetime | None = None
    if meeting.starts:
        hours, minutes = meeting.starts.split(":")
        now = datetime.combine(meeting.day, time(int(hours), int(minutes)))
    found: list[time | None] = []
    for item in items:
        found.append(now.time() if now else None)
        now = now + timedelta(minutes=item.minutes) if now and item.minutes else None
    return found


def _decisions(language: Language, findings: Findings) -> list[Block]:
    if not findings.decisions:
        return []
    blocks: list[Block] = [Heading(language.tr(N_("Decisions before the meeting")), 2)]
    for one in findings.decisions:
        blocks.append(
            DecisionBox(
                w.reference(one.reference),
                w.decision_words(language, one),
                language.tr(one.state.label),
                w.decision_tone(one.state),
            )
        )
    return blocks


def _open_actions(language: Language, findings: Findings) -> list[Block]:
    empty = language.tr(N_("No action point is open."))
    return [
        Heading(language.tr(N_("Action points to follow up")), 2),
        action_table(language, findings.actions, empty=empty),
    ]


def _documents(language: Language, findings: Findings) -> list[Block]:
    listed: list[Rich] = []
    if findings.previous:
        listed.append(
            language.tr(
                N_("Minutes of the {meeting}, {day} ({reference})"),
                meeting=w.meeting_name(language, findings.previous),
                day=language.day(findings.previous.day),
                reference=w.reference(findings.previous.reference),
            )
        )
    listed += [ltr(one) for one in findings.documents]
    if not listed:
        return []
    return [Heading(language.tr(N_("Documents")), 2), Bullets(tuple(listed))]
