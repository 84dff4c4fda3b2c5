"""The order of lists whose parts come from several indexes, and the keys that lists are made of."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.services.founded import founded
from unnm_desktop.db import Decision, Meeting, Organisation, Person
from unnm_desktop.db.search_index import key_bits
from unnm_desktop.i18n import ENGLISH, language_for
from unnm_desktop.services import actions, records
from unnm_desktop.services.action_list import ACTIONS
from unnm_desktop.services.keys import Keys
from unnm_desktop.services.listing import Context
from unnm_desktop.services.organisations import ORGANISATIONS
from unnm_desktop.services.people_list import PEOPLE

ON = date(2026, 11, 21)


@given(st.lists(st.uuids(), unique=True, max_size=90), st.integers(-100, 100), st.integers(-100, 100))
def test_keys_are_the_list_they_were_made_of(ids: list[UUID], start: int, stop: int) -> None:
    keys = Keys.of_texts(one.hex for one in ids)
    assert list(keys) == ids
    assert list(keys[start:stop]) == ids[start:stop]
    assert list(keys[::-1]) == ids[::-1]
    # Asked for one by one, then so often that the places are written down.
    for _ in range(2):
        assert [keys.place_of(one) for one in ids] == list(range(len(ids)))
    assert UUID(int=0) in keys or keys.place_of(UUID(int=0)) == -1


@given(st.lists(st.uuids(), unique=True, max_size=90), st.sets(st.integers(0, 89)), st.integers(0, 20))
def test_keys_are_narrowed_in_their_order(ids: list[UUID], places: set[int], limit: int) -> None:
    ends = {key_bits(one.hex) for place, one in enumerate(ids) if place in places}
    wanted = [one for one in ids if key_bits(one.hex) in ends]
    keys = Keys.of_texts(one.hex for one in ids)
    assert list(keys.ending(ends)) == wanted
    assert list(keys.ending(ends, limit)) == wanted[:limit]


def test_what_lies_across_two_keys_is_neither() -> None:
    first, second = UUID(int=1 << 64), UUID(int=2 << 64)
    across = UUID(bytes=(first.bytes + second.bytes)[8:24])
    assert Keys(first.bytes + second.bytes).place_of(across) == -1
    assert Keys(first.bytes + second.bytes + across.bytes).place_of(across) == 2


def test_people_stand_by_their_organisation_and_those_without_one_at_the_end(session: Session) -> None:
    network = founded(session, "bahrain")
    context = Context(network.id, ENGLISH, ON)
    bodies = {
        name: records.create(session, Organisation, acronym=acronym, name_en=name)
        for name, acronym in (("Zebra", "aa"), ("Middle", ""), ("Alpha", "ZZ"))
    }
    people = {
        name: records.create(session, Person, name_en=name, organisation_id=body and bodies[body].id)
        for name, body in (("One", "Alpha"), ("Two", "Middle"), ("Three", "Zebra"), ("Four", None))
    }
    session.flush()
    names = {one.id: name for name, one in people.items()}

    def told(language: str, *, descending: bool, limit: int | None = None) -> list[str]:
        here = Context(network.id, language_for(language), ON)
        ids = PEOPLE.ids(session, here, sort="organisation", descending=descending, limit=limit)
        return [names[key] for key in ids if key in names]

    assert told("en", descending=False) == ["Three", "Two", "One", "Four"]
    assert told("en", descending=True) == ["One", "Two", "Three", "Four"]
    assert told("en", descending=True, limit=50) == ["One", "Two", "Three", "Four"]
    assert set(told("ar", descending=False)) == set(names.values())
    found = PEOPLE.ids(session, context, sort="organisation", narrowed={"organisation": bodies["Zebra"].id.hex})
    assert [names[key] for key in found] == ["Three"]


def test_organisations_without_an_acronym_come_last_by_name(session: Session) -> None:
    network = founded(session, "bahrain")
    context = Context(network.id, ENGLISH, ON)
    made = {
        name: records.create(session, Organisation, acronym=acronym, name_en=name)
        for name, acronym in (("Later", ""), ("Earlier", ""), ("Any", "zzz"))
    }
    session.flush()
    mine = {one.id: name for name, one in made.items()}
    for limit in (None, 1000):
        up = [mine[key] for key in ORGANISATIONS.ids(session, context, sort="acronym", limit=limit) if key in mine]
        assert up == ["Any", "Earlier", "Later"]
        down = ORGANISATIONS.ids(session, context, sort="acronym", descending=True, limit=limit)
        assert [mine[key] for key in down if key in mine] == ["Any", "Later", "Earlier"]


def test_an_action_point_stands_once_by_the_first_of_those_responsible(session: Session) -> None:
    network = founded(session, "bahrain")
    context = Context(network.id, ENGLISH, ON)
    one, two = (
        records.create(session, Organisation, acronym=acronym, name_en=acronym) for acronym in ("aardvark", "ZEBRA")
    )
    tasks = {name: actions.create_action(session, network.id, ON, task_en=name) for name in ("Both", "Last", "Nobody")}
    actions.set_responsible(session, tasks["Both"].id, [(two.id, None), (one.id, None)])
    actions.set_responsible(session, tasks["Last"].id, [(two.id, None)])
    session.flush()
    names = {task.id: name for name, task in tasks.items()}
    for limit in (None, 50):
        up = ACTIONS.ids(session, context, sort="responsible", limit=limit)
        assert [names[key] for key in up] == ["Both", "Last", "Nobody"]
        down = ACTIONS.ids(session, context, sort="responsible", descending=True, limit=limit)
        assert [names[key] for key in down] == ["Last", "Both", "Nobody"]
    # Given to somebody else: the former link is removed, and no longer orders.
    actions.set_responsible(session, tasks["Both"].id, [(two.id, None)])
    session.flush()
    assert {names[key] for key in list(ACTIONS.ids(session, context, sort="responsible"))[:2]} == {"Both", "Last"}


def test_people_stand_by_position_in_the_readers_language_and_those_without_one_at_the_end(session: Session) -> None:
    network = founded(session, "bahrain")
    positions = {
        "Both": ("officer", "مسؤول"),
        "English": ("Adviser", ""),
        "Arabic": ("", "باحث"),
        "Neither": ("", ""),
    }
    people = {
        records.create(session, Person, name_en=name, position_en=english, position_ar=arabic).id: name
        for name, (english, arabic) in positions.items()
    }
    session.flush()

    def told(language: str, *, descending: bool) -> list[str]:
        here = Context(network.id, language_for(language), ON)
        whole = PEOPLE.ids(session, here, sort="position", descending=descending)
        assert list(PEOPLE.ids(session, here, sort="position", descending=descending, limit=50)) == list(whole)
        return [people[key] for key in whole if key in people]

    assert told("en", descending=False) == ["English", "Both", "Arabic", "Neither"]
    assert told("en", descending=True) == ["Both", "English", "Arabic", "Neither"]
    assert told("ar", descending=False) == ["Arabic", "Both", "English", "Neither"]


def test_action_points_stand_by_what_gave_them_and_those_from_nowhere_by_day_at_the_end(session: Session) -> None:
    network = founded(session, "bahrain")
    context = Context(network.id, ENGLISH, ON)
    meeting = records.create(session, Meeting, network_id=network.id, reference="BHR/2026/M01", day=ON)
    of_it = {"network_id": network.id, "meeting_id": meeting.id, "decided_on": ON}
    first, second = (records.create(session, Decision, reference=f"BHR/2026/D0{n}", **of_it) for n in (1, 2))
    given = {
        "Of the second": {"decision_id": second.id, "meeting_id": meeting.id},
        "Of the first": {"decision_id": first.id},
        "Of the meeting": {"meeting_id": meeting.id},
        "Later": {"due": date(2027, 1, 1)},
        "Sooner": {"due": date(2026, 12, 1)},
    }
    tasks = {
        actions.create_action(session, network.id, ON, task_en=task, **values).id: task
        for task, values in given.items()
    }
    session.flush()
    for limit in (None, 50):
        up = ACTIONS.ids(session, context, sort="origin", limit=limit)
        assert [tasks[key] for key in up] == ["Of the first", "Of the second", "Of the meeting", "Sooner", "Later"]
        down = ACTIONS.ids(session, context, sort="origin", descending=True, limit=limit)
        assert [tasks[key] for key in down] == ["Of the second", "Of the first", "Of the meeting", "Later", "Sooner"]
