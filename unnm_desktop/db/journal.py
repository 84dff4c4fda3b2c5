"""The journal: who changed which field of which record from what to what, written with every transaction.

Its form is the append-only journal of field changes with parents: `changeset` (one transaction of one device), `change`
(one record in it), `head` (the newest change of each field; rebuildable). Undo, history and the merge of a hand-over
read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    Engine,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    delete,
    event,
    insert,
    inspect,
    select,
    tuple_,
)
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from unnm_desktop.db.base import Base, Record, UtcDateTime
from unnm_desktop.frozen import Frozen

_ID = Uuid(native_uuid=False)
WHOLE = "*"
"""The field name under which the head of a record as created stands, until one of its fields is changed."""


class Kind(StrEnum):
    """What made a changeset."""

    STEP = "step"
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"
    MERGE = "merge"
    SETTLE = "settle"
    RETRACT = "retract"
    MIGRATE = "migrate"


class Operation(StrEnum):
    """What happened to a record."""

    SET = "set"
    CREATE = "create"
    DELETE = "delete"
    ERASE = "erase"
    SAME_AS = "same_as"


device_table = Table(
    "device",
    Base.metadata,
    Column("id", _ID, primary_key=True),
    Column("label", Text, nullable=False),
    Column("ed25519_pub", String(64)),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("trust", String(20), nullable=False),
)
changeset_table = Table(
    "changeset",
    Base.metadata,
    Column("device", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at_utc", UtcDateTime, nullable=False),
    Column("hlc", String(40), nullable=False),
    Column("officer", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("undoes_device", _ID),
    Column("undoes_seq", Integer),
    Column("network_id", _ID),
    Column("app_version", String(20), nullable=False),
    Column("schema_rev", Integer, nullable=False),
    Column("merge_id", _ID),
)
change_table = Table(
    "change",
    Base.metadata,
    Column("device", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("entity", String(40), nullable=False),
    Column("row_id", _ID, nullable=False, index=True),
    Column("op", String(10), nullable=False),
    Column("fields", JSON, nullable=False),
    Column("parents", JSON, nullable=False),
)
head_table = Table(
    "head",
    Base.metadata,
    Column("row_id", _ID, primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("device", _ID, nullable=False),
    Column("seq", Integer, nullable=False),
    sqlite_with_rowid=False,
)


# Written through the driver with values as the columns keep them: every edit waits for these, an import writes tens of
# thousands, and SQLAlchemy would build each statement and look at each value again.
_INSERT_CHANGESET = (
    "INSERT INTO changeset (device, seq, at_utc, hlc, officer, label, kind, undoes_device, undoes_seq, network_id,"
    " app_version, schema_rev) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_CHANGE = (
    "INSERT INTO change (device, seq, n, entity, row_id, op, fields, parents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_REPLACE_HEAD = "INSERT OR REPLACE INTO head (row_id, field, device, seq) VALUES (?, ?, ?, ?)"
_HEADS = "SELECT field, device, seq FROM head WHERE row_id = ?"


def encode(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value


def decode(entity: type[Record], name: str, value: Any) -> Any:
    """A journalled value as the column holds it."""
    if value is None:
        return None
    kind = entity.__table__.columns[name].type
    python = UtcDateTime if isinstance(kind, UtcDateTime) else type(kind).__name__
    if python is UtcDateTime:
        return datetime.fromisoformat(value)
    if python == "Date":
        return date.fromisoformat(value)
    if isinstance(kind, Uuid):
        return UUID(value)
    choices = getattr(kind, "choices", None)
    return choices(value) if choices else value


@dataclass
class Pending:
    """What one transaction has changed so far; written when it commits."""

    created: dict[tuple[type[Record], UUID], dict[str, Any]] = field(default_factory=dict)
    changed: dict[tuple[type[Record], UUID], dict[str, list[Any]]] = field(default_factory=dict)

    def collect(self, session: Session) -> None:
        """Take up what the flush has just written."""
        for record in session.deleted:
            if isinstance(record, Record):
                raise RuntimeError("records are removed from sight, never deleted")  # noqa: TRY004 - not about types
        for record in session.new:
            if isinstance(record, Record):
                self.create(record)
        for record in session.dirty:
            if isinstance(record, Record):
                self._set(record)

    def create(self, record: Record) -> None:
        """Note a new record."""
        columns = type(record).__table__.columns
        values = {c.key: encode(getattr(record, c.key)) for c in columns if c.key != "id"}
        self.created[type(record), record.id] = {name: value for name, value in values.items() if value is not None}

    def create_rows(self, entity: type[Record], rows: Iterable[dict[str, Any]]) -> None:
        """Note many new records of one kind."""
        for row in rows:
            fields = {name: encode(value) for name, value in row.items() if name != "id" and value is not None}
            self.created[entity, row["id"]] = fields

    def _set(self, record: Record) -> None:
        state = inspect(record)
        key = type(record), record.id
        # What was set since the last flush; only these fields can have changed.
        for name in state.committed_state:
            history = state.attrs[name].history
            if not history.has_changes():
                continue
            old = encode(history.deleted[0]) if history.deleted else None
            new = encode(history.added[0]) if history.added else None
            if key in self.created:
                self.created[key][name] = new
                if new is None:
                    del self.created[key][name]
                continue
            fields = self.changed.setdefault(key, {})
            fields[name] = [fields[name][0] if name in fields else old, new]

    @property
    def touched(self) -> set[str]:
        """The tables the transaction has changed."""
        return {entity.__tablename__ for entity, _ in (*self.created, *self.changed)}

    def entries(self) -> list[tuple[type[Record], UUID, Operation, dict[str, Any]]]:
        """The transaction's changes, one per record; fields that came back to their old value are none."""
        made = [(entity, row, Operation.CREATE, fields) for (entity, row), fields in self.created.items()]
        for (entity, row), fields in self.changed.items():
            real = {name: pair for name, pair in fields.items() if pair[0] != pair[1]}
            if real:
                made.append((entity, row, Operation.SET, real))
        return made


