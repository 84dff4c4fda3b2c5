"""Write the golden texts of every document anew; read the difference before it is committed."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from sqlalchemy.orm import Session

from tests.reports import merged_office, sample_year
from unnm_desktop import reports
from unnm_desktop.db.engine import Database
from unnm_desktop.i18n import CODES, Language
from unnm_desktop.reports import merge_report
from unnm_desktop.services import networks
from unnm_desktop.services.handover import account

FOLDER = Path(__file__).parent / "_golden"
MERGED = FOLDER / "handover"
NETWORKS = ("BHR", "KWT")
# Minutes of the meeting that has some; elsewhere the documents choose for themselves.
MEETINGS = {("minutes", "BHR"): "UNNM/BHR/2026/M01"}


def texts(session: Session) -> Iterator[tuple[str, str]]:
    """Every document of the sample year as plain text, by the name of its golden file."""
    for country in NETWORKS:
        network = networks.network_of(session, country)
        for kind in reports.REPORTS:
            for code in CODES:
                request = reports.request_for(
                    session,
                    kind,
                    network_id=network.id,
                    on=sample_year.ON,
                    language=Language(code),
                    meeting=MEETINGS.get((kind, country), ""),
                )
                document = reports.make(session, kind, request)
                yield f"{kind}-{country.lower()}-{code}.txt", reports.as_text(document)


def merge_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The report of a merge, by the name of its golden file."""
    path, merge_id = merged_office.made(folder)
    with Database(path, lock=False) as database, database.read() as session:
        for code in CODES:
            language = Language(code, paper=True)
            told = account.of_merge(session, merge_id, language)
            document = merge_report.compose(told, merged_office.FIRST.date(), UTC, language)
            yield f"merge-report-{code}.txt", reports.as_text(document)


def main() -> None:
    """Build the sample year in a workspace of its own and write the texts."""
    MERGED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["UNNM_HOME"] = folder
        with Database.create(Path(folder) / "sample.unnm") as database:
            with database.write("Sample") as session:
                sample_year.bahrain(session)
                sample_year.kuwait(session)
            with database.read() as session:
                made = dict(texts(session))
        merged = dict(merge_texts(Path(folder)))
    for old in FOLDER.glob("*.txt"):
        if old.name not in made:
            old.unlink()
    for place, found in ((FOLDER, made), (MERGED, merged)):
        for name, text in found.items():
            (place / name).write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(made) + len(merged)} texts in {FOLDER}\n")


if __name__ == "__main__":
    main()
