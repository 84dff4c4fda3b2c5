"""Compliance: one row for each duty, judged for any day, with the records that prove it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from unnm_desktop import reports
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate, language_for
from unnm_desktop.services import compliance
from unnm_desktop.ui.chips import Chips
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.flow import Flow
from unnm_desktop.ui.forms import STACK_FROM, TEXT_INSET
from unnm_desktop.ui.jobs import REPORTS
from unnm_desktop.ui.leads import lead_to
from unnm_desktop.ui.letters import shortened
from unnm_desktop.ui.scroll_column import ReadingColumn
from unnm_desktop.ui.widgets import Card, Pill, button, label, rule

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.compliance import DutyStatus, Evidence
    from unnm_desktop.ui.page_base import Page

MOST_LINKS = 12
# What a link keeps free over its words, so that those beside it stand on one line with them.
LINK_TOP = 4
MOST_LETTERS = 48
# A sentence that begins with a reference would otherwise be set from left to right in an Arabic window.
RIGHT_TO_LEFT = "\u200f"


def write_page(database: Database, network_id: UUID, on: date, code: str, path: Path) -> Path:
    """Write the page, judged for that day, into a PDF or a text; on the reports' thread."""
    with database.read() as session:
        request = reports.request_for(
            session, "compliance", network_id=network_id, on=on, language=language_for(code, paper=True)
        )
        document = reports.make(session, "compliance", request, database.blobs.get)
    reports.write(document, path)
    return path


