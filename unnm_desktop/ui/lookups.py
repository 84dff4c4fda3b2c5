"""Organisations, people and meetings found by typing, for the fields that point at them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.services import meetings, organisations, people_list, records
from unnm_desktop.services.listing import Context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk

Named = tuple[UUID, str]
MOST = 12


def organisation_name(desk: Desk, organisation: Organisation) -> str:
    """An organisation in a list: "IOM · International Organization for Migration", in the officer's language."""
    name = desk.language.pick(organisation, "name")
    if not organisation.acronym or organisation.acronym == name:
        return name
    return f"{organisation.acronym} · {name}"


def find_organisations(desk: Desk) -> Callable[[str], list[Named]]:
    """A finder over the organisations that this network can meet."""

    def read(session: Session, text: str) -> list[Named]:
        context = Context(desk.network_id, desk.language, desk.today())
        ids = organisations.ORGANISATIONS.ids(session, context, words=text, limit=MOST)
        # An acronym typed whole comes first, whatever else holds its letters.
        exact = organisations.find(session, text) if text else None
        found = records.by_id(session, Organisation, [*ids, exact.id if exact else None])
        order = ([exact.id] if exact else []) + [key for key in ids if exact is None or key != exact.id]
        return [(key, organisation_name(desk, found[key])) for key in order[:MOST] if key in found]

    return lambda text: desk.hub.read(read, text)


def find_people(desk: Desk) -> Callable[[str], list[Named]]:
    """A finder over the people of this network."""

    def read(session: Session, text: str) -> list[Named]:
        context = Context(desk.network_id, desk.language, desk.today())
        ids = people_list.PEOPLE.ids(session, context, words=text, limit=MOST)
        found = records.by_id(session, Person, ids)
        return [(key, desk.language.pick(found[key], "name")) for key in ids]

    return lambda text: desk.hub.read(read, text)


def meeting_line(desk: Desk, meeting: Meeting) -> str:
    """A meeting in a list: what it is called and its day."""
    return f"{meetings.name_of(meeting, desk.language)} · {desk.language.day(meeting.day, short=True)}"


def all_meetings(session: Session, network_id: UUID) -> list[Meeting]:
    """The meetings of a network, the latest first."""
    return records.all_of(session, Meeting, Meeting.network_id == network_id, order=(Meeting.day.desc(), Meeting.id))
