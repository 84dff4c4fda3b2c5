"""Long work off the screen's thread, with progress and cancel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from unnm_desktop.progress import Cancelled

REPORTS = "reports"
_AT_REST = 500
"""Milliseconds after the last job in which nobody asks for the next."""
_EVERY = 0.05
"""Seconds between two reports to the screen: work tells of every few bytes, and the window would do nothing but paint
how far it is."""
_THREADS = 3
"""At least: a backup and a spreadsheet on the only processor must leave one for what the officer searches meanwhile."""


class Job(QObject):
    """One piece of work under way; its signals arrive on the screen's thread."""

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()
    progressed = Signal(int, int, str)
    _ended = Signal(object)

    def __init__(self, text: str = "", parent: QObject | None = None, stop: Callable[[], object] | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self._stopped = Event()
        self._stop = stop
        self._forgotten = False
        # Work that neither reports nor reads what can be ended goes to its end.
        self.can_stop = True
        # Whether the window that asked has to be there when it ends.
        self.awaited = False
        self._told, self._tell_again = "", 0.0
        self._ended.connect(self._tell)

    def cancel(self) -> None:
        """Ask the work to stop: what it reads now, or else at its next report."""
        self._stopped.set()
        if self._stop is not None:
            self._stop()

    def abandon(self) -> None:
        """Ask the work to stop and tell nobody how it ended: its answer may already be on its way."""
        self._forgotten = True
        self.cancel()

    def report(self, done: int, total: int, text: str = "") -> None:
        """The ``progress`` the work is given."""
        if self._stopped.is_set():
            raise Cancelled
        now = monotonic()
        if text != self._told or now >= self._tell_again or done == total:
            self._told, self._tell_again = text, now + _EVERY
            self.progressed.emit(done, total, text)

    def carry_out(self, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Do the work on the calling thread and say how it ended."""
        try:
            self.report(0, 0)
            result = work(*args, **kwargs)
        except Cancelled:
            self._ended.emit(self.cancelled.emit)
        except Exception as error:  # noqa: BLE001 - handed to the screen, which shows or raises it
            # What goes wrong once nobody wants the result, such as a workspace closed meanwhile, is the cancelling.
            self._ended.emit(self.cancelled.emit if self._stopped.is_set() else partial(self.failed.emit, error))
        else:
            self._ended.emit(partial(self.done.emit, result))

    def _tell(self, how: Callable[[], object]) -> None:
        if not self._forgotten:
            how()
        self.finished.emit()


class _Runnable(QRunnable):
    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call = call

    def run(self) -> None:
        self._call()


class Jobs(QObject):
    """Runs work on threads; reports share one thread, because ReportLab's parser is global."""

    started = Signal(object)
    # No job runs any more: what jobs took and left can be given back.
    resting = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(max(_THREADS, self._pool.maxThreadCount()))
        self._reports = QThreadPool(self)
        self._reports.setMaxThreadCount(1)
        self._running: set[Job] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.resting)

    def run(
        self,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        progress: bool = False,
        text: str = "",
        lane: str = "",
        stop: Callable[[], object] | None = None,
        awaited: bool = False,
        **kwargs: Any,
    ) -> Job:
        """Start the work; ``done`` gets its result and ``failed`` its error on the screen's thread.

        With ``progress`` the work takes a ``progress`` argument, which also lets it be cancelled. ``text`` is what the
        officer sees while it runs (translated; none shows nothing). The lane ``REPORTS`` is one thread for all. When
        the work is cancelled, ``stop`` ends what it is reading at once. An ``awaited`` answer is news, not only a
        picture of what is so: no fresh window takes this one's place before it is told.

        """
        job = Job(text, self, stop)
        job.awaited = awaited
        job.can_stop = progress or stop is not None
        if done is not None:
            job.done.connect(done)
        if failed is not None:
            job.failed.connect(failed)
        else:
            job.failed.connect(self._raise)
        if progress:
            kwargs["progress"] = job.report
        self._running.add(job)
        job.finished.connect(self._sweep)
        self.started.emit(job)
        self._start(job, lambda: job.carry_out(work, args, kwargs), lane)
        return job

    @property
    def awaited(self) -> bool:
        """Whether an answer is under way that the window which asked has to hear."""
        return any(job.awaited for job in self._running)

    def _start(self, job: Job, call: Callable[[], None], lane: str) -> None:
        (self._reports if lane == REPORTS else self._pool).start(_Runnable(call))

    def _sweep(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._running.discard(job)
            job.deleteLater()
            if not self._running:
                self._rest.start(_AT_REST)

    def _raise(self, error: Exception) -> None:
        raise error

    def cancel_all(self) -> None:
        """Ask everything to stop, wait a moment for it, and hear no answers any more."""
        for job in tuple(self._running):
            job.abandon()
        for pool in (self._pool, self._reports):
            pool.waitForDone(3000)
