"""The progress report: its figures, words, sign-off and submission."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.services.workplan_fixtures import World, adopted_decision, bahrain, decided, found, person, plan_with_work
from unnm_desktop.db.decisions import DecisionState, DecisionSubject
from unnm_desktop.db.dispatches import DispatchKind
from unnm_desktop.db.issued import ReportState
from unnm_desktop.db.meetings import AgendaItem, Attendance, Capacity, Meeting, MeetingKind, MeetingState, Presence
from unnm_desktop.db.people import Office, OfficeKind
from unnm_desktop.db.plan_parts import Deliverable
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import actions, issued, progress_reports, records, results, workplans
from unnm_desktop.services.calendar import Period

H1 = Period.parse("2026-H1")
REPORTED = date(2026, 7, 15)
SENT = datetime(2026, 7, 20, 8, tzinfo=UTC)


def meeting(session: Session, world: World, day: date, state: MeetingState = MeetingState.HELD) -> Meeting:
    return records.create(
        session, Meeting, network_id=world.id, day=day, kind=MeetingKind.REGULAR, state=state, title_en="Meeting"
    )


def sat(session: Session, where: Meeting, organisation_id: UUID, **values: object) -> Attendance:
    """A seat's row of attendance."""
    start, end = ("meeting_id", where.id), ("organisation_id", organisation_id)
    return records.link(session, Attendance, "attendance", start, end, **values)


def filled(session: Session, world: World) -> None:
    held = [meeting(session, world, date(2026, month, 10)) for month in (1, 3)]
    meeting(session, world, date(2026, 5, 10), MeetingState.PLANNED)
    meeting(session, world, date(2026, 9, 10), MeetingState.PLANNED)
    for one in held:
        sat(session, one, world.bodies["IOM"].id, capacity=Capacity.ALTERNATE)
    sat(session, held[0], world.bodies["ILO"].id, presence=Presence.APOLOGIES)
    secretariat = {"organisation_id": world.bodies["ILO"].id, "capacity": Capacity.SECRETARIAT}
    records.create(session, Attendance, meeting_id=held[0].id, person_name="A Clerk", **secretariat)
    records.create(session, Attendance, meeting_id=held[0].id, capacity=Capacity.GUEST_SPEAKER, person_name="A Guest")
    records.create(session, AgendaItem, meeting_id=held[0].id, title_en="Item", objective_id=world.objectives[2].id)
    adopted_decision(session, world, date(2026, 2, 1), objective_id=world.objectives[2].id)
    decided(session, world, date(2026, 3, 1))
    done = actions.create_action(session, world.id, date(2026, 1, 10), task_en="Done", due=date(2026, 2, 1))
    actions.mark_done(session, done.id, date(2026, 2, 2))
    after = actions.create_action(session, world.id, date(2026, 1, 10), task_en="After", due=date(2026, 6, 1))
    actions.mark_done(session, after.id, date(2026, 7, 5))
    actions.create_action(session, world.id, date(2026, 3, 10), task_en="Later", due=date(2026, 8, 1))
    actions.create_action(session, world.id, date(2026, 7, 3), task_en="New", due=date(2026, 8, 1))
    _, _, (first, second) = plan_with_work(session, world)
    workplans.change(session, Activity, first.id, status=ActivityStatus.ONGOING, progress=50)
    workplans.change(session, Activity, second.id, start=date(2026, 8, 1), end=date(2026, 10, 1))
    workplans.add_to_activity(session, BudgetLine, first.id, required=3_000, available=1_000)
    workplans.add_to_activity(
        session, Deliverable, first.id, title_en="Paper", due=date(2026, 3, 1), delivered_on=date(2026, 3, 2)
    )
    workplans.add_to_activity(session, Deliverable, second.id, title_en="Map", due=date(2026, 9, 1))
    results.raise_challenge(
        session, world.id, date(2026, 4, 1), title_en="No data", objective_id=world.objectives[3].id
    )


