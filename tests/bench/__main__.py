"""Measure everything and write docs/benchmarks.md; arguments choose parts of it."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from tests.bench.doc import write_first
from tests.bench.measure import Figure
from tests.bench.parts import PARTS, measured

_HEAD = """# Benchmarks

`make bench` measures this and writes the table anew: medians, each beside a floor measured in the same run, so that the
machine's mood troubles both alike. Quote the ratios. Budgets: what a slow laptop needs to feel quick. The
section on other programs is written by `make bench-peers`.
"""


def main() -> None:
    """Run the chosen parts."""
    chosen = sys.argv[1:] or list(PARTS)
    folder = Path(tempfile.gettempdir()) / "unnm-bench"
    folder.mkdir(mode=0o700, exist_ok=True)
    found: list[Figure] = []
    peak = 0.0
    # Each in a process of its own, as the program runs: what a part leaves in memory slows the turns of the next.
    alone = ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1)
    with alone as processes:
        for part in chosen:
            print(f"measuring {part} …", flush=True)  # noqa: T201 - this program talks to a terminal
            figures, highest = processes.submit(measured, part, folder).result()
            found += figures
            peak = max(peak, highest)
    table = "\n".join(
        ["| what | floor | measured | ratio | budget | |", "|---|---|---|---|---|---|", *(f.row() for f in found)]
    )
    today = date.today().isoformat()  # noqa: DTZ011 - the day of the measurement
    machine = (
        f"{today}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    text = f"{_HEAD}\n{machine}. Peak memory of a measuring process: {peak:.0f} MiB.\n\n{table}\n"
    print(text)  # noqa: T201 - as above
    if not set(PARTS) - set(chosen):
        write_first(text)


if __name__ == "__main__":
    main()
