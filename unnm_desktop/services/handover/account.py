"""What a merge did, told from the journal whenever it is asked: where it came from, what was decided, what is open."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, journal
from unnm_desktop.db.causes import Key
from unnm_desktop.db.identity import dashed
from unnm_desktop.db.journal import REMOVED, SAME_AS, Kind, Operation, moment_of
from unnm_desktop.db.networks import Network
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import numbering, records
from unnm_desktop.services.block_words import with_block_words
from unnm_desktop.services.handover import conflicts, deciding, duplicates, merge
from unnm_desktop.services.handover.deciding import Pick
from unnm_desktop.services.handover.exporting import holds
from unnm_desktop.services.handover.merge import PastMerge
from unnm_desktop.services.handover.telling import Asked, Teller

GOES, STAYS = N_("Into Trash"), N_("The record stays")


@dataclass(frozen=True)
class Question:
    """A conflict in words: both answers, and what was taken where it is decided."""

    entity: str
    name: str
    field: str
    mine: str
    theirs: str
    taken: str = ""
    by: str = ""
    at: datetime | None = None


class Brought(NamedTuple):
    """How many records of one kind came, and how many were changed."""

    entity: str
    new: int
    changed: int


@dataclass(frozen=True)
class Account:
    """A merge, in the words of a language."""

    past: PastMerge
    computer: str
    officers: tuple[str, ...]
    """Whose work came."""
    brought: tuple[Brought, ...]
    decided: tuple[Question, ...]
    open: tuple[Question, ...]
    doubles: tuple[tuple[str, str, str], ...]
    """Kind and the names of two records that may be one."""
    collisions: tuple[tuple[str, str, int], ...]
    """Kind, reference, and how many records have it."""


class _Decision(NamedTuple):
    asked: Asked
    officer: str
    at: datetime


def of_merge(session: Session, merge_id: UUID, language: Language) -> Account:
    """Tell a merge.

    Raises:
        UserError: there is no such merge.

    """
    past = next((one for one in merge.merges(session) if one.id == merge_id), None)
    if past is None:
        raise UserError(N_("This merge is not in the workspace."))
    return _Telling(session, past, language).account()


class _Telling:
    def __init__(self, session: Session, past: PastMerge, language: Language) -> None:
        self._session, self._past, self._language = session, past, language
        self._cursor = cursor_of(session)
        table = journal.merge_table
        found = session.execute(select(table.c.from_device, table.c.brought).where(table.c.id == past.id)).one()
        self._device: UUID | None = found.from_device
        vector = found.brought
        mine = self._cursor.execute("SELECT device, seq FROM changeset WHERE merge_id = ?", (past.id.hex,)).fetchall()
        keys = [Key(dashed(device), seq) for device, seq in mine]
        self._brought = frozenset(key for key in keys if holds(vector, key.device, key.seq))
        # What was decided with it carries its key, and came with no package.
        self._own = frozenset(keys) - self._brought
        self._teller = Teller(session, language)

    def account(self) -> Account:
        """Everything, each list in an order that does not depend on keys."""
        made, brought = self._records()
        return Account(
            self._past,
            self._computer(),
            self._officers(),
            brought,
            tuple(sorted(self._decided(), key=lambda one: (one.at, one.entity, one.name, one.field))),
            tuple(sorted(self._open(), key=lambda one: (one.entity, one.name, one.field))),
            tuple(sorted(self._doubles(made))),
            tuple(sorted(self._collisions(made))),
        )

    def _computer(self) -> str:
        table = journal.device_table
        found = self._session.scalar(select(table.c.label).where(table.c.id == self._device))
        return found or ""

    def _officers(self) -> tuple[str, ...]:
        named = conflicts.officers_of(self._cursor, self._brought)
        return tuple(sorted({name for name in named.values() if name}))

    def _records(self) -> tuple[dict[str, set[str]], tuple[Brought, ...]]:
        """The keys of what was made, by kind, and the numbers of each kind."""
        sql = (
            "SELECT c.device, c.seq, c.entity, c.row_id, c.op FROM change c JOIN changeset s"
            " ON s.device = c.device AND s.seq = c.seq WHERE s.merge_id = ?"
        )
        made: dict[str, set[str]] = defaultdict(set)
        touched: dict[str, set[str]] = defaultdict(set)
        for device, seq, entity, row, operation in self._cursor.execute(sql, (self._past.id.hex,)):
            if Key(dashed(device), seq) in self._brought:
                (made if operation == Operation.CREATE else touched)[entity].add(row)
        kinds = sorted(made.keys() | touched.keys())
        return made, tuple(Brought(kind, len(made[kind]), len(touched[kind] - made[kind])) for kind in kinds)

    # What was decided ------------------------------------------------------------------------------------------------

    def _decided(self) -> Iterator[Question]:
        found = list(self._decisions())
        for one, said in zip(found, self._teller.said([one.asked for one in found]), strict=True):
            values = said.values
            if one.asked.field == REMOVED:
                values = tuple(self._language.tr(STAYS if value is None else GOES) for value in one.asked.values)
            mine, theirs, taken = (self._words(text) for text in values)
            yield Question(one.asked.entity, said.name, one.asked.field, mine, theirs, taken, one.officer, one.at)

    def _decisions(self) -> Iterator[_Decision]:
        """The decisions made with the merge, and those made later about what it brought."""
        sql = (
            "SELECT s.device, s.seq, s.officer, s.at_utc, c.entity, c.row_id, c.fields, c.parents FROM changeset s"
            " JOIN change c ON c.device = s.device AND c.seq = s.seq WHERE s.kind = ? AND c.op = ?"
        )
        kinds = (Kind.SETTLE.value, Operation.SET.value)
        for device, seq, officer, at, entity, row, told, knew in self._cursor.execute(sql, kinds).fetchall():
            key = Key(dashed(device), seq)
            parents: dict[str, list[list[Any]]] = json.loads(knew)
            for name, pair in json.loads(told).items():
                heads = [Key(*head) for head in parents.get(name, ())]
                if name == SAME_AS or name not in parents or key in self._brought:
                    continue
                if key not in self._own and not self._is_about(row, name, heads):
                    continue
                mine, theirs = self._sides(row, name, heads)
                moment = moment_of(at)
                yield _Decision(Asked(entity, UUID(row), "", name, (mine, theirs, pair[1])), officer, moment)

    def _is_about(self, row: str, name: str, heads: Sequence[Key]) -> bool:
        """Whether a later decision was about what came."""
        if name != REMOVED:
            return not self._brought.isdisjoint(heads)
        # What keeps a record in sight is an edit of another field.
        found = self._cursor.execute("SELECT device, seq FROM change WHERE row_id = ?", (row,)).fetchall()
        return any(Key(dashed(device), seq) in self._brought for device, seq in found)

    def _sides(self, row: str, name: str, heads: Sequence[Key]) -> tuple[Any, Any]:
        """What was here and what came, of the changes that a decision replaced."""
        sides: dict[bool, Any] = {}
        for key in heads:
            sql = "SELECT op, fields FROM change WHERE device = ? AND seq = ? AND row_id = ?"
            found = self._cursor.execute(sql, (UUID(key.device).hex, key.seq, row)).fetchone()
            if found is None:
                continue
            value = json.loads(found[1]).get(name)
            value = value if found[0] == Operation.CREATE else value and value[1]
            came = key in self._brought
            sides[came] = value if sides.get(came) is None else sides[came]
        return sides.get(False), sides.get(True)

    # What is open ----------------------------------------------------------------------------------------------------

    def _open(self) -> Iterator[Question]:
        found = conflicts.open_conflicts(self._session, merge=self._past.id)
        for one in self._teller.conflicts(found):
            conflict = one.conflict
            name = conflict.field if conflict.field in ENTITIES[conflict.entity].__table__.columns else REMOVED
            mine, theirs = self._words(one.mine), self._words(one.theirs)
            if deciding.is_over_removal(conflict):
                ends = (deciding.removes(conflict, pick) for pick in (Pick.MINE, Pick.THEIRS))
                mine, theirs = (self._language.tr(GOES if gone else STAYS) for gone in ends)
            yield Question(conflict.entity, one.name, name, mine, theirs)

    def _words(self, text: str) -> str:
        return with_block_words(self._session, text, self._language)

    def _doubles(self, made: Mapping[str, set[str]]) -> Iterator[tuple[str, str, str]]:
        for pair in duplicates.found_here(self._session):
            came = made.get(pair.entity, set())
            if pair.theirs.hex in came:
                yield pair.entity, *pair.titles
            elif pair.mine.hex in came:
                yield pair.entity, pair.titles[1], pair.titles[0]

    def _collisions(self, made: Mapping[str, set[str]]) -> Iterator[tuple[str, str, int]]:
        for network in records.all_of(self._session, Network):
            for one in numbering.duplicates(self._session, network.id):
                entity = one.entity.__tablename__
                if any(key.hex in made.get(entity, ()) for key in one.ids):
                    yield entity, one.reference, len(one.ids)
