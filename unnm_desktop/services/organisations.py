"""Organisations and the seats they hold in a network, as at a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, exists, func, literal_column, select
from sqlalchemy.orm import Session

from unnm_desktop.db.base import Choice
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Category, Channel, Membership, Organisation, OrganisationKind
from unnm_desktop.db.people import Appointment, AppointmentRole, Person
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import facets, records, seeding, terms
from unnm_desktop.services.by_body import short_name
from unnm_desktop.services.listing import Cell, Column, Context, Filter, Leg, Listing, aside
from unnm_desktop.services.members import CIVIL_SOCIETY, MEMBERS
from unnm_desktop.services.prepared import Prepared, keys_given
from unnm_desktop.services.says import Names, Said

__all__ = ["MEMBERS", "ORGANISATIONS", "Seat", "SeatProblem", "consensus_set", "find", "invited_on", "organisation_of"]
__all__ += ["seat_counts", "seat_problems", "seats_of", "seats_on"]


class Seat(Frozen):
    """A membership and the organisation that holds it."""

    membership: Membership
    organisation: Organisation


class SeatProblem(Frozen):
    """What is wrong about a seat, as a sentence."""

    membership_id: UUID
    says: Said


def find(session: Session, text: str, country: str = "") -> Organisation | None:
    """The organisation of that acronym in that country or of the United Nations, else of that name or alias."""
    return seeding.find(session, text, country)


def organisation_of(session: Session, membership_id: UUID) -> Organisation:
    """Who holds a seat."""
    return records.get(session, Organisation, records.get(session, Membership, membership_id).organisation_id)


def seats_on(session: Session, network_id: UUID, on: date, category: Category | None = None) -> list[Seat]:
    """The seats of a network on that day, by short name; of one category where it is given.

    Those who are listed only to be invited hold no seat: ask for ``Category.INVITED`` to get them.
    """
    chosen = Membership.category != Category.INVITED if category is None else Membership.category == category
    rows = session.execute(
        select(Membership, Organisation)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(*_held_on(network_id, on), chosen)
        .order_by(func.fold(func.coalesce(func.nullif(Organisation.acronym, ""), Organisation.name_en)), Membership.id)
    )
    return [Seat(membership, organisation) for membership, organisation in rows]


def _held_on(network_id: UUID, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Membership.network_id == network_id,
        Membership.removed_at.is_(None),
        terms.holding(Membership, on, network_id),
    )


def seat_counts(session: Session, network_id: UUID, on: date) -> Counter[Category]:
    """How many belong to a network on that day, by category; those listed only to be invited among them."""
    query = select(Membership.category, func.count()).where(*_held_on(network_id, on)).group_by(Membership.category)
    return Counter(dict(session.execute(query).all()))


def invited_on(session: Session, network_id: UUID, on: date) -> list[Organisation]:
    """Whom the network invites to its highlighted meetings on that day: the Government's bodies, not seats."""
    return [seat.organisation for seat in seats_on(session, network_id, on, Category.INVITED)]


def consensus_set(session: Session, network_id: UUID, on: date) -> list[Organisation]:
    """Whose agreement a decision of that day needs: members, never the Government, guests or office-holders."""
    seats = seats_on(session, network_id, on, Category.MEMBER)
    heard = {
        seat.organisation.id: seat.organisation
        for seat in seats
        if seat.organisation.kind is not OrganisationKind.GOVERNMENT and not seat.organisation.holds_no_seat
    }
    return list(heard.values())


def seats_of(session: Session, organisation_id: UUID) -> list[Membership]:
    """Every term of an organisation in any network, the newest first."""
    return records.all_of(
        session,
        Membership,
        Membership.organisation_id == organisation_id,
        order=(Membership.start.desc(), Membership.id.desc()),
    )


def seat_problems(session: Session, network_id: UUID) -> list[SeatProblem]:
    """Terms that overlap, and seats held by those who can hold none: shown, never refused by the database."""
    launched = terms.launch_of(session, network_id)
    rows = session.execute(
        select(Membership, Organisation)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.network_id == network_id, Membership.removed_at.is_(None))
    )
    seats = {membership.id: (membership, organisation) for membership, organisation in rows}
    found: list[SeatProblem] = []
    by_body: dict[UUID, list[Membership]] = {}
    for membership, organisation in seats.values():
        by_body.setdefault(organisation.id, []).append(membership)
        if membership.category is Category.MEMBER and organisation.kind is OrganisationKind.GOVERNMENT:
            found.append(
                SeatProblem(
                    membership.id,
                    Said(
                        N_("{who} belongs to the Government: it is invited, never a member, and is not heard."),
                        {"who": Names((organisation,))},
                    ),
                )
            )
        elif membership.category is Category.MEMBER and organisation.holds_no_seat:
            found.append(
                SeatProblem(membership.id, Said(N_("{who} can hold no seat."), {"who": Names((organisation,))}))
            )
    for terms_of_body in by_body.values():
        for later in _overlapping(terms_of_body, launched):
            who = Names((seats[later.id][1],))
            found.append(SeatProblem(later.id, Said(N_("Two seats of {who} overlap. End the first."), {"who": who})))
    found += _appointment_problems(session, seats, network_id, launched)
    return found


