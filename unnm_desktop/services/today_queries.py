"""What the first page and the opening of a workspace ask, as queries; no start imports them (written_ahead.py)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    Text,
    bindparam,
    exists,
    func,
    or_,
    select,
    type_coerce,
)

from unnm_desktop.db.actions import ActionPoint, ActionResponsible
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.meetings import (
    GUESTS,
    HELD_STATES,
    AgendaItem,
    Attendance,
    Invitation,
    Meeting,
    MeetingChair,
    MeetingState,
)
from unnm_desktop.db.minutes import Minutes, MinutesState
from unnm_desktop.db.networks import Network, TermsOfReference
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Appointment, Person
from unnm_desktop.db.schema import draft_table
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine, Workplan
from unnm_desktop.services.circulation import to_circulate
from unnm_desktop.services.open_actions import OPEN
from unnm_desktop.services.plan_of_the_year import newest_plan
from unnm_desktop.services.prepared import keys_given
from unnm_desktop.services.seen import SeenAction, SeenBody, SeenMeeting, SeenPerson
from unnm_desktop.services.written_ahead import MOST_ROWS, SEATED

_AHEAD = (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED)


def network_rows() -> Select[*tuple[Any, ...]]:
    """The networks there are, by country."""
    one = Network
    columns = (one.id, one.name_en, one.name_ar, one.short_name, one.country, one.time_zone, one.sample)
    return select(*columns).where(one.removed_at.is_(None)).order_by(one.country)


def drafts_waiting() -> Select[*tuple[Any, ...]]:
    """Texts that became no change, newest first."""
    table = draft_table.c
    columns = (table.entity, table.record_id, table.field, table.typed, table.typed_at)
    return select(*columns).order_by(table.typed_at.desc())


def first_rows() -> Select[*tuple[Any, ...]]:
    """The first action points by day, beside who is responsible."""
    return _with_owners(_first_by_day())


def rows_with_ticked() -> Select[*tuple[Any, ...]]:
    """The same, and those that are handed over."""
    return _with_owners(or_(_first_by_day(), ActionPoint.id.in_(keys_given())))


def _first_by_day() -> ColumnElement[bool]:
    """Whether it is one of the first overdue ones, or of the first to come."""
    network_id, on = bindparam("network", None, ActionPoint.network_id.type), bindparam("on", None, Date())
    held = (ActionPoint.network_id == network_id, OPEN)
    by_day = (ActionPoint.due, ActionPoint.id)
    late = select(ActionPoint.id).where(*held, ActionPoint.due < on).order_by(*by_day).limit(MOST_ROWS)
    coming = select(ActionPoint.id).where(*held, ActionPoint.due >= on).order_by(*by_day).limit(MOST_ROWS)
    return or_(ActionPoint.id.in_(late), ActionPoint.id.in_(coming))


def _with_owners(wanted: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(*_seen(ActionPoint, SeenAction), *_seen(Organisation, SeenBody), *_seen(Person, SeenPerson))
        .select_from(ActionPoint)
        .outerjoin(
            ActionResponsible,
            (ActionResponsible.action_id == ActionPoint.id) & ActionResponsible.removed_at.is_(None),
        )
        .outerjoin(Organisation, Organisation.id == ActionResponsible.organisation_id)
        .outerjoin(Person, Person.id == ActionResponsible.person_id)
        .where(wanted)
        .order_by(ActionPoint.due, ActionPoint.id, Organisation.acronym, Organisation.name_en, Organisation.id)
    )


def figures() -> Select[*tuple[Any, ...]]:
    """Every figure of the page."""
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
    waiting = (Meeting.network_id == network_id, Meeting.removed_at.is_(None), to_circulate())
    oldest = select(Meeting.reference).where(*waiting).order_by(Meeting.day, Meeting.id).limit(1)
    seats = (Membership.network_id == network_id, Membership.removed_at.is_(None))
    some_seats = select(Membership.id).where(*seats).limit(SEATED).subquery()
    appointed = exists().where(Appointment.membership_id == Membership.id, *seats, Appointment.removed_at.is_(None))
    met = exists().where(Meeting.network_id == network_id, Meeting.removed_at.is_(None))
    planned = exists().where(Activity.workplan_id == _plan_of_the_year(), Activity.removed_at.is_(None))
    return select(
        select(Network.sample).where(Network.id == network_id).scalar_subquery(),
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


def next_meeting() -> Select[*tuple[Any, ...]]:
    """When the guests of the first meeting that lies ahead were last reminded, and the meeting."""
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
    return (
        select(reminded, *_seen(Meeting, SeenMeeting))
        .where(
            Meeting.network_id == network_id,
            Meeting.removed_at.is_(None),
            Meeting.state.in_(_AHEAD),
            Meeting.day >= bindparam("on", None, Date()),
        )
        .order_by(Meeting.day, Meeting.starts, Meeting.id)
        .limit(1)
    )


def activities() -> Select[*tuple[Any, ...]]:
    """The currency of the plan of the year, beside what is counted of each of its activities; none has one row."""
    return (
        select(Workplan.currency, Activity.id, Activity.status, Activity.progress, Activity.end)
        .outerjoin(Activity, (Activity.workplan_id == Workplan.id) & Activity.removed_at.is_(None))
        .where(Workplan.id == _plan_of_the_year())
    )


def budget_lines() -> Select[*tuple[Any, ...]]:
    """The money of the plan of the year."""
    return (
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


def guests() -> Select[*tuple[Any, ...]]:
    """Who is invited to a meeting, by organisation."""
    return (
        select(Invitation.sent_on, Invitation.reply, Invitation.agreed_by, *_seen(Organisation, SeenBody))
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(
            Invitation.meeting_id == bindparam("meeting", None, Invitation.meeting_id.type),
            Invitation.removed_at.is_(None),
        )
        .order_by(Organisation.acronym, Organisation.name_en, Invitation.as_speaker, Invitation.id)
    )


def versions() -> Select[*tuple[Any, ...]]:
    """The versions of the terms of reference, beside the launch of the network."""
    one = TermsOfReference
    query = select(one.id, one.state, one.effective, one.ended, type_coerce(one.rules, String), Network.launched)
    query = query.join(Network, Network.id == one.network_id)
    mine = one.network_id == bindparam("network", None, one.network_id.type)
    return query.where(mine, one.removed_at.is_(None)).order_by(one.id)


def preparations() -> Select[*tuple[Any, ...]]:
    """What the workspace tells of a meeting's preparations."""
    meeting_id, network_id = (bindparam(name, None, Meeting.id.type) for name in ("meeting", "network"))
    chaired = exists().where(MeetingChair.meeting_id == meeting_id, MeetingChair.removed_at.is_(None))
    items = select(func.count()).where(AgendaItem.meeting_id == meeting_id, AgendaItem.removed_at.is_(None))
    last = (
        select(Meeting.id)
        .where(
            Meeting.network_id == network_id,
            Meeting.removed_at.is_(None),
            Meeting.id != meeting_id,
            Meeting.day < bindparam("day", None, Meeting.day.type),
            Meeting.state.in_(HELD_STATES),
        )
        .order_by(Meeting.day.desc(), Meeting.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    circulated = exists().where(
        Minutes.meeting_id == last, Minutes.removed_at.is_(None), Minutes.state != MinutesState.DRAFT
    )
    previous = select(Meeting.reference).where(Meeting.id == last)
    return select(chaired, items.scalar_subquery(), previous.scalar_subquery(), circulated)


def attending() -> Select[*tuple[Any, ...]]:
    """The guests who are in the list of those who attend."""
    return select(Attendance.organisation_id).where(
        Attendance.meeting_id == bindparam("meeting", None, Attendance.meeting_id.type),
        Attendance.removed_at.is_(None),
        Attendance.capacity.in_(GUESTS),
        Attendance.organisation_id.is_not(None),
    )


def _seen(entity: Any, kind: Any) -> list[Any]:
    """The columns of an entity that are seen as this kind."""
    return [getattr(entity, name) for name in kind._fields]


QUERIES = (
    *(network_rows, drafts_waiting, first_rows, figures, next_meeting, activities, budget_lines),
    *(guests, versions, preparations, attending),
)
"""What the program has written already."""
