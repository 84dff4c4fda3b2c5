"""What is in memory and on disk is kept from other users of the computer."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from unnm_desktop import keeping_apart, paths
from unnm_desktop.db.engine import Database

posix = pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out of a user's profile")

GUARDED = """
import ctypes, os, resource, sys
from unnm_desktop import keeping_apart
keeping_apart.guard_process()
told = [resource.getrlimit(resource.RLIMIT_CORE)[0], os.umask(0o022)]
if sys.platform.startswith("linux"):
    told.append(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
print(*told)
"""


def mode(path: Path) -> int:
    """The rights of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_a_guarded_process_writes_no_core_and_lets_nobody_look_in() -> None:
    done = subprocess.run([sys.executable, "-c", GUARDED], capture_output=True, text=True, check=True)
    told = done.stdout.split()
    assert told[:2] == ["0", str(0o077)]
    assert told[2:] in ([], ["0"])


@posix
def test_own_folders_that_others_could_read_are_closed(home: Path) -> None:
    inside = home / "backups" / "one"
    inside.mkdir(parents=True)
    copy = inside / "copy.unnm"
    copy.touch()
    outside = home.parent / "theirs"
    outside.touch(mode=0o644)
    (inside / "link").symlink_to(outside)
    for folder in (paths.data_folder(), home / "backups", inside):
        folder.chmod(0o755)
    for file in (copy, outside):
        file.chmod(0o644)
    assert keeping_apart.repair_own_folders() == 4
    assert [mode(one) for one in (paths.data_folder(), inside, copy, outside)] == [0o700, 0o700, 0o600, 0o644]
    assert keeping_apart.repair_own_folders() == 0


@posix
def test_a_workspace_that_others_could_read_is_closed_when_it_is_opened(database: Database) -> None:
    workspace = database.path
    database.close()
    files = workspace.with_name(f"{workspace.name}-files")
    files.touch()
    for file in (workspace, files):
        file.chmod(0o664)
    with Database(workspace, "Test Officer"):
        assert [mode(workspace), mode(files)] == [0o600, 0o600]
