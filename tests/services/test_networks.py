"""A network is set up from its terms of reference; its versions hold for the days they were in effect."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.services.founded import START, body, founded, noon
from unnm_desktop.db.decisions import Decision, DecisionSubject, Stance
from unnm_desktop.db.goals import GcmObjective, GcmPrinciple, SdgGoal, SdgTarget
from unnm_desktop.db.networks import Holiday, TermsOfReference, TorState
from unnm_desktop.db.organisations import Category, Channel, Membership, Organisation, OrganisationKind, Residency
from unnm_desktop.db.people import OfficeKind
from unnm_desktop.db.tor_text import ReviewOutcome
from unnm_desktop.errors import UserError
from unnm_desktop.services import decisions, networks, organisations, people, records, tor_profile, tor_versions
from unnm_desktop.services.tor_checking import ProfileError

ON = date(2026, 11, 21)


def test_kuwait_is_set_up_from_its_text(session: Session) -> None:
    network = founded(session, "kuwait")
    assert (network.country, network.launched, network.currency) == ("KWT", "2019-12", "KWD")
    tor = networks.tor_on(session, network.id, ON)
    assert tor is not None
    assert tor.state is TorState.IN_EFFECT
    assert "UN Migration Network in Kuwait" in tor.source_text
    assert [one.number for one in networks.objectives_on(session, network.id, ON)] == list(range(1, 8))
    assert networks.clauses_of(session, tor.id)
    assert networks.themes_on(session, network.id, ON)
    assert not networks.rules_on(session, network.id, ON).module("referrals")


def test_bahrain_has_eight_objectives_two_co_chairs_and_referrals(session: Session) -> None:
    network = founded(session, "bahrain", answers={"settings.reporting_chair": "ILO"})
    assert len(networks.objectives_on(session, network.id, ON)) == 8
    offices = [
        (one.office.kind, one.organisation.short)
        for one in people.offices_on(session, network.id, ON)
        if one.organisation
    ]
    assert offices == [
        (OfficeKind.CO_CHAIR, "IOM"),
        (OfficeKind.CO_CHAIR, "ILO"),
        (OfficeKind.COORDINATOR, "IOM"),
        (OfficeKind.SECRETARIAT, "IOM"),
        (OfficeKind.REPORTING_CHAIR, "ILO"),
    ]
    assert networks.rules_on(session, network.id, ON).module("referrals")


def test_the_patron_of_kuwait_is_the_resident_coordinator_who_holds_no_seat(session: Session) -> None:
    network = founded(session, "kuwait")
    patron = next(one for one in people.offices_on(session, network.id, ON) if one.office.kind is OfficeKind.PATRON)
    assert patron.organisation is not None
    assert patron.organisation.short == "UNRC"
    assert all(body(session, name).holds_no_seat for name in ("UNRC", "RCO", "UNCT"))


def test_kuwait_invites_eight_bodies_that_hold_no_seat_and_knows_the_alias_of_the_ministry(session: Session) -> None:
    network = founded(session, "kuwait")
    invited = organisations.invited_on(session, network.id, ON)
    assert len(invited) == 8
    assert organisations.find(session, "MoEAL", "KWT") in invited
    assert [one.organisation.short for one in organisations.seats_on(session, network.id, ON)] == ["IOM"]


def test_reference_data_is_seeded_once_for_two_networks(session: Session) -> None:
    founded(session, "kuwait")
    founded(session, "bahrain")
    for entity, expected in ((GcmObjective, 23), (GcmPrinciple, 10), (SdgGoal, 17), (SdgTarget, 33)):
        assert session.scalar(select(func.count()).select_from(entity)) == expected
    shared = records.all_of(session, Organisation, Organisation.acronym == "IOM")
    assert [one.channel for one in shared] == [Channel.EMAIL]
    ministries = records.all_of(session, Organisation, Organisation.acronym == "MoFA")
    assert sorted(one.country for one in ministries) == ["BHR", "KWT"]
    assert all(one.channel is Channel.NOTE_VERBALE for one in ministries)


def test_kinds_and_collective_names_are_no_organisations(session: Session) -> None:
    founded(session, "kuwait")
    founded(session, "bahrain")
    names = set(session.scalars(select(Organisation.name_en)))
    assert not names & {
        "Government of Kuwait",
        "Civil society organizations",
        "The media",
        "Migrants",
        "Private sector",
    }
    assert all(
        one.kind is OrganisationKind.GOVERNMENT
        for one in records.all_of(session, Organisation, Organisation.country != "")
    )


def test_only_the_bodies_of_the_country_are_seeded(session: Session) -> None:
    founded(session, "bahrain")
    assert organisations.find(session, "PAM", "KWT") is None
    assert organisations.find(session, "LMRA", "BHR") is not None


def test_residency_is_taken_from_the_reference_list(session: Session) -> None:
    network = founded(session, "bahrain")
    found = {
        one.organisation.short: one.membership.residency for one in organisations.seats_on(session, network.id, ON)
    }
    assert found == {"IOM": Residency.RESIDENT, "ILO": Residency.UNKNOWN}


def test_a_second_network_of_the_same_country_is_refused(session: Session) -> None:
    founded(session, "kuwait")
    with pytest.raises(UserError, match="KWT already"):
        founded(session, "kuwait")


def test_answers_fill_what_the_text_leaves_open(session: Session) -> None:
    network = founded(
        session, "bahrain", answers={"tor.approved": "2020-09", "meetings.every_months": "3", "network.short_name": "X"}
    )
    tor = networks.tor_on(session, network.id, ON)
    assert tor is not None
    assert (tor.approved, tor.effective) == ("2020-09", "2020-09")
    assert networks.rules_on(session, network.id, ON).every_months == 3
    assert network.short_name == "X"


def test_an_answer_that_cannot_be_used_is_refused(session: Session) -> None:
    with pytest.raises(ProfileError):
        founded(session, "bahrain", answers={"tor.approved": "soon"})
    with pytest.raises(UserError):
        founded(session, "bahrain", answers={"network.country": "XYZ"})


def test_a_third_profile_makes_the_bodies_it_names(session: Session) -> None:
    raw = {
        "network": {"country": "JOR", "name_en": "UN Network on Migration in Jordan", "time_zone": "Asia/Amman"},
        "tor": {"version": "1"},
        "chairs": {"model": "chair", "holders": ["IOM"]},
        "members": {"initial": ["IOM", "River Relief Organization"]},
        "meetings": {"every_months": 3, "highlighted": {"invite": ["Ministry of Rivers"]}},
        "consensus": {"of": "members"},
        "objectives": [{"number": 1, "text_en": "Work together."}],
    }
    network = networks.found(session, tor_profile.parse(raw, "jordan.toml"), records_from=START, on=START)
    assert [one.short for one in organisations.consensus_set(session, network.id, ON)] == [
        "IOM",
        "River Relief Organization",
    ]
    assert [one.kind for one in organisations.invited_on(session, network.id, ON)] == [OrganisationKind.GOVERNMENT]
    assert network.currency == "USD"


def test_the_network_of_a_workspace_with_one_needs_no_country(session: Session) -> None:
    with pytest.raises(UserError, match="no network yet"):
        networks.network_of(session, None)
    kuwait = founded(session, "kuwait")
    assert networks.network_of(session, None).id == kuwait.id
    founded(session, "bahrain")
    with pytest.raises(UserError, match="KWT, BHR"):
        networks.network_of(session, None)
    assert networks.network_of(session, "kwt").id == kuwait.id
    with pytest.raises(UserError, match="OMN"):
        networks.network_of(session, "OMN")


def test_the_calendar_holds_weekend_and_holidays(session: Session) -> None:
    network = founded(session, "kuwait")
    records.create(session, Holiday, network_id=network.id, day=date(2026, 2, 25), name_en="National Day")
    days = networks.calendar_of(session, network.id)
    assert (days.zone, days.weekend, days.holidays) == ("Asia/Kuwait", {4, 5}, {date(2026, 2, 25)})


def test_no_terms_of_reference_hold_before_the_launch(session: Session) -> None:
    network = founded(session, "kuwait")
    assert networks.tor_on(session, network.id, date(2019, 11, 30)) is None
    assert networks.tor_on(session, network.id, date(2019, 12, 1)) is not None
    assert networks.rules_on(session, network.id, date(2019, 1, 1)).every_months == 1


def _agreed_decision(session: Session, network_id: object, subject: DecisionSubject, day: date) -> Decision:
    decision = decisions.propose(session, network_id, day, text_en="Agree.", subject=subject)
    for position in decisions.put_to_members(session, decision.id, day):
        decisions.take_position(session, decision.id, position.organisation_id, Stance.AGREES, noon(day))
    return decision


def test_an_amendment_takes_effect_only_after_endorsement_and_the_old_version_stays_readable(session: Session) -> None:
    network = founded(session, "bahrain", answers={"tor.approved": "2020-09-14"})
    first = networks.tor_on(session, network.id, START)
    assert first is not None
    draft = tor_versions.new_draft(session, network.id, START)
    assert draft.version == "2"
    assert len(records.all_of(session, Membership)) == 2
    with pytest.raises(UserError, match="comes after"):
        tor_versions.agree(session, draft.id, date(2026, 2, 1))
    tor_versions.start_consultation(session, draft.id, date(2026, 1, 15))
    with pytest.raises(UserError, match="by a decision"):
        tor_versions.agree(session, draft.id, date(2026, 2, 1))
    pending = decisions.propose(session, network.id, date(2026, 2, 1), text_en="Agree.", subject=DecisionSubject.TOR)
    decisions.put_to_members(session, pending.id, date(2026, 2, 1))
    with pytest.raises(UserError, match="not adopted"):
        tor_versions.agree(session, draft.id, date(2026, 2, 1), pending.id)
    adopted = _agreed_decision(session, network.id, DecisionSubject.TOR, date(2026, 2, 1))
    with pytest.raises(UserError, match="only after the UNCT"):
        tor_versions.put_in_effect(session, draft.id, date(2026, 4, 1), date(2026, 3, 1))
    tor_versions.agree(session, draft.id, date(2026, 2, 1), adopted.id)
    tor_versions.submit(session, draft.id, date(2026, 2, 10))
    with pytest.raises(UserError, match="only after the UNCT"):
        tor_versions.put_in_effect(session, draft.id, date(2026, 4, 1))
    with pytest.raises(UserError, match="The order is"):
        tor_versions.put_in_effect(session, draft.id, date(2026, 2, 20), date(2026, 3, 1))
    assert networks.tor_on(session, network.id, date(2026, 5, 1)) == first
    tor_versions.put_in_effect(session, draft.id, date(2026, 4, 1), date(2026, 3, 1))
    assert networks.tor_on(session, network.id, date(2026, 3, 31)) == first
    assert networks.tor_on(session, network.id, date(2026, 4, 1)) == draft
    assert first.state is TorState.SUPERSEDED
    assert len(networks.objectives_on(session, network.id, date(2026, 3, 31))) == 8
    assert len(networks.objectives_on(session, network.id, date(2026, 4, 1))) == 8
    assert networks.clauses_of(session, first.id)


def test_a_decision_about_something_else_does_not_agree_to_an_amendment(session: Session) -> None:
    network = founded(session, "bahrain")
    draft = tor_versions.new_draft(session, network.id, START)
    tor_versions.start_consultation(session, draft.id, START)
    other = _agreed_decision(session, network.id, DecisionSubject.GENERAL, START)
    with pytest.raises(UserError, match="Terms of reference"):
        tor_versions.agree(session, draft.id, START, other.id)


def test_a_text_that_is_silent_on_amendment_needs_no_gates(session: Session) -> None:
    network = founded(session, "kuwait")
    draft = tor_versions.new_draft(session, network.id, START)
    with pytest.raises(UserError, match="worked on already"):
        tor_versions.new_draft(session, network.id, START)
    tor_versions.put_in_effect(session, draft.id, date(2026, 3, 1))
    assert networks.tor_on(session, network.id, date(2026, 3, 1)) == draft


def test_rules_are_dated_with_their_version(session: Session) -> None:
    network = founded(session, "kuwait")
    draft = tor_versions.new_draft(session, network.id, START)
    rules = networks.copy_of(draft.rules)
    rules["meetings"]["every_months"] = 2
    records.update(session, TermsOfReference, draft.id, rules=rules)
    tor_versions.put_in_effect(session, draft.id, date(2026, 7, 1))
    assert networks.rules_on(session, network.id, date(2026, 6, 30)).every_months == 1
    assert networks.rules_on(session, network.id, date(2026, 7, 1)).every_months == 2


def test_a_terminated_text_holds_to_its_last_day(session: Session) -> None:
    network = founded(session, "bahrain")
    tor = networks.tor_on(session, network.id, START)
    assert tor is not None
    tor_versions.terminate(session, tor.id, date(2026, 6, 30), "Agreed by the UNCT")
    assert networks.tor_on(session, network.id, date(2026, 6, 30)) == tor
    assert networks.tor_on(session, network.id, date(2026, 7, 1)) is None
    assert len(networks.objectives_on(session, network.id, date(2026, 7, 1))) == 8


def test_a_setting_of_the_version_in_effect_can_be_changed(session: Session) -> None:
    network = founded(session, "bahrain")
    tor_versions.change_setting(session, network.id, "vacancy_days", 45, ON)
    assert networks.rules_on(session, network.id, ON).settings.vacancy_days == 45
    with pytest.raises(UserError):
        tor_versions.change_setting(session, network.id, "vacancy_days", -1, ON)
    with pytest.raises(UserError, match="no setting"):
        tor_versions.change_setting(session, network.id, "quorum", 3, ON)
    assert networks.rules_on(session, network.id, ON).settings.vacancy_days == 45


def test_reviews_are_kept_newest_first(session: Session) -> None:
    network = founded(session, "bahrain")
    tor = networks.tor_on(session, network.id, ON)
    assert tor is not None
    tor_versions.add_review(session, tor.id, START)
    tor_versions.add_review(session, tor.id, START + timedelta(days=300), ReviewOutcome.AMEND)
    assert [one.outcome for one in tor_versions.reviews(session, network.id)] == [
        ReviewOutcome.AMEND,
        ReviewOutcome.NO_CHANGE,
    ]


def test_invitees_are_not_seats_unless_asked_for(session: Session) -> None:
    network = founded(session, "kuwait")
    assert len(organisations.seats_on(session, network.id, ON, Category.INVITED)) == 8
    assert len(organisations.seats_on(session, network.id, ON)) == 1
