"""Take in a package in one transaction, or nothing of it; and take a whole merge back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, journal, replay, search_index, storing
from unnm_desktop.db.engine import Database, utc_now
from unnm_desktop.db.identity import uuid7
from unnm_desktop.db.journal import Kind
from unnm_desktop.db.letting_go import let_go
from unnm_desktop.db.pending import Pending, cursor_of
from unnm_desktop.db.resolving import State, resolve
from unnm_desktop.db.storing import chunks
from unnm_desktop.db.trouble import Dangling
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services.handover import deciding, exporting, sent_minutes, settle
from unnm_desktop.services.handover.deciding import Answer
from unnm_desktop.services.handover.incoming import Incoming, Refused, no_collecting
from unnm_desktop.services.handover.planning import DANGLING, Plan, Preview, make
from unnm_desktop.services.handover.sifting import wipe_journal

LABEL = N_("Take in a package")
_UNDO_LABEL = N_("Undo a merge")
_PORTION = 5000

_CHANGESET = (
    "INSERT INTO changeset (device, seq, at_utc, hlc, officer, label, kind, undoes_device, undoes_seq, network_id,"
    " app_version, schema_rev, seen, size, merge_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO NOTHING"
)
_CHANGE = "INSERT INTO change (device, seq, n, entity, row_id, op, fields, parents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Unlike(UserError):
    """What was written is not what was shown before; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            N_("The merge did not come out as it was shown, so nothing was changed. Look at the package once more.")
        )


@dataclass(frozen=True)
class Merged:
    """What a merge did; ``id`` is None where the package brought nothing new."""

    id: UUID | None
    preview: Preview
    decided: int = 0
    """Conflicts that were answered with it."""

    @property
    def counts(self) -> dict[str, int]:
        """What was done, by number."""
        return self.preview.counts


@dataclass(frozen=True)
class Undone:
    """What undoing a merge did."""

    changed: int
    """Records that are as they were before the merge, or gone again."""
    stays: int
    """Records that it brought and that stay, as a conflict, because they were worked on since."""
    erased: int
    """Records whose data it erased: these cannot come back."""


def apply(
    database: Database,
    incoming: Incoming,
    *,
    package_id: str = "",
    from_device: UUID | None = None,
    backup_path: str = "",
    expected: Mapping[str, int] | None = None,
    devices: Iterable[Mapping[str, str]] = (),
    answers: Collection[Answer] = (),
    progress: Progress = SILENT,
) -> Merged:
    """Take in a package with what was decided about it: one transaction, all or nothing.

    Args:
        database: the open workspace; a verified backup of it is the caller's.
        incoming: what the package brings.
        package_id: as its manifest has it.
        from_device: who made it.
        backup_path: the backup made before.
        expected: the counts of the preview that the officer has seen.
        devices: the computers that the package knows by name.
        answers: to conflicts that it opens; they are a changeset of their own that undoing the merge takes back, too.
        progress: hears of records; may stop the work, which changes nothing.

    Raises:
        Cancelled: the officer asked to stop.
        Unlike: the workspace has changed since the preview, or the result is not what the plan says.
        Cloned, Refused: as for ``plan``.
        UserError: an answer does not fit its field, or there is nothing to decide.

    """
    device = database.device
    with no_collecting(), _nothing_dangling(), database.write(LABEL, kind=Kind.MERGE) as session:
        cursor = cursor_of(session)
        made = make(cursor, incoming, device.id if device else None, progress)
        preview = made.preview
        if expected is not None and dict(expected) != preview.counts:
            raise Unlike
        if preview.nothing_new:
            return Merged(None, preview)
        merge_id = uuid7()
        heard = _Heard(progress, len(made.fresh.places) + len(made.manifold) + len(made.plain))
        _write_journal(cursor, made, merge_id, heard)
        _introduce(session, devices)
        session.execute(
            insert(journal.merge_table).values(
                id=merge_id,
                package_id=package_id,
                from_device=from_device,
                at_utc=utc_now(),
                counts=preview.counts,
                backup_path=backup_path,
                brought=exporting.ranges(iter(sorted(incoming.changesets))),
            )
        )
        _write_records(cursor, made, merge_id, heard)
        _mark(session.info["pending"], made)
        if preview.late:
            database.go_on(session, sent_minutes.LABEL, Kind.SETTLE, merge_id)
            sent_minutes.keep_sent(cursor, session.info["pending"], preview.late)
        if answers:
            database.go_on(session, settle.LABEL, Kind.SETTLE, merge_id)
            deciding.write(session, answers)
        made.close()
    if preview.erased:
        with suppress(UserError):  # the merge stands; the caller clears away what remains, or the next start does
            database.fold()
    return Merged(merge_id, preview, len(answers))


