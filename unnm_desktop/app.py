"""Puts everything together: paints the window first, then loads the lower floors and opens the workspace."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from unnm_desktop import paths, settings
from unnm_desktop.errors import UserError
from unnm_desktop.garbage import collect_all, collect_young
from unnm_desktop.i18n import N_, language_for
from unnm_desktop.settings import Settings
from unnm_desktop.ui import fonts, one_window, opened_copies, theme
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.entrance import Entrance, first_settings
from unnm_desktop.ui.file_work import FileWork
from unnm_desktop.ui.hub import Hub, Touched
from unnm_desktop.ui.idle import Idle
from unnm_desktop.ui.jobs import Jobs
from unnm_desktop.ui.later import after_paint
from unnm_desktop.ui.loading import Loaded, Loader
from unnm_desktop.ui.locking import Locking
from unnm_desktop.ui.main_window import Kept, MainWindow
from unnm_desktop.ui.surroundings import Surroundings
from unnm_desktop.ui.unwritten import Unwritten

if TYPE_CHECKING:
    from datetime import date
    from types import TracebackType
    from uuid import UUID

    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.dashboard import Dashboard
    from unnm_desktop.ui.backup_keeper import BackupKeeper
    from unnm_desktop.ui.crash import Crash
    from unnm_desktop.ui.half_done import HalfDone
    from unnm_desktop.ui.page_base import Page

FIRST_PAGE = "today"
# Milliseconds after which the officer reads what she sees, and threads may make ready what she asks for next.
AT_REST = 500
# Seconds that a thread works on while the screen's waits for its turn; Python's own are ten times as many, and the
# screen's thread needs a turn after each call of Qt.
TURN = 0.0005
# So often, each tenth of a second, a second start asks for the window that has its workspace but may not listen yet.
TRIES = 100
# Milliseconds between two looks for garbage.
_COLLECTING = 500


class App(QObject):
    """One workspace in one window; a change of language, theme or network builds a fresh window."""

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
        self._today = today
        self._app = app
        self._workspace = workspace
        self._damaged = settings.set_damaged_aside()
        self._settings = first_settings(settings.load())
        self._hub = Hub(self)
        self._hub.changed.connect(self._heard)
        self.door = one_window.Door(self)
        self._jobs = Jobs(self)
        self.entrance = Entrance(self._hub, self._jobs, self)
        self.entrance.came.connect(self._opened)
        self.entrance.unlocked.connect(self._unlocked)
        self._idle = Idle(app, self)
        self._idle.minutes = self._settings.lock_after
        self._unwritten = Unwritten()
        self.locking = Locking(self._hub, self._jobs, self.entrance, self._unwritten, lambda: self.window, self)
        self.locking.locked.connect(self.rebuild)
        self._idle.gone.connect(self.locking.lock)
        # What was half done when the workspace was locked.
        self._half_done: HalfDone | None = None
        self.entrance.went_back.connect(self.rebuild)
        self._pages: tuple[type[Page], ...] = ()
        # Whether all of them are loaded.
        self._complete = False
        self._networks: tuple[NetworkName, ...] = ()
        self._network: UUID | None = None
        self._rehearsed: Dashboard | None = None
        self._asked: Path | None = None
        self._hook = sys.excepthook
        self._crash: Crash | None = None
        self._before: Kept | None = None
        self._keeper: BackupKeeper | None = None
        self._file_work = FileWork(self._hub, self._jobs, lambda: self.window, self)
        self._file_work.opened.connect(self._again)
        self._file_work.lost.connect(self.entrance.show)
        self._around = Surroundings(app, self)
        self._around.colours.connect(self._system_theme)
        self._around.contrast.connect(self._rebuild_soon)
        self._around.screen_gone.connect(self._screen_gone)
        app.setApplicationName("UNNM Desktop")
        fonts.load()
        self.window = self._fresh_window()
        self._loader = Loader(self)
        self._loader.first.connect(self._take)
        self._loader.rest.connect(self._take_all)

    # The window ------------------------------------------------------------------------------------------------------

    def _fresh_window(self) -> MainWindow:
        language = language_for(self._settings.language, self._settings.digits, months=self._settings.months)
        look = theme.look_for(self._settings, language.rtl)
        self._around.speak(language.code)
        theme.apply(self._app, look)
        desk = Desk(self._hub, language, look, self._jobs, self._settings, None, self._today, self._unwritten)
        desk.wishes.settings_wanted.connect(self._change_settings)
        desk.wishes.network_wanted.connect(self._change_network)
        desk.wishes.closed_work_wanted.connect(self._file_work.begin)
        desk.wishes.lock_wanted.connect(self.locking.lock)
        desk.wishes.handed.connect(self._handed)
        window = MainWindow(desk)
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
        sys.excepthook = self._crashed
        self._crash = None
        return window

    def _crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from unnm_desktop.ui.crash import Crash  # its dialog is seldom needed, and never before the first paint

        self._crash = self._crash or Crash(self.window.desk.language, self.window)
        self._crash(kind, error, trace)

    def rebuild(self) -> None:
        """A fresh window in the same place, showing the same record."""
        old = self.window
        kept = old.keep()
        if kept is None:
            # What could not be kept lives in the old window; it stays, and says why.
            return
        geometry = old.saveGeometry()
        self.window = self._fresh_window()
        self.window.restoreGeometry(geometry)
        if not self.window.isMaximized() and not self.window.isFullScreen():
            # Qt cuts a window that reaches over its screen; another language is no reason to.
            self.window.resize(old.size())
        self.window.draw_icons()
        self.window.show()
        self.door.window = self.window
        old.replaced = True
        old.close()
        old.deleteLater()
        before = kept if kept.way.here is not None else self._before
        if self.entrance.setup is not None or self.entrance.locked is not None:
            # The workspace that is open waits behind the set-up; of a locked one only the place in it is known.
            self._before = before
            self.window.take_pages(self._pages)
            self.entrance.show()
            after_paint(self.window, self._rehearse)
        elif self._hub.is_open:
            self._show(before)
        elif self._pages:
            self.entrance.show()

    def _change_settings(self, changed: Settings) -> None:
        before, self._settings = self._settings, changed
        try:
            settings.save(changed)
        except OSError:
            desk = self.window.desk
            desk.say(desk.tr(N_("The preferences could not be kept. They hold until the program is closed.")))
        if self._hub.is_open:
            self._hub.database.officer = changed.officer
        self._idle.minutes = changed.lock_after
        if _seen(before) != _seen(changed):
            self._rebuild_soon()

    def _change_network(self, network: NetworkName) -> None:
        self._network = network.id
        self._rebuild_soon()

    def _rebuild_soon(self) -> None:
        """After the event that asked for it: the field that sent it lives in the old window."""
        QTimer.singleShot(0, self, self._make_way)

    def _make_way(self) -> None:
        if QApplication.activeModalWidget() is not None or self._hub.written_apart:
            # Somebody answers a question over the old window, or a job of it is writing; it stays until that is over.
            QTimer.singleShot(200, self, self._make_way)
            return
        if self.window.keep() is not None:
            QTimer.singleShot(0, self, self.rebuild)

    def _system_theme(self) -> None:
        if self._settings.theme == "system" and theme.is_dark("system") != self.window.desk.look.dark:
            self._rebuild_soon()

    def _screen_gone(self) -> None:
        from unnm_desktop.ui.on_screen import bring_back  # screens are seldom unplugged

        # Once Qt has forgotten the screen.
        QTimer.singleShot(0, self, lambda: bring_back(self.window))

    # The workspace ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window, then load what it needs in a thread."""
        sys.setswitchinterval(TURN)
        path = one_window.wanted(self._workspace)
        if path is not None and paths.is_protected(path):
            # She types her passphrase while the rest is loaded.
            self.entrance.ask_passphrase(path)
        else:
            self.window.show_waiting()
        self.window.show()
        # Only then is anything heavy imported. A lambda, because tests put another _load in its place.
        after_paint(self, lambda: self._load())

    def _load(self) -> None:
        from unnm_desktop import heap, keeping_apart, logs  # pull sockets, pickle and C types: after the first paint
        from unnm_desktop.ui.clipboard_care import ClipboardCare

        logs.start()
        keeping_apart.guard_process()
        # Before there is a thread that would take one of its own.
        heap.share_heap()
        ClipboardCare(self._app, self)
        path, officer = one_window.wanted(self._workspace), self._settings.officer
        self._asked = path
        self._loader.load_first(path, officer)

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
        self._pages = loaded.pages
        self.window.take_pages(loaded.pages)
        if loaded.trouble is not None and not isinstance(loaded.trouble, UserError):
            raise loaded.trouble
        if self.entrance.locked is not None or self._hub.is_open:
            # Its passphrase is awaited, or was given sooner than everything was loaded.
            self._rehearsed = loaded.rehearsed
            self._rehearse()
        elif loaded.database is None:
            self.entrance.show(loaded.trouble, self._asked if loaded.trouble is not None else None)
        else:
            self._took(loaded.database)
            self._show(None)
        if self._damaged is not None:
            words = N_("Your preferences could not be read and begin anew. The old ones are kept in {file}.")
            self.window.notice.show_message(self.window.desk.tr(words, file=str(self._damaged)), "warn")
        self.shown.emit()
        after_paint(self, self._load_all)

    def _rehearse(self) -> None:
        """While the passphrase is typed: build the first page, and paint it unseen with the day of no network."""
        if self._rehearsed is not None and self.entrance.locked is not None:
            self.window.rehearse(FIRST_PAGE, self._rehearsed)

    def _load_all(self) -> None:
        # Who starts the program again while the rest is loaded is answered, on a slow computer too.
        self._listen()
        self._loader.load_rest()

    def _take_all(self, loaded: Loaded) -> None:
        self._collecting.start()
        self._idle.resting.connect(collect_all)
        if loaded.trouble is not None:
            raise loaded.trouble
        from unnm_desktop.ui import sleep  # the platform's buses and messages: nothing waits for them
        from unnm_desktop.ui.tips import Tips  # nobody points at anything before

        self._pages = loaded.pages
        self.window.take_pages(loaded.pages)
        Tips(self._app, self)
        sleep.listen(self._app, self).coming.connect(self.locking.lock)
        opened_copies.sweep()
        from unnm_desktop.services.handover import staging  # as above

        staging.sweep()
        self._complete = True
        QTimer.singleShot(AT_REST, self.window, self._read_ahead)
        self.ready.emit()

    def _read_ahead(self) -> None:
        """She reads what she sees: what she may ask for next is made ready."""
        if self._hub.is_open and self.window.desk.network is not None:
            from unnm_desktop.ui.read_ahead import read_ahead  # its pages are loaded by now

            read_ahead(self.window.desk)

    def _listen(self) -> None:
        self.door.window = self.window
        self.door.listen(self._hub.database.path if self._hub.is_open else None)

    def _took(self, database: Database) -> None:
        # A package was compared with the workspace that is left.
        self._unwritten.let_go()
        if self._hub.is_open:
            # What is half typed belongs to the workspace that is left.
            self.window.commit_focus()
            self._hub.close()
        self._hub.open(database)
        if database.remains and not database.read_only and database.handed is None:
            self._clear_remains(database)
        self._network, self._before = None, None
        after_paint(self, self._remember)

    def _remember(self) -> None:
        """Note the workspace as the one to begin with."""
        if not self._hub.is_open:
            return
        database = self._hub.database
        # The sample is looked at, not worked on: the next start begins with the officer's own.
        if database.path != paths.sample_workspace():
            self._settings = settings.remember(self._settings, database.path)
            self.window.desk.settings = self._settings
            try:
                settings.save(self._settings)
            except OSError:
                import logging  # not before the first paint

                # Only the list of recent files is lost; the workspace is open.
                logging.getLogger("unnm").warning("the preferences could not be written")

    @staticmethod
    def _clear_remains(database: Database) -> None:
        """What was cut off of an erasure is done before anybody can attach a file."""
        from unnm_desktop.services.handover import erasing  # not before the first paint, and hardly ever

        try:
            erasing.clear_remains(database)
        except UserError:
            import logging  # as below

            logging.getLogger("unnm").warning("what lies under erased data is not cleared away yet")

    def _opened(self, database: Database, network: UUID | None = None) -> None:
        if self._hub.is_open:
            same = self._hub.database.id == database.id
            if not (self.window.may_renew() if same else self.window.may_close()):
                # What could not be kept belongs to the workspace that is open; it stays.
                database.close()
                return
        self._took(database)
        self._network = network
        # Pages keep what they read; a fresh window reads the new workspace.
        self.rebuild()
        self._listen()

    def _show(self, kept: Kept | None) -> None:
        from unnm_desktop.ui.network_names import network_names  # reads records: after the first paint

        window = self.window
        window.take_pages(self._pages)
        unsealed = self._unwritten.unseal(self._hub.database.path, self._hub.database.key)
        if unsealed is not None:
            kept = unsealed
            self._network = unsealed.network.id if unsealed.network is not None else self._network
        self._half_done = self.locking.half_done()
        if self._half_done is not None:
            window.begun.update(self._half_done.begun)
        self._networks = network_names(window.desk)
        current = next((n for n in self._networks if n.id == self._network), None) or next(iter(self._networks), None)
        self._network = current.id if current is not None else None
        window.show_workspace(self._networks, current)
        if current is None:
            self.entrance.show(UserError(N_("This workspace holds no network yet.")))
            return
        window.show_pages()
        here = kept.way.here if kept is not None else None
        if kept is None or here is None:
            window.way.forget()
            window.go(FIRST_PAGE)
        elif kept.network is not None and kept.network.id != self._network:
            # The record and the way to it belong to the network left; its place is the same.
            page = next((one for one in self._pages if one.name == here.page), None)
            window.go(page.place or page.name if page is not None else FIRST_PAGE)
        else:
            window.take_up(kept)
        after_paint(window, lambda: self._attend(window))

    def _handed(self) -> None:
        """The office was handed over or taken back: the frame says whether it can be written."""
        self.window.notice.clear()
        self.window.status.say_opened(read_only=self._hub.read_only)
        self.entrance.file.tell_state()

    def _heard(self, touched: Touched) -> None:
        """A network came, went or has another name: the window says so at once."""
        if "network" not in touched.kinds or not self._networks:
            return
        from unnm_desktop.ui.network_names import network_names  # reads records: after the first paint

        found = network_names(self.window.desk)
        current = next((one for one in found if one.id == self._network), None)
        if found == self._networks:
            return
        self._networks = found
        if current is not None:
            self.window.change_networks(found, current)
        elif found:
            self._change_network(found[0])

    def _attend(self, window: MainWindow) -> None:
        """What the page is shown without: a word about the file, the search of records, and the watch over the day."""
        if window is not self.window or not self._hub.is_open:
            return  # locked, closed or built anew before it was painted
        self.entrance.file.tell_state()
        from unnm_desktop.ui.finding import Finder  # the page is painted before they are loaded
        from unnm_desktop.ui.watch import Watch  # as above

        window.finder = Finder(window.desk)
        if self._complete:
            QTimer.singleShot(AT_REST, window, self._read_ahead)
        if self._keeper is None:
            from unnm_desktop.ui.backup_keeper import BackupKeeper  # as above

            self._keeper = BackupKeeper(self)
        self._keeper.attach(window)
        # Its parent is the window it works for, and it goes with it.
        Watch(window.desk, window).start()
        from unnm_desktop.ui.soundness import Soundness  # as above

        Soundness(window)
        from unnm_desktop.ui.unkept import offer_unkept  # as above

        if window.current is not None:
            offer_unkept(window.desk, window.current.bar)
        half, self._half_done = self._half_done, None
        if half is not None:
            from unnm_desktop.ui.half_done import Return  # as above

            Return(window, half).start()

    # Protection ------------------------------------------------------------------------------------------------------

    def _unlocked(self, database: Database) -> None:
        """The passphrase was right: the same place again, where it was locked here."""
        if self.locking.left != database.path:
            # A set-up that was under way over a workspace locked here goes on; any other is left.
            self.entrance.setup = None
        if self._hub.is_open or self.locking.left not in (None, database.path):
            self._opened(database)
            return
        network, before = self._network, self._before
        self._took(database)
        self._network = network
        self._show(before)
        if self.entrance.setup is not None:
            self.entrance.show()
        after_paint(self.window, self._listen)

    def _again(self, database: Database) -> None:
        self._opened(database, self._network)

    def open(self, path: Path) -> None:
        """Open another workspace in this window."""
        self.entrance.open(path)

    def close(self) -> None:
        """Let go of the workspace."""
        sys.excepthook = self._hook
        self._collecting.stop()
        gc.enable()
        self.door.close()
        self._jobs.cancel_all()
        if self._keeper is not None:
            self._keeper.close()
        self._unwritten.let_go()
        self._hub.close()
        self.window.deleteLater()
        self.deleteLater()


def _seen(kept: Settings) -> Settings:
    """The preferences without those that change nothing in the window."""
    return replace(kept, officer="", recent=(), lock_after=0)


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
