"""Pages of a report per CPU second, beside a raw canvas."""

from __future__ import annotations

import tempfile
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.bench.measure import Figure, cpu_seconds
from tests.bench.workspaces import ON
from unnm_desktop import reports
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.i18n import language_for
from unnm_desktop.services import records

_LINES = 46


def _raw(path: Path, pages: int) -> None:
    canvas = Canvas(str(path))
    for page in range(pages):
        canvas.setFont("Helvetica", 9)
        for line in range(_LINES):
            for column in range(6):
                canvas.drawString(40 + column * 85, 800 - line * 16, f"Row {page} {line} cell {column}")
        canvas.showPage()
    canvas.save()


def figures(ten_years: Path) -> list[Figure]:
    """The action tracker of ten years in both languages: CPU seconds for 100 pages."""
    found = []
    with Database(ten_years, lock=False) as database, tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.pdf"
        with database.read() as session:
            network = records.all_of(session, Network)[0]
            for code in ("en", "ar"):
                request = reports.request_for(
                    session, "actions", network_id=network.id, on=ON, language=language_for(code, paper=True)
                )
                document = reports.make(session, "actions", request)
                reports.write(document, out)  # fonts and imports apart: the officer pays them once
                pages = 0

                def write(document: reports.Document = document) -> None:
                    nonlocal pages
                    pages = reports.write(document, out).pages

                value = cpu_seconds(write) / pages * 100
                floor = cpu_seconds(lambda: _raw(Path(folder) / "raw.pdf", 100))
                found.append(Figure(f"action tracker, {code}: 100 pages", "raw canvas", floor, value, 4.0, "CPU s"))
                found.append(
                    Figure(
                        f"action tracker, {code}: pages per CPU second", "25 wanted", 25.0, 100 / value, None, "pages"
                    )
                )
    return found
