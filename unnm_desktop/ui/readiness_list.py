"""What is done and what is left before a meeting, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.services.readiness import Check
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import label, shrinking


class ReadinessList(QWidget):
    """Each line with its mark: a tick when done, a ring when something is left."""

    def __init__(self, desk: Desk, checks: Sequence[Check]) -> None:
        super().__init__()
        look = desk.look
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, check in enumerate(checks):
            mark = QLabel()
            icon, colour = ("circle-check", look.tokens.green) if check.ok else ("circle-dashed", look.tokens.amber)
            mark.setPixmap(look.icons.pixmap(icon, colour, look.with_text(16)))
            state = desk.tr(N_("Done")) if check.ok else desk.tr(N_("To do"))
            mark.setToolTip(state)
            said = shrinking(label(look, check.said.told(desk.language), "grey" if check.ok else "", wrap=True))
            said.setAccessibleName(f"{state}: {said.text()}")
            # In the middle of the first line, however many follow.
            mark.setFixedHeight(QFontMetrics(look.font()).height())
            grid.addWidget(mark, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, line, 1)
