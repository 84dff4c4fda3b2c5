"""Keeping a document as it goes out: its bytes, what it is about and what it was made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop import __version__, reports
from unnm_desktop.i18n import N_, language_for
from unnm_desktop.reports import Document, Request, as_bytes, make, request_for
from unnm_desktop.services import issued, progress_reports, workplans

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.db.engine import Database
    from unnm_desktop.db.issued import IssuedDocument
    from unnm_desktop.db.networks import Network

_ISSUED_IN_SAMPLES = ("progress-report", "workplan", "minutes")


def issue(
    session: Session,
    put: Callable[[bytes], str],
    kind: str,
    request: Request,
    document: Document,
    data: bytes = b"",
) -> IssuedDocument:
    """Keep the document's exact bytes, the next version of the same paper in the same language.

    ``put`` takes the bytes and gives their SHA-256; ``data`` are the bytes as written already, made anew where none
    are given.

    """
    report_id: UUID | None = None
    workplan_id: UUID | None = None
    if kind == progress_reports.KIND and request.period is not None:
        report_id = progress_reports.open_report(session, request.network_id, request.period.code).id
    if kind == "workplan" and request.year is not None:
        plan = workplans.current_plan(session, request.network_id, request.year)
        workplan_id = plan.id if plan is not None else None
    furniture = document.furniture
    return issued.issue(
        session,
        put,
        data or as_bytes(document),
        network_id=request.network_id,
        kind=kind,
        on=request.on,
        title_en="" if request.language.rtl else furniture.title,
        title_ar=furniture.title if request.language.rtl else "",
        language=request.language.code,
        symbol=furniture.symbol,
        period=request.period.code if request.period else str(request.year or ""),
        meeting_id=request.meeting_id,
        workplan_id=workplan_id,
        report_id=report_id,
        made_from={"on": request.on.isoformat(), "program": __version__},
    )


def issue_samples(database: Database, networks: Sequence[Network], on: date) -> None:
    """Keep a few documents of the sample as issued, so that the list of issued documents shows what it is for."""
    for network in networks:
        for kind in (name for name in reports.REPORTS if name in _ISSUED_IN_SAMPLES):
            with database.write(N_("Issue a document"), network_id=network.id) as session:
                request = request_for(session, kind, network_id=network.id, on=on, language=language_for("en"))
                issue(session, database.blobs.put, kind, request, make(session, kind, request))