class _Heard:
    """How many of the changes and records that are written are done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self.done = 0

    def __call__(self) -> None:
        self._progress(min(self.done, self._total), self._total, LABEL)


def _write_journal(cursor: Any, made: Plan, merge_id: UUID, heard: _Heard) -> None:
    fresh = made.fresh
    rows = []
    for key, one in fresh.incoming.changesets.items():
        here = len(fresh.incoming.changes[key])
        rows.append((*one.row, one.size if here < one.size else None, merge_id.hex))
    cursor.executemany(_CHANGESET, rows)
    for portion in chunks(fresh.places, _PORTION):
        heard()
        cursor.executemany(
            _CHANGE,
            [(UUID(c.key.device).hex, c.key.seq, c.n, c.entity, c.row, c.operation, c.told, c.knew) for c in portion],
        )
        heard.done += len(portion)
    cursor.executemany(
        "UPDATE changeset SET retracted = 0, merge_id = ? WHERE device = ? AND seq = ?",
        [(merge_id.hex, UUID(key.device).hex, key.seq) for key in fresh.returning],
    )
    if fresh.partly:
        cursor.execute(
            "UPDATE changeset SET size = NULL WHERE size <= (SELECT count(*) FROM change c"
            " WHERE c.device = changeset.device AND c.seq = changeset.seq)"
        )


def _write_records(cursor: Any, made: Plan, merge_id: UUID, heard: _Heard) -> None:
    """Make the records what the journal now tells, and look whether that is what was planned."""
    fresh, preview = made.fresh, made.preview
    if preview.erased:
        wipe_journal(cursor, fresh.erased)
    renewed = replay.refresh(cursor, made.manifold, merge_id, heard)
    heard.done += len(made.manifold)
    for portion in chunks(made.plain, _PORTION):
        heard()
        states = [resolve([change]) for change in portion]
        different = list(storing.differences(cursor, states))
        if len(different) != len(states):
            raise Unlike
        storing.write(cursor, different)
        replay.write_heads(cursor, states)
        _refuse_unlike(cursor, states)
        heard.done += len(portion)
    if renewed.made + len(made.plain) != len(preview.new) or renewed.altered != len(preview.changed) + len(
        preview.removed
    ):
        raise Unlike
    _refuse_unlike(cursor, renewed.survey.states.values())
    renewed.survey.close()
    if preview.erased:
        search_index.forget_removed(cursor)


def _refuse_unlike(cursor: Any, states: Iterable[State]) -> None:
    """The replay audit of the touched records."""
    if next(storing.differences(cursor, states), None) is not None:
        raise Unlike


@contextmanager
def _nothing_dangling() -> Iterator[None]:
    try:
        yield
    except Dangling as error:
        raise Refused(DANGLING) from error


def _mark(pending: Pending, made: Plan) -> None:
    """Let the merge's own changeset say what was read."""
    changesets = made.fresh.incoming.changesets
    pending.marked = True
    for key in changesets:
        device = UUID(key.device)
        pending.read[device] = max(pending.read.get(device, 0), key.seq)
    pending.latest = max(one.step.hlc for one in changesets.values())
    pending.tables |= {*ENTITIES, "conflict"}


