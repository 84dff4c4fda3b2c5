"""Decisions: who is heard, when silence ends, what undoes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.services.meeting_fixtures import ON, Small, at, body, holiday, seat, small_network
from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionState, DecisionSubject, Position, Stance
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.organisations import Category, Organisation, OrganisationKind
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import ENGLISH
from unnm_desktop.services import calendar, decisions, records
from unnm_desktop.services.decisions import DECISIONS, take_position
from unnm_desktop.services.listing import Context
from unnm_desktop.services.standings import judge


def put(session: Session, small: Small, **values: object) -> Decision:
    """A decision put to the members on the fixed day."""
    decision = decisions.propose(session, small.id, ON, text_en="To do it", **values)
    decisions.put_to_members(session, decision.id, ON)
    return decision


def state(session: Session, decision: Decision, moment: datetime | None = None) -> DecisionState:
    """Where it stands."""
    return decisions.standing(session, [decision.id], moment or at(hour=20))[decision.id].state


def says(
    session: Session, decision: Decision, who: Organisation, stance: Stance, moment: datetime | None = None
) -> Position:
    """One member's word."""
    reason = "It costs too much" if stance in (Stance.OBJECTS, Stance.RESERVATION) else ""
    return take_position(session, decision.id, who.id, stance, moment or at(), reason=reason)


def test_the_snapshot_holds_the_members_of_the_day_and_nobody_else(session: Session) -> None:
    small = small_network(session)
    ministry = body(session, small, "MoFA", OrganisationKind.GOVERNMENT, "BHR")
    for acronym, kind in (("Press", OrganisationKind.MEDIA), ("UNV", OrganisationKind.UN_ENTITY)):
        body(session, small, acronym, kind)
    seat(session, small, "MoFA")
    seat(session, small, "UNV", Category.PARTICIPATING)
    body(session, small, "WHO")
    seat(session, small, "WHO", start="2026-03-12")
    decision = put(session, small)
    asked = {position.organisation_id for position in decisions.positions(session, decision.id)}
    assert asked == {small.bodies[name].id for name in ("IOM", "ILO", "UNHCR")}
    with pytest.raises(UserError):
        take_position(session, decision.id, ministry.id, Stance.AGREES, at())
    records.update(session, type(small.seats["ILO"]), small.seats["ILO"].id, end="2020-12")
    assert {one.organisation_id for one in decisions.put_to_members(session, decision.id, ON)} == asked


def test_without_text_or_members_nothing_is_put(session: Session) -> None:
    small = small_network(session)
    draft = decisions.propose(session, small.id, ON)
    assert draft.reference == "BHR/2026/D01"
    assert state(session, draft) is DecisionState.DRAFT
    with pytest.raises(UserError):
        decisions.put_to_members(session, draft.id, ON)
    with pytest.raises(UserError):
        decisions.put_to_members(session, decisions.propose(session, small.id, ON, text_en="x").id, date(2019, 12, 1))


def test_bahrain_waits_for_every_member_and_one_objection_is_enough(session: Session) -> None:
    small = small_network(session, "bahrain")
    decision = put(session, small)
    says(session, decision, small.bodies["IOM"], Stance.AGREES)
    says(session, decision, small.bodies["ILO"], Stance.RESERVATION)
    waiting = decisions.standing(session, [decision.id], at(hour=20))[decision.id]
    assert waiting.state is DecisionState.PENDING
    assert [one.acronym for one in waiting.not_heard] == ["UNHCR"]
    says(session, decision, small.bodies["UNHCR"], Stance.OBJECTS)
    refused = decisions.standing(session, [decision.id], at(hour=20))[decision.id]
    assert refused.state is DecisionState.NOT_ADOPTED
    assert [one.acronym for one in refused.objecting] == ["UNHCR"]
    says(session, decision, small.bodies["UNHCR"], Stance.AGREES)
    adopted = decisions.standing(session, [decision.id], at(hour=20))[decision.id]
    assert adopted.state is DecisionState.ADOPTED
    assert [one.acronym for one in adopted.reserved] == ["ILO"]
    assert adopted.adopted_on == ON


