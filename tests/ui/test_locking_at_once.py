"""A lock never waits: not for a full disk, not for an answer, and not until the computer has slept."""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from ctypes import wintypes
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Answers
from tests.ui.hands import press
from tests.ui.locked import lock, unlock
from tests.ui.test_bad_days import let_grow, short_name
from unnm_desktop.app import App
from unnm_desktop.db import keys, sealed_words
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.minutes import Minutes, MinutesEntry, MinutesState
from unnm_desktop.db.networks import Network
from unnm_desktop.services import records
from unnm_desktop.ui import sleep
from unnm_desktop.ui.ask import Ask

Start = Callable[..., App]
LONG = "pages and pages of what was said " * 900
TYPED = "marzipan " + LONG


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that came up; nobody is there to answer them."""
    found: list[str] = []

    def sure(_ask: Ask, title: str, *_: str) -> bool:
        found.append(title)
        return True

    monkeypatch.setattr(Ask, "sure", sure)
    return found


def minutes_of(desktop: App, item: int = 0) -> Any:
    """Minutes that are still a draft, at an item of the agenda."""
    sent = {one.meeting_id for one in desktop._hub.read(records.all_of, Minutes) if one.state is not MinutesState.DRAFT}
    held = [one for one in desktop._hub.read(records.all_of, Meeting) if one.id not in sent]
    desktop.window.go("meeting", held[0].id, {"tab": "minutes"})
    page: Any = desktop.window.current
    tab = page.minutes
    tab.choose_item(tab.sheet.items[item].id)
    return tab


def test_minutes_that_a_full_disk_refused_are_locked_away_and_there_after_unlocking(
    start: Start, qtbot: QtBot, protected: Path, asked: list[str]
) -> None:
    desktop = start(protected)
    unlock(desktop, qtbot)
    tab = minutes_of(desktop, 1)
    item = tab.item_id
    let_grow(desktop, 1)
    tab.editor.setPlainText(TYPED)
    lock(desktop, qtbot)
    assert b"marzipan" not in protected.read_bytes()
    assert "marzipan" not in repr(vars(desktop._unwritten)) + repr(desktop.workspace._before)
    assert asked == []
    unlock(desktop, qtbot)
    page: Any = desktop.window.current
    assert page.name == "meeting"
    assert page.minutes.item_id == item
    assert page.minutes.editor.text() == TYPED.strip()
    desktop.window.go("today")
    entries = desktop._hub.read(records.all_of, MinutesEntry)
    assert [one.text_en for one in entries if one.agenda_item_id == item] == [TYPED.strip()]


def test_minutes_left_on_a_page_behind_are_offered_after_unlocking(start: Start, qtbot: QtBot, protected: Path) -> None:
    desktop = start(protected)
    unlock(desktop, qtbot)
    tab = minutes_of(desktop, 1)
    item = tab.item_id
    let_grow(desktop, 1)
    tab.editor.setPlainText(TYPED)
    desktop.window.go("members")
    lock(desktop, qtbot)
    unlock(desktop, qtbot)
    bar = desktop.window.current.bar  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: "could not be saved before the lock" in bar.message())
    press(qtbot, bar, "Show it")
    page: Any = desktop.window.current
    assert page.minutes.item_id == item
    assert page.minutes.editor.text() == TYPED.strip()


def test_fields_that_a_full_disk_refused_are_saved_once_it_is_unlocked(
    start: Start, qtbot: QtBot, protected: Path
) -> None:
    desktop = start(protected)
    unlock(desktop, qtbot)
    field = short_name(desktop, qtbot)
    let_grow(desktop, 1)
    field.line.setText(LONG)
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.refused
    lock(desktop, qtbot)
    unlock(desktop, qtbot)
    assert desktop._hub.read(records.all_of, Network)[0].short_name == LONG.strip()


def test_ending_while_something_waits_locked_is_asked_about(
    start: Start, qtbot: QtBot, protected: Path, answers: Answers
) -> None:
    desktop = start(protected)
    unlock(desktop, qtbot)
    tab = minutes_of(desktop)
    let_grow(desktop, 1)
    tab.editor.setPlainText(TYPED)
    lock(desktop, qtbot)
    desktop.window.desk.ask = answers  # type: ignore[assignment]
    answers.give("sure", False, True)
    assert not desktop.window.close()
    assert "Make room, then unlock it" in answers.asked[0][1][1]
    assert desktop.window.close()


def test_a_field_that_could_not_be_kept_is_asked_about_on_closing(
    start: Start, qtbot: QtBot, protected: Path, answers: Answers
) -> None:
    desktop = start(protected)
    unlock(desktop, qtbot)
    field = short_name(desktop, qtbot)
    let_grow(desktop, 1)
    field.line.setText(LONG)
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    desktop.window.desk.ask = answers  # type: ignore[assignment]
    answers.give("sure", False, True)
    assert not desktop.window.close()
    assert field.line.text() == LONG
    assert desktop.window.close()


def test_sealed_words_open_with_their_own_key_only() -> None:
    key, other = keys.Key.make(), keys.Key.make()
    sealed = sealed_words.seal(key, b"marzipan")
    assert b"marzipan" not in sealed
    assert sealed_words.unseal(other, sealed) is None
    assert sealed_words.unseal(key, sealed) == b"marzipan"


# Told by the platform ---------------------------------------------------------------------------------------------

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><policy context="default">
<allow user="*"/><allow send_destination="*"/><allow own="*"/><allow receive_sender="*"/></policy></busconfig>"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a bus of our own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("NOT TESTED: there is no dbus-daemon here")
    (tmp_path / "bus.conf").write_text(BUS.format(folder=tmp_path))
    running = subprocess.Popen(
        [daemon, f"--config-file={tmp_path / 'bus.conf'}", "--print-address", "--nofork"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    yield running.stdout.readline().strip()
    running.terminate()
    running.wait()
    running.stdout.close()


class Login(QDBusVirtualObject):
    """Stands in for logind: whoever asks it to wait is handed the end of a pipe."""

    def __init__(self) -> None:
        super().__init__()
        self.pipes: list[int] = []
        self.asked: list[list[Any]] = []

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        reading, writing = os.pipe()
        self.pipes.append(reading)
        self.asked.append(message.arguments())
        reply = message.createReply()
        reply.setArguments([QDBusUnixFileDescriptor(writing)])
        os.close(writing)
        return connection.send(reply)

    def waits(self) -> bool:
        """Whether somebody still holds the newest pipe."""
        return not select.select([self.pipes[-1]], [], [], 0)[0]


def tell(connection: QDBusConnection, interface: str, member: str, path: str, *, on: bool) -> None:
    signal = QDBusMessage.createSignal(path, interface, member)
    signal.setArguments([on])
    assert connection.send(signal)


def test_linux_waits_with_its_sleep_until_the_workspace_is_locked(qapp: QApplication, qtbot: QtBot, bus: str) -> None:
    platform = QDBusConnection.connectToBus(bus, "platform")
    assert platform.registerService(sleep.LOGIN)
    login = Login()
    assert platform.registerVirtualObject(sleep.LOGIN_PATH, login)
    ours = QDBusConnection.connectToBus(bus, "ours")
    listening = sleep.DesktopBus(ours, ours)
    qtbot.waitUntil(lambda: listening.holds)
    assert login.asked[0][0] == "sleep"
    assert login.asked[0][3] == "delay"
    with qtbot.waitSignal(listening.coming):
        tell(platform, sleep.MANAGER, "PrepareForSleep", sleep.LOGIN_PATH, on=True)
    assert login.waits()
    qtbot.waitUntil(lambda: not login.waits())
    tell(platform, sleep.MANAGER, "PrepareForSleep", sleep.LOGIN_PATH, on=False)
    qtbot.waitUntil(lambda: listening.holds)
    assert len(login.asked) == 2
    with qtbot.waitSignal(listening.coming):
        tell(platform, sleep.SCREENS[1], "ActiveChanged", "/org/gnome/ScreenSaver", on=True)
    for one in login.pipes:
        os.close(one)
    listening.deleteLater()
    for name in ("ours", "platform"):
        QDBusConnection.disconnectFromBus(name)


def test_windows_tells_before_it_sleeps(qapp: QApplication, qtbot: QtBot) -> None:
    listening = sleep.listen(qapp, qapp, "win32")
    assert isinstance(listening, sleep.WindowsMessages)
    message = wintypes.MSG()
    message.message, message.wParam = sleep.POWER_MESSAGE, sleep.SUSPENDING
    with qtbot.waitSignal(listening.coming):
        assert listening.filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message)) == (False, 0)
    message.wParam = 18
    with qtbot.assertNotEmitted(listening.coming):
        listening.filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
    qapp.removeNativeEventFilter(listening.filter)
    listening.deleteLater()


def test_where_no_bus_answers_nothing_is_said(qapp: QApplication, capfd: pytest.CaptureFixture[str]) -> None:
    absent = QDBusConnection.connectToBus("unix:path=/nowhere", "absent")
    listening = sleep.DesktopBus(absent, absent)
    assert not listening.holds
    listening.deleteLater()
    assert type(sleep.listen(qapp, qapp, "darwin")) is sleep.Sleep
    assert capfd.readouterr() == ("", "")
    assert sys.platform != "darwin" or type(sleep.listen(qapp, qapp)) is sleep.Sleep
