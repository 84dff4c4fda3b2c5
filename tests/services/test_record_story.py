"""A record's story: every step in words, values put back, undone steps told as such; the trash of all kinds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.conftest import TODAY
from tests.ui import secretariat
from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import Kind
from unnm_desktop.db.networks import Holiday
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import ENGLISH
from unnm_desktop.services import actions, meetings, organisations, record_story, records, tor_versions, trash, undo
from unnm_desktop.services.handover import joining
from unnm_desktop.services.listing import Context
from unnm_desktop.services.record_changes import Setting


@pytest.fixture
def promise(database: Database) -> UUID:
    """An action point whose day and evidence were changed, the day twice."""
    with database.write("Set up") as session:
        network = secretariat.found(session)
        meetings.plan_next(session, network.id, date(2026, 11, 1), day=date(2026, 11, 18))
    with database.write("New action point") as session:
        made = actions.create_action(session, network.id, TODAY, task_en="Send the sheet", due=date(2026, 12, 1))
    for day in (date(2026, 12, 8), date(2026, 12, 15)):
        with database.write("Change action point") as session:
            records.update(session, ActionPoint, made.id, due=day)
    return made.id


def setting(session: Session, key: UUID) -> Setting:
    return Setting(records.get(session, ActionPoint, key).network_id, TODAY, datetime.now(UTC))


def test_each_step_says_what_it_changed_from_what_to_what(database: Database, promise: UUID) -> None:
    with database.read() as session:
        told = record_story.story(session, "action_point", promise, ENGLISH)
    newest, before, first = told.steps
    assert [(one.name, one.before, one.after) for one in newest.fields] == [("due", "8 Dec 2026", "15 Dec 2026")]
    assert newest.officer == "Test Officer"
    assert newest.fields[0].can_return
    assert before.fields[0].before == "1 Dec 2026"
    assert first.created
    assert not any(one.can_return for one in first.fields)
    assert not told.more


def test_choices_and_references_are_told_in_words(database: Database, promise: UUID) -> None:
    with database.write("Give it a meeting") as session:
        action = records.get(session, ActionPoint, promise)
        meeting = meetings.next_meeting(session, action.network_id, date(2026, 11, 1))
        assert meeting is not None
        actions.begin(session, promise)
        records.update(session, ActionPoint, promise, meeting_id=meeting.id)
    with database.read() as session:
        step = record_story.story(session, "action_point", promise, ENGLISH).steps[0]
    words = {one.name: (one.before, one.after) for one in step.fields}
    assert words["status"] == ("Open", "In progress")
    assert words["meeting_id"][1].startswith("BHR/2026/M")


def test_a_value_is_put_back_as_a_step_of_its_own(database: Database, promise: UUID) -> None:
    with database.read() as session:
        was = record_story.story(session, "action_point", promise, ENGLISH).steps[1].fields[0].was
    with database.write("Restore a value") as session:
        record_story.put_back(session, "action_point", promise, setting(session, promise), "due", was)
    with database.read() as session:
        assert records.get(session, ActionPoint, promise).due == date(2026, 12, 1)
        told = record_story.story(session, "action_point", promise, ENGLISH)
    assert told.steps[0].label == "Restore a value"
    assert not told.steps[2].fields[0].can_return


def test_a_trace_of_the_records_life_is_not_put_back_by_hand(database: Database, promise: UUID) -> None:
    with database.write("Begin") as session:
        actions.begin(session, promise)
    with database.read() as session:
        (status,) = record_story.story(session, "action_point", promise, ENGLISH).steps[0].fields
    assert not status.can_return
    with database.write("Restore a value") as session, pytest.raises(UserError):
        record_story.put_back(session, "action_point", promise, setting(session, promise), "status", status.was)


def test_what_was_undone_is_told_as_undone(database: Database, promise: UUID) -> None:
    with database.read() as session:
        assert database.device is not None
        entry = undo.next_undo(session, database.device.id)
    assert entry is not None
    with database.write(entry.label, kind=Kind.UNDO, undoes=entry.key) as session:
        undo.take_back(session, entry)
    with database.read() as session:
        step = record_story.story(session, "action_point", promise, ENGLISH).steps[0]
    assert (step.kind, step.fields[0].after) == (Kind.UNDO, "8 Dec 2026")


def test_the_statements_do_not_grow_with_the_steps(database: Database, promise: UUID) -> None:
    def count() -> int:
        told: list[str] = []
        with database.read() as session:
            engine = session.get_bind()

            def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
                told.append(statement)

            event.listen(engine, "before_cursor_execute", note)
            record_story.story(session, "action_point", promise, ENGLISH)
            event.remove(engine, "before_cursor_execute", note)
        return len(told)

    few = count()
    for number in range(20):
        with database.write("Change action point") as session:
            records.update(session, ActionPoint, promise, evidence=f"Seen {number}")
    assert count() == few


def test_the_trash_holds_every_kind_with_day_and_officer(database: Database, promise: UUID) -> None:
    with database.write("Remove") as session:
        network_id = records.get(session, ActionPoint, promise).network_id
        day = records.create(session, Holiday, network_id=network_id, day=date(2026, 12, 16), name_en="National Day")
        ilo = organisations.find(session, "ILO")
        assert ilo is not None
        records.remove(session, Holiday, day.id)
        records.remove(session, ActionPoint, promise)
        records.remove(session, Organisation, ilo.id)
        # Whom it was given to before is a trace of an edit.
        actions.set_responsible(session, promise, [(ilo.id, None)])
        actions.set_responsible(session, promise, [])
    context = Context(network_id, ENGLISH, TODAY)
    with database.read() as session:
        found = trash.removed(session, context)
        assert {one.id for one in found} == {day.id, promise, ilo.id}
        assert dict(trash.kinds(session, context)) == {"holiday": 1, "action_point": 1, "organisation": 1}
        assert [one.id for one in trash.removed(session, context, words="sheet")] == [promise]
        assert [one.id for one in trash.removed(session, context, table="holiday")] == [day.id]
        assert trash.removed(session, context, period="2019") == []
        rows = trash.rows(session, found, context)
    assert {row[2].text for row in rows} == {"Test Officer"}
    assert {row[0].second for row in rows} == {"Holiday", "Action point", "Organisation"}
    with database.write("Restore records") as session:
        for one in found:
            trash.restorer({one.id: one.table})(session, one.id)
    with database.read() as session:
        assert trash.removed(session, context) == []


def test_what_belongs_to_a_record_is_told_with_it(database: Database, promise: UUID) -> None:
    with database.write("Change who is responsible") as session:
        ilo, iom = organisations.find(session, "ILO"), organisations.find(session, "IOM")
        assert ilo is not None
        assert iom is not None
        actions.set_responsible(session, promise, [(ilo.id, None)])
    with database.write("Change who is responsible") as session:
        actions.set_responsible(session, promise, [(iom.id, None)])
    with database.write("Note a reminder") as session:
        actions.remind(session, promise, TODAY, "By telephone")
    with database.read() as session:
        steps = record_story.story(session, "action_point", promise, ENGLISH).steps
    told = [(one.label, one.part, one.about.split(" · ")[0], one.created) for one in steps[:4]]
    assert told[0] == ("Note a reminder", "action_note", ENGLISH.day(TODAY, short=True), True)
    assert set(told[1:3]) == {
        ("Change who is responsible", "action_responsible", "ILO", False),
        ("Change who is responsible", "action_responsible", "IOM", True),
    }
    assert told[3] == ("Change who is responsible", "action_responsible", "ILO", True)
    assert not any(field.can_return for step in steps[:4] for field in step.fields)


def test_a_record_made_one_with_another_is_not_in_the_trash_nor_brought_back_from_it(
    database: Database, promise: UUID
) -> None:
    with database.read() as session:
        network_id = records.get(session, ActionPoint, promise).network_id
        ilo, iom = organisations.find(session, "ILO"), organisations.find(session, "IOM")
        assert ilo is not None
        assert iom is not None
    with database.write(joining.LABEL, kind=Kind.SETTLE) as session:
        joining.join(session, "organisation", ilo.id, iom.id)
    with database.read() as session:
        assert trash.removed(session, Context(network_id, ENGLISH, TODAY)) == []
    with database.write("Restore") as session, pytest.raises(UserError, match="made one with another"):
        records.restore(session, Organisation, ilo.id)
    with database.write(joining.SEPARATE_LABEL, kind=Kind.SETTLE) as session:
        joining.separate(session, "organisation", ilo.id)
    with database.write("Remove") as session:
        records.remove(session, Organisation, ilo.id)
    with database.write("Restore") as session:
        assert records.restore(session, Organisation, ilo.id).removed_at is None


def test_the_story_of_a_record_tells_only_the_rules_that_were_changed(database: Database) -> None:
    with database.write("Set up") as session:
        network = secretariat.found(session).id
    with database.write("Change a setting of the network") as session:
        tor = tor_versions.change_setting(session, network, "vacancy_days", 45, TODAY).id
    with database.read() as session:
        step = record_story.story(session, "terms_of_reference", tor, ENGLISH).steps[0]
    said = [(one.before, one.after) for one in step.fields if one.name == "rules"]
    assert [tuple(text.strip("\u2069").replace("\u2068", "") for text in pair) for pair in said] == [
        ("A vacancy is late after: 30 days", "A vacancy is late after: 45 days")
    ]
