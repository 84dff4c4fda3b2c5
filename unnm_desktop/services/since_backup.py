"""What is here and not in a copy of the workspace, and the other way round, in the officer's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from unnm_desktop.db import ENTITIES, copies, storing
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import moment_of
from unnm_desktop.db.keys import Key
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.i18n import N_, Language
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services.handover.planning import Altered, Arrival
from unnm_desktop.services.handover.telling import MOST, Teller, ToldRecord
from unnm_desktop.services.trash import TRACES_OF_EDITS

COMPARING = N_("Comparing the backup with what is here")
_CHANGES = "SELECT entity, row_id FROM change WHERE device = ? AND seq = ?"
_PHASES = 4


class Step(NamedTuple):
    """A step that the other side does not have: when (UTC), of which kind, what (a msgid), and who."""

    at: datetime
    kind: str
    label: str
    officer: str


@dataclass
class Side:
    """The first of some records by name, and how many there are."""

    told: list[ToldRecord] = field(default_factory=list)
    count: int = 0


@dataclass
class Since:
    """What came after a copy was made. Of a copy that is newer than what is here, it is what that copy lacks."""

    added: Side
    changed: Side
    """Each with its fields: as they are in the copy, and as they are here."""
    removed: Side
    """In sight in the copy, and not here."""
    steps: list[Step]
    """The newest that are only here."""
    number: int
    """How many those are."""
    only_there: int
    """Steps that only the copy has: it was made after the moment to which the workspace was brought back."""

    @property
    def nothing(self) -> bool:
        """Whether both are the same."""
        return not (self.number or self.only_there or self.added.count or self.changed.count or self.removed.count)


class _Kept(NamedTuple):
    """A row as it stands in the copy and here; None where it is not in sight."""

    row: str
    then: Mapping[str, Any] | None
    now: Mapping[str, Any] | None


def since(database: Database, copy: Path, key: Key | None, language: Language, *, progress: Progress = SILENT) -> Since:
    """Compare a copy with the open workspace; called on a thread.

    Only the records are looked at that steps of one side alone have touched: it takes as long as there is work between
    the two, however old both are.

    Raises:
        UserError: the copy cannot be read.
        Cancelled: the officer asked to stop.

    """
    progress(0, _PHASES, COMPARING)
    with copies.reading(copy, key) as there, database.read() as session:
        here = cursor_of(session)
        then, now = _steps(there), _steps(here)
        newer, older = _beyond(now, then), _beyond(then, now)
        progress(1, _PHASES, COMPARING)
        touched = _touched(((here, newer), (there, older)), progress)
        progress(2, _PHASES, COMPARING)
        added: list[Arrival] = []
        changed: list[Altered] = []
        removed: list[Arrival] = []
        for entity in ENTITIES:
            if entity in touched and entity not in TRACES_OF_EDITS:
                for one in _kept(there, here, entity, touched[entity]):
                    if one.then is None and one.now is not None:
                        added.append(Arrival(entity, one.row, one.now))
                    elif one.now is None and one.then is not None:
                        removed.append(Arrival(entity, one.row, one.then))
                    elif one.now is not None and one.then is not None and (fields := _differing(one)):
                        changed.append(Altered(entity, UUID(one.row), "", fields))
                progress(2, _PHASES, COMPARING)
        progress(3, _PHASES, COMPARING)
        teller = Teller(session, language)
        found = Since(
            Side(teller.arrived(added), len(added)),
            Side(teller.altered(changed), len(changed)),
            Side(teller.arrived(removed), len(removed)),
            [_step(now[key]) for key in islice(newer, MOST)],
            len(newer),
            len(older),
        )
    progress(_PHASES, _PHASES, COMPARING)
    return found


_Steps = Mapping[tuple[str, int], Sequence[Any]]


def _steps(cursor: Any) -> _Steps:
    """The steps of a journal, the newest first, with whether each was taken back with its merge."""
    known = {row[1] for row in cursor.execute("PRAGMA table_info(changeset)").fetchall()}
    retracted = "retracted" if "retracted" in known else "0"
    order = "ORDER BY hlc DESC, device, seq DESC"
    sql = f"SELECT device, seq, {retracted}, at_utc, kind, label, officer FROM changeset {order}"  # noqa: S608 - names of our own
    return {(device, seq): rest for device, seq, *rest in cursor.execute(sql)}


def _beyond(one: _Steps, other: _Steps) -> list[tuple[str, int]]:
    """The steps of the one that the other does not have, or has as taken back."""
    return [key for key, told in one.items() if key not in other or other[key][0] != told[0]]


def _step(told: Sequence[Any]) -> Step:
    _, at, kind, label, officer = told
    return Step(moment_of(at), kind, label, officer)


def _touched(
    sides: Iterable[tuple[Any, Sequence[tuple[str, int]]]], progress: Progress
) -> Mapping[str, dict[str, None]]:
    """The records that these steps touched, by kind, the newest first."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for cursor, steps in sides:
        for number, key in enumerate(steps):
            if not number % 1000:
                progress(1, _PHASES, COMPARING)
            for entity, row in cursor.execute(_CHANGES, key):
                found[entity].setdefault(row)
    return found


def _kept(there: Any, here: Any, entity: str, rows: Iterable[str]) -> Iterator[_Kept]:
    """These rows on both sides, by the fields that both know."""
    columns = storing.columns(entity)
    known = {row[1] for row in there.execute(f'PRAGMA table_info("{entity}")').fetchall()}
    names = [name for name in columns if name in known]
    if not known:
        names = list(columns)
    for portion in storing.chunks(rows):
        then = _in_sight(there, entity, names, portion) if known else {}
        now = _in_sight(here, entity, names, portion)
        yield from (_Kept(row, then.get(row), now.get(row)) for row in portion)


def _in_sight(cursor: Any, entity: str, names: Sequence[str], rows: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    columns = storing.columns(entity)
    told = ", ".join(f'"{name}"' for name in names)
    sql = f'SELECT id, {told} FROM "{entity}" WHERE removed_at IS NULL AND id IN ({storing.marks(rows)})'  # noqa: S608 - names of our own
    found: dict[str, Mapping[str, Any]] = {}
    for row, *values in cursor.execute(sql, rows):
        pairs = zip((columns[name] for name in names), values, strict=True)
        found[row] = {one.name: value if value is None or one.tell is None else one.tell(value) for one, value in pairs}
    return found


def _differing(one: _Kept) -> dict[str, tuple[Any, Any]]:
    then, now = one.then or {}, one.now or {}
    return {name: (then.get(name), value) for name, value in now.items() if then.get(name) != value}
