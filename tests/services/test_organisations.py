"""Organisations, their seats as at a day, who is heard, and the list of members."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.services.founded import START, appoint, body, founded, meeting, noon, person, seat, seat_of
from unnm_desktop.db.actions import ActionPoint, ActionResponsible, ActionStatus
from unnm_desktop.db.decisions import DecisionSubject, Stance
from unnm_desktop.db.meetings import Attendance, Capacity, MeetingState, Presence
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Category, Membership, Organisation, OrganisationKind
from unnm_desktop.db.people import AppointmentRole, OfficeKind
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import decisions, organisations, people, people_list, records, seating
from unnm_desktop.services.listing import Context
from unnm_desktop.services.organisations import MEMBERS, ORGANISATIONS

ON = date(2026, 11, 21)


@pytest.fixture
def kuwait(session: Session) -> Network:
    return founded(session, "kuwait")


@pytest.fixture
def bahrain(session: Session) -> Network:
    return founded(session, "bahrain")


def members(
    session: Session, network: Network, on: date = ON, code: str = "en", **asked: str
) -> list[dict[str, object]]:
    session.flush()
    context = Context(network.id, Language(code), on)
    return MEMBERS.values(session, context, MEMBERS.ids(session, context, **asked), exported=True)


def test_an_organisation_is_found_by_acronym_in_its_country_else_by_name(session: Session, kuwait: Network) -> None:
    founded(session, "bahrain")
    ministry = organisations.find(session, "mofa", "BHR")
    assert ministry is not None
    assert ministry.country == "BHR"
    assert organisations.find(session, "mofa") is None
    assert body(session, "world  bank".replace("  ", " ")).acronym == "World Bank"
    assert organisations.find(session, "المنظمه الدوليه للهجره") == body(session, "IOM")
    assert organisations.find(session, "moeal", "KWT") == organisations.find(session, "MoEA", "KWT")
    assert organisations.find(session, "  ") is None
    assert organisations.find(session, "100%") is None


def test_seats_hold_from_their_first_to_their_last_day(session: Session, bahrain: Network) -> None:
    seat(session, bahrain, "WHO", start="2026-03", end="2026-06")
    on = {
        day: "WHO" in [one.organisation.short for one in organisations.seats_on(session, bahrain.id, day)]
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 30), date(2026, 7, 1))
    }
    assert list(on.values()) == [False, True, True, False]


def test_a_seat_without_a_start_holds_since_the_launch(session: Session, bahrain: Network) -> None:
    assert organisations.seats_on(session, bahrain.id, date(2020, 8, 31)) == []
    assert len(organisations.seats_on(session, bahrain.id, date(2020, 9, 1))) == 2


def test_only_members_are_heard_never_government_guests_or_office_holders(session: Session, kuwait: Network) -> None:
    seat(session, kuwait, "WHO", category=Category.PARTICIPATING)
    seat(session, kuwait, "FAO", category=Category.OBSERVER)
    seat(session, kuwait, "UNRC")
    ministry = body(session, "MoSA", "KWT")
    records.create(session, Membership, network_id=kuwait.id, organisation_id=ministry.id)
    assert [one.short for one in organisations.consensus_set(session, kuwait.id, ON)] == ["IOM"]
    told = [str(one.says) for one in organisations.seat_problems(session, kuwait.id)]
    assert any("MoSA belongs to the Government" in text for text in told)
    assert any("UNRC can hold no seat" in text for text in told)


def test_a_member_that_left_is_still_heard_on_the_days_before(session: Session, bahrain: Network) -> None:
    records.update(session, Membership, seat_of(session, bahrain, "ILO").id, end="2026-05-31")
    assert len(organisations.consensus_set(session, bahrain.id, date(2026, 5, 31))) == 2
    assert len(organisations.consensus_set(session, bahrain.id, date(2026, 6, 1))) == 1


def test_two_terms_of_one_seat_that_overlap_are_shown(session: Session, bahrain: Network) -> None:
    assert organisations.seat_problems(session, bahrain.id) == []
    later = seat(session, bahrain, "IOM", start="2026-05")
    problem = organisations.seat_problems(session, bahrain.id)[0]
    assert problem.membership_id == later.id
    assert "overlap" in str(problem.says)


def test_two_focal_points_at_once_are_shown(session: Session, bahrain: Network) -> None:
    iom = seat_of(session, bahrain, "IOM")
    appoint(session, iom, end="2026-05-31")
    appoint(session, iom, start="2026-06-01")
    appoint(session, iom, role=AppointmentRole.ALTERNATE, rank=1)
    appoint(session, iom, role=AppointmentRole.ALTERNATE, rank=2)
    assert organisations.seat_problems(session, bahrain.id) == []
    appoint(session, iom, start="2026-08")
    assert "IOM: the term of" in str(organisations.seat_problems(session, bahrain.id)[0].says)


# Seats and chairs that a decision gives


def _adopted(session: Session, network: Network, subject: DecisionSubject) -> object:
    decision = decisions.propose(session, network.id, START, text_en="Agreed.", subject=subject)
    for position in decisions.put_to_members(session, decision.id, START):
        decisions.take_position(session, decision.id, position.organisation_id, Stance.AGREES, noon(START))
    return decision.id


def test_a_un_entity_takes_its_seat_and_the_government_none(session: Session, bahrain: Network) -> None:
    seating.give_seat(session, bahrain.id, body(session, "WHO").id, start="2026-02-01", on=ON)
    assert len(organisations.consensus_set(session, bahrain.id, ON)) == 3
    with pytest.raises(UserError, match="have no seat for LMRA"):
        seating.give_seat(session, bahrain.id, body(session, "LMRA", "BHR").id, on=ON)
    with pytest.raises(UserError, match="can hold no seat"):
        seating.give_seat(session, bahrain.id, body(session, "RCO").id, on=ON)
    with pytest.raises(UserError, match="already"):
        seating.give_seat(session, bahrain.id, body(session, "WHO").id, start="2026-02-01", on=ON)


def test_in_kuwait_a_stakeholder_becomes_a_member_only_by_a_decision(session: Session, kuwait: Network) -> None:
    ngo = records.create(session, Organisation, name_en="River Relief", kind=OrganisationKind.NGO, country="KWT")
    guest = seating.give_seat(session, kuwait.id, ngo.id, Category.OBSERVER, start="2026-01-01", on=ON)
    with pytest.raises(UserError, match="only by a decision"):
        seating.give_seat(session, kuwait.id, ngo.id, start="2026-03-01", on=ON)
    wrong = _adopted(session, kuwait, DecisionSubject.GENERAL)
    with pytest.raises(UserError, match="Membership"):
        seating.give_seat(session, kuwait.id, ngo.id, start="2026-03-01", decision_id=wrong, on=ON)
    right = _adopted(session, kuwait, DecisionSubject.MEMBERSHIP)
    seating.give_seat(session, kuwait.id, ngo.id, start="2026-03-01", decision_id=right, on=ON)
    assert guest.end == "2026-02-28"
    assert len(organisations.consensus_set(session, kuwait.id, ON)) == 2


def test_a_new_chair_needs_what_the_text_asks_for(session: Session, kuwait: Network, bahrain: Network) -> None:
    who = body(session, "WHO").id
    chair = people.offices_on(session, kuwait.id, ON)[0].office
    with pytest.raises(UserError, match="decision of the members"):
        seating.hand_over_office(session, kuwait.id, OfficeKind.CHAIR, who, date(2026, 6, 1), replaces=chair.id)
    seating.hand_over_office(
        session,
        kuwait.id,
        OfficeKind.CHAIR,
        who,
        date(2026, 6, 1),
        replaces=chair.id,
        decision_id=_adopted(session, kuwait, DecisionSubject.CHAIR),
    )
    assert chair.end == "2026-05-31"
    with pytest.raises(UserError, match="UNCT endorses"):
        seating.hand_over_office(session, bahrain.id, OfficeKind.CO_CHAIR, who, date(2026, 6, 1))
    seating.hand_over_office(
        session, bahrain.id, OfficeKind.CO_CHAIR, who, date(2026, 6, 1), endorsed_on=date(2026, 5, 1)
    )


# The list


def test_a_row_tells_people_type_meetings_and_open_actions(session: Session, bahrain: Network) -> None:
    iom = seat_of(session, bahrain, "IOM")
    appoint(session, iom)
    appoint(session, iom, role=AppointmentRole.ALTERNATE)
    seat(session, bahrain, "WHO", category=Category.PARTICIPATING)
    action = records.create(session, ActionPoint, network_id=bahrain.id, task_en="Write")
    records.create(session, ActionResponsible, action_id=action.id, organisation_id=body(session, "IOM").id)
    rows = {row["organisation"]: row for row in members(session, bahrain)}
    assert list(rows) == ["ILO", "IOM", "WHO"]
    assert (rows["IOM"]["focal_point"], rows["IOM"]["alternate"]) == ("Amina Haddad", "Amina Haddad")
    assert (rows["ILO"]["focal_point"], rows["ILO"]["alternate"]) == ("No focal point", "No alternate")
    assert (rows["WHO"]["focal_point"], rows["WHO"]["alternate"]) == ("", "")
    assert (rows["IOM"]["type"], rows["WHO"]["type"]) == (OfficeKind.CO_CHAIR, Category.PARTICIPATING)
    assert (rows["IOM"]["open_actions"], rows["ILO"]["open_actions"]) == (1, 0)
    assert rows["WHO"]["acronym"] == "WHO"


def test_no_alternate_is_asked_for_where_the_text_does_not(session: Session, kuwait: Network) -> None:
    assert {row["alternate"] for row in members(session, kuwait)} == {""}


def test_the_last_six_meetings_are_signs_oldest_first(session: Session, bahrain: Network) -> None:
    iom = body(session, "IOM")
    days = [date(2026, month, 10) for month in range(1, 9)]
    signs = (
        (Capacity.FOCAL_POINT, Presence.PRESENT),
        (Capacity.ALTERNATE, Presence.PRESENT),
        (Capacity.STAND_IN, Presence.PRESENT),
        (Capacity.FOCAL_POINT, Presence.APOLOGIES),
        (Capacity.FOCAL_POINT, Presence.ABSENT),
    )
    for day, (capacity, presence) in zip(days[2:7], signs, strict=True):
        held = meeting(session, bahrain, day)
        records.create(
            session, Attendance, meeting_id=held.id, organisation_id=iom.id, capacity=capacity, presence=presence
        )
    meeting(session, bahrain, days[0])
    meeting(session, bahrain, days[1])
    meeting(session, bahrain, days[7], state=MeetingState.PLANNED)
    rows = {row["organisation"]: row for row in members(session, bahrain)}
    assert rows["IOM"]["last_meetings"] == "×●◐◐○×"
    earlier = {row["organisation"]: row for row in members(session, bahrain, days[3])}
    assert earlier["IOM"]["last_meetings"] == "××●◐"


def test_a_seat_owes_no_meeting_before_it_began(session: Session, bahrain: Network) -> None:
    meeting(session, bahrain, date(2026, 2, 1))
    meeting(session, bahrain, date(2026, 4, 1))
    seat(session, bahrain, "WHO", start="2026-03-01")
    rows = {row["organisation"]: row for row in members(session, bahrain)}
    assert rows["WHO"]["last_meetings"] == "×"


def test_actions_are_counted_as_at_the_day(session: Session, bahrain: Network) -> None:
    iom = body(session, "IOM")
    for values in (
        {"given_on": date(2026, 6, 1)},
        {"given_on": date(2026, 1, 5), "status": ActionStatus.DONE, "done_on": date(2026, 3, 1)},
        {"status": ActionStatus.DROPPED, "dropped_reason": "Overtaken"},
    ):
        action = records.create(session, ActionPoint, network_id=bahrain.id, task_en="Write", **values)
        records.create(session, ActionResponsible, action_id=action.id, organisation_id=iom.id)
    counts = [
        {row["organisation"]: row for row in members(session, bahrain, day)}["IOM"]["open_actions"]
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 1))
    ]
    assert counts == [1, 0, 1]


def test_filters_and_search_find_bodies_and_their_people(session: Session, kuwait: Network) -> None:
    assert len(members(session, kuwait, choice="government")) == 8
    assert len(members(session, kuwait, choice="un_entity")) == 1
    assert members(session, kuwait, choice="civil_society") == []
    assert [row["organisation"] for row in members(session, kuwait, choice="no_alternate")] == ["IOM"]
    appoint(session, seat_of(session, kuwait, "IOM"), role=AppointmentRole.ALTERNATE)
    assert members(session, kuwait, choice="no_alternate") == []


def test_search_reads_the_index_of_bodies_and_people(database: object) -> None:
    from unnm_desktop.db.engine import Database  # the fixture's type, needed here only

    assert isinstance(database, Database)
    with database.write("Set up") as session:
        network = founded(session, "kuwait")
        appoint(session, seat_of(session, network, "IOM"))
    with database.read() as session:
        assert [row["organisation"] for row in members(session, network, words="haddad")] == ["IOM"]
        assert [row["organisation"] for row in members(session, network, words="manpower")] == ["PAM"]
        assert [row["organisation"] for row in members(session, network, words="للهجرة", code="ar")]
        context = Context(network.id, Language("en"), ON)
        assert len(people_list.PEOPLE.ids(session, context, words="amina")) == 1


def test_arabic_readers_see_arabic_names(session: Session, bahrain: Network) -> None:
    rows = members(session, bahrain, code="ar")
    assert {row["organisation"] for row in rows} == {"المنظمة الدولية للهجرة", "منظمة العمل الدولية"}


def test_the_list_takes_the_same_statements_for_many_seats(session: Session, bahrain: Network) -> None:
    def count() -> int:
        statements = []

        def note(*_: object) -> None:
            statements.append(1)

        engine = session.get_bind()
        event.listen(engine, "after_cursor_execute", note)
        members(session, bahrain)
        event.remove(engine, "after_cursor_execute", note)
        return len(statements)

    few = count()
    for name in ("WHO", "UNDP", "UNHCR", "UNICEF", "FAO", "WFP"):
        appoint(session, seat(session, bahrain, name))
    session.flush()
    assert count() == few
    assert few <= 20


def test_organisations_of_the_country_and_the_system_are_listed_with_their_seat(
    session: Session, kuwait: Network
) -> None:
    founded(session, "bahrain")
    context = Context(kuwait.id, Language("en"), ON)
    rows = ORGANISATIONS.values(session, context, ORGANISATIONS.ids(session, context), exported=True)
    acronyms = [row["acronym"] for row in rows]
    assert "PAM" in acronyms
    assert "LMRA" not in acronyms
    assert {row["acronym"]: row["category"] for row in rows}["IOM"] is Category.MEMBER
    assert len(ORGANISATIONS.ids(session, context, choice="seat")) == 1
    assert ORGANISATIONS.rows(session, context, ORGANISATIONS.ids(session, context))


def test_a_person_without_a_body_is_no_trouble(session: Session, bahrain: Network) -> None:
    person(session, "Nobody Known")
    context = Context(bahrain.id, Language("en"), ON)
    assert len(people_list.PEOPLE.ids(session, context)) == 1
