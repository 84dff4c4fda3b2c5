"""Which action points are open: what every list, figure and check of them says alike."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, text

from unnm_desktop.db.actions import ActionPoint

# The words of the partial index of open action points: SQLite uses it only where a query says the very same.
# Text, because a typed expression would be compared with true and the index passed over.
OPEN: ColumnElement[bool] = and_(
    text("action_point.status IN ('open', 'in_progress')"), ActionPoint.removed_at.is_(None)
)
