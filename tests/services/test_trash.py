"""Trash: in the order in which things were removed, whatever the clocks said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.conftest import TODAY
from tests.ui import secretariat
from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Holiday
from unnm_desktop.i18n import ENGLISH
from unnm_desktop.services import records, trash
from unnm_desktop.services.listing import Context


@pytest.fixture
def network(database: Database) -> UUID:
    with database.write("Set up") as session:
        return secretariat.found(session).id


def removed(database: Database, network: UUID, limit: int = 0) -> list[UUID]:
    with database.read() as session:
        return [one.id for one in trash.removed(session, Context(network, ENGLISH, TODAY), limit=limit)]


def let_go(database: Database, key: UUID) -> None:
    with database.write("Remove") as session:
        records.remove(session, ActionPoint, key)


@pytest.mark.parametrize("wrong", [timedelta(days=-3), timedelta(days=400)], ids=["set back", "far ahead"])
def test_a_clock_that_was_wrong_moves_nothing_in_the_trash(
    database: Database, network: UUID, monkeypatch: pytest.MonkeyPatch, wrong: timedelta
) -> None:
    with database.write("Promise") as session:
        keys = [
            records.create(session, ActionPoint, network_id=network, reference=f"A{n}", task_en=f"Task {n}").id
            for n in range(3)
        ]
    before = datetime.now(UTC)
    let_go(database, keys[2])
    with monkeypatch.context() as clock:
        clock.setattr("unnm_desktop.db.engine.utc_now", lambda: before + wrong)
        let_go(database, keys[0])
    let_go(database, keys[1])
    assert removed(database, network) == [keys[1], keys[0], keys[2]]
    assert removed(database, network, limit=2) == [keys[1], keys[0]]


def test_what_was_made_and_removed_in_one_step_stands_among_the_others(database: Database, network: UUID) -> None:
    with database.write("Promise") as session:
        early, late = (
            records.create(session, ActionPoint, network_id=network, reference=f"A{n}", task_en="Task").id
            for n in range(2)
        )
    let_go(database, early)
    with database.write("Make and remove") as session:
        day = records.create(session, Holiday, network_id=network, day=TODAY, name_en="Eid")
        records.remove(session, Holiday, day.id)
        key = day.id
    let_go(database, late)
    assert removed(database, network) == [late, key, early]
