"""What is late stands beside the sidebar's places as soon as a workspace is open."""

from __future__ import annotations

from datetime import date

from tests.ui import secretariat
from unnm_desktop.db.engine import Database
from unnm_desktop.services import actions, compliance
from unnm_desktop.ui import badges
from unnm_desktop.ui.desk import Desk


def test_what_is_late_is_counted_for_the_sidebar(desk: Desk, bahrain: Database) -> None:
    secretariat.open_in(desk, bahrain)
    for due in (date(2026, 11, 10), date(2026, 11, 11), date(2027, 5, 1)):
        desk.hub.step(
            "Promise", actions.create_action, desk.network_id, date(2026, 11, 1), task_en="Send the data", due=due
        )
    told: dict[str, int] = {}
    desk.wishes.badge.connect(lambda page, number: told.update({page: number}))
    badges.show(desk)
    duties = desk.hub.read(compliance.duties, desk.network_id, desk.today())
    assert told == {"actions": 2, "tor": len([duty for duty in duties if duty.state == "late"])}
