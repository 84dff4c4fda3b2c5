"""A package of 200,000 changes in the window: looked at, taken in and taken back, with Cancel pressed on the way."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.measure import Figure, peak_mib

_TURN, _CANCEL, _MEMORY, _WORK = 100.0, 1000.0, 700.0, 60.0
"""What the officer may wait for a turn of the window and for Cancel, in milliseconds; MiB; CPU seconds of all of it."""
_NAME = "a package of 200,000 changes in the window"


def figures(workspace: Path, other: Path) -> list[Figure]:
    """``other`` is a copy of the workspace with the changes in it; measured in a process of its own."""
    package = _packed(other, workspace.parent)
    program = [sys.executable, "-m", "tests.bench.big_package", str(workspace), str(package)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    told = dict(line.split("\t") for line in done.stdout.splitlines() if "\t" in line)
    return [
        Figure(f"{_NAME}: longest turn", "limit", _TURN, float(told["turn"]), 1.0),
        Figure(f"{_NAME}: Cancel heard", "limit", _CANCEL, float(told["cancel"]), 1.0),
        Figure(f"{_NAME}: looked at, taken in, taken back", "limit", _WORK, float(told["work"]), 1.0, "CPU s"),
        Figure(f"{_NAME}: memory at its highest", "limit", _MEMORY, float(told["memory"]), 1.0, "MiB"),
    ]


def _packed(other: Path, folder: Path) -> Path:
    from unnm_desktop.db import Network
    from unnm_desktop.db.engine import Database
    from unnm_desktop.services import records
    from unnm_desktop.services.handover import content, keys, package

    with Database(other, "Bench") as database, database.read() as session:
        what = content.contents(database, session, records.all_of(session, Network), papers={})
        return package.pack(what, folder, codes=(keys.office_code(),), now=datetime.now(UTC)).path


def _peak() -> float:
    # Where the system tells it: what Python tells begins with the peak of the process that started this one.
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    kib = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
    return kib / 1024 or peak_mib()


def _measure(workspace: Path, package: Path) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    from tests.watchdog import Watchdog
    from unnm_desktop import settings
    from unnm_desktop.app import App, application
    from unnm_desktop.settings import Settings
    from unnm_desktop.ui.handover import RECEIVE, HandoverPage
    from unnm_desktop.ui.handover_side import COMPARE, DONE
    from unnm_desktop.ui.job_line import JobLine

    settings.save(Settings(officer="Bench"))
    desktop = App(application(), workspace)

    def rest(milliseconds: int = 20) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(there: Callable[[], bool]) -> float:
        begun = time.perf_counter()
        while not there():
            rest()
        return (time.perf_counter() - begun) * 1000

    # As ``app.run`` does.
    desktop.ready.connect(gc.freeze)
    begun = QEventLoop()
    desktop.ready.connect(begun.quit)
    desktop.start()
    begun.exec()
    desktop.window.go("handover")
    rest(1500)
    page, line = desktop.window.current, desktop.window.findChildren(JobLine)[0]
    assert isinstance(page, HandoverPage)
    receive = page.receive
    page.show_view(RECEIVE)
    receive.take_file(package)
    rest(500)

    def stopped(after: int) -> float:
        rest(after)
        line.cancel.click()
        return until(lambda: receive._job is None)

    watching = Watchdog(_TURN / 1000, time.perf_counter, pulse=5)
    receive.forward()
    cancelled = [stopped(2500)]
    work = time.process_time()
    receive.forward()
    until(lambda: receive._step == COMPARE)
    rest(500)
    receive.forward()
    cancelled.append(stopped(5000))
    receive.forward()
    until(lambda: receive._step == DONE)
    # The pages and what is late are looked at anew.
    rest(3000)
    assert receive.taken is not None
    assert receive.taken.merge_id is not None
    page.undo_merge(receive.taken.merge_id)
    until(lambda: line.isVisible())
    until(lambda: not line.isVisible())
    rest(2000)
    watching.stop()
    for name, value in (
        ("turn", watching.longest * 1000),
        ("cancel", max(cancelled)),
        ("work", time.process_time() - work),
        ("memory", _peak()),
    ):
        print(name, value, sep="\t", flush=True)  # noqa: T201 - read by ``figures``
    desktop.window.close()
    desktop.close()


if __name__ == "__main__":
    _measure(Path(sys.argv[1]), Path(sys.argv[2]))
