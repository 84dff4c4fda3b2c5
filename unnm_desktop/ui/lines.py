"""A short list inside a card: lines with a tick box, an owner and a pill, painted by one delegate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from unnm_desktop.i18n import isolate
from unnm_desktop.ui.letters import avatar_tone, cut_mark, initials, is_rtl
from unnm_desktop.ui.theme import Look

Index = QModelIndex | QPersistentModelIndex
LineRole = int(Qt.ItemDataRole.UserRole) + 1
_TICK, _GAP, _AVATAR = 18, 10, 25


@dataclass(frozen=True)
class Line:
    """One line; one without a key is the heading of those below it.

    Args:
        key: what it stands for.
        text: its words.
        owner: a few grey words, with an avatar before them.
        pill: its words at the end, in the tone.
        ticked: None = it has no tick box.
        spoken: the whole line for screen readers and the tooltip.

    """

    text: str
    key: UUID | str | None = None
    owner: str = ""
    avatar: str = ""
    pill: str = ""
    tone: str = "neutral"
    ticked: bool | None = None
    spoken: str = ""
    tooltip: str = ""


class LinesModel(QAbstractListModel):
    """The lines as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def take(self, lines: Sequence[Line]) -> None:
        """Show these lines; where only their looks change, the chosen one stays chosen."""
        new = tuple(lines)
        if [line.key for line in new] == [line.key for line in self.lines]:
            self.lines = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self.lines = new
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        line = self.lines[index.row()]
        if role == LineRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.spoken or line.text
        return line.tooltip if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.lines[index.row()].key is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class LinesDelegate(QStyledItemDelegate):
    """Paints a line; pills are as wide as the widest of the list, so that they stand in a column."""

    def __init__(self, look: Look, view: LinesView) -> None:
        super().__init__(view)
        self._look, self._view = look, view
        self._plain, self._small = look.font(), look.font(0.9)
        self._bold = look.font(0.9, QFont.Weight.Bold)
        self._tiny = look.font(0.72, QFont.Weight.Bold)
        self._struck = look.font()
        self._struck.setStrikeOut(True)
        scale = look.text_size / 100
        self.row, self.head = max(32, round(41 * scale)), max(24, round(26 * scale))
        self._owner = round(104 * scale)
        self.pill = 0

    def measure(self, lines: Sequence[Line]) -> None:
        """Find the width of the pills."""
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
        if index.row() == view.pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(QRectF(rect.adjusted(0, 1, 0, -1)), 7, 7)
        following = index.sibling(index.row() + 1, 0).data(LineRole)
        if following is not None and following.key is not None:
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line"))
        inside = rect.adjusted(4, 0, -4, 0)
        rest = inside
        if line.ticked is not None:
            self._tick(painter, self._from_start(inside, 0, _TICK, _TICK), ticked=line.ticked)
            rest = self._without_start(inside, _TICK + _GAP + 6)
        if line.pill:
            self._pill(painter, rest, line)
        if self.pill:
            rest = self._without_end(rest, self.pill + _GAP)
        wide = rest.width() > self._owner * 2.6
        if self._view.owners and wide:
            self._write_owner(painter, rest, line)
            rest = self._without_end(rest, self._owner + _GAP + _AVATAR)
        colour = look.colour("text2" if line.ticked else "text")
        self._write(painter, rest, line.text, self._struck if line.ticked else self._plain, colour)
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
            at = box.topLeft()
            painter.drawPolyline([at + QPoint(4, 9), at + QPoint(8, 13), at + QPoint(14, 5)])

    def _write_owner(self, painter: QPainter, rest: QRect, line: Line) -> None:
        if not line.owner:
            return
        width = self._owner + _AVATAR
        x = rest.left() if self._look.rtl else rest.right() + 1 - width
        box = QRect(x, rest.top(), width, rest.height())
        if line.avatar:
            circle = self._from_start(box, 0, _AVATAR, _AVATAR)
            text, back = self._look.tone(avatar_tone(line.avatar))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(back)
            painter.drawEllipse(circle)
            painter.setPen(text)
            painter.setFont(self._tiny)
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), initials(line.avatar))
        self._write(
            painter, self._without_start(box, _AVATAR + _GAP), line.owner, self._small, self._look.colour("text2")
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

    def _write(self, painter: QPainter, box: QRect, text: str, font: QFont, colour: QColor) -> None:
        whole = " ".join(text.split())
        cut = QFontMetrics(font).elidedText(whole, Qt.TextElideMode.ElideRight, box.width())
        if cut != whole:
            cut += cut_mark(whole)
        if self._look.rtl and not is_rtl(whole):
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


class LinesView(QListView):
    """As high as its lines: the page scrolls, not the list. Space ticks, Enter opens."""

    ticked = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.pointed = -1
        self.owners = False
        self._rtl = look.rtl
        self._lines = LinesModel()
        self._delegate = LinesDelegate(look, self)
        self.setModel(self._lines)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "lines")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines.lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        key = self.current_key()
        self.owners = any(line.owner for line in lines)
        self._delegate.measure(lines)
        self._lines.take(lines)
        self.setFixedHeight(sum(self._delegate.head if one.key is None else self._delegate.row for one in lines))
        if self.current_key() != key:
            self.choose(key)

    def current_key(self) -> UUID | str | None:
        """What the chosen line stands for."""
        index = self.currentIndex()
        return self._lines.lines[index.row()].key if index.isValid() else None

    def choose(self, key: UUID | str | None) -> None:
        """Put the keyboard on the line that stands for this, else on the first one."""
        rows = [row for row, line in enumerate(self._lines.lines) if line.key is not None]
        found = next((row for row in rows if self._lines.lines[row].key == key), rows[0] if rows else -1)
        if found >= 0:
            self.setCurrentIndex(self._lines.index(found, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if key is not None and event.key() == Qt.Key.Key_Space:
            self._tick(self.currentIndex())
            return
        if key is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(key)
            return
        super().keyPressEvent(event)

    def _tick(self, index: QModelIndex) -> None:
        line = self._lines.lines[index.row()]
        if line.ticked is not None:
            self.ticked.emit(line.key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        line = self._lines.lines[index.row()]
        if line.key is None:
            return
        if line.ticked is not None and self.tick_box(index).contains(event.position().toPoint()):
            self._tick(index)
        else:
            self.opened.emit(line.key)

    def tick_box(self, index: QModelIndex) -> QRect:
        """Where a click ticks: the row's start, wider and higher than the painted box."""
        row = self.visualRect(index)
        width = _TICK + _GAP + 6
        return QRect(row.right() + 1 - width if self._rtl else row.left(), row.top(), width, row.height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._point(index.row() if index.isValid() and self._lines.lines[index.row()].key is not None else -1)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(-1)

    def _point(self, row: int) -> None:
        if row != self.pointed:
            self.pointed = row
            cursor = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(cursor)
            self.viewport().update()
