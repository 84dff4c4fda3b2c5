"""The story of one record in words: who did what when, each field before and after; and putting one back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, journal
from unnm_desktop.db.base import Record
from unnm_desktop.db.journal_order import Doubt
from unnm_desktop.i18n import Language, isolate
from unnm_desktop.services import any_record, history, record_changes, records, rule_words
from unnm_desktop.services.any_record import Shape
from unnm_desktop.services.record_changes import Setting

_REMOVAL = Shape("removed_at", "moment")
# What belongs to a record and is changed in its panel: table and the column that points at the record.
PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "action_point": (("action_responsible", "action_id"), ("action_note", "action_id")),
    "activity": (
        ("activity_participant", "activity_id"),
        ("deliverable", "activity_id"),
        ("indicator", "activity_id"),
        ("budget_line", "activity_id"),
    ),
    "decision": (("position", "decision_id"),),
    "meeting": (("meeting_chair", "meeting_id"), ("agenda_item", "meeting_id")),
    "membership": (("appointment", "membership_id"), ("nomination_request", "membership_id")),
    "person": (("appointment", "person_id"),),
}
_MOST_PARTS = 500


@dataclass(frozen=True)
class FieldStory:
    """One field of one step.

    Args:
        name: the column.
        kind: as in ``any_record.Shape``.
        before: what it held, in words.
        after: what it was given, in words.
        was: what it held, as it is kept.
        can_return: whether it may be given that again now.

    """

    name: str
    kind: str
    before: str
    after: str
    was: Any
    can_return: bool


@dataclass(frozen=True)
class StepStory:
    """One step: when, by whom, what it was called (a msgid), how it came about, and what it changed.

    ``doubt`` says whether its time can be right. ``part`` is the table of the part that it changed and ``about`` the
    part's name, both empty for the record itself. ``computer`` is what the file calls the ``device``.
    """

    at: datetime
    officer: str
    label: str
    kind: str
    operation: str
    fields: tuple[FieldStory, ...]
    part: str = ""
    about: str = ""
    doubt: Doubt | None = None
    device: UUID | None = None
    computer: str = ""

    @property
    def created(self) -> bool:
        """Whether the step made the record or the part."""
        return self.operation == journal.Operation.CREATE


@dataclass(frozen=True)
class Story:
    """What happened to a record, newest first; ``more`` when there are older steps."""

    record: Record
    name: str
    steps: tuple[StepStory, ...]
    more: bool


def story(session: Session, table: str, record_id: UUID, language: Language, *, limit: int = 40) -> Story:
    """Read the story of a record and its parts; the statements do not grow with its steps."""
    record = records.get(session, ENTITIES[table], record_id)
    tables = {record_id: table, **_parts(session, table, record_id)}
    found = history.of(session, *tables, limit=limit + 1)
    steps = _told(session, record, found[:limit], tables, language)
    name = any_record.names(session, {table: [record_id]}, language)[record_id]
    return Story(record, name, steps, len(found) > limit)


def _parts(session: Session, table: str, record_id: UUID) -> dict[UUID, str]:
    """The keys of a record's parts with their tables, removed ones too."""
    found: dict[UUID, str] = {}
    for part, column in PARTS.get(table, ()):
        entity: Any = ENTITIES[part]
        keys = session.scalars(select(entity.id).where(getattr(entity, column) == record_id).limit(_MOST_PARTS))
        found |= dict.fromkeys(keys, part)
    return found


