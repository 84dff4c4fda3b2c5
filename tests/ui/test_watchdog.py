"""The watchdog hears a window that is deaf, and leaves one that waits alone."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.watchdog import Watchdog


class Clock:
    """Goes on when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_long_turn_is_a_block_and_short_ones_are_none(qtbot: QtBot) -> None:
    clock, owner = Clock(), QWidget()
    qtbot.addWidget(owner)
    watching = Watchdog(0.1, clock)
    done: list[str] = []

    def work(name: str, seconds: float) -> None:
        clock.now += seconds
        done.append(name)

    for number in range(3):
        QTimer.singleShot(0, owner, lambda name=str(number): work(name, 0.08))
        qtbot.waitUntil(lambda wanted=number: len(done) > wanted)
    watching.beat()
    assert watching.blocks == []
    QTimer.singleShot(0, owner, lambda: work("long", 0.25))
    qtbot.waitUntil(lambda: done[-1] == "long")
    watching.stop()
    assert [round(one, 2) for one in watching.blocks] == [0.25]
