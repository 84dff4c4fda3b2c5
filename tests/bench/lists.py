"""Lists of 100,000 rows, measured by a program of its own on a screen: the rest of the benchmarks has none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measure import Figure
from tests.bench.screen import virtual

WIDTH, HEIGHT = 1600, 1680
"""As wide as the screen of the design's floor, and high enough for its forty rows at the height that ours have."""


def figures(path: Path) -> list[Figure]:
    """What ``long_lists`` finds out about this workspace."""
    with _screen() as environment:
        command = [sys.executable, "-m", "tests.bench.long_lists", str(path), str(WIDTH), str(HEIGHT)]
        told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [Figure(**one) for one in json.loads(told)]


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """An environment in which two such windows reach a screen side by side: none is spared by what covers it."""
    plain = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    if not sys.platform.startswith("linux"):
        yield plain  # the system's own screen, whatever its size
        return
    with virtual(f"{2 * WIDTH}x{HEIGHT}") as name:
        yield {**plain, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
