"""Handing over the office at the screen: the choice, the bar that says where it is, and taking it back."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.test_handover import Office, received
from unnm_desktop.db import Network
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.services import records
from unnm_desktop.services.handover import content, keys, package
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.handover import DOORS, PREPARE, HandoverPage

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.fixture
def office(bahrain_template: Path, tmp_path: Path) -> Office:
    return Office(bahrain_template, tmp_path)


def handed_over(page: HandoverPage, stick: Path, answers: Answers, qtbot: QtBot) -> Path:
    """Through the door, with the office going to Luis Pereira."""
    stick.mkdir()
    answers.give("folder", stick)
    panel = page.prepare
    qtbot.mouseClick(page.prepare_door.button, Qt.MouseButton.LeftButton)
    assert page.views.currentIndex() == PREPARE
    qtbot.mouseClick(panel.stick.choose, Qt.MouseButton.LeftButton)
    panel.by_code.click()
    panel.code.setText(keys.office_code())
    panel.office.box.click()
    assert not panel.write_button.isEnabled()
    assert panel.lack.text() == "Enter the name of the successor."
    qtbot.keyClicks(panel.office.to, "Luis Pereira")
    qtbot.mouseClick(panel.write_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.done_button.isVisible)
    (made,) = stick.glob("*.unnmx")
    return made


def test_the_office_goes_over_and_is_taken_back(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    page = office.pages(make_desk, office.mine, qtbot)
    made = handed_over(page, tmp_path / "stick", answers, qtbot)
    assert "Luis Pereira" in page.prepare.handed_line.text()
    qtbot.mouseClick(page.prepare.done_button, Qt.MouseButton.LeftButton)
    assert page.views.currentIndex() == DOORS
    assert made.name in page.office_card.line.text()
    assert page.hub.read_only

    page.show_view(PREPARE)
    assert page.prepare.office.isHidden(), "it is nobody's to give a second time"
    page.show_doors()
    # Without a reason it is asked for again.
    answers.give("text", " ", "Back from leave")
    with qtbot.waitSignal(page.desk.wishes.handed):
        qtbot.mouseClick(page.office_card.back, Qt.MouseButton.LeftButton)
    assert not page.hub.read_only
    page.refresh()
    assert page.office_card.line.isHidden()
    assert "took the office back: Back from leave" in page.office_card.past.text()
    assert "handed the office over to Luis Pereira" in page.office_card.past.text()


@pytest.mark.parametrize(("size", "text"), [((1078, 620), 100), ((860, 500), 150)])
def test_what_is_asked_for_stays_in_sight_when_the_office_goes(
    office: Office, make_desk: Callable[..., Desk], qtbot: QtBot, size: tuple[int, int], text: int
) -> None:
    page = office.pages(make_desk, office.mine, qtbot, text_size=text)
    page.resize(*size)
    qtbot.mouseClick(page.prepare_door.button, Qt.MouseButton.LeftButton)
    panel = page.prepare
    panel.office.box.click()
    qtbot.keyClicks(panel.office.to, "Luis Pereira")
    assert panel.lack.text() == "Choose the stick first."
    for one in (panel.office.to, panel.stick.choose, panel.write_button):
        assert one.visibleRegion().boundingRect() == one.rect(), one


def test_a_colleagues_package_offers_to_take_the_office_back(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    office.edit(office.theirs, "Luis Pereira", 2, task_en="Book the large room")
    (tmp_path / "theirs").mkdir()
    with Database(office.theirs, "Luis Pereira") as database, database.read() as session:
        what = content.contents(database, session, records.all_of(session, Network), papers={})
        made = package.pack(what, tmp_path / "theirs", codes=(keys.office_code(),), now=NOW).path
    Device.forget(database.id)
    page = office.pages(make_desk, office.mine, qtbot)
    handed_over(page, tmp_path / "stick", answers, qtbot)
    page.show_doors()
    received(page, made, answers, qtbot)
    obstacles = page.receive.side.obstacles
    assert obstacles.take_back.isVisible()
    assert not page.receive.next_button.isEnabled()
    answers.give("text", "The work comes back")
    qtbot.mouseClick(obstacles.take_back, Qt.MouseButton.LeftButton)
    assert obstacles.take_back.isHidden()
    assert page.receive.next_button.isEnabled()
    page.receive.leave()


def test_a_stick_is_checked_and_swept(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with Database(office.theirs, "Luis Pereira") as database, database.read() as session:
        what = content.contents(database, session, records.all_of(session, Network), papers={})
        made = package.pack(what, stick, codes=(keys.office_code(),), now=NOW).path
    Device.forget(database.id)
    left = stick / "unnm-BHR-20250101-0900-1a2b.unnmx.part"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    page = office.pages(make_desk, office.mine, qtbot)
    qtbot.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    answers.give("folder", stick)
    qtbot.mouseClick(page.check.stick.choose, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.check.stick.leftovers.remove, Qt.MouseButton.LeftButton)
    assert list(stick.iterdir()) == [made]
    qtbot.mouseClick(page.check.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.check.found.isVisible)
    said = [one.text() for one in page.check.found.findChildren(QLabel)]
    assert any("is whole to its last byte, signed by Luis Pereira" in text for text in said)
    qtbot.mouseClick(page.check.back, Qt.MouseButton.LeftButton)
    assert page.views.currentIndex() == DOORS