def _appointment_problems(
    session: Session, seats: Mapping[UUID, tuple[Membership, Organisation]], network_id: UUID, launched: str
) -> list[SeatProblem]:
    rows = session.execute(
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .join(Membership, Membership.id == Appointment.membership_id)
        .where(Membership.network_id == network_id, Membership.removed_at.is_(None), Appointment.removed_at.is_(None))
    )
    places: dict[tuple[UUID, AppointmentRole, int], list[Appointment]] = {}
    people: dict[UUID, Person] = {}
    for appointment, person in rows:
        people[person.id] = person
        rank = appointment.rank if appointment.role is AppointmentRole.ALTERNATE else 0
        places.setdefault((appointment.membership_id, appointment.role, rank), []).append(appointment)
    found = []
    for (membership_id, role, _), appointments in places.items():
        for later in _overlapping(appointments, launched):
            values = {
                "who": Names((seats[membership_id][1],)),
                "role": Said(role.label),
                "name": Names((_Named(people[later.person_id]),)),
            }
            says = Said(N_("{who}: the term of {name} ({role}) overlaps another. End one of them."), values)
            found.append(SeatProblem(membership_id, says))
    return found


class _Named(Frozen):
    person: Person

    def told(self, language: Language) -> str:
        return language.pick(self.person, "name")


def _overlapping(dated: Sequence[Any], launched: str) -> list[Any]:
    ordered = sorted(dated, key=lambda one: (terms.begin_of(one.start, launched), one.id))
    return [
        later for first, later in pairwise(ordered) if terms.begin_of(later.start, launched) <= terms.end_of(first.end)
    ]


def _here(context: Context) -> Select[Any]:
    country = select(Network.country).where(Network.id == context.network_id).scalar_subquery()
    return select(Organisation.id).where(Organisation.removed_at.is_(None), Organisation.country.in_(("", country)))


@lru_cache(maxsize=8)
def _seats_held(context: Context) -> Prepared:
    query = select(Membership.organisation_id, Membership.category, Membership.residency, Membership.start)
    return Prepared(
        query.where(
            aside(Membership.network_id) == context.network_id,
            Membership.removed_at.is_(None),
            Membership.organisation_id.in_(keys_given()),
            terms.holding(Membership, context.on, context.network_id),
        )
    )


def _seat_facts(session: Session, ids: Sequence[UUID], context: Context) -> Mapping[UUID, list[Any]]:
    return {key: facts for key, *facts in _seats_held(context).rows(session, keys=ids)}


def _of_kind(*kinds: OrganisationKind) -> Any:
    def clause(_: Context) -> ColumnElement[bool]:
        return Organisation.kind.in_(kinds)

    return clause


def _with_seat(context: Context) -> ColumnElement[bool]:
    return exists().where(
        Membership.organisation_id == Organisation.id,
        aside(Membership.network_id) == context.network_id,
        Membership.removed_at.is_(None),
        Membership.category != Category.INVITED,
        terms.holding(Membership, context.on, context.network_id),
    )


def _pill(value: Any, context: Context) -> Cell:
    return Cell(context.language.tr(value.label), "neutral", "pill") if isinstance(value, Choice) else Cell("")


def _partial(value: Any, context: Context) -> Cell:
    return Cell(context.language.day(value, short=True))


# The words of the index ix_organisation_name.
_NAME: ColumnElement[str] = literal_column(
    "coalesce(nullif(organisation.name_en, ''), organisation.name_ar) COLLATE NOCASE", String()
)


def _by_acronym(context: Context) -> Sequence[Leg]:
    """Those without one come last, either way, by their names."""
    known = _here(context).where(Organisation.acronym != "")
    other = _here(context).where(Organisation.acronym == "")
    return (Leg(known, (short_name(),), walk=known), Leg(other, (_NAME,), walk=other))


ORGANISATIONS = Listing(
    "organisations",
    Organisation,
    (
        Column(
            "name",
            N_("Name"),
            Organisation.name_en,
            also_ar=Organisation.name_ar,
            sort=_NAME,
            width=2.2,
            walk=_here,
        ),
        Column("acronym", N_("Acronym"), Organisation.acronym, legs=_by_acronym),
        Column("kind", N_("Kind"), Organisation.kind, show=_pill, width=1.3, kind="whole", rank=2, walk=_here),
        Column("category", N_("Category"), load=_seat_facts, part=itemgetter(0), show=_pill, kind="whole", rank=1),
        Column("residency", N_("Residency"), load=_seat_facts, part=itemgetter(1)),
        Column("channel", N_("Invited by"), Organisation.channel, rank=3, walk=_here),
        Column("name_ar", N_("Name (Arabic)"), Organisation.name_ar, listed=False),
        Column("from", N_("From"), load=_seat_facts, part=itemgetter(2), show=_partial, listed=False),
    ),
    _here,
    (
        Filter("un_entity", N_("UN entity"), _of_kind(OrganisationKind.UN_ENTITY)),
        Filter("government", N_("Government"), _of_kind(OrganisationKind.GOVERNMENT)),
        Filter("civil_society", N_("Civil society"), _of_kind(*CIVIL_SOCIETY)),
        Filter("seat", N_("With a seat"), _with_seat),
    ),
    default_sort="name",
    facets=(
        facets.by_choice("kind", N_("Kind"), Organisation.kind, OrganisationKind),
        facets.by_choice("channel", N_("Written to by"), Organisation.channel, Channel),
        facets.by_person(
            lambda key: Organisation.id.in_(select(Person.organisation_id).where(Person.id == key)),
        ),
        facets.by_undecided(Organisation),
    ),
)
