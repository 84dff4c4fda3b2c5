"""The sidebar: mark and network on top, places below, preferences at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from unnm_desktop.i18n import N_, Language
from unnm_desktop.ui.desk import NetworkName
from unnm_desktop.ui.letters import breakable, shortened
from unnm_desktop.ui.mark import Mark
from unnm_desktop.ui.place_list import PlaceDelegate, PlaceRole, PlacesModel, PlacesView, item_height
from unnm_desktop.ui.places import Place
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import ElidedLabel, Pill, label

if TYPE_CHECKING:
    pass

WIDE, NARROW = 228, 56
# Letters of the network's name: four lines.
MOST_OF_NAME = 64


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
        size = min(self._look.with_text(16), 20)
        self.fold.setIcon(self._look.icons.icon("panel-left", self._look.tokens.text2, size))
        self.fold.setIconSize(QSize(size, size))
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
