"""From the start of the process to the first painted window, and to the data, beside a bare window."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.bench.measure import Figure
from tests.bench.screen import shown_on

SCREEN = "1600x1000"

# Each program prints the moment of its first paint (CLOCK_MONOTONIC, the same clock as here) and its peak memory.
# VmHWM where there is one: ru_maxrss begins with the peak of the process that started it.
_TELL = """
import resource, time
from pathlib import Path
def tell(what):
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    kib = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
    peak = (kib or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
    print(what, time.monotonic(), peak, flush=True)
"""
BARE = (
    _TELL
    + """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: (tell("paint"), app.quit()))
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
)
_OURS = (
    _TELL
    + """
import gc, sys
# As the program's own way in begins.
gc.disable()
import unnm_desktop.ui
from PySide6.QtCore import QEvent, QObject, QTimer
from unnm_desktop.app import App, application
class Watch(QObject):
    seen = False
    def eventFilter(self, watched, event):
        if not Watch.seen and event.type() == QEvent.Type.Paint:
            Watch.seen = True
            QTimer.singleShot(0, lambda: tell("paint"))
        return False
app = application()
desktop = App(app, Path(sys.argv[1]) if len(sys.argv) > 1 else None)
watch = Watch()
desktop.window.centralWidget().installEventFilter(watch)
desktop.shown.connect(lambda: QTimer.singleShot(0, lambda: (tell("data"), app.quit())))
desktop.start()
app.exec()
desktop.close()
"""
)


def _run(program: str, surroundings: Mapping[str, str], *arguments: str) -> dict[str, tuple[float, float]]:
    with tempfile.TemporaryDirectory() as home:
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**surroundings, "UNNM_HOME": home},
        )
    told = {}
    for line in done.stdout.splitlines():
        what, moment, peak = line.split()
        told[what] = ((float(moment) - start) * 1000, float(peak))
    return told


def figures(ten_years: Path, times: int = 7) -> list[Figure]:
    """Start and opening of the ten-year workspace against a bare QMainWindow, and their memory."""
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as compiled, shown_on(SCREEN) as screen:
        surroundings = {**screen, "PYTHONPYCACHEPREFIX": compiled}
        for turn in range(times + 1):
            floor_run, our_run = _run(BARE, surroundings), _run(_OURS, surroundings, str(ten_years))
            # The first turn compiles and warms the disk's cache.
            if turn:
                bare.append(floor_run["paint"])
                ours.append(our_run)
    floor = statistics.median(moment for moment, _ in bare)
    floor_memory = statistics.median(peak for _, peak in bare)

    def at(what: str, part: int) -> float:
        return statistics.median(run[what][part] for run in ours)

    name = "bare QMainWindow"
    return [
        Figure("first painted window", name, floor, at("paint", 0), 1.5),
        Figure("ten-year workspace open, data shown", name, floor, at("data", 0), 4.0),
        Figure("peak memory after the start, ten years", name, floor_memory, at("data", 1), 2.2, "MiB"),
    ]
