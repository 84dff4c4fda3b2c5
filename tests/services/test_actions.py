"""Action points: promised, reminded, done; and a list that is fast."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.orm import Session

from tests.services.meeting_fixtures import ON, Small, appoint, small_network
from unnm_desktop.db.actions import ActionPoint, ActionStatus, NoteKind
from unnm_desktop.db.people import Person
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import ENGLISH
from unnm_desktop.services import actions, records
from unnm_desktop.services.actions import ACTIONS, OPEN, Tally
from unnm_desktop.services.listing import Context

YESTERDAY, SOON, LATER = ON - timedelta(days=1), ON + timedelta(days=3), ON + timedelta(days=60)


def promise(session: Session, small: Small, due: date | None = SOON, task: str = "Send the list") -> ActionPoint:
    return actions.create_action(session, small.id, ON, task_en=task, due=due)


def test_a_promise_has_a_reference_and_somebody_responsible(session: Session) -> None:
    small = small_network(session)
    sara = appoint(session, small, "IOM", "Sara Haddad")
    iom, ilo = small.bodies["IOM"].id, small.bodies["ILO"].id
    action = actions.create_action(session, small.id, ON, task_en="Draft", responsible=[(iom, sara.id), (ilo, None)])
    assert (action.reference, action.given_on) == ("BHR/2026/A01", ON)
    assert actions.names_of(actions.responsible_of(session, [action.id])[action.id]) == ["ILO", "IOM (Sara Haddad)"]
    actions.set_responsible(session, action.id, [(ilo, None)])
    actions.set_responsible(session, action.id, [(iom, None)])
    assert actions.names_of(actions.responsible_of(session, [action.id])[action.id]) == ["IOM"]
    with pytest.raises(Invalid):
        actions.create_action(session, small.id, ON)


def test_a_day_moves_by_days_and_by_whole_months(session: Session) -> None:
    small = small_network(session)
    action = promise(session, small, date(2027, 1, 31))
    assert actions.move_later(session, action.id, 0, 1).due == date(2027, 2, 28)
    assert actions.move_later(session, action.id, 7, 0).due == date(2027, 3, 7)
    dateless = promise(session, small, None)
    with pytest.raises(UserError):
        actions.move_later(session, dateless.id, 7, 0)
    last = promise(session, small, date.max)
    for days, months in ((7, 0), (0, 1)):
        with pytest.raises(UserError, match="calendar ends"):
            actions.move_later(session, last.id, days, months)


def test_done_dropped_and_opened_again(session: Session) -> None:
    small = small_network(session)
    action = promise(session, small, YESTERDAY)
    assert actions.is_overdue(action, ON)
    assert not actions.is_overdue(action, YESTERDAY)
    actions.begin(session, action.id)
    actions.mark_done(session, action.id, ON, "Letter of 11 March")
    actions.mark_done(session, action.id, LATER)
    assert (action.status, action.done_on, action.evidence) == (ActionStatus.DONE, ON, "Letter of 11 March")
    assert not actions.is_overdue(action, ON)
    with pytest.raises(UserError):
        actions.drop(session, action.id, "No longer needed")
    with pytest.raises(Invalid):
        actions.reopen(session, action.id, ON, " ")
    actions.reopen(session, action.id, ON, "It was the wrong letter")
    assert (action.status, action.done_on) == (ActionStatus.OPEN, None)
    assert [note.text for note in actions.notes(session, action.id)] == ["It was the wrong letter"]
    with pytest.raises(Invalid):
        actions.drop(session, action.id, "")
    actions.drop(session, action.id, "No longer needed")
    with pytest.raises(UserError):
        actions.mark_done(session, action.id, ON)


def test_reminders_end_with_the_promise(session: Session) -> None:
    small = small_network(session)
    action = promise(session, small)
    actions.remind(session, action.id, ON, "By e-mail")
    actions.remind(session, action.id, LATER)
    actions.note(session, action.id, LATER, "They are on it")
    assert [one.kind for one in actions.notes(session, action.id)].count(NoteKind.REMINDER) == 2
    actions.mark_done(session, action.id, LATER)
    with pytest.raises(UserError):
        actions.remind(session, action.id, LATER)


def test_the_tally_is_one_statement(session: Session) -> None:
    small = small_network(session)
    for due in (YESTERDAY, SOON, ON, LATER, None):
        promise(session, small, due)
    actions.begin(session, promise(session, small, LATER).id)
    actions.mark_done(session, promise(session, small, YESTERDAY).id, ON)
    records.remove(session, ActionPoint, promise(session, small, YESTERDAY).id)
    said: list[object] = []

    def listen(*args: object) -> None:
        said.append(args[2])

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    assert actions.tally(session, small.id, ON) == Tally(open=5, in_progress=1, overdue=1, due_this_week=2, done=1)
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    assert len(said) == 1


def test_the_list_is_ordered_by_day_grouped_and_toned(session: Session) -> None:
    small = small_network(session)
    late, soon, later = (promise(session, small, due) for due in (YESTERDAY, SOON, LATER))
    done = promise(session, small, YESTERDAY)
    actions.mark_done(session, done.id, ON)
    actions.set_responsible(session, late.id, [(small.bodies["ILO"].id, None)])
    context = Context(small.id, ENGLISH, ON)
    assert list(ACTIONS.ids(session, context)) == [late.id, soon.id, later.id, done.id]
    ids = ACTIONS.ids(session, context, choice="open")
    assert ids == [late.id, soon.id, later.id]
    assert ACTIONS.group is not None
    assert ACTIONS.group(session, ids, context) == ["Overdue", "Next seven days", "Later"]
    assert ACTIONS.group(session, [later.id, late.id, later.id], context) == ["", "", ""]
    names = [column.name for column in ACTIONS.columns if column.listed]
    rows = [dict(zip(names, row, strict=True)) for row in ACTIONS.rows(session, context, [*ids, done.id])]
    assert [row["due"].tone for row in rows] == ["bad", "warn", "", ""]
    assert [row["responsible"].text for row in rows] == ["ILO", "No one yet", "No one yet", "No one yet"]
    assert ACTIONS.ids(session, context, choice="overdue") == [late.id]
    assert ACTIONS.ids(session, context, choice="soon") == [soon.id]
    assert ACTIONS.ids(session, context, choice="done") == [done.id]


def test_mine_are_those_owed_by_the_person_of_the_officers_name(session: Session) -> None:
    small = small_network(session)
    mine, done, other = (promise(session, small, LATER) for _ in range(3))
    officer = records.create(session, Person, name_en="Amina Haddad", name_ar="أمينة حداد")
    for one in (mine, done):
        actions.set_responsible(session, one.id, [(small.bodies["ILO"].id, officer.id)])
    actions.set_responsible(session, other.id, [(small.bodies["ILO"].id, None)])
    actions.mark_done(session, done.id, ON)
    for name, found in (("أمينة حداد", [mine.id]), ("Nobody of the network", []), ("", [])):
        assert ACTIONS.ids(session, Context(small.id, ENGLISH, ON, name), choice="mine") == found


def test_what_is_open_is_read_from_its_own_index(session: Session) -> None:
    small = small_network(session)
    rows = [
        {
            "network_id": small.id,
            "task_en": f"Task {number}",
            "due": ON + timedelta(days=number % 700 - 350),
            "status": ActionStatus.OPEN if number % 20 == 0 else ActionStatus.DONE,
            "done_on": ON,
        }
        for number in range(3000)
    ]
    records.create_many(session, ActionPoint, rows)
    context = Context(small.id, ENGLISH, ON)
    of_network = ActionPoint.network_id == small.id
    asked = select(ActionPoint.id).where(of_network, OPEN).order_by(ActionPoint.due, ActionPoint.id)
    counted = select(func.count()).where(of_network, OPEN, ActionPoint.due < ON)
    for _ in range(2):
        for query in (asked, counted):
            compiled = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
            plan = " ".join(row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))
            assert "ix_action_point_open" in plan
            assert "TEMP B-TREE" not in plan
        session.execute(text("ANALYZE"))
    assert len(ACTIONS.ids(session, context, choice="open")) == 150


def test_statements_do_not_grow_with_the_page(session: Session) -> None:
    small = small_network(session)
    made = [promise(session, small).id for _ in range(40)]
    counts = []
    for page in (made[:2], made):
        said: list[object] = []

        def listen(*args: object, said: list[object] = said) -> None:
            said.append(args[2])

        event.listen(session.get_bind(), "before_cursor_execute", listen)
        ACTIONS.rows(session, Context(small.id, ENGLISH, ON), page)
        event.remove(session.get_bind(), "before_cursor_execute", listen)
        counts.append(len(said))
    assert counts[0] == counts[1]
