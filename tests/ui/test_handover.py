"""Two officers with a stick: what one has written the other sees, compares, decides, takes in and takes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.hands import press, reads
from tests.ui.walking import Findings, Strays, Walk
from unnm_desktop.db import ActionPoint, AgendaItem, Meeting, Membership, Network, Organisation, Person
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.services import backup, records
from unnm_desktop.services.handover import conflicts, keys
from unnm_desktop.services.handover.deciding import Pick
from unnm_desktop.ui.conflict_card import EDIT
from unnm_desktop.ui.conflict_notice import notices
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.handover import DOORS, HandoverPage
from unnm_desktop.ui.handover_counts import Counts
from unnm_desktop.ui.handover_decide import AT_ONCE
from unnm_desktop.ui.handover_side import CHOOSE, COMPARE, DECIDE, DONE
from unnm_desktop.ui.watch import Watch

TASKS = ("Draft the note", "Ask the Ministry", "Book the room")


class Office:
    """A workspace with three action points, and its twin that another officer works on."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.mine, self.theirs = folder / "mine.unnm", folder / "theirs.unnm"
        self.mine.write_bytes(template.read_bytes())
        with Database(self.mine, "Amina Haddad") as database, database.write("Begin") as session:
            network = records.all_of(session, Network)[0]
            made = [records.create(session, ActionPoint, network_id=network.id, task_en=task) for task in TASKS]
        self.tasks = [one.id for one in made]
        self.theirs.write_bytes(self.mine.read_bytes())
        Device.forget(database.id)

    def edit(self, path: Path, officer: str, task: int, **values: object) -> None:
        with Database(path, officer) as database, database.write("Edit") as session:
            if values:
                records.update(session, ActionPoint, self.tasks[task], **values)
            else:
                records.remove(session, ActionPoint, self.tasks[task])
        Device.forget(database.id)

    def part(self) -> None:
        """Both work on apart: one field differs, one is removed there, one is new there."""
        self.edit(self.theirs, "Luis Pereira", 0, task_en="Draft the long note")
        self.edit(self.theirs, "Luis Pereira", 1)
        self.edit(self.mine, "Amina Haddad", 0, task_en="Draft the short note")
        self.edit(self.mine, "Amina Haddad", 1, task_en="Ask both Ministries")
        self.edit(self.theirs, "Luis Pereira", 2, task_en="Book the large room")

    def pages(self, make_desk: Callable[..., Desk], path: Path, qtbot: QtBot, **look: bool) -> HandoverPage:
        desk = make_desk(**look)
        desk.hub.open(Database(path, "Amina Haddad"))
        found = desk.hub.read(records.all_of, Network)[0]
        desk.network = NetworkName(found.id, found.name_en, "Bahrain", found.time_zone)
        desk.hub.network_id = found.id
        page = HandoverPage(desk)
        qtbot.addWidget(page)
        page.resize(1000, 640)
        page.show()
        with qtbot.waitActive(page):
            page.activateWindow()
        return page


@pytest.fixture
def office(bahrain_template: Path, tmp_path: Path) -> Office:
    return Office(bahrain_template, tmp_path)


def own_code() -> str:
    return keys.office_code()


def prepared(page: HandoverPage, stick: Path, answers: Answers, qtbot: QtBot) -> Path:
    """Write a package for this computer's own office, through the door."""
    stick.mkdir(exist_ok=True)
    answers.give("folder", stick)
    qtbot.mouseClick(page.prepare_door.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.prepare.by_code, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.prepare.code, own_code())
    assert not page.prepare.write_button.isEnabled(), "no stick is chosen yet"
    qtbot.mouseClick(page.prepare.stick.choose, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.prepare.write_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.prepare.done_button.isVisible)
    (made,) = stick.glob("*.unnmx")
    assert made.name in page.prepare.written_line.text()
    assert keys.words(keys.public_key()) in page.prepare.own_words.text(), "what the receiver is shown"
    qtbot.mouseClick(page.prepare.done_button, Qt.MouseButton.LeftButton)
    assert page.views.currentIndex() == DOORS
    return made


