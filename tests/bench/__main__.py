"""Measure everything and write docs/benchmarks.md; arguments choose among start, edits, reading, lists and paper."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_HOME = tempfile.mkdtemp(prefix="unnm-bench-home-")
os.environ["UNNM_HOME"] = _HOME

# After the two variables: they are read when Qt and the database floor are imported.
from tests.bench import edits, lists, paper, reading, start, workspaces  # noqa: E402 - see above
from tests.bench.doc import write_first  # noqa: E402 - see above
from tests.bench.measure import Figure, peak_mib  # noqa: E402 - see above
from unnm_desktop.db.schema import SCHEMA_REVISION  # noqa: E402 - see above

_PARTS = ("start", "edits", "reading", "lists", "paper")
_HEAD = """# Benchmarks

`make bench` measures this and writes the table anew: medians, each beside a floor measured in the same run, so that the
machine's mood troubles both alike. Quote the ratios. Budgets: what a slow laptop needs to feel quick.
"""


def main() -> None:
    """Run the chosen parts."""
    chosen = sys.argv[1:] or list(_PARTS)
    folder = Path(tempfile.gettempdir()) / "unnm-bench"
    folder.mkdir(mode=0o700, exist_ok=True)
    print("making the workspaces …", flush=True)  # noqa: T201 - this program talks to a terminal
    ten = workspaces.ten_years(folder / f"ten-years-{SCHEMA_REVISION}.unnm")
    many = workspaces.many_rows(folder / f"many-rows-{SCHEMA_REVISION}.unnm") if "lists" in chosen else None
    found: list[Figure] = []
    for part in chosen:
        print(f"measuring {part} …", flush=True)  # noqa: T201 - as above
        if part == "start":
            found += start.figures(ten)
        elif part == "edits":
            found += edits.figures(ten)
        elif part == "reading":
            found += reading.figures(ten)
        elif part == "paper":
            found += paper.figures(ten)
        elif part == "lists" and many is not None:
            found += lists.figures(many)
    table = "\n".join(
        ["| what | floor | measured | ratio | budget | |", "|---|---|---|---|---|---|", *(f.row() for f in found)]
    )
    today = date.today().isoformat()  # noqa: DTZ011 - the day of the measurement
    machine = (
        f"{today}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    text = f"{_HEAD}\n{machine}. Peak memory of the measuring process: {peak_mib():.0f} MiB.\n\n{table}\n"
    print(text)  # noqa: T201 - as above
    if len(chosen) == len(_PARTS):
        write_first(text)


main()
