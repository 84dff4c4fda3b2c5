"""What needs the officer today: what is due, the next meeting, the plan and its money, in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, Select, Text, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from unnm_desktop.db.actions import OPEN_STATUSES, ActionPoint, ActionResponsible
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.meetings import Meeting, MeetingState
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Appointment, Person
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine, Workplan
from unnm_desktop.frozen import Frozen
from unnm_desktop.services import invitations, readiness, records
from unnm_desktop.services.circulation import TO_CIRCULATE
from unnm_desktop.services.money import Money, line_money, total
from unnm_desktop.services.open_actions import OPEN
from unnm_desktop.services.plan_of_the_year import newest_plan, on_track, plan_percent
from unnm_desktop.services.prepared import Prepared
from unnm_desktop.services.readiness import Check

MOST_ROWS = 12
# From any day on so many days hold each day of the week once: Sunday's work is seen on a Thursday before the weekend.
WEEK = 7
_AHEAD = (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED)
_SEATED = 3


class Counts(Frozen):
    """The figures of the page and of the sidebar.

    Args:
        unfinished: action points open or in progress.
        overdue: those of them whose day has passed; ``oldest`` is the first such day.
        week: those due on the day or in the six days after it; ``next_due`` is the first such day.
        mine: those of the week that the officer is personally responsible for.
        before_meeting: those due up to the day of the next meeting, the overdue ones among them.
        to_circulate: held meetings whose minutes have not gone out; ``reference`` and ``held_on`` are the oldest's.

    """

    unfinished: int = 0
    overdue: int = 0
    oldest: date | None = None
    week: int = 0
    next_due: date | None = None
    mine: int = 0
    before_meeting: int = 0
    to_circulate: int = 0
    reference: str = ""
    held_on: date | None = None


class Setup(Frozen):
    """What a new workspace still lacks."""

    members: bool
    meeting: bool
    workplan: bool

    @property
    def complete(self) -> bool:
        """Whether everything is there."""
        return self.members and self.meeting and self.workplan


class DueRow(Frozen):
    """An action point with a day, and who is responsible for it."""

    action: ActionPoint
    owners: tuple[tuple[Organisation, Person | None], ...]

    @property
    def done(self) -> bool:
        """Whether it was ticked a moment ago."""
        return self.action.status not in OPEN_STATUSES


class NextMeeting(Frozen):
    """The first meeting that lies ahead, what is left to do before it, and who has not answered."""

    meeting: Meeting
    checks: tuple[Check, ...]
    silent: int
    reminded_at: datetime | None

    @property
    def left(self) -> int:
        """How many things are left to do, the minutes of the meeting before aside: they are counted by themselves."""
        return sum(not check.ok and check.name != "previous_minutes" for check in self.checks)


class PlanSummary(Frozen):
    """The plan of the year: how far it is, and its money; cancelled activities are not counted."""

    plan: Workplan
    percent: int | None
    on_track: int
    activities: int
    money: Money


class Dashboard(Frozen):
    """Everything the page of the day shows but the duties, which are judged apart."""

    network: Network
    on: date
    counts: Counts
    rows: tuple[DueRow, ...]
    coming: NextMeeting | None
    plan: PlanSummary | None
    setup: Setup


def dashboard(
    session: Session, network_id: UUID, on: date, officer: str = "", ticked: Sequence[UUID] = ()
) -> Dashboard:
    """Read the page of a day; the number of statements does not grow with the records.

    Args:
        session: the moment.
        network_id: whose day.
        on: the day, in the network's zone.
        officer: the name of the person at the screen, to say which action points are theirs.
        ticked: action points ticked on the page a moment ago, which stay in the list until it is left.

    """
    network = records.get(session, Network, network_id)
    coming = _coming(session, network_id, on)
    counts, setup = _counts(session, network_id, on, officer, coming.meeting.day if coming else None)
    return Dashboard(
        network, on, counts, due_rows(session, network_id, on, ticked), coming, _plan(session, network_id, on), setup
    )


def due_rows(session: Session, network_id: UUID, on: date, ticked: Sequence[UUID] = ()) -> tuple[DueRow, ...]:
    """The dozen open action points that come first, by day, and those just ticked at their place among them.

    However many are overdue, half of the dozen is kept for what is still to come.
    """
    query = _with_owners(or_(_first_by_day(), ActionPoint.id.in_(ticked))) if ticked else _first_rows()
    owners: dict[UUID, list[tuple[Organisation, Person | None]]] = {}
    actions: dict[UUID, ActionPoint] = {}
    for action, organisation, person in session.execute(query, {"network": network_id, "on": on}):
        actions[action.id] = action
        own = owners.setdefault(action.id, [])
        if organisation is not None:
            own.append((organisation, person))
    return _dozen([DueRow(action, tuple(owners[key])) for key, action in actions.items()], on)


@cache
def _first_rows() -> Select[ActionPoint, Organisation, Person]:
    return _with_owners(_first_by_day())


def _first_by_day() -> ColumnElement[bool]:
    """Whether it is one of the first overdue ones, or of the first to come."""
    held, on = (ActionPoint.network_id == bindparam("network"), OPEN), bindparam("on", None, Date())
    by_day = (ActionPoint.due, ActionPoint.id)
    late = select(ActionPoint.id).where(*held, ActionPoint.due < on).order_by(*by_day).limit(MOST_ROWS)
    coming = select(ActionPoint.id).where(*held, ActionPoint.due >= on).order_by(*by_day).limit(MOST_ROWS)
    return or_(ActionPoint.id.in_(late), ActionPoint.id.in_(coming))


def _with_owners(wanted: ColumnElement[bool]) -> Select[ActionPoint, Organisation, Person]:
    return (
        select(ActionPoint, Organisation, Person)
        .outerjoin(
            ActionResponsible,
            (ActionResponsible.action_id == ActionPoint.id) & ActionResponsible.removed_at.is_(None),
        )
        .outerjoin(Organisation, Organisation.id == ActionResponsible.organisation_id)
        .outerjoin(Person, Person.id == ActionResponsible.person_id)
        .where(wanted)
        .order_by(ActionPoint.due, ActionPoint.id, Organisation.acronym, Organisation.name_en, Organisation.id)
    )


def _dozen(rows: Sequence[DueRow], on: date) -> tuple[DueRow, ...]:
    """Of the open rows at most a dozen, half of them kept for what is not overdue; ticked ones come on top."""
    late = [row.action.id for row in rows if not row.done and row.action.due is not None and row.action.due < on]
    coming = [row.action.id for row in rows if not row.done and row.action.id not in late]
    room = max(MOST_ROWS // 2, MOST_ROWS - len(coming))
    late = late[:room]
    shown = {*late, *coming[: MOST_ROWS - len(late)]}
    return tuple(row for row in rows if row.done or row.action.id in shown)


def _counts(
    session: Session, network_id: UUID, on: date, officer: str, meeting_day: date | None
) -> tuple[Counts, Setup]:
    """Every figure in one statement; those of action points come out of the index of the open ones alone."""
    ((*figures, seats, appointed, met, planned),) = _figures().rows(
        session,
        network=network_id,
        on=on,
        last=on + timedelta(days=WEEK - 1),
        year=on.year,
        officer=officer,
        meeting=meeting_day or on,
    )
    unfinished, overdue, oldest_day, week, next_due, mine, before, to_circulate, reference, held_on = figures
    counts = Counts(
        unfinished, overdue, oldest_day, week, next_due, mine, before, to_circulate, reference or "", held_on
    )
    return counts, Setup(seats >= _SEATED or bool(appointed), bool(met), bool(planned))


@cache
def _figures() -> Prepared:
    network_id, officer = bindparam("network", None, Meeting.network_id.type), bindparam("officer", "", Text())
    on, last, meeting_day = (bindparam(name, None, Date()) for name in ("on", "last", "meeting"))
    held = (ActionPoint.network_id == network_id, OPEN)
    number, first_due = select(func.count()).where(*held), select(func.min(ActionPoint.due)).where(*held)
    this_week = ActionPoint.due.between(on, last)
    theirs = exists().where(
        ActionResponsible.action_id == ActionPoint.id,
        ActionResponsible.removed_at.is_(None),
        ActionResponsible.person_id == Person.id,
        or_(Person.name_en == officer, Person.name_ar == officer),
    )
    waiting = (Meeting.network_id == network_id, Meeting.removed_at.is_(None), TO_CIRCULATE)
    oldest = select(Meeting.reference).where(*waiting).order_by(Meeting.day, Meeting.id).limit(1)
    seats = (Membership.network_id == network_id, Membership.removed_at.is_(None))
    some_seats = select(Membership.id).where(*seats).limit(_SEATED).subquery()
    appointed = exists().where(Appointment.membership_id == Membership.id, *seats, Appointment.removed_at.is_(None))
    met = exists().where(Meeting.network_id == network_id, Meeting.removed_at.is_(None))
    planned = exists().where(Activity.workplan_id == _plan_of_the_year(), Activity.removed_at.is_(None))
    return Prepared(
        select(
            number.scalar_subquery(),
            number.where(ActionPoint.due < on).scalar_subquery(),
            first_due.where(ActionPoint.due < on).scalar_subquery(),
            number.where(this_week).scalar_subquery(),
            first_due.where(this_week).scalar_subquery(),
            number.where(this_week, theirs).scalar_subquery(),
            number.where(ActionPoint.due <= meeting_day).scalar_subquery(),
            select(func.count()).where(*waiting).scalar_subquery(),
            oldest.scalar_subquery(),
            select(func.min(Meeting.day)).where(*waiting).scalar_subquery(),
            select(func.count()).select_from(some_seats).scalar_subquery(),
            appointed,
            met,
            planned,
        )
    )


@cache
def _next() -> Prepared:
    """The key of the first meeting that lies ahead, and when its guests were last reminded."""
    network_id = bindparam("network", None, Meeting.network_id.type)
    reminded = (
        select(func.max(Dispatch.sent_at))
        .where(
            Dispatch.network_id == network_id,
            Dispatch.kind == DispatchKind.REMINDER,
            Dispatch.meeting_id == Meeting.id,
            Dispatch.removed_at.is_(None),
        )
        .correlate(Meeting)
        .scalar_subquery()
    )
    return Prepared(
        select(Meeting.id, reminded)
        .where(
            Meeting.network_id == network_id,
            Meeting.removed_at.is_(None),
            Meeting.state.in_(_AHEAD),
            Meeting.day >= bindparam("on", None, Date()),
        )
        .order_by(Meeting.day, Meeting.starts, Meeting.id)
        .limit(1)
    )


def _coming(session: Session, network_id: UUID, on: date) -> NextMeeting | None:
    for key, reminded_at in _next().rows(session, network=network_id, on=on):
        meeting, guests = records.get(session, Meeting, key), invitations.invited(session, key)
        checks = readiness.checks(session, meeting, guests, on)
        return NextMeeting(meeting, checks, len(invitations.silent(guests)), reminded_at)
    return None


@cache
def _activities() -> Prepared:
    """The key of the plan of the year, beside what is counted of each of its activities; none has one row."""
    return Prepared(
        select(Workplan.id, Activity.id, Activity.status, Activity.progress, Activity.end)
        .outerjoin(Activity, (Activity.workplan_id == Workplan.id) & Activity.removed_at.is_(None))
        .where(Workplan.id == _plan_of_the_year())
    )


@cache
def _lines() -> Prepared:
    return Prepared(
        select(BudgetLine.currency, BudgetLine.required, BudgetLine.available, BudgetLine.spent, BudgetLine.rate)
        .join(Activity, Activity.id == BudgetLine.activity_id)
        .where(
            Activity.workplan_id == _plan_of_the_year(),
            Activity.removed_at.is_(None),
            Activity.status != ActivityStatus.CANCELLED,
            BudgetLine.removed_at.is_(None),
        )
    )


def _plan_of_the_year() -> Any:
    return newest_plan(bindparam("network", None, Workplan.network_id.type), bindparam("year", 0, Integer()))


class _Activity(NamedTuple):
    status: ActivityStatus
    progress: int
    end: date | None


class _Line(NamedTuple):
    currency: str
    required: int
    available: int
    spent: int
    rate: str


def _plan(session: Session, network_id: UUID, on: date) -> PlanSummary | None:
    rows = _activities().rows(session, network=network_id, year=on.year)
    if not rows:
        return None
    plan = records.get(session, Workplan, rows[0][0])
    found = [_Activity(*counted) for _, key, *counted in rows if key is not None]
    activities = [one for one in found if one.status is not ActivityStatus.CANCELLED]
    lines = [_Line(*line) for line in _lines().rows(session, network=network_id, year=on.year)]
    return PlanSummary(
        plan=plan,
        percent=plan_percent(activities),
        on_track=sum(on_track(one, on) for one in activities),
        activities=len(activities),
        money=total((line_money(line, plan.currency) for line in lines), plan.currency),
    )
