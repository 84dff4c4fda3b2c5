"""Which minutes wait to go out."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists

from unnm_desktop.db.meetings import Meeting, MeetingState
from unnm_desktop.db.minutes import Minutes, MinutesState


def to_circulate() -> ColumnElement[bool]:
    """Whether a meeting was held, and no version of its minutes has gone out yet."""
    gone_out = exists().where(
        Minutes.meeting_id == Meeting.id, Minutes.state != MinutesState.DRAFT, Minutes.removed_at.is_(None)
    )
    return and_(Meeting.state == MeetingState.HELD, ~gone_out)
