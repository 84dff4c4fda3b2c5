"""The documents that go with a package: the state of play of each network, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from unnm_desktop import reports
from unnm_desktop.i18n import CODES, language_for
from unnm_desktop.progress import SILENT, Progress, each

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.networks import Network

KIND = "state-of-play"


def papers(
    session: Session, networks: Iterable[Network], on: date, *, only: str = "", progress: Progress = SILENT
) -> dict[str, bytes]:
    """Name → bytes of the documents.

    Args:
        session: one consistent moment of the workspace.
        networks: those that go.
        on: the day they speak of.
        only: the language they are in; "" = both.
        progress: hears of each document and its pages.

    """
    wanted = [(network, code) for network in networks for code in ((only,) if only else CODES)]
    made = {}
    for network, code in each(wanted, progress, reports.REPORTS[KIND].title, 1):
        language = language_for(code, network.paper_digits, paper=network.paper_months)
        request = reports.request_for(session, KIND, network_id=network.id, on=on, language=language)
        document = reports.make(session, KIND, request)
        made[f"{KIND}-{network.country}-{code}.pdf"] = reports.as_bytes(document, progress)
    return made
