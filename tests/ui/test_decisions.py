"""The register: decisions made, put to members, heard, under silence; words under the field when refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import in_dialog, press, show
from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionState, Stance
from unnm_desktop.db.engine import Database
from unnm_desktop.services import decisions, records
from unnm_desktop.ui.decisions import DecisionsPage
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.position_field import PositionField


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[DecisionsPage]:
    """The page over a network with nine members and one draft."""
    secretariat.open_in(desk, bahrain)
    desk.hub.step(
        "Propose", decisions.propose, desk.network_id, date(2026, 11, 18), text_en="Publish the data sheet",
        text_ar="نشر نشرة البيانات",
    )  # fmt: skip
    made = DecisionsPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def state_of(page: DecisionsPage, key: UUID) -> DecisionState:
    """The computed state."""
    return page.hub.read(decisions.standing, [key], now(page.desk))[key].state


def current(page: DecisionsPage) -> UUID:
    """The decision shown."""
    key = page.current()
    assert key is not None
    return key


def choose(qtbot: QtBot, page: DecisionsPage, member: str, stance: Stance) -> PositionField:
    """Choose a stance in a member's line with the keyboard."""
    field = next(one for one in page.inspector.parts.fields if isinstance(one, PositionField) and one.label == member)
    field.combo.setFocus()
    field.combo.setCurrentIndex(list(Stance).index(stance))
    field.combo.activated.emit(field.combo.currentIndex())
    return field


def test_a_decision_is_put_to_the_members_and_every_one_has_a_line(page: DecisionsPage, qtbot: QtBot) -> None:
    press(qtbot, page.inspector, "Put to the members")
    page.make_fresh()
    shown = [field.label for field in page.inspector.parts.fields if isinstance(field, PositionField)]
    assert sorted(shown) == sorted(body.short for body in secretariat.members(page.desk))
    assert state_of(page, current(page)) is DecisionState.PENDING


def test_an_objection_asks_for_its_reason_and_names_whose_it_is(page: DecisionsPage, qtbot: QtBot) -> None:
    press(qtbot, page.inspector, "Put to the members")
    page.make_fresh()
    field = choose(qtbot, page, "WHO", Stance.OBJECTS)
    assert state_of(page, current(page)) is DecisionState.PENDING
    assert field.reason.isVisible()
    qtbot.keyClicks(field.reason, "The data are late")
    qtbot.keyClick(field.reason, Qt.Key.Key_Return)
    page.make_fresh()
    assert state_of(page, current(page)) is DecisionState.NOT_ADOPTED
    row = page.table.listing.row_of(current(page))
    cells = [page.table.listing.index(row, n).data() for n in range(page.table.listing.columnCount())]
    assert "Not adopted: WHO" in cells


def test_an_objection_without_reason_is_refused_under_the_field(page: DecisionsPage, qtbot: QtBot) -> None:
    press(qtbot, page.inspector, "Put to the members")
    page.make_fresh()
    field = choose(qtbot, page, "WHO", Stance.OBJECTS)
    assert not field.commit()
    assert "reason" in field.problem_line.text()
    assert field.stance is Stance.OBJECTS


def test_all_agree_makes_it_adopted_and_the_wording_stays(page: DecisionsPage, qtbot: QtBot) -> None:
    key = current(page)
    page.hub.step("Put", decisions.put_to_members, key, date(2026, 11, 18))
    for body in secretariat.members(page.desk):
        page.hub.step("Hear", decisions.take_position, key, body.id, Stance.AGREES, now(page.desk))
    page.make_fresh()
    assert state_of(page, key) is DecisionState.ADOPTED
    assert [field.name for field in page.inspector.parts.fields].count("text_en") == 1
    assert not hasattr(page.inspector.parts.field("text_en"), "box")
    assert "votes" not in " ".join(child.text() for child in page.findChildren(QPushButton))


