"""Meetings: planned from the last, ready only when they are, numbered for good, attended as at their date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.services.meeting_fixtures import (
    ON,
    Small,
    appoint,
    at,
    body,
    office,
    seat,
    small_network,
)
from unnm_desktop.db.decisions import DecisionSubject, Stance
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.meetings import Capacity, Meeting, MeetingKind, MeetingState, Presence, Reply
from unnm_desktop.db.organisations import Category, Membership, OrganisationKind
from unnm_desktop.db.people import Appointment, AppointmentRole
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import ENGLISH
from unnm_desktop.services import decisions, meetings, minutes, ordinals, records
from unnm_desktop.services.listing import Context
from unnm_desktop.services.meetings import MEETINGS

LATER = ON + timedelta(days=60)


def held(session: Session, small: Small, day: date) -> Meeting:
    """A regular meeting that was held."""
    meeting = meetings.plan_next(session, small.id, day, day=day)
    return meetings.hold(session, meeting.id, day)


def check(session: Session, meeting: Meeting, name: str, on: date = ON) -> bool:
    """Whether one line of the readiness list is done."""
    return next(one.ok for one in meetings.readiness(session, meeting.id, on) if one.name == name)


def test_the_first_meeting_has_standing_items_members_and_a_working_day(session: Session) -> None:
    small = small_network(session)
    meeting = meetings.plan_next(session, small.id, ON)
    assert (meeting.reference, meeting.ordinal, meeting.day) == ("BHR/2026/M01", 1, date(2026, 3, 25))
    assert (meeting.title_en, meeting.title_ar) == ("1st regular meeting", "الاجتماع العادي الأول")
    items = meetings.agenda(session, meeting.id)
    assert [item.standing for item in items][:2] == ["adoption", "previous_minutes"]
    assert [item.position for item in items] == [1, 2, 3, 4, 5, 6, 7]
    assert all(item.title_en and item.title_ar for item in items)
    assert [one.organisation.acronym for one in meetings.invited(session, meeting.id)] == ["ILO", "IOM", "UNHCR"]


def test_a_meeting_with_another_number_is_called_so_unless_it_has_a_title_of_its_own(session: Session) -> None:
    small = small_network(session)
    meeting = meetings.plan_next(session, small.id, ON)
    meetings.change(session, meeting.id, ordinal=40)
    assert (meeting.title_en, meeting.title_ar) == ("40th regular meeting", "الاجتماع العادي الأربعون")
    meetings.change(session, meeting.id, title_en="Meeting at the port")
    meetings.change(session, meeting.id, kind=MeetingKind.AD_HOC)
    assert (meeting.title_en, meeting.title_ar) == ("Meeting at the port", "الاجتماع المخصص الأربعون")


def test_the_next_one_comes_on_the_same_weekday_within_the_rhythm(session: Session) -> None:
    small = small_network(session, "bahrain")
    last = held(session, small, ON)
    records.update(session, Meeting, last.id, ordinal=31, place_en="UN House", starts="09:30", ends="11:00")
    following = meetings.plan_next(session, small.id, ON)
    assert following.day == date(2026, 5, 6)
    assert following.day.weekday() == ON.weekday()
    assert (following.ordinal, following.place_en, following.starts) == (32, "UN House", "09:30")
    assert meetings.name_of(following, ENGLISH) == "32nd regular meeting"
    kuwait = small_network(session, "kuwait", ("UNDP",))
    held(session, kuwait, ON)
    assert meetings.next_day(session, kuwait.id, ON) == date(2026, 4, 8)
    assert meetings.next_day(session, kuwait.id, date(2026, 9, 20)) > date(2026, 9, 20)


def test_an_agreed_skip_adds_a_period(session: Session) -> None:
    small = small_network(session, "kuwait", ("IOM",))
    held(session, small, ON)
    skip = decisions.propose(session, small.id, ON, text_en="Skip April", subject=DecisionSubject.SKIP_MEETING)
    decisions.put_to_members(session, skip.id, ON)
    assert meetings.next_day(session, small.id, ON) == date(2026, 4, 8)
    decisions.take_position(session, skip.id, small.bodies["IOM"].id, Stance.AGREES, at())
    assert meetings.next_day(session, small.id, ON) == date(2026, 5, 6)


def test_a_highlighted_meeting_needs_both_its_co_chairs(session: Session) -> None:
    small = small_network(session, "kuwait")
    ministry = body(session, small, "MoFA", OrganisationKind.GOVERNMENT, "KWT")
    coordinator = body(session, small, "UNRC", holds_no_seat=True)
    seat(session, small, "MoFA", Category.INVITED)
    meeting = meetings.plan_next(session, small.id, ON, MeetingKind.HIGHLIGHTED, day=ON)
    assert "MoFA" in [one.organisation.acronym for one in meetings.invited(session, meeting.id)]
    meetings.send_invitations(session, meeting.id, ON)
    for missing, chair in ((["MoFA", "UNRC"], ministry), (["UNRC"], coordinator)):
        assert meetings.missing_chairs(session, meeting) == missing
        with pytest.raises(UserError, match="UNRC"):
            meetings.make_ready(session, meeting.id, ON)
        with pytest.raises(UserError):
            meetings.hold(session, meeting.id, ON)
        meetings.name_chair(session, meeting.id, chair.id)
    assert meetings.is_ready(session, meeting.id, ON)
    assert meetings.make_ready(session, meeting.id, ON).ready_on == ON
    meetings.unname_chair(session, meeting.id, ministry.id)
    assert not check(session, meeting, "chairs")


def test_the_readiness_list(session: Session) -> None:
    small = small_network(session, "kuwait")
    office(session, small, "IOM")
    before = held(session, small, ON - timedelta(days=28))
    meeting = meetings.plan_next(session, small.id, ON, day=ON + timedelta(days=7))
    names = [one.name for one in meetings.readiness(session, meeting.id, ON)]
    assert names == ["chairs", "agenda", "invitations", "previous_minutes", "guests", "agreement", "representatives"]
    assert check(session, meeting, "chairs")
    assert not check(session, meeting, "previous_minutes")
    version = minutes.open_minutes(session, before.id)
    minutes.write_entry(session, version.id, meetings.agenda(session, before.id)[0].id, text_en="x")
    minutes.circulate(session, version.id, at())
    assert check(session, meeting, "previous_minutes")
    assert not check(session, meeting, "invitations")
    assert meetings.send_invitations(session, meeting.id, ON) == 3
    assert meeting.state is MeetingState.INVITED
    meetings.reply(session, meetings.invited(session, meeting.id)[0].invitation.id, Reply.YES, ON)
    line = next(one for one in meetings.readiness(session, meeting.id, ON) if one.name == "invitations")
    assert (line.ok, line.said.told(ENGLISH)) == (True, "Invitations sent. Replies: 1 of 3.")
    # K-G1: a stakeholder of Kuwait needs the members' recorded agreement, the Government does not.
    body(session, small, "Union", OrganisationKind.WORKERS, "KWT")
    body(session, small, "PAM", OrganisationKind.GOVERNMENT, "KWT")
    meetings.invite(session, meeting.id, small.bodies["PAM"].id, sent_on=ON)
    assert check(session, meeting, "agreement")
    meetings.invite(session, meeting.id, small.bodies["Union"].id, sent_on=ON)
    assert not check(session, meeting, "agreement")
    meetings.invite(session, meeting.id, small.bodies["Union"].id, agreed_by="Decision KWT/2026/D01")
    assert meetings.make_ready(session, meeting.id, ON).ready_on == ON
    for item in meetings.agenda(session, meeting.id):
        meetings.remove_item(session, item.id)
    with pytest.raises(UserError, match="agenda is empty"):
        meetings.make_ready(session, meeting.id, ON)


def test_in_bahrain_a_guest_needs_an_invitation_and_no_agreement(session: Session) -> None:
    small = small_network(session, "bahrain")
    meeting = meetings.plan_next(session, small.id, ON, day=ON)
    press = body(session, small, "Press", OrganisationKind.MEDIA, "BHR")
    with pytest.raises(UserError):
        meetings.record_guest(session, meeting.id, organisation_id=press.id, person_name="Omar")
    meetings.invite(session, meeting.id, press.id)
    meetings.invite(session, meeting.id, press.id)
    assert len(meetings.invited(session, meeting.id)) == 4
    meetings.record_guest(session, meeting.id, organisation_id=press.id, person_name="Omar")
    meetings.record_guest(session, meeting.id, Capacity.SECRETARIAT, person_name="Lina")
    assert [guest.name for guest in meetings.guests(session, meeting.id)] == ["Omar", "Lina"]
    assert check(session, meeting, "agreement")
    assert check(session, meeting, "guests")
    invitation = next(one for one in meetings.invited(session, meeting.id) if one.organisation.id == press.id)
    meetings.withdraw_invitation(session, invitation.invitation.id)
    assert not check(session, meeting, "guests")
    assert "Press" not in [row.organisation.acronym for row in meetings.attendance_grid(session, meeting.id)]


def test_numbers_float_until_the_agenda_is_circulated_and_stay_afterwards(session: Session) -> None:
    small = small_network(session)
    meeting = meetings.plan_next(session, small.id, ON, day=LATER)
    records.update(session, Meeting, meeting.id, ordinal=31)
    health = meetings.add_item(session, meeting.id, title_en="Health")
    assert meetings.display_number(meeting, health) == "31/6"
    meetings.move_item(session, health.id, 2)
    assert meetings.display_number(meeting, health) == "31/2"
    sent = meetings.circulate_agenda(session, meeting.id, at())
    assert {one.addressee for one in sent} == {"IOM", "ILO", "UNHCR"}
    assert len(records.all_of(session, Dispatch, Dispatch.kind == DispatchKind.AGENDA)) == 3
    late = meetings.add_item(session, meeting.id, title_en="Late", position=3)
    later = meetings.add_item(session, meeting.id, title_en="Later", position=3)
    end = meetings.add_item(session, meeting.id, title_en="End", position=99)
    found = [meetings.item_number(item) for item in meetings.agenda(session, meeting.id)]
    assert found == ["1", "2", "2 ter", "2 bis", "3", "4", "5", "6", "7", "8", "9"]
    assert [late.number, later.number, end.number] == ["2 bis", "2 ter", "9"]
    meetings.move_item(session, health.id, 5)
    meetings.remove_item(session, late.id)
    assert meetings.display_number(meeting, health) == "31/2"
    assert [item.position for item in meetings.agenda(session, meeting.id)] == list(range(1, 11))


def test_meetings_without_an_ordinal_are_cited_by_their_reference(session: Session) -> None:
    small = small_network(session, "kuwait")
    meeting = meetings.plan_next(session, small.id, ON, MeetingKind.AD_HOC, day=LATER)
    assert meetings.display_number(meeting, meetings.agenda(session, meeting.id)[0]) == "M01/1"


def test_an_item_is_carried_over_by_a_link_with_its_reason(session: Session) -> None:
    small = small_network(session)
    first = meetings.plan_next(session, small.id, ON, day=ON)
    item = meetings.add_item(session, first.id, title_en="Health")
    silent = meetings.add_item(session, first.id, title_en="Not reached")
    version = minutes.open_minutes(session, first.id)
    minutes.write_entry(session, version.id, item.id, text_en="x")
    minutes.add_action_block(session, version.id, item.id, ON, task_en="Write")
    meetings.hold(session, first.id, ON)
    second = meetings.plan_next(session, small.id, ON, day=LATER)
    found = meetings.open_matters(session, small.id, ON, second)
    assert [(one.item.id, one.why) for one in found] == [
        (item.id, ("An action point from it is open",)),
        (silent.id, ("Nothing was written about it",)),
    ]
    with pytest.raises(Invalid):
        meetings.carry_over(session, item.id, second.id, " ")
    with pytest.raises(UserError):
        meetings.carry_over(session, item.id, first.id, "Again")
    again = meetings.carry_over(session, item.id, second.id, "Waiting for the ministry")
    assert meetings.carry_over(session, item.id, second.id, "Twice").id == again.id
    assert (again.carried_from_id, again.title_en, item.meeting_id) == (item.id, "Health", first.id)
    assert [one.item.id for one in meetings.open_matters(session, small.id, ON, second)] == [silent.id]


def test_a_pending_decision_keeps_its_item_open(session: Session) -> None:
    small = small_network(session)
    meeting = meetings.plan_next(session, small.id, ON, day=ON)
    item = meetings.add_item(session, meeting.id, title_en="Health")
    version = minutes.open_minutes(session, meeting.id)
    decision = minutes.add_decision_block(session, version.id, item.id, ON, text_en="x")
    meetings.hold(session, meeting.id, ON)
    assert [one.why for one in meetings.open_matters(session, small.id, ON)] == [
        ("Its decision has not been put to the members",)
    ]
    decisions.put_to_members(session, decision.id, ON)
    assert [one.why for one in meetings.open_matters(session, small.id, ON)] == [("Its decision is pending",)]
    decisions.hear(session, decision.id, [one.id for one in small.bodies.values()], at())
    assert meetings.open_matters(session, small.id, ON) == []


def test_a_postponed_meeting_keeps_its_number_and_needs_a_reason(session: Session) -> None:
    small = small_network(session)
    meeting = meetings.plan_next(session, small.id, ON, day=ON)
    for wrong, reason in ((LATER, ""), (ON, "Ramadan")):
        with pytest.raises(Invalid):
            meetings.postpone(session, meeting.id, wrong, reason)
    meetings.postpone(session, meeting.id, LATER, "Ramadan")
    assert (meeting.state, meeting.day, meeting.ordinal, meeting.reference) == (
        *(MeetingState.POSTPONED, LATER, 1),
        "BHR/2026/M01",
    )
    with pytest.raises(UserError):
        meetings.hold(session, meeting.id, ON)
    meetings.hold(session, meeting.id, LATER)
    for refused in (meetings.cancel, lambda *args: meetings.postpone(args[0], args[1], ON, args[2])):
        with pytest.raises(UserError):
            refused(session, meeting.id, "Too late")
    assert meetings.close(session, meeting.id).state is MeetingState.CLOSED
    with pytest.raises(UserError):
        meetings.add_item(session, meeting.id, title_en="x")
    other = meetings.plan_next(session, small.id, ON, day=LATER)
    with pytest.raises(Invalid):
        meetings.cancel(session, other.id, "")
    meetings.cancel(session, other.id, "No quorum")
    with pytest.raises(UserError):
        meetings.record_attendance(session, other.id, small.bodies["IOM"].id)


def test_attendance_is_read_as_at_the_meetings_date_and_never_rewritten(session: Session) -> None:
    small = small_network(session)
    sara = appoint(session, small, "IOM", "Sara")
    omar = appoint(session, small, "IOM", "Omar", AppointmentRole.ALTERNATE)
    body(session, small, "WHO")
    seat(session, small, "WHO", start="2026-04")
    body(session, small, "OHCHR")
    seat(session, small, "OHCHR", Category.OBSERVER)
    meeting = meetings.plan_next(session, small.id, ON, day=ON)
    iom = small.bodies["IOM"].id
    row = meetings.record_attendance(session, meeting.id, iom)
    assert (row.person_id, row.for_person_id) == (sara.id, None)
    again = meetings.record_attendance(session, meeting.id, iom, Capacity.ALTERNATE, arrived="10:20")
    assert (again.id, again.person_id, again.for_person_id) == (row.id, omar.id, sara.id)
    meetings.record_attendance(session, meeting.id, small.bodies["ILO"].id, Capacity.STAND_IN, person_name="Huda")
    meetings.record_attendance(session, meeting.id, small.bodies["UNHCR"].id, presence=Presence.APOLOGIES)
    with pytest.raises(UserError):
        meetings.record_attendance(session, meeting.id, small.bodies["WHO"].id)
    with pytest.raises(UserError):
        meetings.record_attendance(session, meeting.id, small.bodies["ILO"].id)

    def told() -> list[tuple[str, str, bool]]:
        grid = meetings.attendance_grid(session, meeting.id)
        return [(one.organisation.acronym, (one.person.name_en if one.person else ""), one.represented) for one in grid]

    before = told()
    assert before == [("ILO", "", True), ("IOM", "Omar", True), ("OHCHR", "", False), ("UNHCR", "", False)]
    for appointment in records.all_of(session, Appointment):
        records.update(session, Appointment, appointment.id, end="2026-01")
    appoint(session, small, "IOM", "Nadia", start="2026-03-12")
    assert told() == before
    records.update(session, Membership, small.seats["ILO"].id, end="2025")
    assert sorted(told()) == sorted(before)
    meetings.clear_attendance(session, meeting.id, iom)
    assert ("IOM", "", False) in told()


def test_the_rate_counts_meetings_held_while_the_seat_existed(session: Session) -> None:
    small = small_network(session)
    body(session, small, "WHO")
    seat(session, small, "WHO", start="2026-04")
    days = [date(2026, 1, 14), date(2026, 3, 11), date(2026, 5, 6)]
    made = [held(session, small, day) for day in days]
    planned = meetings.plan_next(session, small.id, LATER, day=date(2026, 7, 1))
    for meeting in made:
        meetings.record_attendance(session, meeting.id, small.bodies["IOM"].id, Capacity.STAND_IN, person_name="A")
    meetings.record_attendance(session, made[2].id, small.bodies["WHO"].id, Capacity.CHAIR, person_name="B")
    meetings.record_attendance(session, made[0].id, small.bodies["ILO"].id, presence=Presence.APOLOGIES)
    found = meetings.attendance_summary(session, [one.id for one in (*made, planned)])
    counts = {
        one.organisation.acronym: (one.meetings, one.present, one.apologies, one.absent) for one in found.values()
    }
    assert counts == {"ILO": (3, 0, 1, 2), "IOM": (3, 3, 0, 0), "UNHCR": (3, 0, 0, 3), "WHO": (1, 1, 0, 0)}
    assert found[small.bodies["WHO"].id].rate == 100


def test_the_list_groups_counts_and_costs_the_same_for_any_page(session: Session) -> None:
    small = small_network(session)
    days = [date(2025, 11, 5), date(2026, 1, 14), ON]
    made = [held(session, small, day) for day in days]
    ahead = meetings.plan_next(session, small.id, ON, day=LATER)
    meetings.record_attendance(session, made[0].id, small.bodies["IOM"].id, Capacity.STAND_IN, person_name="A")
    context = Context(small.id, ENGLISH, ON + timedelta(days=1))
    ids = MEETINGS.ids(session, context)
    assert ids == [ahead.id, *(one.id for one in reversed(made))]
    assert MEETINGS.group is not None
    assert MEETINGS.group(session, ids, context) == ["Upcoming", "This year", "This year", "2025"]
    # What was held this morning is not to come any more.
    the_day = Context(small.id, ENGLISH, ON)
    assert MEETINGS.group(session, ids, the_day) == ["Upcoming", "This year", "This year", "2025"]
    assert MEETINGS.ids(session, the_day, choice="upcoming") == [ahead.id]
    rows = MEETINGS.rows(session, context, ids)
    names = [column.name for column in MEETINGS.columns if column.listed]
    present, stage = names.index("present"), names.index("state")
    assert [row[present].text for row in rows] == ["", "0 of 3", "0 of 3", "1 of 3"]
    assert [row[stage].text for row in rows] == ["Planned", "Held", "Held", "Held"]
    counts = []
    for page in (ids[1:3], ids):
        said: list[object] = []

        def listen(*args: object, said: list[object] = said) -> None:
            said.append(args[2])

        session.expunge_all()
        event.listen(session.get_bind(), "before_cursor_execute", listen)
        MEETINGS.rows(session, context, page)
        event.remove(session.get_bind(), "before_cursor_execute", listen)
        counts.append(len(said))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (1, "1st", "الأول"),
        (11, "11th", "الحادي عشر"),
        (12, "12th", "الثاني عشر"),
        (22, "22nd", "الثاني والعشرون"),
        (30, "30th", "الثلاثون"),
        (31, "31st", "الحادي والثلاثون"),
        (103, "103rd", "103"),
        (112, "112th", "112"),
    ],
)
def test_ordinals(number: int, english: str, arabic: str) -> None:
    assert (ordinals.english(number), ordinals.arabic(number)) == (english, arabic)