def test_kuwait_needs_those_who_are_heard_and_the_absent_stay_not_reached(session: Session) -> None:
    small = small_network(session, "kuwait")
    decision = put(session, small)
    assert state(session, decision) is DecisionState.PENDING
    says(session, decision, small.bodies["IOM"], Stance.AGREES)
    found = decisions.standing(session, [decision.id], at(hour=20))[decision.id]
    assert found.state is DecisionState.ADOPTED
    assert {one.acronym for one in found.not_heard} == {"ILO", "UNHCR"}
    says(session, decision, small.bodies["ILO"], Stance.OBJECTS)
    assert state(session, decision) is DecisionState.NOT_ADOPTED


def test_where_the_absent_do_not_count_it_is_adopted_the_day_the_last_objection_ends(session: Session) -> None:
    small = small_network(session, "kuwait")
    decision = put(session, small)
    says(session, decision, small.bodies["ILO"], Stance.OBJECTS)
    says(session, decision, small.bodies["IOM"], Stance.AGREES)
    ended = at(ON + timedelta(days=10))
    says(session, decision, small.bodies["ILO"], Stance.AGREES, ended)
    assert decisions.standing(session, [decision.id], ended)[decision.id].adopted_on == ended.date()
    assert state(session, decision, at(ON + timedelta(days=9))) is DecisionState.PENDING
    says(session, decision, small.bodies["UNHCR"], Stance.AGREES, at(ON + timedelta(days=20)))
    later = decisions.standing(session, [decision.id], at(ON + timedelta(days=30)))[decision.id]
    assert later.adopted_on == ended.date()


def test_a_later_objection_is_flagged_and_undoes_nothing(session: Session) -> None:
    small = small_network(session, "kuwait")
    decision = put(session, small)
    says(session, decision, small.bodies["IOM"], Stance.AGREES)
    later = says(session, decision, small.bodies["ILO"], Stance.OBJECTS, at(ON + timedelta(days=5)))
    assert later.late
    found = decisions.standing(session, [decision.id], at(ON + timedelta(days=9)))[decision.id]
    assert found.state is DecisionState.ADOPTED
    assert [one.acronym for one in found.late] == ["ILO"]
    assert not says(session, decision, small.bodies["UNHCR"], Stance.AGREES, at(ON + timedelta(days=6))).late


def test_adoption_is_the_day_the_last_member_is_heard(session: Session) -> None:
    small = small_network(session, "bahrain", ("IOM", "ILO"))
    decision = put(session, small)
    says(session, decision, small.bodies["IOM"], Stance.AGREES)
    heard = at(ON + timedelta(days=5))
    says(session, decision, small.bodies["ILO"], Stance.AGREES, heard)
    assert decisions.standing(session, [decision.id], heard)[decision.id].adopted_on == heard.date()
    assert not says(session, decision, small.bodies["ILO"], Stance.OBJECTS, heard).late
    assert state(session, decision, heard) is DecisionState.NOT_ADOPTED


def test_an_objection_needs_its_reason(session: Session) -> None:
    small = small_network(session)
    decision = put(session, small)
    with pytest.raises(Invalid):
        take_position(session, decision.id, small.bodies["IOM"].id, Stance.OBJECTS, at())


def test_silence_ends_at_the_same_hour_on_the_third_working_day(session: Session) -> None:
    small = small_network(session, "bahrain")
    decision = put(session, small)
    says(session, decision, small.bodies["IOM"], Stance.AGREES)
    decisions.start_silence(session, decision.id, at())
    # Wednesday 11 March; Friday and Saturday are the weekend.
    assert decision.silence_until == at(date(2026, 3, 16))
    sent = records.all_of(session, Dispatch, Dispatch.kind == DispatchKind.SILENCE)
    assert {one.addressee for one in sent} == {"ILO", "UNHCR"}
    with pytest.raises(UserError):
        decisions.start_silence(session, decision.id, at(hour=10))
    end = decision.silence_until
    assert end is not None
    assert state(session, decision, end - timedelta(minutes=1)) is DecisionState.PENDING
    found = decisions.standing(session, [decision.id], end)[decision.id]
    assert found.state is DecisionState.ADOPTED
    assert found.by_silence
    assert not found.not_heard
    assert {one.acronym for one in found.silent} == {"ILO", "UNHCR"}
    assert state(session, decision, end) is DecisionState.ADOPTED
    late = says(session, decision, small.bodies["ILO"], Stance.OBJECTS, end + timedelta(minutes=5))
    assert late.late
    assert state(session, decision, end + timedelta(days=1)) is DecisionState.ADOPTED


