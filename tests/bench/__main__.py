"""Measure everything and write docs/benchmarks.md; arguments choose parts of it."""

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
from tests.bench import (  # noqa: E402 - see above
    deaf,
    edits,
    lists,
    merges,
    packages,
    paper,
    preview,
    protected,
    reading,
    start,
    unlocking,
    window,
    workspaces,
)
from tests.bench.doc import write_first  # noqa: E402 - see above
from tests.bench.measure import Figure, peak_mib  # noqa: E402 - see above
from unnm_desktop.db.schema import SCHEMA_REVISION  # noqa: E402 - see above

_PARTS = (
    "start",
    "unlocking",
    "window",
    "edits",
    "reading",
    "lists",
    "paper",
    "preview",
    "deaf",
    "merges",
    "packages",
    "protected",
)
_HEAD = """# Benchmarks

`make bench` measures this and writes the table anew: medians, each beside a floor measured in the same run, so that the
machine's mood troubles both alike. Quote the ratios. Budgets: what a slow laptop needs to feel quick. The
section on other programs is written by `make bench-peers`.
"""


def _figures(part: str, folder: Path) -> list[Figure]:
    ten = workspaces.ten_years(folder / f"ten-years-{SCHEMA_REVISION}.unnm")
    match part:
        case "start":
            return start.figures(ten)
        case "unlocking":
            return unlocking.figures(ten)
        case "window":
            return [*window.switches(ten), *window.memory(ten)]
        case "edits":
            return edits.figures(ten)
        case "reading":
            return reading.figures(ten)
        case "lists":
            return lists.figures(workspaces.many_rows(folder / f"many-rows-{SCHEMA_REVISION}.unnm"))
        case "paper":
            return paper.figures(ten)
        case "preview":
            return preview.figures(workspaces.one_year(folder / f"one-year-{SCHEMA_REVISION}.unnm"))
        case "deaf":
            return deaf.figures(ten)
        case "protected":
            return protected.figures(ten)
        case "packages":
            return packages.figures(ten)
        case "merges":
            return merges.figures()
        case _:
            sys.exit(f"{part} is none of {', '.join(_PARTS)}")


def main() -> None:
    """Run the chosen parts."""
    chosen = sys.argv[1:] or list(_PARTS)
    folder = Path(tempfile.gettempdir()) / "unnm-bench"
    folder.mkdir(mode=0o700, exist_ok=True)
    found: list[Figure] = []
    for part in chosen:
        print(f"measuring {part} …", flush=True)  # noqa: T201 - this program talks to a terminal
        found += _figures(part, folder)
    table = "\n".join(
        ["| what | floor | measured | ratio | budget | |", "|---|---|---|---|---|---|", *(f.row() for f in found)]
    )
    today = date.today().isoformat()  # noqa: DTZ011 - the day of the measurement
    machine = (
        f"{today}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    text = f"{_HEAD}\n{machine}. Peak memory of the measuring process: {peak_mib():.0f} MiB.\n\n{table}\n"
    print(text)  # noqa: T201 - as above
    if not set(_PARTS) - set(chosen):
        write_first(text)


main()
