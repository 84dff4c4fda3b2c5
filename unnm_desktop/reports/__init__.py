"""The documents of a network: what each needs, how it is made, and how it is written to a file."""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.cause import Cause
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language, language_for
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services.calendar import Period, half_year, halves_ended_since
from unnm_desktop.typeset.blocks import Block, Furniture

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.meetings import Meeting
    from unnm_desktop.db.networks import Network


@dataclass(frozen=True)
class Request:
    """Which document is asked for: of which network, as at which day, in which language."""

    network_id: UUID
    on: date
    language: Language = field(default_factory=lambda: Language(paper=True))
    period: Period | None = None
    meeting_id: UUID | None = None
    year: int | None = None


@dataclass(frozen=True)
class Document:
    """A finished description of a document: what stands around the text, and the text."""

    furniture: Furniture
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class ReportKind:
    """One kind of document; its module is loaded when it is first made.

    Args:
        needs: what it is about besides the network: ``meeting``, ``period``, ``year``; ``day``: it can be
            judged for any day.

    """

    name: str
    title: str
    needs: frozenset[str]
    module: str

    def gather(self, session: Session, request: Request) -> Any:
        """What is so: the findings, as plain values."""
        return self._module().gather(session, request)

    def compose(self, findings: Any, language: Language) -> Document:
        """What is said of the findings in that language."""
        document: Document = self._module().compose(findings, language)
        return document

    def _module(self) -> Any:
        return importlib.import_module(f"unnm_desktop.reports.{self.module}")


def _kind(name: str, title: str, module: str, *needs: str) -> tuple[str, ReportKind]:
    return name, ReportKind(name, title, frozenset(needs), module)


REPORTS: Mapping[str, ReportKind] = dict(
    (
        _kind("agenda", N_("Agenda"), "agenda", "meeting"),
        _kind("minutes", N_("Minutes"), "minutes", "meeting"),
        _kind("progress-report", N_("Progress report"), "progress_report", "period"),
        _kind("workplan", N_("Annual workplan"), "workplan", "year"),
        _kind("actions", N_("Action tracker"), "actions"),
        _kind("directory", N_("Member directory"), "directory", "day"),
        _kind("sign-in", N_("Sign-in sheet"), "sign_in", "meeting"),
        _kind("decisions", N_("Decision register"), "decisions", "year"),
        _kind("compliance", N_("Compliance with the terms of reference"), "compliance", "day"),
        _kind("state-of-play", N_("State of play"), "state_of_play"),
    )
)


@dataclass(frozen=True)
class Rendered:
    """What was written."""

    path: Path
    pages: int
    """0 for a text file."""
    sha256: str
    warnings: tuple[str, ...] = ()


def kind_of(name: str) -> ReportKind:
    """The kind of document of that name.

    Raises:
        UserError: there is none; the sentence names those there are.

    """
    if name not in REPORTS:
        raise UserError(
            N_("“{name}” is not a document. Choose one of: {names}."), name=name[:80], names=", ".join(REPORTS)
        )
    return REPORTS[name]


def request_for(
    session: Session,
    kind_name: str,
    *,
    network_id: UUID,
    on: date,
    language: Language,
    period: str = "",
    meeting: str = "",
    year: int | None = None,
) -> Request:
    """The request for a document, with what was left open filled in as an officer would expect.

    Raises:
        UserError: there is no such document, meeting or period.

    """
    # The window lists the documents before records can be read: what needs the database comes with the first request.
    from unnm_desktop.db.networks import Network
    from unnm_desktop.services import records

    kind = kind_of(kind_name)
    network = records.get(session, Network, network_id)
    found = _meeting(session, network_id, kind, on, meeting) if "meeting" in kind.needs else None
    return Request(
        network_id=network_id,
        on=on,
        language=_on_paper(language, network),
        period=_period(network, on, period) if "period" in kind.needs else None,
        meeting_id=found.id if found else None,
        year=(year or on.year) if "year" in kind.needs else None,
    )


def make(session: Session, kind_name: str, request: Request, content: Callable[[str], bytes] | None = None) -> Document:
    """Make a document.

    Args:
        session: a session over the workspace.
        kind_name: which document.
        request: of which network, day, period or meeting, in which language.
        content: gives the bytes of a kept file by its hash; with it the network's logo heads the first page.

    Raises:
        UserError: there is no such document.

    """
    kind = kind_of(kind_name)
    made = kind.compose(kind.gather(session, request), request.language)
    picture = logo(session, request.network_id, content) if content is not None else b""
    return replace(made, furniture=replace(made.furniture, logo=picture)) if picture else made


