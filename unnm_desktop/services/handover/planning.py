"""The dry run: what taking in a package would do, record by record, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import storing
from unnm_desktop.db.causes import Change, Key
from unnm_desktop.db.journal import REMOVED
from unnm_desktop.db.letting_go import let_go
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.db.resolving import Circle
from unnm_desktop.db.storing import Difference, chunks, marks
from unnm_desktop.db.survey import Journal, Survey
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services.handover import conflicts, duplicates, sent_minutes
from unnm_desktop.services.handover.conflicts import Conflict, title_of
from unnm_desktop.services.handover.duplicates import Possible
from unnm_desktop.services.handover.incoming import Incoming, Refused, no_collecting
from unnm_desktop.services.handover.sent_minutes import LateText
from unnm_desktop.services.handover.sifting import Fresh, sift

DANGLING = N_(
    "The package refers to records that are neither in it nor here. Nothing was changed."
    " Ask for a package with the full history."
)
_COMPARING = N_("Comparing the package with the workspace")
_PHASES = 4


@dataclass(frozen=True, slots=True)
class Arrival:
    """A record that is new here; of many, each is only looked at when it is asked for."""

    entity: str
    key: str
    """As the columns keep it."""
    told: Change | Mapping[str, Any]
    """What made it, or its values."""

    @property
    def row(self) -> UUID:
        """Its key."""
        return UUID(self.key)

    @property
    def values(self) -> Mapping[str, Any]:
        """Its values, as the journal keeps them."""
        return self.told.parsed() if isinstance(self.told, Change) else self.told

    @property
    def title(self) -> str:
        """How it is named."""
        return title_of(self.entity, self.values)


@dataclass(frozen=True)
class Altered:
    """A record that is here and becomes another: fields with their value now and then, as the journal keeps them."""

    entity: str
    row: UUID
    title: str
    fields: dict[str, tuple[Any, Any]]


@dataclass
class Preview:
    """What a package would do."""

    new: list[Arrival] = field(default_factory=list)
    changed: list[Altered] = field(default_factory=list)
    removed: list[Altered] = field(default_factory=list)
    unchanged: int = 0
    """Records that the package speaks of and that stay as they are."""
    conflicts: list[Conflict] = field(default_factory=list)
    """What would be newly in conflict."""
    duplicates: list[Possible] = field(default_factory=list)
    late: list[LateText] = field(default_factory=list)
    """Texts of minutes that were sent, written by somebody who did not know: they go into a new version."""
    erased: int = 0
    """Records whose data the package erases for good."""
    changesets: int = 0
    """Steps that are new here."""
    known: int = 0
    """Steps that are here already."""

    @property
    def nothing_new(self) -> bool:
        """Whether everything in the package is here already."""
        return not self.changesets

    @property
    def counts(self) -> dict[str, int]:
        """The numbers that the merge must come to."""
        return {
            "changesets": self.changesets,
            "new": len(self.new),
            "changed": len(self.changed),
            "removed": len(self.removed),
            "unchanged": self.unchanged,
            "conflicts": len(self.conflicts),
            "duplicates": len(self.duplicates),
            "late": len(self.late),
            "erased": self.erased,
        }


@dataclass
class Plan:
    """A preview with what it stands on."""

    preview: Preview
    fresh: Fresh
    plain: list[Change] = field(default_factory=list)
    """New records of a single change that nothing else has a say in."""
    manifold: set[str] = field(default_factory=set)

    def close(self) -> None:
        """Let go of what it stands on; the preview stays."""
        let_go(self.plain, self.manifold)
        self.fresh.close()


def plan(session: Session, incoming: Incoming, own: UUID | None, progress: Progress = SILENT) -> Preview:
    """What taking in a package would do; nothing is written.

    Args:
        session: one consistent moment of the workspace.
        incoming: what the package brings.
        own: this computer's device in the workspace (``database.device.id``), None where it can only be read.
        progress: hears how far it is; may stop the work.

    Raises:
        Cancelled: the officer asked to stop.
        Cloned: it holds work under this computer's name that it never did, or two works under one number.
        Refused: records are incomplete.

    """
    cursor = cursor_of(session)
    with no_collecting():
        made = make(cursor, incoming, own, progress)
        made.close()
        return made.preview


def make(cursor: Any, incoming: Incoming, own: UUID | None, progress: Progress = SILENT) -> Plan:
    """The plan behind a preview."""
    fresh = sift(cursor, incoming, own, partial(progress, 0, _PHASES, _COMPARING))
    preview = Preview(known=fresh.known)
    made = Plan(preview, fresh)
    if fresh.nothing:
        return made
    preview.changesets = len({change.key for change in fresh.places} | fresh.returning)
    before = {row for row in fresh.erased if _erased_here(cursor, row)}
    preview.erased = len(fresh.erased.keys() - before)
    _part(cursor, made, partial(progress, 1, _PHASES, _COMPARING))
    progress(2, _PHASES, _COMPARING)
    journal = Journal(cursor, fresh.changes, fresh.told(), fresh.returning)
    try:
        survey = Survey(journal, made.manifold)
    except Circle as error:
        raise Refused(N_("The package contradicts itself. Nothing was changed. Ask for a new one.")) from error
    _refuse_halves(survey, fresh)
    _refuse_dangling(cursor, made, survey)
    for portion in chunks(survey.states.values()):
        progress(2, _PHASES, _COMPARING)
        for one in storing.differences(cursor, portion):
            _sort(preview, one, survey)
    touched = {row for row in made.manifold if row in survey.states}
    different = {one.key for one in preview.new}
    different |= {one.row.hex for one in (*preview.changed, *preview.removed)}
    preview.unchanged = len(touched - different)
    preview.late = sent_minutes.late_texts(cursor, journal, survey.states.values(), made.plain)
    settled = {(UUID(one.entry), name) for one in preview.late for name in one.heads}
    found = _new_conflicts(cursor, survey, fresh)
    preview.conflicts = [one for one in found if (one.row, one.field) not in settled]
    preview.new += [Arrival(change.entity, change.row, change) for change in made.plain]
    survey.close()
    preview.duplicates = duplicates.possible(cursor, preview.new, partial(progress, 3, _PHASES, _COMPARING))
    return made


def _erased_here(cursor: Any, row: str) -> bool:
    sql = "SELECT 1 FROM change WHERE op = 'erase' AND row_id = ?"
    return cursor.execute(sql, (row,)).fetchone() is not None


def _part(cursor: Any, made: Plan, heard: Callable[[], object]) -> None:
    """Tell the plain new records from those that need a look."""
    fresh = made.fresh
    made.manifold = set(fresh.rows)
    candidates = {
        row: changes[0]
        for row, changes in fresh.changes.items()
        if len(changes) == 1 and changes[0].creates and row not in fresh.erased
    }
    for portion in chunks(list(candidates)):
        heard()
        sql = f"SELECT DISTINCT row_id FROM change WHERE row_id IN ({marks(portion)})"  # noqa: S608 - question marks
        for (row,) in cursor.execute(sql, portion):
            del candidates[row]
    suspects = _suspects(cursor, fresh)
    for row, change in candidates.items():
        # Its references are looked for as they are written in the journal.
        if f'"{REMOVED}"' in change.told or (suspects and any(one in change.told for one in suspects)):
            continue
        made.plain.append(change)
        made.manifold.discard(row)


def _suspects(cursor: Any, fresh: Fresh) -> list[str]:
    """Records that are referred to in the package and are out of sight or joined, here or there."""
    journal = Journal(cursor, fresh.changes)
    found = journal.joined() | journal.quarrelled()
    for entity, rows in fresh.incoming.targets.items():
        found |= journal.out_of_sight(entity, rows)
        found |= {
            row
            for row in rows & fresh.changes.keys()
            if any(f'"{REMOVED}"' in change.told for change in fresh.changes[row])
        }
        found |= _absent(cursor, entity, rows - fresh.changes.keys())
    return [str(UUID(row)) for row in found]


def _absent(cursor: Any, entity: str, rows: set[str]) -> set[str]:
    """Those that are in the journal only, because the merge that brought them was undone."""
    missing: set[str] = set()
    for portion in chunks(rows):
        sql = f'SELECT id FROM "{entity}" WHERE id IN ({marks(portion)})'  # noqa: S608 - names of our own
        missing |= set(portion) - {row for (row,) in cursor.execute(sql, portion)}
    return missing


def _refuse_halves(survey: Survey, fresh: Fresh) -> None:
    for row in fresh.rows:
        state = survey.states.get(row)
        if state is not None and not any(change.creates for change in survey.changes(row)):
            raise Refused(
                N_(
                    "The package has changes of records that are neither in it nor here, so it needs an earlier one."
                    " Nothing was changed. Ask for a package with the full history."
                )
            )


def _refuse_dangling(cursor: Any, made: Plan, survey: Survey) -> None:
    """Look before the officer does whether each reference leads to a record that is here or comes along."""
    fresh = made.fresh
    missing: set[str] = set()
    for entity, rows in fresh.incoming.targets.items():
        missing |= _absent(cursor, entity, rows - fresh.changes.keys())
    missing -= {row for row, state in survey.states.items() if state.exists}
    if not missing:
        return
    told = [(state.entity, state.values) for state in survey.states.values() if state.exists]
    told += [(change.entity, change.parsed()) for change in made.plain]
    for entity, values in told:
        for column, _ in storing.references(entity):
            if str(values.get(column) or "").replace("-", "") in missing:
                raise Refused(DANGLING)


def _sort(preview: Preview, one: Difference, survey: Survey) -> None:
    state = survey.states[one.row]
    title = title_of(state.entity, state.values)
    if one.before is None:
        preview.new.append(Arrival(one.entity, one.row, state.values))
        return
    fields = one.fields()
    _, removed_at = fields.get(REMOVED, (None, None))
    altered = Altered(one.entity, UUID(one.row), title, fields)
    (preview.changed if removed_at is None else preview.removed).append(altered)


def _new_conflicts(cursor: Any, survey: Survey, fresh: Fresh) -> list[Conflict]:
    known: set[tuple[str, str, str]] = set()
    for portion in chunks(row for row, state in survey.states.items() if state.clashes):
        sql = f"SELECT row_id, field, kind FROM conflict WHERE row_id IN ({marks(portion)})"  # noqa: S608 - question marks
        known.update(tuple(row) for row in cursor.execute(sql, portion))
    fresh_keys = frozenset({change.key for change in fresh.places} | fresh.returning)
    opened = [
        (state, key)
        for state in survey.states.values()
        if state.exists
        for key, heads in state.clashes.items()
        if (state.row, *key) not in known or any(change.key in fresh_keys for change in heads)
    ]
    officers = _officers(cursor, fresh, {c.key for state, key in opened for c in state.clashes[key]})
    changes = {row: survey.changes(row) for row in survey.states}
    return [conflicts.described(state, key, changes, officers, fresh_keys) for state, key in opened]


def _officers(cursor: Any, fresh: Fresh, keys: set[Key]) -> dict[Key, str]:
    told = {key: one.row[4] for key, one in fresh.incoming.changesets.items() if key in keys}
    return {**conflicts.officers_of(cursor, keys - told.keys()), **told}
