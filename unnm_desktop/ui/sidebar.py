"""The sidebar: mark and network on top, places below, preferences at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCursor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from unnm_desktop.i18n import N_, Language
from unnm_desktop.ui.desk import NetworkName
from unnm_desktop.ui.letters import breakable, shortened
from unnm_desktop.ui.places import Place
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import ElidedLabel, Pill, label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

WIDE, NARROW = 228, 56
# Letters of the network's name: four lines.
MOST_OF_NAME = 64
Index = QModelIndex | QPersistentModelIndex
PlaceRole = int(Qt.ItemDataRole.UserRole) + 1
BadgeRole = int(Qt.ItemDataRole.UserRole) + 2


class Mark(QWidget):
    """The program's own neutral sign: three places joined in a ring; no emblem of anyone."""

    def __init__(self, look: Look, size: int = 34) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.width()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("primary"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        points = [QPoint(side // 2, round(side * 0.3)), QPoint(round(side * 0.29), round(side * 0.68))]
        points.append(QPoint(side - points[1].x(), points[1].y()))
        painter.setPen(QPen(self._look.colour("primary_text"), 2))
        painter.drawPolygon(points)
        painter.setBrush(self._look.colour("primary_text"))
        for point in points:
            painter.drawEllipse(point, 3, 3)


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
        size = 18 if self.narrow else look.with_text(18)
        offset = (box.width() - size) // 2 if self.narrow else 13
        if self.icons:
            icon = look.icons.pixmap(place.icon, colour.name(), size, view.devicePixelRatioF())
            painter.drawPixmap(self._place(box, offset, size, size), icon)
        number = int(index.data(BadgeRole) or 0)
        used = self._paint_badge(painter, box, number) if number else 0
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

    def _paint_badge(self, painter: QPainter, box: QRect, number: int) -> int:
        text, back = self._look.tone("bad")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back if not self.narrow else text)
        if self.narrow:
            # At the upper end corner of the icon.
            painter.drawEllipse(self._place(box.adjusted(0, -9, 0, -9), (box.width() + 18) // 2 - 4, 8, 8))
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


class Sidebar(QFrame):
    """Where to go; arrow keys move, letters jump, the chosen place is lit."""

    chosen = Signal(str)
    network_chosen = Signal(object)
    fold_wanted = Signal()

    def __init__(self, language: Language, look: Look, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._language, self._look = language, look
        self._networks: tuple[NetworkName, ...] = ()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 12, 10)
        column.setSpacing(0)
        self._mark_row = QHBoxLayout()
        self._mark_row.setContentsMargins(4, 0, 0, 0)
        self._mark_row.setSpacing(10)
        self._mark_row.addWidget(Mark(look))
        self._words = QWidget()
        self._words_column = words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        self.name = label(look, language.tr(N_("UN Network on Migration")), "strong", wrap=True)
        self.place = ElidedLabel(look, "", "small")
        words.addWidget(self.name)
        words.addWidget(self.place)
        self.sample = Pill(look, language.tr(N_("Sample")), "violet", back="surface")
        self.sample.setToolTip(language.tr(N_("Sample data to look around in; nothing in it is real.")))
        self.sample.hide()
        self._mark_row.addWidget(self._words, 1)
        self.switcher = QToolButton()
        self.switcher.setMinimumSize(26, 26)
        self.switcher.setToolTip(language.tr(N_("Switch network")))
        self.switcher.setAccessibleName(language.tr(N_("Switch network")))
        self.switcher.clicked.connect(self._offer_networks)
        self.switcher.hide()
        self._mark_row.addWidget(self.switcher)
        column.addLayout(self._mark_row)
        column.addSpacing(10)
        upper = [place for place in places if not place.foot]
        lower = [place for place in places if place.foot]
        self.top_list = self._list(upper, language.tr(N_("Places")))
        self.foot_list = self._list(lower, language.tr(N_("Preferences")))
        column.addWidget(self.top_list, 1)
        column.addWidget(self.foot_list)
        self.fold = QToolButton()
        self.fold.setMinimumSize(26, 26)
        self.fold.setAccessibleName(language.tr(N_("Fold or unfold the sidebar")))
        self.fold.setToolTip(language.tr(N_("Fold or unfold the sidebar")) + "  \u2066Shift+F9\u2069")
        self.fold.clicked.connect(self.fold_wanted)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeading)
        self._counts = len(upper), len(lower)
        self.foot_list.setFixedHeight(len(lower) * item_height(look, narrow=False) + 4)
        self.top_list.resized.connect(self._fit)
        self.set_narrow(False)

    def _fit(self) -> None:
        """Let the places stand closer where the window is low or the text large, so that all can be seen."""
        upper, lower = self._counts
        full = item_height(self._look, narrow=self.narrow)
        # No lower than what is easily hit and read.
        least = 28 if self.narrow else max(28, round(22.5 * self._look.text_size / 100))
        room = self.top_list.height() + self.foot_list.height() - 4
        height = max(least, min(full, room // max(1, upper + lower)))
        self.foot_list.setFixedHeight(lower * height + 4)
        for view in (self.top_list, self.foot_list):
            delegate = view.itemDelegate()
            if isinstance(delegate, PlaceDelegate) and delegate.height != height:
                delegate.height = height
                view.scheduleDelayedItemsLayout()

    def _list(self, places: Sequence[Place], name: str) -> PlacesView:
        view = PlacesView()
        view.setModel(PlacesModel(places, self._language))
        view.setItemDelegate(PlaceDelegate(self._look, self._language, view))
        view.setAccessibleName(name)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setUniformItemSizes(True)
        view.clicked.connect(lambda index: self.chosen.emit(index.data(PlaceRole).name))
        view.activated.connect(lambda index: self.chosen.emit(index.data(PlaceRole).name))
        view.selectionModel().currentChanged.connect(lambda index: self._moved(view, index))
        return view

    def _moved(self, view: PlacesView, index: QModelIndex) -> None:
        # Arrow keys go there at once, as a click does; setting the lit place from outside does not.
        if view.moving and index.isValid():
            self.chosen.emit(index.data(PlaceRole).name)

    def light(self, name: str) -> None:
        """Light this place without going there."""
        flags = QItemSelectionModel.SelectionFlag
        for view in (self.top_list, self.foot_list):
            model = view.model()
            blocked = view.selectionModel().blockSignals(True)
            row = next((n for n in range(model.rowCount()) if model.index(n, 0).data(PlaceRole).name == name), -1)
            if row < 0:
                view.selectionModel().clear()
            else:
                view.selectionModel().setCurrentIndex(model.index(row, 0), flags.ClearAndSelect)
            view.selectionModel().blockSignals(blocked)
            view.paint_anew()

    def draw_icons(self) -> None:
        """Draw the icons too, which the first paint does not wait for."""
        self.switcher.setIcon(self._look.icons.icon("chevrons-up-down", self._look.tokens.text2, 16))
        self.fold.setIcon(self._look.icons.icon("panel-left", self._look.tokens.text2, 16))
        for view in (self.top_list, self.foot_list):
            delegate = view.itemDelegate()
            if isinstance(delegate, PlaceDelegate):
                delegate.icons = True
            view.paint_anew()

    def set_badge(self, name: str, number: int) -> None:
        """The number beside a place."""
        for view in (self.top_list, self.foot_list):
            model = view.model()
            if isinstance(model, PlacesModel):
                model.set_badge(name, number)

    def set_networks(self, networks: Sequence[NetworkName], current: NetworkName | None) -> None:
        """The network shown, and the others to switch to."""
        self._networks = tuple(networks)
        if current is not None:
            # The places below keep their room; the window's title has the name whole.
            self.name.setText(breakable(shortened(current.name, MOST_OF_NAME)))
            self.name.setToolTip(current.name if len(current.name) > MOST_OF_NAME else "")
            self.place.setText(current.place)
        self.place.setVisible(bool(current and current.place))
        self.sample.setVisible(bool(current and current.sample))
        self.switcher.setVisible(len(networks) > 1 and not self.narrow)

    def _offer_networks(self) -> None:
        menu = QMenu(self)
        for network in self._networks:
            text = f"{network.name} · {network.place}" if network.place else network.name
            menu.addAction(text.replace("&", "&&")).triggered.connect(
                lambda _=False, network=network: self.network_chosen.emit(network)
            )
        menu.popup(self.switcher.mapToGlobal(QPoint(0, self.switcher.height())))

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or icons and words."""
        # No viewport here: asked for a plain widget, Qt makes every class of widget for Python first. The lists are
        # painted anew because their width changes.
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else max(WIDE, round(WIDE * (0.4 + 0.6 * self._look.text_size / 100))))
        if self._words.isHidden() != narrow:
            self._words.setHidden(narrow)
        if narrow:
            self._column.insertWidget(1, self.sample, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._words_column.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignLeading)
        self.sample.setFont(self._look.font(70 / self._look.text_size if narrow else 0.9))
        self.sample.setContentsMargins(*((3, 2, 3, 2) if narrow else (9, 2, 9, 2)))
        self.switcher.setVisible(len(self._networks) > 1 and not narrow)
        self._column.setAlignment(self.fold, Qt.AlignmentFlag.AlignHCenter if narrow else Qt.AlignmentFlag.AlignLeading)
        margins = (6, 16, 6, 6) if narrow else (12, 16, 12, 6)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(*margins)
        for view in (self.top_list, self.foot_list):
            delegate = view.itemDelegate()
            if isinstance(delegate, PlaceDelegate):
                delegate.narrow = narrow
            # The heights of the places are asked for again.
            view.scheduleDelayedItemsLayout()
        self._fit()
