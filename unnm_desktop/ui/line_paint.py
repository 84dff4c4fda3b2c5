"""Paints a line of a short list: tick box or sign, words, owner, pill; in either direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from unnm_desktop.i18n import isolate
from unnm_desktop.ui.letters import INK, avatar_tone, cut_mark, has_arabic, in_lines, initials
from unnm_desktop.ui.line_model import Index, Line, LineRole
from unnm_desktop.ui.theme import Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

GAP = 10
# At text size 100 %: so wide the names of owners may be.
_OWNER = 104


class LinesDelegate(QStyledItemDelegate):
    """Paints a line; pills are as wide as the widest of the list, so that they stand in a column."""

    def __init__(self, look: Look, view: QListView, *, roomy: bool, deep: int) -> None:
        """``deep`` is how many lines the words of one row may have."""
        super().__init__(view)
        self._look, self._view = look, view
        self._plain, self._small = look.font(), look.font(0.9)
        self._bold = look.font(0.9, QFont.Weight.Bold)
        self._tiny = look.font(0.72, QFont.Weight.Bold)
        self._struck = look.font()
        self._struck.setStrikeOut(True)
        scale = look.text_size / 100
        self.row, self.head = look.row + 1 if roomy else max(28, look.row - 4), max(24, round(26 * scale))
        self._deep = deep
        if deep > 1:
            self.row = max(self.row, deep * QFontMetrics(self._plain).height() + 8)
        self.tick, self._avatar = round(18 * scale), round(25 * scale)
        self._owner = 0
        self.pill = 0
        self.owners = False
        # The row under the pointer.
        self.pointed = -1

    def measure(self, lines: Sequence[Line]) -> None:
        """Find the width of the pills, and whether there are owners to make room for."""
        small = QFontMetrics(self._small)
        names = max((small.horizontalAdvance(line.owner) + INK for line in lines if line.owner), default=0)
        self.owners = bool(names)
        # No wider than they are: the words of the rows have the rest.
        self._owner = min(names + GAP, round(_OWNER * self._look.text_size / 100))
        metrics = QFontMetrics(self._bold)
        self.pill = max((metrics.horizontalAdvance(line.pill) + 22 for line in lines if line.pill), default=0)
        if self.pill:
            self.pill = max(self.pill, round(96 * self._look.text_size / 100))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LineRole)
        return QSize(80, self.head if line.key is None else self.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LineRole)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.key is None:
            self._write(painter, rect, line.text, self._small, self._look.colour("text2"))
        else:
            self._line(painter, rect, line, index)
        painter.restore()

    def _line(self, painter: QPainter, rect: QRect, line: Line, index: Index) -> None:
        look, view = self._look, self._view
        if index.row() == self.pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(QRectF(rect.adjusted(0, 1, 0, -1)), 7, 7)
        following = index.sibling(index.row() + 1, 0).data(LineRole)
        if following is not None and following.key is not None:
            # Not by fillRect: asked for the first time it makes all 180 named gradients for Python.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("line"))
            painter.drawRect(QRect(rect.left(), rect.bottom(), rect.width(), 1))
        inside = rect.adjusted(4, 0, -4, 0)
        rest = inside
        if line.ticked is not None:
            self._tick(painter, self._from_start(inside, 0, self.tick, self.tick), ticked=line.ticked)
            rest = self._without_start(inside, self.tick + GAP + 6)
        if line.icon:
            colour = self._look.tokens.tone(line.tone)[0]
            size = look.with_text(18)
            sign = look.icons.pixmap(line.icon, colour, size, view.devicePixelRatioF())
            painter.drawPixmap(self._from_start(rest, 0, size, size), sign)
            rest = self._without_start(rest, size + GAP)
        if line.pill:
            self._pill(painter, rest, line)
        if self.pill:
            rest = self._without_end(rest, self.pill + GAP)
        wide = rest.width() > self._owner * 2.6
        if self.owners and wide:
            self._write_owner(painter, rest, line)
            rest = self._without_end(rest, self._owner + GAP + self._avatar)
        ink = look.colour("text2" if line.ticked else "text")
        self._told(painter, rest, line.text, self._struck if line.ticked else self._plain, ink)
        if view.hasFocus() and index == view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("ring"), 2))
            painter.drawRoundedRect(QRectF(rect.adjusted(1, 1, -1, -2)), 7, 7)

    def _tick(self, painter: QPainter, box: QRect, *, ticked: bool) -> None:
        look = self._look
        painter.setPen(QPen(look.colour("primary" if ticked else "edge"), 1.4))
        painter.setBrush(look.colour("primary" if ticked else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.7, 0.7, -0.7, -0.7), 4, 4)
        if ticked:
            painter.setPen(QPen(look.colour("primary_text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            at, side = box.topLeft(), box.width()
            ends = ((0.23, 0.52), (0.43, 0.72), (0.77, 0.29))
            painter.drawPolyline([at + QPoint(round(x * side), round(y * side)) for x, y in ends])

    def _write_owner(self, painter: QPainter, rest: QRect, line: Line) -> None:
        if not line.owner:
            return
        width = self._owner + self._avatar
        x = rest.left() if self._look.rtl else rest.right() + 1 - width
        box = QRect(x, rest.top(), width, rest.height())
        if line.avatar:
            circle = self._from_start(box, 0, self._avatar, self._avatar)
            text, back = self._look.tone(avatar_tone(line.avatar))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(back)
            painter.drawEllipse(circle)
            painter.setPen(text)
            painter.setFont(self._tiny)
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), initials(line.avatar))
        self._write(
            painter, self._without_start(box, self._avatar + GAP), line.owner, self._small, self._look.colour("text2")
        )

    def _pill(self, painter: QPainter, rest: QRect, line: Line) -> None:
        text, back = self._look.tone(line.tone)
        height = QFontMetrics(self._bold).height() + 5
        x = rest.left() if self._look.rtl else rest.right() + 1 - self.pill
        box = QRect(x, rest.center().y() - height // 2 + 1, self.pill, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(QRectF(box), height / 2, height / 2)
        painter.setPen(text)
        painter.setFont(self._bold)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), line.pill)

    def _told(self, painter: QPainter, box: QRect, text: str, font: QFont, colour: QColor) -> None:
        """Write the words of a row in the lines it has, in its middle."""
        metrics = QFontMetrics(font)
        lines = in_lines(text, box.width() - INK, self._deep, metrics.horizontalAdvance)
        high = metrics.height()
        top = box.top() + (box.height() - high * len(lines)) // 2
        for number, line in enumerate(lines):
            self._write(painter, QRect(box.left(), top + number * high, box.width(), high), line, font, colour)

    def _write(self, painter: QPainter, box: QRect, text: str, font: QFont, colour: QColor) -> None:
        whole = " ".join(text.split())
        cut = QFontMetrics(font).elidedText(whole, Qt.TextElideMode.ElideRight, box.width())
        if cut != whole:
            cut += cut_mark(whole)
        if self._look.rtl and not has_arabic(whole):
            cut = isolate(cut)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(box, int(self._look.start() | Qt.AlignmentFlag.AlignVCenter), cut)

    def _from_start(self, box: QRect, offset: int, width: int, height: int) -> QRect:
        x = box.right() + 1 - offset - width if self._look.rtl else box.left() + offset
        return QRect(x, box.center().y() - height // 2, width, height)

    def _without_start(self, box: QRect, used: int) -> QRect:
        return box.adjusted(0, 0, -used, 0) if self._look.rtl else box.adjusted(used, 0, 0, 0)

    def _without_end(self, box: QRect, used: int) -> QRect:
        return box.adjusted(used, 0, 0, 0) if self._look.rtl else box.adjusted(0, 0, -used, 0)
