"""What happened in a network in a period, counted from its records as they stood at the period's end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import Session

from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.decisions import Decision, DecisionState, DecisionSubject
from unnm_desktop.db.meetings import (
    HELD_STATES,
    AgendaItem,
    Attendance,
    Capacity,
    Meeting,
    MeetingState,
    Presence,
)
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Category, Membership
from unnm_desktop.db.plan_parts import Deliverable
from unnm_desktop.db.results import Challenge
from unnm_desktop.db.workplans import Activity, ActivityStatus
from unnm_desktop.services import actions, networks, records, results, terms, workplans
from unnm_desktop.services.attendance import attendance_summary
from unnm_desktop.services.calendar import Period, end_of_day
from unnm_desktop.services.gathering import belonging
from unnm_desktop.services.period_figures import (
    ActionFigures,
    ChallengeFigures,
    DecisionFigures,
    MeetingFigures,
    NextFigures,
    ObjectiveFigures,
    PeriodFigures,
    SeatAttendance,
)
from unnm_desktop.services.standings import standing
from unnm_desktop.services.workplan_findings import ActivityFindings, PlanFindings

# One door for callers: the shapes come from here too.
__all__ = ["ADOPTED", "ActionFigures", "ChallengeFigures", "DecisionFigures", "MeetingFigures", "NextFigures"]
__all__ += ["ObjectiveFigures", "PeriodFigures", "SeatAttendance", "figures"]

ADOPTED = (DecisionState.ADOPTED, DecisionState.IMPLEMENTED, DecisionState.SUPERSEDED)


def figures(session: Session, network_id: UUID, period: Period, on: date) -> PeriodFigures:
    """Count what happened in a period, as it stood at its end (or on the day, while it runs)."""
    network = records.get(session, Network, network_id)
    as_at = min(on, period.end)
    held = records.all_of(
        session,
        Meeting,
        Meeting.network_id == network_id,
        Meeting.state.in_(HELD_STATES),
        Meeting.day.between(period.start, as_at),
        order=(Meeting.day, Meeting.id),
    )
    decided = _decisions(session, network, period, as_at)
    plan = workplans.current_plan(session, network_id, period.start.year)
    read = workplans.plan_findings(session, plan.id, as_at) if plan else None
    acted = _actions(session, network_id, period, as_at)
    named = ChallengeFigures(
        raised=tuple(results.raised_between(session, network_id, period.start, as_at)),
        closed=tuple(
            records.all_of(
                session,
                Challenge,
                Challenge.network_id == network_id,
                Challenge.closed_on.between(period.start, as_at),
                order=(Challenge.closed_on, Challenge.id),
            )
        ),
        open=tuple(results.open_on(session, network_id, as_at)),
    )
    return PeriodFigures(
        network=network,
        period=period,
        as_at=as_at,
        meetings=_meetings(session, network, period, as_at, held, decided),
        attendance=_attendance(session, network, held),
        decisions=decided,
        actions=acted,
        plan=read,
        challenges=named,
        objectives=_objectives(session, network_id, period, as_at, held, decided, acted, named, read),
        following=_following(session, network_id, period, as_at),
        report_required=networks.rules_on(session, network_id, as_at).duty("progress_report") is not None,
    )


def _meetings(
    session: Session,
    network: Network,
    period: Period,
    as_at: date,
    held: Sequence[Meeting],
    decided: Sequence[DecisionFigures],
) -> MeetingFigures:
    every = networks.rules_on(session, network.id, as_at).every_months
    first = max(period.start, network.records_from) if network.records_from else period.start
    months = max(0, (period.end.year - first.year) * 12 + period.end.month - first.month + 1)
    skipped = sum(
        one.decision.subject is DecisionSubject.SKIP_MEETING and one.standing.state in ADOPTED for one in decided
    )
    spoke = records.all_of(
        session,
        Attendance,
        Attendance.meeting_id.in_([one.id for one in held]),
        Attendance.capacity == Capacity.GUEST_SPEAKER,
        Attendance.presence == Presence.PRESENT,
    )
    return MeetingFigures(tuple(held), max(0, months // every - skipped), every, skipped, len(spoke))


def _attendance(session: Session, network: Network, held: Sequence[Meeting]) -> tuple[SeatAttendance, ...]:
    """How often each seat was there, members first."""
    summary = attendance_summary(session, [one.id for one in held])
    seats = records.all_of(
        session, Membership, Membership.network_id == network.id, Membership.category != Category.INVITED
    )
    categories = {
        seat.organisation_id: seat.category
        for meeting in held
        for seat in seats
        if terms.holds(seat.start, seat.end, meeting.day, network.launched)
    }
    order = list(Category)
    found = [SeatAttendance(**vars(one), category=categories[key]) for key, one in summary.items()]
    return tuple(sorted(found, key=lambda one: order.index(one.category)))


def _decisions(session: Session, network: Network, period: Period, as_at: date) -> tuple[DecisionFigures, ...]:
    found = records.all_of(
        session,
        Decision,
        Decision.network_id == network.id,
        Decision.decided_on.between(period.start, as_at),
        order=(Decision.decided_on, Decision.reference, Decision.id),
    )
    states = standing(session, [one.id for one in found], end_of_day(as_at, network.time_zone))
    return tuple(
        DecisionFigures(one, states[one.id]) for one in found if states[one.id].state is not DecisionState.DRAFT
    )


def _actions(session: Session, network_id: UUID, period: Period, as_at: date) -> ActionFigures:
    mine = ActionPoint.network_id == network_id
    created = records.all_of(
        session,
        ActionPoint,
        mine,
        ActionPoint.given_on.between(period.start, as_at),
        order=(ActionPoint.given_on, ActionPoint.reference, ActionPoint.id),
    )
    closed = records.all_of(
        session,
        ActionPoint,
        mine,
        ActionPoint.status == ActionStatus.DONE,
        ActionPoint.done_on.between(period.start, as_at),
        order=(ActionPoint.done_on, ActionPoint.reference, ActionPoint.id),
    )
    still = records.all_of(
        session,
        ActionPoint,
        mine,
        ActionPoint.status != ActionStatus.DROPPED,
        or_(ActionPoint.given_on.is_(None), ActionPoint.given_on <= as_at),
        # Done since then, it was open at the end of the period all the same.
        or_(ActionPoint.status != ActionStatus.DONE, ActionPoint.done_on > as_at),
        order=(ActionPoint.due.is_(None), ActionPoint.due, ActionPoint.reference, ActionPoint.id),
    )
    overdue = tuple(one for one in still if one.due and one.due < as_at)
    keys = list({one.id for one in (*created, *closed, *still)})
    return ActionFigures(tuple(created), tuple(closed), tuple(still), overdue, actions.responsible_of(session, keys))


def _in_period(one: ActivityFindings, period: Period, as_at: date) -> bool:
    activity = one.activity
    if activity.status in (ActivityStatus.YET_TO_START, ActivityStatus.CANCELLED):
        return False
    start, end = activity.start or activity.end, activity.end or activity.start
    if start is None or end is None:
        return True
    # A delayed activity goes on beyond its end.
    over = activity.status is ActivityStatus.COMPLETED and end < period.start
    return start <= as_at and not over


def _objectives(
    session: Session,
    network_id: UUID,
    period: Period,
    as_at: date,
    held: Sequence[Meeting],
    decided: Sequence[DecisionFigures],
    acted: ActionFigures,
    named: ChallengeFigures,
    plan: PlanFindings | None,
) -> tuple[ObjectiveFigures, ...]:
    items = belonging(session, AgendaItem, "meeting_id", [one.id for one in held], "position")
    discussed = [one for meeting in held for one in items[meeting.id]]
    planned = {one.objective.id: one for one in plan.objectives if one.objective} if plan else {}
    found = []
    for objective in networks.objectives_on(session, network_id, as_at):
        work = planned.get(objective.id)
        activities = work.activities if work else ()
        delivered = tuple(
            thing
            for one in activities
            for thing in one.deliverables
            if thing.delivered_on and period.start <= thing.delivered_on <= as_at
        )
        found.append(
            ObjectiveFigures(
                objective=objective,
                activities=tuple(one for one in activities if _in_period(one, period, as_at)),
                delivered=delivered,
                decisions=tuple(one for one in decided if one.decision.objective_id == objective.id),
                items=tuple(one for one in discussed if one.objective_id == objective.id),
                actions_closed=tuple(one for one in acted.closed if one.objective_id == objective.id),
                challenges=tuple(one for one in named.raised if one.objective_id == objective.id),
                percent=work.percent if work else None,
                money=work.money if work else None,
            )
        )
    return tuple(found)


def _following(session: Session, network_id: UUID, period: Period, as_at: date) -> NextFigures:
    coming = period.following()
    inside = (coming.start, coming.end)
    to_come = records.all_of(
        session,
        Meeting,
        Meeting.network_id == network_id,
        Meeting.state != MeetingState.CANCELLED,
        Meeting.day.between(*inside),
        order=(Meeting.day, Meeting.id),
    )
    due = records.all_of(
        session,
        ActionPoint,
        ActionPoint.network_id == network_id,
        ActionPoint.status != ActionStatus.DROPPED,
        or_(ActionPoint.status != ActionStatus.DONE, ActionPoint.done_on > as_at),
        ActionPoint.due.between(*inside),
        order=(ActionPoint.due, ActionPoint.reference, ActionPoint.id),
    )
    plans = [
        plan.id
        for year in range(period.start.year, coming.end.year + 1)
        if (plan := workplans.current_plan(session, network_id, year))
    ]
    planned = records.all_of(
        session,
        Activity,
        Activity.workplan_id.in_(plans),
        Activity.status.not_in((ActivityStatus.CANCELLED, ActivityStatus.COMPLETED)),
        order=(Activity.start, Activity.position, Activity.id),
    )
    owed = belonging(session, Deliverable, "activity_id", [one.id for one in planned], "due")
    things = [
        (thing, one)
        for one in planned
        for thing in owed[one.id]
        if thing.due and coming.start <= thing.due <= coming.end and thing.delivered_on is None
    ]
    return NextFigures(
        period=coming,
        meetings=tuple(to_come),
        actions=tuple(due),
        deliverables=tuple(sorted(things, key=lambda pair: (pair[0].due or coming.end, pair[0].id))),
        starting=tuple(one for one in planned if one.start and coming.start <= one.start <= coming.end),
        ending=tuple(one for one in planned if one.end and coming.start <= one.end <= coming.end),
    )
