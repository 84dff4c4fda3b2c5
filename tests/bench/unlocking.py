"""From the passphrase given to Today with its records, the making of the key apart, beside a bare window's start."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench.measure import Figure
from tests.bench.screen import shown_on
from tests.bench.start import BARE, SCREEN
from unnm_desktop.db import turning

_WORDS = "six words that open the bench file"
# CPU time of the whole process: what the key costs depends on the computer that made it, and runs in C meanwhile.
_OURS = """
import gc, sys, time
gc.disable()
import unnm_desktop.ui
from pathlib import Path
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from unnm_desktop.app import App, application
app = application()
desktop = App(app, Path(sys.argv[1]))
waiting = QEventLoop()
desktop.ready.connect(gc.freeze)
desktop.ready.connect(waiting.quit)
desktop.start()
waiting.exec()
from unnm_desktop.db import keys
from unnm_desktop.ui.unlock import Unlock
made, apart = keys.unlock, []
def unlock(*given):
    start = time.process_time()
    key = made(*given)
    apart.append(time.process_time() - start)
    return key
keys.unlock = unlock
class Watch(QObject):
    def eventFilter(self, watched, event):
        page = desktop.window.current
        if event.type() == QEvent.Type.Paint and page is not None and getattr(page, "found", None) is not None:
            QTimer.singleShot(0, shown.quit)
        return False
watch, shown = Watch(), QEventLoop()
desktop.window.stack.installEventFilter(watch)
# She takes her time.
QTimer.singleShot(1500, waiting.quit)
waiting.exec()
asking = desktop.window.findChild(Unlock)
asking.field.setText(sys.argv[2])
start = time.process_time()
asking.go.click()
shown.exec()
print((time.process_time() - start - sum(apart)) * 1000)
desktop.close()
"""
# The same window, timed by the CPU as well.
_BARE = BARE.replace("app.quit()", "print('cpu', time.process_time() * 1000, 0), app.quit()")


def _run(program: str, screen: Mapping[str, str], *arguments: str) -> float:
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**screen, "UNNM_HOME": home},
        )
    told = [line.split() for line in done.stdout.splitlines()]
    return float(next((line[1] for line in told if line[0] == "cpu"), told[-1][0]))


def figures(ten_years: Path, times: int = 5) -> list[Figure]:
    """How long the officer waits after the passphrase for what is not the key."""
    with tempfile.TemporaryDirectory() as folder, shown_on(SCREEN) as screen:
        guarded = Path(folder) / "guarded.unnm"
        shutil.copy(ten_years, guarded)
        turning.protect(guarded, _WORDS).wipe()
        bare, ours = [], []
        for turn in range(times + 1):
            floor, value = _run(_BARE, screen), _run(_OURS, screen, str(guarded), _WORDS)
            # The first turn compiles.
            if turn:
                bare.append(floor)
                ours.append(value)
    name = "passphrase given, Today shown, the key apart"
    return [Figure(name, "bare QMainWindow", statistics.median(bare), statistics.median(ours), 0.4, "CPU ms")]
