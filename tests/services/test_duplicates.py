"""Duplicates outside a merge: found by name, address or number, joined with chosen values, undone, taken apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui import secretariat
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import Kind
from unnm_desktop.db.people import Appointment, Person
from unnm_desktop.services import networks, organisations, people, records, undo
from unnm_desktop.services.handover import duplicates, joining
from unnm_desktop.services.handover.duplicates import Possible


@pytest.fixture
def office(database: Database) -> Iterator[Database]:
    """A network in which Farah Nasser is there twice, and two others share their telephone."""
    with database.write("Found") as session:
        secretariat.found(session)
        network = networks.all_networks(session)[0]
        seat = organisations.seats_on(session, network.id, secretariat.TODAY)[-1].membership
        twin = records.create(session, Person, name_en="NASSER Farah", phones="+973 1700 0001", note="Met in May")
        people.appoint(session, seat.id, twin.id, start="2026-01-01")
        records.create(session, Person, name_en="Desk One", phones="+973 1234 5678")
        records.create(session, Person, name_en="Desk Two", phones="0097312345678")
    return database


def found(database: Database) -> dict[frozenset[str], Possible]:
    """The pairs by what they are called."""
    with database.read() as session:
        return {frozenset(one.titles): one for one in duplicates.found_here(session)}


def person(database: Database, name: str) -> Person:
    """Somebody by name."""
    with database.read() as session:
        return records.all_of(session, Person, Person.name_en == name)[0]


FARAH = frozenset({"Farah Nasser", "NASSER Farah"})
DESKS = frozenset({"Desk One", "Desk Two"})


def test_pairs_are_alike_by_name_in_any_order_or_by_number(office: Database) -> None:
    pairs = found(office)
    assert pairs.keys() == {FARAH, DESKS}
    assert pairs[FARAH].field == "name_en"
    assert pairs[DESKS].field == "phones"


def test_two_that_are_not_the_same_are_offered_no_more_until_that_is_undone(office: Database) -> None:
    with office.write("Keep two records apart") as session:
        duplicates.keep_apart(session, found(office)[DESKS])
    assert found(office).keys() == {FARAH}
    take_back(office)
    assert found(office).keys() == {FARAH, DESKS}


def test_a_join_with_values_is_one_step_that_undo_and_redo_know(office: Database) -> None:
    pair = found(office)[FARAH]
    stays, twin = person(office, "Farah Nasser"), person(office, "NASSER Farah")
    with office.write(joining.LABEL) as session:
        joining.join_with(session, "person", twin.id, stays.id, {"note": "Met in May", "phones": twin.phones})
    assert joined(office) == (True, "Met in May", 2)
    take_back(office)
    assert joined(office) == (False, "", 1)
    assert found(office)[FARAH] == pair
    take_back(office, again=True)
    assert joined(office) == (True, "Met in May", 2)
    assert office.check() == []


def test_what_was_joined_is_listed_and_taken_apart_later(office: Database) -> None:
    stays, twin = person(office, "Farah Nasser"), person(office, "NASSER Farah")
    with office.write(joining.LABEL) as session:
        joining.join_with(session, "person", twin.id, stays.id, {})
    with office.write("Later") as session:
        records.update(session, Person, stays.id, note="Later work")
    with office.read() as session:
        (one,) = joining.all_joined(session)
        assert (one.loser, one.stays) == (twin.id, stays.id)
        assert joining.used(session, "person", stays.id) == 2
    with office.write(joining.SEPARATE_LABEL) as session:
        joining.separate(session, "person", twin.id)
    assert joined(office) == (False, "Later work", 1)
    with office.read() as session:
        assert joining.all_joined(session) == []


def joined(database: Database) -> tuple[bool, str, int]:
    """Whether the twin is out of sight; the note and the appointments of the one that stays."""
    stays, twin = person(database, "Farah Nasser"), None
    with database.read() as session:
        twin = records.all_of(session, Person, Person.name_en == "NASSER Farah")
        seats = records.all_of(session, Appointment, Appointment.person_id == stays.id)
        return not twin, stays.note, len(seats)


def take_back(database: Database, *, again: bool = False) -> None:
    """What Ctrl+Z does, or Ctrl+Shift+Z."""
    assert database.device is not None
    with database.read() as session:
        entry = (undo.next_redo if again else undo.next_undo)(session, database.device.id)
    assert entry is not None
    kind = Kind.REDO if again else Kind.UNDO
    with database.write(entry.label, kind=kind, undoes=entry.key) as session:
        undo.take_back(session, entry)
