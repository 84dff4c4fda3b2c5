"""Spelling in the editor: off by default, underlines what is wrong, replaces as one undo, and changes no text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.services.test_spelling import dictionaries  # noqa: F401 - a fixture
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.minutes_editor import MinutesEditor

pytestmark = pytest.mark.usefixtures("dictionaries")


@pytest.fixture
def editor(make_desk: Callable[..., Desk], qtbot: QtBot) -> MinutesEditor:
    desk = make_desk()
    desk.settings = replace(desk.settings, spelling=True)
    made = MinutesEditor(desk)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.show_text("the meetnig\n\nمحضر الهجره", {})
    return made


def underlined(editor: MinutesEditor) -> list[str]:
    found = []
    block = editor.document().begin()
    while block.isValid():
        for one in block.layout().formats():
            if one.format.underlineStyle() == QTextCharFormat.UnderlineStyle.SpellCheckUnderline:
                found.append(block.text()[one.start : one.start + one.length])
        block = block.next()
    return found


def menu_at(editor: MinutesEditor, word: str) -> QMenu:
    cursor = editor.document().find(word)
    place = editor.cursorRect(cursor).center()
    menu = editor.createStandardContextMenu(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, editor.mapToGlobal(place))
    assert editor.spelling is not None
    editor.spelling.fill(menu, event)
    return menu


def test_it_is_off_unless_wished_for(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    editor = MinutesEditor(make_desk())
    qtbot.addWidget(editor)
    assert editor.spelling is None


def test_wrong_words_of_both_scripts_are_underlined_and_the_text_stays(editor: MinutesEditor, qtbot: QtBot) -> None:
    assert underlined(editor) == ["meetnig", "الهجره"]
    assert editor.text() == "the meetnig\n\nمحضر الهجره"
    assert editor.spelling is not None
    with qtbot.assertNotEmitted(editor.textChanged):
        editor.spelling.mark_anew()


def test_a_suggestion_is_put_in_place_and_taken_back(editor: MinutesEditor) -> None:
    menu = menu_at(editor, "meetnig")
    assert menu.actions()[0].text() == "meeting"
    menu.actions()[0].trigger()
    assert editor.text().startswith("the meeting\n")
    assert underlined(editor) == ["الهجره"]
    editor.undo()
    assert editor.text().startswith("the meetnig\n")


def test_a_word_is_taken_as_right(editor: MinutesEditor) -> None:
    menu = menu_at(editor, "الهجره")
    known = next(one for one in menu.actions() if "الهجره" in one.text())
    known.trigger()
    assert underlined(editor) == ["meetnig"]
