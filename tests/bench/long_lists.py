"""Lists of 100,000 rows on the screen: first paint, filter, sort, scroll, beside a static table of 40 rows.

A program of its own (see ``lists``): the workspace and the size of the windows are its arguments, it prints what it
found. Both tables stand side by side, with rows of the same height, and a measurement ends when the screen has them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTableView

from tests.bench.measure import Figure, once, resident_mib, side_by_side
from tests.bench.workspaces import ON
from unnm_desktop.db.engine import Database
from unnm_desktop.i18n import Language
from unnm_desktop.services.listings import LISTINGS
from unnm_desktop.settings import Settings
from unnm_desktop.ui import fonts, theme
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.hub import Hub
from unnm_desktop.ui.jobs import Job, Jobs
from unnm_desktop.ui.listing_model import IN_SIGHT
from unnm_desktop.ui.listing_source import source_of
from unnm_desktop.ui.network_names import network_names
from unnm_desktop.ui.table import RecordsTable


class _Static(QAbstractTableModel):
    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 40

    def columnCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 7

    def data(self, index: Any, role: int = 0) -> Any:
        return f"Value {index.row()} {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None


def _on_screen() -> None:
    """Let Qt paint what is due, and wait until the screen has it."""
    QGuiApplication.sync()


def _show(view: QTableView, size: QSize, left: int = 0) -> None:
    view.setGeometry(left, 0, size.width(), size.height())
    view.show()
    while not view.windowHandle().isExposed():
        QApplication.processEvents()
    _on_screen()


class _Never(Jobs):
    """No thread reads the rest of a list while something else is measured; ``complete`` reads it in between."""

    def _start(self, job: Job, call: Callable[[], None], lane: str) -> None:
        pass


class _Floor(QTableView):
    """The same height of rows from a static model of 40."""

    def __init__(self, row: int) -> None:
        super().__init__()
        self.setModel(_Static(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row)

    def anew(self) -> None:
        """What a change of all rows costs at least: the model is reset, everything is painted."""
        model = self.model()
        model.beginResetModel()
        model.endResetModel()
        _on_screen()


def figures(path: Path, size: QSize, times: int = 9) -> list[Figure]:
    """The long lists of the workspace with 100,000 rows, in windows of that size."""
    app = QApplication.instance() or QApplication([])
    fonts.load()
    settings = Settings()
    look = theme.look_for(settings, rtl=False)
    theme.apply(app, look)  # type: ignore[arg-type] # instance() is a QApplication here
    found: list[Figure] = []
    with Database(path, "Bench") as database:
        hub = Hub()
        hub.open(database)
        desk = Desk(hub, Language(), look, _Never(), settings, today=lambda: ON)
        desk.networks = network_names(desk)
        desk.network = desk.networks[0]
        hub.network_id = desk.network.id
        for name in ("members", "organisations", "people", "actions"):
            found += _List(desk, name, size, times).figures()
    return found


class _List:
    """One long list beside a static table of the same size."""

    def __init__(self, desk: Desk, name: str, size: QSize, times: int) -> None:
        self._desk, self._name, self._size, self._times = desk, name, size, times
        self._listing = LISTINGS[name]
        self._static = _Floor(desk.look.row)
        _show(self._static, size, size.width())
        self._opened: list[QTableView] = []
        self._open()
        self._put_away()  # what the first list of a kind leaves behind is none of this one's
        before = resident_mib()
        self._table = self._open()
        self._opened.clear()
        self._table.listing.complete()
        _on_screen()
        self._memory = resident_mib() - before

    def figures(self) -> list[Figure]:
        """All of it; what happens on the screen's thread is what is measured."""
        told = f"{self._name}, 100,000 rows"
        opened = side_by_side(self._open_static, self._open, self._times, self._put_away)
        whole = once(self._whole)
        anew = "static table of 40 rows painted anew"
        sorts = [(name, *self._sort(number, name)) for number, name in self._orders()]
        slowest = max(sorts, key=lambda one: one[2] / one[1])
        return [
            Figure(f"{told}: first paint", "static table of 40 rows opened", *opened, 1.5),
            Figure(
                f"{self._name}: all their keys, in the thread", "static table of 40 rows opened", opened[0], whole, None
            ),
            Figure(f"{self._name}: change of order (slowest: {slowest[0]})", anew, slowest[1], slowest[2], 2.0),
            Figure(f"{self._name}: a filter key to its repaint", anew, *self._filter(), 1.5),
            Figure(f"{self._name}: scroll to the end", anew, *self._scroll(), 2.5),
            Figure(f"{self._name}: painting alone", "the same by Qt's own view", *self._painting(), 2.0),
            Figure(f"{self._name}: memory of the list", "15 wanted", 15.0, max(self._memory, 0.1), 1.0, "MiB"),
        ]

    def _whole(self) -> None:
        self._table.listing.load(whole=True)
        self._table.listing.complete()

    def _open_static(self) -> None:
        view = _Floor(self._desk.look.row)
        _show(view, self._size)
        self._opened.append(view)

    def _open(self) -> RecordsTable:
        table = RecordsTable(self._desk, f"bench-{self._name}")
        table.show_source(source_of(self._desk, self._listing))
        table.reload()
        _show(table, self._size)
        self._opened.append(table)
        return table

    def _put_away(self) -> None:
        for view in self._opened:
            if isinstance(view, RecordsTable):
                view.listing.complete()
            view.close()
        self._opened.clear()
        _on_screen()

    def _orders(self) -> list[tuple[int, str]]:
        shown = [column for column in self._listing.columns if column.listed]
        return [(n, c.name) for n, c in enumerate(shown) if c.value is not None or c.sort is not None or c.legs]

    def _rest(self) -> None:
        """All keys come from a thread while the officer looks; they are waited for outside the measurement."""
        self._table.listing.complete()
        _on_screen()

    def _compared(self, work: Callable[[], object]) -> tuple[float, float]:
        def painted() -> None:
            work()
            _on_screen()

        return side_by_side(self._static.anew, painted, self._times, self._rest)

    def _sort(self, number: int, name: str) -> tuple[float, float]:
        late = source_of(self._desk, self._listing).first_ids("", "", name, False, IN_SIGHT) is None
        orders = cycle((Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder))

        def sort() -> None:
            listed = self._table.listing
            listed.sort(number, next(orders))
            if late:
                listed.complete()  # the officer waits for the thread, not frozen but without the new order

        found = self._compared(sort)
        self._table.listing.sort(-1)
        self._rest()
        return found

    def _filter(self) -> tuple[float, float]:
        words = ("data", "health", "shelter", "return", "labour", "number 77", "trafficking", "recruitment", "tr")
        source = source_of(self._desk, self._listing)
        late = {word for word in words if source.first_ids(word, "", "", False, IN_SIGHT) is None}
        typed = cycle(words)

        def filter_by_words() -> None:
            word = next(typed)
            self._table.filter(word, "")
            if word in late:
                self._table.listing.complete()  # as above: the key is answered when the rows are there

        found = self._compared(filter_by_words)
        self._table.filter("", "")
        self._rest()
        return found

    def _scroll(self) -> tuple[float, float]:
        bar = self._table.verticalScrollBar()
        ends = cycle((1.0, 0.0, 0.5))
        return self._compared(lambda: bar.setValue(round(bar.maximum() * next(ends))))

    def _painting(self) -> tuple[float, float]:
        """Beside Qt's own view of the same rows, whose delegate is asked cell by cell."""
        plain = QTableView()
        plain.setModel(self._table.listing)
        plain.setShowGrid(False)
        plain.verticalHeader().hide()
        plain.verticalHeader().setDefaultSectionSize(self._desk.look.row)
        for column in range(self._table.listing.columnCount()):
            plain.setColumnWidth(column, self._table.columnWidth(column))
        _show(plain, self._size, self._size.width())
        self._opened.append(plain)

        def anew(view: QTableView) -> Callable[[], None]:
            def work() -> None:
                view.viewport().update()
                _on_screen()

            return work

        found = side_by_side(anew(plain), anew(self._table), self._times)
        self._put_away()
        return found


def main() -> None:
    """Print the figures of the workspace given."""
    path, width, height = sys.argv[1:]
    told = [asdict(one) for one in figures(Path(path), QSize(int(width), int(height)))]
    print(json.dumps(told))  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
