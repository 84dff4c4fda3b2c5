"""One step under way: what it has changed so far, and the session that notes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from unnm_desktop.db.base import Base, Record
from unnm_desktop.db.journal import Kind, Operation, encode
from unnm_desktop.frozen import Frozen

if TYPE_CHECKING:
    from unnm_desktop.db.journal import Stamp


class Entry(Frozen):
    """One change to be written; ``parents`` are those of fields decided over heads that were looked at."""

    entity: type[Record]
    row: UUID
    operation: Operation
    fields: dict[str, Any]
    parents: Mapping[str, list[list[Any]]] | None = None


@dataclass
class Pending:
    """What one transaction has changed so far; written when it commits."""

    created: dict[tuple[type[Record], UUID], dict[str, Any]] = field(default_factory=dict)
    changed: dict[tuple[type[Record], UUID], dict[str, list[Any]]] = field(default_factory=dict)
    written: list[Entry] = field(default_factory=list)
    """Changes that are written even where they change nothing here, so that they travel."""
    marked: bool = False
    """Write the changeset even without a change: it says what was read."""
    latest: str = ""
    """The newest hybrid clock that this transaction has read."""
    read: dict[UUID, int] = field(default_factory=dict)
    """The numbers of other devices that this transaction has taken in."""
    tables: set[str] = field(default_factory=set)
    """Tables changed by what runs afterwards."""
    afterwards: list[Callable[[Any], None]] = field(default_factory=list)
    """What runs on the driver's cursor when the changeset is written, before the commit."""
    rivalled: set[UUID] = field(default_factory=set)
    """Records that were edited while a conflict is open on them."""

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
            fields = {
                name: value if type(value) is str else encode(value)
                for name, value in row.items()
                if name != "id" and value is not None
            }
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
            self._note(key, name, old, new)

    def change(self, record: Record, before: Mapping[str, Any]) -> None:
        """Note that a record's fields were changed, with the values they had before."""
        key = type(record), record.id
        for name, old in before.items():
            self._note(key, name, encode(old), encode(getattr(record, name)))

    def _note(self, key: tuple[type[Record], UUID], name: str, old: Any, new: Any) -> None:
        if key in self.created:
            self.created[key][name] = new
            if new is None:
                del self.created[key][name]
            return
        fields = self.changed.setdefault(key, {})
        fields[name] = [fields[name][0] if name in fields else old, new]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.created or self.changed or self.written or self.marked)

    @property
    def touched(self) -> set[str]:
        """The tables the transaction has changed."""
        return {entity.__tablename__ for entity, _ in (*self.created, *self.changed)} | self.tables

    def entries(self) -> list[Entry]:
        """The changes but the new records, one per record; fields that came back to their old value are none."""
        if not self.changed and not self.written:
            return []
        made: list[Entry] = []
        decided = {(one.entity, one.row): one for one in self.written if one.operation is Operation.SET}
        for (entity, row), fields in self.changed.items():
            real = {name: pair for name, pair in fields.items() if pair[0] != pair[1]}
            one = decided.pop((entity, row), None)
            if one is not None:
                made.append(Entry(entity, row, Operation.SET, {**real, **one.fields}, one.parents))
            elif real:
                made.append(Entry(entity, row, Operation.SET, real))
        return [*made, *decided.values(), *(one for one in self.written if one.operation is not Operation.SET)]

    def decide(self, entry: Entry) -> None:
        """Note a decision; those over one record are written as one change."""
        for place, one in enumerate(self.written):
            if (one.entity, one.row, one.operation) == (entry.entity, entry.row, entry.operation):
                fields, parents = {**one.fields, **entry.fields}, {**(one.parents or {}), **(entry.parents or {})}
                self.written[place] = Entry(one.entity, one.row, one.operation, fields, parents)
                return
        self.written.append(entry)


class Purpose(Frozen):
    """What a changeset is called, what makes it, and what it belongs to."""

    label: str
    kind: Kind
    undoes: tuple[UUID, int] | None = None
    network_id: UUID | None = None
    merge_id: UUID | None = None
    """The merge that takes it along when it is undone; of this file only."""


class Step(Session):
    """The session of one step: its flushes fill ``pending``, and statements that would bypass it are refused.

    The transaction is the driver's, which a verb of one record needs no more than; SQLAlchemy joins it when it is asked
    for something.
    """

    def __init__(self, connection: Connection, purpose: Purpose) -> None:
        super().__init__(connection, expire_on_commit=False)
        self._driver: Any = connection.connection.dbapi_connection
        self.noted: list[tuple[Stamp, Pending]] = []
        """The changesets that are written; only the last has its ``pending`` open."""
        self.begin_changeset(purpose)

    def begin_changeset(self, purpose: Purpose) -> None:
        """Collect for a changeset of its own from now on."""
        self.purpose = purpose
        self.pending = Pending()
        self.info["pending"] = self.pending

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written inside is kept as a whole, or nothing of it."""
        driver = self._driver
        driver.execute("BEGIN IMMEDIATE")
        # Records may be written in any order; their references are checked when the step commits. Prepared and not
        # run: SQLite heeds it when it is prepared, and running it would have all statements prepared anew.
        driver("PRAGMA defer_foreign_keys=ON")
        try:
            yield
            driver.commit()
        except BaseException:
            driver.rollback()
            raise

    def cursor(self) -> Any:
        """The driver's cursor in this step's transaction."""
        if not self._driver.in_transaction:
            raise RuntimeError("what was taken back writes nothing more")
        return self._driver.cursor()


def cursor_of(session: Session) -> Any:
    """The driver's cursor in the transaction of a session, for what is read and written row by row."""
    return session.cursor() if isinstance(session, Step) else session.connection().connection.cursor()


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
