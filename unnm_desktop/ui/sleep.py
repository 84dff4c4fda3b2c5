"""The platform says that the computer goes to sleep or its screen is locked: the moment to lock, before it happens."""

from __future__ import annotations

import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER = f"{LOGIN}.Manager"
SCREENS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
"""Who tells of a locked screen on the officer's own bus."""
GRACE = 500
"""Milliseconds in which a dialog in the way is closed and the workspace locked; then the computer may sleep."""
# The types ask for bytes, which PySide itself refuses.
_SLEEPS: Any = SLOT("sleeps(bool)")
_SCREEN: Any = SLOT("screen(bool)")
POWER_MESSAGE, SUSPENDING = 0x0218, 4
"""Windows: WM_POWERBROADCAST and PBT_APMSUSPEND."""


class Sleep(QObject):
    """What the platforms have in common; where none tells, ``Idle`` notices a sleep on waking."""

    coming = Signal()


class DesktopBus(Sleep):
    """Linux: asks logind to wait a moment before each sleep, and hears of it and of a locked screen over D-Bus."""

    def __init__(self, system: QDBusConnection, own: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._system = system
        self._asking: QDBusPendingCallWatcher | None = None
        # While it is held the computer waits for us, a few seconds at most.
        self._wait: QDBusUnixFileDescriptor | None = None
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(GRACE)
        self._grace.timeout.connect(self._let_sleep)
        if system.isConnected():
            system.connect(LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep", self, _SLEEPS)
            self._ask_to_wait()
        if own.isConnected():
            for screen in SCREENS:
                own.connect("", "", screen, "ActiveChanged", self, _SCREEN)

    @property
    def holds(self) -> bool:
        """Whether the computer waits for us before it sleeps."""
        return self._wait is not None

    def _ask_to_wait(self) -> None:
        message = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, MANAGER, "Inhibit")
        message.setArguments(["sleep", "UNNM Desktop", "Locks the workspace", "delay"])
        self._asking = QDBusPendingCallWatcher(self._system.asyncCall(message), self)
        self._asking.finished.connect(self._answered)

    @Slot()
    def _answered(self) -> None:
        asked, self._asking = self._asking, None
        if asked is not None:
            # Without logind, or where it refuses, the answer is an error: a sleep is then noticed all the same.
            given: list[Any] = asked.reply().arguments()
            self._wait = next((one for one in given if isinstance(one, QDBusUnixFileDescriptor)), None)
            asked.deleteLater()

    @Slot(bool)
    def sleeps(self, going: bool) -> None:
        """The computer is about to sleep, or it woke up."""
        if going:
            self.coming.emit()
            self._grace.start()
        else:
            self._ask_to_wait()

    @Slot(bool)
    def screen(self, locked: bool) -> None:
        """The screen was locked or unlocked."""
        if locked:
            self.coming.emit()

    def _let_sleep(self) -> None:
        self._wait = None


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, suspending: Callable[[], object]) -> None:
        super().__init__()
        self._suspending = suspending

    def nativeEventFilter(self, kind: Any, message: int) -> object:
        if bytes(kind) == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if told.message == POWER_MESSAGE and told.wParam == SUSPENDING:
                self._suspending()
        return False, 0


class WindowsMessages(Sleep):
    """Windows tells every window, and waits two seconds for each."""

    def __init__(self, app: QCoreApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Held: Qt does not keep it.
        self.filter = _Messages(self.coming.emit)
        app.installNativeEventFilter(self.filter)


def listen(app: QCoreApplication, parent: QObject, platform: str = sys.platform) -> Sleep:
    """Listen as this platform tells; on others nobody does."""
    if platform == "win32":
        return WindowsMessages(app, parent)
    if platform == "linux":
        return DesktopBus(QDBusConnection.systemBus(), QDBusConnection.sessionBus(), parent)
    return Sleep(parent)