def _told(
    session: Session,
    record: Record,
    steps: list[history.HistoryEntry],
    tables: Mapping[UUID, str],
    language: Language,
) -> tuple[StepStory, ...]:
    """These steps in words; a field that reads the same before and after is left out."""
    wanted: dict[str, set[UUID | None]] = {}
    for step in steps:
        if step.row_id != record.id:
            wanted.setdefault(tables[step.row_id], set()).add(step.row_id)
    touched: dict[UUID, Record] = {record.id: record}
    for table, keys in wanted.items():
        touched |= records.by_id(session, ENTITIES[table], keys)
    wanted = {}
    for part in touched.values():
        for one in _named_by(part, record):
            if one.kind == "reference":
                wanted.setdefault(one.target, set()).add(getattr(part, one.name))
    pairs: list[tuple[history.HistoryEntry, list[tuple[str, Any, Any]]]] = []
    for step in steps:
        entity = ENTITIES[tables[step.row_id]]
        known = {one.name: one for one in any_record.shapes(entity)}
        up = _upwards(tables[step.row_id], record)
        changed = []
        for name in step.after:
            if (name not in known and name != _REMOVAL.name) or name in {"network_id", *up}:
                continue
            before = journal.decode(entity, name, step.before.get(name))
            after = journal.decode(entity, name, step.after[name])
            if name in known and known[name].kind == "reference":
                wanted.setdefault(known[name].target, set()).update((before, after))
            changed.append((name, before, after))
        pairs.append((step, changed))
    inner = any_record.names(session, wanted, language) if wanted else {}
    made = []
    for step, changed in pairs:
        own = step.row_id == record.id
        reader = _reader(touched[step.row_id], language, inner, own=own)
        fields = (reader.field(*values, created=not step.before) for values in changed)
        made.append(
            StepStory(
                step.at,
                step.officer,
                step.label,
                step.kind,
                step.operation,
                tuple(one for one in fields if one),
                "" if own else tables[step.row_id],
                "" if own else _about(touched[step.row_id], record, language, inner),
                step.doubt,
                step.device,
                step.computer.removesuffix(f" ({step.officer})"),
            )
        )
    return tuple(made)


def _upwards(table: str, whole: Record) -> set[str]:
    """The columns by which a part points at the record it belongs to."""
    return {column for part, column in PARTS.get(whole.__tablename__, ()) if part == table}


def _named_by(part: Record, whole: Record) -> list[Shape]:
    """What names a part to somebody who looks at the whole."""
    naming, up = any_record.naming(type(part)), _upwards(part.__tablename__, whole)
    known = any_record.shapes(type(part))
    return [one for name in naming for one in known if one.name in (name, f"{name}_en") and name not in up]


def _about(part: Record, whole: Record, language: Language, inner: Mapping[UUID, str]) -> str:
    words = []
    for one in _named_by(part, whole):
        if one.name.endswith("_en"):
            words.append(language.pick(part, one.name.removesuffix("_en")))
        else:
            words.append(any_record.told(getattr(part, one.name), one, language, inner))
    told = [" ".join(text.split()) for text in words if text]
    if language.rtl:
        # A note in English keeps its full stop at its own end inside an Arabic line.
        told = [isolate(text) if text.isascii() else text for text in told]
    return " · ".join(told)


def _reader(record: Record, language: Language, inner: Mapping[UUID, str], *, own: bool) -> _Reader:
    known = {one.name: one for one in any_record.shapes(type(record))}
    # A part's value is put back where the part is changed, in the panel.
    may = own and record.removed_at is None
    free = {one.name for one in record_changes.editable(type(record))} if may else set()
    return _Reader(record, known, language, inner, frozenset(free))


@dataclass(frozen=True)
class _Reader:
    """Tells the fields of one record."""

    record: Record
    known: Mapping[str, Shape]
    language: Language
    inner: Mapping[UUID, str]
    free: frozenset[str]

    def field(self, name: str, before: Any, after: Any, *, created: bool) -> FieldStory | None:
        """The field's part of a step, or nothing where it reads the same before and after."""
        shape = self.known.get(name, _REMOVAL)
        if isinstance(before, dict) and isinstance(after, dict):
            words = rule_words.changed(before, after, self.language)
        else:
            words = self.say(shape, before), self.say(shape, after)
        if words[0] == words[1]:
            return None
        again = name in self.free and not created and getattr(self.record, name) != before
        return FieldStory(name, shape.kind, *words, before, again)

    def say(self, shape: Shape, value: Any) -> str:
        """A value in words."""
        currency = str(getattr(self.record, "currency", ""))
        return any_record.told(value, shape, self.language, self.inner, currency)


def put_back(session: Session, table: str, record_id: UUID, setting: Setting, name: str, value: Any) -> Record:
    """Give a field of a record again what it once held.

    Raises:
        Invalid: the record would break a rule with it now.
        UserError: the field is not changed by hand, or not any more.

    """
    return record_changes.change(session, table, record_id, setting, **{name: value})