def test_the_figures_are_those_of_the_periods_end(session: Session) -> None:
    world = bahrain(session)
    filled(session, world)
    counted = progress_reports.figures(session, world.id, H1, REPORTED)
    assert counted.as_at == date(2026, 6, 30)
    meetings = counted.meetings
    assert (meetings.regular, meetings.expected, meetings.speakers) == (2, 3, 1)
    attendance = {one.organisation.acronym: one for one in counted.attendance}
    assert (attendance["IOM"].present, attendance["IOM"].alternate, attendance["IOM"].absent) == (2, 2, 0)
    assert (attendance["ILO"].present, attendance["ILO"].apologies, attendance["ILO"].absent) == (0, 1, 1)
    assert [one.standing.state for one in counted.decisions] == [DecisionState.ADOPTED, DecisionState.PENDING]
    acted = counted.actions
    assert [one.task_en for one in acted.closed] == ["Done"]
    assert [one.task_en for one in acted.open] == ["After", "Later"]
    assert [one.task_en for one in acted.overdue] == ["After"]
    assert len(acted.created) == 3
    assert counted.plan is not None
    assert (counted.plan.percent, counted.plan.money.to_be_mobilized) == (25, 2_000)
    assert [one.title_en for one in counted.challenges.open] == ["No data"]
    assert [one.objective.number for one in counted.objectives] == list(range(1, 9))
    assert [one.objective.number for one in counted.objectives if not one.silent] == [1, 2, 3]
    coming = counted.following
    assert (len(coming.meetings), [one.task_en for one in coming.actions]) == (1, ["Later", "New"])
    assert [thing.title_en for thing, _ in coming.deliverables] == ["Map"]
    assert [one.title_en for one in coming.starting] == ["Activity 2"]


def test_a_running_period_is_counted_up_to_the_day(session: Session) -> None:
    world = bahrain(session)
    filled(session, world)
    counted = progress_reports.figures(session, world.id, H1, date(2026, 2, 15))
    assert counted.as_at == date(2026, 2, 15)
    assert counted.meetings.regular == 1
    assert counted.challenges.raised == ()


def test_a_skipped_meeting_is_not_expected_and_records_begin_when_they_begin(session: Session) -> None:
    world = bahrain(session)
    adopted_decision(session, world, date(2026, 2, 1), subject=DecisionSubject.SKIP_MEETING)
    assert progress_reports.figures(session, world.id, H1, REPORTED).meetings.expected == 2
    world.network.records_from = date(2026, 5, 1)
    assert progress_reports.figures(session, world.id, H1, REPORTED).meetings.expected == 0


def test_an_empty_network_says_no_activity_for_every_objective(session: Session) -> None:
    world = found(session, "kuwait")
    counted = progress_reports.figures(session, world.id, H1, REPORTED)
    assert all(one.silent for one in counted.objectives)
    for one in counted.objectives:
        name = progress_reports.objective_section(one.objective.number)
        assert progress_reports.draft(counted, name, Language()) == "No activity in the period."
    for section in progress_reports.SECTIONS:
        for code in ("en", "ar"):
            assert "{" not in progress_reports.draft(counted, section, Language(code))


def test_the_drafted_cover_says_whether_the_terms_of_reference_ask_for_the_report(session: Session) -> None:
    asked = {"bahrain": "as its terms of reference ask", "kuwait": "at the Network's own initiative"}
    for country, said in asked.items():
        counted = progress_reports.figures(session, found(session, country).id, H1, REPORTED)
        assert said in progress_reports.draft(counted, "cover", Language())


def test_drafts_say_the_figures(session: Session) -> None:
    world = bahrain(session)
    filled(session, world)
    counted = progress_reports.figures(session, world.id, H1, REPORTED)
    words = {name: progress_reports.draft(counted, name, Language()) for name in progress_reports.SECTIONS}
    assert words["meetings"].startswith(
        "The network held 2 regular meetings; its terms of reference ask for 3 in the period. 1 guest speaker"
    )
    assert "Not represented in any meeting: ILO" in words["meetings"]
    assert words["decisions"].startswith("2 decisions were put to the members, of which 1 adopted by consensus.")
    assert words["actions"].endswith("On 30 June 2026 2 were open, of which 1 overdue.")
    assert "BHD 2.000 is to be mobilized" in words["money"]
    assert "Objectives without activity in the period: 4, 5, 6, 7, 8." in words["summary"]
    assert words["context"] == ""


