"""The line over a workplan: its year and version, its state, its money, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from unnm_desktop.db.workplans import Workplan, WorkplanState
from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import ElidedLabel, Pill, button, icon_button, label

Deed = tuple[str, Callable[[], object]]
TONES = {
    WorkplanState.DRAFT: "neutral",
    WorkplanState.FOR_CONSENSUS: "warn",
    WorkplanState.ADOPTED: "good",
    WorkplanState.SHARED: "good",
    WorkplanState.CLOSED: "neutral",
}


@dataclass(frozen=True)
class PlanView:
    """What the line shows; texts translated.

    Args:
        said: how the plan came to its state.
        decision: the decision it rests on, and what leads there.
        money: the sums.
        step: the next step of the plan, if there is one.
        deeds: everything else.

    """

    year: int
    plan: Workplan | None = None
    versions: Sequence[Workplan] = ()
    said: str = ""
    decision: Deed | None = None
    money: str = ""
    step: Deed | None = None
    deeds: Sequence[Deed] = ()


class PlanBar(QWidget):
    """Year ‹ 2026 ›, version, state, next step and a menu of the rest."""

    def __init__(self, desk: Desk, turn: Callable[[int], object], choose: Callable[[UUID], object]) -> None:
        super().__init__()
        self._desk, self._choose = desk, choose
        self._versions: Sequence[Workplan] = ()
        look = desk.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        back, forth = "chevron-left", "chevron-right"
        self.earlier = icon_button(look, back, desk.tr(N_("Year before")), lambda: turn(-1))
        self.year = label(look, "", "h2")
        self.later = icon_button(look, forth, desk.tr(N_("Next year")), lambda: turn(1))
        self.version = QComboBox()
        self.version.setAccessibleName(desk.tr(N_("Version of the workplan")))
        self.version.activated.connect(self._chosen)
        for widget in (self.earlier, self.year, self.later, self.version):
            top.addWidget(widget)
        self._pills = QHBoxLayout()
        top.addLayout(self._pills)
        top.addStretch(1)
        self.step = button(look, "", self._take_step)
        self.more = icon_button(look, "ellipsis", desk.tr(N_("More for this workplan")), self._offer)
        top.addWidget(self.step)
        top.addWidget(self.more)
        column.addLayout(top)
        below = QHBoxLayout()
        below.setSpacing(8)
        self.said = QLabel()
        self.said.setProperty("role", "grey")
        self.decision = QPushButton()
        self.decision.setProperty("role", "link")
        self.decision.clicked.connect(self._go_to_decision)
        self.money = ElidedLabel(look, "", "grey")
        below.addWidget(self.said)
        below.addWidget(self.decision)
        below.addWidget(self.money, 1)
        column.addLayout(below)
        self._view = PlanView(0)

    def show_plan(self, view: PlanView) -> None:
        """Show this plan, or the year without one."""
        self._view = view
        # A year is no amount: no separator between its digits.
        self.year.setText(self._desk.language.figures(str(view.year)))
        names = [
            self._desk.tr(N_("Version {n} · {state}"), n=one.version, state=self._desk.tr(one.state.label))
            for one in view.versions
        ]
        self._versions = view.versions
        self.version.clear()
        self.version.addItems(names)
        if view.plan is not None:
            keys = [one.id for one in view.versions]
            self.version.setCurrentIndex(keys.index(view.plan.id) if view.plan.id in keys else -1)
        self.version.setVisible(len(view.versions) > 1)
        while (item := self._pills.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if view.plan is not None:
            state = view.plan.state
            self._pills.addWidget(Pill(self._desk.look, self._desk.tr(state.label), TONES[state]))
        self.step.setVisible(view.step is not None)
        self.step.setText(view.step[0] if view.step else "")
        self.more.setVisible(bool(view.deeds))
        self.said.setText(view.said)
        self.said.setVisible(bool(view.said))
        self.decision.setText(view.decision[0] if view.decision else "")
        self.decision.setVisible(view.decision is not None)
        self.money.setText(view.money)
        self.money.setVisible(bool(view.money))

    def _chosen(self, place: int) -> None:
        if 0 <= place < len(self._versions):
            self._choose(self._versions[place].id)

    def _take_step(self) -> None:
        if self._view.step is not None:
            self._view.step[1]()

    def _go_to_decision(self) -> None:
        if self._view.decision is not None:
            self._view.decision[1]()

    def _offer(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def menu(self) -> QMenu:
        """The menu of everything that can be done with the plan."""
        menu = QMenu(self)
        for text, run in self._view.deeds:
            menu.addAction(text.replace("&", "&&"), run)
        return menu
