"""Who speaks for a seat and who holds an office, as at a day; numbers are given once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.services.founded import appoint, body, founded, meeting, person, seat_of
from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Network
from unnm_desktop.db.people import AppointmentRole, OfficeKind, Person
from unnm_desktop.db.workplans import Activity, Workplan
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import numbering, people, records, terms
from unnm_desktop.services.listing import Context
from unnm_desktop.services.people_list import PEOPLE

ON = date(2026, 11, 21)


@pytest.fixture
def bahrain(session: Session) -> Network:
    return founded(session, "bahrain", answers={"settings.reporting_chair": "IOM"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        # As telephones and letter programs hand numbers and addresses over.
        ("\u202a+973 1234 5678\u202c", "+973 1234 5678"),
        ("\ufeffamina@example.org", "amina@example.org"),
        ("Evil \u202egnp.exe", "Evil gnp.exe"),
        ("Left \u2067open", "Left open"),
        # These are meant, and go no further than they say.
        ("\u200fمنظمة \u2066(IOM)\u2069", "\u200fمنظمة \u2066(IOM)\u2069"),
        ("کتاب\u200cها 👩\u200d🔬", "کتاب\u200cها 👩\u200d🔬"),
    ],
)
def test_signs_that_turn_the_text_behind_them_round_are_left_out(session: Session, typed: str, kept: str) -> None:
    made = records.create(session, Person, name_en="Amina", phones=typed)
    assert made.phones == kept
    records.update(session, Person, made.id, name_en=f"Amina {typed}")
    assert records.get(session, Person, made.id).name_en == f"Amina {kept}"


def test_changing_a_focal_point_leaves_the_days_before_as_they_were(session: Session, bahrain: Network) -> None:
    iom = seat_of(session, bahrain, "IOM")
    amina, omar = person(session, "Amina Haddad"), person(session, "Omar Saleh")
    first = people.appoint(session, iom.id, amina.id)
    people.replace_focal_point(session, iom.id, omar.id, date(2026, 5, 1))
    assert first.end == "2026-04-30"
    assert people.holders_on(session, bahrain.id, date(2026, 4, 30))[iom.id].focal_point == amina
    assert people.holders_on(session, bahrain.id, date(2026, 5, 1))[iom.id].focal_point == omar
    assert [who for _, who in people.appointments_of(session, iom.id)] == [omar, amina]


def test_an_alternate_who_becomes_focal_point_is_alternate_no_more(session: Session, bahrain: Network) -> None:
    iom = seat_of(session, bahrain, "IOM")
    amina, omar = person(session, "Amina Haddad"), person(session, "Omar Saleh")
    people.appoint(session, iom.id, amina.id)
    people.appoint(session, iom.id, omar.id, AppointmentRole.ALTERNATE)
    people.replace_focal_point(session, iom.id, omar.id, date(2026, 5, 1))
    holders = people.holders_on(session, bahrain.id, date(2026, 5, 1))[iom.id]
    assert (holders.focal_point, holders.alternates) == (omar, ())
    assert people.holders_on(session, bahrain.id, date(2026, 4, 30))[iom.id].alternates == (omar,)


def test_a_successor_cannot_begin_before_the_present_one(session: Session, bahrain: Network) -> None:
    iom = seat_of(session, bahrain, "IOM")
    appoint(session, iom, start="2026-05-01")
    with pytest.raises(UserError, match="1 May 2026"):
        people.replace_focal_point(session, iom.id, person(session).id, date(2026, 5, 1))


def test_alternates_are_ranked_in_the_order_of_their_appointment(session: Session, bahrain: Network) -> None:
    iom = seat_of(session, bahrain, "IOM")
    names = ["Amina Haddad", "Omar Saleh", "Leila Karim"]
    made = [people.appoint(session, iom.id, person(session, name).id, AppointmentRole.ALTERNATE) for name in names]
    assert [one.rank for one in made] == [1, 2, 3]
    people.end(session, made[0].id, date(2026, 3, 31))
    holders = people.holders_on(session, bahrain.id, ON)[iom.id]
    assert [one.name_en for one in holders.alternates] == names[1:]
    assert people.holders_of(session, [iom.id], ON, bahrain.id)[iom.id] == holders


def test_offices_come_chair_first_and_hold_as_at_the_day(session: Session, bahrain: Network) -> None:
    held = people.offices_on(session, bahrain.id, ON)
    assert [one.office.kind for one in held][:2] == [OfficeKind.CO_CHAIR, OfficeKind.CO_CHAIR]
    assert people.offices_on(session, bahrain.id, date(2020, 8, 31)) == []


def test_the_person_behind_an_office_changes_from_a_day(session: Session, bahrain: Network) -> None:
    office = people.offices_on(session, bahrain.id, ON)[0].office
    amina, omar = person(session, "Amina Haddad"), person(session, "Omar Saleh")
    assert people.set_office_person(session, office.id, amina.id, date(2026, 1, 1)).id == office.id
    people.set_office_person(session, office.id, omar.id, date(2026, 6, 1))
    before, after = (people.offices_on(session, bahrain.id, date(2026, month, day)) for month, day in ((5, 31), (6, 1)))
    assert amina in [one.person for one in before]
    assert omar in [one.person for one in after]
    assert amina not in [one.person for one in after]
    assert len(before) == len(after)


@pytest.mark.parametrize(
    ("start", "end", "on", "expected"),
    [
        ("2026-03", "2026-03", date(2026, 3, 31), True),
        ("2026-03", "2026-03", date(2026, 4, 1), False),
        ("2024", "2024", date(2024, 12, 31), True),
        ("2024-02", "2024-02", date(2024, 2, 29), True),
        ("", "", date(2019, 12, 1), True),
        ("", "", date(2019, 11, 30), False),
        ("2026-03-05", "", date(2026, 3, 4), False),
    ],
)
def test_a_term_holds_alike_in_python_and_in_sql(
    session: Session, start: str, end: str, on: date, expected: bool
) -> None:
    network = founded(session, "kuwait")
    iom = seat_of(session, network, "IOM")
    appoint(session, iom, start=start, end=end)
    assert terms.holds(start, end, on, network.launched) is expected
    assert (iom.id in people.holders_on(session, network.id, on)) is expected


def test_people_are_listed_with_their_role_in_this_network(session: Session, bahrain: Network) -> None:
    kuwait = founded(session, "kuwait")
    iom_bahrain, iom_kuwait = seat_of(session, bahrain, "IOM"), seat_of(session, kuwait, "IOM")
    organisation = body(session, "IOM")
    names = ("Amina Haddad", "Omar Saleh", "Leila Karim")
    amina, omar, leila = (person(session, name, organisation_id=organisation.id) for name in names)
    people.appoint(session, iom_bahrain.id, amina.id, start="2026-02")
    people.appoint(session, iom_kuwait.id, omar.id)
    people.appoint(session, iom_bahrain.id, leila.id, AppointmentRole.ALTERNATE)
    chair = people.offices_on(session, bahrain.id, ON)[0].office
    people.set_office_person(session, chair.id, amina.id, ON)
    session.flush()
    context = Context(bahrain.id, Language("en"), ON)
    rows = PEOPLE.values(session, context, PEOPLE.ids(session, context), exported=True)
    assert [(row["name"], row["role"], row["organisation"]) for row in rows] == [
        ("Amina Haddad", "Focal point, Co-Chair", "IOM"),
        ("Leila Karim", "Alternate", "IOM"),
    ]
    assert rows[0]["from"] == "2026-02"
    assert len(PEOPLE.ids(session, context, choice="focal_points")) == 1
    assert len(PEOPLE.ids(session, context, choice="alternates")) == 1
    assert PEOPLE.ids(session, context, choice="no_seat") == []
    assert PEOPLE.rows(session, context, PEOPLE.ids(session, context))


def test_an_arabic_list_of_people_tells_their_level_in_the_words_of_the_terms_of_reference(
    session: Session, bahrain: Network
) -> None:
    organisation = body(session, "IOM")
    person(session, "Amina Haddad", organisation_id=organisation.id, level="Specialist")
    person(session, "Omar Saleh", organisation_id=organisation.id, level="A level of their own")
    session.flush()

    def levels(code: str) -> list[str]:
        context = Context(bahrain.id, Language(code), ON)
        rows = PEOPLE.rows(session, context, PEOPLE.ids(session, context))
        place = [column.name for column in PEOPLE.columns if column.listed].index("level")
        return [row[place].text for row in rows]

    assert levels("en") == ["Specialist", "A level of their own"]
    assert levels("ar") == ["أخصائي", "A level of their own"]


# Numbers


def test_references_count_on_and_are_never_used_again(session: Session, bahrain: Network) -> None:
    first = meeting(session, bahrain, ON, reference=numbering.next_reference(session, bahrain, "M", 2026))
    assert first.reference == "BHR/2026/M01"
    second = meeting(session, bahrain, ON, reference=numbering.next_reference(session, bahrain, "M", 2026))
    records.remove(session, Meeting, second.id)
    assert numbering.next_reference(session, bahrain, "M", 2026) == "BHR/2026/M03"
    assert numbering.next_reference(session, bahrain, "M", 2027) == "BHR/2027/M01"
    assert numbering.next_reference(session, bahrain, "D", 2026) == "BHR/2026/D01"
    assert numbering.printed(first.reference) == "UNNM/BHR/2026/M01"
    assert numbering.printed("") == ""


def test_references_grow_past_two_digits(session: Session, bahrain: Network) -> None:
    records.create(session, ActionPoint, network_id=bahrain.id, task_en="Write", reference="BHR/2026/A99")
    assert numbering.next_references(session, bahrain, "A", 2026, 2) == ["BHR/2026/A100", "BHR/2026/A101"]
    records.create(session, ActionPoint, network_id=bahrain.id, task_en="Write", reference="BHR/2026/A100")
    assert numbering.next_reference(session, bahrain, "A", 2026) == "BHR/2026/A101"


def test_a_pair_with_one_reference_is_listed_and_one_takes_the_next_number(session: Session, bahrain: Network) -> None:
    one, two = (meeting(session, bahrain, ON, reference="BHR/2026/M01") for _ in range(2))
    assert [set(pair.ids) for pair in numbering.duplicates(session, bahrain.id)] == [{one.id, two.id}]
    assert numbering.renumber(session, Meeting, two.id) == "BHR/2026/M02"
    assert numbering.duplicates(session, bahrain.id) == []
    with pytest.raises(UserError, match="so it stays"):
        numbering.renumber(session, Meeting, one.id)


def test_versions_of_a_workplan_share_the_references_of_their_activities(session: Session, bahrain: Network) -> None:
    for version in (1, 2):
        plan = records.create(session, Workplan, network_id=bahrain.id, year=2026, version=version)
        values = {"network_id": bahrain.id, "workplan_id": plan.id, "title_en": "Train"}
        records.create(session, Activity, reference="BHR/2026/W01", **values)
    assert numbering.duplicates(session, bahrain.id) == []
