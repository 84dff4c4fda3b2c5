"""The menus of the window: which commands stand together, and in what order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QToolTip

from unnm_desktop.i18n import N_, isolate
from unnm_desktop.ui.keyboard import keycap
from unnm_desktop.ui.tick_menu import TickMenu

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow, QMenu, QStyleOptionMenuItem, QWidget

    from unnm_desktop.ui.commands import Commands
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.theme import Look

MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("view", N_("&View")),
    ("go", N_("&Go")),
    ("help", N_("&Help")),
)
# Groups with a line between them; what no group names, such as the commands of a page, stands in the empty one.
_REST: tuple[str, ...] = ()
_GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "file": (
        _REST,
        ("new-meeting", "preview-list"),
        ("new-workspace", "begin-from-package", "open-workspace", "sample"),
        ("import", "history-paper"),
        ("backup-now", "backups", "restore-elsewhere"),
        ("lock", "quit"),
    ),
    "edit": (("undo", "redo"), _REST),
    "view": (_REST, ("sidebar", "next-pane", "previous-pane", "row-menu"), ("larger", "smaller", "normal")),
    "go": (("palette", "back", "forward"), _REST),
    "help": (("help", "shortcuts"), _REST, ("about",)),
}


class Menu(TickMenu):
    """A menu whose keys are written as they are printed on a keyboard, in pages of either direction."""

    def __init__(self, look: Look, title: str, window: QWidget) -> None:
        super().__init__(look, window, title)
        self.hovered.connect(self._tell_why_not)

    def _tell_why_not(self, action: QAction) -> None:
        """Say beside a command that rests why it does."""
        why = "" if action.isEnabled() else action.statusTip()
        QToolTip.showText(self.mapToGlobal(self.actionGeometry(action).bottomLeft()), why, self)

    def initStyleOption(self, option: QStyleOptionMenuItem, action: QAction) -> None:
        super().initStyleOption(option, action)
        keys = action.shortcut()
        if not keys.isEmpty():
            portable = keys.toString(QKeySequence.SequenceFormat.PortableText)
            option.text = f"{action.text()}\t{isolate(keycap(portable))}"


class Menus(QObject):
    """The menu bar of one window; each menu is filled when it opens."""

    # The name of a menu and the menu, filled with the commands that stand in it.
    filled = Signal(str, object)

    def __init__(self, desk: Desk, commands: Commands, window: QMainWindow) -> None:
        super().__init__(window)
        self._commands = commands
        self.by_name = {name: Menu(desk.look, desk.tr(title), window) for name, title in MENUS}
        for name, menu in self.by_name.items():
            window.menuBar().addMenu(menu)
            menu.aboutToShow.connect(partial(self._fill, name))

    def _fill(self, name: str) -> None:
        menu = self.by_name[name]
        menu.clear()
        self._commands.refresh()
        _fill(menu, name, self._commands)
        self.filled.emit(name, menu)


def _fill(menu: QMenu, name: str, commands: Commands) -> None:
    """Put the commands of that menu in, group by group; of two that say the same the page's own stands there."""
    ours = [command for command in commands.all() if command.menu == name]
    groups = _GROUPS[name]
    named = {one for group in groups for one in group}
    # A command whose keys all went to the page's own gives way to it.
    ours = [one for one in ours if one.id not in named or not one.shortcuts or commands.all_keys(one)]
    others = [command for command in ours if command.id not in named]
    said = {command.text for command in others}
    for group in groups:
        found = [one for known in group for one in ours if one.id == known and one.text not in said]
        if not group:
            found = others
        if found and not menu.isEmpty():
            menu.addSeparator()
        for command in found:
            menu.addAction(commands.action(command.id))
