"""The lines over a workplan: year, version and state, how it is shown, its sums, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from unnm_desktop.db.workplans import Workplan, WorkplanState
from unnm_desktop.i18n import N_
from unnm_desktop.ui.chips import Chips
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import Choices
from unnm_desktop.ui.flow import Flow
from unnm_desktop.ui.ring import Ring
from unnm_desktop.ui.widgets import ElidedLabel, Pill, button, empty, icon_button, label, row

Deed = tuple[str, Callable[[], object]]
TONES = {
    WorkplanState.DRAFT: "neutral",
    WorkplanState.FOR_CONSENSUS: "warn",
    WorkplanState.ADOPTED: "good",
    WorkplanState.SHARED: "good",
    WorkplanState.CLOSED: "neutral",
}
VIEWS = (("timeline", N_("Timeline")), ("table", N_("Table")))
ZOOMS = (("months", N_("Months")), ("weeks", N_("Weeks")))


@dataclass(frozen=True)
class PlanView:
    """What the lines show; texts translated.

    Args:
        percent: how far the plan is; None while nothing is planned.
        summary: the same in words, with what is on track and the money.
        said: how the plan came to its state.
        decision: the decision it rests on and what leads there; in a draft, what changed since the version before.
        fixed: why nothing can be added or moved now.
        way_out: what to do about it.
        step: the next step of the plan, if there is one.
        deeds: everything else.

    """

    year: int
    plan: Workplan | None = None
    versions: Sequence[Workplan] = ()
    percent: int | None = None
    summary: str = ""
    said: str = ""
    decision: Deed | None = None
    fixed: str = ""
    way_out: Deed | None = None
    step: Deed | None = None
    deeds: Sequence[Deed] = ()


class Whole(ElidedLabel):
    """Words that are read whole or not at all: beside them a sign says the same in its tooltip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _cut(self) -> None:
        super()._cut()
        if self.toolTip():
            QLabel.setText(self, "")


class PlanBar(QWidget):
    """Year ‹ 2026 ›, version, state, timeline or table, next step and a menu of the rest."""

    def __init__(self, desk: Desk, turn: Callable[[int], object], choose: Callable[[UUID], object]) -> None:
        super().__init__()
        self._desk, self._choose = desk, choose
        self._view = PlanView(0)
        look = desk.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        self.earlier = icon_button(look, "chevron-left", desk.tr(N_("Year before")), lambda: turn(-1))
        self.year = label(look, "", "h2")
        self.later = icon_button(look, "chevron-right", desk.tr(N_("Next year")), lambda: turn(1))
        self.version = Choices(look)
        self.version.setAccessibleName(desk.tr(N_("Version of the workplan")))
        self.version.activated.connect(self._chosen)
        for widget in (self.earlier, self.year, self.later, self.version):
            top.addWidget(widget)
        self._pills = QHBoxLayout()
        top.addLayout(self._pills)
        self.views = self._choices(VIEWS, N_("How the workplan is shown"))
        # Both ways to read a plan stay in sight; months and weeks may wait behind a button.
        self.views.setMinimumWidth(self.views.sizeHint().width())
        self.zooms = self._choices(ZOOMS, N_("Months or weeks"))
        top.addSpacing(8)
        top.addWidget(self.views)
        top.addSpacing(4)
        top.addWidget(self.zooms)
        self._lock = QLabel()
        self._lock.setPixmap(look.icons.pixmap("lock", look.tokens.text2, look.with_text(16)))
        self.fixed = Whole(look, "", "grey")
        # As wide as its words, close to the button it explains; it gives way before anything else.
        self.fixed.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.way_out = button(look, "", self._take_way_out, "link")
        self.step = button(look, "", self._take_step)
        self.more = icon_button(look, "ellipsis", desk.tr(N_("More for this workplan")), self._offer)
        top.addStretch(1)
        top.addWidget(self.fixed)
        top.addWidget(self._lock)
        for made in (self.way_out, self.step, self.more):
            top.addWidget(made)
        column.addLayout(top)
        # Where they do not fit in a line, how the plan came to its state stands under its sums.
        below = QWidget()
        flow = Flow(below, 24, 2)
        self.ring = Ring(look)
        self.summary = ElidedLabel(look, "", "grey")
        self.summary.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.said = QLabel()
        self.said.setProperty("role", "grey")
        self.decision = button(look, "", self._go_to_decision, "link")
        flow.addWidget(row(self.ring, self.summary, stretch=1))
        flow.addWidget(row(self.said, self.decision, spacing=2))
        column.addWidget(below)

    def _choices(self, choices: Sequence[tuple[str, str]], name: str) -> Chips:
        chips = Chips(self._desk)
        chips.setAccessibleName(self._desk.tr(name))
        chips.offer([(one, self._desk.tr(title)) for one, title in choices])
        return chips

    def show_plan(self, view: PlanView) -> None:
        """Show this plan, or the year without one."""
        self._view = view
        # A year is no amount: no separator between its digits.
        self.year.setText(self._desk.language.figures(str(view.year)))
        self._show_versions(view)
        self._fill(self.step, view.step)
        self._fill(self.way_out, view.way_out)
        self._fill(self.decision, view.decision)
        self.more.setVisible(bool(view.deeds))
        self.fixed.setText(view.fixed)
        self.fixed.setVisible(bool(view.fixed))
        self._lock.setVisible(bool(view.fixed))
        self._lock.setToolTip(view.fixed)
        self.views.setVisible(view.plan is not None)
        self.zooms.setVisible(view.plan is not None and self.views.current == VIEWS[0][0])
        self.ring.setVisible(view.percent is not None)
        self.ring.show_percent(view.percent or 0)
        self.summary.setText(view.summary)
        self.summary.setVisible(bool(view.summary))
        self.said.setText(view.said)
        self.said.setVisible(bool(view.said))

    def _show_versions(self, view: PlanView) -> None:
        tr = self._desk.tr
        self.version.clear()
        self.version.addItems(
            [tr(N_("Version {n} · {state}"), n=one.version, state=tr(one.state.label)) for one in view.versions]
        )
        self.version.setVisible(len(view.versions) > 1)
        empty(self._pills)
        if view.plan is None:
            return
        keys = [one.id for one in view.versions]
        self.version.setCurrentIndex(keys.index(view.plan.id) if view.plan.id in keys else -1)
        # The list of versions says the state of each already.
        if len(view.versions) <= 1:
            state = view.plan.state
            pill = Pill(self._desk.look, tr(state.label), TONES[state])
            # The reason why the plan is fixed is cut before its state is.
            pill.setMinimumWidth(pill.sizeHint().width())
            self._pills.addWidget(pill)

    def _fill(self, made: QPushButton, deed: Deed | None) -> None:
        made.setText(deed[0].replace("&", "&&") if deed else "")
        made.setVisible(deed is not None)
        made.setMinimumWidth(made.sizeHint().width() if deed else 0)

    def _chosen(self, place: int) -> None:
        if 0 <= place < len(self._view.versions):
            self._choose(self._view.versions[place].id)

    def _take_step(self) -> None:
        if self._view.step is not None:
            self._view.step[1]()

    def _take_way_out(self) -> None:
        if self._view.way_out is not None:
            self._view.way_out[1]()

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
