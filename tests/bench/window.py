"""The window in use: a change of theme and of language, and the memory after a long sitting."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench.measure import Figure
from tests.bench.screen import shown_on
from tests.bench.start import BARE, SCREEN

_WANTED = 300.0
_HEAD = """
import gc, sys, time
# As the program's own way in begins, and as it goes on once all is loaded.
gc.disable()
import unnm_desktop.ui
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from unnm_desktop.app import App, application
app = application()
desktop = App(app, Path(sys.argv[1]))
waiting = QEventLoop()
desktop.ready.connect(gc.freeze)
desktop.ready.connect(waiting.quit)
desktop.start()
waiting.exec()
def settle(milliseconds=1):
    # A loop of its own: only there Qt deletes what was to be deleted later.
    pause = QEventLoop()
    QTimer.singleShot(milliseconds, pause.quit)
    pause.exec()
"""
# The screen's thread alone: what is made anew in other threads lets the window paint meanwhile.
_SWITCH = (
    _HEAD
    + """
def change(**wanted):
    before = desktop.window
    start = time.thread_time()
    before.desk.wishes.settings_wanted.emit(replace(before.desk.settings, **wanted))
    while desktop.window is before:
        app.processEvents()
    desktop.window.repaint()
    took = time.thread_time() - start
    settle(200)
    return took * 1000
for page in ("today", "meetings", "actions", "workplan", "reports"):
    desktop.window.go(page)
    settle(200)
    for theme, language in (("dark", "en"), ("light", "en"), ("light", "ar"), ("light", "en")):
        wanted = {"theme": theme, "language": language}
        changed = "theme" if desktop.window.desk.settings.theme != theme else "language"
        print(changed, change(**wanted))
desktop.close()
"""
)
_SITTING = (
    _HEAD
    + """
def memory():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
for turn in range(10):
    for page in ("today", "meetings", "actions", "members", "decisions", "workplan", "reports", "tor"):
        window = desktop.window
        window.go(page)
        settle(50)
        table = getattr(window.current, "table", None)
        if table is not None:
            bar = table.verticalScrollBar()
            bar.setValue(bar.maximum() if turn % 2 else 0)
            window.current.filter_box.setText(("data", "health", "", "77")[turn % 4])
            settle(200)
            table.selectRow(0) if table.model().rowCount() else None
            settle()
# She moves the mouse once more and reads what she sees: what is free goes back.
here, none = QPointF(400, 300), Qt.MouseButton.NoButton
moved = QMouseEvent(QEvent.Type.MouseMove, here, here, none, none, Qt.KeyboardModifier.NoModifier)
desktop.window.activateWindow()
settle(200)
app.postEvent(desktop.window.windowHandle(), moved)
settle(11_000)
print("memory", memory())
desktop.close()
"""
)


def _run(program: str, screen: Mapping[str, str], *arguments: str) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**screen, "UNNM_HOME": home},
        )
    told: dict[str, list[float]] = {}
    for line in done.stdout.splitlines():
        what, value, *_ = line.split()
        told.setdefault(what, []).append(float(value))
    return told


def switches(ten_years: Path) -> list[Figure]:
    """How long the window is held up by another theme or language, whichever page is shown."""
    with shown_on(SCREEN) as screen:
        took = _run(_SWITCH, screen, str(ten_years))
    return [
        Figure(f"another {what}, the slowest of five pages", "wanted", _WANTED, max(took[what]), 1.0, "CPU ms")
        for what in ("theme", "language")
    ]


def memory(ten_years: Path) -> list[Figure]:
    """What the program holds after ten walks through all pages, their lists scrolled and filtered, at rest."""
    if not Path("/proc/self/status").exists():
        return []
    with shown_on(SCREEN) as screen:
        bare = statistics.median(float(line.split()[2]) for line in _bare(screen))
        held = _run(_SITTING, screen, str(ten_years))["memory"][0]
    return [Figure("memory after a long sitting, ten years", "bare QMainWindow", bare, held, 3.5, "MiB")]


def _bare(screen: Mapping[str, str]) -> list[str]:
    runs = (
        subprocess.run([sys.executable, "-c", BARE], capture_output=True, text=True, check=True, env=screen)
        for _ in range(3)
    )
    return [line for run in runs for line in run.stdout.splitlines()]
