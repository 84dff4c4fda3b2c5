"""A whole report of Word, two megabytes of it, pasted into the minutes."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests import patience
from tests.ui.meeting_pages import meeting_page
from tests.ui.walking import settle
from unnm_desktop.db.engine import Database
from unnm_desktop.progress import Progress
from unnm_desktop.services import minutes, minutes_paste
from unnm_desktop.ui import minutes_reading
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.job_line import JobLine
from unnm_desktop.ui.jobs import Jobs
from unnm_desktop.ui.meeting import MeetingPage
from unnm_desktop.ui.minutes_editor import MinutesEditor

PARAGRAPHS = 2000
STYLE = "<style>" + "p.MsoNormal{mso-style-unhide:no;mso-pagination:widow-orphan}\n" * 3000 + "</style>"
# As Word writes it: for each word of the report as many signs again that say how it looks.
NOISE = "style='font-size:11.0pt;line-height:107%;font-family:\"Calibri\",sans-serif;mso-ascii-theme-font:minor-latin'"
WORDS = ("The members", "took note of the figures for", "workers in an irregular situation", "and thanked", "the ILO.")


def report() -> str:
    lines = []
    for number in range(PARAGRAPHS):
        spans = "".join(f"<span lang=EN-GB {NOISE}>{words} <o:p></o:p></span>" for words in WORDS)
        lines.append(f"<p class=MsoNormal {NOISE}><b>{number}</b> {spans}</p>")
    return f"<html><head>{STYLE}</head><body>{''.join(lines)}</body></html>"


def test_two_megabytes_of_word_are_pasted_kept_and_written_on(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    html = report()
    assert len(html) > 2_000_000
    with meeting_page(desk, bahrain, qtbot, "minutes") as page:
        editor = page.minutes.editor
        source = QMimeData()
        source.setHtml(html)
        QApplication.clipboard().setMimeData(source)
        settle()
        qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: f"{PARAGRAPHS - 1}" in editor.toPlainText())
        settle()
        qtbot.keyClicks(editor, "Written on")
        settle()
        page.minutes.outline.setFocus()
        qtbot.keyClick(page.minutes.outline, Qt.Key.Key_Down)
        settle()
        version = page.hub.read(minutes.current_minutes, page.current())
        assert version is not None
        (entry,) = page.hub.read(minutes.entries, version.id).values()
        assert entry.text_en.count("**") == 2 * PARAGRAPHS
        assert "mso" not in entry.text_en
        assert entry.text_en.endswith("Written on")


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[MeetingPage]:
    """The minutes of a meeting, nothing written."""
    with meeting_page(desk, bahrain, qtbot, "minutes") as shown:
        yield shown


def paste_lines(editor: MinutesEditor) -> None:
    source = QMimeData()
    source.setText("\n".join(f"Line {number}" for number in range(PARAGRAPHS)))
    editor.insertFromMimeData(source)
    # Most of it is still to come.
    assert f"Line {PARAGRAPHS // 2}" not in editor.toPlainText()


def test_a_page_that_is_still_being_cleaned_is_given_up_with_cancel(
    desk: Desk, bahrain: Database, qtbot: QtBot
) -> None:
    jobs = desk.jobs = Jobs()
    line = JobLine(desk)
    qtbot.addWidget(line)
    held, cleaned = Event(), minutes_paste.from_html

    def slow(html: str, *, progress: Progress) -> minutes_paste.Pasted:
        held.wait(patience.SECONDS)
        return cleaned(html, progress=progress)

    with meeting_page(desk, bahrain, qtbot, "minutes") as page, pytest.MonkeyPatch.context() as patched:
        patched.setattr(minutes_paste, "from_html", slow)
        source = QMimeData()
        source.setHtml(report())
        page.minutes.editor.insertFromMimeData(source)
        qtbot.waitUntil(line.cancel.isVisible)
        qtbot.mouseClick(line.cancel, Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(jobs.resting):
            held.set()
        settle()
        assert page.minutes.editor.document().isEmpty()


def test_a_draft_during_a_long_paste_waits_for_nothing(page: MeetingPage) -> None:
    paste_lines(page.minutes.editor)
    page.minutes.keeping.keep_draft()
    assert f"Line {PARAGRAPHS - 1}" not in page.minutes.editor.toPlainText()


def test_keys_are_heard_while_a_long_text_comes_in_and_their_words_stand_behind_it(
    page: MeetingPage, qtbot: QtBot
) -> None:
    editor = page.minutes.editor
    paste_lines(editor)
    for letter in "Written on":
        qtbot.keyClicks(editor, letter)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: editor.document().blockCount() == PARAGRAPHS)
    whole = "\n".join(f"Line {number}" for number in range(PARAGRAPHS))
    assert editor.toPlainText() == f"{whole}Written on"


def test_one_undo_takes_a_long_paste_back(page: MeetingPage, qtbot: QtBot) -> None:
    editor = page.minutes.editor
    qtbot.keyClicks(editor, "Before")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    paste_lines(editor)
    qtbot.waitUntil(lambda: f"Line {PARAGRAPHS - 1}" in editor.toPlainText())
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Line" not in editor.toPlainText()


def test_a_long_paste_taken_back_while_it_comes_in_stays_away(page: MeetingPage, qtbot: QtBot) -> None:
    editor = page.minutes.editor
    paste_lines(editor)
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert editor.toPlainText() == ""


def test_leaving_the_item_keeps_all_of_a_long_text_that_was_coming_in(page: MeetingPage) -> None:
    paste_lines(page.minutes.editor)
    assert page.minutes.commit()
    version = page.hub.read(minutes.current_minutes, page.current())  # type: ignore[arg-type]
    assert version is not None
    (entry,) = page.hub.read(minutes.entries, version.id).values()
    assert len(entry.text_en.split("\n\n")) == PARAGRAPHS


def test_a_key_in_a_long_text_has_one_paragraph_read_again(page: MeetingPage, qtbot: QtBot) -> None:
    editor, read = page.minutes.editor, []
    paste_lines(editor)
    qtbot.waitUntil(lambda: editor.document().blockCount() == PARAGRAPHS)
    before = editor.text()

    def reading(block: QTextBlock) -> object:
        read.append(block.blockNumber())
        return piece(block)

    piece = minutes_reading._piece
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(minutes_reading, "_piece", reading)
        qtbot.keyClicks(editor, ", and on")
        page.minutes.keeping.keep_draft()
        assert page.minutes.commit()
        settle()
        assert editor.text() == f"{before}, and on"
    assert set(read) == {PARAGRAPHS - 1}


def test_a_window_that_makes_way_while_the_paste_is_cleaned_stumbles_over_nothing(desk: Desk, qtbot: QtBot) -> None:
    begun, going_on = Event(), Event()

    def slow(html: str, *, progress: Progress) -> minutes_paste.Pasted:
        begun.set()
        going_on.wait(patience.SECONDS)
        return minutes_paste.Pasted(())

    jobs = desk.jobs = Jobs()
    editor = MinutesEditor(desk)
    with pytest.MonkeyPatch.context() as patched, qtbot.waitSignal(jobs.started) as started:
        patched.setattr(minutes_paste, "from_html", slow)
        source = QMimeData()
        source.setHtml(report())
        editor.insertFromMimeData(source)
    qtbot.waitUntil(begun.is_set)
    delete(editor)
    # What is raised in its answer would fail the test.
    with qtbot.waitSignal(started.args[0].finished):
        going_on.set()
