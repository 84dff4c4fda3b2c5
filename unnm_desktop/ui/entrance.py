"""Every way into a workspace: the welcome, the set-up, the sample, recent files, a file dropped on the window."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from unnm_desktop import paths, settings
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui import one_window, unlocking
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.drops import PACKAGE, WORKSPACE, Drops
from unnm_desktop.ui.file_care import FileCare

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.ui.beginning import Begin
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.hub import Hub
    from unnm_desktop.ui.jobs import Job, Jobs
    from unnm_desktop.ui.main_window import MainWindow
    from unnm_desktop.ui.setup_state import SetupState
    from unnm_desktop.ui.unlock import Unlock
    from unnm_desktop.ui.welcome import Doors, Welcome


class Entrance(QObject):
    """Opens workspaces off the screen's thread, and shows what comes before one is open."""

    # A database to work on from now on.
    came = Signal(object, str)
    # The same, after its passphrase was given.
    unlocked = Signal(object)
    # The officer left the set-up, or a locked file, and goes on with the workspace that is open.
    went_back = Signal()

    def __init__(self, hub: Hub, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub, self._jobs = hub, jobs
        self.setup: SetupState | None = None
        # A workspace that is being made from a package, while no window shows it, and the page that does.
        self.beginning: Mapping[str, Any] | None = None
        self._begin_page: Begin | None = None
        # The protected workspace whose passphrase is awaited, and how often a wrong one was given.
        self.locked: Path | None = None
        self._tries = 0
        self._next_try = 0.0
        self._unlock: Unlock | None = None
        self._welcome: Welcome | None = None
        # Why there is no workspace, and which was meant: it is said again in a window of another language.
        self._trouble: tuple[UserError | None, Path | None] = (None, None)
        self._window: MainWindow | None = None
        self._meant: Path | None = None
        self.file = FileCare(self, hub, jobs)

    def attach(self, window: MainWindow) -> None:
        """Serve this window from now on."""
        self._window, self._welcome, self._unlock = window, None, None
        window.commands.add(
            Command("new-workspace", N_("New workspace"), self.ask_new, "file-plus", (), menu="file"),
            Command(
                "begin-from-package",
                N_("Begin from a colleague's package"),
                self.ask_begin,
                "download",
                (),
                menu="file",
            ),
            Command("open-workspace", N_("Open a workspace"), self.ask_open, "folder-open", ("Ctrl+O",), menu="file"),
            Command(
                "restore-elsewhere",
                N_("Restore a backup from a stick"),
                self.ask_restore,
                "archive-restore",
                (),
                menu="file",
            ),
            Command("sample", N_("Look around with sample data"), self.look_around, "eye", (), menu="file"),
        )
        window.menus.filled.connect(self._add_recent)
        Drops(window, self.take_file)

    @property
    def window(self) -> MainWindow:
        """The window that is served."""
        if self._window is None:
            raise LookupError("no window is served yet")
        return self._window

    @property
    def desk(self) -> Desk:
        """Its surroundings."""
        return self.window.desk

    # Before a workspace is open --------------------------------------------------------------------------------------

    def show(self, trouble: UserError | None = None, path: Path | None = None) -> None:
        """The passphrase that is awaited, the set-up that is under way, else the welcome."""
        if self.locked is not None and trouble is None:
            self._show_unlock(self.locked)
            return
        if self.setup is not None:
            self._show_setup()
            return
        if self.beginning is not None:
            self._begin(None)
            return
        from unnm_desktop.ui.welcome import Welcome  # after the first paint, it is not always needed

        if trouble is not None:
            self._trouble = (trouble, path)
        self._welcome = Welcome(self.desk, self._doors(), *self._trouble)
        self.window.show_widget(self._welcome)
        self._welcome.new.setFocus()

    # A protected workspace -------------------------------------------------------------------------------------------

    def ask_passphrase(self, path: Path) -> None:
        """Show where the passphrase of a protected workspace is given."""
        self.locked = path
        self._show_unlock(path)

    def _show_unlock(self, path: Path) -> None:
        from unnm_desktop.ui.unlock import Unlock, Ways  # only a protected workspace needs it

        back = self._leave_locked if self._hub.is_open else None
        ways = Ways(self.unlock, self._ask_sheet, self.ask_open, self.ask_restore, back)
        self._unlock = Unlock(self.desk, path, ways, wait=self._waits())
        self.window.show_widget(self._unlock)
        if not self._hub.is_open:
            self.window.status.say_locked()

    def _leave_locked(self) -> None:
        self.locked = None
        self.went_back.emit()

    def unlock(self, passphrase: str) -> None:
        """Open the locked workspace with this passphrase."""
        if self.locked is not None:
            self._meant = self.locked
            self._jobs.run(
                unlocking.with_passphrase,
                self.locked,
                passphrase,
                self.desk.settings.officer,
                done=self._unlocked,
                failed=self._not_unlocked,
                text=self.desk.tr(N_("Opening…")),
            )

    def _ask_sheet(self) -> None:
        from unnm_desktop.ui.passphrase_dialog import PassphraseDialog  # seldom needed

        path = self.locked
        if path is None:
            return
        texts = (
            N_("Use the recovery sheet"),
            N_("Type the code of the sheet, then choose a new passphrase. Every earlier passphrase ends."),
            N_("Unlock"),
        )
        work = partial(unlocking.with_sheet, path, self.desk.settings.officer)
        dialog = PassphraseDialog(self.desk, texts, frozenset({"code", "new"}), work, self._unlocked, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_restore(self) -> None:
        """Bring a backup back, also on a computer that never had the workspace."""
        from unnm_desktop.ui.restoring import Restoring  # seldom needed

        restoring = Restoring(self.desk, self.window, self.locked)
        restoring.restored.connect(self._restored)
        restoring.failed.connect(self._not_restored)
        restoring.begin()

    def _restored(self, database: Database) -> None:
        self._tries = 0
        self.take(database, N_("The backup is restored."))

    def _not_restored(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        words = self.desk.tr(error.message, **error.values)
        if self._unlock is not None and self.locked is not None:
            self._unlock.refuse(words, self._waits())
        else:
            self.tell(error, None)

    def _waits(self) -> int:
        """Seconds until the next passphrase is taken; leaving the page and coming back makes them no fewer."""
        return max(0, round(self._next_try - time.monotonic()))

    def _unlocked(self, database: Database) -> None:
        self._trouble, self.locked, self._tries = (None, None), None, 0
        # Not only once all have heard: the page that comes now would be laid out a second time, in the line's room.
        self.window.jobs_line.hide()
        self.unlocked.emit(database)

    def _not_unlocked(self, error: Exception) -> None:
        from unnm_desktop.db.keys import WrongPassphrase, wait_after  # loaded by now

        if not isinstance(error, UserError):
            raise error
        other = getattr(error, "path", None)
        if other is not None and one_window.bring_forward(other):
            return
        wait = 0
        if isinstance(error, WrongPassphrase):
            self._tries += 1
            wait = wait_after(self._tries)
            self._next_try = time.monotonic() + wait
        if self._unlock is not None:
            self._unlock.refuse(self.desk.tr(error.message, **error.values), wait)

    def _doors(self) -> Doors:
        from unnm_desktop.ui.welcome import Doors  # as above

        return Doors(
            new=self.ask_new,
            begin=self.ask_begin,
            open_one=self.ask_open,
            open_path=self.open,
            restore=self.ask_restore,
            look_around=self.look_around,
            sample_anew=self.sample_anew,
            forget=self._forget,
        )

    def _forget(self, path: str) -> None:
        self.desk.settings = settings.forget(self.desk.settings, path)
        self.desk.wishes.settings_wanted.emit(self.desk.settings)

    def ask_new(self) -> None:
        """Set a network up, page by page."""
        from unnm_desktop.ui.setup_state import SetupState  # with the welcome

        self.setup = SetupState(officer=self.desk.settings.officer)
        self._show_setup()

    def _show_setup(self) -> None:
        from unnm_desktop.ui.setup_wizard import Wizard  # reads the profiles: when it is asked for

        if self.setup is not None:
            self.window.show_widget(Wizard(self.desk, self.setup, self._set_up, self._leave))

    def _leave(self) -> None:
        self.setup = None
        self.leave_beginning()
        if self._hub.is_open:
            self.went_back.emit()
        else:
            self.show()

    def _set_up(self, path: Path) -> None:
        passphrase = self.setup.passphrase if self.setup is not None else ""
        self.setup = None
        self.open(path)
        if passphrase:
            # She has just chosen it.
            self.unlock(passphrase)

    def ask_begin(self) -> None:
        """Make a workspace from a package that a colleague has handed over."""
        self.leave_beginning()
        self._begin(None)

    def _begin(self, path: Path | None) -> None:
        from unnm_desktop.ui.beginning import Begin  # opens packages: when it is asked for

        page = Begin(self.desk, path)
        page.begun.connect(self._begun)
        page.left.connect(self._leave)
        self.window.show_widget(page)
        half, self.beginning, self._begin_page = self.beginning, None, page
        if half is not None:
            page.go_on(half)

    def shown_beginning(self) -> Mapping[str, Any] | None:
        """What is begun with a package, while it is shown; whoever asks keeps it while the window goes."""
        page = self._begin_page
        if page is None or not isValid(page) or self.window.stack.currentWidget() is not page:
            return None
        return page.half_done()

    def keep_beginning(self) -> None:
        """The window goes, and the fresh one goes on with it."""
        self.beginning = self.shown_beginning()

    def leave_beginning(self) -> None:
        """Nobody goes on with it."""
        self.beginning, self._begin_page = None, None

    def _begun(self, database: Database) -> None:
        self.desk.settings = replace(self.desk.settings, officer=database.officer)
        self.desk.wishes.settings_wanted.emit(self.desk.settings)
        plain = N_("The workspace is made. Everything of the package is in it.")
        guarded = N_("The workspace is made and protected. Print its recovery sheet: Preferences, Protection.")
        self.take(database, plain if database.key is None else guarded)

    # Opening ---------------------------------------------------------------------------------------------------------

    def ask_open(self) -> None:
        """Ask for a workspace and open it."""
        desk = self.desk
        path = desk.ask.open_file(desk.tr(N_("Open a workspace")), desk.tr(N_("Workspaces (*.unnm)")))
        if path is not None:
            self.open(path)

    def take_file(self, path: Path) -> None:
        """A file was dropped on the window."""
        kind = path.suffix.lower()
        if kind == WORKSPACE:
            self.open(path)
        elif kind == PACKAGE and self._hub.is_open:
            self.desk.go("handover", None, file=path)
        elif kind == PACKAGE:
            self.leave_beginning()
            self._begin(path)
        elif self._hub.is_open and not self._hub.read_only:
            self.desk.go("exchange", None, file=path)
        else:
            self.desk.say(self.desk.tr(N_("Open a workspace first; then spreadsheets can be brought in.")))

    def open(self, path: Path) -> None:
        """Open another workspace; the present one stays when it cannot be opened."""
        if self._hub.is_open and self._hub.database.path == path:
            return
        if paths.is_protected(path) or paths.looks_sealed(path):
            self.ask_passphrase(path)
            return
        self._meant = path
        # Off the screen's thread: a folder of the network can take long to answer.
        self._jobs.run(
            _opened,
            path,
            self.desk.settings.officer,
            done=self.take,
            failed=self._failed,
            text=self.desk.tr(N_("Opening…")),
        )

    def take(self, database: Database, said: str = "") -> None:
        """Work on this database from now on; ``said`` (a msgid) is told once it is seen."""
        self.setup, self._trouble, self.locked = None, (None, None), None
        self.leave_beginning()
        self.came.emit(database, said)

    def _failed(self, error: Exception) -> None:
        self.tell(error, self._meant)

    def _not_made(self, error: Exception) -> None:
        self.tell(error, None)

    def tell(self, error: Exception, path: Path | None) -> None:
        """Say why a workspace, the one of this path, could not be opened or made."""
        if not isinstance(error, UserError):
            raise error
        other = getattr(error, "path", None)
        if other is not None and one_window.bring_forward(other):
            return
        if self._hub.is_open:
            self.window.notice.show_message(self.desk.tr(error.message, **error.values), "bad")
        else:
            self._trouble = (error, path)
            self.show()

    def _add_recent(self, name: str, menu: QMenu) -> None:
        if name != "file" or not self.desk.settings.recent:
            return
        open_now = str(self._hub.database.path.resolve()) if self._hub.is_open else ""
        from unnm_desktop.ui.recent_menu import RecentMenu  # only when first looked for

        menu.insertMenu(self.window.commands.action("sample"), RecentMenu(self.desk, open_now, self.open, menu))

    def is_safe(self, path: Path) -> bool:
        """Whether a workspace may be kept there; if not, the officer is told why."""
        from unnm_desktop.services import whereabouts  # after the first paint

        try:
            whereabouts.want_safe(path)
        except UserError as error:
            self.tell(error, None)
            return False
        return True

    # The sample ------------------------------------------------------------------------------------------------------

    def look_around(self) -> None:
        """Open the sample; the first time it is made."""
        path = paths.sample_workspace()
        if path.exists():
            self.open(path)
        else:
            self._make_sample()

    def sample_anew(self) -> None:
        """Make the sample again, so that its year ends today."""
        self._make_sample()

    def _make_sample(self) -> None:
        from unnm_desktop.ui import sample_workspace  # loads the documents' floor: when it is asked for

        if not self.is_safe(paths.sample_workspace()):
            return
        job = self._jobs.run(
            sample_workspace.make,
            paths.sample_workspace(),
            self.desk.today(),
            done=self.open,
            failed=self._not_made,
            progress=True,
            text=self.desk.tr(N_("Making the sample…")),
        )
        self._wait_for(job)

    def _wait_for(self, job: Job) -> None:
        if self._welcome is not None and isValid(self._welcome):
            self._welcome.busy(making=True)
            job.cancelled.connect(self._not_busy)

    def _not_busy(self) -> None:
        if self._welcome is not None and isValid(self._welcome):
            self._welcome.busy(making=False)


def _opened(path: Path, officer: str) -> Database:
    from unnm_desktop.db.engine import Database  # loaded by now, but not before the first paint

    return Database(path, officer)
