"""The journal: who changed which field of which record from what to what, written with every transaction.

Its form is the append-only journal of field changes with parents: `changeset` (one transaction of one device), `change`
(one record in it), `head` (the newest change of each field; rebuildable). Undo, history and the merge of a hand-over
read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
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
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, UOWTransaction

from unnm_desktop.db.base import Base, Record, UtcDateTime

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


_INSERT_CHANGE = (
    "INSERT INTO change (device, seq, n, entity, row_id, op, fields, parents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_REPLACE_HEAD = "INSERT OR REPLACE INTO head (row_id, field, device, seq) VALUES (?, ?, ?, ?)"


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
        for column in type(record).__table__.columns:
            history = state.attrs[column.key].history
            if not history.has_changes():
                continue
            old = encode(history.deleted[0]) if history.deleted else None
            new = encode(history.added[0]) if history.added else None
            if key in self.created:
                self.created[key][column.key] = new
                if new is None:
                    del self.created[key][column.key]
                continue
            fields = self.changed.setdefault(key, {})
            fields[column.key] = [fields[column.key][0] if column.key in fields else old, new]

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


@dataclass(frozen=True)
class Stamp:
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


def write(session: Session, stamp: Stamp, pending: Pending) -> bool:
    """Write the changeset with its changes and move the heads; False when nothing was changed."""
    entries = pending.entries()
    if not entries:
        return False
    edited = [row for _, row, operation, _ in entries if operation is Operation.SET]
    heads = _heads(session, edited)
    session.execute(
        insert(changeset_table).values(
            device=stamp.device,
            seq=stamp.seq,
            at_utc=stamp.at,
            hlc=stamp.hlc,
            officer=stamp.officer,
            label=stamp.label,
            kind=stamp.kind.value,
            undoes_device=stamp.undoes[0] if stamp.undoes else None,
            undoes_seq=stamp.undoes[1] if stamp.undoes else None,
            network_id=stamp.network_id,
            app_version=stamp.app_version,
            schema_rev=stamp.schema_rev,
        )
    )
    device = stamp.device.hex
    changes: list[tuple[Any, ...]] = []
    new_heads: list[tuple[Any, ...]] = []
    for n, (entity, row, operation, fields) in enumerate(entries):
        parents: dict[str, list[list[Any]]] = {}
        if operation is Operation.SET:
            known = heads.get(row, {})
            for name in fields:
                head = known.get(name) or known.get(WHOLE)
                parents[name] = [[str(head[0]), head[1]]] if head else []
        told = json.dumps(fields), json.dumps(parents)
        changes.append((device, stamp.seq, n, entity.__tablename__, row.hex, operation.value, *told))
        names = [WHOLE] if operation is Operation.CREATE else list(fields)
        new_heads += [(row.hex, name, device, stamp.seq) for name in names]
    # Values as the columns keep them: an import writes tens of thousands, and SQLAlchemy would look at each again.
    connection = session.connection()
    connection.exec_driver_sql(_INSERT_CHANGE, changes)
    connection.exec_driver_sql(_REPLACE_HEAD, new_heads)
    return True


def _heads(session: Session, rows: list[UUID]) -> dict[UUID, dict[str, tuple[UUID, int]]]:
    found: dict[UUID, dict[str, tuple[UUID, int]]] = {}
    for start in range(0, len(rows), 500):
        query = select(head_table).where(head_table.c.row_id.in_(rows[start : start + 500]))
        for row, name, device, seq in session.execute(query):
            found.setdefault(row, {})[name] = (device, seq)
    return found


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


def _records() -> list[Mapper[Any]]:
    return [mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]


def listen(session: Session, pending: Pending) -> None:
    """Let the transaction's flushes fill ``pending`` and refuse statements that would bypass it."""

    def after_flush(flushed: Session, _context: UOWTransaction) -> None:
        pending.collect(flushed)

    def refuse_bulk(state: ORMExecuteState) -> None:
        if not (state.is_insert or state.is_update or state.is_delete):
            return
        table = getattr(state.statement, "table", None)
        if table is not None and table in {mapper.local_table for mapper in _records()}:
            raise RuntimeError("bulk statements on records bypass the journal")

    event.listen(session, "after_flush", after_flush)
    event.listen(session, "do_orm_execute", refuse_bulk)