def test_the_officers_words_stand_once_they_are_there(session: Session) -> None:
    world = bahrain(session)
    report = progress_reports.open_report(session, world.id, "2026-H1")
    assert progress_reports.open_report(session, world.id, "2026-h1") is report
    counted = progress_reports.figures(session, world.id, H1, REPORTED)
    language = Language()
    drafted = progress_reports.section_text(counted, {}, "summary", language)
    assert (drafted.accepted, drafted.own) == (False, False)
    progress_reports.write_section(session, report.id, "summary", text_en=drafted.text)
    progress_reports.write_section(session, report.id, "summary", text_ar="موجز")
    written = progress_reports.sections(session, report.id)
    assert progress_reports.section_text(counted, written, "summary", language).text == drafted.text
    assert progress_reports.section_text(counted, written, "summary", Language("ar")).text == "موجز"
    assert written["summary"].accepted_en
    progress_reports.write_section(session, report.id, "summary", text_en="")
    written = progress_reports.sections(session, report.id)
    assert not progress_reports.section_text(counted, written, "summary", language).own


def test_only_the_reporting_chair_signs_and_only_a_signed_report_goes_out(session: Session) -> None:
    world = bahrain(session)
    report = progress_reports.open_report(session, world.id, "2026-H1")
    chair = records.first_of(session, Office, Office.kind == OfficeKind.REPORTING_CHAIR)
    assert chair is not None
    iom, ilo = person(session, world, "Chair Person", "IOM"), person(session, world, "Other Person", "ILO")
    with pytest.raises(UserError, match="not signed off yet"):
        progress_reports.submit(session, report.id, SENT)
    with pytest.raises(UserError, match="has not ended"):
        progress_reports.sign_off(session, report.id, date(2026, 6, 30))
    with pytest.raises(UserError, match="no person named"):
        progress_reports.sign_off(session, report.id, REPORTED)
    records.update(session, Office, chair.id, person_id=iom.id)
    with pytest.raises(UserError, match="Only the reporting chair signs the report off: Chair Person"):
        progress_reports.sign_off(session, report.id, REPORTED, ilo.id)
    progress_reports.sign_off(session, report.id, REPORTED)
    assert (report.state, report.signed_off_by_id) == (ReportState.SIGNED_OFF, iom.id)
    with pytest.raises(UserError, match="its words stay"):
        progress_reports.write_section(session, report.id, "summary", text_en="Late")
    progress_reports.take_back_sign_off(session, report.id)
    progress_reports.sign_off(session, report.id, REPORTED)
    progress_reports.submit(session, report.id, SENT, to=["RC"])
    assert report.state is ReportState.SIGNED_OFF
    progress_reports.submit(session, report.id, SENT + timedelta(days=1))
    assert (report.state, report.submitted_on) == (ReportState.SUBMITTED, date(2026, 7, 21))
    sent = issued.dispatches(session, world.id, DispatchKind.PROGRESS_REPORT, report_id=report.id)
    assert [one.addressee for one in sent] == ["RC", "UNCT Heads of Agencies"]
    with pytest.raises(UserError, match="went to everybody"):
        progress_reports.submit(session, report.id, SENT)
    with pytest.raises(UserError, match="stays as it is"):
        progress_reports.take_back_sign_off(session, report.id)


def test_without_a_reporting_chair_nobody_signs(session: Session) -> None:
    world = bahrain(session)
    report = progress_reports.open_report(session, world.id, "2026-H1")
    for one in records.all_of(session, Office, Office.kind == OfficeKind.REPORTING_CHAIR):
        records.remove(session, Office, one.id)
    with pytest.raises(UserError, match="Nobody is designated"):
        progress_reports.sign_off(session, report.id, REPORTED)


def test_where_the_tor_asks_for_no_report_its_addressees_are_named(session: Session) -> None:
    world = found(session, "kuwait")
    report = progress_reports.open_report(session, world.id, "2026-H1")
    someone = person(session, world, "Chair Person", "IOM")
    for office in records.all_of(session, Office, Office.kind.in_((OfficeKind.CHAIR, OfficeKind.REPORTING_CHAIR))):
        records.update(session, Office, office.id, person_id=someone.id, organisation_id=world.bodies["IOM"].id)
    progress_reports.sign_off(session, report.id, REPORTED)
    with pytest.raises(UserError, match="name nobody to report to"):
        progress_reports.submit(session, report.id, SENT)
    progress_reports.submit(session, report.id, SENT, to=["RC"])
    assert report.state is ReportState.SUBMITTED
