"""The clipboard: a passphrase is taken from it after half a minute, anything else is left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from unnm_desktop.ui.clipboard_care import STAYS, ClipboardCare
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.secret_field import SecretField


@pytest.fixture
def care(qapp: QApplication) -> Iterator[ClipboardCare]:
    """Somebody who looks after the clipboard."""
    made = ClipboardCare(qapp, qapp)
    yield made
    made.deleteLater()
    QGuiApplication.clipboard().clear()


def copied(field: QLineEdit, qtbot: QtBot, text: str) -> str:
    """Type into the field, copy all of it with the keyboard; what the clipboard then has."""
    qtbot.addWidget(field)
    field.setEchoMode(QLineEdit.EchoMode.Normal)
    field.show()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QGuiApplication.clipboard().text()


def test_a_copied_passphrase_is_gone_after_half_a_minute(desk: Desk, care: ClipboardCare, qtbot: QtBot) -> None:
    assert copied(SecretField(desk, "New passphrase"), qtbot, "correct horse") == "correct horse"
    assert care.timer.isActive()
    assert care.timer.interval() == STAYS == 30_000
    told = QGuiApplication.clipboard().mimeData()
    assert told is not None
    assert told.hasFormat("x-kde-passwordManagerHint")
    care.timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""


def test_what_was_copied_since_stays(desk: Desk, care: ClipboardCare, qtbot: QtBot) -> None:
    copied(SecretField(desk, "New passphrase"), qtbot, "correct horse")
    QGuiApplication.clipboard().setText("the agenda of Wednesday")
    care.timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == "the agenda of Wednesday"


def test_ordinary_words_are_left_alone(care: ClipboardCare, qtbot: QtBot) -> None:
    assert copied(QLineEdit(), qtbot, "minutes of the meeting") == "minutes of the meeting"
    assert not care.timer.isActive()
