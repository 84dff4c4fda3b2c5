"""The menu of a row, under the pointer or the keyboard: the buttons beside the row, and commands of the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent

from unnm_desktop.i18n import N_
from unnm_desktop.ui.menus import Menu

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea

    from unnm_desktop.ui.button_list import Doable
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.inspector import Inspector
    from unnm_desktop.ui.page_base import Page


def by_keys(event: QContextMenuEvent) -> bool:
    """Whether the keyboard asks for a menu: it points nowhere."""
    return event.reason() == QContextMenuEvent.Reason.Keyboard


def pointed_at(view: QAbstractScrollArea, event: QContextMenuEvent) -> QPoint | None:
    """Where in a view the pointer is; None over its header, which hands on what it has no use for."""
    place = view.viewport().mapFromGlobal(event.globalPos())
    return place if view.viewport().rect().contains(place) else None


def below(view: QAbstractItemView, index: QModelIndex, *, rtl: bool) -> QPoint:
    """Where on the screen the menu of a row opens that the keyboard asked for: under its start."""
    edge = view.viewport().width() if rtl else 0
    return view.viewport().mapToGlobal(QPoint(edge, view.visualRect(index).bottom()))


def edit_details(desk: Desk, inspector: Inspector) -> Doable:
    """What Enter does on a row: its first field takes the keyboard."""
    return desk.tr(N_("Edit details")), inspector.parts.focus, "", "pencil"


class RowMenu(QObject):
    """One list's menu; its entries are those of the menu bar and of the panel beside the row, and are pressed there."""

    def __init__(self, page: Page, inspector: Inspector | None, *groups: Sequence[str]) -> None:
        """``groups`` are ids of commands; those of the first follow on the buttons of what ``inspector`` shows."""
        super().__init__(page)
        self._page, self._inspector = page, inspector
        self._groups = groups or ((),)

    def open(self, place: QPoint, more: Sequence[Doable] = ()) -> None:
        """Open it there, ``more`` of the list first."""
        self._show(place, more, self._enabled())

    def open_for_all(self, place: QPoint) -> None:
        """Open it there for several rows: with what the panel offers for all of them."""
        buttons = self._buttons()
        self._show(place, (), {key: text for key, text in self._enabled().items() if text in buttons})

    def _show(self, place: QPoint, more: Sequence[Doable], enabled: Mapping[str, str]) -> None:
        menu = Menu(self._page.desk.look, "", self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first, *others = self._found(menu, enabled)
        own = [self._action(menu, text, icon, run) for text, run, _, icon in more]
        for group in ([*own, *first], *others):
            if group and not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(group)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(place)

    def _enabled(self) -> dict[str, str]:
        """The commands that can be given now: their ids, and what they are called."""
        commands = self._page.desk.commands
        if commands is None:
            return {}
        commands.refresh()
        return {one.id: commands.text(one) for one in commands.all() if commands.action(one.id).isEnabled()}

    def _found(self, menu: Menu, enabled: Mapping[str, str]) -> list[list[QAction]]:
        """What can be done now; a button that does what a command does is that command, with its keys."""
        commands, buttons = self._page.desk.commands, self._buttons()
        named = {text: key for key, text in enabled.items()}
        found = {key: commands.action(key) for key in enabled} if commands is not None else {}
        beside = [named.get(name, "") for name in buttons]
        first, *others = ([name for name in group if name in found] for group in self._groups)
        later = {name for group in others for name in group}
        pressed = [
            found[key] if key else self._action(menu, name, icon, partial(self._press, name))
            for key, (name, icon) in zip(beside, buttons.items(), strict=True)
            if key not in later
        ]
        more = [found[name] for name in first if name not in beside]
        return [[*pressed, *more], *([found[name] for name in group] for group in others)]

    def _buttons(self) -> dict[str, str]:
        """The names and icons of what is pressed beside the row."""
        return {one.name: one.icon for one in self._inspector.parts.pressable()} if self._inspector is not None else {}

    def _press(self, name: str) -> None:
        # Looked for now: the panel may have been read again while the menu was open.
        pressable = self._inspector.parts.pressable() if self._inspector is not None else ()
        for one in pressable:
            if one.name == name:
                one.button.click()
                return

    def _action(self, menu: Menu, text: str, icon: str, run: Callable[[], object]) -> QAction:
        look = self._page.desk.look
        action = QAction(text.replace("&", "&&"), menu)
        if icon:
            action.setIcon(look.icons.icon(icon, look.tokens.text2, look.with_text(18)))
        action.triggered.connect(lambda _checked=False: run())
        return action
