"""The journal: who changed which field of which record from what to what, written with every transaction.

Its form is the append-only journal of field changes with parents: `changeset` (one transaction of one device), `change`
(one record in it), `head` (the newest changes of each field; rebuildable). Undo, history and the merge of a hand-over
read it; `merge` and `conflict` are what imports leave beside it in this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, Uuid, text

from unnm_desktop.db.base import Base, Record, UtcDateTime
from unnm_desktop.db.identity import dashed
from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from unnm_desktop.db.pending import Entry, Pending

_ID = Uuid(native_uuid=False)
_DAY = 10
WHOLE = "*"
"""The field name under which the head of a record as created stands, until one of its fields is changed."""
REMOVED = "removed_at"
SAME_AS = "same_as"
"""The field of a change that joins a record to its duplicate; no column has this name."""
ERASED = "!erased"
"""The field under which the head of an erasure stands: what it names can never be written again."""
ERASED_WHOLE = frozenset({"person", "attachment", "saved_view"})
"""Kinds of which nothing is left after an erasure; others lose their words only."""
JOINABLE = frozenset({"organisation", "person"})
"""Of these two records can be made one."""
JOINED_ROWS = (
    "SELECT h.row_id FROM head h JOIN change c ON c.device = h.device AND c.seq = h.seq AND c.row_id = h.row_id"
    " WHERE h.field = 'same_as' AND json_extract(c.fields, '$.same_as[1]') IS NOT NULL"
)
"""The records that are one with another now."""


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
    HAND_OVER = "hand_over"
    TAKE_BACK = "take_back"


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
    # What of other devices had been read when this was written: {device: number}; none = as in the one before it.
    Column("seen", JSON),
    Column("size", Integer),  # how many changes it has, where only some of them came here
    # Taken back with the merge that brought it; of this file only, never handed over.
    Column("retracted", Boolean, nullable=False, server_default=text("0")),
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
    # The few changes that reach beyond their own record are found without reading the others.
    Index("ix_change_far_reaching", "op", "row_id", sqlite_where=text("op IN ('erase', 'same_as')")),
)
head_table = Table(
    "head",
    Base.metadata,
    Column("row_id", _ID, primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("device", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    # Whether its value is the one in the table; an edit replaces these heads only, the rivals of a conflict stay.
    Column("shown", Boolean, nullable=False, server_default=text("1")),
    sqlite_with_rowid=False,
)
merge_table = Table(
    "merge",
    Base.metadata,
    Column("id", _ID, primary_key=True),
    Column("package_id", Text, nullable=False),
    Column("from_device", _ID),
    Column("at_utc", UtcDateTime, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("backup_path", Text, nullable=False),
    Column("undone_at", UtcDateTime),
    # All changesets of the package, known ones too: {device: [[first, last], …]}.
    Column("brought", JSON, nullable=False),
)
conflict_table = Table(
    "conflict",
    Base.metadata,
    Column("row_id", _ID, primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("entity", String(40), nullable=False),
    Column("heads", JSON, nullable=False),
    Column("opened_by", _ID),
    sqlite_with_rowid=False,
)


# Written through the driver with values as the columns keep them: every edit waits for these, an import writes tens of
# thousands, and SQLAlchemy would build each statement and look at each value again.
_INSERT_CHANGESET = (
    "INSERT INTO changeset (device, seq, at_utc, hlc, officer, label, kind, undoes_device, undoes_seq, network_id,"
    " app_version, schema_rev, seen, merge_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_CHANGE = (
    "INSERT INTO change (device, seq, n, entity, row_id, op, fields, parents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_DROP_HEAD = "DELETE FROM head WHERE row_id = ? AND field = ? AND device = ? AND seq = ?"
_INSERT_HEAD = "INSERT OR REPLACE INTO head (row_id, field, device, seq, shown) VALUES (?, ?, ?, ?, 1)"
_TELL = json.JSONEncoder().encode
_INTRODUCE = "INSERT INTO device (id, label, first_seen, trust) VALUES (?, ?, ?, 'self') ON CONFLICT (id) DO NOTHING"
_HEADS = "SELECT field, device, seq, shown FROM head WHERE row_id = ?"


def encode(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if value is None or type(value) is str:
        return value
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
    seen: Mapping[str, int] | None = None
    merge_id: UUID | None = None


def write(cursor: Any, stamp: Stamp, pending: Pending) -> bool:
    """Write the changeset with its changes and move the heads; False when nothing was changed.

    Args:
        cursor: the driver's, in the step's transaction.
        stamp: what the changeset is called, and whose it is.
        pending: what the step has changed.

    """
    entries = pending.entries()
    if not entries and not pending.created and not pending.marked:
        return False
    device, seq = stamp.device.hex, stamp.seq
    at = stored_moment(stamp.at)
    undone = (stamp.undoes[0].hex, stamp.undoes[1]) if stamp.undoes else (None, None)
    network = stamp.network_id.hex if stamp.network_id else None
    seen = None if stamp.seen is None else _TELL(stamp.seen)
    merge = stamp.merge_id.hex if stamp.merge_id else None
    made_by = network, stamp.app_version, stamp.schema_rev, seen, merge
    called = stamp.hlc, stamp.officer, stamp.label, stamp.kind.value
    cursor.execute(_INSERT_CHANGESET, (device, seq, at, *called, *undone, *made_by))
    made = [(entity.__tablename__, row.hex, fields) for (entity, row), fields in pending.created.items()]
    create = Operation.CREATE.value
    changes = [(device, seq, n, table, row, create, _TELL(fields), "{}") for n, (table, row, fields) in enumerate(made)]
    new_heads = [(row, WHOLE, device, seq) for _, row, _ in made]
    replaced: list[tuple[Any, ...]] = []
    for n, entry in enumerate(entries, len(made)):
        row = entry.row.hex
        parents: Mapping[str, list[list[Any]]] = entry.parents or {}
        names: Iterable[str] = (WHOLE,) if entry.operation is Operation.CREATE else ()
        if entry.operation is Operation.SET and (plain := _plain(entry.fields, parents)):
            names = plain
            known = _Heads(cursor, row)
            known.refuse_erased(entry)
            parents = {**known.parents(plain), **parents}
            heads = ((name, one) for name in names for one in known.replaced(name, parents))
            replaced += [(row, name, one[0].replace("-", ""), one[1]) for name, one in heads]
            if known.rivalled:
                pending.rivalled.add(entry.row)
        table, operation = entry.entity.__tablename__, entry.operation.value
        told = _TELL(parents) if parents else "{}"
        changes.append((device, seq, n, table, row, operation, _TELL(entry.fields), told))
        new_heads += [(row, name, device, seq) for name in names]
    cursor.executemany(_INSERT_CHANGE, changes)
    if replaced:
        cursor.executemany(_DROP_HEAD, replaced)
    cursor.executemany(_INSERT_HEAD, new_heads)
    return True


def introduce(cursor: Any, stamp: Stamp, name: str) -> None:
    """Write the computer that makes the changeset into the list of those the file knows by name, once."""
    cursor.execute(_INTRODUCE, (stamp.device.hex, name, stored_moment(stamp.at)))


def _plain(fields: Mapping[str, Any], parents: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that were not decided over heads that were looked at."""
    return {name: pair for name, pair in fields.items() if name not in parents}


