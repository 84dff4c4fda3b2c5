"""A new workspace that takes its name only once it is whole: a making that breaks off leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from unnm_desktop.db import keys
from unnm_desktop.db.engine import Database
from unnm_desktop.db.files import discard
from unnm_desktop.db.keys import Key
from unnm_desktop.db.trouble import NO_PLACE, TAKEN
from unnm_desktop.errors import UserError


@contextmanager
def new_workspace(path: Path, officer: str, passphrase: str = "") -> Iterator[Database]:
    """An open, empty workspace to fill; it stands at ``path`` when the block is left well.

    With a passphrase it is protected from its first byte.

    Raises:
        UserError: the file exists already, its folder cannot be written, or its disk is full.

    """
    if path.exists():
        raise UserError(TAKEN, file=path.name)
    aside = path.with_name(f".{path.name}.making")
    try:
        # What an earlier making left that was killed.
        discard(aside)
        # A computer on which nothing was kept yet may not have the folder for documents.
        path.parent.mkdir(parents=True, exist_ok=True)
        key = Key.make() if passphrase else None
        if key is not None:
            keys.write(aside, keys.KeyFile.make(key, passphrase))
        with Database.create(aside, officer, key) as database:
            yield database
        _take_name(aside, path)
    except UserError as error:
        discard(aside)
        error.values = {**error.values, "file": path.name} if "file" in error.values else error.values
        raise
    except OSError as error:
        discard(aside)
        raise UserError(NO_PLACE, file=path.name) from error
    except BaseException:
        discard(aside)
        raise
    # The lock of the making has its own name.
    aside.with_name(f"{aside.name}-lock").unlink(missing_ok=True)


def _take_name(aside: Path, path: Path) -> None:
    if path.exists():
        raise UserError(TAKEN, file=path.name)
    for suffix in ("-keys", "-keys-copy", "-files", ""):
        made = aside.with_name(aside.name + suffix)
        if made.exists():
            made.rename(path.with_name(path.name + suffix))


def free_name(folder: Path, stem: str) -> Path:
    """The first of ``stem.unnm``, ``stem 2.unnm`` … that nothing has in the folder."""
    number = 1
    path = folder / f"{stem}.unnm"
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}.unnm"
    return path
