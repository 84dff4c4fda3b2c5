"""Keeps what is in memory and on disk from other users of the computer; harmless where a system has no such thing."""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from unnm_desktop import paths

_OTHERS = 0o077
_SET_DUMPABLE = 4
"""PR_SET_DUMPABLE of Linux' prctl."""


def guard_process() -> None:
    """No core file of this process is written, no other process looks into its memory, and its files are its own.

    A key is in memory while a protected workspace is open; a crash must not put it on the disk.
    """
    os.umask(_OTHERS)
    if os.name != "posix":
        return
    import resource  # not there on Windows

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.platform.startswith("linux"):
        import ctypes  # asked for after the first paint only

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def close_to_others(file: Path) -> None:
    """Take every right of others from a file that was just made; a stick that knows no rights lets nobody do so."""
    with suppress(OSError):
        file.chmod(stat.S_IRUSR | stat.S_IWUSR)


def repair_own_folders() -> int:
    """Close this computer's own folders, and all in them, to other users; how many were open."""
    roots = {paths.config_folder(), paths.data_folder()}
    return repair(one for root in roots for one in (root, *_inside(root)))


def repair_workspace(workspace: Path) -> int:
    """Close a workspace and the files beside it to other users; how many were open."""
    suffixes = ("", "-wal", "-shm", "-files", "-files-wal", "-files-shm", "-keys", "-keys-copy", "-lock")
    return repair(workspace.with_name(workspace.name + suffix) for suffix in suffixes)


def repair(places: Iterable[Path]) -> int:
    """Take every right of others from these files and folders of our own; how many had one."""
    if os.name != "posix":
        return 0  # on Windows the user's profile keeps others out
    repaired = 0
    for place in places:
        # What a stick or another user owns cannot be changed, and a link leads out of here.
        with suppress(OSError):
            told = place.lstat()
            if told.st_uid == os.getuid() and told.st_mode & _OTHERS and not stat.S_ISLNK(told.st_mode):
                place.chmod(told.st_mode & stat.S_IRWXU)
                repaired += 1
    if repaired:
        logging.getLogger("unnm").info("%d files or folders could be read by others; they are closed", repaired)
    return repaired


def _inside(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        yield from (Path(folder) / name for name in (*folders, *files))
