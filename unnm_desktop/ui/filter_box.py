"""The box over a list that keeps the rows with what is typed in it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.field_icon import FieldIcon

# What the funnel and the box itself keep free.
AROUND = 50


class FilterBox(QLineEdit):
    """Says what it filters, or where there is little room only that it does."""

    def __init__(self, desk: Desk, words: str) -> None:
        super().__init__()
        self._whole, self._short = words, desk.tr(N_("Filter"))
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setAlignment(desk.look.start())
        self.setClearButtonEnabled(True)
        look = desk.look
        self.sign = FieldIcon(self, look)
        self.sign.draw("funnel")
        self.setMinimumWidth(140)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(self._whole) + AROUND <= self.width()
        self.setPlaceholderText(self._whole if fits else self._short)
