"""From the choice of a document to its first page, and that page beside a bare render."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

import pypdfium2

from tests.bench.measure import Figure, cpu_seconds, side_by_side
from tests.bench.workspaces import ON
from unnm_desktop import reports
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.i18n import language_for
from unnm_desktop.services import records
from unnm_desktop.ui.preview import measure, render

_SCALE = 1.5
# What "at once" means for a document chosen by hand.
_WANTED = 500.0


def _bare(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    document[0].render(scale=_SCALE)
    document.close()


def _show(data: bytes) -> None:
    measure(data)
    render(data, 0, _SCALE)


def figures(one_year: Path, times: int = 5) -> list[Figure]:
    """The slowest of the eight documents of the one-year sample, made by a worker that has made one before."""
    with Database(one_year, lock=False) as database:
        with database.read() as session:
            networks = [network.id for network in records.all_of(session, Network)]
        data = b""

        def make(kind: str, network: UUID, code: str) -> None:
            nonlocal data
            with database.read() as session:
                language = language_for(code, paper=True)
                request = reports.request_for(session, kind, network_id=network, on=ON, language=language)
                data = reports.as_drawn(reports.make(session, kind, request))
            _show(data)

        make("directory", networks[0], "en")
        took = {
            (kind, code): 1000 * max(cpu_seconds(partial(make, kind, network, code)) for network in networks)
            for code in ("en", "ar")
            for kind in reports.REPORTS
        }
        slowest, code = max(took, key=lambda made: took[made])
        floor, value = side_by_side(lambda: _bare(data), lambda: _show(data), times)
    return [
        Figure(f"slowest first page: {slowest}, {code}", "wanted", _WANTED, took[slowest, code], 1.0, "CPU ms"),
        Figure("preview of a made document: first page", "bare pypdfium2 render", floor, value, 1.5),
    ]
