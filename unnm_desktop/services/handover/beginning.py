"""Beginning with a package: a successor who has no workspace yet gets a new one that holds what is in it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import REMOVED
from unnm_desktop.db.making import new_workspace
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import whereabouts
from unnm_desktop.services.handover import receiving, staging
from unnm_desktop.services.handover.receiving import Arrived

_DONE = N_("Taking in the package")


def look(path: Path, passphrase: str = "", progress: Progress = SILENT) -> Arrived:
    """Open a package and say what a workspace made from it would hold; none is made yet.

    Raises:
        BadPackage: it is no package, damaged, newer, unsigned or sealed for somebody else.
        UserError: it cannot be read.
        Cancelled: the officer asked to stop.

    """
    with ExitStack() as kept:
        # Compared with a workspace that holds nothing, so that everything in the package is new.
        place = kept.enter_context(staging.folder())
        blank = kept.enter_context(Database.create(place / "blank.unnm"))
        kept.callback(Device.forget, blank.id)
        return receiving.look(blank, path, passphrase, progress)


def begin(
    arrived: Arrived, target: Path, officer: str, *, now: datetime, passphrase: str = "", progress: Progress = SILENT
) -> Path:
    """Make a workspace from a package that was looked at; where it lies. With a passphrase it is protected.

    Raises:
        UserError: it cannot be kept there, or not be made; nothing is left behind.
        Cancelled: the officer asked to stop; nothing is left behind.

    """
    whereabouts.want_safe(target)
    with new_workspace(target, officer, passphrase) as database:
        receiving.take_in(database, arrived, folder=None, now=now, progress=progress)
        # The last moment at which it can be stopped: taking in the records is one step that hears of nothing.
        progress(1, 1, _DONE)
    return target


def counts(arrived: Arrived, kinds: Iterable[str]) -> dict[str, int]:
    """How many records of each of these kinds it brings, those in Trash left out."""
    found = dict.fromkeys(kinds, 0)
    for one in arrived.preview.new:
        if one.entity in found and one.values.get(REMOVED) is None:
            found[one.entity] += 1
    return found


def files(arrived: Arrived) -> int:
    """How many attachments and issued documents it brings."""
    return sum(member.name.startswith("blobs/") for member in arrived.told.members)
