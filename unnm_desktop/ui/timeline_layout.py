"""Where the lines of a timeline and what is on them lie on the viewport, and what is under the pointer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QPoint, QPointF, QRect

from unnm_desktop.ui.timeline_geometry import Columns, Days, Grip, grip_at
from unnm_desktop.ui.timeline_paint import DIAMOND
from unnm_desktop.ui.timeline_rows import Line, Milestone, Row

# How far a diamond is felt from its middle, and the least that is left of a bar beside it.
REACH, LEAST = DIAMOND + 2, 20


@dataclass(frozen=True)
class Layout:
    """Lines under a head, scrolled; ``places`` are the numbers of the activities' lines, bars are ``thick``."""

    rows: Sequence[Row]
    places: Mapping[UUID, int]
    columns: Columns
    days: Days
    head: int
    row: int
    thick: int
    scrolled: int

    def top_of(self, number: int) -> int:
        """Where a line begins."""
        return self.head + number * self.row - self.scrolled

    def number_at(self, y: float) -> int:
        """The line at a height; -1 on the head and under the last."""
        if y < self.head:
            return -1
        number = int(y - self.head + self.scrolled) // self.row
        return number if number < len(self.rows) else -1

    def line_at(self, point: QPointF | QPoint) -> Line | None:
        """The activity at a place."""
        number = self.number_at(point.y())
        row = self.rows[number] if number >= 0 else None
        return None if isinstance(row, str) else row

    def bar(self, activity_id: UUID) -> QRect:
        """Where a bar is; empty without days."""
        number = self.places.get(activity_id)
        line = self.rows[number] if number is not None else None
        if number is None or line is None or isinstance(line, str) or line.days is None:
            return QRect()
        begin, end = self.days.at(line.days[0]), self.days.after(line.days[1])
        y = self.top_of(number) + (self.row - self.thick) // 2
        return QRect(round(self.columns.chart_x(begin, end - begin)), y, round(end - begin), self.thick)

    def day_at(self, point: QPointF | QPoint) -> date | None:
        """The day at a place, if it lies among the days."""
        if not self.columns.in_chart(point.x()):
            return None
        return self.days.day_at(self.columns.chart_along(point.x()))

    def grip_at(self, line: Line, point: QPointF) -> Grip | None:
        """What of a line's bar is at a place."""
        if line.days is None or not self.columns.in_chart(point.x()):
            return None
        begin, end = self.days.at(line.days[0]), self.days.after(line.days[1])
        # A diamond that can be moved covers the end: the bar is then stretched by what is left before it.
        places = [self._middle(one) for one in line.milestones if not one.delivered]
        left = min([end, *(place - REACH for place in places if abs(place - end) <= REACH)])
        return grip_at(begin, left if left - begin >= LEAST else end, self.columns.chart_along(point.x()))

    def diamond_at(self, line: Line, point: QPointF) -> Milestone | None:
        """The deliverable whose diamond is at a place."""
        if not self.columns.in_chart(point.x()):
            return None
        along = self.columns.chart_along(point.x())
        near = [one for one in line.milestones if abs(self._middle(one) - along) <= REACH]
        return near[-1] if near else None

    def movable_at(self, line: Line, point: QPointF) -> Milestone | None:
        """The deliverable at a place that can still be given another day."""
        diamond = self.diamond_at(line, point)
        return None if diamond is None or diamond.delivered else diamond

    def _middle(self, one: Milestone) -> float:
        return self.days.after(one.day) - self.days.each / 2

    def on_title(self, point: QPointF) -> bool:
        """Whether a place lies in the column of titles."""
        return self.columns.along(point.x()) < self.columns.title
