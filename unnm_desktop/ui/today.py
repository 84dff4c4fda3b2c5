"""The page of the day: what needs the officer now; every figure on it opens the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import dashboard, duty_status
from unnm_desktop.ui.board import Board
from unnm_desktop.ui.budget_card import BudgetCard
from unnm_desktop.ui.commands import NO_ROW, NOT_OPEN, Command
from unnm_desktop.ui.memory import memory
from unnm_desktop.ui.number_card import NumberCard
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.row_menu import RowMenu
from unnm_desktop.ui.today_cards import DueCard, DutiesCard, MeetingCard, StepsCard
from unnm_desktop.ui.today_words import greeting, near_day, sentence

if TYPE_CHECKING:
    from PySide6.QtCore import QTimerEvent
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from unnm_desktop.services.dashboard import Counts, Dashboard
    from unnm_desktop.services.undo import UndoEntry
    from unnm_desktop.ui.conflict_notice import UndecidedBar
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.outside_bar import OutsideBar

MINUTE = 60_000


class TodayPage(Page):
    """Greeting, four figures, what is due, the next meeting, the budget and the duties of the day."""

    name = "today"
    title = N_("Today")
    kinds = duty_status.PROOFS | frozenset(
        {"action_point", "action_responsible", "minutes", "meeting_chair", "agenda_item"}
        | {"activity", "output", "budget_line"}
    )
    primary = "new"

    def __init__(self, desk: Desk) -> None:
        self.found: Dashboard | None = None
        # Action points ticked here stay in the list, struck out, until the page is left.
        self._ticked: dict[UUID, UndoEntry] = {}
        super().__init__(desk)
        look, tr = desk.look, desk.tr
        self.overdue = NumberCard(look, "triangle-alert", tr(N_("Overdue")))
        self.week = NumberCard(look, "clock", tr(N_("Due this week")))
        self.minutes = NumberCard(look, "file-text", tr(N_("Minutes to circulate")))
        self.plan = NumberCard(look, "target", tr(N_("Workplan")))
        self.figures = (self.overdue, self.week, self.minutes, self.plan)
        self.overdue.clicked.connect(self._to_overdue)
        self.week.clicked.connect(self._to_week)
        self.minutes.clicked.connect(self._to_minutes)
        self.plan.clicked.connect(self._to_plan)
        self.due = DueCard(desk, self._to_open, self._plan_meeting)
        self.due.list.ticked.connect(self._tick)
        self.due.list.opened.connect(self._to_action)
        self.row_menu = RowMenu(self, None, ("open-due", "done", "remind-due"))
        self.due.list.menu_wanted.connect(self.row_menu.open)
        self.meeting = MeetingCard(desk, self._to_meeting, self._remind, self._plan_meeting)
        self.budget = BudgetCard(desk)
        self.duties = DutiesCard(desk, self._to_duties)
        self.duties.list.opened.connect(self._to_duty)
        self.steps = StepsCard(
            desk, (self._to_members, self._plan_meeting, self._to_plan, self._back_up), self._dismiss
        )
        self.board = Board(look, self.figures, (self.steps, self.due), (self.meeting, self.duties, self.budget))
        self.board.stand_in(self.body)
        self.board.stand_above(self.body, self.bar, 0)
        for view in (self.due.list, self.duties.list, self.steps.list):
            view.moved.connect(self.board.into_sight)
        desk.wishes.judged.connect(self._judged)
        desk.wishes.backed_up.connect(self.refresh_soon)
        self.undecided: UndecidedBar | None = None
        self.outside: OutsideBar | None = None
        self._told = self.heading()
        self.startTimer(MINUTE)

    # What is shown ---------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        return greeting(self.desk.language, self.desk.settings.officer, self.desk.clock())

    def subline(self) -> str:
        if self.found is None:
            return ""
        hijri = self.desk.hijri(self.found.on)
        day = f"{self.desk.language.weekday_day(self.found.on)}{f' · {hijri}' if hijri else ''}"
        if self.found.setup.complete or self.steps.isHidden():
            said = sentence(self.desk.language, self.found, self.desk.late)
        else:
            said = self.desk.tr(N_("Begin with the first steps."))
        return f"{day} · {said}"

    def commands(self) -> Sequence[Command]:
        open_ = self._is_open
        return (
            Command("new", N_("New meeting"), self._plan_meeting, "plus", ("Ctrl+N",), self._may_write, "file"),
            Command("open-due", N_("Go to the record"), lambda: self._to_action(self._chosen()), "arrow-right", (),
                    lambda: self._chosen() is not None, "go", why=NO_ROW),
            Command("done", N_("Mark as done"), lambda: self._tick(self._chosen()), "check", ("Space",), open_, "edit",
                    within=self.due.list, why=NOT_OPEN),
            Command("remind-due", N_("Note a reminder"), self._remind_owners, "bell", (), open_, "edit", why=NOT_OPEN),
        )  # fmt: skip

    def _chosen(self) -> Any:
        """The action point that is chosen among what is due."""
        return self.due.list.current_key()

    def _is_open(self) -> bool:
        rows = self.found.rows if self.found is not None else ()
        return self._may_write() and any(row.action.id == self._chosen() and not row.done for row in rows)

    def first_focus(self) -> QWidget | None:
        return self.due.list if self.due.list.isVisibleTo(self) else self.overdue

    def refresh(self) -> None:
        desk = self.desk
        self.found = self.hub.read(
            dashboard.dashboard, desk.network_id, desk.today(), desk.settings.officer, tuple(self._ticked)
        )
        self._show_day(self.found)

    def rehearse(self, found: Dashboard) -> None:
        """Paint this day where nobody sees it: styles, fonts and layouts are at hand then for the real one."""
        self._show_day(found)
        self.grab()

    def _show_day(self, found: Dashboard) -> None:
        desk = self.desk
        self._show_figures(found)
        self.due.show_day(found)
        self.meeting.show_meeting(found.coming, found.on)
        self.budget.show_plan(found.plan)
        self.duties.show_late(desk.late, found.on)
        self._show_steps(found)

    def _show_steps(self, found: Dashboard) -> None:
        """The first steps, until they are done or hidden; in a sample there are none."""
        wanted = not found.sample and not self._dismissed()
        backed_up = self._backed_up() if wanted else False
        self.steps.setVisible(wanted and not (found.setup.complete and backed_up))
        self.steps.show_setup(found.setup, backed_up=backed_up)

    def _backed_up(self) -> bool:
        from unnm_desktop.ui.backup_keeper import folder_of  # only a new workspace asks for it

        return any(folder_of(self.desk).glob("*.unnm"))

    def _show_figures(self, found: Dashboard) -> None:
        language, tr, counts = self.language, self.tr_, found.counts
        self.overdue.show_figure(language.number(counts.overdue), self._oldest(found), "bad" if counts.overdue else "")
        self.week.show_figure(language.number(counts.week), self._week_words(counts, found))
        waiting = tr(N_("nothing is waiting"))
        if counts.held_on is not None:
            waiting = tr(N_("held on {day}"), day=language.day(counts.held_on, short=True).rsplit(" ", 1)[0])
        self.minutes.show_figure(language.number(counts.to_circulate), waiting)
        self.plan.setText(tr(N_("Workplan {year}"), year=language.figures(str(found.on.year))))
        if found.plan is None or found.plan.percent is None:
            self.plan.show_figure("–", tr(N_("no plan yet")) if found.plan is None else tr(N_("no activity yet")))
        else:
            on_track = tr(N_("{n} of {all} on track"), n=found.plan.on_track, all=found.plan.activities)
            self.plan.show_figure(language.percent(found.plan.percent), on_track)

    def _oldest(self, found: Dashboard) -> str:
        if found.counts.oldest is None:
            return self.tr_(N_("nothing is late"))
        return self.language.ntr("oldest {n} day late", "oldest {n} days late", (found.on - found.counts.oldest).days)

    def _week_words(self, counts: Counts, found: Dashboard) -> str:
        if counts.mine:
            return self.language.ntr("{n} is yours", "{n} are yours", counts.mine)
        if counts.next_due is None:
            return self.tr_(N_("nothing is due"))
        return self.tr_(N_("first: {day}"), day=near_day(self.language, counts.next_due, found.on))

    def _judged(self) -> None:
        if self.found is not None:
            self.duties.show_late(self.desk.late, self.found.on)
            self._tell_undecided(self.desk.late.undecided if self.desk.late is not None else 0)
            self._tell_outside(self.found)
            if self.isVisible():
                self.header_changed.emit()

    def _tell_undecided(self, number: int) -> None:
        if self.undecided is None and number:
            from unnm_desktop.ui.conflict_notice import UndecidedBar  # few days have any

            self.undecided = UndecidedBar(self.desk)
            self.board.stand_above(self.body, self.undecided, 1)
        if self.undecided is not None:
            self.undecided.show_number(number)

    def _tell_outside(self, found: Dashboard) -> None:
        """Once a week, where there is something to lose; never of a sample or of what can only be read."""
        begun = found.setup.members or found.setup.meeting or found.setup.workplan
        if found.sample or not begun or not self._may_write():
            return
        if self.outside is None:
            from unnm_desktop.ui.outside_bar import OutsideBar  # not before the first paint

            self.outside = OutsideBar(self.desk)
            self.board.stand_above(self.body, self.outside, 1)
        self.outside.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A copy may have been made meanwhile.
        if self.outside is not None and self.hub.is_open:
            self.outside.look()

    def timerEvent(self, event: QTimerEvent) -> None:
        """The morning ends, and the day, while the page is looked at."""
        if self.found is not None and (self.heading() != self._told or self.desk.today() != self.found.on):
            self._told = self.heading()
            self.refresh_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._ticked:
            self._ticked.clear()
            self._stale = True

    # Where things lead -----------------------------------------------------------------------------------------------

    def _to_overdue(self) -> None:
        self.desk.go("actions", None, choice="overdue")

    def _to_week(self) -> None:
        self.desk.go("actions", None, choice="soon")

    def _to_open(self) -> None:
        self.desk.go("actions", None, choice="open")

    def _to_action(self, key: UUID) -> None:
        self.desk.go("actions", key)

    def _to_minutes(self) -> None:
        self.desk.go("meetings", None, choice="to_circulate")

    def _to_plan(self) -> None:
        self.desk.go("workplan", None, choice="counted")

    def _to_members(self) -> None:
        self.desk.go("members")

    def _to_meeting(self) -> None:
        if self.found is not None and self.found.coming is not None:
            self.desk.go("meeting", self.found.coming.meeting.id)

    def _to_duties(self) -> None:
        self.desk.go("tor", None, tab="compliance")

    def _to_duty(self, name: str) -> None:
        """Go where the duty is mended; the compliance page says everything about the others."""
        late = self.desk.late
        duty = next((one for one in late.pressing if one.duty == name), None) if late is not None else None
        if name == "alternates":
            self.desk.go("members", None, choice="no_alternate")
        elif name == "consensus" and duty is not None and duty.evidence:
            self.desk.go("decisions", duty.evidence[0].id)
        elif name in ("workplan", "workplan_shared"):
            self._to_plan()
        elif name == "progress_report":
            self.desk.go("reports", None, kind="progress-report")
        else:
            self._to_duties()

    # What is done here -----------------------------------------------------------------------------------------------

    def _may_write(self) -> bool:
        return self.hub.is_open and not self.hub.read_only

    def _tick(self, key: UUID) -> None:
        done = any(row.done for row in self.found.rows if row.action.id == key) if self.found is not None else False
        if done and key in self._ticked:
            try:
                self.hub.take_back(self._ticked[key])
            except UserError as error:
                self.trouble(error)
                return
            del self._ticked[key]
            return
        # The list of action points needs these verbs; the first page is read without them.
        from unnm_desktop.services import actions

        if self.attempt(N_("Mark as done"), actions.mark_done, key, self.desk.today()) is not None:
            entry = self.hub.newest()
            if entry is not None:
                self._ticked[key] = entry
            self.desk.say_with_undo(self.tr_(N_("Done.")))

    def _remind_owners(self) -> None:
        from unnm_desktop.services import actions  # as above

        if self.attempt(N_("Note a reminder"), actions.remind, self._chosen(), self.desk.today()) is not None:
            self.desk.say_with_undo(self.tr_(N_("Reminder noted.")))

    def _remind(self) -> None:
        from unnm_desktop.services import invitations  # the verbs of records
        from unnm_desktop.ui import mailing  # as above
        from unnm_desktop.ui.moments import now  # its fields of forms are not needed to read the page

        if self.found is None or self.found.coming is None:
            return
        moment, meeting = now(self.desk), self.found.coming.meeting
        done = self.attempt(N_("Remind of a meeting"), invitations.remind, meeting.id, moment)
        if done is not None:
            text = self.language.ntr("Noted: {n} member was reminded.", "Noted: {n} members were reminded.", done)
            self.desk.say_with_undo(text)
            mailing.say_unreminded(self, meeting.id)

    def _plan_meeting(self) -> None:
        from unnm_desktop.ui.meeting_forms import ask_meeting  # the forms, only when asked for

        made = ask_meeting(self.desk, self)
        if made is not None:
            self.desk.go("meeting", made.id)

    def _back_up(self) -> None:
        self.desk.wishes.backup_wanted.emit()

    def _place(self) -> str:
        return f"today/{self.hub.database.id.hex}/steps"

    def _dismissed(self) -> bool:
        return memory().value(self._place(), "") == "hidden"

    def _dismiss(self) -> None:
        memory().setValue(self._place(), "hidden")
        self.steps.hide()
        self.header_changed.emit()
