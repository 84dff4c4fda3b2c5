"""The last page of the set-up: who sits in the network, and who speaks for each; all of it can wait."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from unnm_desktop.db.organisations import Residency
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import founding
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.setup_pages import SetupPage
from unnm_desktop.ui.setup_state import Said, SetupState
from unnm_desktop.ui.tick_box import TickBox
from unnm_desktop.ui.widgets import Card, label


class MembersPage(SetupPage):
    """A line for each body: a tick, its name, and two names to write beside it."""

    step = N_("Members")
    title = N_("Who are the members?")
    line = N_("Tick who holds a seat. Names can be added now, or at any time in Members.")

    def __init__(self, desk: Desk, state: SetupState) -> None:
        super().__init__(desk, state)
        if state.profile is None:
            raise LookupError("no network was chosen")
        self._candidates = founding.candidates(state.profile)
        for one in self._candidates:
            state.members.setdefault(one.acronym, Said(ticked=one.named))
        self.ticks: dict[str, TickBox] = {}
        self.names: dict[tuple[str, str], QLineEdit] = {}
        card = Card(20)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        heads = (N_("Organisation"), N_("Focal point"), N_("Alternate"))
        for column, head in enumerate(heads):
            grid.addWidget(label(desk.look, desk.tr(head), "grey"), 0, column)
        for number, one in enumerate(self._candidates, 1):
            self._line(grid, number, one)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 2)
        grid.setRowStretch(len(self._candidates) + 1, 1)
        area = ScrollColumn(margins=(0, 0, 6, 0))
        area.column.addLayout(grid)
        card.column.addWidget(area)
        self.column.addWidget(card, 1)

    def _line(self, grid: QGridLayout, number: int, one: founding.Candidate) -> None:
        desk, said = self.desk, self.state.members[one.acronym]
        name = (one.name_ar if desk.look.rtl else one.name_en) or one.acronym
        acronym = isolate(one.acronym) if desk.look.rtl else one.acronym
        tick = TickBox(desk.look, name if name == one.acronym else f"{acronym} – {name}")
        tick.setChecked(said.ticked)
        note = self._note(one)
        tick.setToolTip(f"{name}\n{note}" if note else name)
        tick.setAccessibleDescription(note)
        self.ticks[one.acronym] = tick
        grid.addWidget(tick, number, 0)
        for column, (kind, title, text) in enumerate(
            (("focal_point", N_("Focal point"), said.focal_point), ("alternate", N_("Alternate"), said.alternate)), 1
        ):
            box = QLineEdit(text)
            box.setAlignment(desk.look.start())
            box.setPlaceholderText(desk.tr(N_("Name")))
            box.setAccessibleName(f"{one.acronym}: {desk.tr(title)}")
            box.setMinimumWidth(110)
            box.textEdited.connect(lambda typed, tick=tick: tick.setChecked(tick.isChecked() or bool(typed.strip())))
            self.names[one.acronym, kind] = box
            grid.addWidget(box, number, column, Qt.AlignmentFlag.AlignVCenter)

    def _note(self, one: founding.Candidate) -> str:
        if one.named:
            return self.desk.tr(N_("Named in the terms of reference"))
        return self.desk.tr(one.residency.label) if one.residency is not Residency.UNKNOWN else ""

    def keep(self) -> None:
        for acronym, tick in self.ticks.items():
            self.state.members[acronym] = Said(
                tick.isChecked(),
                self.names[acronym, "focal_point"].text().strip(),
                self.names[acronym, "alternate"].text().strip(),
            )

    def problem(self) -> str:
        if any(one.ticked for one in self.state.members.values()):
            return ""
        return self.desk.tr(N_("Tick at least one member; a network needs somebody to decide."))

    def first(self) -> QWidget | None:
        return next(iter(self.ticks.values()), None)
