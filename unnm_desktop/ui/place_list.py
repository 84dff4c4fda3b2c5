"""The places of the sidebar as a list: each with its icon and its number, lit where one is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCursor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
)

from unnm_desktop.i18n import Language
from unnm_desktop.ui.places import Place
from unnm_desktop.ui.theme import Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
PlaceRole = int(Qt.ItemDataRole.UserRole) + 1
BadgeRole = int(Qt.ItemDataRole.UserRole) + 2
# An icon without words beside it, in pixels: rows of a low window are no higher.
_MOST_ALONE = 24


class PlacesModel(QAbstractListModel):
    """The places of one of the two lists."""

    def __init__(self, places: Sequence[Place], language: Language) -> None:
        super().__init__()
        self.places = tuple(places)
        self._language = language
        self._badges: dict[str, int] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        place = self.places[index.row()]
        badge = self._badges.get(place.name, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._language.tr(place.title)
        if role == PlaceRole:
            return place
        if role == BadgeRole:
            return badge
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._language.tr(place.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = self._language.tr(place.title)
            told = self._language.ntr("{n} overdue", "{n} overdue", badge)
            if place.name == "handover":
                one, more = "{n} conflict waits for a decision.", "{n} conflicts wait for a decision."
                told = self._language.ntr(one, more, badge)
            return f"{title}, {told}" if badge else title
        return None

    def set_badge(self, name: str, number: int) -> None:
        """The number beside a place; 0 takes it away."""
        for row, place in enumerate(self.places):
            if place.name == name:
                self._badges[name] = number
                self.dataChanged.emit(self.index(row), self.index(row))


class PlaceDelegate(QStyledItemDelegate):
    """Paints a place: icon, title, badge, and the accent bar at the start side of the chosen one."""

    def __init__(self, look: Look, language: Language, view: QListView) -> None:
        super().__init__(view)
        self._look, self._language, self._view = look, language, view
        self._plain, self._strong = look.font(), look.font(1.0, QFont.Weight.DemiBold)
        self._badge = look.font(0.82, QFont.Weight.Bold)
        self.narrow = False
        self.icons = False
        self.height = item_height(look, narrow=False)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._look
        whole: QRect = option.rect
        place: Place = index.data(PlaceRole)
        # The view is asked, not the option's state: Qt's style class is slow to make for Python.
        view = self._view
        chosen = view.selectionModel().isSelected(index)
        pointed = view.underMouse() and index == view.indexAt(view.mapFromGlobal(QCursor.pos()))
        box = whole.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or pointed:
            painter.setBrush(look.colour("selection" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(box), 8, 8)
        if chosen:
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(self._place(box, 0, 3, 18)), 1.5, 1.5)
        if view.hasFocus() and index == view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("ring"), 2))
            painter.drawRoundedRect(QRectF(box.adjusted(1, 1, -1, -1)), 8, 8)
        colour = look.colour("accent_text" if chosen else "text2")
        size = min(look.with_text(18), _MOST_ALONE) if self.narrow else look.with_text(18)
        offset = (box.width() - size) // 2 if self.narrow else 13
        if self.icons:
            icon = look.icons.pixmap(place.icon, colour.name(), size, view.devicePixelRatioF())
            painter.drawPixmap(self._place(box, offset, size, size), icon)
        number = int(index.data(BadgeRole) or 0)
        used = self._paint_badge(painter, box, number, size) if number else 0
        if not self.narrow:
            font = self._strong if chosen else self._plain
            painter.setFont(font)
            painter.setPen(look.colour("text"))
            start = offset + size + 12
            text = self._place(box, start, box.width() - start - 12 - used, box.height())
            cut = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(text, int(look.start() | Qt.AlignmentFlag.AlignVCenter), cut)
        painter.restore()

    def _place(self, box: QRect, offset: int, width: int, height: int) -> QRect:
        x = box.right() + 1 - offset - width if self._look.rtl else box.left() + offset
        return QRect(x, box.center().y() - height // 2 + (1 if height < box.height() else 0), width, height)

    def _paint_badge(self, painter: QPainter, box: QRect, number: int, icon: int) -> int:
        text, back = self._look.tone("bad")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back if not self.narrow else text)
        if self.narrow:
            # At the upper end corner of the icon.
            up = -icon // 2
            painter.drawEllipse(self._place(box.adjusted(0, up, 0, up), (box.width() + icon) // 2 - 4, 8, 8))
            return 0
        words = self._language.number(number)
        width = max(23, QFontMetrics(self._badge).horizontalAdvance(words) + 14)
        pill = self._place(box, box.width() - width - 12, width, 20)
        painter.drawRoundedRect(QRectF(pill), 10, 10)
        painter.setFont(self._badge)
        painter.setPen(text)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), words)
        return width + 4


def item_height(look: Look, *, narrow: bool) -> int:
    """Of one place, in pixels; an icon alone does not grow with the text."""
    return (36 if narrow else max(36, round(36 * look.text_size / 100))) + 2


class PlacesView(QListView):
    """A list that tells moves by the keyboard from those that Qt makes when the focus comes in."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.moving = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.moving = True
        try:
            super().keyPressEvent(event)
        finally:
            self.moving = False

    def paint_anew(self) -> None:
        """Paint all places again, without the viewport.

        Asked for a plain widget, PySide makes every class of widget for Python, in the middle of the start.
        """
        self.setDirtyRegion(QRegion(self.rect()))
