"""What can be said of a copy before it is brought back: whole, damaged, or protected with another passphrase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from unnm_desktop import paths
from unnm_desktop.db import keys
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.backup import Backup

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key

Looked = Mapping[Path, tuple[float, bool]]
"""Of each copy whether it was whole when it was last read, and its time then."""


class State(StrEnum):
    """How a copy stands."""

    WHOLE = "whole"
    SEALED = "sealed"
    DAMAGED = "damaged"

    @property
    def label(self) -> str:
        """The state in words (a msgid)."""
        return _LABELS[self]


_LABELS = {
    State.WHOLE: N_("Whole"),
    State.SEALED: N_("Another passphrase"),
    State.DAMAGED: N_("Damaged"),
}


def is_sealed(copy: Path, key: Key | None) -> bool:
    """Whether a copy can be read with another key only than this one."""
    if paths.is_plain(copy):
        return False
    try:
        return key is None or keys.read(copy).key_id != key.id
    except UserError:  # its key file is gone: the recovery sheet may open it
        return True


def look(copies: Sequence[Backup], before: Looked) -> dict[Path, tuple[float, bool]]:
    """Read every copy through that changed since it was read last, and say which are whole; on a thread."""
    found = {}
    for one in copies:
        try:
            at = one.path.stat().st_mtime
        except OSError:
            at = -1.0
        known = before.get(one.path)
        found[one.path] = known if known is not None and known[0] == at else (at, one.whole())
    return found


def state_of(one: Backup, key: Key | None, looked: Looked) -> State | None:
    """How a copy stands; None before it was read."""
    known = looked.get(one.path)
    if known is None:
        return None
    if not known[1]:
        return State.DAMAGED
    return State.SEALED if is_sealed(one.path, key) else State.WHOLE


def folder_of_key(workspace: Path, root: Path) -> Path:
    """The folder below ``root`` that has copies of a locked workspace, told by the name of its key; else ``root``."""
    try:
        name = keys.read(workspace).key_id
    except UserError:
        return root
    for slots in sorted(root.glob("*/*.unnm-keys"), reverse=True):
        try:
            if keys.read(slots.with_name(slots.name.removesuffix("-keys"))).key_id == name:
                return slots.parent
        except UserError:
            continue
    return root
