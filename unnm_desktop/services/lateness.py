"""What is late on a day: action points, duties, conflicts that wait for a decision. Judged after the day is shown."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.journal import conflict_table
from unnm_desktop.frozen import Frozen
from unnm_desktop.services import compliance
from unnm_desktop.services.duty_status import DutyStatus
from unnm_desktop.services.open_actions import OPEN


class Late(Frozen):
    """How many action points are overdue, and the duties that are late or fall due: the late ones first, by day.

    ``undecided`` conflicts of merges are counted in the whole workspace.

    """

    overdue: int
    pressing: tuple[DutyStatus, ...]
    undecided: int = 0

    @property
    def duties(self) -> int:
        """How many duties are late."""
        return sum(duty.state == "late" for duty in self.pressing)


def late(session: Session, network_id: UUID, on: date) -> Late:
    """What is late on a day, for the page and for the numbers beside the places."""
    overdue = select(func.count()).where(ActionPoint.network_id == network_id, OPEN, ActionPoint.due < on)
    pressing = [duty for duty in compliance.duties(session, network_id, on) if duty.state in ("late", "due")]
    pressing.sort(key=lambda duty: (duty.state != "late", duty.due is None, duty.due or date.max))
    undecided = select(func.count()).select_from(conflict_table)
    return Late(session.scalar(overdue) or 0, tuple(pressing), session.scalar(undecided) or 0)
