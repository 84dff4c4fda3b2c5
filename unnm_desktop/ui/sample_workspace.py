"""The sample to look around in: a file of its own, made when it is first asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from unnm_desktop import paths
from unnm_desktop.db.engine import Database
from unnm_desktop.db.files import discard
from unnm_desktop.db.making import new_workspace
from unnm_desktop.i18n import N_
from unnm_desktop.progress import Progress
from unnm_desktop.reports import issuing
from unnm_desktop.services import networks, sample

OFFICER = "Sample Officer"


def make(path: Path, on: date, progress: Progress) -> Path:
    """Make the sample for that day; an earlier one goes.

    Raises:
        UserError: it is open in another window, or the disk is full.
        Cancelled: the officer thought better of it; nothing is left behind.

    """
    paths.private_folder(path.parent)
    if path.exists():
        # Opened first: nobody may be looking at it.
        Database(path).close()
        discard(path)
    with new_workspace(path, OFFICER) as database:
        sample.build(database, on=on, progress=progress)
        progress(0, 0, N_("Writing documents"))
        with database.read() as session:
            found = networks.all_networks(session)
        issuing.issue_samples(database, found, on)
    return path
