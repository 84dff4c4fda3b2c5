"""The report of a merge: what came from whom, what was decided, and what is still to be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from unnm_desktop import reports
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.journal import REMOVED
from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import words as w
from unnm_desktop.services.field_names import FIELD_NAMES
from unnm_desktop.services.handover import account
from unnm_desktop.services.numbering import printed
from unnm_desktop.typeset.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Facts,
    Figures,
    Heading,
    Paragraph,
    Rich,
    Section,
    Span,
    Table,
    isolated,
    ltr,
)

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.handover.account import Account, Question

LONGEST = 700
"""So much of a text is printed; the whole stands in the record."""


def compose(told: Account, on: date, zone: tzinfo | None, language: Language) -> reports.Document:
    """What is said of a merge, in that language; moments by the clock of the zone."""
    tr = language.tr
    title = tr(N_("Report of a merge"))
    blocks: list[Block] = [Section(landscape=True), Heading(title, 1), _facts(told, zone, language)]
    if told.past.undone_at is not None:
        words = N_("This merge was undone on {moment}: the records are as if it had never been.")
        blocks.append(Callout(tr(words, moment=_moment(told.past.undone_at, zone, language)), "warn"))
    blocks += [_figures(told, language), Heading(tr(N_("What came")), 2), _brought(told, language)]
    blocks += [Heading(tr(N_("What was decided")), 2), _decided(told.decided, zone, language)]
    blocks += [Heading(tr(N_("What is still open")), 2), _open(told.open, language)]
    if told.open:
        words = N_("It stands on each of these records and goes along in packages, so that a colleague can decide it.")
        blocks.append(Paragraph(tr(words), "small"))
    if told.doubles:
        blocks += [Heading(tr(N_("Perhaps the same")), 2), _doubles(told, language)]
    if told.collisions:
        blocks += [Heading(tr(N_("One number on several records")), 2), _collisions(told, language)]
    return reports.Document(w.workspace_furniture(language, title, on), tuple(blocks))


def write(
    database: Database, merge_id: UUID, on: date, zone: tzinfo | None, language: Language, path: Path
) -> reports.Rendered:
    """Write the report of a merge as PDF or text.

    Raises:
        UserError: there is no such merge, or the file cannot be written.

    """
    with database.read() as session:
        told = account.of_merge(session, merge_id, replace(language, clock=zone))
    return reports.write(compose(told, on, zone, language), path)


def _moment(at: datetime, zone: tzinfo | None, language: Language) -> str:
    local = at.astimezone(zone)
    return f"{language.day(local.date(), short=True)} {ltr(language.time(local.time()))}"


def _facts(told: Account, zone: tzinfo | None, language: Language) -> Facts:
    tr, past = language.tr, told.past
    rows: list[tuple[str, Rich]] = [(tr(N_("Taken in on")), _moment(past.at, zone, language))]
    if told.computer:
        # A name in Latin letters stands where the other values do.
        rows.append((tr(N_("From the computer")), (ltr if told.computer.isascii() else isolated)(told.computer)))
    if told.officers:
        rows.append((tr(N_("Work of")), w.listed(language, told.officers)))
    rows.append((tr(N_("Package")), ltr(past.package_id)))
    rows.append((tr(N_("Backup made before")), ltr(Path(past.backup_path).name) if past.backup_path else "–"))
    return Facts(tuple(rows))


def _figures(told: Account, language: Language) -> Figures:
    counts = told.past.counts
    numbers = (
        (counts.get("new", 0), N_("New records")),
        (counts.get("changed", 0), N_("Records changed")),
        (counts.get("removed", 0), N_("Into Trash")),
        (len(told.decided), N_("Conflicts decided")),
        (len(told.open), N_("Still open")),
    )
    return Figures(tuple((language.number(number), language.tr(words)) for number, words in numbers))


def _brought(told: Account, language: Language) -> Table:
    tr, number = language.tr, language.number
    rows = tuple((tr(ENTITIES[one.entity].NOUN), number(one.new), number(one.changed)) for one in told.brought)
    return Table(
        (
            Column(tr(N_("Kind of record")), 4),
            Column(tr(N_("New")), 1, "end", "number"),
            Column(tr(N_("Changed by them")), 1.4, "end", "number"),
        ),
        rows,
        empty=tr(N_("Nothing.")),
    )


def _decided(found: Iterable[Question], zone: tzinfo | None, language: Language) -> Table:
    tr = language.tr
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        who = isolated(one.by)
        if one.at is not None:
            who = f"{who}\n{_moment(one.at, zone, language)}"
        rows.append((*_question(one, language), (Span(_value(one.taken), bold=True),), who))
    return Table(
        (*_heads(language), Column(tr(N_("Taken")), 2.4), Column(tr(N_("Decided by")), 1.7)),
        tuple(rows),
        empty=tr(N_("Nothing was in conflict, or nothing is decided yet.")),
    )


def _open(found: Iterable[Question], language: Language) -> Table:
    rows = tuple(_question(one, language) for one in found)
    return Table(_heads(language), rows, empty=language.tr(N_("Nothing is open.")))


def _heads(language: Language) -> tuple[Column, ...]:
    tr = language.tr
    return (
        Column(tr(N_("Record and field")), 2.6),
        Column(tr(N_("This computer")), 2.4),
        Column(tr(N_("The stick")), 2.4),
    )


def _question(one: Question, language: Language) -> tuple[Cell, ...]:
    tr = language.tr
    about = tr(ENTITIES[one.entity].NOUN)
    if one.field != REMOVED:
        about = tr(N_("{kind}: {name}"), kind=about, name=tr(FIELD_NAMES.get(one.field, one.field)))
    return (Span(isolated(one.name), bold=True), Span(f"\n{about}")), _value(one.mine), _value(one.theirs)


def _value(text: str) -> str:
    if not text:
        return "–"
    return w.foreign(text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…")


def _doubles(told: Account, language: Language) -> Table:
    tr = language.tr
    rows = tuple((tr(ENTITIES[kind].NOUN), isolated(mine), isolated(theirs)) for kind, mine, theirs in told.doubles)
    columns = Column(tr(N_("Kind of record")), 1.6), Column(tr(N_("Here")), 3), Column(tr(N_("It came")), 3)
    return Table(columns, rows)


def _collisions(told: Account, language: Language) -> Table:
    tr = language.tr
    rows = tuple(
        (tr(ENTITIES[kind].NOUN), ltr(printed(reference)), language.number(number))
        for kind, reference, number in told.collisions
    )
    columns = (
        Column(tr(N_("Kind of record")), 2),
        Column(tr(N_("Reference")), 2, kind="code"),
        Column(tr(N_("Records")), 1, "end", "number"),
    )
    return Table(columns, rows)
