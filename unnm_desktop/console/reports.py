"""The command ``report``: a document as PDF or text."""

from __future__ import annotations

import argparse

from unnm_desktop.console import call
from unnm_desktop.console.call import Answer
from unnm_desktop.i18n import N_, Language, language_for


def write(chosen: argparse.Namespace, language: Language) -> Answer:
    """Write a document, and keep it as issued where that is asked for."""
    from unnm_desktop import reports
    from unnm_desktop.reports import issuing

    call.want_known(chosen.kind, list(reports.REPORTS))
    with call.opened(chosen, language, lock=chosen.issue) as database:
        with database.read() as session:
            network = call.network(session, chosen)
            paper = language_for(chosen.lang, network.paper_digits, paper=network.paper_months)
            request = reports.request_for(
                session,
                chosen.kind,
                network_id=network.id,
                on=call.today(chosen),
                language=paper,
                period=chosen.period,
                meeting=chosen.meeting,
                year=chosen.year,
            )
            document = reports.make(session, chosen.kind, request, database.blobs.get)
        if chosen.issue:
            # A workspace that cannot be written says so before the document is.
            with database.write(N_("Issue a document")) as session:
                written = reports.write(document, chosen.output, progress=call.progress())
                issuing.issue(session, database.blobs.put, chosen.kind, request, document, chosen.output.read_bytes())
        else:
            written = reports.write(document, chosen.output, progress=call.progress())
    result = {"path": str(chosen.output), "pages": written.pages, "sha256": written.sha256}
    return result, call.written(language, chosen.output), ""
