"""Our start beside that of other desktop programs on the same screen; `make bench-peers` adds it to the benchmarks."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.bench import workspaces
from tests.bench.doc import write_section
from tests.bench.screen import Screen, display
from unnm_desktop.db.schema import SCHEMA_REVISION

_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
app.exec()
"""
_OURS = "import sys; from pathlib import Path; from unnm_desktop.app import run; run(Path(sys.argv[1]))"
TIMES = 5


@dataclass
class Program:
    """A program to start: its command, the most it may take of ours, and what was measured."""

    name: str
    command: Sequence[str]
    budget: float | None = None
    found: list[float] = field(default_factory=list)

    @property
    def here(self) -> bool:
        """Whether it can be started on this computer."""
        return shutil.which(self.command[0]) is not None

    @property
    def median(self) -> float:
        """Milliseconds to its first window."""
        return statistics.median(self.found)


def _programs(workspace: Path) -> list[Program]:
    return [
        Program("bare QMainWindow", [sys.executable, "-c", _BARE]),
        Program("UNNM Desktop, ten years", [sys.executable, "-c", _OURS, str(workspace)]),
        Program("KeePassXC", ["keepassxc"], 1.5),
        # The picture it shows while it starts is large enough to pass for its window, and is let pass.
        Program("GnuCash, its start picture", ["gnucash", "--nofile"], 1.5),
        Program("Anki, its first question", ["anki"], 0.5),
    ]


def _environment(home: Path, screen: str) -> dict[str, str]:
    """Each program has a home of its own, kept over its runs: the first one is left out and may set it up."""
    home.mkdir(mode=0o700, exist_ok=True)
    chosen = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_", "WAYLAND"))}
    chosen.pop("PYTHONDONTWRITEBYTECODE", None)
    own = {"DISPLAY": screen, "HOME": str(home), "UNNM_HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
    return {**chosen, **own, "PYTHONPYCACHEPREFIX": str(home.parent / "compiled")}


def _row(program: Program, ours: Program, bare: Program) -> str:
    if not program.here:
        return f"| {program.name} | not installed here | | | |"
    ratio = f"{program.median / bare.median:.2f}×"
    row = f"| {program.name} | {program.median:.0f} ms | {ratio}"
    if program.budget is None:
        return f"{row} | | |"
    share = ours.median / program.median
    verdict = "within" if share <= program.budget else "OVER"
    return f"{row} | **{share:.2f}×** of it, ≤ {program.budget:g}× | {verdict} |"


def main() -> None:
    """Start all of them in turn and write the section."""
    folder = Path(tempfile.gettempdir()) / "unnm-bench"
    folder.mkdir(mode=0o700, exist_ok=True)
    programs = _programs(workspaces.ten_years(folder / f"ten-years-{SCHEMA_REVISION}.unnm"))
    with tempfile.TemporaryDirectory() as homes, display() as name:
        screen = Screen(name)
        for turn in range(TIMES + 1):
            for place, program in enumerate(programs):
                if program.here:
                    took = screen.first_window(program.command, _environment(Path(homes) / str(place), name))
                    # The first turn compiles, makes profiles and warms the disk's cache.
                    program.found += [took] if turn else []
    bare, ours = programs[0], programs[1]
    today = date.today().isoformat()  # noqa: DTZ011 - the day of the measurement
    lines = [
        f"{today}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores. From the start of the process to "
        "its first window of at least 400 × 250 on the screen, median of five starts in turn, warm.",
        "",
        "| program | first window | of a bare window | ours beside it | |",
        "|---|---|---|---|---|",
        *(_row(program, ours, bare) for program in programs),
    ]
    print(write_section("Beside other programs", "\n".join(lines)))  # noqa: T201 - this program talks to a terminal


if __name__ == "__main__":
    main()
