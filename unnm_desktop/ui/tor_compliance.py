"""Compliance: one row for each duty, judged for any day, with the records that prove it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import compliance
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.leads import lead_to
from unnm_desktop.ui.widgets import Card, Pill, button, label, rule

if TYPE_CHECKING:
    from pathlib import Path

    from unnm_desktop.services.compliance import DutyStatus, Evidence
    from unnm_desktop.ui.page_base import Page

MOST_LINKS = 12
IN_A_LINE = 6


class ComplianceView(QWidget):
    """The duties of the terms of reference as at the chosen day."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        desk = page.desk
        self.on: date = desk.today()
        self.found: list[DutyStatus] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(12)
        self.day = DateField("on", N_("Judged for"), self.on)
        self.day.bind(desk, self._choose)
        self.day.setMaximumWidth(round(380 * desk.look.text_size / 100))
        top.addWidget(self.day)
        top.addWidget(button(desk.look, desk.tr(N_("Today")), self._to_today, "link"))
        self.counts = label(desk.look, "", "grey")
        top.addWidget(self.counts, 1)
        top.addWidget(button(desk.look, desk.tr(N_("Save as text")), self.save_as, "", "download"))
        column.addLayout(top)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setProperty("role", "reading")
        self.area.setAccessibleName(desk.tr(N_("Duties")))
        self.area.viewport().setAutoFillBackground(False)
        column.addWidget(self.area, 1)
        self.links: dict[str, list[QWidget]] = {}

    def refresh(self) -> None:
        """Judge again and show."""
        desk = self._desk
        self.found = desk.hub.read(compliance.duties, desk.network_id, self.on)
        counts = [
            f"{desk.tr(compliance.STATES[state])}: {desk.language.number(count)}"
            for state in compliance.STATES
            if (count := sum(one.state == state for one in self.found))
        ]
        self.counts.setText(" · ".join(counts))
        place = self.area.verticalScrollBar().value()
        card = Card(16)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.links = {}
        for number, one in enumerate(self.found):
            self._add(grid, number * 3, one)
            if number + 1 < len(self.found):
                grid.addWidget(rule(), number * 3 + 2, 0, 1, 4)
        card.column.addLayout(grid)
        card.column.addStretch(1)
        self.area.setWidget(card)
        self.area.verticalScrollBar().setValue(place)

    def _add(self, grid: QGridLayout, line: int, one: DutyStatus) -> None:
        desk, look, language = self._desk, self._desk.look, self._desk.language
        top = Qt.AlignmentFlag.AlignTop
        pill = Pill(look, desk.tr(compliance.STATES[one.state]), compliance.TONES[one.state])
        grid.addWidget(pill, line, 0, top | Qt.AlignmentFlag.AlignLeading)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(look, desk.tr(compliance.TITLES[one.duty]), "strong"))
        said = label(look, one.says.told(language), wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(said)
        grid.addLayout(words, line, 1)
        grid.addWidget(label(look, language.day(one.due, short=True)), line, 2, top)
        clause = label(look, isolate(one.clause) if one.clause else "", "grey")
        clause.setToolTip(desk.tr(N_("Clause of the terms of reference")))
        grid.addWidget(clause, line, 3, top)
        if one.evidence:
            grid.addWidget(self._evidence(one), line + 1, 1, 1, 3)

    def _evidence(self, one: DutyStatus) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        made: list[QWidget] = []
        for number, proof in enumerate(one.evidence[:MOST_LINKS]):
            link = button(self._desk.look, proof.text, self._leader(proof), "link")
            grid.addWidget(link, number // IN_A_LINE, number % IN_A_LINE, Qt.AlignmentFlag.AlignLeading)
            made.append(link)
        grid.setColumnStretch(IN_A_LINE, 1)
        left = len(one.evidence) - MOST_LINKS
        if left > 0:
            more = self._desk.language.ntr("and {n} more", "and {n} more", left)
            grid.addWidget(label(self._desk.look, more, "grey"), MOST_LINKS // IN_A_LINE, 0, 1, IN_A_LINE)
        self.links[one.duty] = made
        return holder

    def _leader(self, proof: Evidence) -> Any:
        return lambda: lead_to(self._desk, proof.entity, proof.id)

    def _choose(self, _: str, value: date | None) -> None:
        self.on = value or self._desk.today()
        self.refresh()

    def _to_today(self) -> None:
        self.day.set(self._desk.today())
        self._choose("on", self._desk.today())

    def text(self) -> str:
        """The page as plain text."""
        desk, language = self._desk, self._desk.language
        title = desk.tr(N_("Compliance with the terms of reference, judged for {day}"), day=language.day(self.on))
        lines = [self._page.heading(), title, ""]
        for one in self.found:
            due = f" · {language.day(one.due)}" if one.due is not None else ""
            clause = f" [{one.clause}]" if one.clause else ""
            lines.append(
                f"{desk.tr(compliance.TITLES[one.duty])}: {desk.tr(compliance.STATES[one.state])}{due}{clause}"
            )
            lines.append(f"  {one.says.told(language)}")
            if one.evidence:
                lines.append(f"  {language.list([proof.text for proof in one.evidence])}")
            lines.append("")
        return "\n".join(lines)

    def save_as(self) -> None:
        """Write the page into a text file."""
        desk = self._desk
        path: Path | None = desk.ask.save_file(
            desk.tr(N_("Save as text")), f"compliance-{self.on.isoformat()}.txt", desk.tr(N_("Text (*.txt)"))
        )
        if path is None:
            return
        try:
            path.write_text(self.text(), encoding="utf-8")
        except OSError:
            self._page.trouble(
                UserError(N_("{file} cannot be written. Choose another folder or free some space."), file=path.name)
            )
            return
        desk.say(desk.tr(N_("Saved: {file}"), file=path.name))
