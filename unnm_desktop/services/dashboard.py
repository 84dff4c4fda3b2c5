"""What needs the officer today: what is due, the next meeting, the plan and its money, in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.states import ActivityStatus
from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.services import readiness, records
from unnm_desktop.services.money import Money, line_money, total
from unnm_desktop.services.plan_of_the_year import on_track, plan_percent
from unnm_desktop.services.prepared import Prepared
from unnm_desktop.services.readiness import Check
from unnm_desktop.services.seen import SeenAction, SeenBody, SeenMeeting, SeenPerson, guests_of
from unnm_desktop.services.written_ahead import MOST_ROWS, SEATED, written_ahead

# From any day on so many days hold each day of the week once: Sunday's work is seen on a Thursday before the weekend.
WEEK = 7
# Where in a row the organisation begins, and the person.
_BODY = len(SeenAction._fields)
_PERSON = _BODY + len(SeenBody._fields)
_figures, _first_rows, _next, _activities, _lines = map(
    written_ahead, ("figures", "first_rows", "next_meeting", "activities", "budget_lines")
)


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

    action: SeenAction
    owners: tuple[tuple[SeenBody, SeenPerson | None], ...]

    @property
    def done(self) -> bool:
        """Whether it was ticked a moment ago."""
        return self.action.done


class NextMeeting(Frozen):
    """The first meeting that lies ahead, what is left to do before it, and who has not answered."""

    meeting: SeenMeeting
    checks: tuple[Check, ...]
    silent: int
    reminded_at: datetime | None

    @property
    def left(self) -> int:
        """How many things are left to do, the minutes of the meeting before aside: they are counted by themselves."""
        return sum(not check.ok and check.name != "previous_minutes" for check in self.checks)


class PlanSummary(Frozen):
    """The plan of the year: how far it is, and its money; cancelled activities are not counted."""

    year: int
    percent: int | None
    on_track: int
    activities: int
    money: Money


class Dashboard(Frozen):
    """Everything the page of the day shows but the duties, which are judged apart."""

    on: date
    sample: bool
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
    coming = _coming(session, network_id, on)
    sample, counts, setup = _figures_on(session, network_id, on, officer, coming.meeting.day if coming else None)
    rows = due_rows(session, network_id, on, ticked)
    return Dashboard(on, sample, counts, rows, coming, _plan(session, network_id, on), setup)


def due_rows(session: Session, network_id: UUID, on: date, ticked: Sequence[UUID] = ()) -> tuple[DueRow, ...]:
    """The dozen open action points that come first, by day, and those just ticked at their place among them.

    However many are overdue, half of the dozen is kept for what is still to come.
    """
    if ticked:
        found = _with_ticked().rows(session, network=network_id, on=on, keys=ticked)
    else:
        found = _first_rows().rows(session, network=network_id, on=on)
    owners: dict[UUID, list[tuple[SeenBody, SeenPerson | None]]] = {}
    actions: dict[UUID, SeenAction] = {}
    for row in found:
        action, body, person = SeenAction(*row[:_BODY]), row[_BODY:_PERSON], row[_PERSON:]
        actions[action.id] = action
        own = owners.setdefault(action.id, [])
        if body[0] is not None:
            own.append((SeenBody(*body), SeenPerson(*person) if person[0] is not None else None))
    return _dozen([DueRow(action, tuple(owners[key])) for key, action in actions.items()], on)


@cache
def _with_ticked() -> Prepared:
    from unnm_desktop.services import today_queries  # classes of records and all: nothing is ticked at the start

    return Prepared(today_queries.rows_with_ticked())


def _dozen(rows: Sequence[DueRow], on: date) -> tuple[DueRow, ...]:
    """Of the open rows at most a dozen, half of them kept for what is not overdue; ticked ones come on top."""
    late = [row.action.id for row in rows if not row.done and row.action.due is not None and row.action.due < on]
    coming = [row.action.id for row in rows if not row.done and row.action.id not in late]
    room = max(MOST_ROWS // 2, MOST_ROWS - len(coming))
    late = late[:room]
    shown = {*late, *coming[: MOST_ROWS - len(late)]}
    return tuple(row for row in rows if row.done or row.action.id in shown)


def _figures_on(
    session: Session, network_id: UUID, on: date, officer: str, meeting_day: date | None
) -> tuple[bool, Counts, Setup]:
    """Every figure in one statement; those of action points come out of the index of the open ones alone."""
    ((sample, *figures, seats, appointed, met, planned),) = _figures().rows(
        session,
        network=network_id,
        on=on,
        last=on + timedelta(days=WEEK - 1),
        year=on.year,
        officer=officer,
        meeting=meeting_day or on,
    )
    if sample is None:
        raise UserError(records.NOT_HERE)
    unfinished, overdue, oldest_day, week, next_due, mine, before, to_circulate, reference, held_on = figures
    counts = Counts(
        unfinished, overdue, oldest_day, week, next_due, mine, before, to_circulate, reference or "", held_on
    )
    return bool(sample), counts, Setup(seats >= SEATED or bool(appointed), bool(met), bool(planned))


def _coming(session: Session, network_id: UUID, on: date) -> NextMeeting | None:
    for reminded_at, *told in _next().rows(session, network=network_id, on=on):
        meeting = SeenMeeting(*told)
        guests = guests_of(session, meeting.id)
        checks = readiness.checks(session, meeting, guests, on)
        return NextMeeting(meeting, checks, sum(one.silent for one in guests), reminded_at)
    return None


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
    currency = rows[0][0]
    found = [_Activity(*counted) for _, key, *counted in rows if key is not None]
    activities = [one for one in found if one.status is not ActivityStatus.CANCELLED]
    lines = [_Line(*line) for line in _lines().rows(session, network=network_id, year=on.year)]
    return PlanSummary(
        year=on.year,
        percent=plan_percent(activities),
        on_track=sum(on_track(one, on) for one in activities),
        activities=len(activities),
        money=total((line_money(line, currency) for line in lines), currency),
    )
