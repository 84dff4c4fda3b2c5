"""The illustrative workspace: rich, lawful, in both languages, the same every time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Uuid
from sqlalchemy.orm import Session

from tests.conftest import TODAY
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.actions import ActionNote, ActionPoint, ActionStatus, NoteKind
from unnm_desktop.db.decisions import Decision, DecisionState
from unnm_desktop.db.engine import Database
from unnm_desktop.db.issued import Report, ReportState
from unnm_desktop.db.meetings import AgendaItem, Invitation, Meeting, MeetingKind, MeetingState
from unnm_desktop.db.minutes import Comment, CommentOutcome, Minutes, MinutesState
from unnm_desktop.db.networks import Network
from unnm_desktop.db.people import Appointment, Person
from unnm_desktop.db.workplans import Activity, Workplan, WorkplanState
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import language_for
from unnm_desktop.services import (
    actions,
    compliance,
    decisions,
    minutes_text,
    networks,
    numbering,
    organisations,
    people,
    progress_reports,
    readiness,
    records,
    sample,
    workplans,
)
from unnm_desktop.services.calendar import end_of_day, half_year
from unnm_desktop.services.sample_days import hijri_day

_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DATES = (date(2026, 1, 3), date(2024, 2, 29), date(2025, 7, 1), date(2027, 12, 31), date(2012, 3, 5))


def _made(template: Path, folder: Path, on: date, years: int = 1) -> Database:
    path = folder / "sample.unnm"
    path.write_bytes(template.read_bytes())
    made = Database(path, "Test Officer")
    sample.build(made, on=on, years=years)
    return made


@pytest.fixture(scope="module")
def year(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One sample, made once for all who only look at it."""
    with _made(template, tmp_path_factory.mktemp("sample"), TODAY) as made:
        yield made


@pytest.fixture
def looked(year: Database) -> Iterator[Session]:
    with year.read() as session:
        yield session


def _all(session: Session) -> Iterator[Any]:
    for entity in ENTITIES.values():
        yield from records.all_of(session, entity)


def _words(session: Session) -> list[tuple[str, ...]]:
    """Everything kept but the keys."""
    found = []
    for record in _all(session):
        columns = [column for column in record.__table__.columns if not isinstance(column.type, Uuid)]
        texts = [_KEY.sub("KEY", str(getattr(record, column.key))) for column in columns]
        found.append((record.__tablename__, *texts))
    return sorted(found)


def _states(session: Session, on: date) -> Counter[DecisionState]:
    found: Counter[DecisionState] = Counter()
    for network in networks.all_networks(session):
        of = records.all_of(session, Decision, Decision.network_id == network.id)
        at = end_of_day(on, network.time_zone)
        found += Counter(one.state for one in decisions.standing(session, [d.id for d in of], at).values())
    return found


def test_both_networks_come_from_their_terms_of_reference(looked: Session) -> None:
    found = networks.all_networks(looked)
    assert [one.country for one in found] == ["KWT", "BHR"]
    assert all(one.sample for one in found)
    assert [len(networks.objectives_on(looked, one.id, TODAY)) for one in found] == [7, 8]


def test_the_promised_numbers_are_there(looked: Session) -> None:
    held = records.all_of(looked, Meeting, Meeting.state.in_([MeetingState.HELD, MeetingState.CLOSED]))
    by_country = Counter((one.reference[:3], one.kind) for one in held)
    assert by_country == {
        ("KWT", MeetingKind.REGULAR): 11,
        ("KWT", MeetingKind.HIGHLIGHTED): 2,
        ("BHR", MeetingKind.REGULAR): 6,
    }
    ahead = records.all_of(looked, Meeting, Meeting.day > TODAY)
    assert {one.state for one in ahead} == {MeetingState.PLANNED, MeetingState.INVITED}
    assert len(records.all_of(looked, ActionPoint)) == 120
    assert 40 <= len(records.all_of(looked, Decision)) <= 44
    assert len(records.all_of(looked, Workplan)) == 2
    assert len(records.all_of(looked, Activity)) == 28
    for network in networks.all_networks(looked):
        assert len(organisations.consensus_set(looked, network.id, TODAY)) == 12


def test_decisions_go_every_way_consensus_can(looked: Session) -> None:
    assert set(_states(looked, TODAY)) >= set(DecisionState) - {DecisionState.DRAFT}
    found = []
    for network in networks.all_networks(looked):
        of = records.all_of(looked, Decision, Decision.network_id == network.id)
        at = end_of_day(TODAY, network.time_zone)
        found += decisions.standing(looked, [one.id for one in of], at).values()
    assert any(one.by_silence for one in found)
    assert any(one.reserved for one in found)
    assert sum(one.silence_running for one in found) == 2
    assert any(one.not_heard and not one.silence_running and one.state is DecisionState.PENDING for one in found)
    assert all(one.objecting for one in found if one.state is DecisionState.NOT_ADOPTED)


