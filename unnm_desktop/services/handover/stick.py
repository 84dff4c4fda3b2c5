"""Writing a file to a stick so that it is whole there or absent, and proven by reading it back."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services.handover import limits

PART = ".part"
_SPARE = 4 << 20
_F_NOCACHE = 48
_WRITING, _READING = N_("Writing the package"), N_("Reading it back from the stick")
_CANNOT = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
"""What a file system says that knows nothing of what was asked."""


class Family(StrEnum):
    """What is the matter with a stick."""

    FULL = "full"
    LARGE = "large"
    ABSENT = "absent"
    REMOVED = "removed"
    PROTECTED = "protected"
    DAMAGED = "damaged"


_FAMILIES = {
    **dict.fromkeys((errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)), Family.FULL),
    errno.EFBIG: Family.LARGE,
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), Family.PROTECTED),
    **dict.fromkeys(
        (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ENOTCONN, getattr(errno, "ESTALE", -1)),
        Family.REMOVED,
    ),
}
REMOVED = N_("The stick was removed. Nothing changed here. Put it in again, then try again.")
"""Also of a stick that vanishes while it is read."""
_SAYS = {
    Family.FULL: N_("There is no room left on {folder}. The package is not there. Make room, or take another stick."),
    Family.LARGE: N_("The package is larger than one file on {folder} may be (4 GB). Make it without the files."),
    Family.ABSENT: N_("{folder} is not there. The package was not written. Put the stick in, then try again."),
    Family.REMOVED: REMOVED,
    Family.PROTECTED: N_("{folder} cannot be written. Move its switch, or choose another stick or folder."),
    Family.DAMAGED: N_("{folder} does not keep what is written to it. The package is not there. Take another stick."),
}


class StickTrouble(UserError):
    """The package is not on the stick; what was there before is as it was."""

    def __init__(self, family: Family, folder: Path) -> None:
        super().__init__(_SAYS[family], folder=str(folder))
        self.family = family


@dataclass(frozen=True)
class Written:
    """A file that is on the stick: where, and whether it was read back from the stick itself."""

    path: Path
    uncached: bool


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StickTrouble(family_of(error, folder), folder) from error


def is_full(error: OSError) -> bool:
    """Whether there is no room where that was said."""
    return _FAMILIES.get(error.errno or 0) is Family.FULL


def family_of(error: OSError, folder: Path) -> Family:
    """What is the matter with a stick that said so."""
    family = _FAMILIES.get(error.errno or 0, Family.DAMAGED)
    # A stick that was pulled out answers with all kinds of errors, also to the question whether it is there.
    return Family.REMOVED if family is not Family.FULL and not answers(folder) else family


def answers(folder: Path) -> bool:
    """Whether a folder is there: a stick that was pulled out says all kinds of things."""
    return os.path.isdir(folder)  # noqa: PTH112 - Path.is_dir raises some of them


def want_room(folder: Path, size: int) -> None:
    """Look whether a file of that size can be written there, before anything is made.

    Raises:
        StickTrouble: it cannot.

    """
    if not answers(folder):
        raise StickTrouble(Family.ABSENT, folder)
    if size > limits.LARGEST:
        raise StickTrouble(Family.LARGE, folder)
    with _in_words(folder):
        _try_to_write(folder)
        if shutil.disk_usage(folder).free < size * 1.02 + _SPARE:
            raise StickTrouble(Family.FULL, folder)


def _try_to_write(folder: Path) -> None:
    """Write a byte: what the system says of rights is not to be relied on."""
    probe = folder / f"unnm-{secrets.token_hex(4)}{PART}"
    try:
        with probe.open("xb") as file:
            file.write(b"\0")
            file.flush()
            os.fsync(file.fileno())
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def has(folder: Path, name: str) -> bool:
    """Whether a file of that name lies there.

    Raises:
        StickTrouble: the stick does not answer.

    """
    with _in_words(folder):
        return (folder / name).exists()


def write(
    folder: Path, name: str, pieces: Callable[[], Iterable[bytes]], size: int, progress: Progress = SILENT
) -> Written:
    """Write the pieces as a file of that name, which appears when it is whole; then read it back.

    Args:
        folder: the stick or folder.
        name: of the file; it must be free.
        pieces: gives the bytes; asked once to write them and once to compare what was read back.
        size: how many there are.
        progress: hears of bytes written and read back; may stop the work, which leaves nothing behind.

    Raises:
        StickTrouble: it could not be written, or what was read back is not what was written.
        Cancelled: the officer asked to stop.

    """
    if not answers(folder):
        raise StickTrouble(Family.REMOVED, folder)
    want_room(folder, size)
    path = folder / name
    part = folder / f"{name}{PART}"
    with _in_words(folder):
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        try:
            _write_part(part, pieces(), size, progress)
            part.rename(path)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        try:
            _sync_folder(folder)
            uncached = _read_back(path, pieces(), size, progress)
        except BaseException:
            # What is not proven must not lie there as if it were.
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise
    return Written(path, uncached)


def _write_part(part: Path, pieces: Iterable[bytes], size: int, progress: Progress) -> None:
    done = 0
    # Leaving the block closes the file, and a stick may tell its trouble only then.
    with part.open("xb") as file:
        _take_room(file, size)
        for piece in pieces:
            progress(done, 2 * size, _WRITING)
            file.write(piece)
            done += len(piece)
        if done != size:
            raise RuntimeError(f"{done} bytes instead of {size}")
        file.flush()
        os.fsync(file.fileno())


def _take_room(file: BinaryIO, size: int) -> None:
    if not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(file.fileno(), 0, size)
    except OSError as error:
        # Drivers of FAT forbid it though the file can be written; what is wrong in truth is told by the writing.
        if error.errno not in {*_CANNOT, errno.EPERM}:
            raise


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
    finally:
        os.close(number)


def _read_back(path: Path, pieces: Iterable[bytes], size: int, progress: Progress) -> bool:
    done = 0
    with path.open("rb") as file:
        uncached = _forget(file.fileno())
        for piece in pieces:
            progress(min(size + done, 2 * size - 1), 2 * size, _READING)
            if file.read(len(piece)) != piece:
                raise StickTrouble(Family.DAMAGED, path.parent)
            done += len(piece)
        if file.read(1):
            raise StickTrouble(Family.DAMAGED, path.parent)
    progress(2 * size, 2 * size, _READING)
    return uncached


def _forget(number: int) -> bool:
    """Let the system forget what it has of the file in memory; whether it was asked to."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
        return True
    if sys.platform == "darwin":
        import fcntl  # not on every system

        fcntl.fcntl(number, _F_NOCACHE, 1)
        return True
    return False
