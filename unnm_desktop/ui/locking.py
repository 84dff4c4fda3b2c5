"""Locks the protected workspace: closed, its key wiped, and whatever is half done kept where only the key reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QToolTip

from unnm_desktop.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from unnm_desktop.ui.entrance import Entrance
    from unnm_desktop.ui.half_done import Gathering, HalfDone
    from unnm_desktop.ui.hub import Hub
    from unnm_desktop.ui.jobs import Jobs
    from unnm_desktop.ui.leaving import Kept
    from unnm_desktop.ui.main_window import MainWindow
    from unnm_desktop.ui.unwritten import Unwritten


class Locking(QObject):
    """Never asks and never waits: nobody may be there to answer."""

    # All is put away; the window still shows a picture of it.
    locked = Signal()

    def __init__(
        self,
        hub: Hub,
        jobs: Jobs,
        entrance: Entrance,
        unwritten: Unwritten,
        window: Callable[[], MainWindow],
        parent: QObject,
    ) -> None:
        """``window`` gives the one that is shown."""
        super().__init__(parent)
        self._hub, self._jobs, self._entrance, self._unwritten = hub, jobs, entrance, unwritten
        self._window = window
        self._gathering: Gathering | None = None
        # The workspace that was locked here; its place is kept.
        self.left: Path | None = None

    def can_lock(self) -> bool:
        """Whether what is open can be read with its key only."""
        return self._hub.protected

    def lock(self) -> None:
        """Let go of the protected workspace and its key; what is half done is kept, no record stays on screen."""
        if not self._hub.protected or self._entrance.locked is not None:
            return
        from unnm_desktop.ui.half_done import Gathering  # no dialog is open before the first paint

        window = self._window()
        self._gathering = self._gathering or Gathering(window)
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            # It shows records, and somebody waits for its answer: once more when it is gone.
            self._gathering.note(dialog)
            dialog.reject()
            QTimer.singleShot(0, self, self.lock)
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        QToolTip.hideText()
        told, self._gathering = self._gathering.told(window, self._entrance.shown_beginning()), None
        self._entrance.leave_beginning()
        kept = window.leaving.keep_unasked()
        self._put_away(kept, told)
        self.locked.emit()

    def _put_away(self, kept: Kept, told: str) -> None:
        database = self._hub.database
        self.left, key = database.path, database.key
        self._jobs.cancel_all()
        # Not a question to whoever is away: what cannot be written waits for her, sealed.
        self._unwritten.half_done = "" if _is_kept(self._hub, told) else told
        self._hub.close()
        if key is not None:
            self._unwritten.seal(self.left, key, kept)
            key.wipe()
        if self._entrance.setup is not None:
            self._entrance.setup.passphrase = ""
        self._entrance.locked = self.left

    def half_done(self) -> HalfDone | None:
        """What was half done when the workspace that is open now was locked, here or before the program ended."""
        from unnm_desktop.services import half_done  # records are read after the first paint

        if not self._hub.protected:
            return None
        told, self._unwritten.half_done = self._unwritten.half_done, ""
        told = told or self._hub.read(half_done.waiting)
        if not told:
            return None
        from unnm_desktop.ui.half_done import HalfDone  # as above

        return HalfDone.heard(told)


def _is_kept(hub: Hub, told: str) -> bool:
    """Whether the workspace itself could take it."""
    if not told:
        return True
    from unnm_desktop.services import half_done

    try:
        half_done.keep(hub.database, told)
    except UserError:
        return False
    return True