class Stamp(Frozen):
    """Whose changeset it is and what it is called."""

    device: UUID
    seq: int
    at: datetime
    hlc: str
    officer: str
    label: str
    kind: Kind
    app_version: str
    schema_rev: int
    undoes: tuple[UUID, int] | None = None
    network_id: UUID | None = None


def write(cursor: Any, stamp: Stamp, pending: Pending) -> bool:
    """Write the changeset with its changes and move the heads; False when nothing was changed.

    Args:
        cursor: the driver's, in the step's transaction.
        stamp: what the changeset is called, and whose it is.
        pending: what the step has changed.

    """
    entries = pending.entries()
    if not entries:
        return False
    device, seq = stamp.device.hex, stamp.seq
    at = stamp.at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    undone = (stamp.undoes[0].hex, stamp.undoes[1]) if stamp.undoes else (None, None)
    network = stamp.network_id.hex if stamp.network_id else None
    made_by = network, stamp.app_version, stamp.schema_rev
    told = stamp.hlc, stamp.officer, stamp.label, stamp.kind.value
    cursor.execute(_INSERT_CHANGESET, (device, seq, at, *told, *undone, *made_by))
    changes: list[tuple[Any, ...]] = []
    new_heads: list[tuple[Any, ...]] = []
    for n, (entity, row, operation, fields) in enumerate(entries):
        parents: dict[str, list[list[Any]]] = {}
        names: Iterable[str] = (WHOLE,)
        if operation is Operation.SET:
            names = fields
            known = _heads(cursor, row)
            for name in fields:
                head = known.get(name) or known.get(WHOLE)
                parents[name] = [head] if head else []
        changes.append(
            (device, seq, n, entity.__tablename__, row.hex, operation.value, json.dumps(fields), json.dumps(parents))
        )
        new_heads += [(row.hex, name, device, seq) for name in names]
    cursor.executemany(_INSERT_CHANGE, changes)
    cursor.executemany(_REPLACE_HEAD, new_heads)
    return True