def test_documents_have_five_working_days_and_holidays_count_not(session: Session) -> None:
    small = small_network(session, "bahrain")
    holiday(session, small, date(2026, 3, 15))
    decision = put(session, small, subject=DecisionSubject.WORKPLAN)
    decisions.start_silence(session, decision.id, at())
    assert decision.silence_until == at(date(2026, 3, 19))


def test_an_objection_breaks_the_silence_and_its_withdrawal_does_not_mend_it(session: Session) -> None:
    small = small_network(session, "bahrain")
    decision = put(session, small)
    decisions.start_silence(session, decision.id, at())
    next_day = at(ON + timedelta(days=1))
    says(session, decision, small.bodies["ILO"], Stance.OBJECTS, next_day)
    assert state(session, decision, next_day) is DecisionState.NOT_ADOPTED
    says(session, decision, small.bodies["ILO"], Stance.AGREES, at(ON + timedelta(days=2)))
    assert state(session, decision, at(ON + timedelta(days=30))) is DecisionState.PENDING
    decisions.start_silence(session, decision.id, at(ON + timedelta(days=30)))
    assert state(session, decision, at(ON + timedelta(days=60))) is DecisionState.ADOPTED


def test_silence_is_extended_with_a_reason_only_to_a_later_end(session: Session) -> None:
    small = small_network(session, "bahrain")
    decision = put(session, small)
    with pytest.raises(UserError):
        decisions.extend_silence(session, decision.id, at(date(2026, 3, 20)), "Holiday", at())
    decisions.start_silence(session, decision.id, at())
    for until, reason in ((at(date(2026, 3, 20)), " "), (at(date(2026, 3, 13)), "Holiday")):
        with pytest.raises(Invalid):
            decisions.extend_silence(session, decision.id, until, reason, at(hour=10))
    decisions.extend_silence(session, decision.id, at(date(2026, 3, 20)), "Holiday", at(hour=10))
    assert state(session, decision, at(date(2026, 3, 18))) is DecisionState.PENDING


def test_what_the_officer_does_with_it(session: Session) -> None:
    small = small_network(session, "bahrain")
    decision = put(session, small)
    decisions.start_silence(session, decision.id, at())
    with pytest.raises(Invalid):
        decisions.act(session, decision.id, DecisionAct.DEFERRED, ON)
    decisions.act(session, decision.id, DecisionAct.DEFERRED, ON, "More time")
    later = at(ON + timedelta(days=30))
    assert state(session, decision, later) is DecisionState.DEFERRED
    with pytest.raises(UserError):
        says(session, decision, small.bodies["IOM"], Stance.AGREES, later)
    decisions.act(session, decision.id, DecisionAct.NONE, ON)
    assert state(session, decision, later) is DecisionState.PENDING
    with pytest.raises(UserError):
        decisions.implement(session, decision.id, ON)
    decisions.hear(session, decision.id, [one.id for one in small.bodies.values()], later)
    assert state(session, decision, later) is DecisionState.ADOPTED
    with pytest.raises(UserError):
        decisions.act(session, decision.id, DecisionAct.WITHDRAWN, later.date(), "No")
    decisions.implement(session, decision.id, later.date())
    assert state(session, decision, later) is DecisionState.IMPLEMENTED


def test_a_decision_is_superseded_by_another_one_of_its_network(session: Session) -> None:
    small = small_network(session, "kuwait")
    first, second = put(session, small), put(session, small)
    for decision in (first, second):
        says(session, decision, small.bodies["IOM"], Stance.AGREES)
    decisions.supersede(session, first.id, second.id, ON)
    assert state(session, first) is DecisionState.SUPERSEDED
    for older, newer in ((second, first), (first, first)):
        with pytest.raises(UserError):
            decisions.supersede(session, older.id, newer.id, ON)


