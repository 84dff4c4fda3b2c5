"""What lists are narrowed by beside words and chips: a state, a body, a person, a meeting, a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select, true
from sqlalchemy.orm import Session

from unnm_desktop.db.base import Choice, Record
from unnm_desktop.db.journal import conflict_table
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Appointment, Person
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, periods, records, terms
from unnm_desktop.services.listing import Context, Facet, Listing, Option
from unnm_desktop.services.meeting_names import name_of
from unnm_desktop.services.undecided import undecided

MOST = 40
"""Options that are offered at once; others are found by typing."""


def by_choice(name: str, title: str, column: Any, choices: type[Choice]) -> Facet:
    """A state or kind."""

    def options(_session: Session, context: Context) -> list[Option]:
        return [(one.value, context.language.tr(one.label)) for one in choices]

    def clause(value: str, _context: Context) -> ColumnElement[bool]:
        return column == _chosen(choices, value)  # type: ignore[no-any-return]  # a column of the listed record

    return Facet(name, title, clause, options)


def by_undecided(entity: type[Record]) -> Facet:
    """What a merge left undecided on a record or on what is part of it; offered where there is any."""

    def options(session: Session, context: Context) -> list[Option]:
        some = session.scalar(select(exists().select_from(conflict_table)))
        return [("yes", context.language.tr(N_("Undecided")))] if some else []

    def clause(_value: str, _context: Context) -> ColumnElement[bool]:
        return entity.id.in_(undecided(entity.__tablename__))

    return Facet("undecided", N_("After a merge"), clause, options)


def by_language(column: Any) -> Facet:
    """The language something is written in."""

    def options(_session: Session, context: Context) -> list[Option]:
        return [("en", context.language.tr(N_("English"))), ("ar", context.language.tr(N_("Arabic")))]

    return Facet("language", N_("Language"), lambda value, _context: column == value, options)


def by_organisation(clause: Callable[[UUID], ColumnElement[bool]], title: str = N_("Organisation")) -> Facet:
    """An organisation; those with a seat are offered."""

    def options(session: Session, context: Context) -> list[Option]:
        seated = records.all_of(
            session,
            Organisation,
            Organisation.id.in_(
                select(Membership.organisation_id).where(
                    Membership.network_id == context.network_id,
                    Membership.removed_at.is_(None),
                    terms.holding(Membership, context.on, context.network_id),
                )
            ),
        )
        pairs = [(one.id.hex, one.acronym or context.language.pick(one, "name")) for one in seated]
        return sorted(pairs, key=lambda pair: pair[1].casefold())[:MOST]

    return Facet("organisation", title, _keyed(clause), options, "organisation", _named(Organisation, _body_name))


def by_person(clause: Callable[[UUID], ColumnElement[bool]], title: str = N_("Person")) -> Facet:
    """A person; those who speak for a seat are offered."""

    def options(session: Session, context: Context) -> list[Option]:
        speaking = select(Appointment.person_id).where(
            Appointment.removed_at.is_(None),
            Appointment.membership_id.in_(select(Membership.id).where(Membership.network_id == context.network_id)),
            terms.holding(Appointment, context.on, context.network_id),
        )
        found = records.all_of(session, Person, Person.id.in_(speaking))
        pairs = [(one.id.hex, context.language.pick(one, "name")) for one in found]
        return sorted(pairs, key=lambda pair: pair[1].casefold())[:MOST]

    return Facet("person", title, _keyed(clause), options, "person", _named(Person, _person_name))


def by_meeting(column: Any) -> Facet:
    """The meeting something comes from; the latest are offered."""

    def options(session: Session, context: Context) -> list[Option]:
        query = select(Meeting).where(Meeting.network_id == context.network_id, Meeting.removed_at.is_(None))
        latest = session.scalars(query.order_by(Meeting.day.desc(), Meeting.id).limit(MOST))
        return [(one.id.hex, _meeting_name(one, context)) for one in latest]

    return Facet(
        "meeting", N_("Meeting"), _keyed(lambda key: column == key), options, called=_named(Meeting, _meeting_name)
    )


def by_objective(column: Any) -> Facet:
    """The objective something serves."""

    def options(session: Session, context: Context) -> list[Option]:
        found = networks.objectives_on(session, context.network_id, context.on)
        return [(one.id.hex, _objective_name(one, context)) for one in found]

    clause = _keyed(lambda key: column == key)
    return Facet("objective", N_("Objective"), clause, options, called=_named(Objective, _objective_name))


def by_period(title: str, column: Any, name: str = "period") -> Facet:
    """The period in which a day lies."""

    def clause(value: str, context: Context) -> ColumnElement[bool]:
        start, end = periods.bounds(value, context.on)
        return and_(
            column.is_not(None),
            column >= start if start is not None else true(),
            column <= end if end is not None else true(),
        )

    def options(_session: Session, context: Context) -> list[Option]:
        return [(period, context.language.tr(words)) for period, words in periods.MOVING]

    def called(_session: Session, value: str, context: Context) -> str:
        return periods.told(value, context.language)

    return Facet(name, title, clause, options, "period", called)


def words_of(session: Session, listing: Listing, narrowed: Mapping[str, str], context: Context) -> dict[str, str]:
    """What is chosen, in words, by the facet's name; what is no longer there is left out."""
    found: dict[str, str] = {}
    for facet in listing.facets:
        value = narrowed.get(facet.name)
        if value is None:
            continue
        if facet.called is not None:
            words = facet.called(session, value, context)
        else:
            words = dict(facet.options(session, context)).get(value, "")
        if words:
            found[facet.name] = words
    return found


