"""The view of a list of records; what is selected is known by id."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from unnm_desktop.ui.cells import CellDelegate, CellRole, CellView, IdRole
from unnm_desktop.ui.column_room import ColumnRoom
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.listing_model import ListingModel
from unnm_desktop.ui.row_menu import below, by_keys, pointed_at
from unnm_desktop.ui.row_source import FittedSource, RowSource, TallSource


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


class RecordsTable(QTableView):
    """A list of records; what is selected is known by id and survives a reload."""

    current_changed = Signal(object)
    selection_changed = Signal()
    opened = Signal(object)
    # A menu for the current row, or for all that are selected, at that place on the screen.
    menu_wanted = Signal(QPoint)
    # The officer gave a column a width.
    columns_drawn = Signal()

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
        self.room = ColumnRoom(self)
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
        header.setMinimumSectionSize(24)
        header.sortIndicatorChanged.connect(self._sort)
        header.setAccessibleName(name)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._column_moved)
        self.doubleClicked.connect(lambda index: self._open(index.data(IdRole)))

    def show_source(self, source: RowSource) -> None:
        """Take the rows from this source."""
        model = ListingModel(self.desk, source)
        # Without one while Qt takes it: the columns are fitted once it has.
        old, self._model = self._model, None
        self.setModel(model)
        self._model = model
        # After the view and its selection, which forget everything when the model is reset.
        model.modelReset.connect(self._after_reset)
        model.loaded.connect(self._back_to_place)
        model.modelAboutToBeReset.connect(self.selected_ids)
        if old is not None:
            old.deleteLater()
        self.selectionModel().selectionChanged.connect(self._note_selection)
        self.selectionModel().currentChanged.connect(self._note_current)
        self.room.begin()
        self.room.fit()

    def show_rows(self, source: RowSource) -> None:
        """Take the rows from this source now; selection and place stay."""
        if self._model is None:
            self.show_source(source)
        else:
            self._model.source = source
        self.reload()

    def keep_order(self) -> None:
        """Rows that stand in an order of their own cannot be sorted."""
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSortIndicatorShown(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        index, seen = self.currentIndex(), QRect(QPoint(), event.oldSize())
        kept = index.isValid() and seen.contains(self.visualRect(index).center())
        super().resizeEvent(event)
        if self._model is not None:
            self.room.fit()
        if kept:
            # Other widths may have given the rows before it more lines.
            self.scrollTo(index)

    def fit_rows(self, widths: Mapping[int, int]) -> None:
        """Give rows the lines that their source asks for, and one more where columns so wide have little room."""
        source, look = self.listing.source, self.desk.look
        deep = 1
        if isinstance(source, TallSource):
            names = [head.name for head in source.columns]
            column = names.index(source.words) if source.words else self.room.stretch
            if isinstance(source, FittedSource) and source.fitted:
                narrow = self.room.lacks(widths)
            else:
                narrow = 0 < widths.get(column, 0) < source.enough * look.text_size / 100
            deep += source.tall + narrow
            self.delegate.tall = source.tall
        if deep != self.delegate.deep:
            self.delegate.deep = deep
            self.verticalHeader().setDefaultSectionSize((look.row, look.tall_row, look.high_row)[deep - 1])
            for row in self._low_rows:
                self.setRowHeight(row, look.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._model is None or not self._model.rowCount() or not self._model.columnCount():
            return
        self._model.in_sight = self.viewport().height() // self.verticalHeader().defaultSectionSize() + 2
        area, header = event.rect(), self.horizontalHeader()
        places = ((n, header.sectionViewportPosition(n), header.sectionSize(n)) for n in range(header.count()))
        columns = [(n, left, width) for n, left, width in places if width]
        start, across = min(left for _, left, _ in columns), sum(width for _, _, width in columns)
        boxes = {
            row: QRect(start, self.rowViewportPosition(row), across, self.rowHeight(row)) for row in self._rows_in(area)
        }
        painter = QPainter(self.viewport())
        seen = [one for one in columns if one[1] <= area.right() and one[1] + one[2] > area.left()]
        self.delegate.paint_rows(painter, list(boxes.items()), seen)
        current = self.currentIndex().row()
        if current in boxes and self.hasFocus():
            self.delegate.paint_ring(painter, boxes[current])
        painter.end()

    def _rows_in(self, area: QRect) -> range:
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        # Below the last row there is none.
        return range(first, (last if last >= 0 else self.listing.rowCount() - 1) + 1) if first >= 0 else range(0)

    def is_selected(self, row: int) -> bool:
        """Whether a row is marked."""
        chosen = self.selectionModel()
        return chosen.hasSelection() and chosen.isSelected(self.listing.index(row, 0))

    def _column_moved(self, column: int, _old: int, new: int) -> None:
        if self.room.drawn(column, new):
            self.columns_drawn.emit()

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
        # What was changed in the current record may have put it beyond the first page.
        moved = self._current is not None and self._model.counted
        self._model.load(whole=self._place > 0 or moved)

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
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, alone)
        # The view's own way as well: from here Shift and an arrow select on. It heeds the keys that are held, and the
        # Ctrl of a dialog's Ctrl+Enter would take the row out of the selection.
        self.setCurrentIndex(index)
        self.selectionModel().select(index, alone)
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
        self.listing.order(column, order)
        # Of several that are selected most may be beyond the first page.
        self.listing.load(whole=self._selected_rows > 1)

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
        if kept:
            # One selection of whole runs: row by row, two thousand of them would take seconds.
            runs = _runs(model, sorted(rows[record_id] for record_id in kept))
            self.selectionModel().select(runs, flags.Select | flags.Rows)
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
        self.room.measure()
        # Qt lays out a new number of rows, and shows or hides the scroll bar, only after it has painted them once, and
        # then paints them all again.
        self.executeDelayedItemsLayout()
        self.updateGeometries()
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
        # Qt paints only the cell anew that was current; the frame goes round its whole row.
        self.viewport().update()
        record_id = index.data(IdRole) if index.isValid() else None
        if record_id != self._current:
            self._current = record_id
            self.current_changed.emit(record_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
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
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and 0 <= row < self.listing.rowCount():
                # The same key once more: what is selected already stays so.
                super().keyPressEvent(event)
                return
            if not 0 <= row < self.listing.rowCount():
                # Nothing is beyond the title: the row on its other side.
                row = index.row() - step
            if self.listing.id_at(row) is not None:
                self.select(self.listing.id_at(row))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        # Rows are chosen, not cells: Home and End go to the first and the last, as in a list.
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            last = self.listing.rowCount() - 1
            first = 0 if self.listing.id_at(0) is not None else min(1, last)
            return self.listing.index(first if action is QAbstractItemView.CursorAction.MoveHome else last, 0)
        return super().moveCursor(action, modifiers)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        pointer = pointed_at(self, event)
        if by_keys(event):
            index = self.currentIndex()
            self.scrollTo(index)
        elif pointer is not None:
            index = self.indexAt(pointer)
        else:
            return
        if index.data(IdRole) is None:
            return
        if not self.is_selected(index.row()):
            self.select(index.data(IdRole))
        self.menu_wanted.emit(below(self, index, rtl=self.desk.look.rtl) if by_keys(event) else event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.delegate.hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.delegate.hover(-1)
        super().leaveEvent(event)
