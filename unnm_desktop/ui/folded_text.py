"""A long text of a history in short, and the whole of it when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import button

SHOW, HIDE = N_("Show the whole text"), N_("Show in short")


class FoldedText(QWidget):
    """The one or the other, by a link under them; the whole is made when it is first asked for."""

    def __init__(self, desk: Desk, short: QWidget, whole: Callable[[], QWidget]) -> None:
        super().__init__()
        self._desk, self._short, self._make_whole = desk, short, whole
        self._whole: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addWidget(short)
        self.link = button(desk.look, desk.tr(SHOW), self._turn, "link")
        self.column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeading)

    def _turn(self) -> None:
        if self._whole is None:
            self._whole = self._make_whole()
            self.column.insertWidget(1, self._whole)
            self._whole.hide()
        opened = self._whole.isHidden()
        self._whole.setVisible(opened)
        self._short.setVisible(not opened)
        self.link.setText(self._desk.tr(HIDE if opened else SHOW))
