"""A second start brings the window to the front; another workspace opens its own. With real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import patience
from unnm_desktop import settings
from unnm_desktop.db.engine import Database
from unnm_desktop.settings import Settings

# Says when it can be used, hides itself in the task bar, and says when it was called back.
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from unnm_desktop import app as program

class Told(program.App):
    def __init__(self, *given):
        super().__init__(*given)
        self.ready.connect(self.tell)
        self.looking = QTimer(self)
        self.looking.timeout.connect(self.look)

    def tell(self):
        self.window.showMinimized()
        print("ready", flush=True)
        self.looking.start(10)

    def look(self):
        if not self.window.isMinimized():
            self.looking.stop()
            print("in front", flush=True)

program.App = Told
program.TRIES = 10 * int(sys.argv.pop(1))
sys.exit(program.run(Path(sys.argv[1]) if sys.argv[1:] else None))
"""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    settings.save(Settings(officer="Amina Haddad"))
    running: list[subprocess.Popen[str]] = []

    def run(*arguments: Path) -> subprocess.Popen[str]:
        environment = {**os.environ, "UNNM_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        made = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(patience.SECONDS), *map(str, arguments)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        running.append(made)
        return made

    yield run
    for process in running:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def workspaces(template: Path, tmp_path: Path) -> tuple[Path, Path]:
    made = (tmp_path / "bahrain.unnm", tmp_path / "kuwait.unnm")
    for path in made:
        path.write_bytes(template.read_bytes())
        Database(path).close()
    return made


def says(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_start_brings_the_window_to_the_front(start: Start, workspaces: tuple[Path, Path]) -> None:
    first = start(workspaces[0])
    assert says(first) == "ready"
    again = start(workspaces[0])
    assert says(first) == "in front"
    assert says(again) == ""
    assert again.wait(patience.SECONDS) == 0
    # Without a file it is the last workspace that is meant.
    assert start().wait(patience.SECONDS) == 0


def test_another_workspace_opens_a_window_of_its_own(start: Start, workspaces: tuple[Path, Path]) -> None:
    first = start(workspaces[0])
    assert says(first) == "ready"
    second = start(workspaces[1])
    assert says(second) == "ready"
    assert first.poll() is None


def test_after_a_kill_the_next_start_opens_as_if_nothing_had_been(start: Start, workspaces: tuple[Path, Path]) -> None:
    first = start(workspaces[0])
    assert says(first) == "ready"
    first.kill()
    first.wait()
    assert says(start(workspaces[0])) == "ready"


def test_two_starts_at_once_leave_one_window(start: Start, workspaces: tuple[Path, Path]) -> None:
    both = (start(workspaces[0]), start(workspaces[0]))
    said = sorted(says(process) for process in both)
    assert said == ["", "ready"]
