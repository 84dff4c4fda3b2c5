"""Keeps an eye on what is late: judged in a thread when a workspace opens, after every change and at midnight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from unnm_desktop.db.interruption import Interruption
from unnm_desktop.errors import UserError
from unnm_desktop.services import compliance, history, lateness

if TYPE_CHECKING:
    from datetime import date, datetime

    from PySide6.QtCore import QTimerEvent

    from unnm_desktop.services.lateness import Late
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.hub import Touched
    from unnm_desktop.ui.jobs import Job

KINDS = compliance.PROOFS | {"action_point", "conflict"}
# Several steps in a row are judged once.
PAUSE = 150
MINUTE = 60_000


class Watch(QObject):
    """Judges for one window; the numbers beside the places never wait for their pages to be seen."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._on: date | None = None
        self._job: Job | None = None
        self._edition = -1
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        # Bound methods throughout: Qt lets go of them with this object, while hub and jobs live on.
        self._soon.timeout.connect(self._look)
        desk.hub.changed.connect(self._heard)
        self.startTimer(MINUTE)

    def start(self) -> None:
        """Look as soon as what is on the screen has been painted."""
        self._soon.start(0)
        hub = self._desk.hub
        if hub.is_open and not hub.read_only:
            here = hub.database.device
            key = here.id if here is not None else None
            self._edition = hub.edition
            self._desk.jobs.run(hub.read, history.last_change, key, done=self._saved, failed=self._failed)

    def _saved(self, moment: datetime | None) -> None:
        # A step that was made meanwhile has told its own moment; whose clock is later says nothing.
        if moment is not None and self._edition == self._desk.hub.edition:
            self._desk.hub.saved.emit(moment)

    def _heard(self, touched: Touched) -> None:
        if touched.kinds & KINDS:
            self._soon.start(PAUSE)

    def timerEvent(self, event: QTimerEvent) -> None:
        if self._on is not None and self._desk.today() != self._on:
            self._soon.start(0)

    def _look(self) -> None:
        desk = self._desk
        if desk.hub.is_open and desk.network is not None:
            self._on = desk.today()
            # Judging many seats takes its time: a window that is closed meanwhile does not wait for it.
            reading = Interruption()
            if self._job is not None:
                # What was true before the last change must not be told after what is true now.
                self._job.abandon()
            self._job = desk.jobs.run(
                desk.hub.read_until,
                reading,
                lateness.late,
                desk.network_id,
                self._on,
                done=self._take,
                failed=self._failed,
                stop=reading.ask,
            )

    def _take(self, late: Late) -> None:
        desk = self._desk
        desk.late = late
        desk.set_badge("actions", late.overdue)
        desk.set_badge("tor", late.duties)
        desk.set_badge("handover", late.undecided)
        desk.wishes.judged.emit()

    def _failed(self, error: Exception) -> None:
        # A file that cannot be read now, or was closed meanwhile, is told of by whatever the officer does next.
        if self._desk.hub.is_open and not isinstance(error, UserError):
            raise error
