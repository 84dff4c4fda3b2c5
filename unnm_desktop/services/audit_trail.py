"""Everything that was done in a workspace in a time: who, when, on which computer, what, from which value to which."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, journal
from unnm_desktop.db.journal import REMOVED, SAME_AS, Kind, Operation
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.i18n import N_, Language, isolate_own
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import any_record
from unnm_desktop.services.block_words import with_block_words
from unnm_desktop.services.field_names import FIELD_NAMES
from unnm_desktop.services.handover.telling import Asked, Said, Teller
from unnm_desktop.services.long_texts import Excerpt, beginning, changed

READING = N_("Reading the history")
_KINDS = {
    Kind.UNDO: N_("Undone: {label}"),
    Kind.REDO: N_("Done again: {label}"),
    Kind.HAND_OVER: N_("Handed over to {label}"),
    Kind.TAKE_BACK: N_("The office was taken back: {label}"),
}
_AT_ONCE = 500
"""Steps that are read together, and changes that are put into words together, with few statements for all of them."""
LARGE = 30
"""A step that changed more records is counted: an import or a join of many would fill thousands of pages."""
FIRST = 5
"""So many records of such a step are told one by one."""
_STEPS = (
    "SELECT device, seq, at_utc, officer, label, kind, retracted FROM changeset"
    " WHERE at_utc >= ? AND at_utc < ? ORDER BY at_utc, hlc, device, seq"
)
# The computers that wrote here, not in a package: one that is put back from a backup has no name until it writes.
# Before it was noted with the first step, most names were not kept at all.
_OWN = "SELECT DISTINCT device FROM changeset WHERE merge_id IS NULL"
_CHANGES = "SELECT entity, row_id, op, fields FROM change WHERE device = ? AND seq = ? ORDER BY n"
_DEEDS = {
    Operation.CREATE: N_("The record was made."),
    Operation.DELETE: N_("Moved to Trash."),
    Operation.ERASE: N_("Erased for good."),
    Operation.SAME_AS: N_("Joined with another record."),
}
CHANGED = N_("Changed.")
# Of a merged step, where its name came with no package.
_ELSEWHERE = N_("another computer")
_BROUGHT_BACK, _SEPARATED = N_("Restored from Trash."), N_("Separated from the record it was joined with.")


class Line(NamedTuple):
    """What a step did to one record or one of its fields; a field's values are as they are read, long texts in short.

    ``deed`` is a msgid, of a field "".
    """

    kind: str
    """A msgid."""
    name: str
    deed: str
    field: str
    """A msgid; "" where the deed says it."""
    before: str | Excerpt
    after: str | Excerpt


class Count(NamedTuple):
    """How many records of a kind a step made, changed or took away; both words are msgids."""

    kind: str
    deed: str
    number: int


@dataclass(frozen=True)
class Step:
    """One step: when (UTC), by whom, on which computer, what it was called (a msgid), and what it changed."""

    at: datetime
    officer: str
    computer: str
    label: str
    kind: str
    retracted: bool
    """Taken back with the merge that brought it."""
    lines: tuple[Line, ...]
    counts: tuple[Count, ...] = ()
    """Of a large step, of which ``lines`` tells the first records only."""
    records: int = 0


class _Change(NamedTuple):
    entity: str
    row: UUID
    operation: str
    fields: Mapping[str, Any]


def step_words(kind: str, label: str, language: Language) -> str:
    """What a step did: the label of some kinds is only to whom, why, or what was undone."""
    words = language.tr(label)
    return language.tr(_KINDS[Kind(kind)], label=words) if kind in _KINDS else words


def steps(
    session: Session,
    start: datetime,
    end: datetime,
    language: Language,
    progress: Progress = SILENT,
    large: int | None = LARGE,
) -> Iterator[Step]:
    """The steps from the one moment to before the other, oldest first, put into words some hundreds at a time.

    Args:
        session: one consistent moment of the workspace.
        start: UTC.
        end: UTC.
        language: of the words.
        progress: hears of steps; may stop the work.
        large: steps that changed more records are counted; None tells every record of all.

    """
    cursor = cursor_of(session)
    span = tuple(map(journal.stored_moment, (start, end)))
    total = cursor.execute("SELECT COUNT(*) FROM changeset WHERE at_utc >= ? AND at_utc < ?", span).fetchone()[0]
    table = journal.device_table
    computers = dict.fromkeys((key for (key,) in cursor.execute(_OWN)), language.tr(N_("this computer")))
    computers |= {key.hex: label for key, label in session.execute(select(table.c.id, table.c.label)) if label}
    found = iter(cursor.execute(_STEPS, span).fetchall())
    done = 0
    while rows := list(islice(found, _AT_ONCE)):
        progress(done, total, READING)
        yield from _told(session, rows, computers, language, large)
        done += len(rows)
    progress(total, total, READING)


def _told(
    session: Session,
    rows: Sequence[Sequence[Any]],
    computers: Mapping[str, str],
    language: Language,
    large: int | None,
) -> Iterator[Step]:
    cursor = cursor_of(session)
    changes = [
        [
            _Change(entity, UUID(row), operation, json.loads(fields))
            for entity, row, operation, fields in cursor.execute(_CHANGES, (device, seq))
            if entity in ENTITIES
        ]
        for device, seq, *_ in rows
    ]
    whole = changes
    if large is not None:
        changes = [each[:FIRST] if len(each) > large else each for each in whole]
    said = _said(session, [change for each in changes for change in each], language)
    for (device, _, at, officer, label, kind, retracted), each, every in zip(rows, changes, whole, strict=True):
        lines = [line for change in each for line in _lines(session, change, said, language)]
        moment = journal.moment_of(at)
        counts = _counts(every) if len(every) > len(each) else ()
        yield Step(
            moment,
            officer,
            computers.get(device) or language.tr(_ELSEWHERE),
            label,
            kind,
            bool(retracted),
            tuple(lines),
            counts,
            len(every),
        )


def _counts(changes: Sequence[_Change]) -> tuple[Count, ...]:
    """How often what was done to which kind, the most frequent first."""
    found = Counter((ENTITIES[one.entity].NOUN, _deed(one) or CHANGED) for one in changes)
    return tuple(Count(kind, deed, number) for (kind, deed), number in found.most_common())


def _deed(change: _Change) -> str:
    """What was done to a record as a whole; nothing where fields were changed."""
    if change.operation == Operation.SET:
        if REMOVED not in change.fields:
            return ""
        return _DEEDS[Operation.DELETE] if change.fields[REMOVED][1] is not None else _BROUGHT_BACK
    if change.operation == Operation.SAME_AS and change.fields.get(SAME_AS, (None, None))[1] is None:
        return _SEPARATED
    return _DEEDS[Operation(change.operation)]


def _said(session: Session, changes: Sequence[_Change], language: Language) -> Iterator[Said]:
    """Names and values in words, some hundreds of changes at a time: one step may have many thousands."""
    for at in range(0, len(changes), _AT_ONCE):
        asked = [ask for change in changes[at : at + _AT_ONCE] for ask in _asked(change)]
        yield from Teller(session, language).said(asked)


def _asked(change: _Change) -> Iterator[Asked]:
    """What of a change must be put into words: the record's own name first, then each field."""
    yield Asked(change.entity, change.row, "", REMOVED, ())
    for name, value in _fields(change).items():
        values = (value,) if change.operation == Operation.CREATE else tuple(value)
        yield Asked(change.entity, change.row, "", name, values)


