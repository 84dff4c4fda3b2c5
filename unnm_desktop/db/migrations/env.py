"""Alembic's entry: runs the migrations on the connection it is handed."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.base import Base, ChoiceText, UtcDateTime
from unnm_desktop.db.migrate import is_index_table


def plain_types(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as SQLAlchemy's plain ones: a migration never imports our classes."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, ChoiceText):
        return "sa.String(length=40)"
    return False


assert ENTITIES, "the record classes fill the metadata when they are imported"  # noqa: S101 - keeps the import
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=plain_types,
    include_name=lambda name, kind, _parents: kind != "table" or not is_index_table(name),
    render_as_batch=False,
)
context.run_migrations()
