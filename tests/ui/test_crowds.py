"""More of everything than any network has: a thousand members, a name without end, a page of two megabytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.hands import press
from tests.ui.walking import settle
from unnm_desktop.app import App
from unnm_desktop.db.decisions import Position, Stance
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Attendance, Meeting, Presence
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Membership, Organisation, OrganisationKind
from unnm_desktop.services import decisions, meetings, records
from unnm_desktop.ui.position_field import PositionField
from unnm_desktop.ui.position_parts import MOST

Start = Callable[..., App]
CONTROL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def crowd(bahrain_template: Path, tmp_path: Path) -> Path:
    """A network with a thousand members and a meeting."""
    path = tmp_path / "UNNM Bahrain.unnm"
    path.write_bytes(bahrain_template.read_bytes())
    with Database(path, "Test Officer") as database, database.write("Many") as session:
        network = records.all_of(session, Network)[0]
        for number in range(1000):
            body = records.create(
                session, Organisation, name_en=f"Organisation {number} of the river", acronym=f"R{number}",
                kind=OrganisationKind.UN_ENTITY,
            )  # fmt: skip
            records.create(session, Membership, network_id=network.id, organisation_id=body.id, start="2024-01")
        meetings.plan_next(session, network.id, date(2026, 11, 1), day=date(2026, 11, 18))
        decisions.propose(session, network.id, date(2026, 11, 18), text_en="Publish the data sheet")
    return path


def test_who_came_of_a_thousand_members_is_noted_key_by_key(start: Start, qtbot: QtBot, crowd: Path) -> None:
    desktop = start(crowd)
    window, hub = desktop.window, desktop.window.desk.hub
    (meeting,) = hub.read(records.all_of, Meeting)
    window.go("meeting", meeting.id, {"tab": "attendance"})
    settle()
    grid: Any = window.current.attendance.seats
    qtbot.waitUntil(lambda: grid.isVisible() and grid.listing.count > 1000)
    grid.setFocus()
    for key, held in (
        (Qt.Key.Key_Home, CONTROL),
        (Qt.Key.Key_5, PLAIN),
        (Qt.Key.Key_End, CONTROL),
        (Qt.Key.Key_4, PLAIN),
    ):
        qtbot.keyClick(grid, key, held)
        settle()
    assert {one.presence for one in hub.read(records.all_of, Attendance)} == {Presence.ABSENT, Presence.APOLOGIES}


def test_the_commands_of_a_tab_can_be_used_as_soon_as_it_is_chosen(start: Start, qtbot: QtBot, crowd: Path) -> None:
    desktop = start(crowd)
    window = desktop.window
    (meeting,) = window.desk.hub.read(records.all_of, Meeting)
    window.go("meeting", meeting.id)
    settle()
    page: Any = window.current
    press(qtbot, page.tabs, "Minutes")
    qtbot.waitUntil(page.minutes.editor.hasFocus)
    qtbot.keyClick(page.minutes.editor, Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(page.minutes.finder.isVisible)


def test_of_a_thousand_members_the_one_who_objects_is_found_by_name(start: Start, qtbot: QtBot, crowd: Path) -> None:
    desktop = start(crowd)
    window, hub = desktop.window, desktop.window.desk.hub
    window.go("decisions")
    settle()
    press(qtbot, window, "Put to the members")
    settle()
    page: Any = window.current
    qtbot.waitUntil(lambda: len(positions(page)) == MOST)
    assert len(hub.read(records.all_of, Position)) > 1000
    line = page.inspector.parts.field("sought").findChild(QLineEdit)
    line.setFocus()
    qtbot.keyClicks(line, "river 977")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    (field,) = positions(page)
    field.combo.setFocus()
    qtbot.keyClick(field.combo, Qt.Key.Key_End)
    settle()
    qtbot.keyClicks(field.reason, "The data are late")
    qtbot.keyClick(field.reason, Qt.Key.Key_Return)
    settle()
    (told,) = [one for one in hub.read(records.all_of, Position) if one.stance is Stance.OBJECTS]
    assert told.reason == "The data are late"


def positions(page: Any) -> list[PositionField]:
    return [one for one in page.inspector.parts.fields if isinstance(one, PositionField)]
