"""Lists of 100,000 rows on the screen: first paint, filter, sort, scroll, beside a static table of 40 rows."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QApplication, QStyledItemDelegate, QTableView

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
from unnm_desktop.ui.listing_model import PAGE
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


def _settle() -> None:
    """Let Qt finish what is due, so that it does not happen inside the next measurement."""
    for _ in range(3):
        QApplication.processEvents()


def _show(view: QTableView) -> None:
    view.resize(1100, 700)
    view.show()
    QApplication.processEvents()
    view.viewport().repaint()


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
        self.viewport().repaint()


def figures(path: Path, times: int = 7) -> list[Figure]:
    """The long lists of the workspace with 100,000 rows."""
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
            found += _List(desk, name, times).figures()
    return found


class _List:
    """One long list beside a static table of the same size."""

    def __init__(self, desk: Desk, name: str, times: int) -> None:
        self._desk, self._name, self._times = desk, name, times
        self._listing = LISTINGS[name]
        self._static = _Floor(desk.look.row)
        _show(self._static)
        self._opened: list[QTableView] = []
        self._open()
        self._put_away()  # what the first list of a kind leaves behind is none of this one's
        before = resident_mib()
        self._table = self._open()
        self._opened.clear()
        self._table.listing.complete()
        self._table.viewport().repaint()
        self._memory = resident_mib() - before

    def figures(self) -> list[Figure]:
        """All of it; what happens on the screen's thread is what is measured."""
        told = f"{self._name}, 100,000 rows"
        opened = side_by_side(self._open_static, self._open, self._times, self._put_away)
        whole = once(lambda: self._table.listing.load(whole=True) or self._table.listing.complete())
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
            Figure(f"{self._name}: painting alone", "the same by Qt's own delegate", *self._painting(), 2.0),
            Figure(f"{self._name}: memory of the list", "15 wanted", 15.0, max(self._memory, 0.1), 1.0, "MiB"),
        ]

    def _open_static(self) -> None:
        view = _Floor(self._desk.look.row)
        _show(view)
        self._opened.append(view)

    def _open(self) -> RecordsTable:
        table = RecordsTable(self._desk, f"bench-{self._name}")
        table.show_source(source_of(self._desk, self._listing))
        table.reload()
        _show(table)
        self._opened.append(table)
        return table

    def _put_away(self) -> None:
        for view in self._opened:
            if isinstance(view, RecordsTable):
                view.listing.complete()
            view.close()
        self._opened.clear()
        _settle()

    def _orders(self) -> list[tuple[int, str]]:
        shown = [column for column in self._listing.columns if column.listed]
        return [(n, c.name) for n, c in enumerate(shown) if c.value is not None or c.sort is not None or c.legs]

    def _rest(self) -> None:
        """All keys come from a thread while the officer looks; they are waited for outside the measurement."""
        self._table.listing.complete()
        _settle()

    def _compared(self, work: Callable[[], object]) -> tuple[float, float]:
        def painted() -> None:
            work()
            self._table.viewport().repaint()

        return side_by_side(self._static.anew, painted, self._times, self._rest)

    def _sort(self, number: int, name: str) -> tuple[float, float]:
        late = source_of(self._desk, self._listing).first_ids("", "", name, False, PAGE) is None
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
        late = {word for word in words if source.first_ids(word, "", "", False, PAGE) is None}
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
        own, plain = self._table.itemDelegate(), QStyledItemDelegate(self._table)

        def by(delegate: QAbstractItemDelegate) -> Callable[[], None]:
            def work() -> None:
                self._table.setItemDelegate(delegate)
                _settle()

            work()
            return self._table.viewport().repaint

        pairs = []
        for _ in range(self._times):
            pairs.append((once(by(plain)), once(by(own))))
        return statistics.median(floor for floor, _ in pairs), statistics.median(value for _, value in pairs)
