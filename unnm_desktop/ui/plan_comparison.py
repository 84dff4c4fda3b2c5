"""What changed between two versions of a workplan, as a list that can be copied into a letter to the members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from unnm_desktop.i18n import N_
from unnm_desktop.services import numbering, workplan_compare, workplan_findings
from unnm_desktop.services.says import Year
from unnm_desktop.services.workplan_compare import ADDED, CHANGED, TAKEN_OUT
from unnm_desktop.ui.on_screen import room_for
from unnm_desktop.ui.scroll_column import ReadingColumn
from unnm_desktop.ui.widgets import Card, Pill, button, label, row
from unnm_desktop.ui.word_difference import difference

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.db.workplans import Workplan
    from unnm_desktop.i18n import Language
    from unnm_desktop.services.workplan_compare import Changed
    from unnm_desktop.ui.desk import Desk

TONES = {ADDED: "good", TAKEN_OUT: "bad", CHANGED: "info"}


def read_changes(session: Session, earlier: UUID, later: UUID, on: date, language: Language) -> list[Changed]:
    """Compare two versions as they stand on a day."""
    plans = [workplan_findings.plan_findings(session, key, on) for key in (earlier, later)]
    return workplan_compare.compare(plans[0], plans[1], language)


class PlanComparison(QDialog):
    """The changed activities; a click on one goes to it."""

    def __init__(
        self,
        desk: Desk,
        earlier: Workplan,
        later: Workplan,
        go: Callable[[UUID], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._go = desk, go
        self.found = desk.hub.read(read_changes, earlier.id, later.id, desk.today(), desk.language)
        self.title = desk.tr(
            N_("Workplan {year}: version {n} compared with version {m}"),
            year=Year(later.year),
            n=later.version,
            m=earlier.version,
        )
        self.setWindowTitle(self.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(label(desk.look, self.title, "h2", wrap=True))
        tally = self._tally()
        column.addWidget(tally)
        tally.setVisible(bool(self.found))
        self.area = ReadingColumn(self.title, margins=(6, 6, 6, 6), spacing=10)
        self.area.renew(*self._cards())
        self.area.column.addStretch(1)
        column.addWidget(self.area, 1)
        box = QDialogButtonBox()
        copy = box.addButton(desk.tr(N_("Copy as text")), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        copy.setEnabled(bool(self.found))
        box.addButton(desk.tr(N_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        size = desk.look.text_size / 100
        self.resize(QSize(round(720 * size), round(560 * size)).boundedTo(room_for(self)))

    def _tally(self) -> QWidget:
        """How many activities of each kind of change."""
        tr, many = self._desk.tr, Counter(one.fate for one in self.found)
        number = self._desk.language.number
        pills = [
            Pill(self._desk.look, tr(N_("{title}: {value}"), title=tr(fate), value=number(many[fate])), tone)
            for fate, tone in TONES.items()
            if many[fate]
        ]
        return row(*pills, spacing=6)

    def _cards(self) -> Sequence[QWidget]:
        look, tr = self._desk.look, self._desk.tr
        if not self.found:
            words = tr(N_("The two versions plan the same. Status, progress and money spent are not compared."))
            return [label(look, words, "grey", wrap=True)]
        return [self._card(one) for one in self.found]

    def _card(self, one: Changed) -> Card:
        """One activity: its name, what became of it, and each value before and after."""
        look, tr = self._desk.look, self._desk.tr
        card = Card(14)
        card.column.setSpacing(6)
        reference = numbering.printed(one.reference)
        head = QHBoxLayout()
        if one.activity_id is None:
            head.addWidget(label(look, reference, "grey"))
        else:
            head.addWidget(button(look, reference, self._leader(one.activity_id), "link"))
        head.addStretch(1)
        head.addWidget(Pill(look, tr(one.fate), TONES[one.fate]))
        card.column.addLayout(head)
        card.column.addWidget(label(look, one.title, "strong", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, different in enumerate(one.differences):
            if not different.name:
                grid.addWidget(label(look, different.told, wrap=True), line, 0, 1, 2)
                continue
            name = label(look, different.name, "small", wrap=True)
            name.setFixedWidth(round(120 * look.text_size / 100))
            words = QLabel(difference(different.old or "–", different.new or "–", look))
            words.setWordWrap(True)
            words.setAccessibleName(different.told)
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, line, 1)
        card.column.addLayout(grid)
        return card

    def _leader(self, activity_id: UUID) -> Callable[[], object]:
        def lead() -> None:
            self.accept()
            self._go(activity_id)

        return lead

    def text(self) -> str:
        """The list as plain text."""
        lines = [self.title, ""]
        for one in self.found:
            lines += [
                f"{numbering.printed(one.reference)} {one.title}",
                *(f"  – {line}" for line in one.lines(self._desk.language)),
                "",
            ]
        return "\n".join(lines)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text())
        self._desk.say(self._desk.tr(N_("Copied.")))
