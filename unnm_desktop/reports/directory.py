"""The member directory: offices, seats, and who speaks for each with addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unnm_desktop.db.organisations import Category
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import Document, Request
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import Body, Human, NetworkFacts, SeatFacts
from unnm_desktop.reports.gathering import body_of, network_facts, seat_facts
from unnm_desktop.services import organisations
from unnm_desktop.typeset.blocks import (
    Block,
    Cell,
    Column,
    Figures,
    GroupRow,
    Heading,
    Paragraph,
    Pill,
    Rich,
    Section,
    Span,
    Table,
    ltr,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Findings:
    """The seats and offices of a network on a day."""

    network: NetworkFacts
    seats: tuple[SeatFacts, ...]
    invited: tuple[Body, ...] = ()


def gather(session: Session, request: Request) -> Findings:
    """Seats, offices and standing invitees on that day."""
    listed = organisations.invited_on(session, request.network_id, request.on)
    return Findings(
        network_facts(session, request.network_id, request.on),
        seat_facts(session, request.network_id, request.on),
        tuple(sorted((body_of(one) for one in listed), key=lambda one: (one.short, one.name.en))),
    )


def compose(findings: Findings, language: Language) -> Document:
    """The directory as landscape tables."""
    tr = language.tr
    title = tr(N_("Member directory"))
    blocks: list[Block] = [Section(landscape=True), *w.heading(language, findings.network, title)]
    members = [one for one in findings.seats if one.category is Category.MEMBER]
    if findings.seats:
        unnamed = sum(one.focal_point is None for one in members)
        alone = sum(not one.alternates for one in members)
        blocks.append(
            Figures(
                (
                    (language.number(len(members)), tr(N_("Members"))),
                    (
                        language.number(len(findings.seats) - len(members)),
                        tr(N_("Participating entities and observers")),
                    ),
                    (language.number(unnamed), tr(N_("Members without a focal point"))),
                    (language.number(alone), tr(N_("Members without an alternate"))),
                )
            )
        )
    blocks += [Heading(tr(N_("Offices")), 2), offices(language, findings.network)]
    blocks += [Heading(tr(N_("Seats")), 2), seats(language, findings.seats)]
    if findings.invited:
        names = w.listed(language, [w.body(language, one) for one in findings.invited])
        blocks += [Heading(tr(N_("Invited to highlighted meetings")), 2), Paragraph(names)]
    blocks.append(
        Paragraph(tr(N_("Contact details are for the work of the Network only; they are not passed on.")), "small")
    )
    return Document(w.furniture(language, findings.network, title), tuple(blocks))


def offices(language: Language, network: NetworkFacts) -> Table:
    """Who holds the offices, with addresses."""
    tr = language.tr
    rows = []
    for one in network.offices:
        body = w.body(language, one.body) if one.body else "–"
        rows.append((tr(one.kind.label), body, *_human(language, one.person)))
    return Table(
        columns=(Column(tr(N_("Office")), 1.6), Column(tr(N_("Organization")), 2.6), *_human_columns(language)),
        rows=tuple(rows),
        empty=tr(N_("No office is filled.")),
    )


def seats(language: Language, held: tuple[SeatFacts, ...]) -> Table:
    """Who speaks for each seat, with addresses."""
    tr = language.tr
    rows: list[tuple[Cell, ...] | GroupRow] = []
    category = None
    for seat in held:
        if seat.category is not category:
            category = seat.category
            rows.append(GroupRow(w.category_name(language, category)))
        named: Rich = (Span(ltr(seat.body.short), bold=True), Span("\n" + w.name(language, seat.body.name)))
        if seat.body.short in (seat.body.name.en, seat.body.name.ar):
            named = (Span(w.name(language, seat.body.name), bold=True),)
        first: Cell = tr(N_("Focal point"))
        if seat.focal_point is None and seat.category is Category.MEMBER:
            rows.append((named, Pill(tr(N_("No focal point")), "bad"), "", "", "", ""))
        else:
            rows.append((named, first, *_human(language, seat.focal_point)))
        for place, person in enumerate(seat.alternates, 1):
            role = tr(N_("Alternate"))
            if len(seat.alternates) > 1:
                role = tr(N_("Alternate {n}"), n=place)
            rows.append(("", role, *_human(language, person)))
        if not seat.alternates and seat.category is Category.MEMBER:
            rows.append(("", Pill(tr(N_("No alternate")), "warn"), "", "", "", ""))
    return Table(
        columns=(Column(tr(N_("Organization")), 2.6), Column(tr(N_("Role")), 1.3), *_human_columns(language)),
        rows=tuple(rows),
        empty=tr(N_("No organization holds a seat yet.")),
    )


def _human_columns(language: Language) -> tuple[Column, ...]:
    tr = language.tr
    return (
        Column(tr(N_("Name")), 1.9),
        Column(tr(N_("Position")), 2.0),
        Column(tr(N_("E-mail")), 2.4, kind="code"),
        Column(tr(N_("Telephone")), 1.5, kind="code"),
    )


def _human(language: Language, person: Human | None) -> tuple[str, str, str, str]:
    if person is None:
        return ("–", "", "", "")
    return (
        w.name(language, person.name),
        w.name(language, person.position),
        "\n".join(ltr(one) for one in person.emails),
        "\n".join(ltr(one) for one in person.phones),
    )
