"""Minutes: versions, comments, adoption, sealing, and the records that stand in their text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.services.meeting_fixtures import ON, Small, at, small_network
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.minutes import CommentKind, CommentOutcome, Minutes, MinutesState
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.services import meetings, minutes, minutes_text, records

LATER = ON + timedelta(days=60)


def begun(session: Session) -> tuple[Small, Meeting, AgendaItem, Minutes]:
    """A meeting with one written entry."""
    small = small_network(session)
    meeting = meetings.plan_next(session, small.id, ON, day=ON)
    item = meetings.add_item(session, meeting.id, title_en="Health")
    version = minutes.open_minutes(session, meeting.id)
    minutes.write_entry(session, version.id, item.id, text_en="IOM reported.")
    return small, meeting, item, version


def sealed(session: Session) -> tuple[Meeting, AgendaItem, Minutes]:
    _, meeting, item, version = begun(session)
    minutes.circulate(session, version.id, at())
    minutes.adopt(session, version.id, LATER)
    return meeting, item, minutes.seal(session, version.id, LATER)


def test_a_meeting_has_one_draft_until_it_is_circulated(session: Session) -> None:
    small, meeting, item, version = begun(session)
    assert minutes.open_minutes(session, meeting.id).id == version.id
    assert minutes.current_minutes(session, meeting.id) is version
    entry = minutes.write_entry(session, version.id, item.id, text_ar="نص")
    assert (entry.text_en, entry.text_ar) == ("IOM reported.", "نص")
    found = minutes.entry_for(session, version.id, item.id)
    assert found is not None
    assert found.id == entry.id
    other = meetings.plan_next(session, small.id, ON, day=LATER)
    with pytest.raises(UserError):
        minutes.write_entry(session, version.id, meetings.agenda(session, other.id)[0].id, text_en="x")


def test_circulated_minutes_are_locked_and_comments_get_an_outcome(session: Session) -> None:
    small, meeting, item, version = begun(session)
    with pytest.raises(UserError):
        minutes.add_comment(session, version.id, ON, "x")
    minutes.circulate(session, version.id, at())
    # Five working days after Wednesday 11 March; Friday and Saturday are the weekend.
    assert version.comments_until == at(ON + timedelta(days=7))
    sent = records.all_of(session, Dispatch, Dispatch.kind == DispatchKind.MINUTES)
    assert {one.addressee for one in sent} == {"IOM", "ILO", "UNHCR"}
    with pytest.raises(UserError):
        minutes.write_entry(session, version.id, item.id, text_en="Changed")
    with pytest.raises(UserError):
        minutes.circulate(session, version.id, at())
    said = minutes.add_comment(session, version.id, ON, "It was ILO", organisation_id=small.bodies["ILO"].id)
    minutes.add_comment(session, version.id, ON, kind=CommentKind.NO_COMMENT, organisation_id=small.bodies["IOM"].id)
    assert minutes.open_comments(session, meeting.id) == [said]
    with pytest.raises(UserError):
        minutes.settle(session, version.id)
    with pytest.raises(Invalid):
        minutes.settle_comment(session, said.id, CommentOutcome.NOT_ACCEPTED)
    minutes.settle_comment(session, said.id, CommentOutcome.ACCEPTED)
    again = minutes.revise(session, version.id)
    assert minutes.revise(session, version.id).id == again.id
    minutes.write_entry(session, again.id, item.id, text_en="ILO reported.")
    assert (again.version, minutes.settle(session, again.id).state) == (2, MinutesState.SETTLED)
    first = minutes.entry_for(session, version.id, item.id)
    assert first is not None
    assert first.text_en == "IOM reported."


def test_adoption_at_a_later_meeting_or_by_silence(session: Session) -> None:
    small, meeting, _, version = begun(session)
    with pytest.raises(UserError):
        minutes.adopt(session, version.id, LATER)
    minutes.circulate(session, version.id, at())
    with pytest.raises(UserError):
        minutes.adopt(session, version.id, ON)
    earlier = meetings.plan_next(session, small.id, ON, day=ON - timedelta(days=30))
    for wrong in (earlier, meeting):
        with pytest.raises(UserError):
            minutes.adopt(session, version.id, LATER, wrong.id)
    with pytest.raises(UserError):
        minutes.seal(session, version.id, LATER)
    later = meetings.plan_next(session, small.id, ON, day=LATER)
    minutes.adopt(session, version.id, LATER, later.id)
    assert (version.state, version.adopted_at_id) == (MinutesState.ADOPTED, later.id)


def test_sealed_minutes_never_change_and_only_a_corrigendum_follows(session: Session) -> None:
    meeting, item, version = sealed(session)
    with pytest.raises(UserError):
        minutes.write_entry(session, version.id, item.id, text_en="Changed")
    with pytest.raises(UserError):
        minutes.revise(session, version.id)
    with pytest.raises(UserError):
        minutes.add_decision_block(session, version.id, item.id, ON)
    again = minutes.corrigendum(session, version.id)
    assert again.corrigendum
    assert again.version == 2
    minutes.write_entry(session, again.id, item.id, text_en="Corrected")
    kept = minutes.entry_for(session, version.id, item.id)
    assert kept is not None
    assert kept.text_en == "IOM reported."
    assert [one.version for one in minutes.versions(session, meeting.id)] == [1, 2]
    with pytest.raises(UserError):
        minutes.settle(session, again.id)


def test_a_block_makes_the_record_and_its_line_and_the_record_outlives_the_line(session: Session) -> None:
    _, meeting, item, version = begun(session)
    decision = minutes.add_decision_block(session, version.id, item.id, ON, text_en="To meet", after=0)
    action = minutes.add_action_block(session, version.id, item.id, ON, task_en="Invite")
    assert (decision.meeting_id, decision.agenda_item_id, action.meeting_id) == (meeting.id, item.id, meeting.id)
    entry = minutes.entry_for(session, version.id, item.id)
    assert entry is not None
    both = [("decision", decision.id), ("action", action.id)]
    assert minutes_text.references(entry.text_en) == both
    assert minutes_text.references(entry.text_ar) == both
    assert entry.text_en.index("{{decision") < entry.text_en.index("IOM reported.")
    texts = {
        name: minutes_text.without(getattr(entry, name), "decision", decision.id) for name in ("text_en", "text_ar")
    }
    minutes.write_entry(session, version.id, item.id, **texts)
    assert records.get(session, Decision, decision.id).removed_at is None
