"""Disks and sticks of a test's own: file systems in memory or in an image, small on purpose.

Whatever is not to be had here (root's rights, a driver, a tool) makes the test say so instead of passing.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import patience

MEMORY = Path("/dev/shm")  # noqa: S108 - each test makes a folder of its own in it
_MAKERS = {
    "ext4": ("mkfs.ext4", "-q", "-F"),
    "exfat": ("mkfs.exfat",),
    "fat": ("mkfs.vfat",),
}
_DRIVERS = {"ext4": "mount", "exfat": "mount.exfat-fuse", "fat": "fusefat"}


def not_tested(why: str) -> None:
    """Skip, loudly."""
    pytest.skip(f"NOT TESTED: {why}")


def want(*tools: str) -> None:
    """Skip where one of these programs is missing."""
    for tool in tools:
        if _found(tool) is None:
            not_tested(f"{tool} is not installed here")


def library(name: str) -> str:
    """Where a library of the system lies that programs are started with."""
    for folder in ("/usr/lib", "/usr/lib64", "/lib"):
        for found in sorted(Path(folder).glob(f"**/{name}*")):
            return str(found)
    not_tested(f"{name} is not installed here")
    return ""


def _found(tool: str) -> str | None:
    return shutil.which(tool, path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin{os.pathsep}/sbin")


def _ran(command: Sequence[str | Path]) -> str:
    """Run a command of the system; what it says."""
    program = _found(str(command[0]))
    if program is None:
        not_tested(f"{command[0]} is not installed here")
    done = subprocess.run([str(program), *command[1:]], capture_output=True, text=True, check=False)
    if done.returncode:
        not_tested(f"{command[0]} is refused here ({done.stderr.strip() or done.stdout.strip()})")
    return done.stdout.strip()


class Disk:
    """A file system that is mounted at ``place``."""

    def __init__(self, place: Path, driver: subprocess.Popen[bytes] | None = None) -> None:
        self.place = place
        self.driver = driver
        """The process that is the file system, where it is none of the kernel's own."""
        assert os.path.ismount(place), f"nothing is mounted at {place}: the test would write to the computer's own disk"

    def fill(self, left: int = 0) -> None:
        """Leave no more than so many bytes."""
        with (self.place / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while True:
                filler.write(bytes(65536))
        if left:
            os.truncate(self.place / "filler", (self.place / "filler").stat().st_size - left)

    def make_room(self) -> None:
        """Take away what fills it."""
        (self.place / "filler").unlink()

    def remount(self, options: str) -> None:
        """Change how it is mounted: ``ro``, or another ``size=``."""
        subprocess.run(["mount", "-o", f"remount,{options}", self.place], check=True)

    def pull_out(self) -> None:
        """Let it vanish as a stick does, whatever is open on it."""
        if self.driver is not None:
            self.driver.kill()
            self.driver.wait()
        else:
            subprocess.run(["umount", "-l", self.place], check=True)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Disk]:
    """A disk of that size, in memory."""
    place.mkdir()
    _ran(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", place])
    try:
        yield Disk(place)
    finally:
        _let_go(place)


def _let_go(place: Path) -> None:
    """Also of a file system whose driver is dead, which is no mount any more in the eyes of Python."""
    if str(place) in Path("/proc/self/mounts").read_text(encoding="utf-8"):
        subprocess.run(["umount", "-l", place], check=True)


@dataclass(frozen=True)
class Image:
    """A medium in a file, with a file system of that kind on it: ``ext4``, ``exfat`` or ``fat``."""

    file: Path
    kind: str

    @staticmethod
    def make(file: Path, kind: str, megabytes: int = 32) -> Image:
        """An empty one."""
        if sys.platform != "linux":
            not_tested("file systems in images are Linux's")
        want(_DRIVERS[kind], _MAKERS[kind][0])
        with file.open("wb") as made:
            made.truncate(megabytes << 20)
        _ran([*_MAKERS[kind], file])
        return Image(file, kind)

    def as_it_is(self, file: Path) -> Image:
        """What a power cut would leave on the medium now; whoever writes to it must have been stopped.

        The system may be writing by itself meanwhile: two readings must agree, as they do at one moment.
        """
        for _ in range(200):
            shutil.copyfile(self.file, file)
            if filecmp.cmp(self.file, file, shallow=False):
                return Image(file, self.kind)
        raise AssertionError("the medium never came to rest")

    def mounted(self, place: Path) -> AbstractContextManager[Disk]:
        """The file system at that place."""
        return self._at(place, "rw")

    def locked(self, place: Path) -> AbstractContextManager[Disk]:
        """The same with the stick's switch on: it can only be read."""
        return self._at(place, "ro")

    @contextmanager
    def _at(self, place: Path, rights: str) -> Iterator[Disk]:
        place.mkdir(exist_ok=True)
        if self.kind == "ext4":
            _ran(["mount", "-o", f"loop,{rights}", self.file, place])
            try:
                yield Disk(place)
            finally:
                _let_go(place)
        elif self.kind == "exfat":
            # Through a block device, so that what was not synced is not on the medium.
            device = _ran(["losetup", *(["-r"] if rights == "ro" else []), "-f", "--show", self.file])
            try:
                # With -d it stays in the foreground, where it can be killed.
                with self._driven(["mount.exfat-fuse", "-d", "-o", rights, device, str(place)], place) as disk:
                    yield disk
            finally:
                subprocess.run(["losetup", "-d", device], check=False)
        else:
            command = ["fusefat", "-f", "-o", "rw+" if rights == "rw" else "ro", str(self.file), str(place)]
            with self._driven(command, place) as disk:
                yield disk

    @contextmanager
    def _driven(self, command: list[str], place: Path) -> Iterator[Disk]:
        program = _found(command[0])
        assert program is not None
        quiet = subprocess.DEVNULL
        with subprocess.Popen([program, *command[1:]], stdin=quiet, stdout=quiet, stderr=quiet) as driver:
            try:
                until = time.monotonic() + patience.SECONDS
                while not os.path.ismount(place):
                    if driver.poll() is not None or time.monotonic() > until:
                        not_tested(f"{command[0]} could not mount its image here")
                    time.sleep(0.005)
                yield Disk(place, driver)
            finally:
                _let_go(place)
                try:
                    driver.wait(patience.SECONDS)
                except subprocess.TimeoutExpired:
                    driver.kill()