def _heads(cursor: Any, row: UUID) -> dict[str, list[Any]]:
    return {name: [str(UUID(device)), seq] for name, device, seq in cursor.execute(_HEADS, (row.hex,))}


def replay(session: Session, entities: dict[str, type[Record]]) -> dict[str, dict[UUID, dict[str, Any]]]:
    """The state of every journalled table as the journal tells it: table → key → field → encoded value.

    Causality orders the changes of one field; the hybrid logical clock orders independent ones.
    """
    state: dict[str, dict[UUID, dict[str, Any]]] = {name: {} for name in entities}
    query = (
        select(change_table.c.entity, change_table.c.row_id, change_table.c.op, change_table.c.fields)
        .join(
            changeset_table,
            tuple_(changeset_table.c.device, changeset_table.c.seq)
            == tuple_(change_table.c.device, change_table.c.seq),
        )
        .order_by(changeset_table.c.hlc, changeset_table.c.device, changeset_table.c.seq, change_table.c.n)
    )
    for entity, row, operation, fields in session.execute(query):
        record = state.setdefault(entity, {}).setdefault(row, {})
        if operation == Operation.CREATE:
            record.update(fields)
        else:
            record.update({name: pair[1] for name, pair in fields.items()})
    return state


def audit(session: Session, entities: dict[str, type[Record]]) -> list[str]:
    """Where the journal does not replay to exactly the tables: "table key: field" (empty = it does)."""
    wrong: list[str] = []
    replayed = replay(session, entities)
    for name, entity in entities.items():
        told = replayed.pop(name)
        for row in session.execute(select(entity.__table__)).mappings():
            values = {key: encode(value) for key, value in row.items() if key != "id" and value is not None}
            expected = {key: value for key, value in told.pop(row["id"], {}).items() if value is not None}
            if _plain(values) != _plain(expected):
                fields = sorted({k for k in {*values, *expected} if _plain(values.get(k)) != _plain(expected.get(k))})
                wrong.append(f"{name} {row['id']}: {', '.join(fields)}")
        wrong += [f"{name} {row}: missing" for row in told]
    return wrong + [f"{name}: unknown table" for name in replayed]


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def rebuild_heads(session: Session) -> None:
    """Derive the heads anew from the changes."""
    session.execute(delete(head_table))
    query = (
        select(change_table, changeset_table.c.hlc)
        .join(
            changeset_table,
            tuple_(changeset_table.c.device, changeset_table.c.seq)
            == tuple_(change_table.c.device, change_table.c.seq),
        )
        .order_by(changeset_table.c.hlc, changeset_table.c.device, changeset_table.c.seq, change_table.c.n)
    )
    heads: dict[tuple[UUID, str], tuple[UUID, int]] = {}
    for change in session.execute(query).mappings():
        names: Iterator[str] = iter([WHOLE] if change["op"] == Operation.CREATE else change["fields"])
        for name in names:
            heads[change["row_id"], name] = change["device"], change["seq"]
    if heads:
        session.execute(
            insert(head_table),
            [{"row_id": r, "field": f, "device": d, "seq": s} for (r, f), (d, s) in heads.items()],
        )


class Step(Session):
    """The session of one step: its flushes fill ``pending``, and statements that would bypass it are refused."""

    def __init__(self, engine: Engine) -> None:
        self.pending = Pending()
        super().__init__(engine, expire_on_commit=False, info={"pending": self.pending})

    def cursor(self) -> Any:
        """The driver's cursor in this step's transaction."""
        return self.connection().connection.cursor()


@event.listens_for(Step, "after_flush")
def _note_changes(step: Step, _context: UOWTransaction) -> None:
    step.pending.collect(step)


@event.listens_for(Step, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = getattr(state.statement, "table", None)
    records = (mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Record))
    if table is not None and table in {mapper.local_table for mapper in records}:
        raise RuntimeError("bulk statements on records bypass the journal")
