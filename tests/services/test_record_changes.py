"""Every kind of record can be made, changed, removed and restored; what the verbs guard stays guarded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.conftest import TODAY
from tests.ui.secretariat import found
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.decisions import Stance
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import MeetingKind
from unnm_desktop.db.minutes import Minutes, MinutesState
from unnm_desktop.db.networks import Network, TermsOfReference
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import any_record, decisions, meetings, minutes, organisations, record_changes, records
from unnm_desktop.services.listing import Context
from unnm_desktop.services.record_changes import Setting

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
# Their making asks for more than values: a draft version, a snapshot, an issued file.
SPECIAL = {"network", "issued_document", "attachment", "terms_of_reference", "position", "tor_clause", "objective"}
SPECIAL |= {"theme", "comment", "minutes", "minutes_entry", "report_section"}


@pytest.fixture
def network(session: Session) -> Network:
    return found(session)


def setting(network: Network) -> Setting:
    return Setting(network.id, TODAY, AT)


def value_for(session: Session, network: Network, shape: any_record.Shape) -> Any:
    if shape.kind == "reference":
        return parent(session, network, shape.target)
    if shape.kind == "choice":
        return shape.choices[0]
    return {
        "day": TODAY, "moment": AT, "number": 2027, "partial": "2026", "check": True, "texts": ["a"], "numbers": [1],
    }.get(shape.kind, "2026-H2" if shape.name == "period" else "Words")  # fmt: skip


def parent(session: Session, network: Network, table: str) -> UUID:
    context = Context(network.id, Language(), TODAY)
    known = any_record.ids(session, ENTITIES[table], context)
    if known:
        return known[0]
    made: UUID = make(session, network, table).id
    return made


def make(session: Session, network: Network, table: str) -> Any:
    values = {
        one.name: value_for(session, network, one)
        for one in record_changes.asked(ENTITIES[table])
        if one.needed or one.name in ("title_en", "name_en", "task_en", "text_en", "year")
    }
    if table == "membership":
        body = next(one for one in session.query(Organisation) if one.acronym == "UNESCO")
        values |= {"organisation_id": body.id, "category": any_record.shape(ENTITIES[table], "category").choices[0]}
    if table == "meeting":
        values["kind"] = MeetingKind.REGULAR
    if table == "office":
        values |= {"kind": "secretariat", "organisation_id": parent(session, network, "organisation")}
    if table == "appointment":
        values["role"] = "alternate"
    return record_changes.create(session, table, setting(network), **values)


@pytest.mark.parametrize("table", sorted(set(ENTITIES) - SPECIAL))
def test_every_kind_is_made_found_removed_and_restored(session: Session, network: Network, table: str) -> None:
    made = make(session, network, table)
    context = Context(network.id, Language(), TODAY)
    entity = ENTITIES[table]
    assert made.id in any_record.ids(session, entity, context)
    assert any_record.rows(session, entity, context, [made.id])[0][0].text
    record_changes.remove(session, table, made.id)
    assert made.id in any_record.ids(session, entity, context, removed=True)
    record_changes.restore(session, table, made.id)
    assert made.id in any_record.ids(session, entity, context)


def test_records_of_another_network_stay_out(session: Session, network: Network) -> None:
    meeting = make(session, network, "meeting")
    other = Context(UUID(int=9), Language(), TODAY)
    assert meeting.id not in any_record.ids(session, ENTITIES["meeting"], other)
    assert any_record.ids(session, ENTITIES["agenda_item"], other) == []
    assert any_record.ids(session, ENTITIES["organisation"], other)


def test_words_are_found_also_in_what_a_record_points_at(database: Database) -> None:
    with database.write("Set up") as session:
        network = found(session)
    context = Context(network.id, Language(), TODAY)
    with database.write("Remove") as session:
        assert len(any_record.ids(session, ENTITIES["membership"], context, words="migration iom")) == 1
        iom = organisations.find(session, "IOM")
        assert iom is not None
        records.remove(session, Organisation, iom.id)
    with database.read() as session:
        assert iom.id not in any_record.ids(session, Organisation, context, words="iom")
        assert iom.id in any_record.ids(session, Organisation, context, words="iom", removed=True)


def test_a_needed_value_is_asked_for(session: Session, network: Network) -> None:
    with pytest.raises(Invalid) as refused:
        record_changes.create(session, "holiday", setting(network), name_en="Feast")
    assert set(refused.value.problems) == {"day"}
    made = record_changes.create(session, "holiday", setting(network), day=date(2026, 12, 16), name_en="Feast")
    with pytest.raises(Invalid):
        record_changes.change(session, "holiday", made.id, setting(network), day=None)


def test_traces_of_a_life_are_not_written_by_hand(session: Session, network: Network) -> None:
    made = make(session, network, "meeting")
    with pytest.raises(UserError, match="follows from"):
        record_changes.change(session, "meeting", made.id, setting(network), state="held")


def test_the_words_of_a_version_in_force_stay(session: Session, network: Network) -> None:
    objective = records.first_of(session, Objective)
    assert objective is not None
    with pytest.raises(UserError, match="in force"):
        record_changes.change(session, "objective", objective.id, setting(network), text_en="Other words")
    record_changes.change(session, "objective", objective.id, setting(network), short_en="Shorter")
    with pytest.raises(UserError, match="in force"):
        record_changes.remove(session, "objective", objective.id)
    draft = record_changes.create(session, "terms_of_reference", setting(network), version="2")
    assert isinstance(draft, TermsOfReference)
    copy = records.first_of(session, Objective, Objective.tor_id == draft.id)
    assert copy is not None
    record_changes.change(session, "objective", copy.id, setting(network), text_en="Other words")
    record_changes.remove(session, "terms_of_reference", draft.id)


def test_sealed_minutes_stay(session: Session, network: Network) -> None:
    meeting = meetings.plan_next(session, network.id, TODAY, day=TODAY)
    version = minutes.open_minutes(session, meeting.id)
    item = make(session, network, "agenda_item")
    entry = record_changes.create(
        session, "minutes_entry", setting(network), minutes_id=version.id, agenda_item_id=item.id, text_en="Said."
    )
    record_changes.change(session, "minutes_entry", entry.id, setting(network), text_en="Said more.")
    records.update(session, Minutes, version.id, state=MinutesState.SEALED)
    with pytest.raises(UserError, match="sealed"):
        record_changes.change(session, "minutes_entry", entry.id, setting(network), text_en="Changed.")
    with pytest.raises(UserError, match="sealed"):
        record_changes.remove(session, "minutes_entry", entry.id)
    with pytest.raises(UserError, match="circulated"):
        record_changes.remove(session, "minutes", version.id)


def test_the_wording_put_to_the_members_stays_and_positions_are_taken(session: Session, network: Network) -> None:
    decision = record_changes.create(session, "decision", setting(network), decided_on=TODAY, text_en="To meet.")
    heard = decisions.put_to_members(session, decision.id, TODAY)
    with pytest.raises(UserError, match="wording"):
        record_changes.change(session, "decision", decision.id, setting(network), text_en="Not to meet.")
    with pytest.raises(Invalid):
        record_changes.change(session, "position", heard[0].id, setting(network), stance=Stance.OBJECTS)
    record_changes.change(session, "position", heard[0].id, setting(network), stance=Stance.AGREES)
    assert decisions.positions(session, decision.id)[0].said_on is not None


def test_a_file_is_kept_with_a_record(database: Database) -> None:
    with database.write("Set up") as session:
        network = found(session)
    with database.write("Attach") as session:
        made = record_changes.attach(session, database.blobs.put, "network", network.id, "a.txt", b"words")
    assert database.blobs.get(made.sha256) == b"words"
    with database.read() as session:
        assert [one.name for one in record_changes.attachments(session, network.id)] == ["a.txt"]
