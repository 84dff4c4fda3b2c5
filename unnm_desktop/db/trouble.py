"""What SQLite says when a file, a disk or another program is in the way, as a sentence for the officer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3
from sqlalchemy.exc import DBAPIError

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

TAKEN = N_("{file} exists already. Choose another name.")
NO_PLACE = N_("{file} cannot be made there. Choose a folder you may write to.")
DAMAGED = N_("{file} is damaged. Nothing was changed. Open the newest backup instead.")
_FULL = N_("There is no room left on the disk of {file}. Nothing was changed. Make room, then try again.")
_BUSY = N_("{file} is busy in another program. Nothing was changed. Wait a moment, then try again.")
_UNREACHABLE = N_(
    "{file} can no longer be read or written. Check that its folder or stick is still there, then open it again."
)
_LITTLE = 65_536
_SAYS = (
    (("malformed", "not a database", "corrupt", "unsupported file format"), DAMAGED),
    (("is full",), _FULL),
    (("is locked",), _BUSY),
    (("disk i/o error", "unable to open", "readonly database"), _UNREACHABLE),
)


class Damaged(UserError):
    """The file is a workspace, but not whole."""


class OutOfReach(UserError):
    """The file is there, but its disk takes nothing any more: it fails, or can only be read since."""


class Gone(UserError):
    """The open file is no longer where it was: what is written now would be lost when the program is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            N_(
                "{file} is no longer where it was opened, so nothing can be kept in it."
                " Put it back, or keep a copy of what is open."
            ),
            file=path.name,
        )


_KINDS: dict[str, type[UserError]] = {DAMAGED: Damaged, _UNREACHABLE: OutOfReach}


class Dangling(Exception):
    """A record would refer to one that is not there."""


class AlreadyOpen(UserError):
    """Another window, of this computer or another, has the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(N_("{file} is already open in another window. Close it there first."), file=path.name)
        self.path = path


def told(error: Exception, path: Path) -> UserError | None:
    """The trouble in words; None where SQLite speaks of a fault in the program."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).casefold()
    for marks, message in _SAYS:
        if any(mark in said for mark in marks):
            if message is _UNREACHABLE and _is_full(path.parent):
                # SQLite says so of the file in which its connections meet, too, where there is no room for it.
                message = _FULL
            return _KINDS.get(message, UserError)(message, file=path.name)
    return None


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE
    except OSError:
        return False


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Let what SQLite reports inside be raised as a UserError, where it is no fault of the program."""
    try:
        yield
    except (DBAPIError, sqlcipher3.Error) as error:
        trouble = told(error, path)
        if trouble is None:
            raise
        raise trouble from error
