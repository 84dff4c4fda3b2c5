"""The line over a workplan: year, version and state, how it is shown, how far it is, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from unnm_desktop.db.workplans import Workplan, WorkplanState
from unnm_desktop.i18n import N_
from unnm_desktop.ui.chips import Chips
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import Choices
from unnm_desktop.ui.ring import Ring
from unnm_desktop.ui.widgets import Pill, button, empty, icon_button, label

Deed = tuple[str, Callable[[], object]]
TONES = {
    WorkplanState.DRAFT: "neutral",
    WorkplanState.FOR_CONSENSUS: "warn",
    WorkplanState.ADOPTED: "good",
    WorkplanState.SHARED: "good",
    WorkplanState.CLOSED: "neutral",
}
# Between two in a line.
_GAP = 8
VIEWS = (("timeline", N_("Timeline")), ("table", N_("Table")))
ZOOMS = (("months", N_("Months")), ("weeks", N_("Weeks")))


@dataclass(frozen=True)
class PlanView:
    """What the lines show; texts translated.

    Args:
        title: what the plan is called.
        percent: how far the plan is; None while nothing is planned.
        summary: the same in words, with what is on track.
        said: how the plan came to its state.
        decision: the decision it rests on and what leads there; in a draft, what changed since the version before.
        fixed: why nothing can be added or moved now.
        way_out: what to do about it.
        step: the next step of the plan, if there is one.
        deeds: everything else.

    """

    year: int
    plan: Workplan | None = None
    title: str = ""
    versions: Sequence[Workplan] = ()
    percent: int | None = None
    summary: str = ""
    said: str = ""
    decision: Deed | None = None
    fixed: str = ""
    way_out: Deed | None = None
    step: Deed | None = None
    deeds: Sequence[Deed] = ()


class PlanBar(QWidget):
    """Year ‹ 2026 ›, version, state, timeline or table; beside it, or under it where there is no room, how far it is.

    At the end stands what the plan rests on, its next step and a menu of the rest.
    """

    def __init__(self, desk: Desk, turn: Callable[[int], object], choose: Callable[[UUID], object]) -> None:
        super().__init__()
        self._desk, self._choose = desk, choose
        self._view = PlanView(0)
        look = desk.look
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)
        self.earlier = icon_button(look, "chevron-left", desk.tr(N_("Year before")), lambda: turn(-1))
        self.year = label(look, "", "h2")
        self.later = icon_button(look, "chevron-right", desk.tr(N_("Next year")), lambda: turn(1))
        self.version = Choices(look)
        self.version.setAccessibleName(desk.tr(N_("Version of the workplan")))
        self.version.activated.connect(self._chosen)
        self._pills = QHBoxLayout()
        self.views = self._choices(VIEWS, N_("How the workplan is shown"))
        # Both ways to read a plan stay in sight; months and weeks may wait behind a button.
        self.views.setMinimumWidth(self.views.sizeHint().width())
        self.zooms = self._choices(ZOOMS, N_("Months or weeks"))
        self.ring = Ring(look)
        self.summary = label(look, "", "grey")
        # Both are read whole or not at all: the button and the sign beside them say the same in their tooltips.
        self.said, self.fixed = label(look, "", "grey"), label(look, "", "grey")
        self.decision = button(look, "", self._go_to_decision, "link")
        self._lock = QLabel()
        self._lock.setPixmap(look.icons.pixmap("lock", look.tokens.text2, look.with_text(16)))
        self.way_out = button(look, "", self._take_way_out, "link")
        self.step = button(look, "", self._take_step)
        self.more = icon_button(look, "ellipsis", desk.tr(N_("More for this workplan")), self._offer)
        self._line.addWidget(self._shown())
        self._line.addWidget(self._state(), 1)

    def _shown(self) -> QWidget:
        """Which plan is shown, and how."""
        self._first = QWidget()
        line = QHBoxLayout(self._first)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        for widget in (self.earlier, self.year, self.later, self.version):
            line.addWidget(widget)
        line.addLayout(self._pills)
        line.addSpacing(8)
        line.addWidget(self.views)
        line.addSpacing(4)
        line.addWidget(self.zooms)
        line.addStretch(1)
        return self._first

    def _state(self) -> QWidget:
        """How far the plan is, what it rests on, and what can be done with it."""
        second = QWidget()
        line = QHBoxLayout(second)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        line.addWidget(self.ring)
        line.addWidget(self.summary)
        line.addStretch(1)
        for widget in (self.said, self.decision, self.fixed, self._lock, self.way_out, self.step, self.more):
            line.addWidget(widget)
        self._second = second
        return second

    def minimumSizeHint(self) -> QSize:
        """Of the wider of both, without the words that give way: narrower, one stands under the other."""
        first, second = self._first.minimumSizeHint().width(), self._second.minimumSizeHint().width()
        return QSize(max(first, second - sum(self._told().values())), super().minimumSizeHint().height())

    def _told(self) -> dict[QLabel, int]:
        """The words that are seen now, and what they take."""
        return {one: one.sizeHint().width() + _GAP for one in (self.said, self.fixed) if not one.isHidden()}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Set state and steps beside what is shown, or under it; say in words what there is still room for."""
        ways = QBoxLayout.Direction
        second = self._second.sizeHint().width() - sum(self._told().values())
        spare = self.width() - second - self._first.sizeHint().width() - self._line.spacing()
        way = ways.LeftToRight if spare >= 0 else ways.TopToBottom
        if way != self._line.direction():
            self._line.setDirection(way)
        if spare < 0:
            spare = self.width() - second
        for one in (self.said, self.fixed):
            wide = one.sizeHint().width() + _GAP
            shown = bool(one.text()) and wide <= spare
            spare -= wide if shown else 0
            if one.isHidden() == shown:
                one.setVisible(shown)

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
        self._lock.setVisible(bool(view.fixed))
        self._lock.setToolTip(view.fixed)
        self.views.setVisible(view.plan is not None)
        self.zooms.setVisible(view.plan is not None and self.views.current == VIEWS[0][0])
        self.year.setToolTip(view.title)
        self.ring.setVisible(view.percent is not None)
        self.ring.show_percent(view.percent or 0)
        self.summary.setText(view.summary)
        self.summary.setVisible(bool(view.summary))
        self.said.setText(view.said)
        self.decision.setToolTip(view.said)
        self._fit()

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
            # Other words of the line give way before its state does.
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