def sent_by_the_other(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, folder: Path, **look: bool
) -> tuple[HandoverPage, Path]:
    """The page on this officer's computer, and the package that the other one has written on theirs."""
    theirs = office.pages(make_desk, office.theirs, qtbot, **look)
    made = prepared(theirs, folder / "stick", answers, qtbot)
    theirs.hub.close()
    theirs.hide()
    Device.forget(Database(office.mine, lock=False).id)
    return office.pages(make_desk, office.mine, qtbot, **look), made


def task(page: HandoverPage, key: object) -> str:
    return page.hub.read(records.get, ActionPoint, key).task_en


def has_the_keyboard(page: HandoverPage, widget: QWidget) -> bool:
    return page.focusWidget() is widget


def received(page: HandoverPage, made: Path, answers: Answers, qtbot: QtBot) -> None:
    """Through the door as far as the comparison."""
    answers.give("open_file", made)
    qtbot.mouseClick(page.receive_door.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.receive.choice.choose, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == COMPARE)


def test_a_stick_is_prepared_received_decided_and_taken_back(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    office.part()
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    received(page, made, answers, qtbot)
    assert page.receive.side.findChild(Counts).findChildren(QLabel)[-1].text() == "2 need your decision"
    made.unlink()  # the stick is pulled out: what is needed is on this computer
    groups = page.receive.compare.groups
    assert set(groups) == {"changed", "conflicts"}
    qtbot.mouseClick(groups["changed"].toggle, Qt.MouseButton.LeftButton)
    assert "Book the room → Book the large room" in groups["changed"].text()
    assert task(page, office.tasks[2]) == "Book the room", "nothing is written yet"

    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    assert page.receive.views.currentIndex() == DECIDE
    cards = {card.told.conflict.kind: card for card in page.receive.decide.cards}
    assert set(cards) == {"value", "removed"}
    stick_side = cards["value"].cards[Pick.THEIRS]
    assert "Draft the long note" in stick_side.accessibleName()
    assert "Luis Pereira" in stick_side.accessibleDescription()
    qtbot.mouseClick(stick_side, Qt.MouseButton.LeftButton)
    assert page.receive.open_line.text() == "1 left for later"
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    assert [one.reason for one in backup.listed(backup.folder_for(page.hub.database.id))] == [backup.Reason.MERGE]
    assert task(page, office.tasks[0]) == "Draft the long note"
    assert task(page, office.tasks[2]) == "Book the large room"

    answers.give("save_file", tmp_path / "merge-en.pdf")
    press(qtbot, page.receive.done, "Report in English")
    assert (tmp_path / "merge-en.pdf").read_bytes().startswith(b"%PDF")
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    answers.give("save_file", tmp_path / "merge-ar.pdf")
    press(qtbot, page.past, "Report in Arabic")
    assert (tmp_path / "merge-ar.pdf").read_bytes().startswith(b"%PDF")
    assert page.open_line.text() == "1 conflict waits for a decision."
    assert len(notices(page.desk, "action_point", office.tasks[1])) == 1, "the record itself says so, too"
    assert notices(page.desk, "action_point", office.tasks[0]) == []
    qtbot.mouseClick(page.decide_button, Qt.MouseButton.LeftButton)
    (left,) = page.decide.cards
    qtbot.mouseClick(left.cards[Pick.THEIRS], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.keep_button, Qt.MouseButton.LeftButton)
    assert page.open_card.isHidden()
    assert page.hub.read(conflicts.open_conflicts) == []
    assert page.hub.read(records.get, ActionPoint, office.tasks[1]).removed_at is not None

    answers.give("sure", False)
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    assert "undone" not in page.past.text(), "it is asked before"
    answers.give("sure", True)
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "undone" in page.past.text())
    assert not page.undo_button.hasFocus()
    assert task(page, office.tasks[0]) == "Draft the short note", "what was decided with the merge goes with it"
    assert task(page, office.tasks[2]) == "Book the room"
    assert page.hub.database.check() == []


