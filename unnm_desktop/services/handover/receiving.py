"""Receiving a package: opened and compared first, taken in only when the officer says so, and taken back as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import replay
from unnm_desktop.db.device import called
from unnm_desktop.db.engine import Database
from unnm_desktop.db.letting_go import let_go
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import backup
from unnm_desktop.services.backup import Reason
from unnm_desktop.services.handover import erasing, keys, merge, opening, planning
from unnm_desktop.services.handover.deciding import Answer
from unnm_desktop.services.handover.incoming import Incoming
from unnm_desktop.services.handover.manifest import Manifest
from unnm_desktop.services.handover.opening import Package
from unnm_desktop.services.handover.planning import Preview
from unnm_desktop.services.handover.reading import Signature

_BLOBS = "blobs/"


@dataclass(frozen=True)
class Arrived:
    """A package that was opened, proven and compared with the workspace; nothing of it is taken in yet.

    The copy on this computer is kept until ``close``, so that the stick may be pulled out.
    """

    package: Package
    incoming: Incoming
    preview: Preview
    foreign: bool
    """Whether it comes from another workspace that this one never had anything from."""
    _kept: ExitStack

    @property
    def told(self) -> Manifest:
        """What the package says of itself."""
        return self.package.manifest

    @property
    def by(self) -> str:
        """Who made it, on which computer."""
        sender = self.told.sender
        return f"{sender.officer} ({sender.label})" if sender.officer else sender.label

    @property
    def stranger(self) -> bool:
        """Whether its signer was never believed on this computer."""
        return self.package.signature is Signature.UNKNOWN

    def close(self) -> None:
        """Let go of the copy."""
        self._kept.close()

    def forget(self) -> None:
        """Let go of the copy and of all that was read; of a large package that takes a while."""
        self.close()
        self.incoming.close()
        let_go(self.preview.new, self.preview.changed, self.preview.removed)


@dataclass(frozen=True)
class Taken:
    """What taking in a package did."""

    merge_id: UUID | None
    """None where the package brought nothing new."""
    counts: dict[str, int]
    decided: int
    """Conflicts that were answered."""
    open: int
    """Conflicts that stay for later."""
    backup: Path | None


def look(database: Database, path: Path, passphrase: str = "", progress: Progress = SILENT) -> Arrived:
    """Open a package and say what it would do; the workspace stays as it is.

    Raises:
        BadPackage: it is no package, damaged, newer, unsigned or sealed for somebody else.
        UserError: it cannot be taken into this workspace.
        Cancelled: the officer asked to stop.

    """
    with ExitStack() as kept:
        package = kept.enter_context(opening.opened(path, passphrase, progress))
        incoming = Incoming.read(package.changesets(), package.manifest.changesets, progress)
        with database.read() as session:
            preview = planning.plan(session, incoming, database.device.id if database.device else None, progress)
        other = UUID(package.manifest.workspace) != database.id
        # What was taken in once from another workspace has been agreed to.
        foreign = other and not preview.known and not database.untouched
        return Arrived(package, incoming, preview, foreign, kept.pop_all())


def want_own(arrived: Arrived) -> None:
    """Refuse a package of another workspace, where nobody can be asked.

    Raises:
        UserError: it is one.

    """
    if arrived.foreign:
        raise UserError(
            N_(
                "The package of {by} comes from another workspace, not from a copy of this one. Nothing was changed. If"
                " both shall become one workspace, say --other-workspace."
            ),
            by=arrived.by,
        )


def take_in(
    database: Database,
    arrived: Arrived,
    answers: Collection[Answer] = (),
    *,
    folder: Path | None,
    now: datetime,
    progress: Progress = SILENT,
) -> Taken:
    """Take a package in: a verified backup first, then everything and what was decided in one transaction.

    Args:
        database: the open workspace.
        arrived: the package, as it was looked at.
        answers: what the officer decided; conflicts without an answer stay open.
        folder: where backups lie; None where there is nothing to back up yet.
        now: the moment, in UTC.
        progress: hears of the backup, of files and of records; may stop the work, which changes nothing.

    Raises:
        UserError: the backup or the merge could not be made; no record was changed.
        Cancelled: the officer asked to stop.

    """
    preview, told = arrived.preview, arrived.told
    if preview.nothing_new:
        return Taken(None, preview.counts, 0, 0, None)
    if database.handed is not None:
        raise database.handed.refusal()
    if database.untouched:
        database.become(UUID(told.workspace))
    made = backup.make(database, folder, Reason.MERGE, now=now, progress=progress) if folder is not None else None
    forgets = bool(preview.erased) or _somebody_erased(database)
    if forgets:
        # An old package still has the files of somebody who was erased; a new one may erase somebody here.
        with database.unjournalled() as connection:
            erasing.note_remains(connection)
    # Files first: a record never stands without its bytes, and bytes that nothing refers to do no harm.
    arrived.package.take_files(_missing(database, told), database.blobs.put, progress)
    done = merge.apply(
        database,
        arrived.incoming,
        package_id=told.package_id,
        from_device=UUID(told.sender.device),
        backup_path=str(made.path) if made is not None else "",
        expected=preview.counts,
        devices=computers(told),
        answers=answers,
        progress=progress,
    )
    if done.id is None:
        return Taken(None, done.counts, 0, 0, None)
    if forgets:
        with suppress(UserError):  # the merge stands; the next start clears away what remains
            erasing.clear_remains(database)
    left = len(preview.conflicts) - done.decided
    counts = done.counts
    let_go(done.preview.new, done.preview.changed, done.preview.removed)
    return Taken(done.id, counts, done.decided, max(0, left), made.path if made is not None else None)


def computers(told: Manifest) -> Iterator[Mapping[str, str]]:
    """Those that the package knows by name, and the one it was made on: it need not have written anything."""
    yield from told.devices
    sender = told.sender
    yield {"id": sender.device, "label": called(sender.label, sender.officer), "first_seen": told.made_at}


def _somebody_erased(database: Database) -> bool:
    with database.read() as session:
        cursor = cursor_of(session)
        return bool(replay.erased_rows(cursor))


def undo(
    database: Database, merge_id: UUID, *, folder: Path, now: datetime, progress: Progress = SILENT
) -> merge.Undone:
    """Take a merge back, after a verified backup of its own.

    Raises:
        UserError: the backup could not be made, or there is no such merge or it is undone already; nothing was changed.
        Cancelled: the officer asked to stop.

    """
    if database.handed is not None:
        raise database.handed.refusal()
    backup.make(database, folder, Reason.UNDO, now=now, progress=progress)
    return merge.undo_merge(database, merge_id, progress)


def _missing(database: Database, told: Manifest) -> set[str]:
    held = {member.name.removeprefix(_BLOBS) for member in told.members if member.name.startswith(_BLOBS)}
    # Some may lie here without a record, to be taken away one day: not while their records come.
    database.blobs.announce(held)
    return held - database.blobs.digests()


def believe(arrived: Arrived, on: date) -> None:
    """Know this signer from that day on: the words were compared with the sender."""
    keys.trust(bytes.fromhex(arrived.told.sender.public_key), arrived.by, on)


def last_merge(session: Session) -> merge.PastMerge | None:
    """The newest merge that can be taken back; what a workspace was made from, with no backup before, cannot."""
    return next((one for one in merge.merges(session) if one.undone_at is None and one.backup_path), None)
