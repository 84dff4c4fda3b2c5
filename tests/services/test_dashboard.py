"""The page of the day: its figures against a count of their own, the days at the edges, and what stays constant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.conftest import TODAY
from tests.services.founded import body, founded, meeting, noon, seat_of
from tests.statements import statements
from unnm_desktop.db.actions import OPEN_STATUSES, ActionPoint
from unnm_desktop.db.decisions import DecisionState, DecisionSubject
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Invitation, Meeting, MeetingState, Reply
from unnm_desktop.db.minutes import Minutes, MinutesState
from unnm_desktop.db.networks import Network
from unnm_desktop.db.people import Person
from unnm_desktop.errors import UserError
from unnm_desktop.services import (
    actions,
    calendar,
    compliance,
    dashboard,
    duty_facts,
    invitations,
    lateness,
    meetings,
    minutes,
    networks,
    people,
    records,
    sample,
    workplans,
)

THURSDAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def year(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample's year, made once for all who only look at it."""
    path = tmp_path_factory.mktemp("today") / "sample.unnm"
    path.write_bytes(template.read_bytes())
    with Database(path, "Test Officer") as made:
        sample.build(made, on=TODAY, years=1)
        yield made


@pytest.fixture
def bahrain(session: Session) -> Network:
    return founded(session, "bahrain")


def promise(session: Session, network: Network, due: date | None, **values: Any) -> ActionPoint:
    return actions.create_action(session, network.id, TODAY, task_en="Send the table", due=due, **values)


def of(session: Session, network: Network, on: date = TODAY, **values: Any) -> dashboard.Dashboard:
    return dashboard.dashboard(session, network.id, on, **values)


@pytest.mark.parametrize("on", [TODAY, TODAY - timedelta(days=150), TODAY + timedelta(days=40)])
def test_the_figures_are_those_of_a_count_of_every_record(year: Database, on: date) -> None:
    with year.read() as session:
        for network in networks.all_networks(session):
            found = of(session, network, on)
            todo = [
                one
                for one in records.all_of(session, ActionPoint, ActionPoint.network_id == network.id)
                if one.status in OPEN_STATUSES
            ]
            dues = sorted(one.due for one in todo if one.due is not None)
            late = [due for due in dues if due < on]
            week = [due for due in dues if on <= due <= on + timedelta(days=6)]
            assert (found.counts.unfinished, found.counts.overdue, found.counts.week) == (
                len(todo),
                len(late),
                len(week),
            )
            assert found.counts.oldest == min(late, default=None)
            assert found.counts.next_due == min(week, default=None)
            held = [
                one
                for one in records.all_of(session, Meeting, Meeting.network_id == network.id)
                if one.state is MeetingState.HELD
                and all(v.state is MinutesState.DRAFT for v in minutes.versions(session, one.id))
            ]
            assert found.counts.to_circulate == len(held)
            shown = [row.action.due for row in found.rows]
            assert len(shown) == min(len(dues), dashboard.MOST_ROWS)
            assert shown == sorted(shown)
            assert shown[: min(len(late), 6)] == late[:6]
            coming = meetings.next_meeting(session, network.id, on)
            assert (found.coming.meeting.id if found.coming else None) == (coming.id if coming else None)
            plan = workplans.current_plan(session, network.id, on.year)
            assert (found.plan is None) == (plan is None)
            if plan is not None and found.plan is not None:
                whole = workplans.plan_findings(session, plan.id, on)
                assert found.plan.money == whole.money == workplans.money(session, plan.id)
                assert (found.plan.percent, found.plan.on_track) == (whole.percent, whole.on_track)
                assert found.plan.activities == whole.on_track + whole.off_track


def test_the_week_begins_today_and_holds_seven_days(session: Session, bahrain: Network) -> None:
    for days in (-1, 0, 6, 7):
        promise(session, bahrain, TODAY + timedelta(days=days))
    promise(session, bahrain, None)
    found = of(session, bahrain)
    assert (found.counts.overdue, found.counts.week, found.counts.unfinished) == (1, 2, 5)
    # What has no day is not due; the list of all open ones has it.
    assert len(found.rows) == 4


def test_on_the_last_day_before_the_weekend_the_first_after_it_is_this_week(session: Session, bahrain: Network) -> None:
    weekend = calendar.weekday_numbers(bahrain.weekend)
    assert THURSDAY.weekday() not in weekend
    assert (THURSDAY + timedelta(days=1)).weekday() in weekend
    promise(session, bahrain, THURSDAY + timedelta(days=3))
    assert of(session, bahrain, THURSDAY).counts.week == 1


def test_mine_are_those_the_officer_is_named_for(session: Session, bahrain: Network) -> None:
    iom = body(session, "IOM")
    amina = records.create(session, Person, name_en="Amina Haddad", name_ar="أمينة حداد", organisation_id=iom.id)
    promise(session, bahrain, TODAY, responsible=[(iom.id, amina.id)])
    promise(session, bahrain, TODAY, responsible=[(iom.id, None)])
    assert of(session, bahrain, officer="Amina Haddad").counts.mine == 1
    assert of(session, bahrain, officer="أمينة حداد").counts.mine == 1
    assert of(session, bahrain, officer="").counts.mine == 0


def test_what_was_ticked_stays_at_its_place(session: Session, bahrain: Network) -> None:
    first, second, third = (promise(session, bahrain, TODAY + timedelta(days=days)) for days in (1, 2, 3))
    actions.mark_done(session, second.id, TODAY)
    assert [row.action.id for row in of(session, bahrain).rows] == [first.id, third.id]
    rows = of(session, bahrain, ticked=(second.id,)).rows
    assert [(row.action.id, row.done) for row in rows] == [
        (first.id, False),
        (second.id, True),
        (third.id, False),
    ]


