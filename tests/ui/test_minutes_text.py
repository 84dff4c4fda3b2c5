"""The text of minutes: what is typed and pasted, kept as it is meant, there and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.hands import in_dialog, press
from tests.ui.meeting_pages import meeting_page
from tests.ui.test_minutes_kept import type_words
from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.engine import Database
from unnm_desktop.services import minutes, minutes_text, records
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.meeting import MeetingPage
from unnm_desktop.ui.minutes_document import Shapes
from unnm_desktop.ui.minutes_editor import MinutesEditor
from unnm_desktop.ui.minutes_insert import filling
from unnm_desktop.ui.minutes_reading import text_of
from unnm_desktop.ui.theme import Look

ID = UUID(int=7)
# The signs that mean something to Markdown, and words of both scripts.
PIECES = st.lists(
    st.sampled_from(
        ["a", "IOM", "العضو", " ", "  ", "\n", "\n\n", "*", "**", "_", "__", "#", "# ", "- ", "+ ", "1. ", "3.", "2) ",
         "> ", "|", "|---|", "[", "]", "(", ")", "[x](https://a.org)", "\\", "\\*", "`", "{{", "}}", "!", "~", "•",
         f"\n\n{minutes_text.reference_line('decision', ID)}\n\n", "| a | b |\n|---|---|\n| c | d |\n", "\u200f"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


def fill(document: QTextDocument, text: str) -> None:
    """Show this text to its end."""
    for _ in filling(QTextCursor(document), text, Shapes(Look(dark=False, text_size=100, rtl=False))):
        pass


def again(text: str) -> str:
    """The text shown in the editor and read back."""
    document = QTextDocument()
    fill(document, text)
    return text_of(document)


def words_of(text: str) -> list[str]:
    """The words of a text without the marks of its lists, which an empty item has alone."""
    found = minutes_text.to_text(minutes_text.parse(text)).split()
    return [word for word in found if word != "•" and not (word[:-1].isdecimal() and word.endswith("."))]


@given(PIECES)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_shown_and_read_back_is_stable(qapp: QApplication, text: str) -> None:
    once = again(text)
    assert again(once) == once
    assert minutes_text.references(once) == minutes_text.references(text)
    assert words_of(once) == words_of(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=60))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_typed_signs_stay_what_they_are(qapp: QApplication, typed: str) -> None:
    document = QTextDocument()
    fill(document, "")
    QTextCursor(document).insertText(typed)
    blocks = minutes_text.parse(text_of(document))
    assert "".join(minutes_text.to_text(blocks).split()) == "".join(typed.split())
    assert all(isinstance(block, minutes_text.Paragraph) for block in blocks)


def test_a_list_of_a_thousand_items_keeps_its_numbers(qapp: QApplication) -> None:
    text = "\n".join(f"{number}. Item" for number in range(1, 1001))
    assert again(text) == text


EDITS = st.lists(st.tuples(st.sampled_from(["type", "paste", "cut", "bold", "heading", "list", "quote", "table", "undo",
                                            "redo", "turn"]), st.integers(0, 99), st.integers(0, 99), PIECES),
                 min_size=1, max_size=12)  # fmt: skip


def edit(editor: MinutesEditor, deed: str, start: int, end: int, words: str) -> None:
    """One thing an officer does to a text, at any place of it."""
    cursor, last = editor.textCursor(), editor.document().characterCount() - 1
    cursor.setPosition(start * last // 99)
    if deed in ("cut", "bold", "list"):
        cursor.setPosition(end * last // 99, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    deeds: dict[str, Callable[[], object]] = {
        "type": lambda: cursor.insertText(words),
        "paste": lambda: editor.insert_blocks(minutes_text.parse(words)),
        "cut": cursor.removeSelectedText,
        "bold": editor.toggle_bold,
        "heading": editor.toggle_heading,
        "list": lambda: editor.toggle_list(ordered=end % 2 == 0),
        "quote": editor.toggle_quote,
        "table": editor.add_table,
        "undo": editor.undo,
        "redo": editor.redo,
        "turn": editor.toggle_direction,
    }
    deeds[deed]()


@given(PIECES, EDITS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_read_along_is_what_stands_there(desk: Desk, text: str, edits: list[tuple[str, int, int, str]]) -> None:
    editor = MinutesEditor(desk)
    editor.show_text(text, {})
    for one in edits:
        edit(editor, *one)
        assert editor.text() == text_of(editor.document())


@pytest.mark.parametrize(
    "typed", ["Since 2019. 3. quarter", "snake_case and 5_000", "A + B - C", "Total: 3.", "C# 1.5%"]
)
def test_no_noise_is_kept(qapp: QApplication, typed: str) -> None:
    document = QTextDocument()
    fill(document, "")
    QTextCursor(document).insertText(typed)
    assert text_of(document) == typed


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[MeetingPage]:
    """The minutes of a meeting, nothing written."""
    with meeting_page(desk, bahrain, qtbot, "minutes") as shown:
        yield shown


def paste(page: MeetingPage, html: str = "", text: str = "") -> str:
    """Paste and give the whole text."""
    source = QMimeData()
    if html:
        source.setHtml(html)
    source.setText(text)
    page.minutes.editor.insertFromMimeData(source)
    return page.minutes.editor.text()


WORD = """<html><head><style>p{mso-style:1}</style><!--[if gte mso 9]><xml><w:X/></xml><![endif]--></head><body>
<h1 style='color:red'>Data sheet<o:p></o:p></h1>
<p class=MsoNormal><span style='font-family:Arial'>The Network <b style='mso-bidi-font-weight:normal'>agreed</b> on
<i>three</i> <a href="https://example.org/x">figures</a> &amp; <a href="javascript:evil()">no more</a>.</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>·&nbsp;</span><![endif]>First</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span>·&nbsp;</span><![endif]>Below</p>
<table><tr><td><p>Name</p></td><td colspan=2><p>Due</p><p>date</p></td></tr>
<tr><td>ILO</td><td>15 Dec</td><td>x|y</td></tr></table>
<script>evil()</script><p><img src="x.png"></p></body></html>"""


def test_a_page_of_word_comes_in_cleaned(page: MeetingPage) -> None:
    text = paste(page, WORD)
    assert text == (
        "### Data sheet\n\nThe Network **agreed** on *three* [figures](https://example.org/x) & no more.\n\n"
        "- First\n  - Below\n\n| Name | Due date |  |\n|---|---|---|\n| ILO | 15 Dec | x\\|y |"
    )
    assert "Pictures stay out" in page.minutes.notice.message()
    page.minutes.editor.undo()
    assert page.minutes.editor.text() == ""
    as_comments = WORD.replace("<![if !supportLists]>", "<!--[if !supportLists]-->")
    assert paste(page, as_comments.replace("<![endif]>First", "<!--[endif]-->First")) == text


def test_words_join_the_words_around_them_and_blocks_stand_between(page: MeetingPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.minutes.editor, "AB")
    page.minutes.editor.moveCursor(QTextCursor.MoveOperation.Left)
    assert paste(page, "<p>one <b>two</b></p>") == "Aone **two**B"
    assert paste(page, "<ul><li>x<li>y</ul>") == "Aone **two**\n\n- x\n- y\n\nB"


def test_a_picture_alone_is_refused_with_words(page: MeetingPage) -> None:
    source = QMimeData()
    source.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    page.minutes.editor.insertFromMimeData(source)
    assert "Pictures stay out" in page.minutes.notice.message()


def test_files_never_come_in_as_their_paths(page: MeetingPage, tmp_path: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.unnm"))])
    files.setText(str(tmp_path / "other.unnm"))
    # A workspace that is dropped on a text goes on to the window, which opens it.
    assert not page.minutes.editor.canInsertFromMimeData(files)
    page.minutes.editor.insertFromMimeData(files)
    assert page.minutes.editor.text() == ""
    assert "Files stay out of the text." in page.minutes.notice.message()


def test_a_card_is_moved_with_the_clipboard_and_never_doubled(page: MeetingPage, qtbot: QtBot) -> None:
    editor = page.minutes.editor
    qtbot.keyClicks(editor, "Before")
    in_dialog(lambda dialog: dialog.parts.field("text_en").box.setPlainText("Publish"))
    page.minutes.cards.add_decision()
    line = minutes_text.reference_line("decision", page.hub.read(records.all_of, Decision)[0].id)
    editor.selectAll()
    editor.copy()
    assert "Publish" in QApplication.clipboard().text()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.paste()
    assert editor.text() == f"Before\n\n{line}\n\nBefore"
    editor.selectAll()
    editor.cut()
    assert editor.text() == ""
    editor.paste()
    assert editor.text().startswith(f"Before\n\n{line}")
    editor.undo()
    editor.undo()
    assert line in editor.text()
    editor.selectAll()
    editor.cut()
    # On its way to another item it is not asked about: the stand-in for questions has no answer ready.
    other = page.minutes.sheet.items[1].id  # type: ignore[union-attr]
    page.minutes.choose_item(other)
    qtbot.wait(1)
    editor.paste()
    page.minutes.commit()
    assert line in editor.text()


def test_a_card_is_changed_where_it_stands(page: MeetingPage, qtbot: QtBot) -> None:
    editor = page.minutes.editor

    def fill(dialog: Any) -> None:
        dialog.parts.field("task_en").box.setPlainText("Send the table")

    in_dialog(fill)
    page.minutes.cards.add_action()
    made = page.hub.read(records.all_of, ActionPoint)[0]
    editor.moveCursor(QTextCursor.MoveOperation.Start)

    def change(dialog: Any) -> None:
        dialog.parts.field("task_en").box.setPlainText("Send the whole table")
        dialog.parts.field("due").line.setText("2026-12-15")

    in_dialog(change)
    qtbot.keyClick(editor, Qt.Key.Key_F2)
    view = editor.cards.views["action", made.id]
    assert (view.text, view.pill) == ("Send the whole table", "15 Dec 2026")


def test_undo_takes_a_decision_just_written_back_from_text_and_register(page: MeetingPage, qtbot: QtBot) -> None:
    in_dialog(lambda dialog: dialog.parts.field("text_en").box.setPlainText("Publish"))
    page.minutes.cards.add_decision()
    assert len(page.hub.read(records.all_of, Decision)) == 1
    assert not page.minutes.editor.document().isUndoAvailable()
    page.hub.undo()
    page.make_fresh()
    assert page.hub.read(records.all_of, Decision) == []
    assert page.minutes.editor.text() == ""


def test_the_template_of_an_item_is_inserted_and_own_ones_are_kept(
    page: MeetingPage, answers: Answers, qtbot: QtBot
) -> None:
    press(qtbot, page.minutes, "Insert the template")
    assert page.minutes.editor.text() == "The agenda was adopted as circulated."
    answers.give("text", "My words & more")
    page.minutes.templates.keep()
    press(qtbot, page.minutes.languages, "العربية")
    press(qtbot, page.minutes, "Insert the template")
    assert page.minutes.editor.text() == "أُقر جدول الأعمال بالصيغة التي عُمم بها."
    press(qtbot, page.minutes.languages, "English")
    page.minutes.editor.selectAll()
    page.minutes.editor.cut()
    menu = page.minutes.templates.menu
    menu.aboutToShow.emit()
    own = next(action for action in menu.actions() if action.text() == "My words && more")
    own.trigger()
    assert page.minutes.editor.text() == "The agenda was adopted as circulated."


def test_words_are_found_across_items_and_replaced(page: MeetingPage, qtbot: QtBot) -> None:
    tab = page.minutes
    items = [item.id for item in tab.sheet.items]  # type: ignore[union-attr]
    qtbot.keyClicks(tab.editor, "The sheet and the Sheet")
    tab.choose_item(items[2])
    qtbot.keyClicks(tab.editor, "A sheet")
    tab.choose_item(items[0])
    next(command for command in page.commands() if command.shortcuts == ("Ctrl+F",)).run()
    box = tab.finder.words
    qtbot.keyClicks(box, "sheet")
    assert tab.finder.count.text() == "2 here, 1 in other items"
    tab.editor.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(2):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert tab.editor.textCursor().selectedText() == "Sheet"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert (tab.item_id, tab.editor.textCursor().selectedText()) == (items[2], "sheet")
    qtbot.keyClicks(tab.finder.other, "table")
    press(qtbot, tab.finder, "Replace all here")
    assert tab.editor.text() == "A table"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert tab.finder.isHidden()


def test_arabic_is_found_whatever_its_marks(page: MeetingPage, qtbot: QtBot) -> None:
    type_words(page.minutes.editor, "اعتمد الأعضاء مُحَضَّر الهجرة")
    page.minutes.open_find()
    page.minutes.finder.words.setText("محضر")
    page.minutes.finder.next()
    assert page.minutes.editor.textCursor().selectedText() == "مُحَضَّر"
    page.minutes.finder.words.setText("هجره")
    assert page.minutes.finder.count.text() == "1 here"


def test_rows_and_columns_of_a_table_come_and_go(page: MeetingPage, qtbot: QtBot) -> None:
    editor, tools = page.minutes.editor, page.minutes.tools
    tools.table.click()
    qtbot.keyClicks(editor, "Name")

    def do(place: int) -> None:
        tools.table.click()
        tools.menu.actions()[place].trigger()
        tools.menu.close()

    do(2)
    assert editor.text().count("\n") == 2
    do(0)
    do(1)
    do(3)
    assert len(editor.text().split("\n")) == 4
    do(4)
    assert editor.text() == ""


def test_a_paragraph_can_run_the_other_way(page: MeetingPage, qtbot: QtBot) -> None:
    editor = page.minutes.editor
    qtbot.keyClicks(editor, "IOM")
    page.minutes.tools.direction.click()
    block = editor.document().begin()
    assert block.textDirection() is Qt.LayoutDirection.RightToLeft
    page.minutes.commit()
    page.minutes.tools.direction.click()
    assert editor.document().begin().textDirection() is Qt.LayoutDirection.LeftToRight
    assert editor.text() == "IOM"


def test_typing_into_sent_minutes_says_why_and_offers_the_next_version(page: MeetingPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.minutes.editor, "Words")
    in_dialog(lambda dialog: None)
    page.minutes.state.circulate()
    page.make_fresh()
    qtbot.keyClicks(page.minutes.editor, "x")
    assert "was circulated" in page.minutes.notice.message()
    press(qtbot, page.minutes.notice, "Make a new version")
    page.make_fresh()
    qtbot.keyClicks(page.minutes.editor, " more")
    assert page.minutes.editor.text() == "Words more"
    version: Any = page.hub.read(minutes.current_minutes, page.current())
    assert version.version == 2


def test_tab_leaves_the_text_and_ctrl_tab_writes_one(page: MeetingPage, qtbot: QtBot) -> None:
    editor = page.minutes.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "Name")
    qtbot.keyClick(editor, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == "Name\t"
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert not editor.hasFocus()
    assert editor.toPlainText() == "Name\t"
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Backtab)
    assert not editor.hasFocus()
