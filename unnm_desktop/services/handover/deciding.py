"""Answers to what is in conflict: mine, theirs or a text of the officer's own, written as decisions that travel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from unnm_desktop.db import journal
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import Kind
from unnm_desktop.db.resolving import JOINED
from unnm_desktop.services.handover import joining, settle
from unnm_desktop.services.handover.conflicts import Conflict, Side
from unnm_desktop.services.handover.duplicates import Possible

Key = tuple[UUID, str, str]
"""Which conflict: record, field and kind."""


class Pick(StrEnum):
    """Which side is right."""

    MINE = "mine"
    THEIRS = "theirs"
    OWN = "own"
    """A value of the officer's own: both texts, or another one."""


@dataclass(frozen=True)
class Answer:
    """What the officer decided about one conflict."""

    conflict: Conflict
    pick: Pick
    value: Any = None
    """With ``OWN``: as the journal keeps it."""


def key_of(conflict: Conflict) -> Key:
    """Which conflict it is."""
    return conflict.row, conflict.field, conflict.kind


def is_over_removal(conflict: Conflict) -> bool:
    """Whether the question is if the record stays."""
    return conflict.kind in settle.OVER_REMOVAL


def can_be_answered(conflict: Conflict) -> bool:
    """Whether one of two sides can be taken here; what was joined is looked at on the records themselves."""
    return conflict.kind != JOINED


def removes(conflict: Conflict, pick: Pick) -> bool:
    """Whether that answer lets the record go."""
    side = conflict.mine if pick is Pick.MINE else conflict.theirs
    if side is None:
        other = conflict.theirs if pick is Pick.MINE else conflict.mine
        return other is not None and not _is_removal(conflict, other)
    return _is_removal(conflict, side)


def _is_removal(conflict: Conflict, side: Side) -> bool:
    return side.row == conflict.row and side.value is not None


def all_of(conflicts: Iterable[Conflict], pick: Pick) -> list[Answer]:
    """The same answer to all that have that side."""
    return [
        Answer(one, pick)
        for one in conflicts
        if can_be_answered(one) and (is_over_removal(one) or _side(one, pick) is not None)
    ]


def decide(database: Database, answers: Iterable[Answer], merge_id: UUID | None = None) -> int:
    """Write the answers as one step; the number of conflicts that were decided.

    Args:
        database: the open workspace.
        answers: to conflicts that are open.
        merge_id: the merge they belong to: undoing it takes them back as well.

    Raises:
        UserError: a conflict is not open any more, or a value does not fit; nothing was decided.

    """
    chosen = [one for one in answers if can_be_answered(one.conflict)]
    if not chosen:
        return 0
    with database.write(settle.LABEL, kind=Kind.SETTLE) as session:
        for one in chosen:
            _settle(session, one)
    _belongs(database, session.info.get("changeset"), merge_id)
    return len(chosen)


def join(database: Database, pairs: Iterable[Possible], merge_id: UUID | None = None) -> None:
    """Make one record of each two that are the same: that of this computer stays, what refers to the other follows.

    Raises:
        UserError: one of them is removed or joined already.

    """
    with database.write(joining.LABEL, kind=Kind.SETTLE) as session:
        joined: set[UUID] = set()
        for pair in pairs:
            # One that is like several is joined to the first.
            if joined.isdisjoint((pair.mine, pair.theirs)):
                joining.join(session, pair.entity, pair.theirs, pair.mine)
                joined.add(pair.theirs)
    _belongs(database, session.info.get("changeset"), merge_id)


def _belongs(database: Database, written: tuple[UUID, int] | None, merge_id: UUID | None) -> None:
    """Let undoing a merge take this step back as well."""
    if merge_id is None or written is None:
        return
    table = journal.changeset_table
    mine = (table.c.device == written[0]) & (table.c.seq == written[1])
    with database.unjournalled() as connection:
        connection.execute(update(table).where(mine).values(merge_id=merge_id))


def _settle(session: Session, answer: Answer) -> None:
    one = answer.conflict
    if is_over_removal(one):
        if removes(one, answer.pick):
            settle.let_go(session, one.entity, one.row)
        else:
            settle.keep(session, one.entity, one.row)
        return
    if answer.pick is Pick.OWN:
        settle.settle(session, one.entity, one.row, one.field, answer.value)
        return
    side = _side(one, answer.pick)
    if side is None:
        settle.read(session, one.entity, one.row, one.field)
    else:
        settle.settle(session, one.entity, one.row, one.field, side.value)


def _side(conflict: Conflict, pick: Pick) -> Side | None:
    return conflict.mine if pick is Pick.MINE else conflict.theirs
