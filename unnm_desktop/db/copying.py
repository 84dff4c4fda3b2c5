"""A workspace kept in a second file to go on with: one that can only be read here, or whose own file is gone."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from unnm_desktop.db import keys
from unnm_desktop.db.blobs import Blobs, files_path
from unnm_desktop.db.copies import contents, copy_database
from unnm_desktop.db.engine import Database
from unnm_desktop.db.files import discard
from unnm_desktop.db.trouble import DAMAGED, NO_PLACE, TAKEN, Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.keeping_apart import close_to_others


def keep_copy(database: Database, target: Path) -> Path:
    """Keep everything that is open under another name, with the attachments that can still be reached.

    Raises:
        UserError: there is a file of that name, it cannot be written, or the workspace can no longer be read.

    """
    if target.exists():
        raise UserError(TAKEN, file=target.name)
    aside = target.with_name(f".{target.name}.making")
    try:
        with suppress(FileNotFoundError):
            aside.unlink()
        copy_database(database, aside)
        beside = files_path(database.path)
        if database.key is not None:
            keys.write(target, database.key_file())
        if beside.exists():
            shutil.copyfile(beside, files_path(target))
            close_to_others(files_path(target))
        aside.rename(target)
    except OSError as error:
        raise UserError(NO_PLACE, file=target.name) from error
    finally:
        aside.unlink(missing_ok=True)
    return target


def move(database: Database, target: Path) -> Database:
    """Open a verified copy of the workspace elsewhere; the old file stays until the copy has taken its part.

    Raises:
        UserError: there is a file of that name, it cannot be written, or the copy did not prove whole.

    """
    keep_copy(database, target)
    try:
        _prove(database, target)
        return Database(target, database.officer, key=database.key)
    except BaseException:
        discard(target)
        raise


def _prove(database: Database, target: Path) -> None:
    contents(target, database.key)
    if Blobs(files_path(target), database.key).digests() != database.blobs.digests():
        raise Damaged(DAMAGED, file=files_path(target).name)