def logo(session: Session, network_id: UUID, content: Callable[[str], bytes]) -> bytes:
    """The picture that the officer set for the network's papers; nothing where there is none, or its file is gone."""
    from unnm_desktop.db.networks import Network
    from unnm_desktop.services import records

    digest = records.get(session, Network, network_id).logo_sha256
    try:
        return content(digest) if digest else b""
    except KeyError:
        return b""


def keep_logo(session: Session, keep: Callable[[bytes], str], network_id: UUID, data: bytes) -> None:
    """Set the picture that heads the network's papers; none with no bytes.

    Raises:
        UserError: it is not a PNG or JPEG that can be printed.

    """
    from unnm_desktop.db.networks import Network
    from unnm_desktop.services import records
    from unnm_desktop.typeset.picture import read

    if data:
        read(data)
    records.update(session, Network, network_id, logo_sha256=keep(data) if data else "")


def write(document: Document, path: Path, progress: Progress = SILENT) -> Rendered:
    """Write a document as PDF or as plain text, by the ending of the path; the file appears only when it is whole.

    Raises:
        UserError: the ending is another, or the file cannot be written.

    """
    # ReportLab is loaded when the first document is written, not when the window lists them.
    ending = path.suffix.lower()
    if ending not in (".pdf", ".txt"):
        raise UserError(N_("{file} must end in .pdf or .txt. Name the file so."), file=path.name)
    try:
        if ending == ".txt":
            return _write_text(document, path)
        from unnm_desktop.typeset.document import render

        made = render(document.blocks, document.furniture, path, progress)
    except OSError as error:
        raise UserError(
            N_("{file} cannot be written: {reason}. Choose another folder or close the file in other programs."),
            file=path.name,
            reason=Cause(error),
        ) from error
    return Rendered(path, made.pages, made.sha256, tuple(made.warnings))


def as_bytes(document: Document, progress: Progress = SILENT) -> bytes:
    """The PDF as bytes, to be kept as issued."""
    from unnm_desktop.typeset.document import render_bytes  # loads ReportLab

    return render_bytes(document.blocks, document.furniture, progress)


def as_drawn(document: Document) -> bytes:
    """The PDF as bytes for a preview; whoever keeps them packs them first."""
    from unnm_desktop.typeset.document import drawn_bytes  # as above

    return drawn_bytes(document.blocks, document.furniture)


def packed(drawn: bytes) -> bytes:
    """A preview's bytes as a file that is kept."""
    from unnm_desktop.typeset.packing import packed as pack  # as above

    return pack(drawn)


def as_text(document: Document) -> str:
    """The document as plain text."""
    from unnm_desktop.typeset.text import as_text as text_of

    return text_of(document.blocks, document.furniture)


def _write_text(document: Document, path: Path) -> Rendered:
    data = as_text(document).encode()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Rendered(path, 0, hashlib.sha256(data).hexdigest())


def _on_paper(language: Language, network: Network) -> Language:
    """The language with the network's choice of digits and month names for Arabic documents."""
    if not language.rtl:
        return language_for(language.code, paper=True)
    return language_for(language.code, network.paper_digits, paper=network.paper_months)


def _period(network: Network, on: date, code: str) -> Period:
    if code.strip():
        return Period.parse(code.strip().upper())
    ended = halves_ended_since(network.records_from or on, on)
    return ended[-1] if ended else half_year(on)


def _meeting(session: Session, network_id: UUID, kind: ReportKind, on: date, reference: str) -> Meeting | None:
    from unnm_desktop.db.meetings import HELD_STATES, Meeting, MeetingState
    from unnm_desktop.services import gathering

    meetings = gathering.of_network(session, Meeting, network_id, "day", "starts", "reference")
    wanted = reference.strip().upper().removeprefix("UNNM/")
    if wanted:
        for meeting in meetings:
            if meeting.reference.upper() == wanted:
                return meeting
        raise UserError(
            N_("There is no meeting {reference} in this network. Give its reference, for example {example}."),
            reference=reference.strip()[:40],
            example=meetings[-1].reference if meetings else "BHR/2026/M05",
        )
    took_place = [one for one in meetings if one.state in HELD_STATES and one.day <= on]
    to_come = [one for one in meetings if one.state in (MeetingState.PLANNED, MeetingState.INVITED) and one.day >= on]
    if kind.name == "minutes":
        return took_place[-1] if took_place else None
    return to_come[0] if to_come else took_place[-1] if took_place else None
