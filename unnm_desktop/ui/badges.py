"""The numbers beside the sidebar's places when a workspace opens: what is late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.services import actions, compliance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.engine import Database
    from unnm_desktop.ui.desk import Desk


def late(session: Session, network_id: UUID, on: date) -> dict[str, int]:
    """How many action points are overdue and duties late, by the page that shows them."""
    duties = compliance.duties(session, network_id, on)
    return {
        "actions": actions.tally(session, network_id, on).overdue,
        "tor": sum(1 for duty in duties if duty.state == "late"),
    }


def _count(database: Database, network_id: UUID, on: date) -> dict[str, int]:
    with database.read() as session:
        return late(session, network_id, on)


def show(desk: Desk) -> None:
    """Count in a thread and put the numbers beside their places."""

    def tell(counted: dict[str, int]) -> None:
        for page, number in counted.items():
            desk.set_badge(page, number)

    desk.jobs.run(_count, desk.hub.database, desk.network_id, desk.today(), done=tell)
