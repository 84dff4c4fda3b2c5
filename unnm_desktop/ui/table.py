"""The Qt model and view over a list of records: pages of rows, groups, filters, selection by id."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from unnm_desktop.ui.cells import CellDelegate, CellView
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.jobs import Job

PAGE = 50
PAGES_KEPT = 40
# Ids of so many rows take longer than the screen may wait.
_LONG = 5000
MIN_STRETCH = 140
IdRole = int(Qt.ItemDataRole.UserRole) + 1
CellRole = int(Qt.ItemDataRole.UserRole) + 2
GroupRole = int(Qt.ItemDataRole.UserRole) + 3

Index = QModelIndex | QPersistentModelIndex


class ColumnHead(Protocol):
    """A column: titles are msgids, align "start" or "end", kind "text" unless the source knows better."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def align(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def kind(self) -> str: ...


class FilterChoice(Protocol):
    """A chip over the list; the title is a msgid."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...


class RowSource(Protocol):
    """Where a table gets its rows; Qt-free, so that a report can read the same source.

    Two methods are optional: ``first_ids(text, choice, sort, descending, count)`` gives the first page early,
    ``groups(ids)`` the group title of each row.
    """

    @property
    def columns(self) -> Sequence[ColumnHead]: ...
    @property
    def choices(self) -> Sequence[FilterChoice]: ...
    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        """The ids of all rows that fit, in order."""

    def rows(self, ids: Sequence[UUID]) -> Sequence[Sequence[CellView]]:
        """The cells of these rows, in the order asked for."""


@runtime_checkable
class GroupedSource(Protocol):
    """A source whose rows stand in groups."""

    def groups(self, ids: Sequence[UUID]) -> Sequence[str]:
        """The group title of each row; rows without one stand before all groups."""


@runtime_checkable
class TallSource(Protocol):
    """A source whose rows have room for two lines."""

    tall: bool


@runtime_checkable
class EarlySource(Protocol):
    """A source that can give its first rows before it knows them all."""

    def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> Sequence[UUID] | None:
        """The first ids that fit, in order; None when finding them is work for another thread."""


@runtime_checkable
class StoppableSource(Protocol):
    """A source whose reading of all ids on another thread can be ended."""

    def stop(self) -> None:
        """What is being read is no longer wanted."""


@runtime_checkable
class PlacedIds(Protocol):
    """Ids that know their places."""

    def place_of(self, key: UUID, /) -> int:
        """The place of an id, or -1."""


class ListingModel(QAbstractTableModel):
    """All ids at once, rows by the hundred when they are shown."""

    loaded = Signal()

    def __init__(self, desk: Desk, source: RowSource) -> None:
        super().__init__()
        self._desk = desk
        self._source = source
        self.text = ""
        self.choice = ""
        self.sort_by = ""
        self.descending = False
        self._ids: Sequence[UUID] = ()
        self._places: dict[UUID, int] | None = None
        self._heads: list[tuple[int, str]] = []
        self._head_rows: list[int] = []
        self._pages: OrderedDict[int, Sequence[Sequence[CellView]]] = OrderedDict()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._fetch_rest)
        self._job: Job | None = None
        self._waiting = False
        self._turn = 0
        self._long = False

    @property
    def source(self) -> RowSource:
        """Where the rows come from."""
        return self._source

    @source.setter
    def source(self, source: RowSource) -> None:
        self._stop()
        self._source = source

    def load(self, *, whole: bool = False) -> None:
        """Ask the source again; a long list shows its first page before the rest is known.

        Where that is not quickly known, or it is wanted as a whole, its old rows stay until all ids are there.
        """
        self._stop()
        if self._long and whole:
            self._pages.clear()
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self._rest.start(0)
            return
        if not whole and isinstance(self.source, EarlySource):
            early = self.source.first_ids(self.text, self.choice, self.sort_by, self.descending, PAGE)
            if early is not None:
                self._take(early)
            if early is None or len(early) == PAGE:
                self._rest.start(0)
                return
        else:
            self._take(self.source.ids(self.text, self.choice, self.sort_by, self.descending))
        self.loaded.emit()

    def _stop(self) -> None:
        """Whatever is under way for an earlier question is no longer wanted."""
        self._turn += 1
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
            if isinstance(self.source, StoppableSource):
                self.source.stop()
        self._job, self._waiting = None, False

    def _fetch_rest(self) -> None:
        """The keys of 100,000 rows take longer than a screen may wait: they come from a thread."""
        turn, self._waiting = self._turn, True

        def take(ids: Sequence[UUID]) -> None:
            if turn == self._turn:
                self._job, self._waiting = None, False
                self._take(ids)
                self.loaded.emit()

        job = self._desk.jobs.run(
            self.source.ids, self.text, self.choice, self.sort_by, self.descending, done=take, failed=self._rest_failed
        )
        if self._waiting:
            self._job = job

    def _rest_failed(self, error: Exception) -> None:
        if self._desk.hub.is_open:
            raise error

    def complete(self) -> None:
        """Fetch what is still missing now."""
        if self._rest.isActive() or self._waiting:
            self._stop()
            self._take(self.source.ids(self.text, self.choice, self.sort_by, self.descending))
            self.loaded.emit()

    def _take(self, ids: Sequence[UUID]) -> None:
        heads: list[tuple[int, str]] = []
        if isinstance(self.source, GroupedSource) and ids:
            before = ""
            for place, title in enumerate(self.source.groups(ids)):
                if title and title != before:
                    heads.append((place + len(heads), title))
                before = title
        self._long = self._long or len(ids) > _LONG
        self.beginResetModel()
        self._ids, self._heads, self._places = ids, heads, None
        self._head_rows = [row for row, _ in heads]
        self._pages.clear()
        self.endResetModel()

    @property
    def count(self) -> int:
        """How many records fit."""
        return len(self._ids)

    @property
    def heads(self) -> list[tuple[int, str]]:
        """The rows that are group titles."""
        return self._heads

    def row_of(self, record_id: UUID) -> int:
        """The row of a record, or -1."""
        place = self._place_of(record_id)
        if place < 0:
            return -1
        row = place
        for head in self._head_rows:
            if head > row:
                break
            row += 1
        return row

    def _place_of(self, record_id: UUID) -> int:
        if isinstance(self._ids, PlacedIds):
            return self._ids.place_of(record_id)
        if self._places is None:
            self._places = {item: place for place, item in enumerate(self._ids)}
        return self._places.get(record_id, -1)

    def id_at(self, row: int) -> UUID | None:
        """The record in a row; None for group titles and outside."""
        place = self._place(row)
        return self._ids[place] if place is not None and 0 <= place < len(self._ids) else None

    def _place(self, row: int) -> int | None:
        before = bisect_right(self._head_rows, row)
        if before and self._head_rows[before - 1] == row:
            return None
        return row - before

    def _cell(self, place: int, column: int) -> CellView | None:
        number = place // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self.source.rows(self._ids[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        offset = place - number * PAGE
        return page[offset][column] if offset < len(page) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids) + len(self._heads)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.source.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < self.rowCount():
            return None
        place = self._place(index.row())
        if place is None:
            title = self._heads[bisect_right(self._head_rows, index.row()) - 1][1]
            if role == GroupRole or (role == Qt.ItemDataRole.DisplayRole and index.column() == 0):
                return title
            return title if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == IdRole:
            return self._ids[place]
        if role not in _TEXT_ROLES:
            return None
        cell = self._cell(place, index.column())
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == CellRole:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tooltip or cell.text or None
        title = self._desk.tr(self.source.columns[index.column()].title)
        return f"{title}: {cell.tooltip or cell.text or '–'}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._place(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.source.columns):
            return None
        column = self.source.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._desk.tr(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = self._desk.look.end() if column.align == "end" else self._desk.look.start()
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.source.columns):
            self.sort_by = self.source.columns[column].name
            self.descending = order == Qt.SortOrder.DescendingOrder
        else:
            self.sort_by, self.descending = "", False
        self.load()


def _runs(model: ListingModel, rows: Sequence[int]) -> QItemSelection:
    """These rows (in order) as a selection of as few runs as they make."""
    made, first, last = QItemSelection(), -2, -2
    for row in (*rows, -2):
        if row == last + 1 and last >= 0:
            last = row
            continue
        if last >= 0:
            made.select(model.index(first, 0), model.index(last, 0))
        first = last = row
    return made


_TEXT_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        CellRole,
    }
)


class RecordsTable(QTableView):
    """A list of records; what is selected is known by id and survives a reload."""

    current_changed = Signal(object)
    selection_changed = Signal()
    opened = Signal(object)
    copied = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(name)
        # Worked out when somebody asks: a click on "select all" marks 100,000 rows at once.
        self._selected: list[UUID] | None = []
        self._selected_rows = 0
        # Group titles, which are lower than rows of two lines; Qt keeps heights by place through a reset.
        self._low_rows: list[int] = []
        self._current: UUID | None = None
        self._place = 0
        self._model: ListingModel | None = None
        self._stretch, self._least = 0, MIN_STRETCH
        self.delegate = CellDelegate(desk.look, self)
        self.setItemDelegate(self.delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setDefaultSectionSize(desk.look.row)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.sortIndicatorChanged.connect(self._sort)
        header.setAccessibleName(name)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._column_moved)
        self.doubleClicked.connect(lambda index: self._open(index.data(IdRole)))

    def show_source(self, source: RowSource) -> None:
        """Take the rows from this source."""
        model = ListingModel(self.desk, source)
        old, self._model = self._model, model
        self.setModel(model)
        # After the view and its selection, which forget everything when the model is reset.
        model.modelReset.connect(self._after_reset)
        model.loaded.connect(self._back_to_place)
        model.modelAboutToBeReset.connect(self.selected_ids)
        if old is not None:
            old.deleteLater()
        self.selectionModel().selectionChanged.connect(self._note_selection)
        self.selectionModel().currentChanged.connect(self._note_current)
        self._stretch = next((n for n, head in enumerate(source.columns) if head.kind == "stretch"), 0)
        look = self.desk.look
        self.delegate.tall = isinstance(source, TallSource) and source.tall
        self.verticalHeader().setDefaultSectionSize(look.tall_row if self.delegate.tall else look.row)
        scale = look.text_size / 100
        for number, head in enumerate(source.columns):
            self.setColumnWidth(number, round((head.width or 120) * scale))
        self._least = round(max(MIN_STRETCH, (source.columns[self._stretch].width or 120) * 0.6) * scale)
        self.stretch()

    def stretch(self) -> None:
        """Give one column what the others leave, but never so little that it cannot be read."""
        if self._model is None:
            return
        header = self.horizontalHeader()
        others = sum(header.sectionSize(n) for n in range(header.count()) if n != self._stretch)
        self.setColumnWidth(self._stretch, max(self._least, self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stretch()

    def _column_moved(self, column: int, _old: int, _new: int) -> None:
        if column != self._stretch:
            self.stretch()

    @property
    def listing(self) -> ListingModel:
        """The model now shown."""
        if self._model is None:
            raise LookupError("show_source comes first")
        return self._model

    def reload(self) -> None:
        """Ask the source again; selection and place stay."""
        if self._model is None:
            return
        self._place = self.verticalScrollBar().value()
        self._model.load(whole=self._place > 0)

    def filter(self, text: str, choice: str) -> None:
        """Show what fits."""
        model = self.listing
        if (text, choice) != (model.text, model.choice):
            self._place = 0
            model.text, model.choice = text, choice
            model.load()

    def selected_ids(self) -> list[UUID]:
        """The selected records, in the order shown."""
        if self._selected is None:
            ids = (self.listing.id_at(row) for row in self._rows_selected())
            self._selected = [record_id for record_id in ids if record_id is not None]
        return list(self._selected)

    def selected_count(self) -> int:
        """How many records are selected."""
        return self._selected_rows

    def selectAll(self) -> None:
        """Every record of the list, also those that are not read yet."""
        self.listing.complete()
        super().selectAll()

    def current_id(self) -> UUID | None:
        """The record the keyboard stands on."""
        return self._current

    def select(self, record_id: UUID | None) -> bool:
        """Go to a record; False when the list does not show it."""
        if record_id is None:
            self.clearSelection()
            return False
        model = self.listing
        if model.row_of(record_id) < 0:
            model.complete()
        row = model.row_of(record_id)
        if row < 0:
            return False
        # Not selectRow: it selects nothing in right-to-left windows.
        index = model.index(row, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.scrollTo(index)
        return True

    def cell_of(self, record_id: UUID, column: str) -> CellView | None:
        """What the list says of a record in that column; None when it does not show it."""
        row = self.listing.row_of(record_id)
        names = [head.name for head in self.listing.source.columns]
        if row < 0 or column not in names:
            return None
        found: CellView | None = self.listing.index(row, names.index(column)).data(CellRole)
        return found

    def select_also(self, ids: Sequence[UUID]) -> None:
        """Select these records beside what is selected."""
        rows = sorted(row for row in map(self.listing.row_of, ids) if row >= 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(_runs(self.listing, rows), flags.Select | flags.Rows)

    def select_first(self) -> None:
        """Go to the first record, if there is one."""
        model = self.listing
        for row in range(min(2, model.rowCount())):
            record_id = model.id_at(row)
            if record_id is not None:
                self.select(record_id)
                return

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self._place = 0
        self.listing.sort(column, order)

    def _open(self, record_id: UUID | None) -> None:
        if record_id is not None:
            self.opened.emit(record_id)

    def _after_reset(self) -> None:
        self.clearSpans()
        model = self.listing
        default = self.verticalHeader().defaultSectionSize()
        for row in self._low_rows:
            self.setRowHeight(row, default)
        self._low_rows = [row for row, _ in model.heads]
        for row in self._low_rows:
            self.setSpan(row, 0, 1, max(1, model.columnCount()))
            self.setRowHeight(row, self.desk.look.row)
        selected, current = self.selected_ids(), self._current
        flags = QItemSelectionModel.SelectionFlag
        blocked = self.selectionModel().blockSignals(True)
        rows = {record_id: model.row_of(record_id) for record_id in selected}
        kept = [record_id for record_id in selected if rows[record_id] >= 0]
        # One selection of whole runs: row by row, two thousand of them would take seconds.
        self.selectionModel().select(
            _runs(model, sorted(rows[record_id] for record_id in kept)), flags.Select | flags.Rows
        )
        row = model.row_of(current) if current is not None else -1
        if row >= 0:
            self.selectionModel().setCurrentIndex(model.index(row, 0), flags.NoUpdate)
        self.selectionModel().blockSignals(blocked)
        fewer = len(kept) != len(selected)
        self._selected, self._selected_rows = kept, len(kept)
        if fewer:
            self.selection_changed.emit()
        if row < 0 and current is not None:
            self._current = None
            self.current_changed.emit(None)
        self.viewport().update()

    def _back_to_place(self) -> None:
        """Where the officer was before the rows were read again."""
        if self._place:
            self.verticalScrollBar().setValue(self._place)
            self._place = 0

    def _note_selection(self) -> None:
        self._selected = None
        heads = [row for row, _ in self.listing.heads]
        self._selected_rows = sum(
            bottom - top + 1 - (bisect_right(heads, bottom) - bisect_left(heads, top))
            for top, bottom in self._ranges_selected()
        )
        self.selection_changed.emit()

    def _ranges_selected(self) -> list[tuple[int, int]]:
        """First and last row of each run, top down; a row that two runs share counts once."""
        runs: list[tuple[int, int]] = []
        selection: Any = self.selectionModel().selection()  # a list to Python, which the stubs do not know
        for top, bottom in sorted((one.top(), one.bottom()) for one in selection):
            top = max(top, runs[-1][1] + 1) if runs else top
            if top <= bottom:
                runs.append((top, bottom))
        return runs

    def _rows_selected(self) -> Iterator[int]:
        for top, bottom in self._ranges_selected():
            yield from range(top, bottom + 1)

    def _note_current(self, index: QModelIndex) -> None:
        record_id = index.data(IdRole) if index.isValid() else None
        if record_id != self._current:
            self._current = record_id
            self.current_changed.emit(record_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._current)
            return
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        index = self.currentIndex()
        # The keyboard steps over group titles.
        if index.isValid() and self.listing.id_at(index.row()) is None and before != index.row():
            step = 1 if index.row() >= before else -1
            row = index.row() + step
            if not 0 <= row < self.listing.rowCount():
                row = before
            if self.listing.id_at(row) is not None:
                self.select(self.listing.id_at(row))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.delegate.hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.delegate.hover(-1)
        super().leaveEvent(event)

    def row_point(self, record_id: UUID) -> QPoint:
        """Where a record's row is on the viewport, for menus."""
        return self.visualRect(self.listing.index(self.listing.row_of(record_id), 0)).center()
