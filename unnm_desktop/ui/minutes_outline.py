"""The agenda items beside the minutes; what is still empty stands back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame

from unnm_desktop.db.meetings import AgendaItem
from unnm_desktop.i18n import N_
from unnm_desktop.services import agendas
from unnm_desktop.services.listing import Cell
from unnm_desktop.ui.cells import PAD, CellDelegate
from unnm_desktop.ui.fixed_rows import FixedRows
from unnm_desktop.ui.forms import STACK_FROM
from unnm_desktop.ui.listing_source import Heading
from unnm_desktop.ui.table import RecordsTable

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.minutes_sheet import MinutesSheet
    from unnm_desktop.ui.page_base import Page


class OutlineSource(FixedRows[AgendaItem]):
    """The agenda items as an outline, a line each: all of a usual agenda are in sight at once.

    In large letters little of a title is seen in one line; there it has two.
    """

    # Titles are cut rather than scrolled aside, however large the text; the one that is chosen stands whole beside.
    columns = (
        Heading("number", N_("No."), "start", 38, "text", least=38),
        Heading("title", N_("Item"), "start", 100, "stretch", least=40),
    )

    def __init__(self, page: Page, sheet: MinutesSheet) -> None:
        super().__init__({item.id: item for item in sheet.items})
        self._page, self._sheet = page, sheet
        self.tall = page.desk.look.text_size >= STACK_FROM

    def row(self, item: AgendaItem) -> tuple[Cell, ...]:
        language, key = self._page.language, item.id
        written = bool(self._sheet.text(key, "text_en").strip() or self._sheet.text(key, "text_ar").strip())
        title = language.pick(item, "title")
        words = self._page.desk.tr(N_("written")) if written else self._page.desk.tr(N_("nothing written"))
        number = Cell(agendas.item_number(item, language), "" if written else "neutral")
        return (number, Cell(title, "" if written else "neutral", tooltip=f"{title} · {words}"))


class Outline(RecordsTable):
    """The items beside the text, told apart by the ground under the chosen one instead of lines between them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.tr(N_("Agenda items")))
        self.delegate = OutlineDelegate(desk.look, self)
        self.setItemDelegate(self.delegate)
        self.horizontalHeader().hide()
        self.setSelectionMode(RecordsTable.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableView { border: none; } QTableView:focus { border: none; }")


class OutlineDelegate(CellDelegate):
    """Paints an item as the sidebar does a place: the chosen one in strong letters on a rounded ground."""

    def paint_rows(
        self, painter: QPainter, rows: Sequence[tuple[int, QRect]], columns: Sequence[tuple[int, int, int]]
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, rect in rows:
            selected = self._view.is_selected(row)
            if selected or row == self._hover:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._selected if selected else self._hovered)
                painter.drawRoundedRect(_ground(rect), 8, 8)
            for column, left, width in columns:
                cell = self._view.listing.cell_at(row, column)
                if cell is not None:
                    tone = self._tone("info" if selected else cell.tone)[0] if selected or cell.tone else self._text
                    font = self.strong if selected else self.plain
                    box = QRect(left + PAD, rect.top(), width - 2 * PAD, rect.height() - 1)
                    lines = self.lines(cell.text, box.width(), font, self.deep)
                    high = self._metrics[id(font)].height()
                    top = box.top() + (box.height() - high * len(lines)) // 2
                    for number, line in enumerate(lines):
                        place = QRect(box.left(), top + number * high, box.width(), high)
                        self._write(painter, place, line, font, tone, end=False)

    def paint_ring(self, painter: QPainter, rect: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.colour("ring"), 2))
        painter.drawRoundedRect(_ground(rect).adjusted(1, 1, -1, -1), 8, 8)


def _ground(rect: QRect) -> QRectF:
    """What lies under an item, a little smaller than its row."""
    return QRectF(rect.adjusted(2, 1, -2, -1))
