"""Each duty of the terms of reference is met, due, late or not required, for any day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.services.founded import START, appoint, body, fill_offices, founded, meeting, noon, person, seat, seat_of
from unnm_desktop.db.decisions import Decision, DecisionSubject, Stance
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.issued import Report, ReportState
from unnm_desktop.db.meetings import Attendance, Capacity, MeetingKind, MeetingState, Presence
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Category
from unnm_desktop.db.people import AppointmentRole, Office, OfficeKind
from unnm_desktop.db.tor_text import TorReview
from unnm_desktop.db.workplans import Workplan, WorkplanState
from unnm_desktop.i18n import Language
from unnm_desktop.services import compliance, decisions, networks, people, records, tor_versions
from unnm_desktop.services.compliance import DUTIES, DutyStatus
from unnm_desktop.services.duty_papers import deadline_after
from unnm_desktop.services.duty_status import Evidence


@pytest.fixture
def kuwait(session: Session) -> Network:
    return founded(session, "kuwait")


@pytest.fixture
def bahrain(session: Session) -> Network:
    return founded(session, "bahrain", answers={"tor.approved": "2025-09-14", "settings.reporting_chair": "IOM"})


def judged(session: Session, network: Network, duty: str, on: date) -> DutyStatus:
    session.flush()
    return next(one for one in compliance.duties(session, network.id, on) if one.duty == duty)


def stands(session: Session, network: Network, duty: str, on: date) -> tuple[str, date | None]:
    found = judged(session, network, duty, on)
    return found.state, found.due


# The page


def test_every_duty_has_one_row_in_order(session: Session, bahrain: Network) -> None:
    rows = compliance.duties(session, bahrain.id, START)
    assert tuple(row.duty for row in rows) == DUTIES
    assert set(compliance.TITLES) == set(DUTIES)


def test_kuwait_is_not_asked_for_what_its_text_does_not_say(session: Session, kuwait: Network) -> None:
    rows = compliance.duties(session, kuwait.id, date(2028, 6, 1))
    assert {row.duty for row in rows if row.state == "not_required"} == {
        *("workplan", "workplan_shared", "progress_report", "tor_review", "requests"),
        *("focal_points", "alternates", "guest_speakers"),
    }
    assert all(row.due is None and row.clause == "" for row in rows if row.state == "not_required")


def test_bahrain_is_only_not_asked_for_highlighted_meetings(session: Session, bahrain: Network) -> None:
    rows = compliance.duties(session, bahrain.id, date(2028, 6, 1))
    assert {row.duty for row in rows if row.state == "not_required"} == {"highlighted_meetings"}
    assert all(row.clause for row in rows if row.state != "not_required")


def test_every_row_says_one_sentence_in_both_languages(session: Session, bahrain: Network, kuwait: Network) -> None:
    for network in (bahrain, kuwait):
        for on in (START, date(2026, 3, 1), date(2028, 6, 1)):
            for row in compliance.duties(session, network.id, on):
                for language in (Language("en"), Language("ar")):
                    says = language.tr(row.says.text, **row.says.values)
                    assert says.strip()
                    assert "{" not in says


def test_no_day_before_the_records_is_judged(session: Session, bahrain: Network) -> None:
    rows = compliance.duties(session, bahrain.id, START - timedelta(days=1))
    assert {row.state for row in rows} == {"not_required"}
    assert "1 January 2026" in str(rows[0].says)


def test_nothing_is_asked_for_once_the_text_is_terminated(session: Session, bahrain: Network) -> None:
    tor = networks.tor_on(session, bahrain.id, START)
    assert tor is not None
    tor_versions.terminate(session, tor.id, date(2026, 6, 30))
    assert {row.state for row in compliance.duties(session, bahrain.id, date(2026, 7, 1))} == {"not_required"}
    assert judged(session, bahrain, "requests", date(2026, 6, 30)).state == "met"


def test_a_duty_that_a_new_version_brings_is_judged_from_its_first_day(session: Session, kuwait: Network) -> None:
    draft = tor_versions.new_draft(session, kuwait.id, START)
    rules = networks.copy_of(draft.rules)
    rules["members"]["focal_point"] = True
    draft.rules = rules
    tor_versions.put_in_effect(session, draft.id, date(2026, 7, 1))
    assert stands(session, kuwait, "focal_points", date(2026, 6, 30)) == ("not_required", None)
    assert stands(session, kuwait, "focal_points", date(2026, 7, 31)) == ("due", date(2026, 7, 31))
    assert stands(session, kuwait, "focal_points", date(2026, 8, 1)) == ("late", date(2026, 7, 31))


def test_the_statements_do_not_grow_with_the_members(session: Session, bahrain: Network) -> None:
    def count() -> int:
        statements = []

        def note(*_: object) -> None:
            statements.append(1)

        engine = session.get_bind()
        event.listen(engine, "after_cursor_execute", note)
        compliance.duties(session, bahrain.id, date(2026, 6, 1))
        event.remove(engine, "after_cursor_execute", note)
        return len(statements)

    appoint(session, seat_of(session, bahrain, "IOM"))
    _pending(session, bahrain, date(2026, 2, 1))
    session.flush()
    few = count()
    for name in ("WHO", "UNDP", "UNHCR", "UNICEF", "FAO", "WFP", "UNESCO"):
        where = seat(session, bahrain, name)
        appoint(session, where)
        appoint(session, where, role=AppointmentRole.ALTERNATE)
    for day in range(1, 6):
        _pending(session, bahrain, date(2026, 3, day))
        meeting(session, bahrain, date(2026, 4, day))
    session.flush()
    assert count() == few
    assert few <= 30


# Meetings


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 2, 20), "met"),
        (date(2026, 3, 1), "met"),
        (date(2026, 3, 2), "due"),  # exactly seven days before
        (date(2026, 3, 9), "due"),
        (date(2026, 3, 10), "late"),
    ],
)
def test_a_meeting_is_due_a_month_after_the_last_one_held(
    session: Session, kuwait: Network, on: date, state: str
) -> None:
    meeting(session, kuwait, date(2026, 2, 9), reference="KWT/2026/M01")
    found = judged(session, kuwait, "meeting_cadence", on)
    assert (found.state, found.due, found.clause) == (state, date(2026, 3, 9), "K-F1")
    assert [one.text for one in found.evidence] == ["KWT/2026/M01"]


def test_months_are_clamped_to_their_end(session: Session, kuwait: Network) -> None:
    meeting(session, kuwait, date(2026, 1, 31))
    assert stands(session, kuwait, "meeting_cadence", date(2026, 2, 28)) == ("due", date(2026, 2, 28))
    meeting(session, kuwait, date(2028, 1, 31))
    assert stands(session, kuwait, "meeting_cadence", date(2028, 2, 29)) == ("due", date(2028, 2, 29))
    assert stands(session, kuwait, "meeting_cadence", date(2028, 3, 1)) == ("late", date(2028, 2, 29))


def test_without_a_meeting_the_cadence_counts_from_the_records(session: Session, bahrain: Network) -> None:
    assert stands(session, bahrain, "meeting_cadence", START) == ("met", date(2026, 3, 1))
    assert stands(session, bahrain, "meeting_cadence", date(2026, 3, 2)) == ("late", date(2026, 3, 1))


def test_what_fell_due_before_the_records_is_not_judged(session: Session, kuwait: Network) -> None:
    meeting(session, kuwait, date(2025, 9, 1))
    assert stands(session, kuwait, "meeting_cadence", START) == ("met", date(2026, 2, 1))
    meeting(session, kuwait, date(2025, 12, 20))
    assert stands(session, kuwait, "meeting_cadence", START) == ("met", date(2026, 1, 20))


def test_only_regular_and_highlighted_meetings_that_were_held_count(session: Session, kuwait: Network) -> None:
    meeting(session, kuwait, date(2026, 2, 1), kind=MeetingKind.AD_HOC)
    meeting(session, kuwait, date(2026, 2, 2), state=MeetingState.CANCELLED, reason="Storm")
    meeting(session, kuwait, date(2026, 2, 3), state=MeetingState.PLANNED)
    assert judged(session, kuwait, "meeting_cadence", date(2026, 2, 4)).due == date(2026, 2, 1)
    meeting(session, kuwait, date(2026, 2, 3), kind=MeetingKind.HIGHLIGHTED, state=MeetingState.CLOSED)
    assert judged(session, kuwait, "meeting_cadence", date(2026, 2, 4)).due == date(2026, 3, 3)


def test_a_meeting_held_later_is_not_yet_held(session: Session, kuwait: Network) -> None:
    meeting(session, kuwait, date(2026, 1, 10))
    meeting(session, kuwait, date(2026, 3, 10))
    assert stands(session, kuwait, "meeting_cadence", date(2026, 3, 9)) == ("late", date(2026, 2, 10))
    assert stands(session, kuwait, "meeting_cadence", date(2026, 3, 10)) == ("met", date(2026, 4, 10))


def test_a_decision_to_skip_adds_one_period(session: Session, kuwait: Network) -> None:
    meeting(session, kuwait, date(2026, 6, 10))
    skip = decisions.propose(
        session, kuwait.id, date(2026, 6, 10), text_en="No meeting in July.", subject=DecisionSubject.SKIP_MEETING
    )
    decisions.put_to_members(session, skip.id, date(2026, 6, 10))
    assert judged(session, kuwait, "meeting_cadence", date(2026, 7, 1)).due == date(2026, 7, 10)
    _hear_all(session, skip, date(2026, 6, 10))
    found = judged(session, kuwait, "meeting_cadence", date(2026, 7, 20))
    assert (found.state, found.due) == ("met", date(2026, 8, 10))
    assert skip.reference in [one.text for one in found.evidence]
    meeting(session, kuwait, date(2026, 8, 5))
    assert judged(session, kuwait, "meeting_cadence", date(2026, 8, 6)).due == date(2026, 9, 5)


def test_a_decision_to_skip_moves_no_meeting_but_the_next(session: Session, kuwait: Network) -> None:
    seat(session, kuwait, "WHO")
    meeting(session, kuwait, date(2026, 6, 10))
    skip = decisions.propose(
        session, kuwait.id, date(2026, 6, 20), text_en="No meeting in July.", subject=DecisionSubject.SKIP_MEETING
    )
    decisions.put_to_members(session, skip.id, date(2026, 6, 20))
    # WHO stays not reached, which in Kuwait keeps nothing pending.
    decisions.take_position(session, skip.id, body(session, "IOM").id, Stance.AGREES, noon(date(2026, 6, 20)))
    assert judged(session, kuwait, "meeting_cadence", date(2026, 7, 1)).due == date(2026, 8, 10)
    meeting(session, kuwait, date(2026, 8, 5))
    assert judged(session, kuwait, "meeting_cadence", date(2026, 8, 6)).due == date(2026, 9, 5)


def test_highlighted_meetings_are_counted_in_the_calendar_year_and_never_late(
    session: Session, kuwait: Network
) -> None:
    assert stands(session, kuwait, "highlighted_meetings", date(2026, 12, 31)) == ("due", None)
    kind = MeetingKind.HIGHLIGHTED
    meeting(session, kuwait, date(2026, 4, 1), kind=kind)
    meeting(session, kuwait, date(2026, 5, 1), kind=kind, state=MeetingState.CANCELLED, reason="Moved")
    meeting(session, kuwait, date(2027, 1, 1), kind=kind, state=MeetingState.PLANNED)
    assert judged(session, kuwait, "highlighted_meetings", date(2026, 6, 1)).state == "due"
    meeting(session, kuwait, date(2026, 12, 1), kind=kind, state=MeetingState.PLANNED)
    found = judged(session, kuwait, "highlighted_meetings", date(2026, 6, 1))
    assert (found.state, len(found.evidence)) == ("met", 2)
    assert "the network's own setting is 2 a year" in str(found.says)
    # Planned, but its day went by without being held.
    assert judged(session, kuwait, "highlighted_meetings", date(2026, 12, 2)).state == "due"


def test_a_guest_speaker_is_heard_within_six_months(session: Session, bahrain: Network) -> None:
    assert stands(session, bahrain, "guest_speakers", date(2026, 5, 1)) == ("due", None)
    held = meeting(session, bahrain, date(2026, 2, 28), reference="BHR/2026/M01")
    speaker = {"meeting_id": held.id, "person_name": "Salma Jaber"}
    absent = records.create(
        session, Attendance, **speaker, capacity=Capacity.GUEST_SPEAKER, presence=Presence.APOLOGIES
    )
    records.create(session, Attendance, **speaker, capacity=Capacity.GUEST)
    assert judged(session, bahrain, "guest_speakers", date(2026, 5, 1)).state == "due"
    records.update(session, Attendance, absent.id, presence=Presence.PRESENT)
    assert judged(session, bahrain, "guest_speakers", date(2026, 2, 27)).state == "due"
    assert stands(session, bahrain, "guest_speakers", date(2026, 2, 28)) == ("met", date(2026, 8, 28))
    found = judged(session, bahrain, "guest_speakers", date(2026, 8, 28))
    assert (found.state, [one.text for one in found.evidence]) == ("met", ["BHR/2026/M01"])
    assert stands(session, bahrain, "guest_speakers", date(2026, 8, 29)) == ("due", None)


def test_a_day_that_proves_a_duty_is_written_as_its_reader_writes_days(session: Session, bahrain: Network) -> None:
    day = date(2025, 12, 15)
    proof = Evidence("UNCT 2025-12-15", "dispatch", bahrain.id, "UNCT", day)
    assert (proof.text, proof.told(Language())) == ("UNCT 2025-12-15", "UNCT: 15 Dec 2025")
    assert proof.told(Language("ar")) == "UNCT: 15 ديسمبر 2025"


def test_its_settings_are_counted_as_each_language_counts(session: Session, bahrain: Network) -> None:
    late = judged(session, bahrain, "chairs", START + timedelta(days=31)).says
    assert str(late).endswith("the network's own setting is 30 days.")
    assert late.told(Language("ar")).endswith("والمهلة في إعدادات الشبكة 30 يوماً.")
    speakers = judged(session, bahrain, "guest_speakers", date(2026, 5, 1)).says
    assert str(speakers).endswith("one in 6 months.")
    assert speakers.told(Language("ar")).endswith("متحدث كل 6 أشهر.")


# Chairs and seats


def test_an_office_without_a_person_is_vacant_for_thirty_days_and_then_late(session: Session, bahrain: Network) -> None:
    assert stands(session, bahrain, "chairs", START + timedelta(days=30)) == ("due", START + timedelta(days=30))
    found = judged(session, bahrain, "chairs", START + timedelta(days=31))
    assert found.state == "late"
    assert "Co-Chair" in str(found.says)
    assert "Further offices late: 3 (Coordinator, Secretariat, Reporting chair)" in str(found.says)
    fill_offices(session, bahrain)
    found = judged(session, bahrain, "chairs", START + timedelta(days=31))
    assert (found.state, len(found.evidence)) == ("met", 5)


def test_both_co_chairs_are_needed(session: Session, bahrain: Network) -> None:
    fill_offices(session, bahrain)
    ilo = body(session, "ILO").id
    office = records.first_of(session, Office, Office.organisation_id == ilo, Office.kind == OfficeKind.CO_CHAIR)
    assert office is not None
    records.update(session, Office, office.id, end="2026-03-31")
    assert judged(session, bahrain, "chairs", date(2026, 3, 31)).state == "met"
    assert stands(session, bahrain, "chairs", date(2026, 5, 1)) == ("due", date(2026, 5, 1))
    assert stands(session, bahrain, "chairs", date(2026, 5, 2)) == ("late", date(2026, 5, 1))
    records.create(
        session,
        Office,
        network_id=bahrain.id,
        kind=OfficeKind.CO_CHAIR,
        organisation_id=body(session, "WHO").id,
        person_id=person(session).id,
        start="2026-05",
    )
    assert judged(session, bahrain, "chairs", date(2026, 5, 2)).state == "met"
    # A term that starts on 1 May does not fill the place for 30 April.
    assert judged(session, bahrain, "chairs", date(2026, 4, 30)).state == "due"


def test_a_reporting_chair_that_was_never_designated_is_missed(session: Session) -> None:
    network = founded(session, "bahrain")
    fill_offices(session, network)
    assert "Reporting chair" in str(judged(session, network, "chairs", START).says)


def test_focal_points_and_alternates_are_asked_of_every_member(session: Session, bahrain: Network) -> None:
    iom, ilo = seat_of(session, bahrain, "IOM"), seat_of(session, bahrain, "ILO")
    for where in (iom, ilo):
        appoint(session, where)
    appoint(session, iom, role=AppointmentRole.ALTERNATE)
    assert judged(session, bahrain, "focal_points", START).state == "met"
    assert stands(session, bahrain, "alternates", START + timedelta(days=30)) == ("due", date(2026, 1, 31))
    found = judged(session, bahrain, "alternates", START + timedelta(days=31))
    assert (found.state, [one.text for one in found.evidence]) == ("late", ["ILO"])
    assert str(found.says).startswith("ILO: no alternate")
    appoint(session, ilo, role=AppointmentRole.ALTERNATE, start="2026-02-10")
    assert judged(session, bahrain, "alternates", date(2026, 2, 9)).state == "late"
    assert judged(session, bahrain, "alternates", date(2026, 2, 10)).state == "met"


def test_a_new_seat_has_thirty_days_to_name_its_focal_point(session: Session, bahrain: Network) -> None:
    for name in ("IOM", "ILO"):
        appoint(session, seat_of(session, bahrain, name))
    seat(session, bahrain, "WHO", start="2026-06-01")
    assert judged(session, bahrain, "focal_points", date(2026, 5, 31)).state == "met"
    assert stands(session, bahrain, "focal_points", date(2026, 7, 1)) == ("due", date(2026, 7, 1))
    assert stands(session, bahrain, "focal_points", date(2026, 7, 2)) == ("late", date(2026, 7, 1))


def test_a_focal_point_who_left_leaves_a_vacancy_that_ages(session: Session, bahrain: Network) -> None:
    iom = seat_of(session, bahrain, "IOM")
    appoint(session, seat_of(session, bahrain, "ILO"))
    appoint(session, iom, end="2026-04")
    assert judged(session, bahrain, "focal_points", date(2026, 4, 30)).state == "met"
    assert stands(session, bahrain, "focal_points", date(2026, 5, 31)) == ("due", date(2026, 5, 31))
    assert judged(session, bahrain, "focal_points", date(2026, 6, 1)).state == "late"


def test_of_several_late_seats_the_oldest_is_given_and_the_others_counted(session: Session, bahrain: Network) -> None:
    appoint(session, seat_of(session, bahrain, "IOM"), end="2026-02-10")
    appoint(session, seat_of(session, bahrain, "ILO"), end="2026-01-10")
    found = judged(session, bahrain, "focal_points", date(2026, 6, 1))
    assert (found.state, found.due) == ("late", date(2026, 2, 10))
    assert str(found.says).startswith("ILO: no focal point, counted from 11 January 2026")
    assert "Further members late: 1 (IOM)" in str(found.says)


def test_participating_entities_and_invitees_need_no_focal_point(session: Session, bahrain: Network) -> None:
    for name in ("IOM", "ILO"):
        appoint(session, seat_of(session, bahrain, name))
    seat(session, bahrain, "WHO", category=Category.PARTICIPATING)
    seat(session, bahrain, "FAO", category=Category.INVITED)
    assert judged(session, bahrain, "focal_points", date(2026, 6, 1)).state == "met"


def test_a_successor_from_the_next_day_leaves_no_gap(session: Session, bahrain: Network) -> None:
    iom = seat_of(session, bahrain, "IOM")
    appoint(session, iom)
    appoint(session, seat_of(session, bahrain, "ILO"))
    people.replace_focal_point(session, iom.id, person(session, "Omar Saleh").id, date(2026, 5, 1))
    for day in (date(2026, 4, 30), date(2026, 5, 1)):
        assert judged(session, bahrain, "focal_points", day).state == "met"


# Consensus


def _pending(session: Session, network: Network, day: date) -> Decision:
    decision = decisions.propose(session, network.id, day, text_en="Go on.")
    decisions.put_to_members(session, decision.id, day)
    return decision


def _hear_all(session: Session, decision: Decision, day: date) -> None:
    for position in decisions.positions(session, decision.id):
        decisions.take_position(session, decision.id, position.organisation_id, Stance.AGREES, noon(day))


def test_a_decision_may_be_pending_for_thirty_days(session: Session, bahrain: Network) -> None:
    assert stands(session, bahrain, "consensus", date(2026, 2, 1)) == ("met", None)
    decision = _pending(session, bahrain, date(2026, 2, 1))
    assert judged(session, bahrain, "consensus", date(2026, 1, 31)).state == "met"
    found = judged(session, bahrain, "consensus", date(2026, 3, 3))
    assert (found.state, found.due, found.clause) == ("due", date(2026, 3, 3), "B-D")
    assert [one.text for one in found.evidence] == [decision.reference]
    assert stands(session, bahrain, "consensus", date(2026, 3, 4)) == ("late", date(2026, 3, 3))
    _hear_all(session, decision, date(2026, 3, 5))
    assert judged(session, bahrain, "consensus", date(2026, 3, 5)).state == "met"
    # What was said later does not count for the day before.
    assert judged(session, bahrain, "consensus", date(2026, 3, 4)).state == "late"


def test_running_silence_is_due_at_its_end_however_old_the_decision(session: Session, bahrain: Network) -> None:
    decision = _pending(session, bahrain, date(2026, 2, 1))
    decisions.start_silence(session, decision.id, datetime(2026, 4, 5, 7, 0, tzinfo=UTC))
    assert stands(session, bahrain, "consensus", date(2026, 4, 4)) == ("late", date(2026, 3, 3))
    found = judged(session, bahrain, "consensus", date(2026, 4, 6))
    assert (found.state, found.due) == ("due", date(2026, 4, 8))
    assert "under a silence procedure until 8 April 2026, 10:00" in str(found.says)
    assert judged(session, bahrain, "consensus", date(2026, 4, 8)).state == "met"


def test_one_late_decision_outweighs_silence_that_runs(session: Session, bahrain: Network) -> None:
    old, young = _pending(session, bahrain, date(2026, 2, 1)), _pending(session, bahrain, date(2026, 4, 1))
    _pending(session, bahrain, date(2026, 2, 2))
    decisions.start_silence(session, young.id, datetime(2026, 4, 5, 7, 0, tzinfo=UTC))
    found = judged(session, bahrain, "consensus", date(2026, 4, 6))
    assert (found.state, found.due) == ("late", date(2026, 3, 3))
    assert str(found.says).startswith(old.reference)
    assert "Further decisions late: 1" in str(found.says)


def test_an_objection_is_an_answer_and_leaves_nothing_pending(session: Session, bahrain: Network) -> None:
    decision = _pending(session, bahrain, date(2026, 2, 1))
    first = decisions.positions(session, decision.id)[0]
    decisions.take_position(
        session, decision.id, first.organisation_id, Stance.OBJECTS, noon(date(2026, 2, 2)), reason="No mandate"
    )
    assert judged(session, bahrain, "consensus", date(2026, 6, 1)).state == "met"


def test_in_kuwait_the_absent_keep_nothing_pending(session: Session, kuwait: Network) -> None:
    seat(session, kuwait, "WHO")
    decision = _pending(session, kuwait, date(2026, 2, 1))
    decisions.take_position(session, decision.id, body(session, "IOM").id, Stance.AGREES, noon(date(2026, 2, 1)))
    assert judged(session, kuwait, "consensus", date(2026, 6, 1)).state == "met"


# Workplan


def _plan(session: Session, network: Network, year: int, adopted: date | None, version: int = 1) -> Workplan:
    return records.create(
        session,
        Workplan,
        network_id=network.id,
        year=year,
        version=version,
        state=WorkplanState.ADOPTED,
        adopted_on=adopted,
    )


def test_the_workplan_is_due_by_the_end_of_january(session: Session) -> None:
    network = founded(session, "bahrain", records_from=date(2025, 6, 1))
    assert stands(session, network, "workplan", date(2026, 1, 31)) == ("due", date(2026, 1, 31))
    found = judged(session, network, "workplan", date(2026, 2, 1))
    assert (found.state, found.due) == ("late", date(2026, 1, 31))
    assert "The ToR gives no date; the network's own setting is 31 January 2026" in str(found.says)
    plan = _plan(session, network, 2026, date(2026, 2, 5))
    assert judged(session, network, "workplan", date(2026, 2, 4)).state == "late"
    found = judged(session, network, "workplan", date(2026, 2, 5))
    assert (found.state, [one.id for one in found.evidence]) == ("met", [plan.id])
    assert judged(session, network, "workplan", date(2027, 1, 1)).state == "due"


def test_a_new_network_has_sixty_days_for_its_workplan(session: Session, bahrain: Network) -> None:
    assert stands(session, bahrain, "workplan", START + timedelta(days=60)) == ("due", date(2026, 3, 2))
    assert stands(session, bahrain, "workplan", START + timedelta(days=61)) == ("late", date(2026, 3, 2))


def test_a_draft_is_no_workplan(session: Session, bahrain: Network) -> None:
    records.create(session, Workplan, network_id=bahrain.id, year=2026)
    records.create(session, Workplan, network_id=bahrain.id, year=2026, state=WorkplanState.FOR_CONSENSUS, version=2)
    assert judged(session, bahrain, "workplan", date(2026, 6, 1)).state == "late"


def _send(session: Session, network: Network, kind: DispatchKind, to: str, at: datetime, **links: UUID) -> Dispatch:
    return records.create(session, Dispatch, network_id=network.id, kind=kind, addressee=to, sent_at=at, **links)


def test_the_adopted_workplan_is_shared_within_31_days(session: Session, bahrain: Network) -> None:
    assert stands(session, bahrain, "workplan_shared", date(2026, 6, 1)) == ("due", None)
    plan = _plan(session, bahrain, 2026, date(2026, 1, 20))
    assert stands(session, bahrain, "workplan_shared", date(2026, 2, 20)) == ("due", date(2026, 2, 20))
    assert stands(session, bahrain, "workplan_shared", date(2026, 2, 21)) == ("late", date(2026, 2, 20))
    _send(session, bahrain, DispatchKind.WORKPLAN, "RC", noon(date(2026, 2, 22)), workplan_id=plan.id)
    assert judged(session, bahrain, "workplan_shared", date(2026, 2, 22)).state == "late"
    _send(session, bahrain, DispatchKind.WORKPLAN, "unct", noon(date(2026, 2, 23)), workplan_id=plan.id)
    assert judged(session, bahrain, "workplan_shared", date(2026, 2, 22)).state == "late"
    assert judged(session, bahrain, "workplan_shared", date(2026, 2, 23)).state == "met"


def test_a_new_adopted_version_is_shared_again(session: Session, bahrain: Network) -> None:
    plan = _plan(session, bahrain, 2026, date(2026, 1, 20))
    _send(session, bahrain, DispatchKind.WORKPLAN, "UNCT", noon(date(2026, 1, 25)), workplan_id=plan.id)
    _plan(session, bahrain, 2026, date(2026, 6, 1), version=2)
    assert judged(session, bahrain, "workplan_shared", date(2026, 5, 31)).state == "met"
    assert stands(session, bahrain, "workplan_shared", date(2026, 6, 2)) == ("due", date(2026, 7, 2))


def test_an_unknown_day_of_adoption_is_asked_for_and_never_late(session: Session, bahrain: Network) -> None:
    _plan(session, bahrain, 2026, None)
    found = judged(session, bahrain, "workplan_shared", date(2026, 12, 1))
    assert (found.state, found.due) == ("due", None)
    assert "Enter the day" in str(found.says)


# Reports, reviews, requests, updates


def _submitted(session: Session, network: Network, period: str, day: date) -> Report:
    return records.create(
        session, Report, network_id=network.id, period=period, state=ReportState.SUBMITTED, submitted_on=day
    )


def test_each_half_year_is_reported_within_31_days(session: Session, bahrain: Network) -> None:
    assert stands(session, bahrain, "progress_report", date(2026, 6, 29)) == ("met", date(2026, 7, 31))
    assert stands(session, bahrain, "progress_report", date(2026, 6, 30)) == ("due", date(2026, 7, 31))
    assert stands(session, bahrain, "progress_report", date(2026, 7, 31)) == ("due", date(2026, 7, 31))
    assert stands(session, bahrain, "progress_report", date(2026, 8, 1)) == ("late", date(2026, 7, 31))
    _submitted(session, bahrain, "2026-H1", date(2026, 8, 3))
    assert judged(session, bahrain, "progress_report", date(2026, 8, 2)).state == "late"
    found = judged(session, bahrain, "progress_report", date(2026, 8, 3))
    assert (found.state, found.due, [one.text for one in found.evidence]) == ("met", date(2027, 1, 31), ["2026-H1"])


def test_a_signed_report_is_not_submitted(session: Session, bahrain: Network) -> None:
    records.create(session, Report, network_id=bahrain.id, period="2026-H1", state=ReportState.SIGNED_OFF)
    assert judged(session, bahrain, "progress_report", date(2026, 8, 1)).state == "late"


def test_the_oldest_open_half_year_is_given_and_the_others_counted(session: Session, bahrain: Network) -> None:
    found = judged(session, bahrain, "progress_report", date(2027, 2, 1))
    assert (found.state, found.due) == ("late", date(2026, 7, 31))
    assert "Further reports late: 1" in str(found.says)
    assert "January 2026 to June 2026" in str(found.says)


def test_a_half_year_that_ended_before_the_records_is_not_asked_for(session: Session) -> None:
    network = founded(session, "bahrain", records_from=date(2026, 7, 1))
    assert stands(session, network, "progress_report", date(2026, 12, 30)) == ("met", date(2027, 1, 31))


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 8, 14), "met"),  # 31 days before
        (date(2026, 8, 15), "due"),
        (date(2026, 9, 14), "due"),
        (date(2026, 9, 15), "late"),
    ],
)
def test_the_text_is_reviewed_a_year_after_approval(session: Session, bahrain: Network, on: date, state: str) -> None:
    assert stands(session, bahrain, "tor_review", on) == (state, date(2026, 9, 14))


def test_the_next_review_counts_from_the_last_one(session: Session, bahrain: Network) -> None:
    tor = networks.tor_on(session, bahrain.id, START)
    assert tor is not None
    review = tor_versions.add_review(session, tor.id, date(2026, 9, 20))
    assert stands(session, bahrain, "tor_review", date(2026, 9, 19)) == ("late", date(2026, 9, 14))
    found = judged(session, bahrain, "tor_review", date(2026, 9, 20))
    assert (found.state, found.due) == ("met", date(2027, 9, 20))
    assert [one.id for one in found.evidence] == [review.id]
    assert isinstance(session.get(TorReview, review.id), TorReview)


def test_an_unknown_approval_date_is_asked_for_and_never_late(session: Session) -> None:
    network = founded(session, "bahrain")
    found = judged(session, network, "tor_review", date(2035, 1, 1))
    assert (found.state, found.due) == ("due", None)
    assert "Enter it" in str(found.says)
    tor = networks.tor_on(session, network.id, START)
    assert tor is not None
    tor_versions.set_approval(session, tor.id, "2025-02")
    assert stands(session, network, "tor_review", date(2026, 2, 28)) == ("due", date(2026, 2, 28))


@pytest.mark.parametrize(
    ("partial", "months", "due"),
    [
        ("2025-02-28", 12, date(2026, 2, 28)),
        ("2024-02-29", 12, date(2025, 2, 28)),
        ("2023-02", 12, date(2024, 2, 29)),
        ("2024-02", 12, date(2025, 2, 28)),
        ("2024", 12, date(2025, 12, 31)),
    ],
)
def test_a_deadline_keeps_the_precision_of_its_date(partial: str, months: int, due: date) -> None:
    assert deadline_after(partial, months) == due


def test_no_request_is_open(session: Session, bahrain: Network) -> None:
    found = judged(session, bahrain, "requests", date(2026, 6, 1))
    assert (found.state, found.due, found.clause) == ("met", None, "B-R3")


def test_an_update_reaches_the_ministries_every_six_months(session: Session, bahrain: Network) -> None:
    assert stands(session, bahrain, "updates", date(2026, 12, 1)) == ("due", None)
    kind = DispatchKind.UPDATE
    _send(session, bahrain, kind, "UNCT", noon(date(2026, 2, 1)))
    assert judged(session, bahrain, "updates", date(2026, 2, 2)).state == "due"  # the wrong list (trap 24)
    _send(session, bahrain, kind, "", noon(date(2026, 3, 31)), organisation_id=body(session, "LMRA", "BHR").id)
    assert judged(session, bahrain, "updates", date(2026, 3, 30)).state == "due"
    assert judged(session, bahrain, "updates", date(2026, 9, 30)).state == "met"
    assert stands(session, bahrain, "updates", date(2026, 10, 1)) == ("due", None)
    _send(session, bahrain, kind, "Ministry of Labour", noon(date(2026, 10, 1)))
    assert judged(session, bahrain, "updates", date(2026, 10, 1)).state == "met"


def test_in_kuwait_an_update_goes_to_the_country_team(session: Session, kuwait: Network) -> None:
    _send(session, kuwait, DispatchKind.UPDATE, "Ministry of Interior", noon(date(2026, 2, 1)))
    assert judged(session, kuwait, "updates", date(2026, 2, 1)).state == "due"
    _send(session, kuwait, DispatchKind.UPDATE, "UNCT", noon(date(2026, 2, 2)))
    assert judged(session, kuwait, "updates", date(2026, 2, 2)).state == "met"


def test_the_day_ends_in_the_zone_of_the_network(session: Session, kuwait: Network) -> None:
    # 23:30 on 1 February in Kuwait is 20:30 UTC; half an hour after midnight is still 1 February in UTC.
    _send(session, kuwait, DispatchKind.UPDATE, "UNCT", datetime(2026, 2, 1, 21, 30, tzinfo=UTC))
    assert judged(session, kuwait, "updates", date(2026, 2, 1)).state == "due"
    assert judged(session, kuwait, "updates", date(2026, 2, 2)).state == "met"


def test_removed_records_do_not_count(session: Session, kuwait: Network) -> None:
    held = meeting(session, kuwait, date(2026, 1, 20))
    sent = _send(session, kuwait, DispatchKind.UPDATE, "UNCT", noon(date(2026, 2, 2)))
    records.remove(session, type(held), held.id)
    records.remove(session, Dispatch, sent.id)
    assert judged(session, kuwait, "meeting_cadence", date(2026, 2, 3)).due == date(2026, 2, 1)
    assert judged(session, kuwait, "updates", date(2026, 2, 3)).state == "due"
