"""What an officer's hands do in tests of pages: show one, click a button by its text, fill the dialog that opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any, TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests import patience
from unnm_desktop.ui import toast
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.jobs import Job, Jobs
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.table import RecordsTable

T = TypeVar("T")


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


_waiting: list[QTimer] = []


def once(look: Callable[[], T | None], deed: Callable[[T], object]) -> None:
    """Do this with what is looked for as soon as it is there, also while a dialog waits; not in a later test."""
    timer = QTimer(QApplication.instance())
    timer.setInterval(5)

    def go() -> None:
        found = look()
        if found is None:
            return
        timer.stop()
        timer.deleteLater()
        _waiting.remove(timer)
        deed(found)

    timer.timeout.connect(go)
    _waiting.append(timer)
    timer.start()


def when_asked(kind: type[T], deed: Callable[[T], object]) -> None:
    """Do this with the next dialog of this kind; one that asks already is not meant."""
    before = QApplication.activeModalWidget()

    def look() -> T | None:
        found = QApplication.activeModalWidget()
        return found if found is not before and isinstance(found, kind) else None

    once(look, deed)


@pytest.fixture(autouse=True)
def resting() -> Iterator[None]:
    """The next test must not meet this one's hands."""
    yield
    for timer in _waiting:
        timer.stop()
        timer.deleteLater()
    _waiting.clear()


@pytest.fixture(autouse=True)
def lasting_toasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program said a while ago is still to be read where a test comes to it late."""
    monkeypatch.setattr(toast, "MILLISECONDS", patience.MILLISECONDS)


def in_dialog(fill: Callable[[FormDialog[Any]], object]) -> None:
    """Fill the dialog that opens next and accept it; one that stays open after that is left."""

    def go(dialog: FormDialog[Any]) -> None:
        try:
            fill(dialog)
            if dialog.isVisible():
                dialog.try_accept()
        finally:
            if dialog.isVisible():
                dialog.reject()

    when_asked(FormDialog, go)


def reads(widget: QWidget, words: str) -> bool:
    """Whether these words are read somewhere on it."""
    return any(words in one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def row_point(table: RecordsTable, record_id: UUID) -> QPoint:
    """Where a record's row is on the viewport."""
    return table.visualRect(table.listing.index(table.listing.row_of(record_id), 0)).center()


class HeldJobs(Jobs):
    """Work that is begun and answered when a test says so, in any order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[Callable[[], None]] = []

    def _start(self, job: Job, call: Callable[[], None], lane: str) -> None:
        self._held.append(call)

    def answer(self) -> None:
        """The newest work is done and told."""
        self._held.pop()()

    def answer_late(self) -> None:
        """The newest work is done on a thread now; what it found is told with the next turn of the event loop."""
        worker = Thread(target=self._held.pop())
        worker.start()
        worker.join()
