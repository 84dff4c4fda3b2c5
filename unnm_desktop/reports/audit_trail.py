"""The audit trail: the whole history of a workspace in a time, day by day, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from unnm_desktop import reports
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.reports import words as w
from unnm_desktop.services import audit_trail
from unnm_desktop.services.audit_trail import Count, Line, Step, step_words
from unnm_desktop.services.differences import SAME
from unnm_desktop.services.long_texts import Excerpt
from unnm_desktop.typeset.blocks import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    Block,
    Cell,
    Column,
    Facts,
    GroupRow,
    Heading,
    Paragraph,
    Section,
    Span,
    Table,
    isolated,
    ltr,
)

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database


@dataclass(frozen=True)
class Days:
    """From which day to which, both inclusive, by the clock of which zone; None is this computer's."""

    first: date
    last: date
    zone: tzinfo | None

    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment, and the one after the last."""
        first, after = (
            datetime.combine(day, time()).replace(tzinfo=self.zone).astimezone(UTC)
            for day in (self.first, self.last + timedelta(days=1))
        )
        return first, after


def write(
    database: Database,
    span: Days,
    on: date,
    language: Language,
    path: Path,
    progress: Progress = SILENT,
    large: int | None = audit_trail.LARGE,
) -> reports.Rendered:
    """Write the history of these days as PDF or text.

    Args:
        database: the workspace.
        span: the days.
        on: when it is printed.
        language: of the paper.
        path: of the file; its ending says what it becomes.
        progress: hears of steps and pages; may stop the work.
        large: steps that changed more records are counted, with the first records; None prints every record.

    Raises:
        UserError: the last day lies before the first, nothing was done in them, or the file cannot be written.
        Cancelled: the officer asked to stop; there is no file then.

    """
    if span.last < span.first:
        raise UserError(N_("The last day lies before the first one. Choose the days the other way round."))
    with database.read() as session:
        told = list(audit_trail.steps(session, *span.bounds(), replace(language, clock=span.zone), progress, large))
    if not told:
        raise UserError(N_("Nothing was done in these days, so there is nothing to write. Choose other days."))
    return reports.write(compose(told, span, database.path.stem, on, language), path, progress)


def compose(told: Iterable[Step], span: Days, workspace: str, on: date, language: Language) -> reports.Document:
    """What is said of the steps, in that language; moments by the clock of the span."""
    tr = language.tr
    found = list(told)
    title = tr(N_("Audit trail"))
    counted = sum(bool(one.counts) for one in found)
    period = f"{language.day(span.first)} – {language.day(span.last)}"
    blocks: list[Block] = [
        Section(landscape=True),
        Heading(title, 1),
        Facts(
            (
                (tr(N_("Workspace")), (ltr if workspace.isascii() else isolated)(workspace)),
                (tr(N_("Period")), period),
                (tr(N_("Printed on")), language.day(on)),
                (tr(N_("Steps")), language.number(len(found))),
                (tr(N_("Changed records")), language.number(sum(one.records for one in found))),
            )
        ),
        Paragraph(
            tr(
                N_(
                    "Taken from the journal that the program writes with each change."
                    " Values that were erased for good are blank in it. Of long texts it tells what changed; the"
                    " history of each record in the program has them whole."
                )
            ),
            "small",
        ),
    ]
    if counted:
        words = language.ntr(
            "{n} step changed very many records: it is counted by kind of record, with the first of them. The journal"
            " keeps each; they can be printed, too.",
            "{n} steps changed very many records: they are counted by kind of record, with the first of them. The"
            " journal keeps each; they can be printed, too.",
            counted,
        )
        blocks.append(Paragraph(words, "small"))
    for day, steps in groupby(found, key=lambda one: one.at.astimezone(span.zone).date()):
        blocks += [Heading(language.weekday_day(day), 2), _day(steps, span.zone, language)]
    return reports.Document(w.workspace_furniture(language, title, on), tuple(blocks))


def _day(steps: Iterable[Step], zone: tzinfo | None, language: Language) -> Table:
    tr = language.tr
    rows: list[tuple[Cell, ...] | GroupRow] = []
    for one in steps:
        rows.append(GroupRow(_step(one, zone, language), 2))
        rows += [_count(each, language) for each in one.counts]
        if one.counts:
            rows.append(GroupRow(tr(N_("The first of them")), 3))
        rows += [_row(line, language) for line in one.lines]
    columns = (
        Column(tr(N_("Record")), 2.1),
        Column(tr(N_("What")), 1.3),
        Column(tr(N_("Before")), 2.6),
        Column(tr(N_("After")), 3.4),
    )
    return Table(columns, tuple(rows))


def _step(one: Step, zone: tzinfo | None, language: Language) -> str:
    tr = language.tr
    label = step_words(one.kind, one.label, language)
    parts = [ltr(language.time(one.at.astimezone(zone).time())), isolated(one.officer), isolated(one.computer), label]
    if one.retracted:
        parts.append(tr(N_("taken back with its merge")))
    line = " · ".join(part for part in parts if part)
    # The names in it are mostly of Latin letters; it runs with the page all the same.
    return f"\u200f{line}" if language.rtl else line


def _count(one: Count, language: Language) -> tuple[Cell, ...]:
    number = language.ntr("{n} record", "{n} records", one.number)
    return (Span(language.tr(one.kind), bold=True),), language.tr(one.deed), "–", number


def _row(line: Line, language: Language) -> tuple[Cell, ...]:
    tr = language.tr
    record = (Span(isolated(line.name), bold=True), Span(f"\n{tr(line.kind)}"))
    return record, tr(line.deed or line.field), _value(line.before), _value(line.after)


def _value(told: str | Excerpt) -> Cell:
    """A value as it is read; of a long text what changed is bold."""
    if isinstance(told, str):
        return w.foreign(told or "–")
    words = [Span(part.text, bold=part.kind != SAME) for part in told.parts]
    return Span(f"{told.head}\n"), Span(FIRST_STRONG_ISOLATE), *words, Span(POP_ISOLATE)