def _fields(change: _Change) -> dict[str, Any]:
    """The columns of a change that are read; what else it says is told by the deed."""
    if change.operation not in (Operation.CREATE, Operation.SET):
        return {}
    known = {one.name for one in any_record.shapes(ENTITIES[change.entity])}
    return {name: value for name, value in change.fields.items() if name in known and name != "network_id"}


def _lines(session: Session, change: _Change, said: Iterator[Said], language: Language) -> Iterator[Line]:
    kind, name = ENTITIES[change.entity].NOUN, next(said).name
    fields = [(one, next(said)) for one in _fields(change)]
    if change.operation == Operation.CREATE:
        told = [(one, beginning(_value(session, each.values[0], language), language)) for one, each in fields]
        # One after the other: of most new records only some short values are to be told.
        words = " · ".join(
            language.tr(N_("{field}: {value}"), field=language.tr(FIELD_NAMES.get(one, one)), value=isolate_own(value))
            for one, value in told
            if value
        )
        yield Line(kind, name, _DEEDS[Operation.CREATE], "", "", words)
        return
    deed = _deed(change)
    if deed:
        yield Line(kind, name, deed, "", "", "")
    for field, each in fields:
        before, after = (_value(session, text, language) for text in each.values)
        if before != after:
            yield Line(kind, name, "", FIELD_NAMES.get(field, field), *changed(before, after, language))


def _value(session: Session, text: str, language: Language) -> str:
    return with_block_words(session, text, language) if "{{" in text else text
