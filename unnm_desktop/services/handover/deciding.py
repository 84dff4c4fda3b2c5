"""Answers to what is in conflict: mine, theirs or a text of the officer's own, written as decisions that travel."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import Kind, decode
from unnm_desktop.errors import Invalid
from unnm_desktop.services import records
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
    return [Answer(one, pick) for one in conflicts if is_over_removal(one) or _side(one, pick) is not None]


def decide(database: Database, answers: Collection[Answer]) -> int:
    """Write the answers as one step; the number of conflicts that were decided.

    Args:
        database: the open workspace.
        answers: to conflicts that are open.

    Raises:
        UserError: a conflict is not open any more, or a value does not fit; nothing was decided.

    """
    if answers:
        with database.write(settle.LABEL, kind=Kind.SETTLE) as session:
            write(session, answers)
    return len(answers)


def write(session: Session, answers: Iterable[Answer]) -> None:
    """Write the answers with the step.

    Raises:
        UserError: as for ``decide``.

    """
    for one in answers:
        _settle(session, one)


def join(database: Database, pairs: Iterable[Possible], merge_id: UUID | None = None) -> None:
    """Make one record of each two that are the same: that of this computer stays, what refers to the other follows.

    Args:
        database: the open workspace.
        pairs: what is to be joined.
        merge_id: the merge that they came with: undoing it takes them apart again.

    Raises:
        UserError: one of them is removed or joined already.

    """
    with database.write(joining.LABEL, kind=Kind.SETTLE, merge_id=merge_id) as session:
        joined: set[UUID] = set()
        for pair in pairs:
            # One that is like several is joined to the first.
            if joined.isdisjoint((pair.mine, pair.theirs)):
                joining.join(session, pair.entity, pair.theirs, pair.mine)
                joined.add(pair.theirs)


def separate(database: Database, pair: Possible, merge_id: UUID | None = None) -> None:
    """Make two records again of a pair that was joined.

    Args:
        database: the open workspace.
        pair: what was joined.
        merge_id: the merge that they came with: it takes this along when it is undone.

    Raises:
        UserError: they are not one record, or their rows changed since.

    """
    with database.write(joining.SEPARATE_LABEL, kind=Kind.SETTLE, merge_id=merge_id) as session:
        joining.separate(session, pair.entity, pair.theirs)


def _settle(session: Session, answer: Answer) -> None:
    one = answer.conflict
    if is_over_removal(one):
        if removes(one, answer.pick):
            settle.let_go(session, one.entity, one.row)
        else:
            settle.keep(session, one.entity, one.row)
        return
    if answer.pick is Pick.OWN:
        if all(side.value != answer.value for side in one.sides):
            _refuse_problem(session, one, answer.value)
        settle.settle(session, one.entity, one.row, one.field, answer.value)
        return
    side = _side(one, answer.pick)
    if side is None:
        settle.read(session, one.entity, one.row, one.field)
    else:
        settle.settle(session, one.entity, one.row, one.field, side.value)


def _refuse_problem(session: Session, conflict: Conflict, value: Any) -> None:
    """A value of the officer's own keeps the rules of any edit; what a colleague has already is no edit."""
    entity, field = ENTITIES[conflict.entity], conflict.field
    problem = records.problem_with(session, entity, conflict.row, field, decode(entity, field, value))
    if problem:
        raise Invalid({field: problem})


def _side(conflict: Conflict, pick: Pick) -> Side | None:
    return conflict.mine if pick is Pick.MINE else conflict.theirs
