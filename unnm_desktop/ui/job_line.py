"""The thin line under the header while something long is under way, with a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import ElidedLabel, button

if TYPE_CHECKING:
    from unnm_desktop.ui.jobs import Job

# Shorter work is over before anybody could read what it is.
PATIENCE = 500
# Who waits longer may do something else meanwhile: the taskbar tells of the end.
LONG = 10_000


class JobLine(QWidget):
    """Shows the newest job that has a text, once it has lasted for half a second."""

    left = Signal()
    """It went while the keyboard was on it, after Cancel."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._jobs: list[Job] = []
        self._stopping: Job | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 24, 6)
        line.setSpacing(10)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(180)
        self.text = ElidedLabel(desk.look, "", "small")
        self.cancel = button(desk.look, desk.tr(N_("Cancel")), self._cancel, "link")
        line.addWidget(self.progress)
        line.addWidget(self.text, 1)
        line.addWidget(self.cancel)
        self._clock = QElapsedTimer()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(PATIENCE)
        self._late.timeout.connect(self.show)
        self.hide()
        desk.jobs.started.connect(self._started)

    def _started(self, job: Job) -> None:
        if not job.text:
            return
        if not self._jobs:
            self._clock.start()
        self._jobs.append(job)
        self._tell(job)
        self._late.start()
        job.progressed.connect(self._progressed, Qt.ConnectionType.UniqueConnection)
        job.finished.connect(self._over)

    def _tell(self, job: Job) -> None:
        self.text.setText(job.text)
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(job.text)
        self.cancel.setVisible(job.can_stop)

    def _progressed(self, done: int, total: int, text: str) -> None:
        if self._jobs and self.sender() is self._jobs[-1] and self._jobs[-1] is not self._stopping:
            self.progress.setRange(0, total)
            self.progress.setValue(done)
            if text:
                self.text.setText(self._desk.tr(text))

    def _over(self) -> None:
        job = self.sender()
        self._jobs = [other for other in self._jobs if other is not job]
        if self._jobs:
            self._tell(self._jobs[-1])
        else:
            self._late.stop()
            # Also where another window is in front by now.
            held = self.window().focusWidget() is self.cancel
            self.hide()
            if self._clock.hasExpired(LONG):
                # Nothing where she looks at the window.
                QApplication.alert(self.window())
            if held:
                self.left.emit()

    def _cancel(self) -> None:
        if self._jobs:
            job = self._stopping = self._jobs[-1]
            # It ends at the next place where it can, which may be a moment away; whoever waits should not press twice.
            self.text.setText(self._desk.tr(N_("Stopping…")))
            self.progress.setRange(0, 0)
            job.cancel()
