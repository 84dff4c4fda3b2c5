"""Every command of every page: said in both languages, drawn, reachable, on one key only, on the Arabic layout too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import in_dialog
from tests.ui.test_everyone import places, visit
from tests.ui.walking import settle
from tests.ui.whole_window import make_window as make_window
from unnm_desktop.app import App
from unnm_desktop.i18n import Language
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.keyboard import in_arabic, sequences
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.menus import MENUS
from unnm_desktop.ui.palette import Palette
from unnm_desktop.ui.tips import Tips

Window = Callable[..., MainWindow]


def walk(window: MainWindow) -> Iterator[tuple[str, tuple[Command, ...]]]:
    """Every page with the commands there are on it."""
    for name, key, options in places(window):
        visit(window, name, key, options)
        yield f"{name} {options.get('tab', '')}".strip(), window.commands.all()


def test_every_command_speaks_both_languages_and_tells_its_keys(make_window: Window) -> None:
    window, arabic = make_window(), Language("ar", "arab")
    wrong = set()
    for _place, commands in walk(window):
        for command in commands:
            said = arabic.tr(command.text, **command.values)
            if said == command.text or not any("\u0600" <= letter <= "\u06ff" for letter in said):
                wrong.add(f"{command.id}: no Arabic")
            tip = window.commands.action(command.id).toolTip()
            keys = window.commands.keys(command)
            if window.commands.text(command) not in tip or keys not in tip:
                wrong.add(f"{command.id}: tooltip {tip!r}")
    assert wrong == set()


def test_every_command_is_reached_from_a_menu_or_the_search_list(make_window: Window, qtbot: QtBot) -> None:
    window = make_window()
    lost = []
    for place, commands in walk(window):
        window.open_palette(">")
        shown = window.findChildren(Palette)[-1]
        found = {words[0].id for words in shown._command_words}
        shown.leave()
        in_menus = {command.id for command in commands if command.menu in dict(MENUS)}
        lost += [f"{place}: {one.id}" for one in commands if one.id not in found | in_menus]
    assert lost == []


def test_no_key_means_two_things_and_every_letter_works_with_the_arabic_layout(make_window: Window) -> None:
    window = make_window()
    twice, deaf = set(), set()
    for place, commands in walk(window):
        keys = Counter(
            one.toString()
            for command in commands
            if command.within is None
            for one in window.commands.action(command.id).shortcuts()
        )
        twice |= {f"{place}: {one}" for one, count in keys.items() if count > 1}
        for command in commands:
            for shortcut in command.shortcuts:
                letter = shortcut.rpartition("+")[2]
                alone = shortcut.startswith("Ctrl") and len(letter) == 1 and letter.isalnum()
                if alone and (not in_arabic(shortcut) or len(sequences((shortcut,))) != 2):
                    deaf.add(shortcut)
    assert twice == set()
    assert deaf == set()


def test_the_keyboard_returns_to_where_it_was_after_every_dialog(make_window: Window, qtbot: QtBot) -> None:
    window = make_window()
    asked = []
    for name in ("meetings", "actions", "decisions", "members", "organisations", "people"):
        window.go(name)
        settle()
        table = window.current.table  # type: ignore[union-attr]
        table.setFocus()
        # Where no window manager raises it again after the dialog before.
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        in_dialog(lambda dialog: (asked.append(dialog.windowTitle()), QTest.keyClick(dialog, Qt.Key.Key_Escape)))
        QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert window.focusWidget() is table, name
    assert len(asked) == 6


def test_a_tooltip_goes_with_esc_and_the_key_does_nothing_else(
    start: Callable[..., App], bahrain_template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "UNNM Bahrain.unnm"
    path.write_bytes(bahrain_template.read_bytes())
    window = start(path).window
    window.go("members")
    with qtbot.waitActive(window):
        window.activateWindow()
    box: QLineEdit = window.current.filter_box  # type: ignore[union-attr]
    box.setFocus()
    qtbot.keyClicks(box, "ilo")
    QToolTip.showText(window.mapToGlobal(QPoint(40, 40)), "A long word", window)
    assert QToolTip.isVisible()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    assert box.text() == "ilo"
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: box.text() == "")


def test_a_tooltip_stays_while_the_pointer_is_on_it_or_on_what_it_tells_of_until_esc(desk: Desk, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    told, other = QLabel("Told", host), QLabel("Other", host)
    other.move(0, 300)
    host.resize(400, 400)
    with qtbot.waitExposed(host):
        host.show()
    tips = Tips(QGuiApplication.instance(), host)  # type: ignore[arg-type]
    QCursor.setPos(told.mapToGlobal(told.rect().center()))
    QToolTip.showText(QCursor.pos(), "A long word", told)
    tips.look()
    tip = next(one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible())
    with qtbot.waitSignal(tips.kept):
        QCursor.setPos(tip.geometry().center())
        QApplication.sendEvent(told, QEvent(QEvent.Type.Leave))
    assert QToolTip.isVisible()
    QCursor.setPos(other.mapToGlobal(other.rect().center()))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    QCursor.setPos(told.mapToGlobal(told.rect().center()))
    QToolTip.showText(QCursor.pos(), "A long word", told)
    tips.look()
    # Who wants to see what lies under it need not move the pointer.
    QTest.keyClick(host.windowHandle(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
