"""The life of a workplan, its findings and its list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.services.workplan_fixtures import (
    AT,
    ON,
    adopted_decision,
    bahrain,
    decided,
    found,
    plan_with_work,
)
from unnm_desktop.db.dispatches import DispatchKind
from unnm_desktop.db.engine import Database
from unnm_desktop.db.plan_parts import ActivityParticipant, Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine, Workplan, WorkplanState
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import issued, records, workplan_changes, workplans
from unnm_desktop.services.listing import Context


def test_a_plan_is_adopted_only_by_an_adopted_decision(session: Session) -> None:
    world = bahrain(session)
    plan, _, _ = plan_with_work(session, world)
    workplans.put_for_consensus(session, plan.id)
    pending = decided(session, world)
    with pytest.raises(UserError, match=r"BHR/2026/D01 is not adopted"):
        workplans.adopt(session, plan.id, pending.id, ON)
    assert plan.state is WorkplanState.FOR_CONSENSUS
    good = adopted_decision(session, world)
    workplans.adopt(session, plan.id, good.id, ON)
    assert (plan.state, plan.adopted_on, plan.decision_id) == (WorkplanState.ADOPTED, ON, good.id)
    with pytest.raises(UserError, match="adopted already"):
        workplans.adopt(session, plan.id, good.id, ON)


def test_a_decision_of_another_network_adopts_nothing(session: Session) -> None:
    world, other = bahrain(session), found(session, "kuwait")
    plan, _, _ = plan_with_work(session, world)
    with pytest.raises(UserError, match="another network"):
        workplans.adopt(session, plan.id, adopted_decision(session, other).id, ON)


def test_an_adopted_plan_takes_only_what_the_year_brings(session: Session) -> None:
    world = bahrain(session)
    plan, output, (first, _) = plan_with_work(session, world)
    line = workplans.add_to_activity(session, BudgetLine, first.id, required=1_000)
    mark = workplans.add_to_activity(session, Indicator, first.id, title_en="Visits")
    workplans.adopt(session, plan.id, adopted_decision(session, world).id, ON)
    workplans.change(session, Activity, first.id, status=ActivityStatus.ONGOING, progress=40, narrative_en="Begun.")
    workplans.change(session, BudgetLine, line.id, spent=100, available=500)
    workplans.measure(session, mark.id, ON, "12", women="7", men="5")
    workplans.change(session, Activity, first.id, title_en=first.title_en)
    for refused in (
        lambda: workplans.change(session, Activity, first.id, title_en="Other"),
        lambda: workplans.change(session, BudgetLine, line.id, required=1),
        lambda: workplans.change(session, Output, output.id, title_en="Other"),
        lambda: workplans.change(session, Workplan, plan.id, currency="USD"),
        lambda: workplans.add_activity(session, plan.id, title_en="New"),
        lambda: workplans.add_output(session, plan.id, title_en="New"),
        lambda: workplans.add_to_activity(session, Deliverable, first.id, title_en="New"),
        lambda: workplans.take_away(session, Activity, first.id),
        lambda: workplans.set_participants(session, first.id, [world.bodies["ILO"].id]),
    ):
        with pytest.raises(UserError, match="Make a new version"):
            refused()


def test_a_new_version_copies_everything_under_new_keys(session: Session) -> None:
    world = bahrain(session)
    plan, _, (first, second) = plan_with_work(session, world)
    workplans.set_participants(session, first.id, [world.bodies["ILO"].id])
    workplans.add_to_activity(session, Deliverable, first.id, title_en="Paper", due=date(2026, 5, 1))
    mark = workplans.add_to_activity(session, Indicator, first.id, title_en="Visits", target="20")
    workplans.measure(session, mark.id, ON, "12")
    workplans.add_to_activity(session, BudgetLine, first.id, required=1_000, available=300)
    with pytest.raises(UserError, match="Version 1 is being worked on"):
        workplans.new_version(session, plan.id)
    workplans.adopt(session, plan.id, adopted_decision(session, world).id, ON)
    newer = workplans.new_version(session, plan.id)
    assert (newer.version, newer.state, newer.adopted_on) == (2, WorkplanState.DRAFT, None)
    copies = records.all_of(session, Activity, Activity.workplan_id == newer.id, order=Activity.position)
    assert [one.reference for one in copies] == [first.reference, second.reference]
    assert not {one.id for one in copies} & {first.id, second.id}
    for entity, key in (
        (ActivityParticipant, copies[0].id),
        (Deliverable, copies[0].id),
        (Indicator, copies[0].id),
        (BudgetLine, copies[0].id),
    ):
        column: Any = entity.activity_id
        assert len(records.all_of(session, entity, column == key)) == 1
    assert len(records.all_of(session, Measurement)) == 2
    assert workplans.current_plan(session, world.id, 2026) is plan
    assert workplans.working_plan(session, world.id, 2026) is newer
    workplans.change(session, Activity, copies[0].id, title_en="Sharper")
    workplans.adopt(session, newer.id, adopted_decision(session, world).id, ON)
    assert plan.state is WorkplanState.CLOSED
    assert workplans.current_plan(session, world.id, 2026) is newer


def test_a_plan_copied_from_a_year_begins_afresh(session: Session) -> None:
    world = bahrain(session)
    plan, _, (first, second) = plan_with_work(session, world)
    workplans.change(session, Activity, first.id, status=ActivityStatus.COMPLETED, progress=100, end=date(2026, 2, 28))
    workplans.change(session, Activity, second.id, status=ActivityStatus.CANCELLED)
    workplans.add_to_activity(session, BudgetLine, first.id, required=1_000, available=300, spent=200)
    made = workplans.copy_from_year(session, world.id, 2026, 2027)
    (copy,) = records.all_of(session, Activity, Activity.workplan_id == made.id)
    assert (copy.reference, copy.status, copy.progress) == ("BHR/2027/W01", ActivityStatus.YET_TO_START, 0)
    assert (copy.start, copy.end) == (date(2027, 1, 1), date(2027, 2, 28))
    assert workplans.money(session, made.id).required == 1_000
    assert workplans.money(session, made.id).available == 0
    assert first.status is ActivityStatus.COMPLETED
    with pytest.raises(UserError, match="already"):
        workplans.copy_from_year(session, world.id, 2026, 2027)
    with pytest.raises(UserError, match="no workplan for 2030"):
        workplans.copy_from_year(session, world.id, 2030, 2031)
    with pytest.raises(UserError, match="already"):
        workplans.create_plan(session, world.id, 2026)
    assert plan.state is WorkplanState.DRAFT


def test_a_plan_is_shared_once_every_addressee_has_it(session: Session) -> None:
    world = bahrain(session)
    plan, _, _ = plan_with_work(session, world)
    with pytest.raises(UserError, match="Only an adopted"):
        workplans.share(session, plan.id, AT)
    workplans.adopt(session, plan.id, adopted_decision(session, world).id, ON)
    workplans.share(session, plan.id, AT, addressees=["Government"])
    assert plan.state is WorkplanState.ADOPTED
    workplans.share(session, plan.id, AT)
    assert plan.state is WorkplanState.SHARED
    sent = issued.dispatches(session, world.id, DispatchKind.WORKPLAN, workplan_id=plan.id)
    assert [one.addressee for one in sent] == ["Government", "UNCT"]
    workplans.close(session, plan.id)
    assert plan.state is WorkplanState.CLOSED


def test_a_network_whose_tor_asks_for_no_plan_names_its_addressees_itself(session: Session) -> None:
    world = found(session, "kuwait")
    plan, _, _ = plan_with_work(session, world)
    workplans.adopt(session, plan.id, adopted_decision(session, world).id, ON)
    with pytest.raises(UserError, match="name nobody"):
        workplans.share(session, plan.id, AT)
    workplans.share(session, plan.id, AT, addressees=["UNCT"])
    assert plan.state is WorkplanState.SHARED


def test_the_plan_percent_is_the_mean_without_cancelled_ones() -> None:
    done = [Activity(title_en="a", progress=100), Activity(title_en="b", progress=45)]
    assert workplans.plan_percent(done) == 73
    assert workplans.plan_percent([*done, Activity(title_en="c", status=ActivityStatus.CANCELLED)]) == 73
    assert workplans.plan_percent([]) is None


@pytest.mark.parametrize(
    ("status", "end", "good"),
    [
        (ActivityStatus.ONGOING, date(2026, 2, 1), True),
        (ActivityStatus.ONGOING, date(2026, 1, 31), False),
        (ActivityStatus.COMPLETED, date(2026, 1, 1), True),
        (ActivityStatus.DELAYED, date(2026, 12, 31), False),
        (ActivityStatus.YET_TO_START, None, True),
    ],
)
def test_on_track(status: ActivityStatus, end: date | None, *, good: bool) -> None:
    assert workplans.on_track(Activity(title_en="a", status=status, end=end), ON) is good


def test_quarters_are_ticked_from_the_days() -> None:
    activity = Activity(title_en="a", start=date(2025, 11, 1), end=date(2026, 4, 1))
    assert workplans.quarters(activity, 2026) == (True, True, False, False)
    assert workplans.quarters(activity, 2025) == (False, False, False, True)
    assert workplans.quarters(Activity(title_en="a"), 2026) == (False,) * 4


def test_findings_show_every_objective_and_warn(session: Session) -> None:
    world = found(session, "kuwait")
    plan, _, (first, second) = plan_with_work(session, world)
    workplans.change(session, Activity, first.id, gender_marker=2, progress=50)
    workplans.change(session, Activity, second.id, status=ActivityStatus.CANCELLED)
    workplans.add_to_activity(session, BudgetLine, first.id, required=2_000, available=500)
    workplans.add_to_activity(session, BudgetLine, first.id, required=100, currency="EUR")
    workplans.add_to_activity(session, BudgetLine, second.id, required=9_000)
    findings = workplans.plan_findings(session, plan.id, ON)
    assert [one.objective.number for one in findings.objectives if one.objective] == [1, 2, 3, 4, 5, 6, 7]
    assert findings.percent == 50
    assert (findings.money.required, findings.money.to_be_mobilized) == (2_000, 1_500)
    assert findings.on_track == 1
    warned = {one.name for one in findings.objectives[0].activities[0].warnings}
    assert warned == {"gender_justification", "joint", "value_added", "women", "no_indicator", "no_rate"}
    workplans.set_participants(session, first.id, [world.bodies["ILO"].id])
    workplans.change(
        session, Activity, first.id, gender_justification="Why.", value_added="Together.", women_ar="النساء"
    )
    again = workplans.plan_findings(session, plan.id, ON)
    assert {one.name for _, one in again.warnings} == {"no_indicator", "no_rate"}
    assert [body.short for body in again.activities[0].participants] == ["ILO"]


def test_activities_without_objective_come_last(session: Session) -> None:
    world = bahrain(session)
    plan, _, _ = plan_with_work(session, world, 1)
    workplans.add_activity(session, plan.id, title_en="Loose")
    findings = workplans.plan_findings(session, plan.id, ON)
    assert findings.objectives[-1].objective is None
    assert {one.name for one in findings.activities[-1].warnings} == {"no_objective", "no_lead", "no_indicator"}


def test_an_activity_with_progress_has_begun(session: Session) -> None:
    world = bahrain(session)
    _, _, (first, second) = plan_with_work(session, world)
    workplan_changes.set_progress(session, first.id, 50)
    assert (first.progress, first.status) == (50, ActivityStatus.ONGOING)
    workplans.change(session, Activity, second.id, status=ActivityStatus.DELAYED)
    workplan_changes.set_progress(session, second.id, 10)
    assert second.status is ActivityStatus.DELAYED


def test_an_eleventh_sdg_target_is_refused(session: Session) -> None:
    world = bahrain(session)
    _, _, (first, _) = plan_with_work(session, world)
    codes = [f"10.{number}" for number in range(1, 11)]
    workplans.change(session, Activity, first.id, sdg_targets=codes)
    with pytest.raises(Invalid, match="At most ten SDG targets"):
        workplans.change(session, Activity, first.id, sdg_targets=[*codes, "8.8"])
    assert first.sdg_targets == codes


def test_the_list_shows_the_current_plan_by_objective(session: Session) -> None:
    world = bahrain(session)
    plan, _, (first, second) = plan_with_work(session, world)
    early = workplans.add_activity(session, plan.id, title_en="Early", objective_id=world.objectives[3].id)
    workplans.change(session, Activity, second.id, position=0, status=ActivityStatus.DELAYED)
    workplans.add_to_activity(session, BudgetLine, first.id, required=1_250_500, available=2_000_000)
    context = Context(world.id, Language(), ON)
    ids = workplans.ACTIVITIES.ids(session, context)
    assert ids == [second.id, first.id, early.id]
    assert workplans.ACTIVITIES.ids(session, context, choice="late") == [second.id]
    rows = workplans.ACTIVITIES.rows(session, context, ids)
    texts = [cell.text for cell in rows[1]]
    assert "BHD 1,250.500" in texts
    assert "BHD 0.000" in texts
    assert "Q1–Q2" in texts
    assert rows[1][-1].tooltip == "available exceeds required by BHD 749.500"
    assert rows[0][8].shape == "pill" or any(cell.shape == "pill" for cell in rows[0])
    assert workplans.ACTIVITIES.group is not None
    heads = workplans.ACTIVITIES.group(session, ids, context)
    assert heads[0].startswith("Objective 1: ")
    narrowed = workplans.activities_of(plan.id, objective_id=world.objectives[3].id)
    assert narrowed.ids(session, context) == [early.id]
    assert workplans.ACTIVITIES.ids(session, Context(world.id, Language(), date(2025, 1, 1))) == []


def test_reading_a_plan_takes_a_fixed_number_of_statements(database: Database) -> None:
    with database.write("Test") as session:
        world = bahrain(session)
        plan, _, _ = plan_with_work(session, world, 3)
    few = _statements(database, plan.id)
    with database.write("Test") as session:
        for number in range(40):
            activity = workplans.add_activity(session, plan.id, title_en=f"More {number}")
            workplans.add_to_activity(session, BudgetLine, activity.id, required=5)
    assert _statements(database, plan.id) <= few + 1


def _statements(database: Database, plan_id: Any) -> int:
    count = 0

    def counted(*_: Any) -> None:
        nonlocal count
        count += 1

    with database.read() as session:
        event.listen(session.get_bind(), "before_cursor_execute", counted)
        try:
            workplans.plan_findings(session, plan_id, ON)
        finally:
            event.remove(session.get_bind(), "before_cursor_execute", counted)
    return count
