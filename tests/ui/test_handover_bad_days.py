"""Bad days on the page of the hand-over: sticks that are pulled, full or gone, and packages that are not for here."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests import patience
from tests.services.handover import forging
from tests.ui.conftest import Answers
from tests.ui.hands import press, reads
from tests.ui.test_handover import Office, own_code, prepared, received, sent_by_the_other
from unnm_desktop.app import App
from unnm_desktop.db import ActionPoint, Network
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.progress import Progress
from unnm_desktop.services import records
from unnm_desktop.services.handover import merge, receiving, staging, stick
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.handover import DOORS, PREPARE, HandoverPage
from unnm_desktop.ui.handover_side import CHOOSE, COMPARE, DONE

Desks = Callable[..., Desk]


@pytest.fixture
def office(bahrain_template: Path, tmp_path: Path) -> Office:
    return Office(bahrain_template, tmp_path)


def wait_for(page: HandoverPage, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: words in page.bar.message())


def asked_to_write(page: HandoverPage, place: Path, answers: Answers, qtbot: QtBot) -> None:
    answers.give("folder", place)
    if page.views.currentIndex() != PREPARE:
        qtbot.mouseClick(page.prepare_door.button, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(page.prepare.by_code, Qt.MouseButton.LeftButton)
        qtbot.keyClicks(page.prepare.code, own_code())
    qtbot.mouseClick(page.prepare.stick.choose, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.prepare.write_button, Qt.MouseButton.LeftButton)


def look_into(page: HandoverPage, made: Path, answers: Answers, qtbot: QtBot) -> None:
    """As far as the answer, whatever it is."""
    answers.give("open_file", made)
    qtbot.mouseClick(page.receive_door.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.receive.choice.choose, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)


def test_a_stick_that_is_gone_full_or_pulled_is_told_and_the_next_one_is_written(
    office: Office, make_desk: Desks, answers: Answers, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = office.pages(make_desk, office.mine, qtbot)
    place = tmp_path / "stick"
    asked_to_write(page, place, answers, qtbot)
    wait_for(page, qtbot, "is not there")

    place.mkdir()
    with monkeypatch.context() as full:
        full.setattr(os, "posix_fallocate", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        asked_to_write(page, place, answers, qtbot)
        wait_for(page, qtbot, "room")
    assert list(place.iterdir()) == [], "nothing of it is left on the stick"

    proper = stick.write

    def pulled(folder: Path, name: str, *more: Any) -> Any:
        def progress(*_: object) -> None:
            shutil.rmtree(folder, ignore_errors=True)

        return proper(folder, name, *more[:-1], progress)

    with monkeypatch.context() as out:
        out.setattr(stick, "write", pulled)
        asked_to_write(page, place, answers, qtbot)
        wait_for(page, qtbot, "removed")
    place.mkdir(exist_ok=True)
    asked_to_write(page, place, answers, qtbot)
    qtbot.waitUntil(page.prepare.done_button.isVisible)
    assert len(list(place.glob("*.unnmx"))) == 1
    assert page.hub.database.check() == []


def test_a_stick_pulled_before_it_is_read_is_told_and_after_it_was_read_is_not_missed(
    office: Office, make_desk: Desks, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    office.edit(office.theirs, "Luis Pereira", 2, task_en="Book the large room")
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    kept = made.read_bytes()
    made.unlink()
    look_into(page, made, answers, qtbot)
    wait_for(page, qtbot, "Put the stick in again")
    assert page.receive.views.currentIndex() == CHOOSE
    made.write_bytes(kept)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == COMPARE)
    shutil.rmtree(made.parent)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    assert page.hub.read(records.get, ActionPoint, office.tasks[2]).task_en == "Book the large room"
    assert list(staging.root().iterdir()) == []

    # The same package once more, from another stick.
    page.receive.leave()
    again = tmp_path / made.name
    again.write_bytes(kept)
    received(page, again, answers, qtbot)
    assert reads(page, "Nothing in this package is new here")
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    assert page.views.currentIndex() == DOORS


def test_ones_own_package_brings_nothing_and_a_newer_program_s_asks_for_an_update(
    office: Office, make_desk: Desks, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    page = office.pages(make_desk, office.mine, qtbot)
    made = prepared(page, tmp_path / "stick", answers, qtbot)
    received(page, made, answers, qtbot)
    assert reads(page, "Nothing in this package is new here")
    press(qtbot, page.receive, "Prepare a stick")
    assert page.views.currentIndex() == PREPARE
    page.show_doors()
    newer = tmp_path / "newer.unnmx"
    newer.write_bytes(forging.with_journal([b"{}"], schema_rev=SCHEMA_REVISION + 1))
    look_into(page, newer, answers, qtbot)
    wait_for(page, qtbot, "newer version")
    assert page.receive.views.currentIndex() == CHOOSE
    assert list(staging.root().iterdir()) == []


def test_a_package_of_another_network_s_workspace_waits_until_both_shall_be_one(
    office: Office, make_desk: Desks, answers: Answers, qtbot: QtBot, tmp_path: Path, template: Path
) -> None:
    other = tmp_path / "other.unnm"
    other.write_bytes(template.read_bytes())
    with Database(other, "Luis Pereira") as database:
        database.become(forging.WORKSPACE)
        with database.write("Begin") as session:
            records.create(session, Network, country="KWT", name_en="UN Migration Network in Kuwait")
    theirs = office.pages(make_desk, other, qtbot)
    made = prepared(theirs, tmp_path / "stick", answers, qtbot)
    theirs.hub.close()
    theirs.hide()
    page = office.pages(make_desk, office.mine, qtbot)
    received(page, made, answers, qtbot)
    assert "comes from another workspace" in page.receive.side.obstacles.words.text()
    assert not page.receive.next_button.isEnabled()
    page.receive.side.obstacles.take_other.click()
    assert page.receive.next_button.isEnabled()
    page.receive.leave()
    assert [one.country for one in page.hub.read(records.all_of, Network)] == ["BHR"]


def test_after_a_cancelled_merge_one_key_too_many_begins_nothing(
    office: Office, make_desk: Desks, answers: Answers, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    start: Callable[..., App],
) -> None:  # fmt: skip
    office.edit(office.theirs, "Luis Pereira", 2, task_en="Book the large room")
    theirs = office.pages(make_desk, office.theirs, qtbot)
    made = prepared(theirs, tmp_path / "stick", answers, qtbot)
    theirs.hub.close()
    theirs.hide()
    Device.forget(Database(office.mine, lock=False).id)
    whole, under_way, go_on = receiving.take_in, Event(), Event()

    def slow(*args: Any, progress: Progress, **more: Any) -> receiving.Taken:
        under_way.set()
        go_on.wait(patience.SECONDS)
        return whole(*args, progress=progress, **more)

    monkeypatch.setattr(receiving, "take_in", slow)
    window = start(office.mine).window
    window.go("handover", None, {"file": made})
    page: Any = window.current
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == COMPARE)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(under_way.is_set)
    qtbot.waitUntil(window.jobs_line.cancel.isVisible)
    qtbot.mouseClick(window.jobs_line.cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    wait_for(page, qtbot, "Nothing was changed.")
    qtbot.waitUntil(lambda: window.focusWidget() is page.receive.back_button)
    assert page.receive.next_button.text() == "Finish the merge"
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(window.focusWidget(), key)
    assert page.hub.read(merge.merges) == []
    assert page.hub.read(records.get, ActionPoint, office.tasks[2]).task_en == "Book the room"