def read(session: Session, listing: Listing, given: Sequence[str], context: Context) -> dict[str, str]:
    """What the command line asks for, as ``name=value``; a body or a person may be given by acronym or name.

    Raises:
        UserError: the list cannot be narrowed so.

    """
    known = {facet.name: facet for facet in listing.facets}
    found: dict[str, str] = {}
    for one in given:
        name, _, value = one.partition("=")
        facet = known.get(name.strip())
        if facet is None:
            raise UserError(
                N_("“{name}” narrows nothing here. Choose one of: {known}."),
                name=name[:40],
                known=", ".join(sorted(known)),
            )
        options = facet.options(session, context)
        asked = value.strip()
        found[facet.name] = next((key for key, words in options if asked.casefold() == words.casefold()), asked)
        # A value nobody can use is refused now, not when the rows are read.
        facet.clause(found[facet.name], context)
    return found


def _chosen(choices: type[Choice], value: str) -> Choice:
    for one in choices:
        if one.value == value:
            return one
    raise UserError(
        N_("“{value}” is not among these: {known}."), value=value[:40], known=", ".join(one.value for one in choices)
    )


def _keyed(clause: Callable[[UUID], ColumnElement[bool]]) -> Callable[[str, Context], ColumnElement[bool]]:
    def of_key(value: str, _context: Context) -> ColumnElement[bool]:
        try:
            return clause(UUID(value))
        except ValueError as error:
            raise UserError(N_("Nothing is called “{value}”."), value=value[:40]) from error

    return of_key


def _named(entity: type[Record], told: Callable[[Any, Context], str]) -> Callable[[Session, str, Context], str]:
    def called(session: Session, value: str, context: Context) -> str:
        record = session.get(entity, UUID(value))
        return told(record, context) if record is not None else ""

    return called


def _body_name(one: Organisation, context: Context) -> str:
    return one.acronym or context.language.pick(one, "name")


def _person_name(one: Person, context: Context) -> str:
    return context.language.pick(one, "name")


def _meeting_name(one: Meeting, context: Context) -> str:
    day = context.language.day(one.day, short=True)
    return f"{name_of(one, context.language)} · {day}"


def _objective_name(one: Objective, context: Context) -> str:
    return f"{context.language.number(one.number)}. {context.language.pick(one, 'short')}"
