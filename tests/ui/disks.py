"""A small disk of its own for a test: it can be filled, and pulled out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    """A file system in memory, mounted at ``place``."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def fill(self, left: int = 0) -> None:
        """Leave no more than so many bytes."""
        with (self.place / "filler").open("wb") as filler:
            try:
                while True:
                    filler.write(bytes(65536))
                    filler.flush()
            except OSError:
                filler.close()
        if left:
            os.truncate(self.place / "filler", (self.place / "filler").stat().st_size - left)

    def make_room(self) -> None:
        """Take away what fills it."""
        (self.place / "filler").unlink()

    def pull_out(self) -> None:
        """Let it vanish as a stick does, whatever is open on it."""
        subprocess.run(["umount", "-l", self.place], check=True)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Disk]:
    """A disk of that size; where none can be made the test says so instead of passing."""
    place.mkdir()
    size = f"size={megabytes}m"
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", place], capture_output=True, check=False)
    if made.returncode or not place.is_mount():
        pytest.skip(f"NOT TESTED: nothing can be mounted here ({made.stderr.decode().strip()}); no real disk was seen")
    try:
        yield Disk(place)
    finally:
        if place.is_mount():
            subprocess.run(["umount", "-l", place], check=True)
