"""Where a workspace lies: on a stick, a network drive or in a folder that is kept in step elsewhere it is in danger."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_


class Danger(StrEnum):
    """Why a workspace should not be worked on where it lies."""

    REMOVABLE = "removable"
    NETWORK = "network"
    SYNCED = "synced"

    @property
    def words(self) -> str:
        """What can happen there (a msgid with ``{file}``)."""
        return _WORDS[self]


_WORDS = {
    Danger.REMOVABLE: N_(
        "{file} lies on a stick or an external disk. If it is pulled while you work, changes can be lost."
        " Keep the workspace on this computer, and backups on the stick."
    ),
    Danger.NETWORK: N_(
        "{file} lies on a network drive, which can damage it when the connection fails. Keep it on this computer."
    ),
    Danger.SYNCED: N_(
        "{file} lies in a folder that a cloud service keeps in step, which can mix two versions up and sends the file"
        " away. Keep it in another folder of this computer."
    ),
}

_NETWORK_TYPES = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "fuse.davfs2", "fuse.sshfs", "fuse.rclone",
        "fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.s3fs", "ceph", "glusterfs",
    }
)  # fmt: skip
_SYNCED = frozenset(
    {
        "dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "icloudrive", "mobile documents",
        "nextcloud", "owncloud", "box sync", "megasync", "pcloud drive", "pclouddrive", "synologydrive", "tresorit",
    }
)  # fmt: skip
_SYNCED_BEGINS = ("onedrive - ", "dropbox (", "googledrive-", "onedrive-", "dropbox-")
_SIGNS = (".dropbox", ".dropbox.cache", ".stfolder", ".owncloudsync.log", ".seadrive")
"""What programs that keep folders in step leave in the folder they look after."""
_REMOVABLE_DRIVE, _REMOTE_DRIVE = 2, 4
"""Windows' words for its drives."""


class Mount(NamedTuple):
    """A place in the tree of folders, the device behind it and its kind of file system."""

    place: Path
    device: str
    kind: str


def danger_of(path: Path) -> Danger | None:
    """What endangers a workspace at this path; None where nothing does, or nothing can be told."""
    with suppress(OSError):
        whole = path.resolve()
        if sys.platform == "win32":
            found = _on_windows(whole)
        elif sys.platform == "darwin":
            found = Danger.REMOVABLE if whole.parts[:2] == ("/", "Volumes") else None
        else:
            found = on_mounts(whole, _mounts(str(whole)))
        return found or (Danger.SYNCED if is_synced(whole) else None)
    return None


def want_safe(path: Path) -> None:
    """Refuse a place where a workspace should not be worked on.

    Raises:
        UserError: it is such a place, with what can happen there.

    """
    danger = danger_of(path)
    if danger is not None:
        raise UserError(danger.words, file=path.name)


def is_synced(path: Path) -> bool:
    """Whether one of the folders above is known to be kept in step with a cloud service."""
    for folder in path.parents:
        name = folder.name.casefold()
        if name in _SYNCED or name.startswith(_SYNCED_BEGINS):
            return True
        with suppress(OSError):
            if any((folder / sign).exists() for sign in _SIGNS):
                return True
    return False


def on_mounts(path: Path, mounts: Iterable[Mount], blocks: Path = Path("/sys/class/block")) -> Danger | None:
    """What the nearest mount above a path says of it."""
    above = [mount for mount in mounts if path.is_relative_to(mount.place)]
    if not above:
        return None
    # Of two at one place the later one is seen.
    nearest = max(enumerate(above), key=lambda one: (len(one[1].place.parts), one[0]))[1]
    if nearest.kind in _NETWORK_TYPES:
        return Danger.NETWORK
    # A system that was started from a stick has nothing else.
    if nearest.place == Path("/") or not nearest.device.startswith("/dev/"):
        return None
    return Danger.REMOVABLE if _can_be_pulled(nearest.device, blocks) else None


def _can_be_pulled(device: str, blocks: Path) -> bool:
    with suppress(OSError):
        entry = (blocks / Path(device).resolve().name).resolve(strict=True)
        if any(part.startswith("usb") for part in entry.parts):
            return True
        for folder in (entry, entry.parent):
            sign = folder / "removable"
            if sign.exists():
                return sign.read_text(encoding="ascii").strip() == "1"
    return False


def _mounts(path: str) -> Iterator[Mount]:
    """Those that may stand above a path: there are dozens of others, and a workspace that is opened waits for this."""
    for line in Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        device, place, kind, *_ = line.split(" ")
        if path.startswith(place := _unescaped(place)):
            yield Mount(Path(place), _unescaped(device), kind)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text) if "\\" in text else text


def _on_windows(path: Path) -> Danger | None:
    import ctypes  # there only

    if str(path).startswith("\\\\"):
        return Danger.NETWORK
    kinds = {_REMOVABLE_DRIVE: Danger.REMOVABLE, _REMOTE_DRIVE: Danger.NETWORK}
    library = getattr(ctypes, "windll", None)
    drive = library.kernel32.GetDriveTypeW(path.anchor) if library is not None else 0
    if drive in kinds:
        return kinds[drive]
    cloud = os.environ.get("OneDrive")  # noqa: SIM112 - so it is called there
    return Danger.SYNCED if cloud and path.is_relative_to(Path(cloud)) else None