def test_the_wording_stays_once_the_members_were_asked(session: Session) -> None:
    small = small_network(session)
    draft = decisions.propose(session, small.id, ON, text_en="One")
    decisions.change_text(session, draft.id, text_en="Two")
    decisions.put_to_members(session, draft.id, ON)
    with pytest.raises(UserError):
        decisions.change_text(session, draft.id, text_en="Three")


def test_the_register_says_how_each_was_reached(session: Session) -> None:
    small = small_network(session, "bahrain")
    pending, silent, refused = put(session, small), put(session, small), put(session, small)
    says(session, pending, small.bodies["IOM"], Stance.AGREES)
    decisions.start_silence(session, silent.id, at())
    says(session, refused, small.bodies["ILO"], Stance.OBJECTS)
    context = Context(small.id, ENGLISH, date(2026, 4, 1))
    ids = DECISIONS.ids(session, context, sort="reference", descending=False)
    place = [column.name for column in DECISIONS.columns].index("how")
    told = [row[place].text for row in DECISIONS.rows(session, context, ids)]
    assert told[0] == "Pending: ILO, UNHCR"
    assert told[1] == "Consensus by no objection until 16 March 2026"
    assert told[2] == "Not adopted: ILO"
    met = records.create(session, Meeting, network_id=small.id, reference="BHR/2026/M01", day=date(2026, 3, 10))
    records.update(session, Decision, silent.id, meeting_id=met.id)
    place = [column.name for column in DECISIONS.columns].index("meeting")
    assert [row[place].text for row in DECISIONS.rows(session, context, ids)] == ["", "BHR/2026/M01", ""]
    for name, found in (("pending", pending), ("adopted", silent), ("not_adopted", refused)):
        assert DECISIONS.ids(session, context, choice=name) == [found.id]


def test_statements_do_not_grow_with_the_decisions(session: Session) -> None:
    small = small_network(session, "bahrain")
    made = [put(session, small).id for _ in range(12)]
    session.flush()
    assert len(statements(session, made[:2])) == len(statements(session, made))


def statements(session: Session, ids: list[UUID]) -> list[str]:
    """What is asked of the database for the standing of these."""
    session.expunge_all()
    said: list[str] = []

    def listen(*args: object) -> None:
        said.append(str(args[2]))

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    decisions.standing(session, ids, at())
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    return said


# An oracle of its own: the sentences of rules.md section 4 over a list of events, without any of the program's code.


@dataclass
class Story:
    """What happened, in order: (hour after the decision was put, member or act, what)."""

    everyone: bool
    members: int
    events: list[tuple[int, int, str]] = field(default_factory=list)


_WORDS = ("agrees", "reservation", "objects")
_events = st.lists(
    st.tuples(
        st.integers(1, 24 * 20),
        st.integers(0, 3),
        st.sampled_from((*_WORDS, "silence", "withdraw", "agrees", "objects")),
    ),
    max_size=8,
)


