"""Whose work it was and on which computer, wherever a package is looked at and after it was taken in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.test_handover import Office, prepared, received, sent_by_the_other
from unnm_desktop.db import ActionPoint, TermsOfReference
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.i18n import language_for
from unnm_desktop.services import audit_trail, records
from unnm_desktop.services.handover import account, receiving
from unnm_desktop.services.handover.deciding import Pick
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.handover_receive import DONE
from unnm_desktop.ui.history import HistoryPage
from unnm_desktop.ui.past_merges import told as told_merge

HERE, THERE = "kuwait-desk", "manama-laptop"


def test_a_package_made_in_the_window_tells_whose_it_is_and_from_which_computer(
    bahrain_template: Path,
    make_desk: Callable[..., Desk],
    answers: Answers,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("platform.node", lambda: HERE)
    office = Office(bahrain_template, tmp_path)
    monkeypatch.setattr("platform.node", lambda: THERE)
    theirs = office.pages(make_desk, office.theirs, qtbot)
    theirs.hub.database.officer = "Luis Pereira"
    theirs.hub.step("Edit", records.update, ActionPoint, office.tasks[2], task_en="Book the large room")
    made = prepared(theirs, tmp_path / "stick", answers, qtbot)
    theirs.hub.close()
    theirs.hide()
    monkeypatch.setattr("platform.node", lambda: HERE)
    Device.forget(Database(office.mine, lock=False).id)

    page = office.pages(make_desk, office.mine, qtbot)
    received(page, made, answers, qtbot)
    told = " ".join(one.text() for one in page.receive.side.findChildren(QLabel))
    assert "Luis Pereira" in told
    assert THERE in told
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)

    history = HistoryPage(page.desk)
    qtbot.addWidget(history)
    history.open_record(office.tasks[2], {"entity": "action_point"})
    heads = [one.text().translate(dict.fromkeys((0x2068, 0x2069))) for one in history.findChildren(QLabel)]
    (theirs_head,) = (one for one in heads if one.startswith("Luis Pereira · "))
    assert theirs_head.startswith(f"Luis Pereira · {THERE} · ")

    english = language_for("en")
    with page.hub.database.read() as session:
        past = receiving.last_merge(session)
        assert past is not None
        report = account.of_merge(session, past.id, english)
        steps = list(
            audit_trail.steps(session, datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC), english)
        )
    assert report.computer == f"{THERE} (Luis Pereira)"
    assert report.officers == ("Luis Pereira",)
    edited = {one.officer: one.computer for one in steps if one.label == "Edit"}
    assert edited == {"Luis Pereira": f"{THERE} (Luis Pereira)"}
    (taken,) = (one.computer for one in steps if one.kind == "merge")
    assert taken == f"{HERE} (Amina Haddad)"


def test_a_package_of_a_computer_that_wrote_nothing_itself_names_it_all_the_same(
    bahrain_template: Path,
    make_desk: Callable[..., Desk],
    answers: Answers,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office(bahrain_template, tmp_path)
    office.edit(office.theirs, "Luis Pereira", 2, task_en="Book the large room")
    monkeypatch.setattr("platform.node", lambda: THERE)
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    received(page, made, answers, qtbot)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    with page.hub.database.read() as session:
        past = receiving.last_merge(session)
        assert past is not None
        assert account.of_merge(session, past.id, language_for("en")).computer == f"{THERE} (Amina Haddad)"


def test_two_of_one_name_are_told_apart_by_their_computers(
    bahrain_template: Path,
    make_desk: Callable[..., Desk],
    answers: Answers,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office(bahrain_template, tmp_path)
    monkeypatch.setattr("platform.node", lambda: THERE)
    office.edit(office.theirs, "Amina Haddad", 0, task_en="Draft the long note")
    office.edit(office.theirs, "Luis Pereira", 1, task_en="Ask a third Ministry")
    monkeypatch.setattr("platform.node", lambda: HERE)
    office.edit(office.mine, "Amina Haddad", 0, task_en="Draft the short note")
    office.edit(office.mine, "Amina Haddad", 1, task_en="Ask both Ministries")
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    received(page, made, answers, qtbot)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    said = {}
    for card in page.receive.decide.cards:
        both = [card.cards[pick].accessibleDescription() for pick in (Pick.MINE, Pick.THEIRS)]
        said[card.told.conflict.row] = [one.translate(dict.fromkeys((0x2068, 0x2069))).split(" · ")[0] for one in both]
    assert said[office.tasks[0]] == [f"{HERE} (Amina Haddad)", f"{THERE} (Amina Haddad)"]
    assert said[office.tasks[1]] == ["Amina Haddad", "Luis Pereira"]


def test_rules_that_two_officers_changed_apart_are_told_field_by_field(
    bahrain_template: Path, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    office = Office(bahrain_template, tmp_path)
    for path, officer, cadence in ((office.theirs, "Luis Pereira", 3), (office.mine, "Amina Haddad", 1)):
        with Database(path, officer) as database, database.write("Amend the rules") as session:
            version = records.all_of(session, TermsOfReference)[0]
            rules = json.loads(json.dumps(version.rules))
            rules["meetings"]["every_months"] = cadence
            records.update(session, TermsOfReference, version.id, rules=rules)
        Device.forget(database.id)
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    received(page, made, answers, qtbot)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    (card,) = page.receive.decide.cards
    told = card.told
    plain = [one.translate(dict.fromkeys((0x2068, 0x2069))) for one in (told.before, told.mine, told.theirs)]
    assert plain == [f"Regular meetings, How often: every {often}" for often in ("two months", "month", "3 months")]


def test_a_merge_from_a_restored_copy_tells_whose_package_it_was(
    bahrain_template: Path,
    make_desk: Callable[..., Desk],
    answers: Answers,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("platform.node", lambda: HERE)
    office = Office(bahrain_template, tmp_path)
    office.edit(office.theirs, "Luis Pereira", 2, task_en="Book the large room")
    # The copy has a new identity, and no step of its own.
    monkeypatch.setattr("platform.node", lambda: THERE)
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    received(page, made, answers, qtbot)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    past = page.hub.read(receiving.last_merge)
    assert past is not None
    assert f"{THERE} (" in told_merge(page.desk, past)
