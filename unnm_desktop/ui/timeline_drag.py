"""What a timeline makes of the pointer that took hold of a bar, of its end or of a deliverable."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from unnm_desktop.ui.timeline_geometry import Columns, Days, Grip, shifted
from unnm_desktop.ui.timeline_paint import Ghost
from unnm_desktop.ui.timeline_rows import Line, Milestone


@dataclass(frozen=True)
class Press:
    """Where something was taken hold of: a deliverable, else a bar by its grip, else the days are drawn anew."""

    at: QPointF
    line: Line
    grip: Grip | None
    deliverable: Milestone | None = None
    moving: bool = False

    @property
    def whole(self) -> bool:
        """Whether it moves as it is, without growing or shrinking."""
        return self.deliverable is not None or self.grip is Grip.WHOLE

    def ghost(self, at: QPointF, columns: Columns, days: Days) -> Ghost:
        """What it will be when the pointer is let go there."""
        begin, end = columns.chart_along(self.at.x()), columns.chart_along(at.x())
        if self.deliverable is not None:
            day = self.deliverable.day
            return Ghost(
                self.line.id, *shifted(day, day, Grip.WHOLE, days.days_between(begin, end)), at, self.deliverable.id
            )
        if self.line.days is None or self.grip is None:
            drawn = sorted((days.day_at(begin), days.day_at(end)))
            return Ghost(self.line.id, drawn[0], drawn[1], at)
        return Ghost(self.line.id, *shifted(*self.line.days, self.grip, days.days_between(begin, end)), at)
