"""A protected workspace in the hands of a test: unlocked and locked, and all that can be read of it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from types import BuiltinMethodType, MethodType

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from unnm_desktop.app import App
from unnm_desktop.ui.unlock import Unlock

WORDS, NEW = "words that open the window", "another set of words entirely"
CTRL = Qt.KeyboardModifier.ControlModifier


def unlock_page(desktop: App) -> Unlock:
    page = desktop.window.stack.currentWidget()
    assert isinstance(page, Unlock)
    return page


def give(desktop: App, qtbot: QtBot, words: str) -> None:
    page = unlock_page(desktop)
    qtbot.keyClicks(page.field, words)
    qtbot.keyClick(page.field, Qt.Key.Key_Return)


def unlock(desktop: App, qtbot: QtBot, words: str = WORDS) -> None:
    give(desktop, qtbot, words)
    qtbot.waitUntil(lambda: desktop.window.current is not None)


def lock(desktop: App, qtbot: QtBot) -> None:
    before = desktop.window
    qtbot.keyClick(before, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: desktop.window is not before)
    assert not desktop._hub.is_open
    unlock_page(desktop)


def within(interface: QAccessibleInterface | None) -> Iterator[str]:
    """What a screen reader can reach."""
    if interface is None or not interface.isValid():
        return
    for part in QAccessible.Text:
        yield interface.text(part)
    for at in range(interface.childCount()):
        yield from within(interface.child(at))


def in_reach() -> str:
    """All that the windows of the program paint, hint at or tell a screen reader, and what stands on the clipboard."""
    said = [QApplication.applicationDisplayName(), QApplication.clipboard().text()]
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        said += within(QAccessible.queryAccessibleInterface(top))
        for one in (top, *top.findChildren(QWidget)):
            said += [one.windowTitle(), one.toolTip(), one.statusTip(), one.whatsThis(), one.accessibleName()]
            said += [one.accessibleDescription(), one.windowFilePath()]
            for name in ("text", "toPlainText", "currentText"):
                read = getattr(one, name, "")
                said.append(str(read()) if isinstance(read, BuiltinMethodType | MethodType) else "")
    return "\n".join(said)
