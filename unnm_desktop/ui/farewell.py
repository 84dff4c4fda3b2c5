"""What the window shows while the backup of the day's end is made, before it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.widgets import Card, button, label, row

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.jobs import Job

WIDTH = 440


class Farewell(QWidget):
    """What is being done, and the way out for who cannot wait."""

    def __init__(self, desk: Desk, job: Job) -> None:
        super().__init__()
        look, tr = desk.look, desk.tr
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr(N_("Making a backup")))
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        across = QHBoxLayout()
        card = Card(28)
        card.setMaximumWidth(round(WIDTH * max(1.0, look.text_size / 100)))
        across.addStretch(1)
        across.addWidget(card, 20)
        across.addStretch(1)
        whole.addLayout(across)
        whole.addStretch(3)
        column = card.column
        column.setSpacing(10)
        column.addWidget(label(look, tr(N_("Making a backup …")), "h2", wrap=True))
        words = N_("The program closes once the backup of today's work is made and was read through.")
        column.addWidget(label(look, tr(words), "grey", wrap=True))
        # Most of the time goes into one step: that something is done tells more than how much of it.
        progress = QProgressBar()
        progress.setTextVisible(False)
        progress.setRange(0, 0)
        progress.setAccessibleName(tr(N_("Making a backup")))
        column.addWidget(progress)
        self.leave = button(look, tr(N_("Close without waiting")), job.cancel)
        column.addWidget(row(self.leave))
        words = N_("All changes are saved either way. If you do not wait, the next backup is made when you work again.")
        column.addWidget(label(look, tr(words), "small", wrap=True))