def test_action_points_are_open_late_done_and_dropped(looked: Session) -> None:
    found = records.all_of(looked, ActionPoint)
    assert {one.status for one in found} == set(ActionStatus)
    assert sum(actions.is_overdue(one, TODAY) for one in found) >= 5
    kinds = Counter(note.kind for note in records.all_of(looked, ActionNote))
    assert kinds[NoteKind.REMINDER] >= 5
    assert kinds[NoteKind.PROGRESS] >= 5
    assert all(actions.responsible_of(looked, [one.id])[one.id] for one in found[:10])


def test_minutes_are_on_every_stage_of_their_way(looked: Session) -> None:
    assert {one.state for one in records.all_of(looked, Minutes)} == set(MinutesState)
    assert {one.outcome for one in records.all_of(looked, Comment)} == set(CommentOutcome)


def test_blocks_in_minutes_name_records_that_exist(looked: Session) -> None:
    from unnm_desktop.db.minutes import MinutesEntry

    known = {str(one.id) for entity in (Decision, ActionPoint) for one in records.all_of(looked, entity)}
    named = set()
    for entry in records.all_of(looked, MinutesEntry):
        for text in (entry.text_en, entry.text_ar):
            assert minutes_text.parse(text)
            named |= {match.group() for match in _KEY.finditer(text)}
    assert named == known


def test_nearly_all_content_is_in_both_languages(looked: Session) -> None:
    pairs: Counter[bool] = Counter()
    for record in _all(looked):
        names = [c.key.removesuffix("_en") for c in record.__table__.columns if c.key.endswith("_en")]
        for name in names:
            english, arabic = getattr(record, f"{name}_en"), getattr(record, f"{name}_ar", None)
            if isinstance(english, str) and arabic is not None and (english or arabic):
                pairs[bool(english and arabic)] += 1
    assert pairs[True] / pairs.total() >= 0.9
    assert pairs[False] > 0


def test_people_are_invented(looked: Session) -> None:
    found = records.all_of(looked, Person)
    assert all(one.emails.endswith("@example.org") for one in found)
    assert all(re.fullmatch(r"\+(965|973) 0000 00\d\d", one.phones) for one in found)
    for name in ("name_en", "emails", "phones"):
        assert max(Counter(getattr(one, name) for one in found).values()) == 1
    elsewhere = [line for line in _words(looked) if re.search(r"@(?!example\.org)\w", " ".join(line))]
    assert elsewhere == []


def test_seats_have_people_as_at_each_day(looked: Session) -> None:
    for network in networks.all_networks(looked):
        seats = organisations.seats_on(looked, network.id, TODAY)
        holders = people.holders_on(looked, network.id, TODAY)
        members = [
            seat for seat in seats if seat.organisation in organisations.consensus_set(looked, network.id, TODAY)
        ]
        assert all(holders[seat.membership.id].focal_point for seat in members)
        assert 1 <= sum(not holders[seat.membership.id].alternates for seat in members) <= 3
        offices = people.offices_on(looked, network.id, TODAY)
        assert offices
        assert all(one.person and one.organisation for one in offices)
    assert sum(bool(one.end) for one in records.all_of(looked, Appointment)) == 2


def test_every_record_keeps_its_rules_and_the_file_is_whole(year: Database, looked: Session) -> None:
    assert [(type(one).__name__, one.problems()) for one in _all(looked) if one.problems()] == []
    assert year.check() == []
    for network in networks.all_networks(looked):
        assert numbering.duplicates(looked, network.id) == []


def test_compliance_shows_what_is_met_due_and_late(looked: Session) -> None:
    found = {
        network.country: {one.duty: one.state for one in compliance.duties(looked, network.id, TODAY)}
        for network in networks.all_networks(looked)
    }
    assert set(found["BHR"].values()) == {"met", "due", "late", "not_required"}
    assert set(found["KWT"].values()) >= {"met", "due", "not_required"}
    assert found["BHR"]["workplan"] == found["BHR"]["workplan_shared"] == found["BHR"]["progress_report"] == "met"


def test_the_last_half_year_is_reported_and_the_running_one_is_not(looked: Session) -> None:
    bahrain = networks.network_of(looked, "BHR")
    states = {one.period: one.state for one in records.all_of(looked, Report, Report.network_id == bahrain.id)}
    running = half_year(TODAY)
    assert states == {
        running.previous().previous().code: ReportState.SUBMITTED,
        running.previous().code: ReportState.SUBMITTED,
        running.code: ReportState.DRAFT,
    }
    last = progress_reports.report_for(looked, bahrain.id, running.previous().code)
    assert last is not None
    written = progress_reports.sections(looked, last.id)
    assert {"cover", "summary", "context", "next", *progress_reports.SECTIONS} <= set(written)