def stored_moment(moment: datetime) -> str:
    """A moment as the columns keep it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def moment_of(kept: str) -> datetime:
    """The moment that a column keeps."""
    return datetime.fromisoformat(kept).replace(tzinfo=UTC)


class _Heads:
    """The heads of one record before an edit."""

    def __init__(self, cursor: Any, row: str) -> None:
        self.all: dict[str, list[list[Any]]] = {}
        self.shown: dict[str, list[list[Any]]] = {}
        self.rivalled = False
        for name, device, seq, shown in cursor.execute(_HEADS, (row,)):
            head = [dashed(device), seq]
            self.rivalled = self.rivalled or not shown or name in self.all
            self.all.setdefault(name, []).append(head)
            if shown:
                self.shown.setdefault(name, []).append(head)

    def parents(self, fields: Mapping[str, list[Any]]) -> dict[str, list[list[Any]]]:
        """What the edit knew: the heads it replaces; a removal knows every head of its record, rivals too."""
        pair = fields.get(REMOVED)
        removal = pair is not None and pair[0] is None
        parents = {name: list(heads) for name, heads in self.all.items() if name != ERASED} if removal else {}
        for name in fields:
            if not (removal and name == REMOVED and name in self.all):
                parents[name] = self.shown.get(name, []) if name in self.all else self.shown.get(WHOLE, [])
        if pair is None and self.shown.get(REMOVED):
            parents[REMOVED] = self.shown[REMOVED]  # edited while it is in the trash: that is no quarrel
        return parents

    def replaced(self, name: str, parents: Mapping[str, list[list[Any]]]) -> list[list[Any]]:
        """The heads of that field that are none any more."""
        return parents.get(name, []) if name in self.all else []

    def refuse_erased(self, entry: Entry) -> None:
        """Personal data that were erased for good are not typed in again."""
        if ERASED in self.all and set(entry.fields) & set(erasable(entry.entity)):
            raise UserError(N_("The data of this record were erased for good. Make a new record instead."))


def default_of(entity: type[Record], name: str) -> Any:
    """What a column holds that nobody gave a value, as the journal keeps it."""
    default: Any = entity.__table__.columns[name].default
    if default is None:
        return None
    return encode(default.arg(None) if default.is_callable else default.arg)


def erasable(entity: type[Record]) -> dict[str, Any]:
    """The fields that an erasure blanks, with their blank: all that somebody typed but days.

    From when to when somebody spoke for a seat belongs to the seat: without its end a term would hold for ever.
    """
    blank: dict[str, Any] = {}
    for column in entity.__table__.columns:
        # Only partial dates are ten letters long.
        day = isinstance(column.type, String) and column.type.length == _DAY
        if isinstance(column.type, (String, JSON)) and not column.foreign_keys and not day:
            blank[column.key] = default_of(entity, column.key) or (None if column.nullable else "")
    return blank
