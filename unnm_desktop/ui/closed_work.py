"""Work on the workspace while it is closed for a moment; it is open again afterwards, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from unnm_desktop.db import turning
from unnm_desktop.db.engine import Database
from unnm_desktop.db.keys import Key
from unnm_desktop.errors import UserError
from unnm_desktop.services import restoring
from unnm_desktop.services.restoring import Access


class NotDone(Exception):
    """It could not be done; the workspace as it was is open again."""

    def __init__(self, trouble: Exception, database: Database) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble
        self.database = database


@dataclass(frozen=True)
class ClosedWork:
    """What is done to the closed file: given its path and key it hands back the key it then has.

    ``text`` is said while it runs and ``said`` when it is done (both msgids).
    """

    work: Callable[[Path, Key | None], Key | None]
    text: str
    said: str


def carry_out(work: ClosedWork, workspace: Path, officer: str, key: Key | None) -> Database:
    """Do the work and open the workspace; on a thread.

    Raises:
        NotDone: it could not be done; the workspace as it was comes with it, open.
        UserError: it could not be done to its end, and the workspace opens with another key by now.

    """
    try:
        after = work.work(workspace, key)
    except Exception as error:
        try:
            database = Database(workspace, officer, key=key)
        except UserError:
            raise error from None  # it says what happened; that the old key is no more only follows from it
        raise NotDone(error, database) from error
    return Database(workspace, officer, key=after)


def restore(copy: Path, folder: str, access: Access, workspace: Path, key: Key | None) -> Key | None:
    """Put a copy in the workspace's place; ``access`` opens it where the workspace's own key does not."""
    opened = replace(access, key=access.key or key, own=key)
    restoring.restore(copy, workspace, now=datetime.now(UTC), chosen=folder, access=opened)
    # A protected workspace keeps its key; a plain one takes that of a protected copy.
    return key or opened.key


def protect(passphrase: str, workspace: Path, _key: Key | None) -> Key | None:
    """Write it anew with a key that the passphrase opens."""
    return turning.protect(workspace, passphrase)


def change_key(passphrase: str, workspace: Path, key: Key | None) -> Key | None:
    """Write it anew with another key that the passphrase opens."""
    return None if key is None else turning.change_key(workspace, key, passphrase)


def unprotect(workspace: Path, key: Key | None) -> Key | None:
    """Write it anew as a plain file."""
    if key is not None:
        turning.unprotect(workspace, key)
    return None
