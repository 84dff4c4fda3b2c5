"""What can be done with a table of the minutes: rows and columns come and go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextCursor, QTextTable

from unnm_desktop.i18n import N_

Step = Callable[[QTextTable, int, int], object]


def _add_row(table: QTextTable, row: int, _column: int) -> None:
    table.insertRows(row + 1, 1)


def _add_column(table: QTextTable, _row: int, column: int) -> None:
    table.insertColumns(column + 1, 1)


def _remove_row(table: QTextTable, row: int, _column: int) -> None:
    table.removeRows(row, 1)


def _remove_column(table: QTextTable, _row: int, column: int) -> None:
    table.removeColumns(column, 1)


def _remove(table: QTextTable, _row: int, _column: int) -> None:
    table.removeRows(0, table.rows())


STEPS: tuple[tuple[str, Step], ...] = (
    (N_("Add a row below"), _add_row),
    (N_("Add a column behind"), _add_column),
    (N_("Remove the row"), _remove_row),
    (N_("Remove the column"), _remove_column),
    (N_("Remove the table"), _remove),
)


def change(cursor: QTextCursor, step: Step) -> QTextCursor:
    """Do this to the table the cursor stands in, as one step of the editor's undo; where the cursor goes then."""
    table = cursor.currentTable()
    if table is None:
        return cursor
    cell = table.cellAt(cursor)
    row, column = cell.row(), cell.column()
    last = (step is _remove_row and table.rows() == 1) or (step is _remove_column and table.columns() == 1)
    cursor.beginEditBlock()
    step(table, row, column)
    cursor.endEditBlock()
    if step is _remove or last:
        return cursor
    return table.cellAt(min(row, table.rows() - 1), min(column, table.columns() - 1)).firstCursorPosition()
