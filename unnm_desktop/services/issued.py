"""Issued documents with their exact bytes, and what was sent to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.issued import IssuedDocument
from unnm_desktop.db.organisations import Channel
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import facets, records
from unnm_desktop.services.listing import Cell, Column, Context, Filter, Listing

KINDS: Mapping[str, str] = {
    "agenda": N_("Agenda"),
    "minutes": N_("Minutes"),
    "progress-report": N_("Progress report"),
    "workplan": N_("Annual workplan"),
    "actions": N_("Action tracker"),
    "directory": N_("Member directory"),
    "sign-in": N_("Sign-in sheet"),
    "decisions": N_("Decision register"),
    "decision-extract": N_("Decision extract"),
    "tor": N_("Terms of reference"),
    "state-of-play": N_("State of play"),
    "invitation": N_("Invitation letter"),
}


def record_dispatch(
    session: Session,
    network_id: UUID,
    kind: DispatchKind,
    addressee: str,
    at: datetime,
    *,
    channel: Channel = Channel.EMAIL,
    organisation_id: UUID | None = None,
    issued_id: UUID | None = None,
    meeting_id: UUID | None = None,
    decision_id: UUID | None = None,
    workplan_id: UUID | None = None,
    report_id: UUID | None = None,
    note: str = "",
) -> Dispatch:
    """Record that something went to one addressee."""
    return records.create(
        session,
        Dispatch,
        network_id=network_id,
        kind=kind,
        addressee=addressee,
        sent_at=at,
        channel=channel,
        organisation_id=organisation_id,
        issued_id=issued_id,
        meeting_id=meeting_id,
        decision_id=decision_id,
        workplan_id=workplan_id,
        report_id=report_id,
        note=note,
    )


def dispatches(
    session: Session,
    network_id: UUID,
    kind: DispatchKind | None = None,
    since: datetime | None = None,
    **links: UUID,
) -> list[Dispatch]:
    """What was sent, oldest first; ``links`` name a record it belongs to, such as ``workplan_id=…``."""
    conditions: list[Any] = [Dispatch.network_id == network_id]
    if kind is not None:
        conditions.append(Dispatch.kind == kind)
    if since is not None:
        conditions.append(Dispatch.sent_at >= since)
    conditions += [getattr(Dispatch, name) == value for name, value in links.items()]
    return records.all_of(session, Dispatch, *conditions, order=(Dispatch.sent_at, Dispatch.id))


def unreached(addressees: tuple[str, ...], sent: list[Dispatch]) -> tuple[str, ...]:
    """The addressees of the rules that no dispatch names yet."""
    reached = {dispatch.addressee.strip().casefold() for dispatch in sent}
    return tuple(one for one in addressees if one.strip().casefold() not in reached)


def issue(
    session: Session,
    blobs_put: Callable[[bytes], str],
    data: bytes,
    *,
    network_id: UUID,
    kind: str,
    on: date,
    title_en: str = "",
    title_ar: str = "",
    language: str = "en",
    symbol: str = "",
    period: str = "",
    meeting_id: UUID | None = None,
    workplan_id: UUID | None = None,
    report_id: UUID | None = None,
    media_type: str = "application/pdf",
    made_from: Mapping[str, Any] | None = None,
) -> IssuedDocument:
    """Keep a document as it goes out: its bytes first, then the record with their hash.

    A document of the same kind about the same thing in the same language is its next version.

    Raises:
        UserError: there are no bytes to keep.

    """
    if not data:
        raise UserError(N_("The document is empty and was not issued. Make it again."))
    about = _about(network_id, kind, language, period, meeting_id, workplan_id, report_id)
    before = session.scalar(select(func.max(IssuedDocument.version)).where(*about))
    return records.create(
        session,
        IssuedDocument,
        network_id=network_id,
        kind=kind,
        symbol=symbol,
        title_en=title_en,
        title_ar=title_ar,
        language=language,
        period=period,
        meeting_id=meeting_id,
        workplan_id=workplan_id,
        report_id=report_id,
        version=(before or 0) + 1,
        issued_on=on,
        sha256=blobs_put(data),
        size=len(data),
        media_type=media_type,
        made_from=dict(made_from or {}),
    )


def _about(
    network_id: UUID,
    kind: str,
    language: str,
    period: str,
    meeting_id: UUID | None,
    workplan_id: UUID | None,
    report_id: UUID | None,
) -> tuple[Any, ...]:
    # Versions of removed documents stay taken: a number once printed never means two papers.
    return (
        IssuedDocument.network_id == network_id,
        IssuedDocument.kind == kind,
        IssuedDocument.language == language,
        IssuedDocument.period == period,
        IssuedDocument.meeting_id.is_(None) if meeting_id is None else IssuedDocument.meeting_id == meeting_id,
        IssuedDocument.workplan_id.is_(None) if workplan_id is None else IssuedDocument.workplan_id == workplan_id,
        IssuedDocument.report_id.is_(None) if report_id is None else IssuedDocument.report_id == report_id,
    )


def content(session: Session, blobs_get: Callable[[str], bytes], issued_id: UUID) -> bytes:
    """The exact bytes that went out.

    Raises:
        UserError: they are not beside the workspace, or not whole.

    """
    document = records.get(session, IssuedDocument, issued_id)
    try:
        return blobs_get(document.sha256)
    except KeyError as error:
        raise UserError(
            N_("The file of “{title}” is missing beside the workspace. Bring it back from a backup."),
            title=document.title_en or document.title_ar or document.kind,
        ) from error


def issued_for(session: Session, network_id: UUID, kind: str = "", **links: UUID) -> list[IssuedDocument]:
    """Issued documents, newest first; ``links`` name a record they are about."""
    conditions: list[Any] = [IssuedDocument.network_id == network_id]
    if kind:
        conditions.append(IssuedDocument.kind == kind)
    conditions += [getattr(IssuedDocument, name) == value for name, value in links.items()]
    return records.all_of(
        session, IssuedDocument, *conditions, order=(IssuedDocument.issued_on.desc(), IssuedDocument.id.desc())
    )


def _kind(value: Any, context: Context) -> Cell:
    return Cell(context.language.tr(KINDS.get(value, value)))


def _language(value: Any, context: Context) -> Cell:
    return Cell(context.language.tr(N_("Arabic") if value == "ar" else N_("English")))


def _sent(session: Session, ids: Any, context: Context) -> dict[UUID, str]:
    found: dict[UUID, list[str]] = {}
    query = (
        select(Dispatch.issued_id, Dispatch.addressee)
        .where(
            Dispatch.network_id == context.network_id, Dispatch.issued_id.is_not(None), Dispatch.removed_at.is_(None)
        )
        .order_by(Dispatch.sent_at)
    )
    wanted = set(ids)
    for issued_id, addressee in session.execute(query):
        if issued_id is not None and issued_id in wanted:
            found.setdefault(issued_id, []).append(addressee)
    return {key: context.language.list(names) for key, names in found.items()}


ISSUED = Listing(
    name="issued",
    entity=IssuedDocument,
    columns=(
        Column("issued_on", N_("Issued on"), IssuedDocument.issued_on, width=1.1, kind="date"),
        Column("kind", N_("Kind"), IssuedDocument.kind, show=_kind, width=1.3),
        Column(
            "title", N_("Title"), IssuedDocument.title_en, also_ar=IssuedDocument.title_ar, width=3.0, kind="stretch"
        ),
        Column("language", N_("Language"), IssuedDocument.language, show=_language, width=0.8, rank=4),
        Column("period", N_("Period"), IssuedDocument.period, width=0.8, rank=3),
        Column("version", N_("Version"), IssuedDocument.version, width=0.6, kind="number", rank=2),
        Column("sent", N_("Sent to"), load=_sent, width=1.8, rank=1),
        Column("sha256", N_("Fingerprint (SHA-256)"), IssuedDocument.sha256, listed=False),
    ),
    current=lambda context: select(IssuedDocument.id).where(
        IssuedDocument.network_id == context.network_id, IssuedDocument.removed_at.is_(None)
    ),
    filters=tuple(
        Filter(kind, KINDS[kind], lambda _context, kind=kind: IssuedDocument.kind == kind)  # type: ignore[misc]  # a lambda with its own copy of the name
        for kind in ("agenda", "minutes", "progress-report", "workplan")
    ),
    default_sort="issued_on",
    descending=True,
    facets=(
        facets.by_language(IssuedDocument.language),
        facets.by_meeting(IssuedDocument.meeting_id),
        facets.by_period(N_("Issued on"), IssuedDocument.issued_on),
    ),
)