def test_a_workplan_is_adopted_and_shared_with_all_its_parts(looked: Session) -> None:
    for network in networks.all_networks(looked):
        plan = workplans.current_plan(looked, network.id, TODAY.year)
        assert plan is not None
        assert plan.state is WorkplanState.SHARED
        findings = workplans.plan_findings(looked, plan.id, TODAY)
        assert 0 < findings.percent < 100
        lead = {one.lead_id for one in records.all_of(looked, Activity, Activity.workplan_id == plan.id)}
        assert None not in lead


def test_a_highlighted_meeting_has_both_its_co_chairs_and_its_guests(looked: Session) -> None:
    for meeting in records.all_of(looked, Meeting, Meeting.kind == MeetingKind.HIGHLIGHTED):
        left = [check.name for check in readiness.readiness(looked, meeting.id, TODAY) if not check.ok]
        assert left in ([], ["previous_minutes"])
    speakers = records.all_of(looked, Invitation, Invitation.as_speaker.is_(True))
    assert len(speakers) == 3


def test_a_deferred_matter_is_carried_over_with_its_reason(looked: Session) -> None:
    carried = records.all_of(looked, AgendaItem, AgendaItem.carried_from_id.is_not(None))
    assert len(carried) == 2
    assert all(one.carried_reason for one in carried)


def test_the_same_day_gives_the_same_words(year: Database, template: Path, tmp_path: Path) -> None:
    with _made(template, tmp_path, TODAY) as again, again.read() as one, year.read() as other:
        assert _words(one) == _words(other)


@pytest.mark.parametrize("on", DATES, ids=str)
def test_any_day_will_do(on: date, template: Path, tmp_path: Path) -> None:
    with _made(template, tmp_path, on) as made, made.read() as session:
        assert made.check() == []
        assert set(_states(session, on)) >= set(DecisionState) - {DecisionState.DRAFT}
        assert [one.problems() for one in _all(session) if one.problems()] == []
        held = (MeetingState.HELD, MeetingState.CLOSED)
        for meeting in records.all_of(session, Meeting):
            assert (meeting.day <= on) == (meeting.state in held)
        for network in records.all_of(session, Network):
            assert numbering.duplicates(session, network.id) == []
            plan = workplans.current_plan(session, network.id, on.year)
            assert plan is not None
            assert plan.adopted_on is not None
            assert plan.adopted_on <= on


def test_nothing_is_said_before_it_could_be_known(looked: Session) -> None:
    for record in _all(looked):
        for name in ("said_on", "done_on", "noted_on", "received_on", "measured_on", "delivered_on", "adopted_on",
                     "implemented_on", "sealed_on", "act_on", "replied_on", "sent_on"):  # fmt: skip
            day = getattr(record, name, None)
            assert day is None or day <= TODAY, (record.__tablename__, name, day)


def test_several_years_scale_the_same_kinds(template: Path, tmp_path: Path) -> None:
    with _made(template, tmp_path, TODAY, years=3) as made, made.read() as session:
        assert made.check() == []
        assert len(records.all_of(session, Meeting)) == 3 * 19 + 2
        assert len(records.all_of(session, Workplan)) == 6
        assert len(records.all_of(session, ActionPoint)) > 330
        assert all(numbering.duplicates(session, one.id) == [] for one in networks.all_networks(session))
        bahrain = networks.network_of(session, "BHR")
        late = [one.duty for one in compliance.duties(session, bahrain.id, TODAY) if one.state == "late"]
        assert set(late) <= {"alternates", "consensus"}


def test_years_that_cannot_be_made_are_refused(database: Database) -> None:
    with pytest.raises(UserError):
        sample.build(database, on=TODAY, years=0)
    with pytest.raises(UserError):
        sample.build(database, on=date(1950, 1, 1))


def test_progress_is_told(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "told.unnm"
    path.write_bytes(template.read_bytes())
    told: list[tuple[int, int]] = []
    with Database(path, "Test Officer") as made:
        sample.build(made, on=TODAY, progress=lambda done, total, text="": told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1] == (4, 4)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_hijri_days_are_reckoned() -> None:
    assert hijri_day(1447, 10, 1) == date(2026, 3, 20)
    assert hijri_day(1445, 1, 1) == date(2023, 7, 19)
    assert hijri_day(1446, 12, 10) == date(2025, 6, 6) or hijri_day(1446, 12, 10) == date(2025, 6, 7)


def test_the_accepted_drafts_speak_both_languages(looked: Session) -> None:
    bahrain = networks.network_of(looked, "BHR")
    last = progress_reports.report_for(looked, bahrain.id, half_year(TODAY).previous().code)
    assert last is not None
    counted = progress_reports.figures(looked, bahrain.id, half_year(TODAY).previous(), TODAY)
    written = progress_reports.sections(looked, last.id)
    for code in ("en", "ar"):
        told = progress_reports.section_text(counted, written, "meetings", language_for(code))
        assert told.accepted
        assert told.text
