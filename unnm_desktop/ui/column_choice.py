"""Which columns of a list are shown: chosen from a menu on its header, remembered on this computer and in views."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.table import RecordsTable


class ColumnChoice(QObject):
    """The menu of one table's columns; the first and the widest always show."""

    changed = Signal()

    def __init__(self, desk: Desk, table: RecordsTable) -> None:
        super().__init__(table)
        self._desk, self._table = desk, table
        self._menu: QMenu | None = None
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_at)

    def hidden(self) -> list[str]:
        """The names of the columns that are not shown."""
        heads = self._table.listing.source.columns
        return [head.name for number, head in enumerate(heads) if self._table.isColumnHidden(number)]

    def hide(self, names: Iterable[str]) -> None:
        """Hide these columns and show all others."""
        wanted = set(names)
        for number, head in enumerate(self._table.listing.source.columns):
            self._table.setColumnHidden(number, head.name in wanted and self._may_go(number))
        self._table.stretch()

    def open_menu(self) -> None:
        """Show the menu under the header's start, for the keyboard."""
        header = self._table.horizontalHeader()
        self._open_at(QPoint(header.width() if self._desk.look.rtl else 0, header.height()))

    def menu(self) -> QMenu:
        """The columns, those shown ticked."""
        if self._menu is not None:
            self._menu.deleteLater()
        menu = QMenu(self._table)
        menu.setToolTip(self._desk.tr(N_("Columns")))
        menu.triggered.connect(self._take)
        for number, head in enumerate(self._table.listing.source.columns):
            action = menu.addAction(self._desk.tr(head.title).replace("&", "&&"))
            action.setData(head.name)
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(number))
            action.setEnabled(self._may_go(number))
        self._menu = menu
        return menu

    def _open_at(self, place: QPoint) -> None:
        if self._table.model() is not None:
            self.menu().popup(self._table.horizontalHeader().mapToGlobal(place))

    def _may_go(self, number: int) -> bool:
        return number > 0 and self._table.listing.source.columns[number].kind != "stretch"

    def _take(self, action: QAction) -> None:
        names = set(self.hidden())
        self.hide(names ^ {action.data()})
        self.changed.emit()
