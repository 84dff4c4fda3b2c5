"""A copy is brought back: what stands in its place is backed up before, and whoever was erased since stays erased."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from unnm_desktop import paths
from unnm_desktop.cause import Cause
from unnm_desktop.db import copies
from unnm_desktop.db.blobs import files_path
from unnm_desktop.db.engine import Database
from unnm_desktop.db.keys import Key, KeyFile, Locked
from unnm_desktop.db.sealing import read_header
from unnm_desktop.db.trouble import Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import backup

Erased = Mapping[UUID, str]
"""Who was erased for good, and by which officer."""


@dataclass(frozen=True)
class Access:
    """What opens a protected copy, what opens the workspace in whose place it comes, and new slots for the result.

    ``slots`` is for a copy that is opened with the recovery sheet and has no key file.
    """

    key: Key | None = None
    own: Key | None = None
    slots: KeyFile | None = None


def restore(
    copy: Path, workspace: Path, *, now: datetime, chosen: str = "", access: Access | None = None
) -> copies.Contents:
    """Put a copy in the workspace's place. What stands there now is backed up before; the workspace must be closed.

    A workspace that is too damaged for a backup, or whose key is not known, is set aside under another name instead:
    nothing is thrown away. A protected workspace stays protected with its own passphrases, whatever the copy is.
    Whoever was erased since the copy was made is erased from it, too.

    Args:
        copy: a backup or any copy of a workspace.
        workspace: the file to be replaced; made when missing.
        now: the moment, in UTC.
        chosen: the folder that the officer chose for backups.
        access: what opens a protected copy, and a protected workspace.

    Raises:
        Locked: the copy is protected and there is no key.
        UserError: the copy is damaged, no workspace, of a newer program, or the workspace is open elsewhere or handed
            over.

    """
    given = access or Access()
    held = copies.contents(copy, given.key)
    own = _key_of(workspace, (given.own, given.key))
    erased: Erased = {}
    try:
        if workspace.exists():
            erased = _keep_present(workspace, now, chosen, own, copy)
        # A backup's files lie beside it, shared by all copies of the workspace; a copy by itself has its own.
        folders = (copy.parent, backup.folder_for(held.workspace, chosen))
        shared = [backup.store_of(folder, key) for folder in folders for key in {given.key, None}]
        copies.put_in_place(copy, (files_path(copy), *shared), workspace, given.key, own, given.slots)
    except OSError as error:
        raise UserError(
            N_("{file} could not be restored ({why}). It is as it was. Make room, then try again."),
            file=workspace.name,
            why=Cause(error),
        ) from error
    if erased:
        _erase_again(workspace, _key_of(workspace, (own, given.key)), erased, now)
    return held


def _erase_again(workspace: Path, key: Key | None, erased: Erased, now: datetime) -> None:
    from unnm_desktop.services.handover import erasing  # seldom needed

    try:
        erasing.erase_again(workspace, key, erased, now.astimezone().date())
    except UserError as error:
        raise UserError(
            N_(
                "{file} was restored, but the data of people who were erased since could not all be taken out of it."
                " Make room, then restore it once more."
            ),
            file=workspace.name,
        ) from error


def _key_of(workspace: Path, known: Iterable[Key | None]) -> Key | None:
    """Which of the keys a protected workspace is written with."""
    for key in known:
        if key is not None and paths.is_protected(workspace):
            with suppress(Damaged):
                read_header(workspace, key)
                return key
    return None


def _keep_present(workspace: Path, now: datetime, chosen: str, own: Key | None, copy: Path) -> Erased:
    """Back up what stands there, or set it aside; who was erased in it, as far as that can be read."""
    from unnm_desktop.services.handover import erasing  # a restore is seldom

    try:
        with Database(workspace, key=own) as present:
            if present.handed is not None:
                raise present.handed.refusal()
            backup.make(present, backup.folder_for(present.id, chosen), backup.Reason.RESTORE, now=now, wanted=copy)
            with present.read() as session:
                return erasing.erased(session)
    except Damaged:
        _set_aside(workspace, f"-damaged-{now:{backup.STAMP}}")
    except Locked:
        _set_aside(workspace, f"-locked-{now:{backup.STAMP}}")
    return {}


def _set_aside(workspace: Path, mark: str) -> None:
    for file in (workspace, *paths.key_files(workspace)):
        if file.exists():
            shutil.copy2(file, file.with_name(f"{workspace.name}{mark}{file.name.removeprefix(workspace.name)}"))