def test_arrows_and_enter_decide_and_one_button_decides_all(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    office.part()
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path, rtl=True)
    received(page, made, answers, qtbot)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    decide = page.receive.decide
    first, second = decide.cards
    assert first.cards[Pick.MINE].hasFocus()
    qtbot.keyClick(first.cards[Pick.MINE], Qt.Key.Key_Left)  # the stick stands at the left in Arabic
    assert first.cards[Pick.THEIRS].hasFocus()
    qtbot.keyClick(first.cards[Pick.THEIRS], Qt.Key.Key_Return)
    assert first.cards[Pick.THEIRS].isChecked()
    assert second.cards[Pick.MINE].hasFocus()
    qtbot.keyClick(second.cards[Pick.MINE], Qt.Key.Key_Return)
    assert page.receive.next_button.hasFocus()
    assert {one.pick for one in decide.answers()} == {Pick.MINE, Pick.THEIRS}
    qtbot.mouseClick(page.receive.mine_for_all, Qt.MouseButton.LeftButton)
    assert [one.pick for one in decide.answers()] == [Pick.MINE, Pick.MINE]
    qtbot.mouseClick(first.later, Qt.MouseButton.LeftButton)
    assert len(decide.answers()) == 1
    press(qtbot, page.receive, page.tr_("Back"))
    press(qtbot, page.receive, page.tr_("Back"))
    assert page.receive.views.currentIndex() == CHOOSE
    assert task(page, office.tasks[0]) == "Draft the short note"


