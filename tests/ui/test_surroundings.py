"""What the desktop around the program changes, and Qt's own words."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from unnm_desktop.ui.surroundings import Surroundings


def test_each_fresh_window_lets_go_of_the_words_of_the_one_before(qapp: QApplication, qtbot: QtBot) -> None:
    owner = QObject()
    around = Surroundings(qapp, owner)
    for _ in range(3):
        around.speak("ar")
    qtbot.waitUntil(lambda: len(around.findChildren(QTranslator)) <= 1)
    around.speak("en")
    qtbot.waitUntil(lambda: not around.findChildren(QTranslator))
