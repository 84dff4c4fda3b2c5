"""Which plan holds in a year, and how far its activities are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from sqlalchemy import case, select

from unnm_desktop import db
from unnm_desktop.db.states import ActivityStatus, WorkplanState

_SETTLED = (WorkplanState.ADOPTED, WorkplanState.SHARED, WorkplanState.CLOSED)


def newest_plan(network_id: Any, year: Any) -> Any:
    """The key of the plan that holds in that year: the newest adopted version, else the newest at all."""
    plan = db.Workplan
    settled = case((plan.state.in_(_SETTLED), 0), else_=1)
    return (
        select(plan.id)
        .where(plan.network_id == network_id, plan.year == year, plan.removed_at.is_(None))
        .order_by(settled, plan.version.desc(), plan.id.desc())
        .limit(1)
        .scalar_subquery()
    )


class Counted(Protocol):
    """What is counted of an activity."""

    @property
    def status(self) -> ActivityStatus: ...
    @property
    def progress(self) -> int: ...
    @property
    def end(self) -> date | None: ...


def plan_percent(activities: Iterable[Counted]) -> int | None:
    """The mean progress of the activities that are not cancelled, half up; None without any."""
    counted = [one.progress for one in activities if one.status is not ActivityStatus.CANCELLED]
    return (2 * sum(counted) + len(counted)) // (2 * len(counted)) if counted else None


def on_track(activity: Counted, on: date) -> bool:
    """Not delayed, and completed or its end not passed."""
    if activity.status is ActivityStatus.DELAYED:
        return False
    return activity.status is ActivityStatus.COMPLETED or activity.end is None or activity.end >= on
