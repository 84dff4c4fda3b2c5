"""Two versions of a workplan compared: what was agreed differently, not what the year brought."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.conftest import TODAY
from unnm_desktop.db.networks import Network
from unnm_desktop.db.plan_parts import Deliverable
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine, Workplan
from unnm_desktop.i18n import Language
from unnm_desktop.services import networks, records, tor_profile, workplans
from unnm_desktop.services.workplan_compare import Changed, compare


@pytest.fixture
def plan(session: Session) -> Workplan:
    """A plan with two activities."""
    network: Network = networks.found(
        session, tor_profile.load("bahrain"), answers={"tor.approved": "2024-03-01"}, records_from=TODAY, on=TODAY
    )
    made = workplans.create_plan(session, network.id, 2026, currency="BHD")
    kept = workplans.add_activity(
        session, made.id, title_en="Train", start=date(2026, 3, 1), end=date(2026, 9, 30), progress=40
    )
    workplans.add_to_activity(session, Deliverable, kept.id, title_en="Report", due=date(2026, 6, 30))
    workplans.add_to_activity(session, BudgetLine, kept.id, required=1_000_000)
    workplans.add_activity(session, made.id, title_en="Study")
    return made


def changes(session: Session, plan: Workplan, copy: Workplan) -> list[Changed]:
    """The second compared with the first."""
    found = [workplans.plan_findings(session, one.id, TODAY) for one in (plan, copy)]
    return compare(found[0], found[1], Language())


def copied(session: Session, plan: Workplan) -> tuple[Workplan, Activity, Activity]:
    """The next version of a plan, and its two activities."""
    records.update(session, Workplan, plan.id, state="adopted")
    copy = workplans.new_version(session, plan.id)
    found = records.all_of(session, Activity, Activity.workplan_id == copy.id, order=Activity.position)
    return copy, found[0], found[1]


def test_a_fresh_version_plans_the_same_and_progress_is_no_change(session: Session, plan: Workplan) -> None:
    copy, first, _ = copied(session, plan)
    assert changes(session, plan, copy) == []
    workplans.change(session, Activity, first.id, progress=90, status=ActivityStatus.ONGOING)
    assert changes(session, plan, copy) == []


def test_each_difference_is_one_line(session: Session, plan: Workplan) -> None:
    copy, first, second = copied(session, plan)
    workplans.change(session, Activity, first.id, end=date(2026, 10, 15))
    (line,) = records.all_of(session, BudgetLine, BudgetLine.activity_id == first.id)
    workplans.change(session, BudgetLine, line.id, required=1_250_500)
    (report,) = records.all_of(session, Deliverable, Deliverable.activity_id == first.id)
    workplans.change(session, Deliverable, report.id, due=date(2026, 7, 31))
    workplans.add_to_activity(session, Deliverable, first.id, title_en="Manual")
    workplans.take_away(session, Activity, second.id)
    workplans.add_activity(session, copy.id, title_en="Seminar")
    found = changes(session, plan, copy)
    assert [(one.title, one.lines(Language())) for one in found] == [
        (
            "Train",
            (
                "Days: 1 Mar 2026 to 30 Sep 2026 → 1 Mar 2026 to 15 Oct 2026",
                "Required: BHD 1,000.000 → BHD 1,250.500",
                "Deliverable “Report”: 30 Jun 2026 → 31 Jul 2026",
                "Deliverable added: Manual",
            ),
        ),
        ("Seminar", ("Added",)),
        ("Study", ("Taken out",)),
    ]
    assert found[-1].activity_id is None
