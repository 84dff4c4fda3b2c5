"""Keeps backups of the open workspace: every half hour when it has changed, when asked, and when it is closed."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from unnm_desktop import paths
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import backup
from unnm_desktop.services.backup import Reason
from unnm_desktop.services.backup_rotation import SHORT

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.backup import Backup
    from unnm_desktop.services.backup_rotation import Room
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.main_window import MainWindow

EVERY = 30 * 60_000
SOON = 2 * 60_000


class BackupKeeper(QObject):
    """One for the program; each fresh window is told how the workspace stands."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._served: MainWindow | None = None
        self._last: Backup | None = None
        self._asked = False
        self._told_room = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        # Soon after a workspace was opened: its last sitting may have ended without one.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._look)
        # Whether the backup of the day's end is under way, or nobody waits for it.
        self._parted = False
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self.hurry, Qt.ConnectionType.DirectConnection)

    def attach(self, window: MainWindow) -> None:
        """Serve this window from now on and tell it of the newest backup."""
        self._served, self._parted = window, False
        window.farewell = self.say_farewell
        window.desk.wishes.backup_wanted.connect(self.ask)
        database = self._database()
        if database is not None:
            window.desk.wishes.backed_up.connect(self._look_for_newest)
            self._look_for_newest()
            self._soon.start()

    def _look_for_newest(self) -> None:
        """Others make backups, too: before a merge."""
        if self._window is not None and self._database() is not None:
            desk = self._window.desk
            desk.jobs.run(backup.newest, folder_of(desk), done=self._found, failed=self._failed)

    @property
    def _window(self) -> MainWindow | None:
        """The window that is served; none between one that is gone and its successor."""
        return self._served if self._served is not None and isValid(self._served) else None

    def ask(self) -> None:
        """Make a backup now, because the officer wants one."""
        database = self._database()
        if database is not None:
            self._asked = True
            self._make(database, Reason.ASKED)

    def say_farewell(self) -> bool:
        """Begin the backup of the day's end, if anything changed since the last one; the window waits for it.

        Whoever does not wait, and a computer that is shut down, has it made when the workspace is opened again.
        """
        database, window = self._database(), self._window
        if self._parted or database is None or window is None or not backup.is_needed(database, self._last):
            return False
        # Not a second time, whatever becomes of it.
        self._parted = True
        from unnm_desktop.ui.farewell import Farewell  # shown once, at the end

        desk = window.desk
        job = desk.jobs.run(
            backup.make,
            database,
            folder_of(desk),
            Reason.CLOSING,
            now=datetime.now(UTC),
            done=self._found,
            failed=self._log,
            progress=True,
        )
        job.finished.connect(self._part)
        window.show_widget(Farewell(desk, job))
        window.commands.drop([one.id for one in window.commands.all()])
        return True

    def hurry(self) -> None:
        """The computer is shut down: nothing is begun that it would have to wait for."""
        self._parted = True

    def _part(self) -> None:
        if self._window is not None:
            self._window.close()

    @staticmethod
    def _log(error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        logging.getLogger("unnm").warning("no backup on closing: %s", error.message)

    def close(self) -> None:
        """Make no more backups."""
        self._timer.stop()
        self._soon.stop()

    def _database(self) -> Database | None:
        """The open workspace, where it is one to be kept: the sample is made anew at will."""
        hub = self._window.desk.hub if self._window is not None else None
        if hub is None or not hub.is_open or hub.read_only or hub.database.path == paths.sample_workspace():
            return None
        return hub.database

    def _look(self) -> None:
        database = self._database()
        if database is not None and backup.is_needed(database, self._last):
            self._make(database, Reason.TIMED)

    def _make(self, database: Database, reason: Reason) -> None:
        if self._window is None:
            return
        desk = self._window.desk
        job = desk.jobs.run(
            backup.make,
            database,
            folder_of(desk),
            reason,
            now=datetime.now(UTC),
            done=self._made,
            failed=self._failed,
            progress=True,
            text=desk.tr(N_("Making a backup")),
        )
        job.cancelled.connect(self._cancelled)

    def _cancelled(self) -> None:
        self._asked = False
        if self._window is not None:
            desk = self._window.desk
            desk.say(desk.tr(N_("Stopped. No backup was made; those there are stay.")))

    def _found(self, newest: Backup | None) -> None:
        self._last = newest
        if self._window is not None:
            self._window.status.say_backup(newest.at if newest is not None else None)

    def _made(self, made: Backup) -> None:
        self._found(made)
        if self._window is not None:
            desk = self._window.desk
            desk.wishes.backed_up.emit()
            if self._asked:
                desk.say(desk.tr(N_("The backup is made and was read through.")))
            desk.jobs.run(backup.room, made.path.parent, done=self._tell_room, failed=self._failed)
        self._asked = False

    def _tell_room(self, room: Room | None) -> None:
        """Older copies go before their time: once a sitting; the page of backups says so as long as it is so."""
        if self._window is None or room is None or not room.is_short or self._told_room:
            return
        self._told_room = True
        desk = self._window.desk
        self._window.notice.show_message(desk.tr(SHORT), "warn", desk.tr(N_("Show the backups")), self._show)

    def _show(self) -> None:
        if self._window is not None:
            self._window.desk.go("backups")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if self._window is not None:
            self._window.status.say_no_backup(error)
            if self._asked:
                self._window.notice.show_message(self._window.desk.tr(error.message, **error.values), "bad")
        self._asked = False


def folder_of(desk: Desk) -> Path:
    """Where the backups of the open workspace lie."""
    return backup.folder_for(desk.hub.database.id, desk.settings.backup_folder)