def _told(story: Story, until: int, length: int) -> str:
    """The state after the events up to that hour; ``length`` = hours that a silence lasts."""
    position = dict.fromkeys(range(story.members), "")
    silence: int | None = None
    adopted_day: int | None = None
    by_silence = acted = False
    for hour, who, what in [*sorted(story.events), (until, 0, "look")]:
        if hour > until:
            break
        if not acted and adopted_day is None and silence is not None and hour >= silence:
            adopted_day, by_silence = silence // 24, True
        if what == "look":
            break
        if acted:
            continue
        if what == "withdraw":
            acted = adopted_day is None
        elif what == "silence":
            objects = "objects" in position.values()
            if adopted_day is None and silence is None and not objects:
                silence = hour + length
        elif who < story.members:
            # Adopted on an earlier day (or by silence): recorded as late, or heard without changing anything.
            if adopted_day is not None and (by_silence or hour // 24 > adopted_day):
                continue
            position[who] = what
            if what == "objects" and silence is not None:
                silence = None
            heard = [word for word in position.values() if word]
            agreed = "objects" not in heard and (len(heard) == story.members or not story.everyone)
            adopted_day = hour // 24 if agreed and silence is None else None
    if acted:
        return "withdrawn"
    if adopted_day is not None:
        return "adopted"
    return "not_adopted" if "objects" in position.values() else "pending"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@example(
    everyone=False,
    members=2,
    events=[(1, 1, "objects"), (2, 0, "agrees"), (240, 1, "agrees"), (241, 0, "objects")],
    look=0,
)
@given(everyone=st.booleans(), members=st.integers(1, 4), events=_events, look=st.integers(0, 24 * 40))
def test_the_state_is_the_one_the_rules_tell(
    database: Database, everyone: bool, members: int, events: list[tuple[int, int, str]], look: int
) -> None:
    # In Bahrain's zone midnight lies between 20:59 and 21:00 UTC, so that whole hours fall on clear days.
    start = datetime.fromisoformat("2026-03-10T21:30:00+00:00")
    names = tuple(f"M{number}" for number in range(members))
    events = sorted({hour: (hour, who, what) for hour, who, what in events}.values())
    story = Story(everyone, members)
    with pytest.raises(_Enough), database.write("Story") as session:  # noqa: PT012 - the step is thrown away whole
        small = small_network(session, "bahrain" if everyone else "kuwait", names)
        decision = decisions.propose(session, small.id, date(2026, 3, 11), text_en="x")
        decisions.put_to_members(session, decision.id, date(2026, 3, 11))
        length = None
        for hour, who, what in events:
            moment = start + timedelta(hours=hour)
            if what == "silence":
                length = 24 * 14
                off = (frozenset({4, 5}), frozenset[date]())
                end = calendar.silence_end(moment, 3, small.network.time_zone, *off)
                story.events.append((hour, who, what))
                try:
                    decisions.start_silence(session, decision.id, moment)
                except UserError:
                    continue
                assert decision.silence_until == end
                decisions.extend_silence(session, decision.id, moment + timedelta(hours=length), "Time", moment)
                continue
            story.events.append((hour, who, what))
            try:
                if what == "withdraw":
                    # The officer acts at this moment; the day's end lies ahead, so silence that ends that day is over.
                    story.events.pop()
                    local = (moment + timedelta(hours=3)).date()
                    decisions.act(session, decision.id, DecisionAct.WITHDRAWN, local, "No")
                    story.events.append((hour, who, what))
                elif who < members:
                    reason = "Because" if what != "agrees" else ""
                    key = small.bodies[f"M{who}"].id
                    take_position(session, decision.id, key, Stance(what), moment, reason=reason)
            except UserError:
                continue
        last = max([hour for hour, _, _ in story.events], default=0)
        when = max(look, last)
        found = decisions.standing(session, [decision.id], start + timedelta(hours=when))[decision.id]
        assert str(found.state) == _told(story, when, 24 * 14)
        context = Context(small.id, ENGLISH, (start + timedelta(hours=when + 3)).date())
        end_of_day = calendar.end_of_day(context.on, "UTC")
        listed = decisions.standing(session, [decision.id], end_of_day)[decision.id].state
        for name in ("pending", "adopted", "not_adopted"):
            assert (DECISIONS.ids(session, context, choice=name) == [decision.id]) == (name == str(listed))
        raise _Enough


class _Enough(Exception):
    """The story is told; nothing of it is kept."""


def test_a_standing_needs_no_database() -> None:
    member = Organisation(acronym="IOM", name_en="IOM")
    decision = Decision(network_id=UUID(int=1), decided_on=ON, pending_on=ON, text_en="x", all_members=True)
    position = Position(decision_id=decision.id, organisation_id=member.id, stance=Stance.AGREES, said_on=ON)
    found = judge(decision, [position], {member.id: member}, {}, at(), "Asia/Bahrain")
    assert found.state is DecisionState.ADOPTED
    assert judge(decision, [position], {member.id: member}, {}, at(ON - timedelta(days=1)), "UTC").state is (
        DecisionState.DRAFT
    )
