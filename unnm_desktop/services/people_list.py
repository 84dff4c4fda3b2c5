"""The list of people: everybody the secretariat writes to, with their body, role and reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, exists, func, literal_column, or_, select, text
from sqlalchemy.orm import Session, aliased

from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Appointment, AppointmentRole, Office, Person
from unnm_desktop.i18n import N_
from unnm_desktop.services import facets, terms
from unnm_desktop.services.by_body import from_bodies, short_name
from unnm_desktop.services.listing import Cell, Column, Context, Filter, Leg, Listing, aside
from unnm_desktop.services.networks import rules_on
from unnm_desktop.services.prepared import Prepared, keys_given


def _of_network(context: Context) -> Select[Any]:
    return select(Person.id).where(*_here(context))


def _here(context: Context) -> tuple[ColumnElement[bool], ...]:
    country = select(Network.country).where(Network.id == context.network_id).scalar_subquery()
    # Asked of one person after the other, and of her organisation only where she has no appointment at all.
    body = aliased(Organisation)
    its_country = select(body.country).where(body.id == Person.organisation_id).scalar_subquery()
    appointed = exists().where(Appointment.person_id == Person.id, Appointment.removed_at.is_(None))
    here = or_(_appointed_here(context), and_(~appointed, func.coalesce(its_country, "").in_(("", country))))
    return (Person.removed_at.is_(None), here)


def _by_body(context: Context) -> Sequence[Leg]:
    """People without an organisation come last, either way. Arabic names of organisations have no index."""
    if context.language.rtl:
        return ()
    joined = Organisation.id == Person.organisation_id
    bodies = select(Person.id).select_from(from_bodies((Person, joined))).where(*_here(context))
    alone = _of_network(context).where(Person.organisation_id.is_(None))
    return (
        Leg(_of_network(context).join(Organisation, joined), (short_name(), Organisation.id), walk=bodies),
        Leg(alone, (), walk=alone),
    )


def _by_position(context: Context) -> Sequence[Leg]:
    """In the reader's language, then those that are written in the other one only."""
    columns = ("position_ar", "position_en") if context.language.rtl else ("position_en", "position_ar")
    return _by_text(context, *columns)


def _by_text(context: Context, *columns: str) -> Sequence[Leg]:
    """By the first of these columns that is not empty; people for whom all are come last, either way, by name."""
    rows = walked = _of_network(context)
    legs = []
    for column in columns:
        # The words of the index of that column, its condition among them.
        words, known = literal_column(f"lower(person.{column})", String()), text(f"person.{column} <> ''")
        legs.append(Leg(rows.where(known), (words,), walk=walked.where(known)))
        rows = rows.where(text(f"person.{column} = ''"))
        # Told by that index as well: a look at each person's own row takes ten times as long.
        others = f"SELECT other.rowid FROM person AS other WHERE other.{column} <> ''"  # noqa: S608 - our own names
        walked = walked.where(text(f"person.rowid NOT IN ({others})"))
    return (*legs, Leg(rows, (_NAME,), walk=walked))


def _appointed_here(context: Context, *conditions: Any) -> ColumnElement[bool]:
    seat = aliased(Membership)
    return exists().where(
        Appointment.person_id == Person.id,
        Appointment.removed_at.is_(None),
        seat.id == Appointment.membership_id,
        aside(seat.network_id) == context.network_id,
        *conditions,
    )


@lru_cache(maxsize=8)
def _appointments_held(context: Context) -> Prepared:
    query = select(Appointment.person_id, Appointment.role, Appointment.rank, Appointment.start)
    query = query.join(Membership, Membership.id == Appointment.membership_id).where(
        Appointment.person_id.in_(keys_given()),
        Appointment.removed_at.is_(None),
        aside(Membership.network_id) == context.network_id,
        terms.holding(Appointment, context.on, context.network_id),
    )
    return Prepared(query.order_by(Appointment.role.desc(), Appointment.id))


@lru_cache(maxsize=8)
def _offices_held(context: Context) -> Prepared:
    query = select(Office.person_id, Office.kind).where(
        Office.person_id.in_(keys_given()),
        aside(Office.network_id) == context.network_id,
        Office.removed_at.is_(None),
        terms.holding(Office, context.on, context.network_id),
    )
    return Prepared(query.order_by(Office.id))


