"""The document that the officer wants: asked for, made, issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from unnm_desktop import reports
from unnm_desktop.i18n import language_for
from unnm_desktop.reports import issuing
from unnm_desktop.ui.preview import Paper, measure

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from unnm_desktop.db.engine import Database
    from unnm_desktop.db.issued import IssuedDocument
    from unnm_desktop.progress import Progress


@dataclass(frozen=True)
class Wish:
    """Which document the officer has chosen."""

    kind: str
    code: str
    meeting: str = ""
    period: str = ""
    year: int | None = None
    # Another day than today, where the document can be judged for any.
    on: date | None = None


def request_of(session: Session, wish: Wish, network_id: UUID, on: date) -> reports.Request:
    """The request behind the officer's choice."""
    return reports.request_for(
        session,
        wish.kind,
        network_id=network_id,
        on=wish.on or on,
        language=language_for(wish.code, paper=True),
        period=wish.period,
        meeting=wish.meeting,
        year=wish.year,
    )


def build(database: Database, wish: Wish, network_id: UUID, on: date, *, progress: Progress) -> tuple[Wish, Paper]:
    """Make the document and measure its pages, and say for which wish; on the reports' thread."""
    progress(0, 3)
    with database.read() as session:
        document = reports.make(session, wish.kind, request_of(session, wish, network_id, on), database.blobs.get)
    progress(1, 3)
    data = reports.as_drawn(document)
    progress(2, 3)
    return wish, measure(data)


def issue_document(session: Session, database: Database, wish: Wish, network_id: UUID, on: date) -> IssuedDocument:
    """Keep the document as it goes out."""
    request = request_of(session, wish, network_id, on)
    document = reports.make(session, wish.kind, request, database.blobs.get)
    return issuing.issue(session, database.blobs.put, wish.kind, request, document)
