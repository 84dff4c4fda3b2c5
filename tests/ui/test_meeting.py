"""One meeting whole: its agenda, who came, its minutes kept while typed, its decisions and action points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import in_dialog, press
from tests.ui.meeting_pages import meeting_page
from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import AgendaItem, Capacity, Invitation, ItemKind, Meeting, MeetingState, Presence, Reply
from unnm_desktop.db.minutes import CommentOutcome, Minutes, MinutesState
from unnm_desktop.db.people import Person
from unnm_desktop.services import drafts, meetings, minutes, records
from unnm_desktop.ui.agenda_table import ITEM
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.lines import LinesView
from unnm_desktop.ui.meeting import TABS, MeetingPage


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[MeetingPage]:
    """The page of a regular meeting three days ago."""
    with meeting_page(desk, bahrain, qtbot, "agenda") as shown:
        yield shown


def key_of(page: MeetingPage) -> UUID:
    """The meeting shown."""
    key = page.current()
    assert key is not None
    return key


def titles(page: MeetingPage) -> list[str]:
    """The agenda as it is kept."""
    return [item.title_en for item in page.hub.read(meetings.agenda, key_of(page))]


def go(page: MeetingPage, tab: str) -> None:
    """Show a tab."""
    page.tabs.choose(TABS.index(tab))


def write(page: MeetingPage, qtbot: QtBot, text: str) -> None:
    """Type into the minutes of the first item."""
    go(page, "minutes")
    page.minutes.editor.setFocus()
    qtbot.keyClicks(page.minutes.editor, text)


def kept_text(page: MeetingPage, field: str = "text_en") -> str:
    """The text of the shown item as it is kept."""
    version = page.hub.read(minutes.current_minutes, key_of(page))
    assert page.minutes.item_id is not None
    entry = page.hub.read(minutes.entry_for, version.id, page.minutes.item_id) if version is not None else None
    return getattr(entry, field) if entry is not None else ""


def test_what_is_left_before_the_meeting_leads_to_where_it_is_done(page: MeetingPage, qtbot: QtBot) -> None:
    page.desk.wishes.went.connect(lambda _name, key, options: page.open_record(key, options))
    go(page, "details")
    links = page.details.readiness.findChildren(QToolButton)
    there = [one for one in links if "Invitations sent" in one.accessibleName()]
    qtbot.mouseClick(there[0], Qt.MouseButton.LeftButton)
    assert TABS[page.tabs.current] == "attendance"
    assert page.attendance.replies.isVisible()


def test_what_came_of_a_held_meeting_stands_beside_its_details_and_leads_there(page: MeetingPage, qtbot: QtBot) -> None:
    page.desk.wishes.went.connect(lambda _name, key, options: page.open_record(key, options))
    page.hold()
    page.make_fresh()
    go(page, "details")
    assert page.details.summary.isVisible()
    assert not page.details.readiness.isVisible()
    course = page.details.summary.findChildren(LinesView)[0]
    told = [line.text for line in course.lines]
    assert told[0].endswith("members represented")
    assert told[1:] == ["Minutes: Not begun", "No papers"]
    where = course.visualRect(course.model().index(2, 0)).center()
    qtbot.mouseClick(course.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert TABS[page.tabs.current] == "papers"


def test_a_title_without_room_takes_a_second_line(page: MeetingPage) -> None:
    title = page.header.title
    one = title.minimumHeight()
    assert "\n" not in title.shown()
    title.setMaximumWidth(title.sizeHint().width() - 20)
    QApplication.processEvents()
    first, _, second = title.shown().partition("\n")
    assert f"{first} {second}" == page.heading()
    assert title.minimumHeight() == 2 * one


# Agenda


def test_items_move_with_alt_and_arrows(page: MeetingPage, qtbot: QtBot) -> None:
    before = titles(page)
    page.agenda.table.setFocus()
    page.agenda.table.select_first()
    qtbot.keyClick(page.agenda.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(page)[:2] == [before[1], before[0]]
    qtbot.keyClick(page.agenda.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(page) == before


def test_a_row_is_dragged_to_its_place(page: MeetingPage) -> None:
    before = titles(page)
    table = page.agenda.table
    mime = QMimeData()
    mime.setData(ITEM, str(table.listing.id_at(0)).encode())
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    below = QPoint(20, table.rowViewportPosition(2) + table.rowHeight(2) - 4)
    QApplication.sendEvent(table.viewport(), QDragEnterEvent(below, move, mime, left, none))
    QApplication.sendEvent(table.viewport(), QDragMoveEvent(below, move, mime, left, none))
    QApplication.sendEvent(table.viewport(), QDropEvent(below, move, mime, left, none))
    assert titles(page)[:3] == [before[1], before[2], before[0]]
    page.hub.undo()
    assert titles(page) == before


def test_an_item_is_added_before_the_closing_ones_and_needs_a_title(page: MeetingPage, qtbot: QtBot) -> None:
    def fill(dialog: FormDialog[Any]) -> None:
        dialog.try_accept()
        assert "title" in dialog.parts.field("title_en").problem_line.text()
        dialog.parts.field("title_en").line.setText("Data sheet")

    in_dialog(fill)
    press(qtbot, page.agenda, "Add item")
    assert titles(page)[-3:-2] == ["Data sheet"]
    assert "95 of 120" in page.agenda.clock.text()


def test_too_many_minutes_are_said_in_words(page: MeetingPage, qtbot: QtBot) -> None:
    page.agenda.table.select_first()
    field = page.agenda.inspector.parts.field("minutes")
    field.line.setFocus()
    field.line.selectAll()
    field.line.setText("٩٠")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    page.make_fresh()
    assert "too many" in page.agenda.clock.text()


def test_an_item_taken_off_comes_back(page: MeetingPage, qtbot: QtBot) -> None:
    said: list[Any] = []
    page.desk.wishes.said.connect(lambda _text, _action, run: said.append(run))
    before = titles(page)
    page.agenda.table.select_first()
    qtbot.keyClick(page.agenda.table, Qt.Key.Key_Delete)
    assert titles(page) == before[1:]
    said[-1]()
    assert titles(page) == before


def test_carrying_over_needs_a_later_meeting_and_a_reason(page: MeetingPage, qtbot: QtBot) -> None:
    page.agenda.table.select_first()
    press(qtbot, page.agenda.inspector, "Carry over to a later meeting")
    assert "no later meeting" in page.bar.message()
    later = secretariat.plan(page.desk, date(2026, 12, 16))

    def fill(dialog: FormDialog[Any]) -> None:
        dialog.try_accept()
        assert "why" in dialog.parts.field("carried_reason").problem_line.text()
        dialog.parts.field("carried_reason").box.setPlainText("No time")

    in_dialog(fill)
    page.agenda.carry_on()
    carried = [one for one in page.hub.read(meetings.agenda, later.id) if one.carried_from_id is not None]
    assert [one.carried_reason for one in carried] == ["No time"]
    assert len(titles(page)) == 7


# From planned to closed


def test_the_header_leads_from_agenda_to_closed(page: MeetingPage, qtbot: QtBot) -> None:
    add = {"title_en": "Data sheet", "kind": ItemKind.DECISION}
    page.hub.step("Add", meetings.add_item, key_of(page), **add)
    page.make_fresh()
    press(qtbot, page.header, "Circulate the agenda")
    page.make_fresh()
    kept = page.hub.read(records.get, Meeting, key_of(page))
    assert (kept.state, kept.numbers_frozen) == (MeetingState.INVITED, True)
    press(qtbot, page.header, "Mark as held")
    page.make_fresh()
    write(page, qtbot, "Members adopted the agenda.")
    said: list[str] = []
    in_dialog(lambda dialog: said.extend(one.text() for one in dialog.findChildren(QLabel)))
    press(qtbot, page.header, "Circulate the minutes")
    silent = len(page.hub.read(meetings.agenda, key_of(page))) - 1
    assert f"Nothing is written under {silent} items." in said
    page.make_fresh()
    assert page.minutes.editor.isReadOnly()
    press(qtbot, page.header, "Close the meeting")
    assert "without one" in page.bar.message()
    press(qtbot, page.bar, "Close the meeting")
    assert page.hub.read(records.get, Meeting, key_of(page)).state is MeetingState.CLOSED


def test_until_the_day_of_a_meeting_its_button_leads_to_the_replies_then_to_the_minutes(
    desk: Desk, bahrain: Database, qtbot: QtBot
) -> None:
    secretariat.open_in(desk, bahrain)
    made = secretariat.plan(desk, date(2026, 12, 16))
    page = MeetingPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open_record(made.id, {})
    press(qtbot, page.header, "Circulate the agenda")
    page.make_fresh()
    press(qtbot, page.header, "Note the replies")
    assert page.attendance.replies.isVisible()
    for _ in page.hub.read(meetings.invited, made.id):
        qtbot.keyClick(page.attendance.replies, "1")
        qtbot.keyClick(page.attendance.replies, Qt.Key.Key_Down)
    page.make_fresh()
    press(qtbot, page.header, "Prepare the minutes")
    assert page.minutes.editor.isVisible()
    page.close()


def test_preview_asks_for_the_paper(page: MeetingPage, qtbot: QtBot) -> None:
    went: list[Any] = []
    page.desk.wishes.went.connect(lambda name, _key, options: went.append((name, options)))
    press(qtbot, page.header, "Preview agenda")
    assert went == [("reports", {"kind": "agenda", "meeting": "BHR/2026/M01"})]


# Attendance


def seat(page: MeetingPage, row: int) -> Any:
    """A seat of the grid as it is kept."""
    return page.hub.read(meetings.attendance_grid, key_of(page))[row]


def test_one_key_records_each_state(page: MeetingPage, qtbot: QtBot, answers: Answers) -> None:
    go(page, "attendance")
    grid = page.attendance.seats
    grid.setFocus()
    grid.select(seat(page, 0).organisation.id)
    qtbot.keyClick(grid, "1")
    assert seat(page, 0).person.name_en == "Amina Haddad"
    qtbot.keyClick(grid, "2")
    assert seat(page, 0).attendance.capacity is Capacity.ALTERNATE
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, "4")
    assert seat(page, 1).attendance.presence is Presence.APOLOGIES
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    answers.give("text", "Sara Lindh")
    qtbot.keyClick(grid, "3")
    assert seat(page, 2).attendance.person_name == "Sara Lindh"
    assert "2 of 9" in page.attendance.counter.text()
    qtbot.keyClick(grid, "5")
    assert seat(page, 2).attendance.presence is Presence.ABSENT
    assert "1 of 9" in page.attendance.counter.text()
    shown = page.attendance.replies.model()
    people = {shown.index(row, 1).data() for row in range(shown.rowCount())}
    assert any(people), "nobody of the seats is named"


def test_a_seat_without_focal_point_says_what_to_do(page: MeetingPage, qtbot: QtBot) -> None:
    go(page, "attendance")
    page.attendance.seats.select(seat(page, 5).organisation.id)
    qtbot.keyClick(page.attendance.seats, "1")
    assert "no focal point" in page.bar.message()
    assert seat(page, 5).attendance is None


def test_replies_are_noted_by_key_before_the_meeting(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    made = secretariat.plan(desk, date(2026, 12, 16))
    page = MeetingPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open_record(made.id, {"tab": "attendance"})
    replies = page.attendance.replies
    assert replies.isVisible()
    qtbot.keyClick(replies, "1")
    first = page.hub.read(meetings.invited, made.id)[0]
    assert first.invitation.reply is Reply.YES
    assert "1 of 9" in page.attendance.counter.text()
    press(qtbot, page.attendance, "Note as sent today")
    assert page.hub.read(records.get, Meeting, made.id).state is MeetingState.INVITED
    page.make_fresh()
    press(qtbot, page.attendance, "Remind 8 members")
    assert len(page.hub.read(records.all_of, Dispatch, Dispatch.kind == DispatchKind.REMINDER)) == 8
    page.close()


def test_what_is_noted_as_sent_is_said_to_be_the_officers_to_send(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    made = secretariat.plan(desk, date(2026, 12, 16))
    asked = desk.hub.read(meetings.invited, made.id)[0].organisation
    speaks = desk.hub.step("New", records.create, Person, name_en="Mona Adel", emails="mona@example.org")
    page = MeetingPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open_record(made.id, {"tab": "attendance"})
    first = desk.hub.read(meetings.invited, made.id)[0].invitation
    desk.hub.step("Name", records.update, Invitation, first.id, person_id=speaks.id)
    page.circulate_agenda()
    assert "The program sends no mail." in page.bar.message()
    said: list[str] = []
    desk.wishes.said.connect(lambda text, *_: said.append(text))
    QApplication.clipboard().clear()
    press(qtbot, page.bar, "Copy the addresses")
    assert "mona@example.org" in QApplication.clipboard().text().split("; ")
    assert "copied" in said[-1]
    assert asked.short not in said[-1]
    page.close()


def add_guest(page: MeetingPage, qtbot: QtBot) -> None:
    """Record a guest from outside."""
    go(page, "attendance")

    def fill(dialog: FormDialog[Any]) -> None:
        dialog.parts.field("person_name").line.setText("Dr Salma Jaber")
        line = dialog.parts.field("organisation_id").line
        line.setText("UNESCO")
        line.offer("UNESCO")

    in_dialog(fill)
    press(qtbot, page.attendance, "Add")


def test_a_guest_is_invited_and_recorded_in_one_step(page: MeetingPage, qtbot: QtBot) -> None:
    add_guest(page, qtbot)
    found = page.hub.read(meetings.guests, key_of(page))
    assert [(one.name, one.organisation.acronym) for one in found if one.organisation] == [("Dr Salma Jaber", "UNESCO")]


def test_guests_fold_away_where_the_room_belongs_to_the_seats(page: MeetingPage, qtbot: QtBot) -> None:
    add_guest(page, qtbot)
    page.make_fresh()
    guests = page.attendance.guests_panel
    assert guests.table.isVisible()
    page.resize(1240, 480)
    qtbot.waitUntil(lambda: not guests.table.isVisible())
    assert guests.title.text() == "Guests, speakers and secretariat 1"
    qtbot.mouseClick(guests.fold, Qt.MouseButton.LeftButton)
    assert guests.table.isVisible()


# Minutes


def test_what_is_typed_reaches_the_disk_and_becomes_one_change(page: MeetingPage, qtbot: QtBot) -> None:
    write(page, qtbot, "IOM presented the sheet.")
    page.minutes.keeping.keep_draft()
    waiting = page.hub.read(drafts.waiting)
    assert [one.typed for one in waiting] == ["IOM presented the sheet."]
    assert kept_text(page) == ""
    go(page, "agenda")
    assert kept_text(page) == "IOM presented the sheet."
    assert page.hub.read(drafts.waiting) == []


def test_a_waiting_draft_is_offered_again(page: MeetingPage, bahrain: Database, qtbot: QtBot) -> None:
    version = page.hub.step("Begin", minutes.open_minutes, key_of(page))
    item = page.hub.read(meetings.agenda, key_of(page))[0]
    entry = page.hub.step("Write", minutes.write_entry, version.id, item.id, text_en="Old")
    drafts.keep(bahrain, "minutes_entry", entry.id, "text_en", "Old and new")
    page.make_fresh()
    go(page, "minutes")
    page.minutes.show_meeting(key_of(page))
    assert page.minutes.waiting.question.text().startswith("Restore what you were typing at")
    assert page.minutes.waiting.words.toPlainText() == "Old and new"
    assert page.minutes.editor.text() == "Old"
    press(qtbot, page.minutes.waiting, "Restore")
    assert kept_text(page) == "Old and new"


def test_styles_become_marks_of_the_kept_text(page: MeetingPage, qtbot: QtBot) -> None:
    write(page, qtbot, "Plain ")
    editor = page.minutes.editor
    qtbot.keyClick(editor, "b", Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, "strong")
    qtbot.keyClick(editor, "b", Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    page.minutes.tools.bullets.click()
    qtbot.keyClicks(editor, "one")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "two")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    page.minutes.tools.heading.click()
    qtbot.keyClicks(editor, "Next")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "After 1. it")
    page.minutes.commit()
    assert kept_text(page) == "Plain **strong**\n\n- one\n- two\n\n### Next\n\nAfter 1. it"


def test_pasting_keeps_words_only(page: MeetingPage, qtbot: QtBot) -> None:
    write(page, qtbot, "")
    source = QMimeData()
    source.setText("Big\x00\r\n\r\n<b>=cmd</b> \u202ereversed")
    page.minutes.editor.insertFromMimeData(source)
    page.minutes.commit()
    assert kept_text(page).startswith("Big\n\n<b>=cmd</b>")
    assert "\x00" not in kept_text(page)


def test_arabic_is_a_text_of_its_own_and_runs_from_the_right(page: MeetingPage, qtbot: QtBot) -> None:
    write(page, qtbot, "English words")
    page.minutes.languages.choose("text_ar")
    assert page.minutes.editor.text() == ""
    page.minutes.editor.setPlainText("كلمات عربية")
    page.minutes.commit()
    assert (kept_text(page), kept_text(page, "text_ar")) == ("English words", "كلمات عربية")
    block = page.minutes.editor.document().begin()
    assert block.textDirection() is Qt.LayoutDirection.RightToLeft


def test_an_empty_text_begins_at_the_side_of_its_language(page: MeetingPage, qtbot: QtBot) -> None:
    go(page, "minutes")
    editor, half = page.minutes.editor, page.minutes.editor.viewport().width() / 2
    assert editor.cursorRect().center().x() < half
    page.minutes.choose_language("text_ar")
    assert editor.cursorRect().center().x() > half
    qtbot.keyClicks(editor, "IOM")
    assert editor.cursorRect().center().x() < half
    editor.undo()
    assert editor.cursorRect().center().x() > half
    editor.insertPlainText("سلام")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.cursorRect().center().x() > half
    qtbot.keyClicks(editor, "UN")
    assert editor.cursorRect().center().x() < half
    page.minutes.choose_language("text_en")
    assert editor.cursorRect().center().x() < half


def test_a_decision_stands_in_the_text_and_in_the_register_at_once(page: MeetingPage, qtbot: QtBot) -> None:
    write(page, qtbot, "Before")
    in_dialog(lambda dialog: dialog.parts.field("text_en").box.setPlainText("Publish the sheet"))
    next(command for command in page.commands() if command.shortcuts == ("Ctrl+Shift+D",)).run()
    made = page.hub.read(records.all_of, Decision)
    assert [one.text_en for one in made] == ["Publish the sheet"]
    assert made[0].agenda_item_id == page.minutes.item_id
    assert kept_text(page) == f"Before\n\n{{{{decision {made[0].id}}}}}"
    assert kept_text(page, "text_ar") == f"{{{{decision {made[0].id}}}}}"
    qtbot.keyClicks(page.minutes.editor, "Below")
    page.minutes.commit()
    assert kept_text(page).endswith("}}\n\nBelow")
    page.make_fresh()
    go(page, "outcomes")
    assert page.outcomes.table.listing.count == 1


def test_an_action_point_has_its_responsible_and_its_day(page: MeetingPage, qtbot: QtBot) -> None:
    write(page, qtbot, "Before")

    def fill(dialog: FormDialog[Any]) -> None:
        dialog.try_accept()
        assert "to be done" in dialog.parts.field("task_en").problem_line.text()
        dialog.parts.field("task_en").box.setPlainText("Send the table")
        dialog.parts.field("due").line.setText("2026-12-15")
        line: QLineEdit = dialog.parts.field("responsible").line
        qtbot.keyClicks(line, "ILO")
        qtbot.keyClick(line, Qt.Key.Key_Return)

    in_dialog(fill)
    press(qtbot, page.minutes, "Action point")
    made = page.hub.read(records.all_of, ActionPoint)
    assert [(one.task_en, one.due) for one in made] == [("Send the table", date(2026, 12, 15))]
    view = page.minutes.editor.cards.views["action", made[0].id]
    assert view.aside == "ILO"


def test_a_card_taken_out_leaves_its_record_unless_told(page: MeetingPage, qtbot: QtBot, answers: Answers) -> None:
    write(page, qtbot, "Before")
    in_dialog(lambda dialog: dialog.parts.field("text_en").box.setPlainText("Publish"))
    page.minutes.cards.add_decision()
    editor = page.minutes.editor
    cursor = QTextCursor(editor.document())
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    answers.give("sure", False)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    page.minutes.commit()
    qtbot.waitUntil(lambda: any(name == "sure" for name, _ in answers.asked))
    assert kept_text(page) == "Before"
    assert kept_text(page, "text_ar") == ""
    assert len(page.hub.read(records.all_of, Decision)) == 1


def test_circulated_minutes_are_locked_commented_settled_adopted_sealed(page: MeetingPage, qtbot: QtBot) -> None:
    page.hub.step("Hold", meetings.hold, key_of(page), TODAY)
    page.make_fresh()
    write(page, qtbot, "Words")
    page.minutes.commit()
    in_dialog(lambda dialog: None)
    page.minutes.state.circulate()
    page.make_fresh()
    editor = page.minutes.editor
    qtbot.keyClicks(editor, "more")
    assert editor.text() == "Words"
    in_dialog(lambda dialog: dialog.parts.field("text").box.setPlainText("The date is wrong"))
    press(qtbot, page.minutes.comments, "Add comment")
    page.make_fresh()
    press(qtbot, page.minutes.state, "Comments are settled")
    assert "without an outcome" in page.bar.message()

    def not_accepted(dialog: FormDialog[Any]) -> None:
        dialog.parts.field("outcome").combo.setCurrentIndex(list(CommentOutcome).index(CommentOutcome.NOT_ACCEPTED))
        dialog.try_accept()
        assert dialog.parts.field("reason").problem_line.text()
        dialog.parts.field("reason").box.setPlainText("It is right")

    in_dialog(not_accepted)
    press(qtbot, page.minutes.comments, "Outcome")
    page.make_fresh()
    press(qtbot, page.minutes.state, "Comments are settled")
    page.make_fresh()
    later = secretariat.plan(page.desk, date(2026, 11, 20))
    in_dialog(lambda dialog: None)
    press(qtbot, page.minutes.state, "Note the adoption")
    page.make_fresh()
    press(qtbot, page.minutes.state, "Seal")
    page.make_fresh()
    sealed = page.hub.read(records.all_of, Minutes)[0]
    assert (sealed.state, sealed.adopted_at_id) == (MinutesState.SEALED, later.id)
    press(qtbot, page.minutes.state, "Write a corrigendum")
    page.make_fresh()
    assert not editor.isReadOnly()


def test_undo_of_another_hand_shows_in_the_editor(page: MeetingPage, qtbot: QtBot) -> None:
    write(page, qtbot, "Words")
    page.minutes.commit()
    assert page.hub.undo() is not None
    page.make_fresh()
    assert page.minutes.editor.text() == ""


def test_everything_that_takes_the_keyboard_has_a_name(page: MeetingPage, qtbot: QtBot) -> None:
    for tab in TABS:
        go(page, tab)
        for widget in page.findChildren(object):
            takes = getattr(widget, "focusPolicy", None)
            if takes is None or not widget.isVisible() or takes() == Qt.FocusPolicy.NoFocus:
                continue
            text = getattr(widget, "text", lambda: "")
            named = widget.accessibleName() or (text() if callable(text) else "")
            assert named or widget.focusProxy() is not None, f"{tab}: {type(widget).__name__} has no name"


def test_the_page_reads_in_arabic(make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot) -> None:
    desk = make_desk(rtl=True, dark=True)
    secretariat.open_in(desk, bahrain)
    made = secretariat.plan(desk)
    page = MeetingPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open_record(made.id, {})
    assert page.header.title.text() == "الاجتماع العادي الأول"
    assert page.minutes.field == "text_ar"
    first = page.agenda.table.listing
    assert first.index(0, 1).data() == "إقرار جدول الأعمال"
    assert page.hub.read(records.all_of, AgendaItem)
    page.close()
