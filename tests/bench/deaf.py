"""How long the window is deaf: the longest turn of the event loop on each page, and a key in the search list."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from shutil import copy
from uuid import UUID

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.bench.measure import Figure
from tests.watchdog import Watchdog
from unnm_desktop import settings
from unnm_desktop.app import App, application
from unnm_desktop.settings import Settings
from unnm_desktop.ui.pages import PAGES
from unnm_desktop.ui.palette import Palette
from unnm_desktop.ui.places import PLACES

# Seconds a turn may take, and a key in the search list until its results are shown.
TURN, KEY = 0.1, 0.05
_RUNS = 3
"""Programs in a row: a page is shown for the first time once in each, and the machine lends its processor to others."""
_WORDS = ("migration", "data", "amina", "health", "هجرة")


def _rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def figures(path: Path) -> list[Figure]:
    """Every place once cold and once warm, then words typed letter by letter; the medians of three programs."""
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as programs:
        runs = list(programs.map(_run, [path] * _RUNS))
    return [replace(one[0], value=statistics.median(each.value for each in one)) for one in zip(*runs, strict=True)]


def _run(path: Path) -> list[Figure]:
    settings.save(Settings(officer="Bench"))
    workspace = Path(tempfile.mkdtemp()) / "deaf.unnm"
    copy(path, workspace)
    # Parts measured before may have made Qt's one application already.
    app = QApplication.instance()
    desktop = App(app if isinstance(app, QApplication) else application(), workspace)
    loop = QEventLoop()
    # As ``app.run`` does.
    desktop.ready.connect(gc.freeze)
    desktop.ready.connect(loop.quit)
    desktop.start()
    loop.exec()
    _rest(1000)
    watching = Watchdog(TURN, time.perf_counter, pulse=5)
    found = []
    pages = [(place.name, place.title) for place in PLACES]
    # Those that others lead to.
    pages += [(kind.name, kind.title) for kind in PAGES if kind.name not in dict(pages)]
    for turn in ("first", "again"):
        for page, title in pages:
            watching.begin()
            desktop.window.go(page, _newest_meeting(desktop) if page == "meeting" else None)
            _rest(1200)
            name = f"{title}, {turn} time: longest turn"
            found.append(Figure(name, "limit", TURN * 1000, watching.longest * 1000, 1.0))
    watching.stop()
    found.append(Figure("a key in the search list to its results", "limit", KEY * 1000, _keys(desktop) * 1000, 1.0))
    desktop.window.close()
    desktop.close()
    return found


def _newest_meeting(desktop: App) -> UUID | None:
    page = desktop.window.stack.page("meetings")
    found: UUID | None = page.current()  # type: ignore[attr-defined] # the page of the meetings is a list
    return found


def _keys(desktop: App) -> float:
    desktop.window.open_palette()
    shown = desktop.window.findChildren(Palette)[-1]
    took = []
    for word in _WORDS:
        shown.box.clear()
        _rest(300)
        for letter in word:
            begun = time.perf_counter()
            if letter.isascii():
                QTest.keyClicks(shown.box, letter)
            else:
                shown.box.insert(letter)
            while shown.waiting:
                _rest(1)
            took.append(time.perf_counter() - begun)
    shown.leave()
    return statistics.quantiles(took, n=20)[-1]
