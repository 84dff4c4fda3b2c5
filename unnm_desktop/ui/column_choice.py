"""Which columns of a list are shown and in which order: chosen on its header, remembered on this computer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.memory import memory
from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.tick_menu import TickMenu


class ColumnChoice(QObject):
    """The menu of one table's columns; the first and the widest always show."""

    changed = Signal()

    def __init__(self, desk: Desk, table: RecordsTable, name: str) -> None:
        """``name`` is the list's: its columns are remembered under it."""
        super().__init__(table)
        self._name = name
        self._desk, self._table = desk, table
        self._menu: QMenu | None = None
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_at)
        header.setSectionsMovable(True)
        # The titles of groups begin in the first column.
        header.setFirstSectionMovable(False)
        header.sectionMoved.connect(self._moved)

    def restore(self) -> None:
        """Let the columns be as they were left on this computer, and remember from now on."""
        named = partial(self._names, memory())
        drawn = dict(zip(named("drawn"), named("widths"), strict=False))
        known = {head.name for head in self._table.listing.source.columns}
        self._table.room.own = {name: float(width) for name, width in drawn.items() if name in known}
        self.arrange(named("order"))
        self._table.room.choose(named("hidden"), named("kept"))
        self._table.columns_drawn.connect(self.remember)
        self.changed.connect(self.remember)

    def _names(self, store: QSettings, key: str) -> list[str]:
        """What is remembered under that key; a list of one comes back from the file as a text."""
        found = store.value(f"{self._name}/{key}")
        return [str(one) for one in found] if isinstance(found, list) else [found] if isinstance(found, str) else []

    def remember(self) -> None:
        """Keep what was chosen: widths that were drawn, the order, what is hidden or shown whatever the room."""
        store, room = memory(), self._table.room
        store.setValue(f"{self._name}/hidden", self.hidden())
        store.setValue(f"{self._name}/kept", sorted(room.kept))
        store.setValue(f"{self._name}/order", self.order())
        store.setValue(f"{self._name}/drawn", list(room.own))
        store.setValue(f"{self._name}/widths", [str(width) for width in room.own.values()])

    def hidden(self) -> list[str]:
        """The names of the columns that the officer does not want; those without room are not among them."""
        room = self._table.room
        return [head.name for head in room.heads if head.name in room.hidden]

    def hide(self, names: Iterable[str]) -> None:
        """Hide these columns and show all others."""
        self._table.room.choose(names, self._table.room.kept)

    def order(self) -> list[str]:
        """The names of the columns as they stand."""
        header, heads = self._table.horizontalHeader(), self._table.listing.source.columns
        return [heads[header.logicalIndex(place)].name for place in range(header.count())]

    def arrange(self, names: Iterable[str]) -> None:
        """Let the columns stand in this order; those not named keep theirs behind them."""
        header = self._table.horizontalHeader()
        numbers = {head.name: number for number, head in enumerate(self._table.listing.source.columns)}
        known = [numbers[name] for name in names if numbers.get(name)]
        blocked = header.blockSignals(True)
        for place, number in enumerate(known, 1):
            header.moveSection(header.visualIndex(number), place)
        header.blockSignals(blocked)
        self._table.viewport().update()

    def _moved(self) -> None:
        self.changed.emit()

    def open_menu(self) -> None:
        """Show the menu under the header's start, for the keyboard."""
        header = self._table.horizontalHeader()
        self._open_at(QPoint(header.width() if self._desk.look.rtl else 0, header.height()))

    def menu(self) -> QMenu:
        """The columns, those shown ticked."""
        if self._menu is not None:
            self._menu.deleteLater()
        menu = TickMenu(self._desk.look, self._table)
        menu.setToolTip(self._desk.tr(N_("Columns")))
        for number, head in enumerate(self._table.listing.source.columns):
            action = menu.addAction(self._desk.tr(head.title).replace("&", "&&"))
            action.setData(head.name)
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(number))
            action.setEnabled(self._table.room.may_go(number))
            action.triggered.connect(self._show_or_hide)
        menu.addSeparator()
        places = self.order()
        shown = [name for name in places if name not in self.hidden() and name not in self._table.room.gone]
        titles = {head.name: self._desk.tr(head.title) for head in self._table.listing.source.columns}
        for text, step in ((N_("Move earlier"), -1), (N_("Move later"), 1)):
            moving = menu.inside(self._desk.tr(text))
            for name in shown[1:]:
                action = moving.addAction(titles[name].replace("&", "&&"))
                action.setData((name, step))
                action.setEnabled(1 <= shown.index(name) + step < len(shown))
                action.triggered.connect(self._move)
        menu.addSeparator()
        usual = menu.addAction(self._desk.tr(N_("Back to the usual columns")))
        usual.setEnabled(self._changed())
        usual.triggered.connect(self.forget)
        self._menu = menu
        return menu

    def _changed(self) -> bool:
        room = self._table.room
        return bool(room.hidden or room.kept or room.own) or self.order() != [head.name for head in room.heads]

    def forget(self) -> None:
        """Let the columns be as the list has them: all shown, in its order, as wide as it says."""
        room = self._table.room
        room.own.clear()
        self.arrange(head.name for head in room.heads)
        room.choose(())
        self.changed.emit()

    def _open_at(self, place: QPoint) -> None:
        if self._table.model() is not None:
            self.menu().popup(self._table.horizontalHeader().mapToGlobal(place))

    def _show_or_hide(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            room, name = self._table.room, action.data()
            if name in room.hidden:
                room.choose(room.hidden - {name}, room.kept)
            elif name in room.gone:
                room.choose(room.hidden, room.kept | {name})
            else:
                room.choose(room.hidden | {name}, room.kept - {name})
            self.changed.emit()

    def _move(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            name, step = action.data()
            hidden = {*self.hidden(), *self._table.room.gone}
            shown = [one for one in self.order() if one not in hidden]
            place = shown.index(name) if name in shown else 0
            if not (place and 1 <= place + step < len(shown)):
                return  # the room has changed while the menu was open
            shown[place], shown[place + step] = shown[place + step], shown[place]
            self.arrange([*shown, *(one for one in self.order() if one in hidden)])
            self.changed.emit()
