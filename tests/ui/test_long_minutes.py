"""Minutes of thousands of paragraphs come into the editor piece by piece, and lose nothing meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.meeting_pages import meeting_page
from tests.ui.walking import settle
from unnm_desktop.db.engine import Database
from unnm_desktop.services import history, minutes
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.meeting import MeetingPage

PARAGRAPHS = 3000
# Kept in an older spelling of lists, which the editor writes in another way.
TEXT = "\n\n".join(["* An item", *(f"**Paragraph {number}** of a long text" for number in range(PARAGRAPHS))])
AS_WRITTEN = TEXT.replace("* An item", "- An item", 1)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[MeetingPage]:
    """Minutes whose second item is long; the first is shown."""
    with meeting_page(desk, bahrain, qtbot, "minutes") as shown:
        version = shown.hub.step("Begin", minutes.open_minutes, shown.current())
        sheet = shown.minutes.sheet
        assert sheet is not None
        shown.hub.step("Write", minutes.write_entry, version.id, sheet.items[1].id, text_en=TEXT)
        settle()
        yield shown


def open_long(page: MeetingPage, qtbot: QtBot) -> None:
    """Go to the long item; its beginning is there, and most is still to come."""
    page.minutes.outline.setFocus()
    qtbot.keyClick(page.minutes.outline, Qt.Key.Key_Down)
    assert 0 < page.minutes.editor.document().blockCount() < PARAGRAPHS / 2


def kept(page: MeetingPage) -> str:
    """The long item as its record has it."""
    sheet = page.minutes.sheet
    assert sheet is not None
    assert sheet.minutes is not None
    return page.hub.read(minutes.entries, sheet.minutes.id)[sheet.items[1].id].text_en


def test_it_comes_in_to_its_end_and_looking_at_it_is_no_change(page: MeetingPage, qtbot: QtBot) -> None:
    before = page.hub.read(history.last_change)
    open_long(page, qtbot)
    qtbot.waitUntil(lambda: page.minutes.editor.document().blockCount() == PARAGRAPHS + 1)
    assert not page.minutes.dirty
    assert page.minutes.editor.text() == AS_WRITTEN
    assert not page.minutes.editor.document().isUndoAvailable()
    qtbot.keyClick(page.minutes.outline, Qt.Key.Key_Up)
    assert kept(page) == TEXT
    assert page.hub.read(history.last_change) == before


def test_leaving_it_before_it_is_there_keeps_it_as_it_was(page: MeetingPage, qtbot: QtBot) -> None:
    open_long(page, qtbot)
    qtbot.keyClick(page.minutes.outline, Qt.Key.Key_Up)
    settle()
    assert page.minutes.editor.text() == ""
    assert kept(page) == TEXT


def test_what_is_typed_before_it_is_there_is_kept_with_all_of_it(page: MeetingPage, qtbot: QtBot) -> None:
    open_long(page, qtbot)
    for letter in "New ":
        qtbot.keyClick(page.minutes.editor, letter)
        QApplication.processEvents()
    assert page.minutes.commit()
    assert kept(page) == AS_WRITTEN.replace("An item", "New An item", 1)


def test_choosing_all_means_all_of_it(page: MeetingPage, qtbot: QtBot) -> None:
    open_long(page, qtbot)
    qtbot.keyClick(page.minutes.editor, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(page.minutes.editor, Qt.Key.Key_X, CONTROL)
    assert page.minutes.editor.document().isEmpty()
    qtbot.keyClick(page.minutes.editor, Qt.Key.Key_Z, CONTROL)
    assert page.minutes.editor.text() == AS_WRITTEN


def test_find_looks_through_all_of_it(page: MeetingPage, qtbot: QtBot) -> None:
    open_long(page, qtbot)
    page.minutes.open_find()
    qtbot.keyClicks(page.minutes.finder.words, str(PARAGRAPHS - 1))
    assert page.minutes.finder.count.text() == "1 here"


def test_a_word_that_stands_everywhere_is_counted_and_marked_where_it_is_seen(page: MeetingPage, qtbot: QtBot) -> None:
    open_long(page, qtbot)
    page.minutes.open_find()
    finder, editor = page.minutes.finder, page.minutes.editor
    qtbot.keyClicks(finder.words, "long")
    assert finder.count.text() == "3,000 here"
    assert 0 < len(editor.extraSelections()) < 60
    editor.verticalScrollBar().setValue(editor.verticalScrollBar().maximum())
    last = max(one.cursor.blockNumber() for one in editor.extraSelections())
    assert last == PARAGRAPHS
