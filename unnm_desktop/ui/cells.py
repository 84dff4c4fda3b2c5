"""Painting one cell of a list: text, pill, dots or avatar, in either direction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from unnm_desktop.i18n import isolate
from unnm_desktop.ui.letters import avatar_tone, cut_mark, initials
from unnm_desktop.ui.theme import Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

PRESENT, AWAY, ABSENT = "●", "○", "×"
_PAD = 10


_ARABIC = re.compile("[\u0590-\u08ff]")


class CellView(Protocol):
    """What one cell says: tones neutral, good, warn, bad, info, violet; shapes pill, dots, avatar or none."""

    @property
    def text(self) -> str: ...
    @property
    def tone(self) -> str: ...
    @property
    def shape(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def tooltip(self) -> str: ...
    @property
    def number(self) -> bool: ...


class CellDelegate(QStyledItemDelegate):
    """Paints cells; fonts, metrics and cut texts are made once."""

    def __init__(self, look: Look, view: QTableView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self._hover = -1
        self.plain = look.font()
        self.strong = look.font(1.0, QFont.Weight.DemiBold)
        self.small = look.font(0.9)
        self.tiny = look.font(0.72, QFont.Weight.Bold)
        self._metrics = {id(font): QFontMetrics(font) for font in (self.plain, self.strong, self.small, self.tiny)}
        self._text = look.colour("text")
        self._text2 = look.colour("text2")
        self._line = look.colour("line")
        self._selected = look.colour("selection")
        self._hovered = look.colour("hover")
        self._sunken = look.colour("sunken")
        self._cut: dict[tuple[str, int, int], str] = {}

    def hover(self, row: int) -> None:
        """The row under the pointer."""
        if row != self._hover:
            self._hover = row
            self._view.viewport().update()

    def elide(self, text: str, font: QFont, width: int) -> str:
        """The text cut to a width, remembered."""
        key = (text, id(font), width)
        if key not in self._cut:
            if len(self._cut) > 4000:
                self._cut.clear()
            line = " ".join(text.split())
            cut = self._metrics[id(font)].elidedText(line, Qt.TextElideMode.ElideRight, width)
            whole = cut if cut == line else cut + cut_mark(line)
            # An English sentence in an Arabic list keeps its full stop at its own end (UAX#9, left-to-right isolate).
            self._cut[key] = isolate(whole) if self._look.rtl and not _ARABIC.search(whole) else whole
        return self._cut[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, self._look.row)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        from unnm_desktop.ui.table import CellRole, GroupRole  # table imports this module

        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        title = index.data(GroupRole)
        if title:
            painter.fillRect(rect, self._sunken)
            self._write(painter, rect.adjusted(_PAD, 0, -_PAD, 0), str(title), self.strong, self._text, end=False)
            painter.restore()
            return
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or index.row() == self._hover:
            painter.fillRect(rect, self._selected if selected else self._hovered)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._line)
        cell = index.data(CellRole)
        if cell is not None:
            self._cell(painter, rect.adjusted(_PAD, 0, -_PAD, -1), cell)
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._ring(painter, rect, index.column())
        painter.restore()

    def _ring(self, painter: QPainter, rect: QRect, column: int) -> None:
        """This cell's part of the focus ring around its whole row."""
        ring = self._look.colour("ring")
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), ring)
        painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), ring)
        header = self._view.horizontalHeader()
        visual = header.visualIndex(column)
        if visual == 0:
            painter.fillRect(self._from_start(rect, 0, 2, rect.height()), ring)
        if visual == header.count() - 1:
            painter.fillRect(self._from_start(rect, rect.width() - 2, 2, rect.height()), ring)

    def _cell(self, painter: QPainter, rect: QRect, cell: CellView) -> None:
        if cell.shape == "pill" and cell.text:
            self._pill(painter, rect, cell)
        elif cell.shape == "dots":
            self._dots(painter, rect, cell.text)
        else:
            if cell.shape == "avatar":
                rect = self._avatar(painter, rect, cell)
            colour = self._look.tone(cell.tone)[0] if cell.tone else self._text
            if cell.icon and cell.shape != "avatar":
                rect = self._icon(painter, rect, cell.icon, colour)
            self._write(painter, rect, cell.text, self.plain, colour, end=cell.number)

    def _write(self, painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor, *, end: bool) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        side = self._look.end() if end else self._look.start()
        painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), self.elide(text, font, rect.width()))

    def _from_start(self, rect: QRect, offset: int, width: int, height: int) -> QRect:
        """A box of that size, so far from the start side, in the middle of the row."""
        x = rect.right() + 1 - offset - width if self._look.rtl else rect.left() + offset
        return QRect(x, rect.center().y() - height // 2 + 1, width, height)

    def _rest(self, rect: QRect, used: int) -> QRect:
        return rect.adjusted(0, 0, -used, 0) if self._look.rtl else rect.adjusted(used, 0, 0, 0)

    def _pill(self, painter: QPainter, rect: QRect, cell: CellView) -> None:
        text, back = self._look.tone(cell.tone)
        metrics = self._metrics[id(self.small)]
        height = metrics.height() + 4
        extra = 18 if cell.icon else 0
        words = self.elide(cell.text, self.small, max(10, rect.width() - 16 - extra))
        width = min(rect.width(), metrics.horizontalAdvance(words) + 17 + extra)
        box = self._from_start(rect, 0, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(QRectF(box), height / 2, height / 2)
        inside = box.adjusted(8, 0, -8, 0)
        if cell.icon:
            inside = self._icon(painter, inside, cell.icon, text, 14)
        painter.setFont(self.small)
        painter.setPen(text)
        painter.drawText(inside, int(self._look.start() | Qt.AlignmentFlag.AlignVCenter), words)

    def _dots(self, painter: QPainter, rect: QRect, marks: str) -> None:
        for number, mark in enumerate(marks):
            box = QRectF(self._from_start(rect, 2 + number * 15, 9, 9))
            if not rect.contains(box.toRect()):
                break
            tone = "bad" if mark == ABSENT else "good" if mark in (PRESENT, AWAY) else "neutral"
            colour = self._look.tone(tone)[0]
            painter.setBrush(colour if mark == PRESENT else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 1.8))
            if mark == ABSENT:
                inner = box.adjusted(1, 1, -1, -1)
                painter.drawLine(inner.topLeft(), inner.bottomRight())
                painter.drawLine(inner.topRight(), inner.bottomLeft())
            elif mark in (PRESENT, AWAY):
                painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
            else:
                painter.drawPoint(box.center())

    def _avatar(self, painter: QPainter, rect: QRect, cell: CellView) -> QRect:
        size = min(29, rect.height() - 6)
        box = self._from_start(rect, 0, size, size)
        text, back = self._look.tone(avatar_tone(cell.icon or cell.text))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawEllipse(box)
        painter.setPen(text)
        painter.setFont(self.tiny)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), initials(cell.icon or cell.text))
        return self._rest(rect, size + 9)

    def _icon(self, painter: QPainter, rect: QRect, name: str, colour: QColor, size: int = 15) -> QRect:
        box = self._from_start(rect, 0, size, size)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(box, self._look.icons.pixmap(name, colour.name(), size, ratio))
        return self._rest(rect, size + 5)
