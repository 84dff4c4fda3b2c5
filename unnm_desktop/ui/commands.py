"""The one registry of commands behind menus, buttons, shortcuts, tooltips and the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from unnm_desktop.i18n import N_, Language
from unnm_desktop.ui.keyboard import keycap, sequences
from unnm_desktop.ui.theme import Look

# Why a command rests, where more than one page says so.
NO_ROW = N_("Choose a row first.")
NOT_OPEN = N_("Choose an action point that is still open.")


def _always() -> bool:
    return True


_NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Command(NamedTuple):
    """Something the officer can ask for: a text (msgid), its icon and keys, and what it does."""

    id: str
    text: str
    run: Callable[[], object]
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    enabled: Callable[[], bool] = _always
    menu: str = ""
    values: Mapping[str, object] = _NO_VALUES
    # Where its keys hold; the whole window when None. A bare Space or Delete belongs to a list, not to every button.
    within: QWidget | None = None
    # Why it cannot be done just now (a msgid); where it says nothing, why nothing can be written.
    why: str | Callable[[], str] = ""


class Commands(QObject):
    """All commands that can be asked for now; each is one QAction on the window."""

    def __init__(self, window: QWidget, language: Language, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._language = language
        self._look = look
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        # What each action says since it was asked last: whether it can be used, its words, why not.
        self._said: dict[str, tuple[bool, str, str]] = {}
        # Those that are being carried out: the first one may be asking something, and others follow from it.
        self.at_work: list[str] = []
        # Why nothing can be written, as a msgid.
        self.no_writing: Callable[[], str] = str

    def add(self, *commands: Command) -> None:
        """Take these commands in; an id already there is replaced."""
        for command in commands:
            self._forget(command.id)
            action = QAction(self.text(command), self._window)
            if command.within is not None:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            (command.within or self._window).addAction(action)
            action.triggered.connect(lambda _=False, name=command.id: self.run(name))
            self._commands[command.id] = command
            self._actions[command.id] = action
        self._hand_out_keys()

    def drop(self, names: Iterable[str]) -> None:
        """Forget these commands."""
        dropped = [name for name in names if name in self._commands]
        for name in dropped:
            self._forget(name)
        if dropped:
            self._hand_out_keys()

    def _forget(self, name: str) -> None:
        command = self._commands.pop(name, None)
        if command is not None:
            action = self._actions.pop(name)
            self._said.pop(name, None)
            self._keys.pop(name, None)
            (command.within or self._window).removeAction(action)
            action.setParent(None)
            action.deleteLater()

    def _hand_out_keys(self) -> None:
        """A key means one thing at a time: what was added last has it, a page's command before the window's."""
        taken: set[str] = set()
        for command in reversed(self._commands.values()):
            free = tuple(keys for keys in command.shortcuts if keys not in taken)
            taken.update(free)
            # A page that comes takes hardly a key from those that are there.
            if self._keys.get(command.id) != free:
                action = self._actions[command.id]
                self._keys[command.id] = free
                action.setShortcuts(sequences(free))
                action.setToolTip(self.tooltip(command))

    def run(self, name: str) -> None:
        """Do what the command says, if it may be done now."""
        command = self._commands.get(name)
        if command is None or not command.enabled():
            return
        self.at_work.append(name)
        try:
            command.run()
        finally:
            self.at_work.remove(name)

    def refresh(self) -> None:
        """Ask each command again whether it may be used."""
        for name, command in self._commands.items():
            usable = command.enabled()
            said = usable, self.text(command), "" if usable else self._reason(command)
            # A hundred commands are asked at every showing of a page; hardly one answers otherwise than before.
            if self._said.get(name) != said:
                self._said[name] = said
                action = self._actions[name]
                action.setEnabled(said[0])
                action.setText(said[1])
                action.setStatusTip(said[2])

    def all(self) -> tuple[Command, ...]:
        """Every command, in the order it was added."""
        return tuple(self._commands.values())

    def action(self, name: str) -> QAction:
        """The command's QAction, for a menu."""
        action, icon = self._actions[name], self._commands[name].icon
        # Drawn when a menu first opens: the first paint does not wait for twenty icons nobody sees yet.
        if icon and action.icon().isNull():
            action.setIcon(self._look.icons.icon(icon, self._look.tokens.text2, self._look.with_text(18)))
        return action

    def text(self, command: Command) -> str:
        """The command in the officer's language."""
        return self._language.tr(command.text, **command.values)

    def keys(self, command: Command) -> str:
        """Its first shortcut as it is printed on keys, or nothing."""
        return next(iter(self.all_keys(command)), "")

    def all_keys(self, command: Command) -> tuple[str, ...]:
        """Its shortcuts as they are printed on keys; none where a page's command has them just now."""
        return tuple(keycap(keys) for keys in self._keys.get(command.id, command.shortcuts))

    def why_not(self, command: Command) -> str:
        """Why the command cannot be done now, in the officer's language; nothing when it can."""
        return "" if command.enabled() else self._reason(command)

    def _reason(self, command: Command) -> str:
        reason = command.why if isinstance(command.why, str) else command.why()
        reason = reason or self.no_writing()
        return self._language.tr(reason) if reason else ""

    def tooltip(self, command: Command) -> str:
        """Text and shortcut in one line."""
        keys = self.keys(command)
        # The isolates keep "Ctrl+N" whole inside an Arabic line.
        return f"{self.text(command)}  \u2066{keys}\u2069" if keys else self.text(command)
