"""Lists of 100,000 rows on the screen: first paint, filter, sort, scroll, beside a static table of 40 rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView

from tests.bench.measure import Figure, once, side_by_side
from tests.bench.workspaces import ON
from unnm_desktop.db.engine import Database
from unnm_desktop.i18n import Language
from unnm_desktop.services.listings import LISTINGS
from unnm_desktop.settings import Settings
from unnm_desktop.ui import fonts, theme
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.hub import Hub
from unnm_desktop.ui.jobs import Jobs
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


def _paint(widget: Any) -> None:
    widget.viewport().repaint()
    QApplication.processEvents()


def figures(path: Path, times: int = 5) -> list[Figure]:
    """The members and the action points of the workspace with 100,000 rows."""
    app = QApplication.instance() or QApplication([])
    fonts.load()
    settings = Settings()
    look = theme.look_for(settings, rtl=False)
    theme.apply(app, look)  # type: ignore[arg-type] # instance() is a QApplication here
    static = QTableView()
    static.setModel(_Static())
    static.resize(1100, 700)
    static.show()
    QApplication.processEvents()
    found: list[Figure] = []
    with Database(path, "Bench") as database:
        hub = Hub()
        hub.open(database)
        desk = Desk(hub, Language(), look, Jobs(), settings, today=lambda: ON)
        desk.networks = network_names(desk)
        desk.network = desk.networks[0]
        hub.network_id = desk.network.id
        for name in ("members", "actions"):
            found += _list(desk, name, static, times)
    return found


def _open_static() -> None:
    view = QTableView()
    view.setModel(_Static(view))
    view.resize(1100, 700)
    view.show()
    _paint(view)
    view.close()


def _list(desk: Desk, name: str, static: QTableView, times: int) -> list[Figure]:
    listing = LISTINGS[name]
    source = source_of(desk, listing)

    def opened() -> RecordsTable:
        table = RecordsTable(desk, f"bench-{name}")
        table.show_source(source)
        table.resize(1100, 700)
        table.show()
        _paint(table)
        return table

    def repaint() -> None:
        _paint(static)

    floor_open, value_open = side_by_side(_open_static, lambda: opened().close(), times)
    table = opened()
    QApplication.processEvents()
    listed = table.listing
    rest = once(lambda: listed.load(whole=True))
    shown = [c for c in listing.columns if c.listed]
    sortable = [n for n, c in enumerate(shown) if c.value is not None or c.sort is not None]
    column = next(n for n in sortable if shown[n].name != listing.default_sort)
    words = iter(("data", "health", "shelter", "return", "labour", "number 77", "trafficking", "recruitment"))

    def act(work: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            work()
            table.viewport().repaint()

        return run

    def settle() -> None:
        """The rest of the keys come from a thread while the officer looks; wait for them outside the measurement."""
        listed.complete()
        QApplication.processEvents()

    orders = iter([Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder] * times)
    floor_filter, value_filter = side_by_side(repaint, act(lambda: table.filter(next(words), "")), times, settle)
    table.filter("", "")
    listed.load(whole=True)
    floor_sort, value_sort = side_by_side(repaint, act(lambda: listed.sort(column, next(orders))), times, settle)
    listed.load(whole=True)
    ends = iter([True, False] * times)

    def scroll() -> None:
        bar = table.verticalScrollBar()
        bar.setValue(bar.maximum() if next(ends) else 0)

    floor_scroll, value_scroll = side_by_side(repaint, act(scroll), times)
    table.close()
    return [
        Figure(f"{name}, 100,000 rows: first paint", "static table of 40 rows", floor_open, value_open, 1.5),
        Figure(f"{name}: the rest of the rows", "static table of 40 rows", floor_open, rest, None),
        Figure(f"{name}: change of sort", "full repaint", floor_sort, value_sort, 2.0),
        Figure(f"{name}: a filter key to its repaint", "full repaint", floor_filter, value_filter, 1.5),
        Figure(f"{name}: scroll to the end", "full repaint", floor_scroll, value_scroll, 2.5),
    ]
