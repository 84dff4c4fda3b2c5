"""One measured figure beside its floor and its budget, and how medians are taken."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """What was measured, in the floor's unit, and how it stands to the budget."""

    name: str
    floor_name: str
    floor: float
    value: float
    budget: float | None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.value / self.floor if self.floor else float("nan")

    @property
    def verdict(self) -> str:
        """Whether the budget holds."""
        if self.budget is None:
            return "no budget"
        return "within" if self.ratio <= self.budget else "OVER"

    def row(self) -> str:
        """The figure as a row of docs/benchmarks.md."""
        budget = "–" if self.budget is None else f"≤ {self.budget:g}×"
        return (
            f"| {self.name} | {self.floor_name}: {self.floor:.1f} {self.unit} | {self.value:.1f} {self.unit} "
            f"| **{self.ratio:.2f}×** | {budget} | {self.verdict} |"
        )


def once(work: Callable[[], object]) -> float:
    """Milliseconds of wall time for one call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def median(work: Callable[[], object], times: int = 5) -> float:
    """Median milliseconds of so many calls."""
    return statistics.median(once(work) for _ in range(times))


def side_by_side(
    floor: Callable[[], object], work: Callable[[], object], times: int = 5, rest: Callable[[], object] = bool
) -> tuple[float, float]:
    """Medians of both, measured in turn so that a busy machine troubles both alike; ``rest`` is not measured."""
    floors, works = [], []
    for _ in range(times):
        floors.append(once(floor))
        works.append(once(work))
        rest()
    return statistics.median(floors), statistics.median(works)


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def peak_mib() -> float:
    """Peak resident memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident_mib() -> float:
    """Memory this process holds now, in MiB; its peak where the system does not say."""
    told = Path("/proc/self/statm")
    if not told.exists():
        return peak_mib()
    return int(told.read_text().split()[1]) * resource.getpagesize() / 1024**2
