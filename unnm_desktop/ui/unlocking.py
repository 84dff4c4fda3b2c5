"""Opening a protected workspace, with its passphrase or with the recovery sheet; on a thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.ui.passphrase_dialog import Given


def with_passphrase(path: Path, passphrase: str, officer: str) -> Database:
    """The workspace, open.

    Raises:
        WrongPassphrase: no slot opens with it.
        UserError: the file is damaged, or open elsewhere.

    """
    from unnm_desktop.db import keys  # the lower floors, after the first paint
    from unnm_desktop.db.engine import Database

    return Database(path, officer, key=keys.unlock(path, passphrase))


def with_sheet(path: Path, officer: str, given: Given) -> Database:
    """The workspace, open, its only passphrase from now on the new one.

    Raises:
        UserError: the code holds a typing error, or is another workspace's.

    """
    from unnm_desktop.db import keys, recovery  # as above
    from unnm_desktop.db.engine import Database
    from unnm_desktop.db.trouble import Damaged
    from unnm_desktop.errors import UserError
    from unnm_desktop.i18n import N_

    key = recovery.key_of(given.code)
    try:
        database = Database(path, officer, key=key)
    except Damaged as error:
        raise UserError(N_("This sheet belongs to another workspace, or {file} is damaged."), file=path.name) from error
    try:
        keys.renew(path, key, given.new)
    except BaseException:
        database.close()
        raise
    return database
