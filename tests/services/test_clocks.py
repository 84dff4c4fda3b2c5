"""Moments are told by the network's clock, wherever the computer stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.ui import secretariat
from unnm_desktop.db import ActionPoint, Decision
from unnm_desktop.db.engine import Database
from unnm_desktop.db.handed import Handed
from unnm_desktop.i18n import ENGLISH
from unnm_desktop.services import any_record, records, trash
from unnm_desktop.services.listing import Context

HERE = replace(ENGLISH, clock=ZoneInfo("Pacific/Kiritimati"))
# There, fourteen hours ahead, the next day has begun; at any computer it is still the ninth.
LATE = datetime(2026, 11, 9, 10, 30, tzinfo=UTC)


def test_a_field_of_a_record_tells_its_moment_by_the_networks_clock() -> None:
    shape = any_record.shape(Decision, "silence_until")
    assert any_record.told(LATE, shape, HERE, {}) == "10 Nov 2026 00:30"


def test_trash_tells_and_finds_by_the_networks_day(database: Database) -> None:
    with database.write("Set up") as session:
        network = secretariat.found(session).id
        task = records.create(session, ActionPoint, network_id=network, reference="A1", task_en="Task").id
    with database.write("Move to Trash") as session:
        records.remove(session, ActionPoint, task)
        records.get(session, ActionPoint, task).removed_at = LATE
    context = Context(network, HERE, date(2026, 11, 10))
    with database.read() as session:
        found = trash.removed(session, context)
        ((_, when, _),) = trash.rows(session, found, context)
        assert (when.text, when.second) == ("10 Nov 2026", "00:30")
        assert trash.removed(session, context, period="2026-11-10..2026-11-10") == found
        assert trash.removed(session, context, period="2026-11-09..2026-11-09") == []


def test_the_day_of_a_hand_over_is_the_networks() -> None:
    refusal = Handed("Sara", LATE.isoformat(), "one.unnmx", str(uuid4())).refusal()
    assert "on 10 November 2026 with" in HERE.tr(refusal.message, **refusal.values)
