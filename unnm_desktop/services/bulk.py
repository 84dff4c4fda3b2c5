"""One thing done to many records as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.errors import UserError
from unnm_desktop.progress import SILENT, Progress, each
from unnm_desktop.services import record_changes

Verb = Callable[[Session, UUID], object]


@dataclass(frozen=True)
class Outcome:
    """How many records it was done to, and how many refused it."""

    done: int
    refused: int


def to_each(session: Session, keys: Sequence[UUID], verb: Verb, progress: Progress = SILENT) -> Outcome:
    """Do it to each record; one that refuses is left as it is.

    A verb refuses before it changes anything, so that the others' changes stand.

    Raises:
        UserError: every one of them refuses; the reason of the first is given.

    """
    done = 0
    why: UserError | None = None
    for key in each(keys, progress, every=20):
        try:
            verb(session, key)
        except UserError as error:
            why = why or error
        else:
            done += 1
    if why is not None and not done:
        raise why
    return Outcome(done, len(keys) - done)


def remover(table: str) -> Verb:
    """The verb that moves a record of a kind to the trash."""

    def remove(session: Session, key: UUID) -> None:
        record_changes.remove(session, table, key)

    return remove
