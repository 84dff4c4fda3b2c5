"""A text of minutes that two officers wrote apart: what the card in Decide says, and what each answer leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.test_handover import Office, received, sent_by_the_other
from unnm_desktop.db import AgendaItem, Meeting, MinutesEntry, Network
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.services import minutes, records
from unnm_desktop.services.handover import conflicts
from unnm_desktop.ui.conflict_card import BOTH, EDIT
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.handover_receive import DONE
from unnm_desktop.ui.word_difference import difference

TEXT = "The chair opened.\n\nMembers spoke.\n\nThe chair closed."


@pytest.fixture
def entries(bahrain_template: Path, tmp_path: Path) -> tuple[Office, dict[str, UUID]]:
    """Minutes that both officers have, and what each wrote into three items of them."""
    office, found = Office(bahrain_template, tmp_path), dict[str, UUID]()
    with Database(office.mine, "Amina Haddad") as database, database.write("Begin") as session:
        network = records.all_of(session, Network)[0]
        meeting = records.create(session, Meeting, network_id=network.id, day=date(2026, 11, 18), ordinal=31)
        kept = minutes.open_minutes(session, meeting.id)
        for name in ("same", "apart", "own"):
            item = records.create(session, AgendaItem, meeting_id=meeting.id, title_en=f"Item {name}")
            found[name] = minutes.write_entry(session, kept.id, item.id, text_en=TEXT).id
        minutes.add_decision_block(session, kept.id, item.id, date(2026, 11, 18), text_en="Meet again in May")
    office.theirs.write_bytes(office.mine.read_bytes())
    Device.forget(database.id)
    for path, officer, paragraph in (
        (office.mine, "Amina Haddad", "The chair opened"),
        (office.theirs, "Luis Pereira", "The chair closed"),
    ):
        with Database(path, officer) as database, database.write("Write minutes") as session:
            for name, key in found.items():
                text = records.get(session, MinutesEntry, key).text_en
                changed = paragraph if name == "apart" else "Members spoke"
                records.update(session, MinutesEntry, key, text_en=text.replace(changed, f"{changed} to {officer}"))
        Device.forget(database.id)
    return office, found


def test_each_answer_to_a_text_of_minutes_leaves_what_it_says(
    entries: tuple[Office, dict[str, UUID]],
    make_desk: Callable[..., Desk],
    answers: Answers,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    office, keys = entries
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    received(page, made, answers, qtbot)
    group = page.receive.compare.groups["changed"]
    qtbot.mouseClick(group.toggle, Qt.MouseButton.LeftButton)
    assert "to Luis Pereira" in group.text(), "of a long text what differs is shown"
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)

    def text(name: str) -> str:
        return page.hub.read(records.get, MinutesEntry, keys[name]).text_en

    cards = {card.told.conflict.row: card for card in page.receive.decide.cards}
    same, apart, own = (cards[keys[name]] for name in keys)
    for card in cards.values():
        told = " ".join(one.text() for one in card.findChildren(QLabel))
        assert "31st regular meeting" in told, "items are called alike at each meeting"
    marked = difference("Members spoke.", "Members spoke. And left.", page.desk.look)
    assert "<s " not in marked, "a word that only more words follow was not taken away"
    qtbot.mouseClick(same.cards[BOTH], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(apart.cards[BOTH], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(own.cards[EDIT], Qt.MouseButton.LeftButton)
    assert own.own is not None
    box = own.own.field.input
    assert "{{" not in box.toPlainText(), "nobody has to type the code of a decision"
    box.moveCursor(box.textCursor().MoveOperation.Start)
    qtbot.keyClicks(box, "Read. ")
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    assert page.hub.read(conflicts.open_conflicts) == []
    assert text("same").count("Members spoke to") == 2
    assert "opened to Amina Haddad" in text("apart")
    assert "closed to Luis Pereira" in text("apart")
    assert text("own").startswith("Read. The chair opened.")
    assert text("own").count("{{decision ") == 1
    qtbot.mouseClick(page.receive.done.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "undone" in page.bar.message())
    assert text("same") == TEXT.replace("Members spoke", "Members spoke to Amina Haddad")
