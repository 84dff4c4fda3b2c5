"""Two officers gave the same number while they worked apart: both are told of it, and one chooses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.test_handover import Office, received
from unnm_desktop.db import ActionPoint, Network
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.services import actions, numbering, records
from unnm_desktop.services.handover import content, keys, package
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.handover import HandoverPage
from unnm_desktop.ui.handover_side import DONE
from unnm_desktop.ui.same_number import SameNumbers, number_notices

ON = date(2026, 11, 20)


@pytest.fixture
def office(bahrain_template: Path, tmp_path: Path) -> Office:
    return Office(bahrain_template, tmp_path)


def new_task(path: Path, officer: str, task: str) -> None:
    with Database(path, officer) as database, database.write("New") as session:
        network = records.all_of(session, Network)[0]
        actions.create_action(session, network.id, ON, task_en=task)
    Device.forget(database.id)


def tasks(page: HandoverPage) -> dict[str, str]:
    found = page.hub.read(records.all_of, ActionPoint)
    return {one.task_en: one.reference for one in found if one.reference}


def give_buttons(card: SameNumbers) -> list[QPushButton]:
    return [one for one in card.findChildren(QPushButton) if one.text().startswith("Give it")]


def test_a_number_given_twice_is_listed_and_one_record_takes_the_next(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    new_task(office.mine, "Amina Haddad", "Write to the Ministry")
    new_task(office.theirs, "Luis Pereira", "Ask for the figures")
    with Database(office.theirs, "Luis Pereira") as database, database.read() as session:
        what = content.contents(database, session, records.all_of(session, Network), papers={})
        (tmp_path / "stick").mkdir()
        now = datetime(2026, 11, 26, tzinfo=UTC)
        made = package.pack(what, tmp_path / "stick", codes=(keys.office_code(),), now=now).path
    Device.forget(database.id)

    page = office.pages(make_desk, office.mine, qtbot)
    received(page, made, answers, qtbot)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    assert tasks(page) == {"Write to the Ministry": "BHR/2026/A01", "Ask for the figures": "BHR/2026/A01"}
    card = page.receive.done.numbers
    qtbot.waitUntil(card.isVisible)
    assert len(give_buttons(card)) == 2, "either of the two may take it"

    pair = page.hub.read(numbering.every_duplicate)[0]
    (notice,) = number_notices(page.desk, "action_point", pair.ids[0])
    assert "A02" in notice.give.text(), "the record itself says so, too"

    (later,) = [one for one in give_buttons(card) if "Ask for the figures" in one.accessibleName()]
    qtbot.mouseClick(later, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(card.isHidden)
    assert tasks(page) == {"Write to the Ministry": "BHR/2026/A01", "Ask for the figures": "BHR/2026/A02"}
    assert number_notices(page.desk, "action_point", pair.ids[0]) == []
    page.hub.undo()
    assert tasks(page)["Ask for the figures"] == "BHR/2026/A01", "undone like any step"
    page.receive.leave()
