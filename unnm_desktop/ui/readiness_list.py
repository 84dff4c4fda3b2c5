"""What is done and what is left before a meeting, line by line; each that is left leads to where it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.services.readiness import Check
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import icon_button, label, shrinking

# The tab of the meeting where a line is fulfilled, and the part of it.
WHERE: Mapping[str, Mapping[str, str]] = {
    "chairs": {"tab": "details", "part": "chairs"},
    "agenda": {"tab": "agenda"},
    "invitations": {"tab": "attendance", "part": "invitations"},
    "guests": {"tab": "attendance", "part": "invitations"},
    "agreement": {"tab": "attendance", "part": "invitations"},
    "day": {"tab": "details", "part": "day"},
}


class ReadinessList(QWidget):
    """Each line with its mark: a tick when done, a ring and a way there when something is left."""

    def __init__(self, desk: Desk, meeting_id: UUID, checks: Sequence[Check]) -> None:
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
            grid.addWidget(said, line, 1, Qt.AlignmentFlag.AlignTop)
            if not check.ok and check.name in WHERE:
                lead = partial(desk.go, "meeting", meeting_id, **WHERE[check.name])
                there = icon_button(look, "arrow-right", desk.tr(N_("Go there: {what}"), what=said.text()), lead, 16)
                grid.addWidget(there, line, 2, Qt.AlignmentFlag.AlignTop)
