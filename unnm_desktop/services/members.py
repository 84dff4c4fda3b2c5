"""The list of members: one row a seat, with its people, its last meetings and its open action points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session, aliased

from unnm_desktop.db.actions import ActionPoint, ActionResponsible, ActionStatus
from unnm_desktop.db.base import Choice
from unnm_desktop.db.meetings import Attendance, Capacity, Meeting, MeetingState, Presence
from unnm_desktop.db.organisations import Category, Membership, Organisation, OrganisationKind, Residency
from unnm_desktop.db.people import Appointment, AppointmentRole, Office, OfficeKind, Person
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import facets, people, terms
from unnm_desktop.services.by_body import from_bodies, short_name
from unnm_desktop.services.listing import Cell, Column, Context, Filter, Listing, aside
from unnm_desktop.services.prepared import Prepared, keys_given
from unnm_desktop.services.rules_in_force import rules_read
from unnm_desktop.services.tor_rules import Rules
from unnm_desktop.services.word_clauses import keys_in_index, looked_through

LAST_MEETINGS = 6
CIVIL_SOCIETY = (
    *(OrganisationKind.NGO, OrganisationKind.CSO, OrganisationKind.ACADEMIA, OrganisationKind.WORKERS),
    *(OrganisationKind.EMPLOYERS, OrganisationKind.MEDIA, OrganisationKind.MIGRANTS, OrganisationKind.FAITH),
    OrganisationKind.RED_CROSS,
)
NO_ALTERNATE = N_("No alternate")
NO_FOCAL_POINT = N_("No focal point")
PRESENT, REPRESENTED, APOLOGIES, ABSENT = "●", "◐", "○", "×"
_SIGNS = {
    PRESENT: N_("focal point present"),
    REPRESENTED: N_("represented"),
    APOLOGIES: N_("apologies"),
    ABSENT: N_("absent"),
}
_CHAIRS = (OfficeKind.CHAIR, OfficeKind.CO_CHAIR)
_TONES = {
    OfficeKind.CHAIR: "info",
    OfficeKind.CO_CHAIR: "info",
    Category.MEMBER: "neutral",
    Category.PARTICIPATING: "neutral",
    Category.OBSERVER: "neutral",
    Category.INVITED: "violet",
}


def mark_of(capacity: Capacity, presence: Presence) -> str:
    """The sign of one attendance: the focal point, somebody else for the seat, apologies, or nobody."""
    if presence is Presence.APOLOGIES:
        return APOLOGIES
    if presence is Presence.ABSENT:
        return ABSENT
    return REPRESENTED if capacity in (Capacity.ALTERNATE, Capacity.STAND_IN) else PRESENT


def _here(context: Context) -> ColumnElement[bool]:
    return aside(Membership.network_id) == context.network_id  # type: ignore[no-any-return] # a comparison of columns


def _seats(context: Context) -> Select[Any]:
    joined = select(Membership.id).join(Organisation, Organisation.id == Membership.organisation_id)
    return joined.where(_here(context), *_held(context))


def _seats_by_body(context: Context) -> Select[Any]:
    bodies = from_bodies((Membership, Organisation.id == Membership.organisation_id))
    return select(Membership.id).select_from(bodies).where(_here(context), *_held(context))


def _held(context: Context) -> tuple[ColumnElement[bool], ...]:
    return (
        Membership.removed_at.is_(None),
        Organisation.removed_at.is_(None),
        terms.holding(Membership, context.on, context.network_id),
    )


def _of_body(expression: Any) -> Any:
    body = aliased(Organisation)
    return select(expression(body)).where(body.id == Membership.organisation_id).scalar_subquery()


class SeatFacts(Frozen):
    """What is shown of a seat that several records make together."""

    focal_point: str
    alternate: str
    type: Choice
    last_meetings: str
    open_actions: int


class _Row(NamedTuple):
    id: UUID
    organisation_id: UUID
    category: Category
    start: str
    end: str


@cache
def _seat_rows() -> Prepared:
    columns = (Membership.id, Membership.organisation_id, Membership.category, Membership.start, Membership.end)
    return Prepared(select(*columns).where(Membership.id.in_(keys_given())))


def _facts(session: Session, ids: Sequence[UUID], context: Context) -> Mapping[UUID, SeatFacts]:
    seats = {row[0]: _Row(*row) for row in _seat_rows().rows(session, keys=ids)}
    rules, launched = rules_read(session, context.network_id, context.on)
    speakers = _speakers(session, seats, context, rules)
    types = _types(session, seats, context)
    meetings = _last_meetings(session, seats, context, launched)
    actions = _open_actions(session, seats, context)
    return {key: SeatFacts(*speakers[key], types[key], meetings[key], actions[key]) for key in seats}


def _speakers(
    session: Session, seats: Mapping[UUID, _Row], context: Context, rules: Rules
) -> Mapping[UUID, tuple[str, str]]:
    """The focal point and the alternates of each seat, or that a member has none where the rules ask for them."""
    holders = people.speakers_named(session, seats, context)
    language = context.language
    found = {}
    for key, seat in seats.items():
        member, held = seat.category is Category.MEMBER, holders.get(key, people.Holders())
        focal = language.pick(held.focal_point, "name") if held.focal_point else ""
        alternates = language.list([language.pick(person, "name") for person in held.alternates])
        no_focal = NO_FOCAL_POINT if rules.focal_point and member else ""
        no_alternate = NO_ALTERNATE if rules.alternates > 0 and member else ""
        # A focal point without a name is one all the same.
        found[key] = (focal if held.focal_point else no_focal, alternates or no_alternate)
    return found


@lru_cache(maxsize=8)
def _chairs_held(context: Context) -> Prepared:
    query = select(Office.organisation_id, Office.kind).where(
        Office.network_id == context.network_id,
        Office.kind.in_(_CHAIRS),
        Office.removed_at.is_(None),
        terms.holding(Office, context.on, context.network_id),
    )
    return Prepared(query.order_by(Office.id))


def _types(session: Session, seats: Mapping[UUID, _Row], context: Context) -> Mapping[UUID, Choice]:
    held = sorted(_chairs_held(context).rows(session), key=lambda one: _CHAIRS.index(one[1]))
    chairs = dict(held)
    return {key: chairs.get(seat.organisation_id, seat.category) for key, seat in seats.items()}


@lru_cache(maxsize=8)
def _lately(context: Context) -> Prepared:
    query = select(Meeting.id, Meeting.day).where(
        Meeting.network_id == context.network_id,
        Meeting.removed_at.is_(None),
        Meeting.state.in_((MeetingState.HELD, MeetingState.CLOSED)),
        Meeting.day <= context.on,
    )
    return Prepared(query.order_by(Meeting.day.desc(), Meeting.id.desc()).limit(LAST_MEETINGS))


@cache
def _there() -> Prepared:
    query = select(Attendance.meeting_id, Attendance.organisation_id, Attendance.capacity, Attendance.presence)
    return Prepared(query.where(Attendance.meeting_id.in_(keys_given()), Attendance.removed_at.is_(None)))


def _last_meetings(session: Session, seats: Mapping[UUID, _Row], context: Context, launched: str) -> Mapping[UUID, str]:
    held = _lately(context).rows(session)[::-1]
    places = {meeting_id: place for place, (meeting_id, _) in enumerate(held)}
    marks: dict[UUID, dict[int, str]] = {}
    best = f"{PRESENT}{REPRESENTED}{APOLOGIES}{ABSENT}"
    for meeting_id, body, capacity, presence in _there().rows(session, keys=tuple(places)):
        if body is not None:
            mark, of_body = mark_of(capacity, presence), marks.setdefault(body, {})
            place = places[meeting_id]
            of_body[place] = min(mark, of_body.get(place, ABSENT), key=best.index)

    @cache
    def owed(member: bool, start: str, end: str) -> list[str]:
        """What is said of a seat whose body nobody noted: few have terms of their own."""
        return [ABSENT if member and terms.holds(start, end, day, launched) else "" for _, day in held]

    found = {}
    for key, seat in seats.items():
        signs = owed(seat.category is Category.MEMBER, seat.start, seat.end)
        noted = marks.get(seat.organisation_id)
        found[key] = "".join(noted.get(place, sign) for place, sign in enumerate(signs)) if noted else "".join(signs)
    return found


@lru_cache(maxsize=8)
def _owed(context: Context) -> Prepared:
    query = select(ActionResponsible.organisation_id, func.count(func.distinct(ActionPoint.id)))
    query = query.join(ActionPoint, ActionPoint.id == ActionResponsible.action_id).where(
        ActionResponsible.organisation_id.in_(keys_given()),
        ActionResponsible.removed_at.is_(None),
        aside(ActionPoint.network_id) == context.network_id,
        ActionPoint.removed_at.is_(None),
        or_(ActionPoint.given_on.is_(None), ActionPoint.given_on <= context.on),
        or_(
            ActionPoint.status.in_((ActionStatus.OPEN, ActionStatus.IN_PROGRESS)),
            and_(ActionPoint.status == ActionStatus.DONE, ActionPoint.done_on > context.on),
        ),
    )
    return Prepared(query.group_by(ActionResponsible.organisation_id))


def _open_actions(session: Session, seats: Mapping[UUID, _Row], context: Context) -> Mapping[UUID, int]:
    counts = dict(_owed(context).rows(session, keys={seat.organisation_id for seat in seats.values()}))
    return {key: counts.get(seat.organisation_id, 0) for key, seat in seats.items()}


def _show_body(value: Any, _: Context) -> Cell:
    return Cell(str(value or ""), shape="avatar")


def _show_person(value: Any, context: Context) -> Cell:
    if value in (NO_ALTERNATE, NO_FOCAL_POINT):
        return Cell(context.language.tr(value), "warn", icon="triangle-alert")
    return Cell(value or "")


def _show_type(value: Any, context: Context) -> Cell:
    return Cell(context.language.tr(value.label), _TONES[value], "pill") if value is not None else Cell("")


def _show_meetings(value: Any, context: Context) -> Cell:
    return _dots(value or "", context.language)


@lru_cache(maxsize=512)
def _dots(signs: str, language: Language) -> Cell:
    """Of so few meetings there are few pictures; each is put in words by four numbers, and then sign by sign."""
    counted = language.tr(
        N_("Focal point present: {present}; represented: {represented}; apologies: {apologies}; absent: {absent}"),
        present=signs.count(PRESENT),
        represented=signs.count(REPRESENTED),
        apologies=signs.count(APOLOGIES),
        absent=signs.count(ABSENT),
    )
    one_by_one = language.list([language.tr(_SIGNS[sign]) for sign in signs if sign in _SIGNS])
    told = language.tr(N_("From the earliest: {signs}"), signs=one_by_one)
    return Cell(signs, shape="dots", tooltip=f"{counted}\n{told}" if signs else "")


def _show_count(value: Any, context: Context) -> Cell:
    return Cell(context.language.number(value) if value else "–", number=True)


def _partial(value: Any, context: Context) -> Cell:
    return Cell(context.language.day(value, short=True))


def _of_kind(*kinds: OrganisationKind) -> Any:
    def clause(_: Context) -> ColumnElement[bool]:
        return Organisation.kind.in_(kinds)

    return clause


def _without_alternate(context: Context) -> ColumnElement[bool]:
    return and_(
        Membership.category == Category.MEMBER,
        ~exists().where(
            Appointment.membership_id == Membership.id,
            Appointment.role == AppointmentRole.ALTERNATE,
            Appointment.removed_at.is_(None),
            terms.holding(Appointment, context.on, context.network_id),
        ),
    )


def _search(folded: str) -> ColumnElement[bool]:
    seat = aliased(Membership)
    of_bodies = select(seat.id).where(seat.organisation_id.in_(keys_in_index(Organisation, folded)))
    return Membership.id.in_(union(of_bodies, _of_people(folded)))


def _scan(folded: Any) -> ColumnElement[bool]:
    of_people = exists().where(
        Appointment.membership_id == Membership.id,
        Appointment.removed_at.is_(None),
        looked_through(Person, [folded], Appointment.person_id),
    )
    return or_(looked_through(Organisation, [folded], Membership.organisation_id), of_people)


def _of_people(folded: str) -> Select[Any]:
    return select(Appointment.membership_id).where(
        Appointment.person_id.in_(keys_in_index(Person, folded)), Appointment.removed_at.is_(None)
    )


MEMBERS = Listing(
    "members",
    Membership,
    (
        Column(
            "organisation",
            N_("Organisation"),
            _of_body(lambda body: func.coalesce(func.nullif(body.acronym, ""), body.name_en)),
            also_ar=_of_body(lambda body: body.name_ar),
            show=_show_body,
            sort=short_name(),
            width=2.0,
            walk=_seats_by_body,
        ),
        Column(
            "focal_point",
            N_("Focal point"),
            load=_facts,
            part=attrgetter("focal_point"),
            show=_show_person,
            width=1.4,
            least=0.9,
            rank=1,
        ),
        Column(
            "alternate",
            N_("Alternate"),
            load=_facts,
            part=attrgetter("alternate"),
            show=_show_person,
            width=1.4,
            least=0.9,
            rank=2,
        ),
        Column(
            "type",
            N_("Type"),
            load=_facts,
            part=attrgetter("type"),
            show=_show_type,
            sort=Membership.category,
            walk=_seats,
            kind="whole",
            rank=4,
        ),
        Column(
            "last_meetings",
            N_("Last 6 meetings"),
            load=_facts,
            part=attrgetter("last_meetings"),
            show=_show_meetings,
            width=1.1,
            kind="whole",
            rank=3,
        ),
        Column(
            "open_actions",
            N_("Open"),
            load=_facts,
            part=attrgetter("open_actions"),
            show=_show_count,
            width=0.5,
            kind="number",
            rank=5,
        ),
        Column("acronym", N_("Acronym"), _of_body(lambda body: body.acronym), listed=False),
        Column(
            "name",
            N_("Name"),
            _of_body(lambda body: body.name_en),
            also_ar=_of_body(lambda body: body.name_ar),
            listed=False,
        ),
        Column("name_ar", N_("Name (Arabic)"), _of_body(lambda body: body.name_ar), listed=False),
        Column("kind", N_("Kind"), _of_body(lambda body: body.kind), listed=False),
        Column("category", N_("Category"), Membership.category, listed=False),
        Column("residency", N_("Residency"), Membership.residency, listed=False),
        Column("from", N_("From"), Membership.start, show=_partial, listed=False),
    ),
    _seats,
    (
        Filter("un_entity", N_("UN entity"), _of_kind(OrganisationKind.UN_ENTITY)),
        Filter("government", N_("Government"), _of_kind(OrganisationKind.GOVERNMENT)),
        Filter("civil_society", N_("Civil society"), _of_kind(*CIVIL_SOCIETY)),
        Filter("no_alternate", NO_ALTERNATE, _without_alternate),
    ),
    default_sort="organisation",
    search=_search,
    scan=_scan,
    words_of=(Organisation, Person),
    facets=(
        facets.by_choice("category", N_("Belongs as"), Membership.category, Category),
        facets.by_choice("kind", N_("Kind"), Organisation.kind, OrganisationKind),
        facets.by_choice("residency", N_("Residency"), Membership.residency, Residency),
        facets.by_person(
            lambda key: Membership.id.in_(
                select(Appointment.membership_id).where(Appointment.person_id == key, Appointment.removed_at.is_(None))
            )
        ),
        facets.by_undecided(Membership),
    ),
)

_SHORT_FIRST = _of_body(
    lambda body: func.coalesce(func.nullif(body.acronym, ""), func.nullif(body.name_ar, ""), body.name_en)
)
MEMBERS_BY_SHORT_NAME = replace(
    MEMBERS,
    columns=tuple(replace(one, also_ar=_SHORT_FIRST) if one.name == "organisation" else one for one in MEMBERS.columns),
)
"""The same for a screen, which has the name in full under the letters that everybody knows a body by."""