def test_silence_shows_its_end_before_it_starts(page: DecisionsPage, qtbot: QtBot) -> None:
    key = current(page)
    page.hub.step("Put", decisions.put_to_members, key, date(2026, 11, 18))
    page.make_fresh()
    seen: list[str] = []
    in_dialog(lambda dialog: seen.append(dialog.parts.field("until").get()))
    press(qtbot, page.inspector, "Start silence procedure")
    assert "November 2026" in seen[0]
    assert "Bahrain" in seen[0]
    page.make_fresh()
    kept = page.hub.read(records.get, Decision, key)
    assert kept.silence_until is not None
    in_dialog(lambda dialog: dialog.parts.field("silence_extension").box.setPlainText("The holiday"))
    press(qtbot, page.inspector, "Extend silence procedure")
    # The same end is no extension: nothing was written.
    assert page.hub.read(records.get, Decision, key).silence_extension == ""


def test_a_deferral_needs_its_reason_and_can_be_taken_up_again(page: DecisionsPage, qtbot: QtBot) -> None:
    key = current(page)
    said: list[str] = []

    def without(dialog: FormDialog[Any]) -> None:
        dialog.try_accept()
        said.append(dialog.parts.field("act_reason").problem_line.text())

    in_dialog(without)
    press(qtbot, page.inspector, "Defer")
    assert "reason" in said[0]
    in_dialog(lambda dialog: dialog.parts.field("act_reason").box.setPlainText("Figures are missing"))
    press(qtbot, page.inspector, "Defer")
    page.make_fresh()
    assert page.hub.read(records.get, Decision, key).act is DecisionAct.DEFERRED
    press(qtbot, page.inspector, "Take it up again")
    assert page.hub.read(records.get, Decision, key).act is DecisionAct.NONE


def test_a_new_decision_needs_words_and_keeps_what_was_typed(page: DecisionsPage, qtbot: QtBot) -> None:
    def fill(dialog: FormDialog[Any]) -> None:
        dialog.try_accept()
        assert "decided" in dialog.parts.field("text_en").problem_line.text()
        dialog.parts.field("text_ar").box.setPlainText("اعتماد خطة العمل")

    in_dialog(fill)
    page.new()
    made = page.hub.read(records.get, Decision, current(page))
    assert made.text_ar == "اعتماد خطة العمل"
    assert made.reference == "BHR/2026/D02"


def test_removing_goes_to_trash_and_comes_back(page: DecisionsPage, qtbot: QtBot, answers: Answers) -> None:
    key = current(page)
    said: list[tuple[str, Any]] = []
    page.desk.wishes.said.connect(lambda text, _action, run: said.append((text, run)))
    page.remove_selected()
    page.make_fresh()
    assert page.table.listing.count == 0
    said[-1][1]()
    page.make_fresh()
    assert page.table.listing.row_of(key) >= 0


def test_a_superseding_decision_is_found_by_typing(page: DecisionsPage, qtbot: QtBot) -> None:
    key = current(page)
    newer = page.hub.step("P", decisions.propose, page.desk.network_id, date(2026, 11, 20), text_en="Newer text")
    page.hub.step("Put", decisions.put_to_members, key, date(2026, 11, 18))
    for body in secretariat.members(page.desk):
        page.hub.step("Hear", decisions.take_position, key, body.id, Stance.AGREES, now(page.desk))
    page.make_fresh()
    page.table.select(key)
    field = page.inspector.parts.field("superseded_by_id")
    field.line.setFocus()
    qtbot.keyClicks(field.line, "Newer")
    field.commit()
    assert page.hub.read(records.get, Decision, key).superseded_by_id == newer.id


def test_the_register_reads_in_arabic(make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot) -> None:
    desk = make_desk(rtl=True, dark=True)
    secretariat.open_in(desk, bahrain)
    desk.hub.step("P", decisions.propose, desk.network_id, date(2026, 11, 18), text_en="English", text_ar="نص عربي")
    page = DecisionsPage(desk)
    qtbot.addWidget(page)
    page.show()
    row = page.table.listing.row_of(current(page))
    assert "نص عربي" in [page.table.listing.index(row, n).data() for n in range(5)]
    page.close()
