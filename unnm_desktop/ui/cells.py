"""Painting one cell of a list: text, pill, dots or avatar, in either direction."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from unnm_desktop.ui.dots import dots_width, paint_dots
from unnm_desktop.ui.letters import INK, avatar_tone, cut_mark, in_lines, initials, keeping_its_end, shorter
from unnm_desktop.ui.theme import Look

if TYPE_CHECKING:
    from unnm_desktop.ui.table import RecordsTable

PAD = 10
# At text size 100 %: so wide is a cell that has room for two names in one line, and what stands between them.
_BOTH, _APART = 170, 8
# What a cell is asked for: the key of its record, its CellView, the title of the group that the row is.
IdRole = int(Qt.ItemDataRole.UserRole) + 1
CellRole = int(Qt.ItemDataRole.UserRole) + 2
GroupRole = int(Qt.ItemDataRole.UserRole) + 3


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
    @property
    def second(self) -> str: ...
    @property
    def brief(self) -> str: ...


class CellDelegate(QStyledItemDelegate):
    """Paints the rows of a list, all that are due at once; fonts, metrics and cut texts are made once."""

    def __init__(self, look: Look, view: RecordsTable) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self._hover = -1
        # For how many lines a row has room, and whether one is for what stands under others.
        self.deep, self.tall = 1, False
        self.plain = look.font()
        self.strong = look.font(1.0, QFont.Weight.DemiBold)
        self.small = look.font(0.9)
        self.tiny = look.font(0.72, QFont.Weight.Bold)
        self._metrics = {id(font): QFontMetrics(font) for font in (self.plain, self.strong, self.small, self.tiny)}
        # What is short enough in the widest of plain letters need not be measured.
        self._widest = {key: metrics.horizontalAdvance("W") for key, metrics in self._metrics.items()}
        self._text = look.colour("text")
        self._text2 = look.colour("text2")
        self._line = look.colour("line")
        self._selected = look.colour("selection")
        self._hovered = look.colour("hover")
        self._sunken = look.colour("sunken")
        self._start = int(look.start() | Qt.AlignmentFlag.AlignVCenter)
        self._end = int(look.end() | Qt.AlignmentFlag.AlignVCenter)
        self._tones: dict[str, tuple[QColor, QColor]] = {}
        self._cut: dict[tuple[str, int, int], str] = {}
        self._wrapped: dict[tuple[str, int, int, int], tuple[str, ...]] = {}

    def hover(self, row: int) -> None:
        """The row under the pointer."""
        if row != self._hover:
            self._hover = row
            self._view.viewport().update()

    def elide(self, text: str, font: QFont, width: int) -> str:
        """The text cut to a width, remembered."""
        key = (text, id(font), width)
        found = self._cut.get(key)
        if found is None:
            if len(self._cut) > 4000:
                self._cut.clear()
            line = cut = " ".join(text.split())
            metrics = self._metrics[id(font)]
            short = line.isascii() and len(line) * self._widest[id(font)] <= width
            # To cut costs three times as much as to measure.
            if not short and metrics.horizontalAdvance(line) > width - INK:
                cut = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            whole = cut if cut == line else cut + cut_mark(line)
            found = self._cut[key] = keeping_its_end(whole) if self._look.rtl else whole
        return found

    def name_for(self, text: str, font: QFont, width: int, most: int) -> str:
        """The name of a body as short as there is room in so many lines."""
        measure = self._metrics[id(font)].horizontalAdvance

        def fits(name: str) -> bool:
            return all(measure(line) <= width for line in self.lines(name, width, font, most))

        return shorter(text, fits)

    def natural(self, cell: CellView) -> int:
        """How wide a cell is that has room for all it says, in one line."""
        look, across = self._look, 2 * PAD
        if cell.shape == "dots":
            return dots_width(look, cell.text) + across
        if cell.shape == "pill" and cell.text:
            extra = look.with_text(14) + 4 if cell.icon else 0
            return self._metrics[id(self.small)].horizontalAdvance(cell.text) + 17 + extra + across
        if cell.shape == "avatar":
            across += min(34 if self.tall else 29, look.row - 7) + 9
        elif cell.icon:
            across += look.with_text(15) + 6
        return self._metrics[id(self.plain)].horizontalAdvance(cell.text) + INK + 1 + across

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, self._look.row)

    def paint_rows(
        self, painter: QPainter, rows: Sequence[tuple[int, QRect]], columns: Sequence[tuple[int, int, int]]
    ) -> None:
        """Paint these rows in their boxes, of the columns those that begin and are so wide.

        Asked cell by cell, as Qt asks a delegate, a screen of rows would take twice as long.
        """
        listing, chosen = self._view.listing, [self._view.is_selected(row) for row, _ in rows]
        titles = [listing.title_at(row) for row, _ in rows]
        for (row, rect), title, selected in zip(rows, titles, chosen, strict=True):
            if title is not None:
                painter.fillRect(rect, self._sunken)
                continue
            if selected or row == self._hover:
                painter.fillRect(rect, self._selected if selected else self._hovered)
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        # For the shapes; edges of boxes would blur where a point of the window is one and a quarter of the screen.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (row, rect), title, selected in zip(rows, titles, chosen, strict=True):
            if title is not None:
                self._write(painter, rect.adjusted(PAD, 0, -PAD, 0), title, self.strong, self._text, end=False)
                continue
            top, height = rect.top(), rect.height() - 1
            for column, left, width in columns:
                cell = listing.cell_at(row, column)
                if cell is not None:
                    second = listing.under(row, column, cell) if self.tall else ""
                    box = QRect(left + PAD, top, width - 2 * PAD, height)
                    self._cell(painter, box, cell, second, selected=selected)

    def _tone(self, name: str) -> tuple[QColor, QColor]:
        if name not in self._tones:
            self._tones[name] = self._look.tone(name)
        return self._tones[name]

    def paint_ring(self, painter: QPainter, rect: QRect) -> None:
        """Paint the focus ring around a row."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        ring = self._look.colour("ring")
        painter.fillRect(rect.left(), rect.top(), rect.width(), 2, ring)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, ring)
        painter.fillRect(rect.left(), rect.top(), 2, rect.height(), ring)
        painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), ring)

    def _cell(self, painter: QPainter, rect: QRect, cell: CellView, second: str, *, selected: bool) -> None:
        if cell.shape == "pill" and cell.text:
            self._pill(painter, self._second(painter, rect, second) if second else rect, cell, selected)
        elif cell.shape == "dots":
            self._dots(painter, rect, cell.text)
        else:
            if cell.shape == "avatar":
                rect = self._avatar(painter, rect, cell, selected)
                if self.deep == 1 and cell.second and rect.width() >= self._look.with_text(_BOTH):
                    self._beside(painter, rect, cell)
            colour = self._tone(cell.tone)[0] if cell.tone else self._text
            if cell.icon and cell.shape != "avatar":
                rect = self._icon(painter, rect, cell.icon, colour)
            if cell.number and not second:
                self._write(painter, rect, cell.text, self.plain, colour, end=True)
            else:
                self._told(painter, rect, cell, second, colour)

    def _second(self, painter: QPainter, rect: QRect, text: str) -> QRect:
        """Write the smaller line; the rest of the room is for the first."""
        first, under = self._metrics[id(self.plain)].height(), self._metrics[id(self.small)].height()
        top = rect.top() + max(0, (rect.height() - first - under) // 2)
        below = QRect(rect.left(), top + first, rect.width(), under)
        self._write(painter, below, text, self.small, self._text2, end=False)
        return QRect(rect.left(), top, rect.width(), first)

    def _told(self, painter: QPainter, rect: QRect, cell: CellView, second: str, colour: QColor) -> None:
        """Write a text, and a smaller one under it, in as many lines as the row has."""
        first = self.lines(cell.text, rect.width(), self.plain, self.deep - bool(second))
        left = self.deep - len(first)
        if second and cell.shape == "avatar":
            second = self.name_for(second, self.small, rect.width(), left)
        under = self.lines(second, rect.width(), self.small, left) if second else ()
        high, low = self._metrics[id(self.plain)].height(), self._metrics[id(self.small)].height()
        top = rect.top() + (rect.height() - high * len(first) - low * len(under)) // 2
        for line in first:
            place = QRect(rect.left(), top, rect.width(), high)
            self._write(painter, place, line, self.plain, colour, end=cell.number)
            top += high
        for line in under:
            self._write(painter, QRect(rect.left(), top, rect.width(), low), line, self.small, self._text2, end=False)
            top += low

    def _beside(self, painter: QPainter, rect: QRect, cell: CellView) -> None:
        """Write the smaller name after the first, in the same line."""
        used = self._metrics[id(self.plain)].horizontalAdvance(cell.text) + self._look.with_text(_APART)
        rest = self._rest(rect, min(used, rect.width()))
        name = self.name_for(cell.second, self.small, rest.width(), 1)
        self._write(painter, rest, name, self.small, self._text2, end=False)

    def lines(self, text: str, width: int, font: QFont, most: int) -> tuple[str, ...]:
        """The text in so many lines at most, of which the last may be cut later."""
        key = (text, width, id(font), most)
        found = self._wrapped.get(key)
        if found is None:
            if len(self._wrapped) > 4000:
                self._wrapped.clear()
            found = self._wrapped[key] = in_lines(text, width - INK, most, self._metrics[id(font)].horizontalAdvance)
        return found

    def _write(self, painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor, *, end: bool) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, self._end if end else self._start, self.elide(text, font, rect.width()))

    def _from_start(self, rect: QRect, offset: int, width: int, height: int) -> QRect:
        """A box of that size, so far from the start side, in the middle of the row."""
        x = rect.right() + 1 - offset - width if self._look.rtl else rect.left() + offset
        return QRect(x, rect.center().y() - height // 2 + 1, width, height)

    def _rest(self, rect: QRect, used: int) -> QRect:
        return rect.adjusted(0, 0, -used, 0) if self._look.rtl else rect.adjusted(used, 0, 0, 0)

    def _stamp(self, painter: QPainter, box: QRect, key: Hashable, draw: Callable[[QPainter, QRect], None]) -> None:
        self._look.stamps.put(painter, box, self._view.devicePixelRatioF(), key, draw)

    def _dots(self, painter: QPainter, rect: QRect, marks: str) -> None:
        """The signs as a picture that is drawn once: many seats have the same, each of six circles."""
        width = min(rect.width(), dots_width(self._look, marks))
        left = rect.right() + 1 - width if self._look.rtl else rect.left()
        box = QRect(left, rect.top(), width, rect.height())
        self._stamp(painter, box, marks, lambda painter, box: paint_dots(painter, self._look, box, marks))

    def _pill(self, painter: QPainter, rect: QRect, cell: CellView, selected: bool) -> None:
        text, back = self._tone(cell.tone)
        if selected:
            # Blue on blue would leave no pill.
            back = self._look.colour("surface")
        metrics = self._metrics[id(self.small)]
        height = metrics.height() + 4
        extra = self._look.with_text(14) + 4 if cell.icon else 0
        room = max(10, rect.width() - 16 - extra)
        whole = not cell.brief or metrics.horizontalAdvance(cell.text) <= room
        words = self.elide(cell.text if whole else cell.brief, self.small, room)
        width = min(rect.width(), metrics.horizontalAdvance(words) + 17 + extra)
        box = self._from_start(rect, 0, width, height)

        def draw(painter: QPainter, box: QRect) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(back)
            painter.drawRoundedRect(QRectF(box), height / 2, height / 2)
            inside = box.adjusted(8, 0, -8, 0)
            if cell.icon:
                inside = self._icon(painter, inside, cell.icon, text, self._look.with_text(14))
            painter.setFont(self.small)
            painter.setPen(text)
            painter.drawText(inside, self._start, words)

        self._stamp(painter, box, ("pill", words, cell.tone, cell.icon, selected), draw)

    def _avatar(self, painter: QPainter, rect: QRect, cell: CellView, selected: bool) -> QRect:
        size = min(34 if self.tall else 29, rect.height() - 6)
        box = self._from_start(rect, 0, size, size)
        tone, letters = avatar_tone(cell.icon or cell.text), initials(cell.icon or cell.text)
        text, back = self._tone(tone)
        if selected:
            # As with pills.
            back = self._look.colour("surface")

        def draw(painter: QPainter, box: QRect) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(back)
            painter.drawEllipse(box)
            painter.setPen(text)
            painter.setFont(self.tiny)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), letters)

        self._stamp(painter, box, ("avatar", letters, tone, selected), draw)
        return self._rest(rect, size + 9)

    def _icon(self, painter: QPainter, rect: QRect, name: str, colour: QColor, size: int = 0) -> QRect:
        size = size or self._look.with_text(15)
        box = self._from_start(rect, 0, size, size)
        ratio = self._view.devicePixelRatioF()
        painter.drawPixmap(box, self._look.icons.pixmap(name, colour.name(), size, ratio))
        return self._rest(rect, size + 5)
