"""One thing done to many: one step, those that refuse are left alone, a stop writes nothing."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import TODAY
from tests.ui import secretariat
from unnm_desktop.db import journal
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.engine import Database
from unnm_desktop.errors import UserError
from unnm_desktop.progress import Cancelled
from unnm_desktop.services import actions, bulk, records, undo


@pytest.fixture
def keys(database: Database) -> list[UUID]:
    """Sixty promises."""
    with database.write("Set up") as session:
        network = secretariat.found(session)
        return [actions.create_action(session, network.id, TODAY, task_en=f"Task {n}").id for n in range(60)]


def steps(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(journal.changeset_table)) or 0


def done(session: Session, key: UUID) -> ActionPoint:
    return actions.mark_done(session, key, TODAY)


def test_many_are_one_step_and_one_undo(database: Database, keys: list[UUID]) -> None:
    with database.read() as session:
        before = steps(session)
    with database.write("Mark as done") as session:
        outcome = bulk.to_each(session, keys, done)
    assert (outcome.done, outcome.refused) == (60, 0)
    with database.read() as session:
        assert steps(session) == before + 1
        assert database.device is not None
        entry = undo.next_undo(session, database.device.id)
    assert entry is not None
    with database.write(entry.label, kind=journal.Kind.UNDO, undoes=entry.key) as session:
        undo.take_back(session, entry)
    with database.read() as session:
        assert {one.status for one in records.by_id(session, ActionPoint, keys).values()} == {ActionStatus.OPEN}


def test_those_that_refuse_are_counted_and_all_refusing_says_why(database: Database, keys: list[UUID]) -> None:
    with database.write("Drop") as session:
        for key in keys[:3]:
            actions.drop(session, key, "Not needed")
    with database.write("Mark as done") as session:
        outcome = bulk.to_each(session, keys[:10], done)
        assert (outcome.done, outcome.refused) == (7, 3)
    with database.write("Mark as done") as session, pytest.raises(UserError, match="dropped"):
        bulk.to_each(session, keys[:3], done)


def test_a_stop_on_the_way_writes_nothing(database: Database, keys: list[UUID]) -> None:
    def stop(count: int, total: int, text: str = "") -> None:
        assert total == 60
        if count >= 40:
            raise Cancelled

    with pytest.raises(Cancelled), database.write("Mark as done") as session:
        bulk.to_each(session, keys, done, stop)
    with database.read() as session:
        assert {one.status for one in records.by_id(session, ActionPoint, keys).values()} == {ActionStatus.OPEN}
