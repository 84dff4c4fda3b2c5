"""The Qt model over a list of records: pages of rows that are read when they are shown, and group titles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from unnm_desktop.errors import UserError
from unnm_desktop.ui.cells import CellRole, CellView, GroupRole, IdRole
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.jobs import Job
from unnm_desktop.ui.letters import keeping_its_end
from unnm_desktop.ui.row_source import EarlySource, GroupedSource, PlacedIds, RowSource, StoppableSource

# Rows that a view has room for as long as it says nothing else, and the least that are read at once.
IN_SIGHT, AT_ONCE = 50, 20
ROWS_KEPT = 2000
# Ids of so many rows take longer than the screen may wait.
_LONG = 5000
_TEXT_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        CellRole,
    }
)

# Put together once: Python's flags take microseconds, and Qt asks for them with every cell.
_RECORD = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

Index = QModelIndex | QPersistentModelIndex


def _nowhere(_key: UUID) -> int:
    return -1


def _places_in(ids: Sequence[UUID]) -> Callable[[UUID], int]:
    """Where an id stands among these, or -1; worked out when somebody asks."""
    places: dict[UUID, int] = {}

    def place_of(key: UUID) -> int:
        if not places:
            places.update((item, place) for place, item in enumerate(ids))
        return places.get(key, -1)

    return place_of


class ListingModel(QAbstractTableModel):
    """All ids at once, rows when they are shown."""

    loaded = Signal()

    def __init__(self, desk: Desk, source: RowSource) -> None:
        super().__init__()
        self._desk = desk
        self._source = source
        self.text = ""
        self.choice = ""
        self.sort_by = ""
        self.descending = False
        # The columns without room, the one whose cells tell them, and those whose headings are short.
        self._left_out: Sequence[int] = ()
        self._teller = 0
        self._short: frozenset[int] = frozenset()
        self._ids: Sequence[UUID] = ()
        # How many they are, and with the group titles: Qt asks for it with every cell.
        self._count = self._lines = 0
        self._place_of: Callable[[UUID], int] = _nowhere
        self._heads: list[tuple[int, str]] = []
        self._head_rows: list[int] = []
        self._rows: dict[int, Sequence[CellView] | None] = {}
        # How many rows the view has room for: so many are shown before the rest is known, and read at once.
        self.in_sight = IN_SIGHT
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
            self._rows.clear()
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self._rest.start(0)
            return
        if not whole and isinstance(self.source, EarlySource):
            page = max(AT_ONCE, self.in_sight)
            early = self.source.first_ids(self.text, self.choice, self.sort_by, self.descending, page)
            if early is not None:
                # Of a long list's first page the groups are not asked: it will have none.
                self._take(early, grouped=not self._long)
            if early is None or len(early) == page:
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
        self._job, self._waiting = None, False

    def _fetch_rest(self) -> None:
        """The keys of 100,000 rows take longer than a screen may wait: they come from a thread."""
        turn, self._waiting = self._turn, True

        def take(ids: Sequence[UUID]) -> None:
            if turn != self._turn:
                return
            self._job, self._waiting = None, False
            try:
                self._take(ids)
            except UserError as error:
                # The workspace was closed or locked meanwhile.
                self._rest_failed(error)
                return
            self.loaded.emit()

        job = self._desk.jobs.run(
            self.source.ids,
            self.text,
            self.choice,
            self.sort_by,
            self.descending,
            done=take,
            failed=self._rest_failed,
            stop=self.source.stop if isinstance(self.source, StoppableSource) else None,
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

    def _take(self, ids: Sequence[UUID], *, grouped: bool = True) -> None:
        heads: list[tuple[int, str]] = []
        if grouped and isinstance(self.source, GroupedSource) and ids:
            before = ""
            for place, title in enumerate(self.source.groups(ids)):
                if title and title != before:
                    heads.append((place + len(heads), title))
                before = title
        self._long = self._long or len(ids) > _LONG
        self.beginResetModel()
        self._ids, self._heads = ids, heads
        self._count, self._lines = len(ids), len(ids) + len(heads)
        # Settled once: 100,000 selected rows ask for their places.
        self._place_of = ids.place_of if isinstance(ids, PlacedIds) else _places_in(ids)
        self._head_rows = [row for row, _ in heads]
        self._rows.clear()
        self.endResetModel()

    @property
    def count(self) -> int:
        """How many records fit."""
        return self._count

    @property
    def counted(self) -> bool:
        """Whether all that fit are known, not only the first page."""
        return not (self._rest.isActive() or self._waiting)

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

    def id_at(self, row: int) -> UUID | None:
        """The record in a row; None for group titles and outside."""
        place = self._place(row)
        return self._ids[place] if place is not None and 0 <= place < len(self._ids) else None

    def _place(self, row: int) -> int | None:
        before = bisect_right(self._head_rows, row)
        if before and self._head_rows[before - 1] == row:
            return None
        return row - before

    def title_at(self, row: int) -> str | None:
        """The group title that a row is; None for records."""
        if not self._head_rows or self._place(row) is not None:
            return None
        return self._heads[bisect_right(self._head_rows, row) - 1][1]

    def cell_at(self, row: int, column: int) -> CellView | None:
        """What a cell says, for whoever paints it; None for group titles and outside."""
        place = self._place(row) if self._head_rows else row
        return self._cell(place, column) if place is not None and 0 <= place < self._count else None

    def leave_out(self, columns: Sequence[int], teller: int, short: frozenset[int]) -> None:
        """For these columns there is no room: the teller's cells say them; some have room for a short heading only."""
        self._left_out, self._teller = columns, teller
        if short != self._short:
            self._short = short
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.source.columns) - 1)

    def under(self, row: int, column: int, cell: CellView) -> str:
        """The grey line under a cell; under the teller's it goes on with what there is no room for."""
        if not self._left_out or column != self._teller or not cell.second or cell.shape == "avatar":
            return cell.second
        others = (self.cell_at(row, number) for number in self._left_out)
        words = [one.text for one in others if one is not None and one.shape != "dots" and not one.number]
        told = [cell.second, *(word for word in words if word not in ("", "–"))]
        if self._desk.look.rtl:
            # A Latin value is one unit in front of an Arabic one; with the mark the order holds where a line breaks.
            return " \u200f· ".join(map(keeping_its_end, told))
        return " · ".join(told)

    def _told(self, place: int, column: int) -> str:
        """A cell as it is read out."""
        cell, title = self._cell(place, column), self._desk.tr(self.source.columns[column].title)
        return f"{title}: {(cell.tooltip or cell.text or '–') if cell is not None else '–'}"

    def _cell(self, place: int, column: int) -> CellView | None:
        if place not in self._rows:
            self._read(place)
        row = self._rows[place]
        return row[column] if row is not None else None

    def _read(self, place: int) -> None:
        """Read the rows in sight that begin at this place, or end there where those below are known already."""
        most = max(AT_ONCE, self.in_sight)
        last = next((one for one in range(place + 1, place + most) if one in self._rows), place + most)
        first = max(0, last - most)
        first = next((one + 1 for one in range(place - 1, first - 1, -1) if one in self._rows), first)
        if len(self._rows) > ROWS_KEPT:
            for one in tuple(self._rows)[: ROWS_KEPT // 2]:
                del self._rows[one]
        ids = self._ids[first:last]
        # A record that is gone meanwhile leaves its row empty until the list is read anew.
        for one, (_, row) in enumerate(zip_longest(ids, self.source.rows(ids)), first):
            self._rows[one] = row

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._lines

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._source.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < self.rowCount():
            return None
        place = self._place(index.row())
        if place is None:
            title = self.title_at(index.row())
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
        column = index.column()
        # What has no room of its own stands under these words, where it may be cut.
        rest = [self._told(place, one) for one in self._left_out] if column == self._teller else []
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (cell.tooltip or cell.text, *rest) if part) or None
        return "\n".join([self._told(place, column), *rest])

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or (self._head_rows and self._place(index.row()) is None):
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return _RECORD

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.source.columns):
            return None
        column = self.source.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._desk.tr(column.short if section in self._short else column.title)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._desk.tr(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = self._desk.look.end() if column.align == "end" else self._desk.look.start()
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def order(self, column: int, order: Qt.SortOrder) -> None:
        """In which order the rows come when they are loaded the next time."""
        if 0 <= column < len(self.source.columns):
            self.sort_by = self.source.columns[column].name
            self.descending = order == Qt.SortOrder.DescendingOrder
        else:
            self.sort_by, self.descending = "", False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.order(column, order)
        self.load()
