"""Which minutes wait to go out."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists

from unnm_desktop.db.meetings import Meeting, MeetingState
from unnm_desktop.db.minutes import Minutes, MinutesState

# Held, and no version of the minutes has gone out yet.
TO_CIRCULATE: ColumnElement[bool] = and_(
    Meeting.state == MeetingState.HELD,
    ~exists().where(
        Minutes.meeting_id == Meeting.id, Minutes.state != MinutesState.DRAFT, Minutes.removed_at.is_(None)
    ),
)
