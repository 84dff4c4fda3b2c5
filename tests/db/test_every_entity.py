"""Laws every record obeys; a new entity is covered by being listed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlcipher3
from sqlalchemy import Date, Integer, Uuid, select, update
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, direct, journal
from unnm_desktop.db.base import ChoiceText, Record, UtcDateTime
from unnm_desktop.db.engine import Database
from unnm_desktop.db.identity import uuid7
from unnm_desktop.services import records, undo


def sample_value(column: Any, entity: type[Record]) -> Any:
    kind = column.type
    if isinstance(kind, ChoiceText):
        return list(kind.choices)[-1]
    if isinstance(kind, UtcDateTime):
        return datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    if isinstance(kind, Date):
        return date(2026, 3, 1)
    if isinstance(kind, Integer):
        return 3
    if isinstance(kind, Uuid):
        return uuid7()
    name = type(kind).__name__
    if name == "Boolean":
        return True
    if name == "JSON":
        return [] if isinstance(getattr(entity(**required(entity)), column.key), list) else {"key": "قيمة"}
    return (
        "2026-03"
        if column.key in ("start", "end", "launched", "retired")
        else "Migrant وافد"[: getattr(kind, "length", None) or 40]
    )


def required(entity: type[Record]) -> dict[str, Any]:
    """Values for the columns that have no default."""
    values: dict[str, Any] = {}
    for column in entity.__table__.columns:
        if column.default is None and not column.nullable:
            values[column.key] = {
                "country": "BHR",
                "day": date(2026, 1, 5),
                "period": "2026-H1",
                "year": 2026,
                "sha256": "0" * 64,
            }.get(column.key) or (
                uuid7()
                if isinstance(column.type, Uuid)
                else date(2026, 1, 5)
                if isinstance(column.type, Date)
                else datetime(2026, 1, 5, tzinfo=UTC)
                if isinstance(column.type, UtcDateTime)
                else 1
                if isinstance(column.type, Integer)
                else "text"
            )
    return values  # fmt: skip


def with_parents(session: Any, entity: type[Record], depth: int = 0) -> Record:
    """A saved record whose references all lead somewhere."""
    values = required(entity)
    for column in entity.__table__.columns:
        for key in column.foreign_keys:
            if not column.nullable:
                values[column.key] = with_parents(session, ENTITIES[key.column.table.name], depth + 1).id
    record = entity(**values)
    session.add(record)
    session.flush()
    return record


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_the_journal_replays_to_exactly_the_table(database: Database, entity: type[Record]) -> None:
    with database.write("Make") as session:
        record = with_parents(session, entity)
    references = {c.key for c in entity.__table__.columns if c.foreign_keys}
    with database.write("Change") as session:
        kept = records.get(session, entity, record.id)
        for column in entity.__table__.columns:
            if column.key not in ("id", "removed_at") and column.key not in references:
                setattr(kept, column.key, sample_value(column, entity))
    with database.write("Remove") as session:
        records.remove(session, entity, record.id)
    assert database.check() == []


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_what_a_verb_writes_is_what_sqlalchemy_reads(
    database: Database, monkeypatch: pytest.MonkeyPatch, entity: type[Record]
) -> None:
    monkeypatch.setattr(entity, "problems", lambda _: {})
    columns = entity.__table__.columns
    # The last two are fields of one kind, under names that the verb takes for kind and key.
    beside = ("id", "removed_at", "entity", "record_id")
    given = {c.key: sample_value(c, entity) for c in columns if not c.foreign_keys and c.key not in beside}
    with database.write("Parents") as session:
        template = with_parents(session, entity)
        needed = {c.key: getattr(template, c.key) for c in columns if c.foreign_keys}
    with database.write("Make") as session:
        record = entity(**{**required(entity), **needed})
        direct.add(session, record)
        session.info["pending"].create(record)
    with database.write("Change") as session:
        records.update(session, entity, record.id, **given)
    with database.read() as session:
        written = session.scalars(select(entity).where(entity.id == record.id)).one()
        read = {c.key: getattr(written, c.key) for c in columns}
    with database.read() as session:
        found = records.get(session, entity, record.id)
        assert {c.key: getattr(found, c.key) for c in columns} == read
        assert session.get(entity, record.id) is found
    assert {name: read[name] for name in given} == given
    assert database.check() == []


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_undo_takes_a_record_out_of_sight_and_redo_brings_it_back(database: Database, entity: type[Record]) -> None:
    with database.write("Parents") as session:
        values = required(entity)
        for column in entity.__table__.columns:
            for key in column.foreign_keys:
                if not column.nullable:
                    values[column.key] = with_parents(session, ENTITIES[key.column.table.name]).id
    with database.write("Make") as session:
        record = entity(**values)
        session.add(record)
    assert database.device is not None
    with database.read() as session:
        entry = undo.next_undo(session, database.device.id)
    assert entry is not None
    assert entry.label == "Make"
    with database.write(entry.label, kind=journal.Kind.UNDO, undoes=entry.key) as session:
        undo.take_back(session, entry)
    with database.read() as session:
        assert records.get(session, entity, record.id).removed_at is not None
        again = undo.next_redo(session, database.device.id)
    assert again is not None
    with database.write(again.label, kind=journal.Kind.REDO, undoes=again.key) as session:
        undo.take_back(session, again)
    with database.read() as session:
        assert records.get(session, entity, record.id).removed_at is None
        assert undo.next_redo(session, database.device.id) is None
    assert database.check() == []


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_every_record_has_a_noun_and_searches_columns_it_has(entity: type[Record]) -> None:
    assert entity.NOUN
    assert set(entity.SEARCHED) <= set(entity.__table__.columns.keys())


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_no_constraint_can_refuse_a_merge(entity: type[Record]) -> None:
    unique = [index.name for index in entity.__table__.indexes if index.unique]
    assert unique == []
    assert all(
        len(check.columns) <= 1 for check in entity.__table__.constraints if type(check).__name__ == "CheckConstraint"
    )


def test_bulk_statements_on_records_are_refused(database: Database) -> None:
    network = ENTITIES["network"]
    with pytest.raises(RuntimeError, match="journal"), database.write("Bulk") as session:
        session.execute(update(network).values(short_name="x"))

    def delete(session: Session) -> None:
        session.delete(with_parents(session, network))
        session.flush()

    with pytest.raises(RuntimeError, match="never deleted"), database.write("Delete") as session:
        delete(session)


def test_a_dangling_reference_takes_the_whole_step_back(database: Database) -> None:
    with pytest.raises(sqlcipher3.IntegrityError), database.write("Dangle") as session:
        records.create(session, ENTITIES["holiday"], network_id=UUID(int=5), day=date(2026, 1, 1))
    with database.read() as session:
        assert session.execute(select(journal.changeset_table)).all() == []


def test_writing_outside_a_step_is_impossible(database: Database) -> None:
    with database.read() as session:
        session.add(ENTITIES["network"](country="BHR", name_en="N"))
        with pytest.raises(Exception, match="readonly"):
            session.flush()
