"""The list under the search box: its rows and how they are painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from re import finditer
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.letters import cut_mark
from unnm_desktop.ui.matching import spans

Index = QModelIndex | QPersistentModelIndex
FoundRole = int(Qt.ItemDataRole.UserRole) + 1
ROW = 38
_EDGE, _ICON, _GAP = 16, 18, 12


@dataclass(frozen=True)
class Found:
    """One line of the list: what it is, what it leads to; without ``run`` it only says something.

    Args:
        stays: the list stays open when it is taken.

    """

    title: str
    kind: str
    run: Callable[[], object] | None
    icon: str = ""
    keys: str = ""
    fit: int = 0
    stays: bool = False


class FoundModel(QAbstractListModel):
    """The lines, and the words that were typed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []
        self.words: tuple[str, ...] = ()

    def show_found(self, found: Sequence[Found], words: Sequence[str]) -> None:
        """List these."""
        self.beginResetModel()
        self.found, self.words = list(found), tuple(words)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.found):
            return None
        item = self.found[index.row()]
        if role == FoundRole:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (item.title, item.kind, item.keys) if part)
        return None


class FoundDelegate(QStyledItemDelegate):
    """Paints icon, title with what matches in it, grey kind, and the keys at the end."""

    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._look, self._view = desk.look, view
        self._plain, self._small = desk.look.font(), desk.look.font(0.9)
        self._keys = desk.look.font(0.82)
        self._enter = desk.tr(N_("Enter"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, row_height(self._look.text_size))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, item = self._look, index.data(FoundRole)
        box: QRect = option.rect
        size = look.with_text(_ICON)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected) and item.run is not None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 8, 8)
        if item.icon:
            colour = look.tokens.accent_text if chosen else look.tokens.text2
            at = self._seen(box, QRect(box.left() + _EDGE, box.center().y() - size // 2, size, size))
            painter.drawPixmap(at, look.icons.pixmap(item.icon, colour, size, self._view.devicePixelRatioF()))
        start = box.left() + _EDGE + size + _GAP
        end = box.right() - _EDGE
        keys = item.keys or (self._enter if chosen else "")
        if keys:
            end -= self._paint_keys(painter, box, keys) + _GAP
        room = max(40, end - start)
        kind = QFontMetrics(self._small).horizontalAdvance(item.kind) + 4 if item.kind else 0
        # The title has what it needs, the kind what is left, but never less than a third.
        wanted = QFontMetrics(self._plain).horizontalAdvance(item.title) + 6
        title = min(wanted, room - min(kind, room // 3) - (10 if kind else 0))
        self._paint_title(painter, self._seen(box, QRect(start, box.top(), title, box.height())), item.title)
        if kind:
            at = self._seen(box, QRect(start + title + 10, box.top(), max(0, room - title - 10), box.height()))
            painter.setFont(self._small)
            painter.setPen(look.colour("text2"))
            painter.drawText(at, int(look.start() | Qt.AlignmentFlag.AlignVCenter), _cut(self._small, item.kind, at))
        painter.restore()

    def _paint_title(self, painter: QPainter, box: QRect, title: str) -> None:
        """The title, and once more in the accent colour where it matches: letters keep their joined forms so."""
        look, model = self._look, self._view.model()
        words = model.words if isinstance(model, FoundModel) else ()
        text = self.cut_title(title, words, box)
        layout = QTextLayout(text, self._plain)
        option = QTextOption(look.start())
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(box.width())
        layout.endLayout()
        corner = QPointF(box.left(), box.top() + (box.height() - line.height()) / 2)
        painter.setPen(look.colour("text"))
        layout.draw(painter, corner)
        painter.setPen(QPen(look.colour("accent_text"), 1.4))
        for start, stop in spans(text, words):
            first, last = sorted((_x(line, start), _x(line, stop)))
            marked = QRectF(corner.x() + first, corner.y(), last - first, line.height())
            painter.save()
            painter.setClipRect(marked)
            layout.draw(painter, corner)
            painter.restore()
            foot = corner.y() + line.ascent() + 3
            painter.drawLine(QPointF(marked.left(), foot), QPointF(marked.right(), foot))

    def cut_title(self, title: str, words: Sequence[str], box: QRect) -> str:
        """The title cut at its end, or also before as late a word as keeps what matches in sight."""
        cut = _cut(self._plain, title, box)
        first, last = next(iter(spans(title, words)), (0, 0)) if cut != title else (0, 0)
        # The dots and the mark after them are no letters of the title.
        if last <= len(cut) - 2:
            return cut
        for begin in (word.start() for word in finditer(r"(?<=\s)\S+", title) if word.start() <= first):
            rest = f"… {title[begin:]}"
            cut = _cut(self._plain, rest, box)
            if cut == rest or last - begin + 2 <= len(cut) - 2:
                break
        return cut

    def _paint_keys(self, painter: QPainter, box: QRect, keys: str) -> int:
        look, metrics = self._look, QFontMetrics(self._keys)
        size = QSize(metrics.horizontalAdvance(keys) + 16, metrics.height() + 4)
        cap = QRect(box.right() - _EDGE + 4 - size.width(), box.center().y() - size.height() // 2, *size.toTuple())
        cap = self._seen(box, cap)
        painter.setPen(look.colour("line"))
        painter.setBrush(look.colour("sunken"))
        painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self._keys)
        painter.setPen(look.colour("text2"))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), f"\u2066{keys}\u2069")
        return size.width()

    def _seen(self, box: QRect, inside: QRect) -> QRect:
        way = Qt.LayoutDirection.RightToLeft if self._look.rtl else Qt.LayoutDirection.LeftToRight
        return QStyle.visualRect(way, box, inside)


def row_height(text_size: int) -> int:
    """Of one line, in pixels."""
    return max(ROW, round(ROW * text_size / 100))


def _x(line: Any, place: int) -> float:
    # PySide hands back the place too.
    found = line.cursorToX(place)
    return float(found[0] if isinstance(found, tuple) else found)


def _cut(font: QFont, text: str, box: QRect) -> str:
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    return cut if cut == text else cut + cut_mark(text)