@pytest.mark.parametrize(
    ("late", "coming", "shown"),
    [(20, 20, (6, 6)), (20, 2, (10, 2)), (2, 20, (2, 10)), (20, 0, (12, 0)), (1, 1, (1, 1))],
)
def test_however_much_is_overdue_the_week_is_seen(
    session: Session, bahrain: Network, late: int, coming: int, shown: tuple[int, int]
) -> None:
    for days in [*range(-late, 0), *range(coming)]:
        promise(session, bahrain, TODAY + timedelta(days=days))
    dues = [row.action.due for row in of(session, bahrain).rows if row.action.due is not None]
    assert (sum(due < TODAY for due in dues), sum(due >= TODAY for due in dues)) == shown
    assert dues == sorted(dues)


def test_removed_and_foreign_records_are_counted_nowhere(session: Session, bahrain: Network) -> None:
    kuwait = founded(session, "kuwait")
    records.remove(session, ActionPoint, promise(session, bahrain, TODAY).id)
    promise(session, kuwait, TODAY)
    found = of(session, bahrain)
    assert found.counts == dashboard.Counts()
    assert found.rows == ()


def test_minutes_wait_until_a_version_has_gone_out(session: Session, bahrain: Network) -> None:
    held = meeting(session, bahrain, TODAY - timedelta(days=5), reference="BHR/2026/M01")
    meeting(session, bahrain, TODAY - timedelta(days=90), state=MeetingState.CLOSED)
    records.create(session, Minutes, meeting_id=held.id)
    found = of(session, bahrain).counts
    assert (found.to_circulate, found.reference, found.held_on) == (1, "BHR/2026/M01", held.day)
    records.create(session, Minutes, meeting_id=held.id, version=2, state=MinutesState.CIRCULATED)
    assert of(session, bahrain).counts.to_circulate == 0


def test_a_new_workspace_lacks_members_meeting_and_plan(session: Session, bahrain: Network) -> None:
    assert of(session, bahrain).setup == dashboard.Setup(members=False, meeting=False, workplan=False)
    seat = seat_of(session, bahrain, "IOM")
    person = records.create(session, Person, name_en="Amina Haddad")
    people.appoint(session, seat.id, person.id)
    meetings.plan_next(session, bahrain.id, TODAY)
    plan = workplans.create_plan(session, bahrain.id, TODAY.year)
    assert not of(session, bahrain).setup.workplan
    workplans.add_activity(session, plan.id, title_en="Train officials")
    assert of(session, bahrain).setup.complete


def test_only_those_who_were_asked_and_have_not_answered_are_reminded(session: Session, bahrain: Network) -> None:
    coming = meetings.plan_next(session, bahrain.id, TODAY, day=TODAY + timedelta(days=4))
    with pytest.raises(UserError, match="nobody to remind"):
        invitations.remind(session, coming.id, noon(TODAY))
    invitations.send_invitations(session, coming.id, TODAY)
    asked = records.all_of(session, Invitation, Invitation.meeting_id == coming.id)
    invitations.reply(session, asked[0].id, Reply.YES, TODAY)
    before = of(session, bahrain).coming
    assert before is not None
    assert (before.silent, before.reminded_at) == (len(asked) - 1, None)
    assert invitations.remind(session, coming.id, noon(TODAY)) == len(asked) - 1
    noted = records.all_of(session, Dispatch, Dispatch.kind == DispatchKind.REMINDER)
    assert {one.organisation_id for one in noted} == {one.organisation_id for one in asked[1:]}
    after = of(session, bahrain).coming
    assert after is not None
    assert after.reminded_at == noon(TODAY)


def test_late_duties_come_first_and_are_those_of_the_compliance_page(year: Database) -> None:
    with year.read() as session:
        for network in networks.all_networks(session):
            found = lateness.late(session, network.id, TODAY)
            judged = compliance.duties(session, network.id, TODAY)
            assert found.duties == sum(one.state == "late" for one in judged)
            assert {one.duty for one in found.pressing} == {one.duty for one in judged if one.state in ("late", "due")}
            states = [one.state for one in found.pressing]
            assert states == sorted(states, reverse=True)
            assert found.overdue == of(session, network).counts.overdue


def test_decisions_that_are_settled_are_not_judged_each_morning(year: Database) -> None:
    with year.read() as session:
        for network in networks.all_networks(session):
            frame = duty_facts.frame_of(session, network.id, TODAY)
            assert frame is not None
            for decision, standing in duty_facts.gather(session, frame).decisions:
                skips = decision.subject is DecisionSubject.SKIP_MEETING
                assert skips or standing.state is DecisionState.PENDING


def test_the_page_takes_at_most_fifteen_statements_however_much_there_is(year: Database, database: Database) -> None:
    with database.write("Found") as session:
        empty: UUID = founded(session, "bahrain").id
    with database.read() as session:
        assert len(statements(session, lambda: dashboard.dashboard(session, empty, TODAY))) <= 15
    with year.read() as session:
        for network in networks.all_networks(session):
            read = partial(dashboard.dashboard, session, network.id, TODAY, "Amina Haddad")
            assert len(statements(session, read)) <= 15


def test_the_figures_of_action_points_come_out_of_the_index_of_the_open_ones(
    session: Session, bahrain: Network
) -> None:
    for statement in statements(session, lambda: of(session, bahrain)):
        if "action_point" not in statement:
            continue
        plan = [row[-1] for row in session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + statement)]
        touched = [step for step in plan if "action_point" in step]
        assert touched
        assert not any(step.startswith("SCAN") for step in plan if "action_point" in step)
        assert any("ix_action_point_open" in step for step in touched)
