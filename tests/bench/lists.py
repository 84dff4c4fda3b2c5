"""Lists of 100,000 rows, measured by a program of its own on a screen: the rest of the benchmarks has none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.measure import Figure
from tests.bench.screen import shown_on

WIDTH, HEIGHT = 1600, 1680
"""As wide as the screen of the design's floor, and high enough for its forty rows at the height that ours have."""


def figures(path: Path) -> list[Figure]:
    """What ``long_lists`` finds out about this workspace."""
    # Two such windows side by side: none is spared by what covers it.
    with shown_on(f"{2 * WIDTH}x{HEIGHT}") as environment:
        command = [sys.executable, "-m", "tests.bench.long_lists", str(path), str(WIDTH), str(HEIGHT)]
        told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [Figure(**one) for one in json.loads(told)]
