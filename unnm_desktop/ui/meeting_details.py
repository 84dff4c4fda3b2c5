"""The details of a meeting: its facts to be edited; beside them what a coming one lacks, or what came of one held."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.inspector import PartsView
from unnm_desktop.ui.meeting_forms import lies_ahead, meeting_fields, save_meeting
from unnm_desktop.ui.meeting_summary import MeetingSummary
from unnm_desktop.ui.readiness_list import ReadinessList
from unnm_desktop.ui.widgets import Card, label

if TYPE_CHECKING:
    from unnm_desktop.ui.meeting import MeetingPage


class DetailsTab(QWidget):
    """What the page has read of its meeting, as fields."""

    def __init__(self, page: MeetingPage) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        self.parts = PartsView(page.desk)
        card = Card(2)
        card.column.addWidget(self.parts)
        card.setMaximumWidth(640)
        line.addWidget(card, 3)
        side = QVBoxLayout()
        self.readiness, self.summary = PartsView(page.desk), MeetingSummary(page.desk)
        self.ready_card, self.summary_card = Card(2), Card(2)
        for one, inside in ((self.ready_card, self.readiness), (self.summary_card, self.summary)):
            one.column.addWidget(inside)
            side.addWidget(one, 1)
        line.addLayout(side, 2)

    def show_meeting(self, key: UUID) -> None:
        """Show the meeting as the page has read it."""
        sheet, desk = self._page.sheet, self._desk
        if sheet is None:
            return
        fields = meeting_fields(desk, sheet)
        self.parts.update_parts(fields, lambda name, value: save_meeting(desk, key, name, value))
        ahead = lies_ahead(sheet.meeting)
        self.ready_card.setVisible(ahead)
        self.summary_card.setVisible(not ahead)
        if not ahead:
            self.summary.show_meeting(key)
            return
        title = label(desk.look, desk.tr(N_("Readiness")), "h2")
        self.readiness.show_parts((title, ReadinessList(desk, key, sheet.readiness)))
