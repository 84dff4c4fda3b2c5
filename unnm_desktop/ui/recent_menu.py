"""The workspaces opened lately, as a menu; what is no longer where it was is grey."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from unnm_desktop.i18n import N_, isolate
from unnm_desktop.ui.desk import Desk

GONE = N_("It was moved or removed, or its stick or folder is not connected.")


def missing(recent: tuple[str, ...]) -> frozenset[str]:
    """Those that are not there now; on a thread, a folder of the network that is gone can take long to say so."""
    found = set()
    for path in recent:
        try:
            there = Path(path).exists()
        except OSError:  # a server that does not answer
            there = False
        if not there:
            found.add(path)
    return frozenset(found)


class RecentMenu(QMenu):
    """One line for each workspace, the newest first."""

    def __init__(self, desk: Desk, open_now: str, run: Callable[[Path], object], parent: QWidget) -> None:
        """``open_now`` is the path of the workspace that is open."""
        super().__init__(desk.tr(N_("Open recent")), parent)
        self._desk = desk
        self._lines: dict[str, QAction] = {}
        for path in desk.settings.recent:
            line = self.addAction(Path(path).stem.replace("&", "&&"))
            line.setToolTip(isolate(path))
            line.setEnabled(path != open_now)
            line.triggered.connect(partial(self._open, run, path))
            self._lines[path] = line
        self.setToolTipsVisible(True)
        desk.jobs.run(missing, tuple(desk.settings.recent), done=self._mark)

    def _open(self, run: Callable[[Path], object], path: str, _checked: bool = False) -> None:
        run(Path(path))

    def _mark(self, gone: frozenset[str]) -> None:
        tr = self._desk.tr
        for path in gone:
            line = self._lines[path]
            line.setEnabled(False)
            line.setText(tr(N_("{name} · not there now"), name=isolate(line.text())))
            line.setToolTip(f"{isolate(path)}\n{tr(GONE)}")
