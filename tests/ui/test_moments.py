"""What the officer does now lies within the network's day, wherever the computer's clock stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from unnm_desktop.services.calendar import end_of_day
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.record_fields import MomentField

# Fourteen hours ahead of UTC, twelve behind, and the two networks' own: at any hour some have another day than UTC.
ZONES = ("Pacific/Kiritimati", "Etc/GMT+12", "Asia/Bahrain", "Asia/Kuwait")


@pytest.mark.parametrize("zone", ZONES)
def test_what_is_done_now_counts_for_the_day_it_is_judged_by(make_desk: Callable[..., Desk], zone: str) -> None:
    desk = make_desk()
    desk.network = NetworkName(UUID(int=1), "Network", zone=zone)
    assert now(desk) <= end_of_day(desk.today(), zone)
    assert now(desk).astimezone(ZoneInfo(zone)).date() == desk.today() == TODAY


@pytest.mark.parametrize("zone", ZONES)
def test_today_is_the_networks_day(make_desk: Callable[..., Desk], zone: str) -> None:
    handed = make_desk()
    desk = Desk(handed.hub, handed.language, handed.look, handed.jobs, handed.settings, handed.ask)
    desk.network = NetworkName(UUID(int=1), "Network", zone=zone)
    before = datetime.now(UTC)
    day, moment = desk.today(), now(desk)
    assert day in {at.astimezone(ZoneInfo(zone)).date() for at in (before, datetime.now(UTC))}
    assert before <= moment <= datetime.now(UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_a_field_shows_and_takes_a_moment_by_the_networks_clock(
    make_desk: Callable[..., Desk], qtbot: QtBot, zone: str
) -> None:
    desk, there = make_desk(), ZoneInfo(zone)
    desk.network = NetworkName(UUID(int=1), "Network", zone=zone)
    field = MomentField("at", "At", datetime(2026, 11, 9, 10, 30, tzinfo=there).astimezone(UTC))
    qtbot.addWidget(field)
    field.bind(desk, lambda _name, _value: None)
    assert field.line.text() == "2026-11-09 10:30"
    field.line.setText("2026-11-21 23:00")
    assert field.read_input() == datetime(2026, 11, 21, 23, 0, tzinfo=there)
