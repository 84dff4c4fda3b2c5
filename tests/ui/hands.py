"""What an officer's hands do in tests of pages: show one, click a button by its text, fill the dialog that opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.page_base import Page


def show(page: QWidget, qtbot: QtBot) -> None:
    """Show a page as large as a small window, and whole."""
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    if isinstance(page, Page):
        page.complete()


def press(qtbot: QtBot, inside: QWidget, text: str) -> None:
    """Click the button of that text once it shows."""

    def found() -> list[QPushButton]:
        return [one for one in inside.findChildren(QPushButton) if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def in_dialog(fill: Callable[[FormDialog[Any]], object]) -> None:
    """Fill the dialog that opens next and accept it; one that stays open after that is left."""
    timer = QTimer(QApplication.instance())
    timer.setInterval(5)
    tries = 0

    def go() -> None:
        nonlocal tries
        tries += 1
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, FormDialog):
            if tries > 400:
                # No dialog came: the next test must not meet this one's hands.
                timer.stop()
            return
        timer.stop()
        timer.deleteLater()
        try:
            fill(dialog)
            if dialog.isVisible():
                dialog.try_accept()
        finally:
            if dialog.isVisible():
                dialog.reject()

    timer.timeout.connect(go)
    timer.start()
