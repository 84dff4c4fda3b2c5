"""Action points: made, given away, reminded of, done with Space and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui import secretariat
from tests.ui.hands import in_dialog, press, show
from unnm_desktop.db.actions import ActionPoint, ActionStatus, NoteKind
from unnm_desktop.db.engine import Database
from unnm_desktop.db.people import Person
from unnm_desktop.services import actions, bulk, organisations, records
from unnm_desktop.ui.actions import ActionsPage
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.jobs import Job, Jobs
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.record_field import RecordField, RecordsField


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[ActionsPage]:
    """One promise of the ILO that is late, and one for next month."""
    secretariat.open_in(desk, bahrain)
    ilo = desk.hub.read(organisations.find, "ILO")
    assert ilo is not None
    for task, due in (("Send the data sheet", date(2026, 11, 10)), ("Plan the training", date(2026, 12, 20))):
        desk.hub.step(
            "Promise", actions.create_action, desk.network_id, date(2026, 11, 1), task_en=task, due=due,
            responsible=[(ilo.id, None)],
        )  # fmt: skip
    made = ActionsPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def current(page: ActionsPage) -> UUID:
    """The action point shown."""
    key = page.current()
    assert key is not None
    return key


def read(page: ActionsPage, key: UUID) -> ActionPoint:
    """The record as it is kept."""
    return page.hub.read(records.get, ActionPoint, key)


def run(page: ActionsPage, name: str) -> None:
    """What the key of a command does."""
    command = next(one for one in page.commands() if one.id == name)
    assert command.enabled()
    command.run()


def test_the_page_begins_with_the_open_ones_the_late_first(page: ActionsPage) -> None:
    assert page.chips.current == "open"
    assert read(page, current(page)).task_en == "Send the data sheet"
    assert [title for _, title in page.table.listing.heads] == ["Overdue", "Later"]
    assert page.subline() == "2 open · 1 overdue"


def test_the_keyboard_stays_with_the_deeds_of_the_record(page: ActionsPage, qtbot: QtBot) -> None:
    press(qtbot, page.inspector, "Begin")
    page.make_fresh()
    assert read(page, current(page)).status is ActionStatus.IN_PROGRESS
    now = page.window().focusWidget()
    assert isinstance(now, QPushButton)
    assert page.inspector.isAncestorOf(now)


def test_the_key_for_done_is_space_and_undo_opens_it_again(page: ActionsPage) -> None:
    key = current(page)
    done = next(one for one in page.commands() if one.id == "done")
    assert done.shortcuts == ("Space",)
    run(page, "done")
    assert read(page, key).status is ActionStatus.DONE
    assert read(page, key).done_on == page.desk.today()
    entry = page.hub.newest()
    assert entry is not None
    page.hub.take_back(entry)
    assert read(page, key).status is ActionStatus.OPEN


def test_a_new_one_is_asked_for_its_task_and_shown(page: ActionsPage, qtbot: QtBot) -> None:
    words: list[str] = []

    def fill(dialog: FormDialog[object]) -> None:
        dialog.try_accept()
        words.append(dialog.parts.field("task_en").problem_line.text())
        box = dialog.parts.field("task_en").findChild(QPlainTextEdit)
        assert box is not None
        qtbot.keyClicks(box, "Invite the ministries")

    in_dialog(fill)
    page.new()
    assert words == ["Say what is to be done."]
    made = read(page, current(page))
    assert made.task_en == "Invite the ministries"
    assert made.reference == "BHR/2026/A03"


def test_a_new_one_noted_with_ctrl_and_enter_is_the_one_that_is_shown(page: ActionsPage, qtbot: QtBot) -> None:
    def fill(dialog: FormDialog[object]) -> None:
        box = dialog.parts.field("task_en").findChild(QPlainTextEdit)
        assert box is not None
        qtbot.keyClicks(box, "Invite the ministries")
        # To the window, as the system does it: so Qt knows that Ctrl is held.
        qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    in_dialog(fill)
    page.new()
    assert read(page, current(page)).task_en == "Invite the ministries"
    assert page.table.selected_ids() == [current(page)]
    assert page.inspector.parts.field("task_en").get() == "Invite the ministries"


def test_a_reminder_is_noted_with_its_day(page: ActionsPage, qtbot: QtBot) -> None:
    key = current(page)
    press(qtbot, page.inspector, "Note a reminder")
    (note,) = page.hub.read(actions.notes, key)
    assert (note.kind, note.noted_on) == (NoteKind.REMINDER, page.desk.today())


def test_dropping_asks_why_and_keeps_the_reason(page: ActionsPage, qtbot: QtBot) -> None:
    key = current(page)

    def why(dialog: FormDialog[object]) -> None:
        box = dialog.parts.field("dropped_reason").findChild(QPlainTextEdit)
        assert box is not None
        qtbot.keyClicks(box, "No longer asked for")

    in_dialog(why)
    press(qtbot, page.inspector, "Drop")
    assert read(page, key).status is ActionStatus.DROPPED
    assert read(page, key).dropped_reason == "No longer asked for"
    page.make_fresh()
    # It left the list of the open ones: the keyboard is in the list again.
    assert page.window().focusWidget() is page.table


def test_it_is_given_to_another_body_and_to_a_person_of_it(page: ActionsPage, qtbot: QtBot) -> None:
    key = current(page)
    iom = page.hub.read(organisations.find, "IOM")
    assert iom is not None
    person = page.hub.step("New", records.create, Person, name_en="Salma Karim", organisation_id=iom.id)
    field = page.inspector.parts.field("responsible")
    assert isinstance(field, RecordsField)
    field.line.setFocus()
    qtbot.keyClicks(field.line, "IOM")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    page.make_fresh()
    who = page.inspector.parts.field(f"person:{iom.id}")
    assert isinstance(who, RecordField)
    who.line.setFocus()
    qtbot.keyClicks(who.line, "Salma Karim")
    assert who.commit()
    told = page.hub.read(actions.responsible_of, [key])[key]
    assert [(body.acronym, one.id if one else None) for body, one in told] == [("ILO", None), ("IOM", person.id)]


def test_a_day_nobody_understands_stays_with_words_under_it(page: ActionsPage, qtbot: QtBot) -> None:
    field = page.inspector.parts.field("due")
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "when ready")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert field.problem_line.isVisible()
    assert line.text() == "when ready"
    assert read(page, current(page)).due == date(2026, 11, 10)


def test_removal_is_taken_back(page: ActionsPage) -> None:
    key = current(page)
    page.remove_selected()
    page.make_fresh()
    assert page.table.listing.count == 1
    entry = page.hub.newest()
    assert entry is not None
    page.hub.take_back(entry)
    page.make_fresh()
    assert page.table.select(key)


def test_space_in_the_window_marks_it_done(page: ActionsPage, qtbot: QtBot) -> None:
    desk, key = page.desk, current(page)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.take_pages((ActionsPage,))
    window.show_workspace(desk.networks, desk.network)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go("actions")
    shown = window.current
    assert isinstance(shown, ActionsPage)
    shown.table.setFocus()
    qtbot.keyClick(shown.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: read(page, key).status is ActionStatus.DONE)
    window.close()


# Many at once --------------------------------------------------------------------------------------------------------


def select_all(page: ActionsPage, qtbot: QtBot) -> list[UUID]:
    """Ctrl+A; the panel follows."""
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.selection.ids) == 2)
    return list(page.selection.ids)


def take_back(page: ActionsPage) -> None:
    entry = page.hub.newest()
    assert entry is not None
    page.hub.take_back(entry)


def test_what_is_done_leaves_the_list_and_gives_the_keyboard_back_to_it(page: ActionsPage, qtbot: QtBot) -> None:
    first = current(page)
    press(qtbot, page.inspector, "Mark as done")
    qtbot.waitUntil(lambda: page.current() != first)
    assert page.table.hasFocus()


def test_several_are_done_as_one_step_and_undone_as_one(page: ActionsPage, qtbot: QtBot) -> None:
    keys = select_all(page, qtbot)
    press(qtbot, page.inspector, "Mark as done")
    assert {read(page, key).status for key in keys} == {ActionStatus.DONE}
    take_back(page)
    assert {read(page, key).status for key in keys} == {ActionStatus.OPEN}


def test_space_marks_all_selected_as_done(page: ActionsPage, qtbot: QtBot) -> None:
    keys = select_all(page, qtbot)
    run(page, "done")
    assert {read(page, key).status for key in keys} == {ActionStatus.DONE}


def test_several_get_another_day_and_other_owners(page: ActionsPage, qtbot: QtBot) -> None:
    keys = select_all(page, qtbot)

    def later(dialog: FormDialog[object]) -> None:
        line = dialog.parts.field("due").findChild(QLineEdit)
        assert line is not None
        line.setText("2027-01-31")

    in_dialog(later)
    press(qtbot, page.inspector, "Move the date")
    assert {read(page, key).due for key in keys} == {date(2027, 1, 31)}

    def to_iom(dialog: FormDialog[object]) -> None:
        field = dialog.parts.field("responsible")
        assert isinstance(field, RecordsField)
        qtbot.keyClicks(field.line, "IOM")
        qtbot.keyClick(field.line, Qt.Key.Key_Return)

    select_all(page, qtbot)
    in_dialog(to_iom)
    press(qtbot, page.inspector, "Give to others")
    told = page.hub.read(actions.responsible_of, keys)
    assert {tuple(body.acronym for body, _ in told[key]) for key in keys} == {("IOM",)}


def test_several_are_moved_by_a_week_keep_their_distances_and_return_with_one_undo(
    page: ActionsPage, qtbot: QtBot
) -> None:
    keys = select_all(page, qtbot)
    before = [date(2026, 12, 1), date(2026, 12, 4)]
    for key, due in zip(keys, before, strict=True):
        page.hub.step("Set", actions.move_date, key, due)
    in_dialog(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    keys = select_all(page, qtbot)
    press(qtbot, page.inspector, "Move the date")
    assert sorted(read(page, key).due for key in keys) == [date(2026, 12, 8), date(2026, 12, 11)]
    take_back(page)
    assert sorted(read(page, key).due for key in keys) == before


def test_reminders_name_whom_they_went_to(page: ActionsPage, qtbot: QtBot) -> None:
    keys = select_all(page, qtbot)
    press(qtbot, page.inspector, "Note reminders")
    for key in keys:
        (note,) = page.hub.read(actions.notes, key)
        assert (note.kind, note.text) == (NoteKind.REMINDER, "ILO")


def test_those_that_refuse_stay_and_are_counted(page: ActionsPage, qtbot: QtBot) -> None:
    key = current(page)
    page.hub.step("Done", actions.mark_done, key, page.desk.today())
    page.chips.choose("")
    keys = select_all(page, qtbot)

    def why(dialog: FormDialog[object]) -> None:
        box = dialog.parts.field("dropped_reason").findChild(QPlainTextEdit)
        assert box is not None
        qtbot.keyClicks(box, "Taken over by the RCO")

    in_dialog(why)
    press(qtbot, page.inspector, "Drop")
    assert [read(page, one).status for one in keys if one != key] == [ActionStatus.DROPPED]
    assert read(page, key).status is ActionStatus.DONE
    assert "1 record" in page.bar.message()


def test_several_are_removed_as_one_step(page: ActionsPage, qtbot: QtBot) -> None:
    select_all(page, qtbot)
    page.remove_selected()
    page.make_fresh()
    assert page.table.listing.count == 0
    take_back(page)
    page.make_fresh()
    assert page.table.listing.count == 2


def test_the_panel_shows_the_record_again_when_one_is_left(page: ActionsPage, qtbot: QtBot) -> None:
    select_all(page, qtbot)
    assert not page.inspector.parts.fields
    page.table.select(current(page))
    qtbot.waitUntil(lambda: bool(page.inspector.parts.fields))


def test_rows_are_copied_as_text_that_no_spreadsheet_takes_for_a_formula(page: ActionsPage, qtbot: QtBot) -> None:
    page.hub.step("Odd", records.update, ActionPoint, current(page), task_en='=HYPERLINK("x")')
    page.make_fresh()
    select_all(page, qtbot)
    run(page, "copy")
    heads, first, second = QGuiApplication.clipboard().text().split("\n")
    assert heads.split("\t")[0] == "Task"
    assert first.split("\t")[0] == '\'=HYPERLINK("x")'
    assert second.split("\t")[0] == "Plan the training"


def test_two_thousand_are_done_off_the_screens_thread_and_can_be_stopped(
    page: ActionsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    going_on, at_once = Event(), bulk.to_each

    def waiting(*args: Any) -> Any:
        going_on.wait(patience.SECONDS)
        return at_once(*args)

    monkeypatch.setattr(bulk, "to_each", waiting)
    ilo = page.hub.read(organisations.find, "ILO")
    assert ilo is not None
    made = page.hub.step(
        "Many", records.create_many, ActionPoint,
        [{"network_id": page.desk.network_id, "task_en": f"Task {n}", "due": date(2027, 1, 1)} for n in range(2000)],
    )  # fmt: skip
    page.make_fresh()
    page.desk.jobs = Jobs(page)
    jobs: list[Job] = []
    page.desk.jobs.started.connect(jobs.append)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.selection.ids) == 2002)
    press(qtbot, page.inspector, "Mark as done")
    assert jobs[-1].text == "Mark as done"
    assert not page.views.isEnabled()
    jobs[-1].cancel()
    going_on.set()
    qtbot.waitUntil(lambda: page.bar.message() == "Stopped. Nothing was changed.")
    assert read(page, made[0]).status is ActionStatus.OPEN
    assert page.table.selected_count() == 2002
    run(page, "done")
    qtbot.waitUntil(lambda: page.views.isEnabled())
    assert read(page, made[-1]).status is ActionStatus.DONE
    page.make_fresh()
    assert page.table.listing.count == 0
    take_back(page)
    page.make_fresh()
    qtbot.waitUntil(lambda: page.table.listing.count == 2002)
    page.desk.jobs.cancel_all()


def test_all_of_them_end_with_what_is_finished(page: ActionsPage) -> None:
    page.hub.step("Done", actions.mark_done, current(page), page.desk.today())
    page.chips.choose("")
    assert [title for _, title in page.table.listing.heads] == ["Later", "Finished"]
    page.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert page.table.listing.heads == []
