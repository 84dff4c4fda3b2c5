"""Closes the workspace, works on its file on a thread, and hands it back open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from unnm_desktop.errors import UserError

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.ui.closed_work import ClosedWork
    from unnm_desktop.ui.hub import Hub
    from unnm_desktop.ui.jobs import Jobs
    from unnm_desktop.ui.main_window import MainWindow


class FileWork(QObject):
    """A restore, a new key, protection put on or taken off: what cannot be done while pages read the file."""

    # The workspace, open again, changed or as it was.
    opened = Signal(object)
    # It could not be opened again; with the UserError that says why, or None.
    lost = Signal(object)

    def __init__(self, hub: Hub, jobs: Jobs, window: Callable[[], MainWindow], parent: QObject) -> None:
        """``window`` gives the one that is shown: opening the workspace builds a fresh one."""
        super().__init__(parent)
        self._hub, self._jobs, self._window = hub, jobs, window
        # What is said once it is done.
        self._said = ""

    def begin(self, wanted: ClosedWork) -> None:
        """Close the workspace, work on its file, and open it again."""
        from unnm_desktop.ui.closed_work import carry_out  # its floors are loaded by now

        window = self._window()
        if not window.leaving.may_renew():
            return
        database = self._hub.database
        self._said = wanted.said
        self._jobs.cancel_all()
        self._hub.close()
        window.show_waiting(wanted.text)
        self._jobs.run(
            carry_out,
            wanted,
            database.path,
            database.officer,
            database.key,
            done=self._done,
            failed=self._failed,
            text=window.desk.tr(wanted.text),
        )

    def _done(self, database: Database) -> None:
        self.opened.emit(database)
        desk = self._window().desk
        desk.say(desk.tr(self._said))

    def _failed(self, error: Exception) -> None:
        database, trouble = getattr(error, "database", None), getattr(error, "trouble", error)
        told = trouble if isinstance(trouble, UserError) else None
        if database is not None:
            self.opened.emit(database)
        else:
            self.lost.emit(told)
        if told is None:
            raise trouble
        window = self._window()
        window.notice.show_message(window.desk.tr(told.message, **told.values), "bad")