def _roles(session: Session, ids: Sequence[UUID], context: Context) -> Mapping[UUID, str]:
    told: dict[UUID, list[str]] = {}
    language = context.language
    for person_id, role, rank, _ in _appointments_held(context).rows(session, keys=ids):
        word = language.tr(role.label)
        ranked = role is AppointmentRole.ALTERNATE and rank > 1
        told.setdefault(person_id, []).append(f"{word} {language.number(rank)}" if ranked else word)
    for person_id, kind in _offices_held(context).rows(session, keys=ids):
        told.setdefault(person_id, []).append(language.tr(kind.label))
    return {key: language.list(list(dict.fromkeys(words))) for key, words in told.items()}


def _since(session: Session, ids: Sequence[UUID], context: Context) -> Mapping[UUID, str]:
    found: dict[UUID, str] = {}
    for person_id, _, _, start in _appointments_held(context).rows(session, keys=ids):
        found.setdefault(person_id, start)
    return found


@cache
def _levels_given() -> Prepared:
    return Prepared(select(Person.id, Person.level).where(Person.id.in_(keys_given())))


def _levels(session: Session, ids: Sequence[UUID], context: Context) -> Mapping[UUID, str]:
    """The levels as the terms of reference call them in the reader's language."""
    rules = rules_on(session, context.network_id, context.on) if context.language.rtl else None
    told = rules.levels_in_arabic if rules is not None else {}
    return {key: told.get(level, level) for key, level in _levels_given().rows(session, keys=ids)}


def _partial(value: Any, context: Context) -> Cell:
    return Cell(context.language.day(value, short=True))


def _language_name(value: Any, context: Context) -> Cell:
    return Cell(context.language.tr(N_("Arabic") if value == "ar" else N_("English")))


def _appointed(role: AppointmentRole | None) -> Any:
    def clause(context: Context) -> ColumnElement[bool]:
        wanted = [] if role is None else [Appointment.role == role]
        return _appointed_here(context, terms.holding(Appointment, context.on, context.network_id), *wanted)

    return clause


def _body_of_person(name: Any) -> Any:
    body = aliased(Organisation)
    return select(name(body)).where(body.id == Person.organisation_id).scalar_subquery()


# The words of the index ix_person_name.
_NAME: ColumnElement[str] = literal_column(
    "coalesce(nullif(person.name_en, ''), person.name_ar) COLLATE NOCASE", String()
)

PEOPLE = Listing(
    "people",
    Person,
    (
        Column(
            "name",
            N_("Name"),
            Person.name_en,
            also_ar=Person.name_ar,
            sort=_NAME,
            width=1.6,
            walk=_of_network,
        ),
        Column(
            "organisation",
            N_("Organisation"),
            _body_of_person(lambda body: func.coalesce(func.nullif(body.acronym, ""), body.name_en)),
            also_ar=_body_of_person(lambda body: body.name_ar),
            legs=_by_body,
            width=1.4,
        ),
        Column("role", N_("Role"), load=_roles, width=1.3, rank=1),
        Column(
            "position",
            N_("Position"),
            Person.position_en,
            also_ar=Person.position_ar,
            legs=_by_position,
            width=1.4,
        ),
        Column("level", N_("Level"), load=_levels, sort=Person.level, legs=lambda context: _by_text(context, "level")),
        Column(
            "emails",
            N_("E-mail"),
            Person.emails,
            legs=lambda context: _by_text(context, "emails"),
            width=1.6,
            rank=2,
        ),
        Column("phones", N_("Phone"), Person.phones, legs=lambda context: _by_text(context, "phones")),
        Column("name_ar", N_("Name (Arabic)"), Person.name_ar, listed=False),
        Column("from", N_("From"), load=_since, show=_partial, listed=False),
        Column("letter_language", N_("Language"), Person.letter_language, show=_language_name, listed=False),
    ),
    _of_network,
    (
        Filter("focal_points", N_("Focal points"), _appointed(AppointmentRole.FOCAL_POINT)),
        Filter("alternates", N_("Alternates"), _appointed(AppointmentRole.ALTERNATE)),
        Filter("no_seat", N_("No appointment"), lambda context: ~_appointed(None)(context)),
    ),
    default_sort="name",
    facets=(
        facets.by_organisation(lambda key: Person.organisation_id == key),
        facets.by_language(Person.letter_language),
        facets.by_undecided(Person),
    ),
)
