"""The timeline on the page of the workplan: shown instead of the table, filled, and what is asked for on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from unnm_desktop.db.plan_parts import Deliverable
from unnm_desktop.db.workplans import Activity
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import calendar, workplans
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.day_calendar import SUNDAY
from unnm_desktop.ui.memory import memory
from unnm_desktop.ui.row_menu import RowMenu
from unnm_desktop.ui.timeline import Calendar, Timeline
from unnm_desktop.ui.timeline_geometry import Grip
from unnm_desktop.ui.timeline_rows import days_words, timeline_rows

if TYPE_CHECKING:
    from unnm_desktop.ui.activity_changes import ActivityChanges
    from unnm_desktop.ui.button_list import Doable
    from unnm_desktop.ui.plan_life import PlanLife
    from unnm_desktop.ui.workplan import WorkplanPage


_MOVES = ("day_earlier", "day_later", "day_shorter", "day_longer", "deliverable_earlier", "deliverable_later")


class PlanTimeline:
    """Keeps timeline and table on the same activity; both are lists of the same page."""

    def __init__(self, page: WorkplanPage, life: PlanLife, changes: ActivityChanges) -> None:
        self._page, self._desk, self._changes = page, page.desk, changes
        self._bar = page.plan_bar
        self.timeline = Timeline(page.desk)
        page.lists.addWidget(self.timeline)
        store = memory()
        self._bar.views.choose(str(store.value("workplan/view", "timeline")))
        self._bar.zooms.choose(str(store.value("workplan/zoom", "months")))
        self._restore_details()
        self._bar.views.chosen.connect(self._show_as)
        self._bar.zooms.chosen.connect(self._zoom)
        page.table.current_changed.connect(self.timeline.set_current)
        self.timeline.chosen.connect(self._choose)
        self.timeline.shown.connect(self._show_details)
        self.timeline.opened.connect(page.open)
        self.timeline.moving.moved.connect(self._move)
        self.timeline.moving.deliverable_moved.connect(self._move_deliverable)
        self.timeline.moving.refused.connect(life.refuse)
        self.timeline.deliverable_wanted.connect(self._show_deliverable)
        self.timeline.menu_wanted.connect(self._offer)
        self._row_menu = RowMenu(page, page.inspector, ("edit",), _MOVES, ("copy", "history"), ("remove",))

    @property
    def shown(self) -> bool:
        """Whether the officer reads the timeline, not the table."""
        return self._bar.views.current == "timeline"

    def commands(self) -> Sequence[Command]:
        """How it is shown, and how a bar is moved by keys; the arrows follow the line of reading."""
        later, earlier = ("Left", "Right") if self._desk.look.rtl else ("Right", "Left")
        nudge, movable, planned = self._nudge, self._can_move, self._page.has_plan
        return (
            Command("swap_view", N_("Timeline or table"), self._swap_view, "chart-gantt", ("Ctrl+T",), planned, "view"),
            Command("swap_zoom", N_("Months or weeks"), self._swap_zoom, "calendar", ("Ctrl+Shift+T",),
                    lambda: planned() and self.shown, "view"),
            Command("day_earlier", N_("Move a day earlier"), lambda: nudge(-1, Grip.WHOLE), "", (f"Shift+{earlier}",),
                    movable, "edit"),
            Command("day_later", N_("Move a day later"), lambda: nudge(1, Grip.WHOLE), "", (f"Shift+{later}",),
                    movable, "edit"),
            Command("day_shorter", N_("Make a day shorter"), lambda: nudge(-1, Grip.END), "",
                    (f"Alt+Shift+{earlier}",), movable, "edit"),
            Command("day_longer", N_("Make a day longer"), lambda: nudge(1, Grip.END), "", (f"Alt+Shift+{later}",),
                    movable, "edit"),
            Command("deliverable_earlier", N_("Move its next deliverable a day earlier"),
                    lambda: self._nudge_deliverable(-1), "", (f"Ctrl+Shift+{earlier}",), self._can_deliver, "edit"),
            Command("deliverable_later", N_("Move its next deliverable a day later"),
                    lambda: self._nudge_deliverable(1), "", (f"Ctrl+Shift+{later}",), self._can_deliver, "edit"),
        )  # fmt: skip

    def _nudge(self, days: int, grip: Grip) -> None:
        # The same keys select words where one types.
        if not isinstance(QApplication.focusWidget(), (QLineEdit, QPlainTextEdit)):
            self.timeline.nudge(days, grip)

    def _nudge_deliverable(self, days: int) -> None:
        if not isinstance(QApplication.focusWidget(), (QLineEdit, QPlainTextEdit)):
            self.timeline.nudge_deliverable(days)

    def _can_deliver(self) -> bool:
        line = self.timeline.line(self._page.current()) if self.shown else None
        return line is not None and line.next_deliverable is not None

    def _can_move(self) -> bool:
        return self.shown and self._page.current() is not None

    # What is shown ---------------------------------------------------------------------------------------------------

    def complete(self) -> None:
        """The timeline shows the whole year at once: it does not wait for the keys that a long list reads later."""
        if self.shown:
            self._page.table.listing.complete()

    def fill(self) -> None:
        """The list was read again: show the same activities."""
        page = self._page
        if not self.shown:
            if page.lists.currentWidget() is self.timeline:
                page.lists.setCurrentWidget(page.table)
            return
        if page.lists.currentWidget() is page.table:
            page.lists.setCurrentWidget(self.timeline)
        found = page.sheet.findings if page.sheet is not None else None
        if found is None:
            self.timeline.show_rows((), "", locked=True)
            return
        listing = page.table.listing
        keys = [key for row in range(listing.rowCount()) if (key := listing.id_at(row)) is not None]
        title = page.tr_(N_("Budget, {currency}"), currency=isolate(found.money.currency))
        locked = page.locked() or page.hub.read_only
        self.timeline.show_rows(timeline_rows(found, keys, page.language), title, locked=locked)
        self._show_calendar()
        self.timeline.set_current(page.current())

    def _show_calendar(self) -> None:
        page, weeks = self._page, None
        if page.sheet is not None and self._bar.zooms.current == "weeks":
            weeks = min(calendar.weekday_numbers([page.sheet.findings.network.first_weekday]), default=SUNDAY)
        self.timeline.show_calendar(Calendar(page.year, self._desk.today(), weeks))

    def _show_as(self, view: str) -> None:
        memory().setValue("workplan/view", view)
        self._restore_details()
        self._bar.zooms.setVisible(self.shown)
        self.complete()
        self.fill()
        self.focus_list()

    def _zoom(self, zoom: str) -> None:
        memory().setValue("workplan/zoom", zoom)
        self._show_calendar()
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard on the timeline or the table, whichever is shown."""
        first = self._page.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _swap_view(self) -> None:
        self._bar.views.choose("table" if self.shown else "timeline")

    def _swap_zoom(self) -> None:
        self._bar.zooms.choose("months" if self._bar.zooms.current == "weeks" else "weeks")

    # Details beside it -----------------------------------------------------------------------------------------------

    def _restore_details(self) -> None:
        if self.shown:
            # The days need the whole width; details come with the first click on a bar.
            self._page.inspector.setVisible(memory().value("workplan/inspector-timeline", "false") == "true")
        else:
            self._page.inspector.setVisible(memory().value("workplan/inspector-table", "true") == "true")

    def remember(self) -> None:
        """Keep whether details are shown beside this view."""
        name = "workplan/inspector-timeline" if self.shown else "workplan/inspector-table"
        memory().setValue(name, "false" if self._page.inspector.isHidden() else "true")

    def _choose(self, activity_id: UUID) -> None:
        self._page.table.select(activity_id)

    def _show_details(self, activity_id: UUID) -> None:
        self._choose(activity_id)
        self._page.show_inspector(shown=True)

    def _show_deliverable(self, activity_id: UUID, deliverable_id: UUID) -> None:
        self._show_details(activity_id)
        self._changes.open(deliverable_id)
        self._page.inspector.parts.focus(f"deliverable:{deliverable_id}:due")

    # Changes ---------------------------------------------------------------------------------------------------------

    def _move(self, activity_id: UUID, start: date, end: date) -> None:
        page, line = self._page, self.timeline.line(activity_id)
        before = line.days if line is not None else None
        moved = before is None or (end - start) == (before[1] - before[0])
        label = N_("Move activity") if moved else N_("Change how long an activity takes")
        done = page.attempt(label, workplans.change, Activity, activity_id, start=start, end=end)
        # The bar stands where its record says, also when the change was refused.
        page.read_again()
        if done is not None:
            title, days = page.language.pick(done, "title"), days_words(start, end, page.language)
            self._desk.say_with_undo(page.tr_(N_("{title}: {days}"), title=title, days=days))

    def _move_deliverable(self, deliverable_id: UUID, day: date) -> None:
        page = self._page
        done = page.attempt(N_("Change a deliverable"), workplans.change, Deliverable, deliverable_id, due=day)
        page.read_again()
        if done is not None:
            title, told = page.language.pick(done, "title"), page.language.day(day, short=True)
            self._desk.say_with_undo(page.tr_(N_("Deliverable by {day}: {title}"), day=told, title=title))

    def _offer(self, activity_id: UUID, day: date | None, point: QPoint) -> None:
        page = self._page
        self._choose(activity_id)
        more: list[Doable] = []
        if not page.locked() and not page.hub.read_only:
            words = page.tr_(N_("Add a deliverable"))
            if day is not None:
                words = page.tr_(N_("Add a deliverable by {day}"), day=page.language.day(day, short=True))
            more.append((words, partial(self._changes.add, "deliverable", activity_id, day), "", "plus"))
        self._row_menu.open(point, more)
