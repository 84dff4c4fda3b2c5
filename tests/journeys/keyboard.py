"""Hands that never leave the keyboard: every key goes to the window that has it, as the system would send it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui.hands import once
from unnm_desktop.app import App
from unnm_desktop.db.base import Record
from unnm_desktop.services import records
from unnm_desktop.ui.keyboard import in_arabic
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.palette import Palette

R = TypeVar("R", bound=Record)
MOST_TABS = 80
_NAMED = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape}


class Keyboard:
    """Presses keys and reads the window; what it does not say, it does not know."""

    def __init__(self, desktop: App, qtbot: QtBot) -> None:
        self.desktop, self.qtbot = desktop, qtbot
        self.gone = False

    def until(self, true: Callable[[], object]) -> None:
        """Wait until this holds."""
        self.qtbot.waitUntil(lambda: bool(true()))

    def leave(self) -> None:
        """Go home; what is left open at the end is closed."""
        if not self.gone:
            self.gone = True
            self.desktop.window.close()
            self.desktop.close()

    # Seeing ----------------------------------------------------------------------------------------------------------

    @property
    def window(self) -> MainWindow:
        """The window as it is now."""
        return self.desktop.window

    @property
    def page(self) -> Any:
        """The page shown."""
        return self.window.current

    @property
    def focus(self) -> QWidget:
        """What the keys go to."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def rtl(self) -> bool:
        """Whether this officer reads from the right, with the Arabic layout on the keyboard."""
        return self.window.desk.look.rtl

    @property
    def onward(self) -> str:
        """The arrow along the line of reading."""
        return "Left" if self.rtl else "Right"

    @property
    def backward(self) -> str:
        """The arrow against it."""
        return "Right" if self.rtl else "Left"

    def tr(self, text: str, **values: object) -> str:
        """The words as they stand in this officer's language."""
        return self.window.desk.tr(text, **values)

    def all(self, entity: type[R]) -> list[R]:
        """Every record of a kind, as it is kept."""
        return list(self.window.desk.hub.read(records.all_of, entity))

    def sees(self, text: str) -> None:
        """Wait until the window, or the dialog over it, says so."""

        def said() -> bool:
            seen = QApplication.activeModalWidget() or self.window
            return any(text in one.text() for one in seen.findChildren(QLabel) if one.isVisible())

        self.qtbot.waitUntil(said)

    def arrives(self, page: str) -> None:
        """Wait until this page is shown."""
        self.qtbot.waitUntil(lambda: self.page is not None and self.page.name == page)

    # Pressing --------------------------------------------------------------------------------------------------------

    def press(self, *keys: str, times: int = 1) -> None:
        """Press keys by their names, such as Ctrl+Shift+D, one after the other."""
        for latin in keys * times:
            # The keys as they come while the officer's own layout is on: Ctrl+ن where Ctrl+K is.
            name = (in_arabic(latin) if self.rtl else "") or latin
            held, _, key = name.rpartition("+")
            if key in _NAMED:
                code, modifiers = _NAMED[key], Qt.KeyboardModifier.NoModifier
            else:
                combination = QKeySequence(key)[0]
                code, modifiers = combination.key(), combination.keyboardModifiers()
            for one in filter(None, held.split("+")):
                modifiers |= getattr(Qt.KeyboardModifier, {"Ctrl": "Control"}.get(one, one) + "Modifier")
            # Keys beyond Latin-1 come with their letter; the others Qt knows by themselves.
            text = chr(code) if 0xFF < code < Qt.Key.Key_Escape else ""
            if text:
                QTest.sendKeyEvent(QTest.KeyAction.Click, self._under_the_keys(), code, text, modifiers)
            else:
                QTest.keyClick(self._under_the_keys(), code, modifiers)

    def type(self, text: str) -> None:
        """Type words, in any script."""
        for letter in text:
            key = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key(0)
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, self._under_the_keys(), key, letter, Qt.KeyboardModifier.NoModifier
            )

    def look_for(self, text: str) -> None:
        """Type the words of a line of the list that has the keyboard, each letter in time to go on from the last."""
        interval = QApplication.keyboardInputInterval()
        QApplication.setKeyboardInputInterval(patience.MILLISECONDS)
        self.type(text)
        QApplication.setKeyboardInputInterval(interval)

    def _under_the_keys(self) -> Any:
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window
        if over.isModal() or over is self.window:
            over.activateWindow()
            self.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is over.windowHandle())
        return over.windowHandle()

    def over(self, text: str) -> None:
        """Select what a field holds and type over it."""
        QTest.keyClick(self._under_the_keys(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)

    def tab_to(self, words: str, *, back: bool = False) -> None:
        """Walk with Tab until the keyboard is on what bears these words."""
        walked: list[str] = []
        for _ in range(MOST_TABS):
            here = spoken(self.focus)
            walked.append(here)
            if words in here:
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"no Tab leads to {words!r}: {walked}")

    def find(self, text: str, row: str = "") -> None:
        """Take the first answer of the search box, or the first that bears these words."""
        self.press("Ctrl+K")
        self.qtbot.waitUntil(lambda: bool(self.window.findChildren(Palette)))
        palette = self.window.findChildren(Palette)[-1]
        self.type(text)
        self.qtbot.waitUntil(lambda: not palette.waiting)
        if row:
            answers = [one.title for one in palette.results()]
            number = next((n for n, title in enumerate(answers) if row in title), -1)
            assert number >= 0, answers
            self.press("Down", times=number - palette.list.currentIndex().row())
        self.press("Enter")

    def meanwhile(self, dialog: Callable[[], object]) -> None:
        """Say what is done in the dialog that the next key opens; it must be closed by that."""
        before = QApplication.activeModalWidget()

        def another() -> QWidget | None:
            shown = QApplication.activeModalWidget()
            return None if shown is before else shown

        def go(shown: QWidget) -> None:
            try:
                dialog()
                self.qtbot.waitUntil(lambda: not shown.isVisible())
            finally:
                if shown.isVisible():
                    shown.close()

        once(another, go)


def spoken(widget: QWidget) -> str:
    """What a screen reader would call it."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text()
    buddy = next(
        (one.text() for one in widget.window().findChildren(QLabel) if one.buddy() in (widget, widget.parentWidget())),
        "",
    )
    return buddy or type(widget).__name__
