"""A card with a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from unnm_desktop.ui.widgets import Card, label

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


class TitledCard(Card):
    """A card with a heading and something at its end."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(18)
        self.desk, self.tr_ = desk, desk.tr
        self.column.setContentsMargins(18, 14, 18, 16)
        self.column.setSpacing(6)
        self.title = label(desk.look, title, "h2")
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        self.top.addWidget(self.title)
        self.top.addStretch(1)
        self.column.addLayout(self.top)
