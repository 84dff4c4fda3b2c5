"""A bug is told in words, with what to send and where the log is, and never with a record's text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.hands import when_asked
from unnm_desktop.i18n import Language
from unnm_desktop.ui.crash import Crash


def crash(press: str) -> QMessageBox:
    """Meet a bug and press a button of the dialog."""
    seen: list[QMessageBox] = []

    def answer(box: QMessageBox) -> None:
        seen.append(box)
        next(button for button in box.buttons() if button.text() == press).click()

    when_asked(QMessageBox, answer)
    try:
        raise ValueError("Amina Haddad")  # noqa: TRY301 - a bug is met as one is
    except ValueError as error:
        Crash(Language())(type(error), error, error.__traceback__)
    return seen[0]


def test_details_name_the_place_but_nobody(qtbot: QtBot) -> None:
    crash("Copy details")
    copied = QApplication.clipboard().text()
    assert "ValueError" in copied
    assert "test_crash.py" in copied
    assert "Amina" not in copied


def test_the_log_is_one_click_away(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    crash("Open the log")
    assert opened[0].fileName() == "unnm-desktop.log"


def test_going_on_says_what_is_safe(qtbot: QtBot) -> None:
    assert "Everything saved before it is safe" in crash("Go on").informativeText()
