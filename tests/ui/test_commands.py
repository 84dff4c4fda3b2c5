"""One registry: a key does one thing, works on an Arabic keyboard too, and stands on the shortcut sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from unnm_desktop.i18n import Language
from unnm_desktop.ui.commands import Command, Commands
from unnm_desktop.ui.keyboard import in_arabic
from unnm_desktop.ui.shortcut_sheet import ShortcutSheet
from unnm_desktop.ui.theme import Look

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


@pytest.fixture
def commands(window: QWidget) -> Commands:
    return Commands(window, Language(), Look())


def press_arabic(widget: QWidget, letter: str, held: Qt.KeyboardModifier) -> None:
    """A key as a system sends it that does not hand on the Latin letter."""
    key = int.__new__(Qt.Key, ord(letter))
    key._name_, key._value_ = f"Key_{ord(letter):x}", ord(letter)
    for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
        QTest.sendKeyEvent(action, widget, key, letter, held)


@pytest.mark.parametrize("latin", "QWERTYUIOPASDFGHJKLZXCVNM")
def test_every_letter_works_with_the_arabic_layout(commands: Commands, window: QWidget, latin: str) -> None:
    done: list[str] = []
    commands.add(
        Command("plain", "Do", lambda: done.append("plain"), shortcuts=(f"Ctrl+{latin}",)),
        Command("shifted", "Do", lambda: done.append("shifted"), shortcuts=(f"Ctrl+Shift+{latin}",)),
    )
    letter = in_arabic(f"Ctrl+{latin}").removeprefix("Ctrl+")
    press_arabic(window, letter, CONTROL)
    press_arabic(window, letter, CONTROL | SHIFT)
    assert done == ["plain", "shifted"]


def test_digits_and_signs_work_with_the_arabic_layout(commands: Commands, window: QWidget) -> None:
    done: list[int] = []
    commands.add(
        Command("first", "Go", lambda: done.append(1), shortcuts=("Ctrl+1",)),
        Command("sheet", "Keys", lambda: done.append(2), shortcuts=("Ctrl+/",)),
    )
    press_arabic(window, "١", CONTROL)
    press_arabic(window, "ظ", CONTROL)
    assert done == [1, 2]


def test_a_page_takes_a_key_from_the_window_and_gives_it_back(
    commands: Commands, window: QWidget, qtbot: QtBot
) -> None:
    done: list[str] = []
    commands.add(Command("list", "Print the list", lambda: done.append("window"), shortcuts=("Ctrl+P",)))
    commands.add(Command("paper", "Print the paper", lambda: done.append("page"), shortcuts=("Ctrl+P",)))
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    assert commands.keys(commands.all()[0]) == ""
    commands.drop(["paper"])
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    assert done == ["page", "window"]
    assert "Ctrl+P" in commands.action("list").toolTip()


def test_a_bare_key_of_a_list_leaves_buttons_alone(commands: Commands, window: QWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    listed, button = QWidget(window), QPushButton("Press", window)
    listed.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.clicked.connect(lambda: done.append("button"))
    for widget in (listed, button):
        widget.show()
    commands.add(Command("done", "Done", lambda: done.append("list"), shortcuts=("Space",), within=listed))
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Space)
    assert done == ["button", "list"]


@pytest.mark.parametrize("rtl", [False, True], ids=["en", "ar"])
def test_the_shortcut_sheet_lists_every_key(
    make_desk: Callable[..., Any], window: QWidget, commands: Commands, qtbot: QtBot, rtl: bool
) -> None:
    commands.add(
        Command("undo", "Undo", bool, shortcuts=("Ctrl+Z",), menu="edit"),
        Command("redo", "Redo", bool, shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"), menu="edit"),
        Command("quiet", "No keys", bool, menu="edit"),
    )
    sheet = ShortcutSheet(make_desk(rtl=rtl), commands, window)
    qtbot.addWidget(sheet)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert {"Undo", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"} <= set(texts)
    assert "No keys" not in texts


def test_a_command_that_rests_says_why(commands: Commands) -> None:
    protected: list[str] = []
    commands.add(
        Command("lock", "Lock", protected.clear, enabled=lambda: bool(protected), why="It has no passphrase."),
        Command("new", "New", protected.clear, enabled=lambda: False),
    )
    commands.no_writing = lambda: "It is open for reading only."
    commands.refresh()
    assert commands.action("lock").statusTip() == "It has no passphrase."
    assert commands.action("new").statusTip() == "It is open for reading only."
    protected.append("a passphrase")
    commands.refresh()
    assert commands.action("lock").statusTip() == ""
