"""Nobody has touched keyboard or mouse for a moment or a while, or the computer slept: the moment to lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

LOOK_EVERY = 5
"""Seconds."""
SLEPT = 60
"""Seconds by which the clock went on more than it should have: the computer was asleep."""
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """Listens to the windows of the program only, and only to what a hand does."""

    gone = Signal()
    # Nobody touches anything for a moment; once until the next touch.
    resting = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self.minutes = 0
        self._clock = clock
        self._rested = False
        self._touched = self._looked = clock()
        app.focusWindowChanged.connect(self._listen)
        app.applicationStateChanged.connect(self._state)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY * 1000)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def _listen(self, window: QWindow | None) -> None:
        self._touched = self._clock()
        if window is not None:
            # The same filter twice is one.
            window.installEventFilter(self)

    def _state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationSuspended:
            self.gone.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _TOUCHES:
            return False
        now = self._clock()
        if now - self._looked > LOOK_EVERY + SLEPT:
            # The first touch after a sleep, before the timer has looked: it finds a locked screen and changes nothing.
            QTimer.singleShot(0, self, self.look)
            return True
        self._touched, self._rested = now, False
        return False

    def look(self) -> None:
        """See how long nothing was touched; 0 minutes never locks for that."""
        now = self._clock()
        slept = now - self._looked > LOOK_EVERY + SLEPT
        self._looked = now
        if slept or (self.minutes and now - self._touched >= self.minutes * 60):
            self._touched = now
            self.gone.emit()
        if not self._rested and now - self._touched >= LOOK_EVERY:
            self._rested = True
            self.resting.emit()
