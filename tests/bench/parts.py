"""The parts of the benchmarks; each is measured in a process of its own."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
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
from tests.bench.measure import Figure, peak_mib  # noqa: E402 - see above
from unnm_desktop.db.schema import SCHEMA_REVISION  # noqa: E402 - see above


def _ten_years(folder: Path) -> Path:
    return workspaces.ten_years(folder / f"ten-years-{SCHEMA_REVISION}.unnm")


def _one_year(folder: Path) -> Path:
    return workspaces.one_year(folder / f"one-year-{SCHEMA_REVISION}.unnm")


def _many_rows(folder: Path) -> Path:
    return workspaces.many_rows(folder / f"many-rows-{SCHEMA_REVISION}.unnm")


# What measures, and the workspace that it measures on.
PARTS: Mapping[str, tuple[Callable[[Path], list[Figure]], Callable[[Path], Path]]] = {
    "start": (start.figures, _ten_years),
    "unlocking": (unlocking.figures, _ten_years),
    "window": (window.switches, _ten_years),
    "sitting": (window.memory, _ten_years),
    "edits": (edits.figures, _ten_years),
    "reading": (reading.figures, _ten_years),
    "lists": (lists.figures, _many_rows),
    "paper": (paper.figures, _ten_years),
    "preview": (preview.figures, _one_year),
    "deaf": (deaf.figures, _ten_years),
    "merges": (lambda _: merges.figures(), _ten_years),
    "packages": (packages.figures, _ten_years),
    "protected": (protected.figures, _ten_years),
}


def measured(part: str, folder: Path) -> tuple[list[Figure], float]:
    """The figures of a part, and the most memory in MiB that its process took; ``folder`` keeps the workspaces."""
    if part not in PARTS:
        sys.exit(f"{part} is none of {', '.join(PARTS)}")
    figures, workspace = PARTS[part]
    return figures(workspace(folder)), peak_mib()
