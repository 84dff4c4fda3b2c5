"""Tables beside the records: the workspace's own facts, drafts, and the search index; none of them is journalled."""

from __future__ import annotations

from sqlalchemy import DDL, Column, String, Table, Text, Uuid, event

from unnm_desktop.db.base import Base, UtcDateTime

APPLICATION_ID = 0x554E4E4D
"""'UNNM' in the file's header: a file without it is not ours."""

SCHEMA_REVISION = 5
"""`PRAGMA user_version` of a file this program writes; the number of the newest migration."""

REMAINS = "remains"
"""Name of the fact that bytes of erased data may still lie in the files."""
workspace_table = Table(
    "workspace",
    Base.metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

draft_table = Table(
    "draft",
    Base.metadata,
    Column("entity", String(40), primary_key=True),
    Column("record_id", Uuid(native_uuid=False), primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("typed", Text, nullable=False),
    Column("typed_at", UtcDateTime, nullable=False),
)

SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "record_id UNINDEXED, entity UNINDEXED, network_id UNINDEXED, title UNINDEXED, folded, tokenize='trigram')"
)
"""Trigrams of the folded text: found inside words, as Arabic prefixes need (ui.md, section 9). The row number begins
with the kind of record (search_index.py): one kind is found without reading the rows of the others."""
event.listen(Base.metadata, "after_create", DDL(SEARCH_INDEX))  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped
