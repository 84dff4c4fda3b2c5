"""Puts everything together: paints the window first, then loads the lower floors and opens the workspace."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from unnm_desktop import heap, paths, settings
from unnm_desktop.errors import UserError
from unnm_desktop.garbage import collect_all, collect_young
from unnm_desktop.i18n import N_
from unnm_desktop.ui import one_window, opened_copies
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.entrance import Entrance
from unnm_desktop.ui.file_work import FileWork
from unnm_desktop.ui.hub import Hub
from unnm_desktop.ui.idle import Idle
from unnm_desktop.ui.jobs import Jobs
from unnm_desktop.ui.later import after_paint
from unnm_desktop.ui.loading import Loaded, Loader
from unnm_desktop.ui.locking import Locking
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.open_workspace import OpenWorkspace
from unnm_desktop.ui.unwritten import Unwritten
from unnm_desktop.ui.windows import Windows

if TYPE_CHECKING:
    from datetime import date

# Seconds that a thread works on while the screen's waits for its turn; Python's own are ten times as many, and the
# screen's thread needs a turn after each call of Qt.
TURN = 0.0005
# So often, each tenth of a second, a second start asks for the window that has its workspace but may not listen yet.
TRIES = 100
# Milliseconds between two looks for garbage.
_COLLECTING = 500


class App(QObject):
    """One workspace in one window: holds what outlives both, and leads the start."""

    # The first page shows its records; a moment later every page can be shown.
    shown = Signal()
    ready = Signal()

    def __init__(self, app: QApplication, workspace: Path | None, today: Callable[[], date] | None = None) -> None:
        """``today`` gives another day than the clock's, for pictures of the sample."""
        super().__init__()
        # What is made until all is loaded stays as long as the program: looking it through for garbage is in vain.
        # After that it is looked for here, where the widgets live, and on no other thread.
        gc.disable()
        self._collecting = QTimer(self)
        self._collecting.setInterval(_COLLECTING)
        self._collecting.timeout.connect(collect_young)
        self._app = app
        self._named = workspace
        self._asked: Path | None = None
        app.setApplicationName("UNNM Desktop")
        self._damaged = settings.set_damaged_aside()
        self._hub = Hub(self)
        self._jobs = Jobs(self)
        self._unwritten = Unwritten()
        self.door = one_window.Door(self)
        self.windows = Windows(app, self._hub, self._jobs, self._unwritten, today, self)
        self.entrance = Entrance(self._hub, self._jobs, self)
        self.windows.parting.connect(self.entrance.keep_beginning)
        self.locking = Locking(self._hub, self._jobs, self.entrance, self._unwritten, lambda: self.window, self)
        self.workspace = OpenWorkspace(
            self._hub, self.windows, self.entrance, self.locking, self._unwritten, self.door, self
        )
        self._file_work = FileWork(self._hub, self._jobs, lambda: self.window, self)
        self._idle = Idle(app, self)
        self._loader = Loader(self)
        self._connect()
        self._heed()
        self.windows.build()

    def _connect(self) -> None:
        self.windows.built.connect(self._serve)
        self.windows.preferred.connect(self._heed)
        self.entrance.went_back.connect(self.windows.renew_once_told)
        self.locking.locked.connect(self.windows.renew)
        self._idle.gone.connect(self.locking.lock)
        self._file_work.opened.connect(self.workspace.take_again)
        self._file_work.lost.connect(self.entrance.show)
        self._loader.first.connect(self._take)
        self._loader.rest.connect(self._take_all)

    @property
    def window(self) -> MainWindow:
        """The one that is shown."""
        return self.windows.window

    def _serve(self, window: MainWindow) -> None:
        """Do what pages of a fresh window wish for."""
        wishes = window.desk.wishes
        wishes.network_wanted.connect(self.workspace.change_network)
        wishes.closed_work_wanted.connect(self._file_work.begin)
        wishes.lock_wanted.connect(self.locking.lock)
        wishes.handed.connect(self.workspace.tell_handed)
        window.commands.add(
            Command(
                "lock",
                N_("Lock"),
                self.locking.lock,
                "lock",
                ("Ctrl+L",),
                self.locking.can_lock,
                "file",
                why=N_("This workspace has no passphrase yet. Preferences, Protection, gives it one."),
            )
        )
        self.entrance.attach(window)
        self.door.window = window

    def _heed(self) -> None:
        """The preferences that no window shows."""
        self._idle.minutes = self.windows.settings.lock_after
        if self._hub.is_open:
            self._hub.database.officer = self.windows.settings.officer

    # The start -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window, then load what it needs in a thread."""
        sys.setswitchinterval(TURN)
        path = one_window.wanted(self._named)
        if path is not None and paths.is_protected(path):
            # She types her passphrase while the rest is loaded.
            self.entrance.ask_passphrase(path)
        else:
            self.window.show_waiting()
        self.window.show()
        # Only then is anything heavy imported. A lambda, because tests put another _load in its place.
        after_paint(self, lambda: self._load())

    def _load(self) -> None:
        from unnm_desktop import keeping_apart, logs  # pull sockets, pickle and C types: after the first paint
        from unnm_desktop.ui.clipboard_care import ClipboardCare

        logs.start()
        keeping_apart.guard_process()
        # Before there is a thread that would take one of its own.
        heap.share_heap()
        ClipboardCare(self._app, self)
        self._asked = one_window.wanted(self._named)
        self._loader.load_first(self._asked, self.windows.settings.officer)

    def _take(self, loaded: Loaded, tried: int = 0) -> None:
        path = getattr(loaded.trouble, "path", None)
        if path is None or tried >= TRIES:
            self._begin(loaded)
        elif one_window.bring_forward(path):
            self.window.close()
        else:
            # After two quick starts the other window has the file already, but may not listen yet.
            QTimer.singleShot(100, self, lambda: self._take(loaded, tried + 1))

    def _begin(self, loaded: Loaded) -> None:
        self.windows.take_pages(loaded.pages)
        if loaded.trouble is not None and not isinstance(loaded.trouble, UserError):
            raise loaded.trouble
        if self.entrance.locked is not None or self._hub.is_open:
            # Its passphrase is awaited, or was given sooner than everything was loaded.
            self.workspace.rehearse(loaded.rehearsed)
        elif loaded.database is None:
            self.entrance.show(loaded.trouble, self._asked if loaded.trouble is not None else None)
        else:
            self.workspace.begin(loaded.database)
        if self._damaged is not None:
            words = N_("Your preferences could not be read and begin anew. The old ones are kept in {file}.")
            self.window.notice.show_message(self.window.desk.tr(words, file=str(self._damaged)), "warn")
        self.shown.emit()
        after_paint(self, self._load_all)

    def _load_all(self) -> None:
        # Who starts the program again while the rest is loaded is answered, on a slow computer too.
        self.workspace.listen()
        self._loader.load_rest()

    def _take_all(self, loaded: Loaded) -> None:
        self._collecting.start()
        self._idle.resting.connect(self._rest)
        self._jobs.resting.connect(self._give_back)
        if loaded.trouble is not None:
            raise loaded.trouble
        from unnm_desktop.ui import sleep  # the platform's buses and messages: nothing waits for them
        from unnm_desktop.ui.tips import Tips  # nobody points at anything before

        self.windows.take_pages(loaded.pages)
        Tips(self._app, self)
        sleep.listen(self._app, self).coming.connect(self.locking.lock)
        opened_copies.sweep()
        from unnm_desktop.services.handover import staging  # as above

        staging.sweep()
        self.workspace.complete()
        self.ready.emit()

    def _rest(self) -> None:
        """She reads what she sees, and touches nothing for a moment."""
        collect_all()
        self._give_back()

    def _give_back(self) -> None:
        """Hand to the system what the last work took and the next will take anew."""
        if self._hub.is_open:
            self._hub.database.rest()
        heap.give_back()

    # The end ---------------------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open another workspace in this window."""
        self.entrance.open(path)

    def close(self) -> None:
        """Let go of the workspace."""
        self._collecting.stop()
        gc.enable()
        self.door.close()
        self._jobs.cancel_all()
        self.workspace.close()
        self.windows.close()
        self.deleteLater()


def application(arguments: Sequence[str] = ()) -> QApplication:
    """Qt's application, in the style that the colours are made for."""
    # Not by setStyle: it hands back a style, and Qt's style class is slow to make for Python.
    return QApplication(["unnm-desktop", "-style", "fusion", *arguments])


def run(workspace: Path | None = None, arguments: Sequence[str] = ()) -> int:
    """Open the window and stay until it is closed."""
    app = application(arguments)
    if one_window.bring_forward(one_window.wanted(workspace)):
        return 0
    desktop = App(app, workspace)
    # Everything loaded so far stays: later collections need not look at it, and the window never waits for a long one.
    desktop.ready.connect(gc.freeze)
    desktop.start()
    code = app.exec()
    desktop.close()
    return code
