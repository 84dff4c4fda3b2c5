"""The sign-in sheet of a meeting, headed in both languages, with rows for each seat and empty ones for guests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unnm_desktop.db.meetings import Meeting
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import Document, Request
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import Body, Human, MeetingFacts, NetworkFacts, SeatFacts, Text
from unnm_desktop.reports.gathering import body_of, human_of, meeting_facts, network_facts, seat_facts
from unnm_desktop.reports.heads import meeting_brief
from unnm_desktop.services import invitations, records
from unnm_desktop.typeset.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    GroupRow,
    Paragraph,
    Section,
    Span,
    Table,
    isolated,
    ltr,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EMPTY_ROWS = 12
ROW_HEIGHT_MM = 11.0


@dataclass(frozen=True)
class Guest:
    """An organisation invited that holds no seat."""

    body: Body
    person: Human | None
    speaker: bool


@dataclass(frozen=True)
class Findings:
    """Who may come to a meeting."""

    network: NetworkFacts
    meeting: MeetingFacts | None = None
    seats: tuple[SeatFacts, ...] = ()
    guests: tuple[Guest, ...] = ()


def gather(session: Session, request: Request) -> Findings:
    """The seats of the meeting's own day, and the guests invited."""
    network = network_facts(session, request.network_id, request.on)
    if request.meeting_id is None:
        return Findings(network)
    meeting = records.get(session, Meeting, request.meeting_id)
    seats = seat_facts(session, request.network_id, meeting.day)
    sitting = {(seat.body.short, seat.body.name.en) for seat in seats}
    guests = []
    for one in invitations.invited(session, meeting.id):
        body = body_of(one.organisation)
        if one.invitation.as_speaker or (body.short, body.name.en) not in sitting:
            guests.append(Guest(body, human_of(one.person) if one.person else None, one.invitation.as_speaker))
    guests.sort(key=lambda one: (one.body.short, one.body.name.en, one.person.name.en if one.person else ""))
    return Findings(network, meeting_facts(session, [meeting])[meeting.id], seats, tuple(guests))


def compose(findings: Findings, language: Language) -> Document:
    """The sheet in landscape, with tall rows to write in."""
    title = language.tr(N_("Sign-in sheet"))
    meeting = findings.meeting
    if meeting is None:
        around = w.furniture(language, findings.network, title)
        empty = Callout(language.tr(N_("No meeting has been planned yet, so there is no sign-in sheet.")))
        return Document(around, (*w.heading(language, findings.network, title), empty))
    called = w.meeting_name(language, meeting)
    named = language.tr(N_("Sign-in sheet: {meeting}"), meeting=called)
    around = w.furniture(language, findings.network, named, meeting.reference)
    blocks: list[Block] = [Section(landscape=True), *meeting_brief(language, findings.network, meeting, title)]
    notice = language.tr(
        N_("Names and signatures are kept with the records of this meeting only. Photographs are taken with consent.")
    )
    blocks += [Paragraph(notice, "small"), _sheet(language, findings)]
    return Document(around, tuple(blocks))


def _sheet(language: Language, findings: Findings) -> Table:
    rows: list[tuple[Cell, ...] | GroupRow] = []
    number = 0
    category = None
    for seat in findings.seats:
        if seat.category is not category:
            category = seat.category
            rows.append(GroupRow(_both(language, w.category_words(category))))
        number += 1
        rows.append(_row(language, number, seat.body, seat.focal_point))
    if findings.guests:
        rows.append(GroupRow(_both(language, N_("Guests and speakers"))))
        for guest in findings.guests:
            number += 1
            rows.append(_row(language, number, guest.body, guest.person))
    rows.append(GroupRow(_both(language, N_("Others present"))))
    rows += [(language.number(number + place), "", "", "", "", "") for place in range(1, EMPTY_ROWS + 1)]
    return Table(
        columns=(
            Column(_both(language, N_("No.")), 0.6, "center", "code"),
            Column(_both(language, N_("Organization")), 2.6),
            Column(_both(language, N_("Name")), 2.2),
            Column(_both(language, N_("Position")), 2.0),
            Column(_both(language, N_("E-mail or telephone")), 2.4),
            Column(_both(language, N_("Signature")), 2.2),
        ),
        rows=tuple(rows),
        row_height_mm=ROW_HEIGHT_MM,
    )


def _row(language: Language, number: int, body: Body, person: Human | None) -> tuple[Cell, ...]:
    reach = person.emails[:1] or person.phones[:1] if person else ()
    return (
        language.number(number),
        (Span(ltr(body.short), bold=True), Span(_names(language, body.name, body.short))),
        _two(language, person.name) if person else "",
        w.name(language, person.position) if person else "",
        ltr(reach[0]) if reach else "",
        "",
    )


def _names(language: Language, text: Text, short: str) -> str:
    called = w.name(language, text)
    return "" if short in (text.en, text.ar) else f"\n{called}"


def _two(language: Language, text: Text) -> str:
    """A name in both scripts where both are known, so that everybody finds their row."""
    first, second = (text.ar, text.en) if language.rtl else (text.en, text.ar)
    return "\n".join(one for one in (first, second) if one)


def _both(language: Language, text: str) -> str:
    """A heading in both languages, that of the document first."""
    other = Language("en" if language.rtl else "ar")
    return f"{language.tr(text)} · {isolated(other.tr(text))}"