class ComplianceView(QWidget):
    """The duties of the terms of reference as at the chosen day."""

    clause_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        desk, look, language = page.desk, page.desk.look, page.desk.language
        self.on: date = desk.today()
        self.found: list[DutyStatus] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(10)
        self.day = DateField("on", N_("As at"), self.on)
        self.day.bind(desk, self._choose)
        # Its caption stands close by it, and the line is as wide as a day is long.
        # Measured with the window's own fonts: the style sheet gives them to a field when it is shown.
        words = QFontMetrics(look.font(0.9)).horizontalAdvance(self.day.caption.text())
        self.day.caption.setFixedWidth(words + 6)
        longest = language.weekday_day(date(2026, 12, 30), short=True)
        # Around the line, for the style sheet sets the line's own sizes; beside it stands the button.
        self.day.input.setFixedWidth(QFontMetrics(look.font()).horizontalAdvance(longest) + 36 + look.with_text(30))
        self.day.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        top.addWidget(self.day)
        self.to_today = button(look, desk.tr(N_("Today")), self._to_today, "link")
        top.addWidget(self.to_today)
        self.states = Chips(desk)
        self.states.chosen.connect(self._show)
        top.addWidget(self.states, 1)
        top.addStretch(0)
        save = button(look, desk.tr(N_("Save as PDF")), self.save_as, "", "download")
        top.addWidget(save)
        # Large text has the caption over the day; under the day the Hijri one may stand.
        side = Qt.AlignmentFlag.AlignBottom if look.text_size >= STACK_FROM else Qt.AlignmentFlag.AlignTop
        for one in (self.to_today, self.states, save):
            top.setAlignment(one, side)
        column.addLayout(top)
        self.area = ReadingColumn(desk.tr(N_("Duties")))
        column.addWidget(self.area, 1)
        self._empty = True
        self.links: dict[str, list[QWidget]] = {}

    def refresh(self) -> None:
        """Judge again and show."""
        desk = self._desk
        self.found = desk.hub.read(compliance.duties, desk.network_id, self.on)
        chosen = self.states.current
        counts = {state: sum(one.state == state for one in self.found) for state in compliance.STATES}
        # What asks for something stands first.
        order = [state for state in ("late", "due", "met", "not_required") if counts[state]]
        self.states.offer(
            [
                ("", self._counted(desk.tr(N_("All")), len(self.found))),
                *((state, self._counted(desk.tr(compliance.STATES[state]), counts[state])) for state in order),
            ]
        )
        if chosen in order:
            self.states.choose(chosen)
        self.to_today.setVisible(not self.of_today())
        if self._empty:
            self._page.later(self._show)
            return
        place = self.area.verticalScrollBar().value()
        self._show()
        self.area.go_back_to(place)

    def _counted(self, title: str, count: int) -> str:
        return f"{title} {self._desk.language.number(count)}"

    def _show(self, _state: str = "") -> None:
        self._empty = False
        card = Card(16)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.links = {}
        titles = (N_("State"), N_("Duty"), N_("Due"), N_("Clause"))
        for column, title in enumerate(titles):
            head = label(self._desk.look, self._desk.tr(title), "small")
            if column in (1, 3):
                head.setContentsMargins(TEXT_INSET, 0, TEXT_INSET, 0)
            grid.addWidget(head, 0, column)
        shown = [one for one in self.found if self.states.current in ("", one.state)]
        # What is not asked for stands after all that is.
        shown.sort(key=lambda one: one.state == "not_required")
        for number, one in enumerate(shown):
            grid.addWidget(rule(), number * 3 + 1, 0, 1, 4)
            self._add(grid, number * 3 + 2, one)
        card.column.addLayout(grid)
        card.column.addStretch(1)
        self.area.renew(card)

    def _sentence(self, text: str) -> str:
        return f"{RIGHT_TO_LEFT}{text}" if self._desk.look.rtl else text

    def _add(self, grid: QGridLayout, line: int, one: DutyStatus) -> None:
        desk, look, language = self._desk, self._desk.look, self._desk.language
        top = Qt.AlignmentFlag.AlignTop
        pill = Pill(look, desk.tr(compliance.STATES[one.state]), compliance.TONES[one.state])
        grid.addWidget(pill, line, 0, top | Qt.AlignmentFlag.AlignLeading)
        words = QVBoxLayout()
        words.setSpacing(2)
        # The links under the words keep room for their focus ring: all begin on one line.
        words.setContentsMargins(TEXT_INSET, LINK_TOP, TEXT_INSET, 0)
        spared = one.state == "not_required"
        words.addWidget(label(look, desk.tr(compliance.TITLES[one.duty]), "grey" if spared else "strong"))
        said = label(look, self._sentence(one.says.told(language)), "grey" if spared else "", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(said)
        grid.addLayout(words, line, 1)
        grid.addWidget(self._due(one), line, 2, top)
        if one.clause:
            clause = button(look, isolate(one.clause), lambda: self.clause_wanted.emit(one.clause), "link")
            clause.setToolTip(desk.tr(N_("Read this clause of the terms of reference")))
            grid.addWidget(clause, line, 3, top | Qt.AlignmentFlag.AlignLeading)
        if one.evidence:
            grid.addWidget(self._evidence(one), line + 1, 1)

    def _due(self, one: DutyStatus) -> QLabel:
        made = label(self._desk.look, self._desk.language.day(one.due, short=True))
        made.setContentsMargins(0, LINK_TOP, 0, 0)
        if one.state == "late":
            # The word "Late" stands in the same row.
            made.setProperty("role", "late")
        return made

    def _evidence(self, one: DutyStatus) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, 4, 0)
        made: list[QWidget] = []
        for proof in one.evidence[:MOST_LINKS]:
            told = proof.told(self._desk.language)
            link = button(self._desk.look, shortened(told, MOST_LETTERS), self._leader(proof), "link")
            link.setAccessibleName(told)
            link.setToolTip(told if link.text() != told else "")
            flow.addWidget(link)
            made.append(link)
        left = len(one.evidence) - MOST_LINKS
        if left > 0:
            more = label(self._desk.look, self._desk.language.ntr("and {n} more", "and {n} more", left), "grey")
            more.setContentsMargins(TEXT_INSET, 0, TEXT_INSET, 0)
            flow.addWidget(more)
        self.links[one.duty] = made
        return holder

    def _leader(self, proof: Evidence) -> Callable[[], object]:
        return partial(lead_to, self._desk, proof.entity, proof.id)

    def _choose(self, _: str, value: date | None) -> None:
        self.on = value or self._desk.today()
        self.refresh()
        self._page.header_changed.emit()

    def _to_today(self) -> None:
        self.day.set(self._desk.today())
        self._choose("on", self._desk.today())

    def save_as(self) -> None:
        """Write the page as at the chosen day into a PDF, or into a text by the ending of the name."""
        desk = self._desk
        path: Path | None = desk.ask.save_file(
            desk.tr(N_("Save as PDF")), f"compliance-{self.on.isoformat()}.pdf", "PDF (*.pdf);;TXT (*.txt)"
        )
        if path is None:
            return
        desk.jobs.run(
            write_page,
            desk.hub.database,
            desk.network_id,
            self.on,
            desk.language.code,
            path if path.suffix else path.with_suffix(".pdf"),
            done=self._saved,
            failed=self._failed,
            text=desk.tr(N_("Writing documents")),
            lane=REPORTS,
        )

    def _saved(self, path: Path) -> None:
        self._desk.say(self._desk.tr(N_("Saved: {file}"), file=path.name))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._page.trouble(error)

    def preview(self) -> None:
        """Show the pages as they are printed."""
        self._desk.go("reports", None, kind="compliance", on=None if self.of_today() else self.on)

    def of_today(self) -> bool:
        """Whether today is judged."""
        return self.on == self._desk.today()
