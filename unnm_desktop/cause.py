"""Why the system could not read or write something, in the reader's words."""

from __future__ import annotations

import errno

from unnm_desktop.i18n import N_, Language

_GONE = N_("the disk or stick is no longer there")
_LOCKED = N_("it may not be written or read")
# The system speaks the computer's language at best, and its developers'.
_CAUSES = {
    errno.ENOSPC: N_("no room is left on the disk"),
    errno.EDQUOT: N_("no room is left on the disk"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EACCES: _LOCKED,
    errno.EPERM: _LOCKED,
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENODEV: _GONE,
    errno.ENXIO: _GONE,
    errno.ENOTCONN: _GONE,
    errno.EIO: N_("the disk gives an error"),
    errno.EBUSY: N_("another program has it open"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.EEXIST: N_("there is one of that name already"),
}


class Cause:
    """Why the system could not read or write: the value of a message, told in the reader's language."""

    def __init__(self, error: OSError) -> None:
        self._words = _CAUSES.get(error.errno or 0) or error.strerror or type(error).__name__

    def told(self, language: Language) -> str:
        """The same in this language."""
        return language.tr(self._words)

    def __str__(self) -> str:
        return self._words
