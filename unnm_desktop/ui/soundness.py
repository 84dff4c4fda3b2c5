"""Has the open file read through and cleared of loose bytes in a thread; where it is damaged, says what helps."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import loose_files, soundness
from unnm_desktop.ui.backup_keeper import folder_of
from unnm_desktop.ui.backups import made_at

if TYPE_CHECKING:
    from unnm_desktop.services.soundness import Found
    from unnm_desktop.ui.main_window import MainWindow

QUIET = 5000
"""Milliseconds that the officer has for herself, before the disk is read because a day is over."""


class Soundness(QObject):
    """One for a window; it goes with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        database = window.desk.hub.database
        if soundness.is_due(database, datetime.now(UTC)):
            QTimer.singleShot(0 if database.ended_badly else QUIET, self, self._look)

    def _look(self) -> None:
        desk = self._window.desk
        if desk.hub.is_open:
            desk.jobs.run(soundness.look, desk.hub.database, folder_of(desk), done=self._found, failed=self._failed)

    def _found(self, found: Found) -> None:
        desk = self._window.desk
        if not desk.hub.is_open:
            return
        if not found.problems:
            self._sweep()
            return
        logging.getLogger("unnm").error("the workspace is damaged: %d problems", len(found.problems))
        words = N_("{file} is damaged. Stop working in it: nothing is repaired here, and what is there stays as it is.")
        text = [desk.tr(words, file=isolate(desk.hub.database.path.name))]
        if found.newest is None:
            text.append(desk.tr(N_("There is no backup on this computer that is whole.")))
        else:
            newest = desk.tr(
                N_("The newest backup that was read through is of {moment}."), moment=made_at(desk, found.newest.at)
            )
            text.append(newest)
        self._window.notice.show_message(" ".join(text), "bad", desk.tr(N_("Backups")), self._show)

    def _sweep(self) -> None:
        """Once a day, too: bytes that nothing has referred to for 90 days go."""
        desk = self._window.desk
        if not desk.hub.read_only:
            today = datetime.now(UTC).date()
            desk.jobs.run(loose_files.sweep, desk.hub.database, today, done=self._swept, failed=self._not_swept)

    def _swept(self, number: int) -> None:
        if number:
            logging.getLogger("unnm").info("files that nothing referred to for 90 days were removed: %d", number)

    def _not_swept(self, error: Exception) -> None:
        # They are looked for again on another day.
        logging.getLogger("unnm").warning("files without a record could not be removed: %s", type(error).__name__)

    def _failed(self, error: Exception) -> None:
        # Nothing is known of the file then; the next opening looks again.
        logging.getLogger("unnm").warning("the workspace could not be read through: %s", type(error).__name__)

    def _show(self) -> None:
        self._window.desk.go("backups")
