"""What the documents count and say, against values counted by hand from the sample year."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.reports.sample_year import ON
from unnm_desktop import reports
from unnm_desktop.db.base import Record
from unnm_desktop.db.decisions import DecisionState
from unnm_desktop.db.dispatches import DispatchKind
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.minutes import Minutes, MinutesState
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import issued, networks, records, tor_profile, workplans


def findings(session: Session, kind: str, country: str = "BHR", on: date = ON, **values: Any) -> Any:
    network = networks.network_of(session, country)
    request = reports.request_for(session, kind, network_id=network.id, on=on, language=Language("en"), **values)
    return reports.REPORTS[kind].gather(session, request)


def text(session: Session, kind: str, country: str = "BHR", code: str = "en", on: date = ON, **values: Any) -> str:
    network = networks.network_of(session, country)
    request = reports.request_for(session, kind, network_id=network.id, on=on, language=Language(code), **values)
    return reports.as_text(reports.make(session, kind, request))


def test_the_half_year_is_counted_as_by_hand(sample: Session) -> None:
    found = findings(sample, "progress-report")
    assert [one.reference[-3:] for one in found.held] == ["M01", "M02", "M03"]
    assert (found.expected, found.skipped) == (3, 0)
    states = {one.reference[-3:]: one.state for one in found.decisions}
    assert states == {
        "D01": DecisionState.ADOPTED,
        "D02": DecisionState.ADOPTED,
        "D03": DecisionState.NOT_ADOPTED,
        "D04": DecisionState.IMPLEMENTED,
    }
    assert [one.reference[-3:] for one in found.closed] == ["A01"]
    # A03 was done in July: it was open when the half-year ended.
    assert [one.reference[-3:] for one in found.open] == ["A02", "A03"]
    assert [(one.reference[-3:], one.days_late) for one in found.overdue] == [("A02", 46)]
    assert [one.title.en for one in found.challenges] == ["No data on migrants' health insurance"]
    assert [(one.person.name.en, one.meeting[-3:]) for one in found.speeches] == [("Huda Marwan", "M02")]


def test_attendance_by_seat_is_counted_as_by_hand(sample: Session) -> None:
    found = findings(sample, "progress-report")
    rows = {one.body.short: (one.focal_point, one.alternate, one.apologies, one.absent) for one in found.seats}
    assert rows == {
        "IOM": (3, 0, 0, 0),
        "ILO": (2, 1, 0, 0),
        "UNDP": (1, 1, 1, 0),
        "WHO": (2, 0, 0, 1),
        "UNHCR": (1, 0, 1, 1),
    }
    assert all(one.meetings == 3 for one in found.seats)


def test_money_has_the_currency_s_three_decimals(sample: Session) -> None:
    found = findings(sample, "workplan")
    money = found.plan.money
    assert (money.required, money.available, money.to_be_mobilized) == (16_500_500, 14_500_250, 2_000_250)
    assert found.plan.percent == 45
    said = text(sample, "workplan")
    assert "16,500.500" in said
    assert "available exceeds required by BHD 500.000" in said


def test_every_objective_shows_also_without_activity(sample: Session) -> None:
    for country, count in (("BHR", 8), ("KWT", 7)):
        said = text(sample, "progress-report", country)
        for number in range(1, count + 1):
            assert f"\nObjective {number}: " in said
    found = findings(sample, "progress-report")
    assert [one.objective.number for one in found.objectives if one.silent] == [3, 4, 5, 6, 7, 8]
    assert text(sample, "progress-report").count("No activity in the period.") >= 6


def test_the_memo_goes_from_the_reporting_chair_to_the_addressees(sample: Session) -> None:
    said = text(sample, "progress-report")
    memo = said[: said.index("~~~ page ~~~")]
    assert "To: UN Resident Coordinator\nUN Country Team Heads of Agencies" in memo
    assert "From: Amina Haddad" in memo
    assert "Signed off by Amina Haddad on 10 July 2026." in memo
    assert "____________" in memo


def test_where_no_report_is_required_the_memo_says_so(sample: Session) -> None:
    said = text(sample, "progress-report", "KWT")
    assert "do not require one" in said
    assert "Draft" in said


def test_a_running_half_year_is_told_as_such(sample: Session) -> None:
    said = text(sample, "progress-report", period="2026-H2")
    assert "The period is still running: the figures are those of 21 November 2026" in said


def test_the_network_s_own_word_for_problems_is_printed(sample: Session) -> None:
    assert "Impediments for the UN Country Team" in text(sample, "progress-report")
    assert "Challenges for the UN Country Team" in text(sample, "progress-report", "KWT")


def test_the_officer_s_words_stand_before_the_program_s(sample: Session) -> None:
    assert "A new wage protection system was announced in March." in text(sample, "progress-report")


def test_the_clock_runs_until_an_item_has_no_duration(sample: Session) -> None:
    said = text(sample, "agenda")
    assert "⁦1⁩ | ⁦10:00⁩ | Adoption of the agenda" in said
    assert "⁦6⁩ | ⁦11:05⁩ | Referral pathways" in said
    assert "⁦7⁩ |  | Election of the contact group" in said
    assert "Members only" in said
    assert "Carried over from ⁦UNNM/BHR/2026/M04⁩ of 23 September 2026" in said


def test_minutes_place_decisions_and_actions_where_they_were_written(sample: Session) -> None:
    said = text(sample, "minutes", meeting="BHR/2026/M01")
    order = [
        said.index(words)
        for words in (
            "The **co-chair** presented",
            "[⁦UNNM/BHR/2026/D02⁩",
            "IOM offered to share",
            "[⁦UNNM/BHR/2026/A01⁩",
            "Decisions of the meeting",
        )
    ]
    assert order == sorted(order)
    assert said.count("[⁦UNNM/BHR/2026/D02⁩") == 1
    assert "⁦30/6⁩" in said


def test_a_plan_sent_after_midnight_was_shared_on_the_network_s_day(sample: Session) -> None:
    network = networks.network_of(sample, "BHR")
    plan = workplans.current_plan(sample, network.id, 2026)
    assert plan is not None
    night = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)
    issued.record_dispatch(sample, network.id, DispatchKind.WORKPLAN, "Government", night, workplan_id=plan.id)
    assert "1 May 2026" in text(sample, "workplan", on=date(2026, 5, 1))
    assert "1 May 2026" not in text(sample, "workplan", on=date(2026, 4, 30))


def test_a_text_missing_in_arabic_is_printed_in_english_with_a_mark(sample: Session) -> None:
    mark = Language("ar").tr("[English text]")
    said = text(sample, "minutes", code="ar", meeting="BHR/2026/M01")
    assert f"~ {mark}" in said
    assert "The agenda was adopted." in said
    assert f"Map shelters <list> & hotlines\u2069 {mark}" in text(sample, "actions", code="ar")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": MinutesState.DRAFT}, "Draft; not circulated yet."),
        (
            {"state": MinutesState.CIRCULATED, "comments_until": datetime(2026, 2, 4, 9, tzinfo=UTC)},
            "Draft circulated for comments until 4 February 2026, 12:00",
        ),
        ({"state": MinutesState.ADOPTED, "adopted_on": date(2026, 2, 9)}, "Adopted by silence on 9 February 2026."),
    ],
)
def test_minutes_say_how_far_they_have_come(sample: Session, values: dict[str, Any], words: str) -> None:
    version = records.all_of(sample, Minutes)[0]
    records.update(sample, Minutes, version.id, **values)
    assert words in text(sample, "minutes", meeting="BHR/2026/M01")


def test_minutes_name_the_meeting_that_adopted_them(sample: Session) -> None:
    version = records.all_of(sample, Minutes)[0]
    later = next(one for one in records.all_of(sample, Meeting) if one.reference == "BHR/2026/M02")
    records.update(sample, Minutes, version.id, state=MinutesState.SEALED, adopted_on=later.day, adopted_at_id=later.id)
    said = text(sample, "minutes", meeting="BHR/2026/M01")
    assert "Adopted at the 31st regular meeting, 25 March 2026." in said


def test_the_tracker_groups_by_what_is_urgent(sample: Session) -> None:
    said = text(sample, "actions")
    groups = ("Overdue (1)", "Due within 14 days (1)", "Due later (2)", "Dropped in the last 90 days (1)")
    places = [said.index(f"-- {group} --") for group in groups]
    assert places == sorted(places)
    assert "190 days late" in said


def test_the_register_says_positions_in_words(sample: Session) -> None:
    said = text(sample, "decisions")
    assert "Agreed with reservation: ⁦WHO⁩ (⁨The budget is not secured.⁩)." in said
    assert "Objects: ⁦WHO⁩" in said
    assert "What would resolve it: ⁨A confirmed contribution.⁩" in said
    assert "No objection (silence): ⁦WHO⁩." in said
    assert "Not reached: ⁦UNDP⁩, ⁦WHO⁩." in said
    assert "Deferred on 23 September 2026" in said
    assert "There are no votes." in said


def test_a_decision_is_shown_as_it_stood_on_the_day(sample: Session) -> None:
    network = networks.network_of(sample, "BHR")
    request = reports.request_for(
        sample, "decisions", network_id=network.id, on=date(2026, 5, 22), language=Language("en")
    )
    found = reports.REPORTS["decisions"].gather(sample, request)
    assert {one.reference[-3:]: one.state for one in found.decisions}["D04"] is DecisionState.PENDING


def test_the_directory_names_who_is_missing(sample: Session) -> None:
    said = text(sample, "directory")
    assert "[No alternate]" in said
    assert "⁦+973 0000 0000⁩" in said
    assert "⁦amina.haddad@example.org⁩" in said


def test_the_sheet_has_twelve_empty_rows_and_heads_in_both_languages(sample: Session) -> None:
    said = text(sample, "sign-in")
    assert said.count(" |  |  |  |  |") == 12
    assert f"Name · \u2068{Language('ar').tr('Name')}\u2069" in said


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("kind", list(reports.REPORTS))
def test_a_network_without_records_prints_every_document(session: Session, kind: str, code: str) -> None:
    networks.found(session, tor_profile.load("bahrain"), records_from=ON, on=ON)
    assert text(session, kind, code=code)


@pytest.mark.parametrize("kind", list(reports.REPORTS))
def test_a_network_without_terms_of_reference_prints_what_it_can(session: Session, kind: str) -> None:
    records.create(session, Network, country="XYZ", name_en="A network", records_from=ON)
    if kind == "progress-report":
        # Its figures are measured against the terms of reference: without them the officer is told what to do first.
        with pytest.raises(UserError, match="Put a version in effect first"):
            text(session, kind, "XYZ")
    else:
        assert text(session, kind, "XYZ")


def test_findings_hold_no_records(sample: Session) -> None:
    def check(value: Any) -> None:
        assert not isinstance(value, Record), value
        if is_dataclass(value):
            for one in fields(value):
                check(getattr(value, one.name))
        elif isinstance(value, (tuple, list, set, frozenset)):
            for one in value:
                check(one)
        elif isinstance(value, dict):
            for one in value.values():
                check(one)

    for kind in reports.REPORTS:
        check(findings(sample, kind))


def test_a_report_tells_no_measurement_of_a_later_day(sample: Session) -> None:
    """The sample measures 200 workers on 31 May: the half-year that ended before knows nothing of it."""

    def measured(period: str) -> list[str]:
        found = findings(sample, "progress-report", period=period)
        return [
            mark.latest.value
            for objective in found.plan.objectives
            for output in objective.outputs
            for activity in output.activities
            for mark in activity.indicators
            if mark.latest is not None
        ]

    assert "200" in measured("2026-H1")
    assert measured("2026-Q1") == []


def test_bahrain_prints_its_own_word_for_challenges(sample: Session) -> None:
    told = text(sample, "progress-report")
    assert "1 impediment was raised in the period." in told
    assert "challenge was raised" not in told
