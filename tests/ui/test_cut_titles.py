"""A title without room is cut where it is painted; the label keeps it whole, and nothing is laid out for that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.walking import settle
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import ElidedLabel

WORDS = "UN Migration Network in Bahrain, thirty-third regular meeting"


class LayoutsAsked(QObject):
    """Counts how often a widget is asked to lay out its parts anew."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_title_that_loses_its_room_and_gets_it_back_asks_for_no_new_layout(qtbot: QtBot, qapp: QApplication) -> None:
    place, title = QWidget(), ElidedLabel(Look(), WORDS)
    qtbot.addWidget(place)
    QHBoxLayout(place).addWidget(title)
    place.resize(800, 60)
    place.show()
    settle()
    assert (title.shown(), title.toolTip()) == (WORDS, "")
    asked = LayoutsAsked()
    place.installEventFilter(asked)

    place.resize(160, 60)
    settle()
    assert title.shown() != WORDS
    assert (title.text(), title.accessibleName(), title.toolTip()) == (WORDS, WORDS, WORDS)
    place.resize(800, 60)
    settle()
    assert (title.shown(), title.toolTip()) == (WORDS, "")
    assert asked.count == 0
