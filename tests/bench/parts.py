"""The parts of the benchmarks; each is measured in a process of its own."""

from __future__ import annotations

import os
import sys
import tempfile
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

PARTS = (
    "start",
    "unlocking",
    "window",
    "sitting",
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


def _figures(part: str, folder: Path) -> list[Figure]:
    ten = workspaces.ten_years(folder / f"ten-years-{SCHEMA_REVISION}.unnm")
    match part:
        case "start":
            return start.figures(ten)
        case "unlocking":
            return unlocking.figures(ten)
        case "window":
            return window.switches(ten)
        case "sitting":
            return window.memory(ten)
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
            sys.exit(f"{part} is none of {', '.join(PARTS)}")


def measured(part: str, folder: Path) -> tuple[list[Figure], float]:
    """The figures of a part, and the most memory in MiB that its process took; ``folder`` keeps the workspaces."""
    return _figures(part, folder), peak_mib()
