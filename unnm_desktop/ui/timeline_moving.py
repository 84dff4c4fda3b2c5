"""A bar or a deliverable of the timeline on its way to other days: kept once the keys rest, or given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.timeline_geometry import Grip, shifted
from unnm_desktop.ui.timeline_paint import Ghost, ghost_words

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.timeline_drag import Press
    from unnm_desktop.ui.timeline_rows import Line

# Several presses of a key are one step; it is taken once the keys have rested so long.
REST = 900


class Moving(QObject):
    """At most one thing moves at a time, by keys or by the pointer that took hold of it."""

    # An activity with its first and last day; a deliverable with its day.
    moved = Signal(object, object, object)
    deliverable_moved = Signal(object, object)
    # The plan is locked.
    refused = Signal()
    # It is somewhere else, or moves no more.
    changed = Signal()

    def __init__(self, desk: Desk, line: Callable[[UUID | None], Line | None], timeline: QWidget) -> None:
        """``line`` gives the line of an activity, if it is shown."""
        super().__init__(timeline)
        self._desk, self._line, self._timeline = desk, line, timeline
        self.locked = False
        # What took hold of it, and where it would be.
        self.press: Press | None = None
        self.ghost: Ghost | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.keep)

    def nudge(self, activity_id: UUID | None, days: int, grip: Grip) -> None:
        """Move the bar of this activity, or its end, by so many days; kept once the keys rest."""
        line = self._line(activity_id)
        if line is None or self._refuses():
            return
        if self.ghost is not None and self.ghost.deliverable is not None:
            self.keep()
        now = (self.ghost.start, self.ghost.end) if self.ghost is not None else line.days
        if now is None:
            announce(self._timeline, self._desk.tr(N_("No days set")))
            return
        self._move_to(Ghost(line.id, *shifted(*now, grip, days)))

    def nudge_deliverable(self, activity_id: UUID | None, days: int) -> None:
        """Move the next deliverable of this activity by so many days; kept once the keys rest."""
        if self.ghost is not None and self.ghost.deliverable is None:
            self.keep()
        # What was kept just now may have moved its deliverables.
        line = self._line(activity_id)
        wanted = line.next_deliverable if line is not None else None
        if line is None or wanted is None or self._refuses():
            return
        now = self.ghost.start if self.ghost is not None else wanted.day
        self._move_to(Ghost(line.id, *shifted(now, now, Grip.WHOLE, days), deliverable=wanted.id))

    def _refuses(self) -> bool:
        if self.locked:
            self.refused.emit()
        return self.locked

    def _move_to(self, ghost: Ghost) -> None:
        self.ghost = ghost
        announce(self._timeline, ghost_words(ghost, self._desk.language))
        self._rest.start()
        self.changed.emit()

    def keep(self) -> None:
        """Keep the days it was moved to."""
        self._rest.stop()
        ghost, self.ghost, self.press = self.ghost, None, None
        if ghost is None:
            return
        self.changed.emit()
        line = self._line(ghost.id)
        if line is not None and ghost.deliverable is not None:
            if (ghost.deliverable, ghost.start) not in {(one.id, one.day) for one in line.milestones}:
                self.deliverable_moved.emit(ghost.deliverable, ghost.start)
        elif line is not None and line.days != (ghost.start, ghost.end):
            self.moved.emit(ghost.id, ghost.start, ghost.end)

    def give_up(self) -> None:
        """Leave it where it was."""
        self._rest.stop()
        self.ghost, self.press = None, None
        self.changed.emit()
