"""Make the tables what the journal tells, and look whether they are: records, heads and open conflicts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, storing
from unnm_desktop.db.causes import Change
from unnm_desktop.db.journal import ERASED
from unnm_desktop.db.pending import Pending, cursor_of
from unnm_desktop.db.resolving import State, resolve
from unnm_desktop.db.storing import chunks, marks
from unnm_desktop.db.survey import Journal, Survey

_PORTION = 2000
_WRITTEN = 5000
"""Records written at a time; the search index gathers their words."""


class Renewed(NamedTuple):
    """What was looked at, how many records were made of it, and how many others became what they were not."""

    survey: Survey
    made: int
    altered: int


def refresh(
    cursor: Any, rows: Iterable[str], opened_by: UUID | None = None, heard: Callable[[], object] = bool
) -> Renewed:
    """Make these records, and those they have a say in, what the journal tells.

    Args:
        cursor: the driver's, in a step's transaction.
        rows: keys of records, as the columns keep them.
        opened_by: the merge that opens what is now in conflict.
        heard: called from time to time; may stop the work.

    """
    survey = Survey(Journal(cursor), rows)
    made = altered = 0
    for portion in chunks(survey.states.values(), _WRITTEN):
        heard()
        found = list(storing.differences(cursor, portion))
        storing.write(cursor, found)
        write_heads(cursor, portion)
        write_conflicts(cursor, portion, opened_by)
        fresh = sum(one.before is None for one in found)
        made, altered = made + fresh, altered + len(found) - fresh
    return Renewed(survey, made, altered)


def unsettled(cursor: Any, pending: Pending) -> set[str]:
    """The records a step edited while a conflict is open on them, or made to refer to one that was joined."""
    found = {row.hex for row in pending.rivalled}
    referring: dict[str, set[str]] = {}
    for (entity, row), values in pending.created.items():
        for column, _ in storing.references(entity.__tablename__):
            if column in values:
                referring.setdefault(values[column], set()).add(row.hex)
    for (entity, row), pairs in pending.changed.items():
        for column, _ in storing.references(entity.__tablename__):
            if column in pairs and pairs[column][1] is not None:
                referring.setdefault(pairs[column][1], set()).add(row.hex)
    if referring:
        # A covering index of these few answers.
        for (joined,) in cursor.execute("SELECT row_id FROM change WHERE op = 'same_as'").fetchall():
            found |= referring.get(str(UUID(joined)), set())
    return found


def write_heads(cursor: Any, states: Iterable[State]) -> None:
    """Derive the heads of these records anew."""
    for portion in chunks(states):
        keys = [state.row for state in portion]
        cursor.execute(f"DELETE FROM head WHERE row_id IN ({marks(keys)})", keys)  # noqa: S608 - question marks
        cursor.executemany(
            "INSERT INTO head (row_id, field, device, seq, shown) VALUES (?, ?, ?, ?, ?)",
            [
                (state.row, name, UUID(change.key.device).hex, change.key.seq, int(shown))
                for state in portion
                if state.exists
                for name, heads in state.heads.items()
                for change, shown in heads
            ],
        )


def write_conflicts(cursor: Any, states: Iterable[State], opened_by: UUID | None) -> None:
    """Note what is in conflict on these records; what was so before keeps the merge that opened it."""
    opened = opened_by.hex if opened_by else None
    for portion in chunks(states):
        keys = [state.row for state in portion]
        known = f"SELECT row_id, field, kind, opened_by FROM conflict WHERE row_id IN ({marks(keys)})"  # noqa: S608 - question marks
        before = {tuple(row[:3]): row[3] for row in cursor.execute(known, keys).fetchall()}
        cursor.execute(f"DELETE FROM conflict WHERE row_id IN ({marks(keys)})", keys)  # noqa: S608 - question marks
        for state in portion:
            for (name, kind), changes in state.clashes.items() if state.exists else ():
                key = state.row, name, kind
                cursor.execute(
                    "INSERT INTO conflict (row_id, field, kind, entity, heads, opened_by) VALUES (?, ?, ?, ?, ?, ?)",
                    (*key, state.entity, json.dumps(_told(changes)), before.get(key, opened)),
                )


def _told(changes: Iterable[Change]) -> list[tuple[str, str, int]]:
    return sorted({(change.row, *change.key) for change in changes})


def audit(session: Session) -> list[str]:
    """Where the journal does not replay to exactly the tables: "table key: field" (empty = it does)."""
    cursor = cursor_of(session)
    return [*_wrong(cursor), *_untold(cursor)]


def _wrong(cursor: Any) -> Iterator[str]:
    # A cursor reads the journal while another looks at the tables.
    reading = cursor.connection.cursor()
    journal = Journal(reading)
    manifold, strangers = set(), set()
    for changes in journal.every():
        if changes[0].entity not in ENTITIES:
            strangers.add(changes[0].entity)
        elif not _plain(changes):
            manifold.add(changes[0].row)
    yield from (f"{name}: unknown table" for name in sorted(strangers))
    surveyed = Survey(Journal(cursor), manifold).states
    yield from _lines(cursor, surveyed.values())
    plain = (
        resolve(changes)
        for changes in journal.every()
        if changes[0].row not in surveyed and changes[0].entity not in strangers
    )
    for portion in chunks(plain, _PORTION):
        yield from _lines(cursor, portion)


def _plain(changes: list[Change]) -> bool:
    return len(changes) == 1 and changes[0].creates and changes[0].live


def _lines(cursor: Any, states: Iterable[State]) -> Iterator[str]:
    for one in storing.differences(cursor, states):
        said = ", ".join(sorted(one.fields())) if one.before and one.after else "missing" if one.after else "untold"
        yield f"{one.entity} {UUID(one.row)}: {said}"


def _untold(cursor: Any) -> Iterator[str]:
    for name in ENTITIES:
        sql = f'SELECT id FROM "{name}" t WHERE NOT EXISTS (SELECT 1 FROM change WHERE row_id = t.id)'  # noqa: S608 - names of our own
        yield from (f"{name} {UUID(row)}: untold" for (row,) in cursor.execute(sql).fetchall())


def rebuild(cursor: Any) -> None:
    """Derive all heads and open conflicts anew from the changes."""
    everything = [changes[0].row for changes in Journal(cursor.connection.cursor()).every()]
    cursor.execute("DELETE FROM head")
    states = Survey(Journal(cursor), everything).states.values()
    write_heads(cursor, states)
    write_conflicts(cursor, states, None)


def erased_rows(cursor: Any) -> set[str]:
    """The records whose data were erased for good."""
    return {row for (row,) in cursor.execute("SELECT DISTINCT row_id FROM head WHERE field = ?", (ERASED,))}
