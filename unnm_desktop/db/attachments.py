"""Files kept with a record, by content hash, and views the officer has saved."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Record
from unnm_desktop.i18n import N_


class Attachment(Record):
    """A file that belongs to a record; its bytes lie in the files beside the workspace."""

    __tablename__ = "attachment"
    NOUN = N_("Attachment")
    SEARCHED = ("name",)
    __table_args__ = (Index("ix_attachment_record_id", "record_id"),)

    entity: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[UUID]
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(default="application/octet-stream")
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64))


class SavedView(Record):
    """A list as the officer likes to see it: its filter, order and columns under a name."""

    __tablename__ = "saved_view"
    NOUN = N_("Saved view")
    SEARCHED = ("name",)

    listing: Mapped[str] = mapped_column(String(40))
    name: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