def _introduce(session: Session, devices: Iterable[Mapping[str, str]]) -> None:
    table = journal.device_table
    known = set(session.scalars(select(table.c.id)))
    for one in devices:
        if UUID(one["id"]) not in known:
            known.add(UUID(one["id"]))
            seen = datetime.fromisoformat(one["first_seen"])
            session.execute(
                insert(table).values(
                    id=UUID(one["id"]), label=one["label"][:200], first_seen=seen.astimezone(UTC), trust="known"
                )
            )


def undo_merge(database: Database, merge_id: UUID, progress: Progress = SILENT) -> Undone:
    """Take a merge back: the workspace is as if it had never been, with all later work kept.

    What another merge brought as well stays; erased data cannot come back.

    Args:
        database: the open workspace.
        merge_id: the merge.
        progress: hears of records; may stop the work, which changes nothing.

    Raises:
        Cancelled: the officer asked to stop.
        UserError: there is no such merge, or it is undone already.

    """
    with no_collecting(), _nothing_dangling(), database.write(_UNDO_LABEL, kind=Kind.RETRACT) as session:
        table = journal.merge_table
        found = session.execute(select(table.c.id).where(table.c.id == merge_id, table.c.undone_at.is_(None))).first()
        if found is None:
            raise UserError(N_("This merge is undone already."))
        session.execute(update(table).where(table.c.id == merge_id).values(undone_at=utc_now()))
        cursor = cursor_of(session)
        _hand_on(cursor, merge_id)
        gone = "SELECT device, seq FROM changeset WHERE merge_id = ? AND retracted = 0"
        touched = f"SELECT row_id, op FROM change WHERE (device, seq) IN ({gone})"  # noqa: S608 - our own words
        changes = cursor.execute(touched, (merge_id.hex,)).fetchall()
        cursor.execute("UPDATE changeset SET retracted = 1 WHERE merge_id = ? AND retracted = 0", (merge_id.hex,))
        renewed = replay.refresh(cursor, {row for row, _ in changes}, heard=partial(progress, 0, 0, _UNDO_LABEL))
        survey = renewed.survey
        _refuse_unlike(cursor, survey.states.values())
        pending: Pending = session.info["pending"]
        pending.marked = True
        pending.tables |= {*ENTITIES, "conflict"}
    stays = sum(any(kind == "undone" for _, kind in state.clashes) for state in survey.states.values())
    erased = len({row for row, operation in changes if operation == "erase"})
    survey.close()
    let_go(changes)
    return Undone(renewed.made + renewed.altered, stays, erased)


def _hand_on(cursor: Any, merge_id: UUID) -> None:
    """What a later merge brought as well is that one's from now on."""
    others = cursor.execute(
        "SELECT id, brought FROM merge WHERE undone_at IS NULL AND id <> ?", (merge_id.hex,)
    ).fetchall()
    for other, told in others:
        for device, ranges in json.loads(told).items():
            cursor.executemany(
                "UPDATE changeset SET merge_id = ? WHERE merge_id = ? AND device = ? AND seq BETWEEN ? AND ?",
                [(other, merge_id.hex, UUID(device).hex, first, last) for first, last in ranges],
            )


@dataclass(frozen=True)
class PastMerge:
    """A merge of this workspace."""

    id: UUID
    package_id: str
    at: datetime
    counts: dict[str, int]
    backup_path: str
    undone_at: datetime | None
    by: str
    """Who worked last on the computer that made the package; where none of its steps is here, what it is called."""


def merges(session: Session) -> list[PastMerge]:
    """What was taken in, newest first: in the order of the rows, whatever the clock said."""
    table, step = journal.merge_table, journal.changeset_table
    known = select(journal.device_table.c.label).where(journal.device_table.c.id == table.c.from_device)
    newest = select(step.c.officer).where(step.c.device == table.c.from_device).order_by(step.c.seq.desc()).limit(1)
    query = select(
        table.c.id,
        table.c.package_id,
        table.c.at_utc,
        table.c.counts,
        table.c.backup_path,
        table.c.undone_at,
        func.coalesce(newest.scalar_subquery(), known.scalar_subquery(), ""),
    )
    return [PastMerge(*row) for row in session.execute(query.order_by(text("merge.rowid DESC")))]