def test_a_value_of_ones_own_is_typed_into_the_field_of_its_kind_and_written_with_the_merge(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    office.edit(office.theirs, "Luis Pereira", 0, due=date(2026, 12, 8), task_en="Draft the long note")
    office.edit(office.mine, "Amina Haddad", 0, due=date(2026, 12, 1), task_en="Draft the short note")
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    received(page, made, answers, qtbot)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    decide = page.receive.decide
    cards = {card.told.conflict.field: card for card in decide.cards}

    edit = cards["due"].cards[EDIT]
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Space)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    own = cards["due"].own
    assert own is not None
    line = own.field.input.focusProxy()
    qtbot.waitUntil(line.hasFocus)
    line.selectAll()
    qtbot.keyClicks(line, "some day")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert own.field.problem_line.isVisible(), "what cannot be read is no answer"
    assert decide.answers() == []
    line.selectAll()
    qtbot.keyClicks(line, "2026-12-24")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert [(one.conflict.field, one.value) for one in decide.answers()] == [("due", "2026-12-24")]

    other = cards["task_en"]
    qtbot.mouseClick(other.cards[Pick.THEIRS], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(other.cards[EDIT], Qt.MouseButton.LeftButton)
    assert other.own is not None
    words = other.own.field.input.toPlainText()
    other.own.field.input.clear()
    qtbot.keyClick(other.own.field.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert other.own.field.problem_line.text() == "Say what is to be done.", "the rules are those of any edit"
    assert [one.conflict.field for one in decide.answers()] == ["due"]
    other.own.field.input.setPlainText(words)
    qtbot.keyClick(other.own.field.input, Qt.Key.Key_End)
    qtbot.keyClicks(other.own.field.input, ", signed")
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    found = page.hub.read(records.get, ActionPoint, office.tasks[0])
    assert found.due == date(2026, 12, 24)
    assert found.task_en.endswith(" note, signed")
    assert page.hub.read(conflicts.open_conflicts) == []
    press(qtbot, page.receive.done, "Undo this merge")
    qtbot.waitUntil(lambda: "undone" in page.bar.message())
    found = page.hub.read(records.get, ActionPoint, office.tasks[0])
    assert (found.due, found.task_en) == (date(2026, 12, 1), "Draft the short note")


@pytest.mark.parametrize("rtl", [False, True], ids=["en", "ar"])
def test_each_step_with_a_stick_can_be_heard_hit_and_reached(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path, rtl: bool
) -> None:
    office.part()
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path, rtl=rtl)
    findings, strays = Findings(), Strays()

    def look(place: str) -> None:
        begun = page.focusWidget()
        assert begun is not None, place
        Walk(page, begun, findings).look(place)

    page.prepare_door.button.setFocus()
    look("doors")
    qtbot.mouseClick(page.prepare_door.button, Qt.MouseButton.LeftButton)
    look("prepare")
    page.show_doors()
    received(page, made, answers, qtbot)
    look("compare")
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    look("decide")
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    look("done")
    assert findings == Findings()
    assert strays.met == []


def test_hundreds_of_conflicts_are_decided_with_the_keyboard_alone(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    number = AT_ONCE + 5
    for path, officer in ((office.mine, "Amina Haddad"), (office.theirs, "Luis Pereira")):
        with Database(path, officer) as database, database.write("Edit") as session:
            network = records.all_of(session, Network)[0]
            for key in range(number):
                known = session.get(ActionPoint, UUID(int=key + 1))
                if known is None:
                    records.create(
                        session, ActionPoint, id=UUID(int=key + 1), network_id=network.id, task_en=f"By {officer} {key}"
                    )
        Device.forget(database.id)
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    received(page, made, answers, qtbot)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    decide = page.receive.decide
    qtbot.keyClick(decide.cards[0].cards[Pick.MINE], Qt.Key.Key_PageDown)
    assert decide.answers() == [], "passed is not answered"
    for place in range(1, number):
        card = decide.cards[place % AT_ONCE]
        qtbot.waitUntil(partial(has_the_keyboard, page, card.cards[Pick.MINE]))
        if place % 2:
            qtbot.keyClick(card.cards[Pick.MINE], Qt.Key.Key_Right)
            qtbot.keyClick(card.cards[Pick.THEIRS], Qt.Key.Key_Return)
        else:
            qtbot.keyClick(card.cards[Pick.MINE], Qt.Key.Key_Return)
        if place == AT_ONCE - 1:
            qtbot.waitUntil(lambda: len(decide.cards) == number - AT_ONCE)
    assert has_the_keyboard(page, page.receive.next_button)
    assert len(decide.answers()) == number - 1
    assert {one.pick for one in decide.answers()} == {Pick.MINE, Pick.THEIRS}
    page.receive.leave()


def test_a_stranger_s_package_waits_until_the_words_were_compared_and_is_known_then(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path, home: Path
) -> None:
    office.edit(office.theirs, "Luis Pereira", 2, task_en="Book the large room")
    theirs = office.pages(make_desk, office.theirs, qtbot)
    made = prepared(theirs, tmp_path / "stick", answers, qtbot)
    theirs.hub.close()
    theirs.hide()
    (home / "handover" / "signing-key").unlink()  # from now on this is another computer
    Device.forget(Database(office.mine, lock=False).id)
    page = office.pages(make_desk, office.mine, qtbot)
    received(page, made, answers, qtbot)
    assert "not known" in page.receive.side.who.text()
    assert not page.receive.next_button.isEnabled()
    why = "Compare the words by phone and tick that they are the same first."
    assert reads(page.receive.side, why)
    assert page.receive.next_button.toolTip() == why
    assert has_the_keyboard(page, page.receive.side.same_words)
    qtbot.mouseClick(
        page.receive.side.same_words, Qt.MouseButton.LeftButton, pos=page.receive.side.same_words.rect().center()
    )
    page.receive.side.same_words.setChecked(True)
    assert not reads(page.receive.side, why)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    received(page, made, answers, qtbot)
    day = page.desk.language.day(page.desk.today())
    assert f"known since {day}." in page.receive.side.who.text(), "a day of the network, not of Greenwich"
    assert reads(page, "Nothing in this package is new here")
    press(qtbot, page.receive, "Choose another package")
    assert page.receive.views.currentIndex() == CHOOSE
    assert list((home / "handover" / "staging").iterdir()) == [], "nothing of it is kept on this computer"


def test_a_body_that_both_entered_is_joined_and_taken_apart_with_the_merge(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    keys = {}
    for path in (office.theirs, office.mine):
        with Database(path, "Officer") as database, database.write("Add") as session:
            keys[path] = records.create(session, Organisation, name_en="Migrant Workers' Society", country="BHR").id
        Device.forget(database.id)
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)

    def seen() -> set[UUID]:
        named = Organisation.name_en == "Migrant Workers' Society"
        return {one.id for one in page.hub.read(records.all_of, Organisation, named)}

    received(page, made, answers, qtbot)
    assert "duplicates" in page.receive.compare.groups
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    assert seen() == set(keys.values())
    assert page.focusWidget() is page.receive.done.report.findChild(QPushButton), "a key too many joins nothing"
    press(qtbot, page.receive.done, "Join them")
    assert seen() == {keys[office.mine]}
    assert page.receive.done.all_button.isHidden(), "there is one pair only"
    press(qtbot, page.receive.done, "Take apart")
    assert seen() == set(keys.values())
    press(qtbot, page.receive.done, "Join them")
    assert seen() == {keys[office.mine]}
    press(qtbot, page.receive.done, "Undo this merge")
    qtbot.waitUntil(lambda: "undone" in page.bar.message())
    assert seen() == {keys[office.mine]}
    assert page.hub.database.check() == []


def test_what_is_undecided_is_seen_on_all_that_it_is_part_of_and_counted_beside_the_place(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    with Database(office.mine, "Amina Haddad") as database, database.write("Begin") as session:
        network = records.all_of(session, Network)[0]
        meeting = records.create(session, Meeting, network_id=network.id, day=date(2026, 11, 18), title_en="Autumn")
        item = records.create(session, AgendaItem, meeting_id=meeting.id, title_en="Opening")
        seat = records.all_of(session, Membership)[0]
        person = records.create(session, Person, name_en="Amal", organisation_id=seat.organisation_id)
    office.theirs.write_bytes(office.mine.read_bytes())
    Device.forget(database.id)
    for path, officer, word in ((office.mine, "Amina Haddad", "mine"), (office.theirs, "Luis Pereira", "theirs")):
        with Database(path, officer) as database, database.write("Edit") as session:
            records.update(session, AgendaItem, item.id, title_en=word)
            records.update(session, Person, person.id, phones=word)
        Device.forget(database.id)
    page, made = sent_by_the_other(office, make_desk, answers, qtbot, tmp_path)
    received(page, made, answers, qtbot)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.receive.views.currentIndex() == DONE)
    desk = page.desk
    for entity, key in (("agenda_item", item.id), ("meeting", meeting.id), ("person", person.id)):
        assert len(notices(desk, entity, key)) == 1, entity
    assert len(notices(desk, "membership", seat.id)) == 1, "who sits in a seat is seen on the seat"
    assert notices(desk, "action_point", office.tasks[0]) == []
    badges: dict[str, int] = {}
    desk.wishes.badge.connect(badges.__setitem__)
    watch = Watch(desk, page)
    watch.start()
    qtbot.waitUntil(lambda: "handover" in badges)
    assert badges["handover"] == 2
    page.open_record(person.id, {"decide": True, "entity": "person"})
    assert [card.told.conflict.entity for card in page.decide.cards] == ["person", "agenda_item"]


def test_what_is_no_package_is_refused_on_top_of_the_page_and_changes_nothing(
    office: Office, make_desk: Callable[..., Desk], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    page = office.pages(make_desk, office.mine, qtbot)
    wrong = tmp_path / "letter.unnmx"
    wrong.write_bytes(b"Dear colleague, this is only a letter.")
    answers.give("open_file", wrong)
    qtbot.mouseClick(page.receive_door.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.receive.choice.choose, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.receive.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is not a hand-over package" in page.bar.message())
    assert page.receive.views.currentIndex() == CHOOSE
    assert page.receive.next_button.isEnabled(), "another file can be tried"


def test_a_package_is_named_by_the_hour_of_the_network(
    office: Office, make_desk: Callable[..., Desk], tmp_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    page = office.pages(make_desk, office.mine, qtbot)
    there = ZoneInfo("Pacific/Kiritimati")
    assert page.desk.network is not None
    page.desk.network = page.desk.network._replace(zone=there.key)
    before = datetime.now(there)
    made = prepared(page, tmp_path / "stick", answers, qtbot)
    assert made.name.rpartition("-")[0] in {f"unnm-BHR-{at:%Y%m%d-%H%M}" for at in (before, datetime.now(there))}
