"""The demo folder: a sample workspace of both networks, and every document of it in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from unnm_desktop import reports
from unnm_desktop.db.engine import Database
from unnm_desktop.db.files import discard
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, language_for
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.reports import issuing
from unnm_desktop.services import records, sample

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OFFICER = "Sample Officer"


@dataclass(frozen=True)
class Demo:
    """What was made."""

    workspace: Path
    networks: tuple[str, ...]
    written: tuple[Path, ...]


def make(folder: Path, *, on: date, years: int = 1, progress: Progress = SILENT) -> Demo:
    """Make ``demo.unnm`` and its documents in the folder; a demo made earlier is replaced, nothing else is touched.

    Raises:
        UserError: the folder cannot be written, or the demo in it is open.

    """
    path = folder / "demo.unnm"
    if path.exists():
        # Opened first: it must be a workspace of ours, and nobody may have it open.
        with Database(path) as old, old.read() as session:
            if not all(network.sample for network in records.all_of(session, Network)):
                raise UserError(N_("{file} holds real records. Choose another folder for the demo."), file=path.name)
        discard(path)
    with Database.create(path, OFFICER) as database:
        built = sample.build(database, on=on, years=years, progress=progress)
        with database.read() as session:
            networks = records.all_of(session, Network)
            written = [path, *_documents(session, networks, folder, on, progress)]
        issuing.issue_samples(database, networks, on)
    return Demo(path, tuple(built.networks), tuple(written))


def _documents(session: Session, networks: list[Network], folder: Path, on: date, progress: Progress) -> Iterator[Path]:
    total = len(networks) * len(reports.REPORTS) * 2
    done = 0
    for network in networks:
        for kind in reports.REPORTS:
            for code in ("en", "ar"):
                progress(done, total, N_("Writing documents"))
                done += 1
                language = language_for(code, network.paper_digits, paper=network.paper_months)
                request = reports.request_for(session, kind, network_id=network.id, on=on, language=language)
                out = folder / f"{kind}-{network.country}-{code}.pdf"
                reports.write(reports.make(session, kind, request), out)
                yield out
    progress(total, total, N_("Writing documents"))
