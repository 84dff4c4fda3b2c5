"""Filter choices over a list, one of which holds; those that do not fit wait behind a button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import icon_button

GAP = 8


class Chips(QWidget):
    """A row of choices that never widens the window."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._rtl = desk.look.rtl
        self._chips: dict[str, QPushButton] = {}
        self.current = ""
        self._more = icon_button(desk.look, "ellipsis", desk.tr(N_("More filters")), self._offer_more)
        self._more.setParent(self)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these (name, translated title)."""
        if list(self._chips) == [name for name, _ in choices]:
            return
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for name, title in choices:
            chip = QPushButton(title.replace("&", "&&"), self)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            chip.clicked.connect(lambda _=False, name=name: self.choose(name))
            chip.show()
            self._chips[name] = chip
        # Made long after what stands around them, they would come last on the way of Tab.
        before: QWidget = self._more
        for chip in self._chips.values():
            QWidget.setTabOrder(before, chip)
            before = chip
        if choices:
            self.current = choices[0][0]
            self._chips[self.current].setChecked(True)
            self._let_tab_in()
        self.updateGeometry()
        self._place()

    def choose(self, name: str) -> None:
        """Let this one hold."""
        if name in self._chips:
            self._chips[name].setChecked(True)
            if name != self.current:
                self.current = name
                self._let_tab_in()
                self._place()
                self.chosen.emit(name)

    def _let_tab_in(self) -> None:
        """Tab comes to the chip that holds, arrows go to the others."""
        for name, chip in self._chips.items():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == self.current else Qt.FocusPolicy.ClickFocus)

    def sizeHint(self) -> QSize:
        sizes = [chip.sizeHint() for chip in self._chips.values()]
        width = sum(size.width() for size in sizes) + GAP * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        widest = max((chip.sizeHint().width() for chip in self._chips.values()), default=0)
        return QSize(
            min(self.sizeHint().width(), widest + GAP + self._more.sizeHint().width()), self.sizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Put the chips in a row from the start side; the chosen one always shows."""
        room = self.width()
        whole = self.sizeHint().width() <= room
        if not whole:
            room -= self._more.sizeHint().width() + GAP
            chosen = self._chips.get(self.current)
            room -= chosen.sizeHint().width() + GAP if chosen is not None else 0
        at, height = 0, self.sizeHint().height()
        for name, chip in self._chips.items():
            size = chip.sizeHint()
            fits = whole or name == self.current or size.width() <= room
            chip.setVisible(fits)
            if not fits:
                room = 0
                continue
            if not whole and name != self.current:
                room -= size.width() + GAP
            self._put(chip, at, size.width(), height)
            at += size.width() + GAP
        self._more.setVisible(not whole)
        if not whole:
            self._put(self._more, at, self._more.sizeHint().width(), height)

    def _put(self, widget: QWidget, at: int, width: int, height: int) -> None:
        widget.setGeometry(self.width() - at - width if self._rtl else at, 0, width, height)

    def _offer_more(self) -> None:
        menu = QMenu(self)
        for name, chip in self._chips.items():
            if chip.isHidden():
                menu.addAction(chip.text()).triggered.connect(lambda _=False, name=name: self.choose(name))
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
