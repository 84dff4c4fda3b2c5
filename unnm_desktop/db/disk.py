"""What the disk itself is asked for: that bytes and names are on it, what a file holds, that nothing is left of it."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 20


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the folder's names are on the disk, where the system knows how."""
    with suppress(OSError):  # Windows cannot open a folder
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def discard(path: Path) -> None:
    """Take a file away, its bytes written over before."""
    with path.open("rb+") as file:
        overwrite(file)
    path.unlink()


def overwrite(file: BinaryIO) -> None:
    """Write over what an open file holds, as far as the disk lets a program do so."""
    file.seek(0)
    for at in range(0, size := os.fstat(file.fileno()).st_size, _CHUNK):
        file.write(b"\0" * min(_CHUNK, size - at))
    file.flush()
    os.fsync(file.fileno())
