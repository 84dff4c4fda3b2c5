"""The workspace that is open: which of its networks the window shows, and where in it the officer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from unnm_desktop import paths, settings
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.ui.later import after_paint

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.dashboard import Dashboard
    from unnm_desktop.ui.backup_keeper import BackupKeeper
    from unnm_desktop.ui.desk import NetworkName
    from unnm_desktop.ui.entrance import Entrance
    from unnm_desktop.ui.half_done import HalfDone
    from unnm_desktop.ui.hub import Hub, Touched
    from unnm_desktop.ui.leaving import Kept
    from unnm_desktop.ui.locking import Locking
    from unnm_desktop.ui.main_window import MainWindow
    from unnm_desktop.ui.one_window import Door
    from unnm_desktop.ui.unwritten import Unwritten
    from unnm_desktop.ui.windows import Windows

FIRST_PAGE = "today"
# Milliseconds after which the officer reads what she sees, and threads may make ready what she asks for next.
AT_REST = 500
# Milliseconds between two looks whether work that is awaited is done.
AT_WORK = 200


class OpenWorkspace(QObject):
    """Shows every workspace that comes, and the same place in it again after a lock and in a fresh window."""

    def __init__(
        self,
        hub: Hub,
        windows: Windows,
        entrance: Entrance,
        locking: Locking,
        unwritten: Unwritten,
        door: Door,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._hub, self._windows, self._entrance, self._locking = hub, windows, entrance, locking
        self._unwritten, self._door = unwritten, door
        self._networks: tuple[NetworkName, ...] = ()
        self._network: UUID | None = None
        # Where she was when the workspace was locked or a set-up began over it.
        self._before: Kept | None = None
        # What was half done when it was locked.
        self._half_done: HalfDone | None = None
        self._rehearsed: Dashboard | None = None
        # It is shown once the window that asked for something has heard the answer.
        self._coming: Database | None = None
        # Whether every page is loaded.
        self._complete = False
        self.keeper: BackupKeeper | None = None
        hub.changed.connect(self._heard)
        entrance.came.connect(self._come)
        entrance.unlocked.connect(self._unlocked)
        windows.renewed.connect(self._show_again)

    def change_network(self, network: NetworkName) -> None:
        """Show another of its networks, in a fresh window."""
        self._network = network.id
        self._windows.renew_soon()

    def listen(self) -> None:
        """Answer for this workspace when the program is started again."""
        self._door.listen(self._hub.database.path if self._hub.is_open else None)

    def close(self) -> None:
        """Let go of it."""
        self._await(None)
        if self.keeper is not None:
            self.keeper.close()
        self._unwritten.let_go()
        self._hub.close()

    # A workspace comes -----------------------------------------------------------------------------------------------

    def begin(self, database: Database) -> None:
        """The first one of a sitting: the window is there, and shows nothing yet."""
        self._take(database)
        self._show(None)

    def _come(self, database: Database, said: str) -> None:
        self.take(database, None, said)

    def take(self, database: Database, network: UUID | None = None, said: str = "") -> None:
        """Another one, or the same anew; a fresh window shows it and tells what was ``said`` (a msgid)."""
        if self._is_awaited():
            self._await(database)
            self._take_once_told(database, network, said)
            return
        if self._hub.is_open:
            same = self._hub.database.id == database.id
            if not (self._windows.window.leaving.may_renew() if same else self._windows.window.leaving.may_close()):
                # What could not be kept belongs to the workspace that is open; it stays.
                database.close()
                if said:
                    words = N_("{file} is ready. Open it when this workspace can be left.")
                    self._say(words, file=isolate(database.path.name))
                return
        self._take(database)
        self._network = network
        # Pages keep what they read; a fresh window reads the new workspace.
        self._windows.renew()
        self.listen()
        if said:
            self._say(said)

    def _say(self, words: str, **values: object) -> None:
        desk = self._windows.window.desk
        desk.say(desk.tr(words, **values))

    def _is_awaited(self) -> bool:
        """Whether the window that would go has asked for news that is still under way."""
        return self._hub.is_open and self._windows.window.desk.jobs.awaited

    def _await(self, database: Database | None) -> None:
        if self._coming is not None:
            self._coming.close()
        self._coming = database
        if database is not None:
            self._say(N_("The workspace opens when the work that is under way is done."))

    def _take_once_told(self, database: Database, network: UUID | None, said: str) -> None:
        if database is not self._coming:
            return  # another one was asked for since
        if self._is_awaited():
            QTimer.singleShot(AT_WORK, self, lambda: self._take_once_told(database, network, said))
            return
        if not self._hub.is_open:
            # It was locked meanwhile, and stays so: nobody may be there.
            self._await(None)
            return
        self._coming = None
        self.take(database, network, said)

    def take_again(self, database: Database) -> None:
        """The same one, which was closed for a moment: the same network shows."""
        self.take(database, self._network)

    def _unlocked(self, database: Database) -> None:
        """The passphrase was right: the same place again, where it was locked here."""
        if self._locking.left != database.path:
            # A set-up that was under way over a workspace locked here goes on; any other is left.
            self._entrance.setup = None
            self._entrance.leave_beginning()
        if self._hub.is_open or self._locking.left not in (None, database.path):
            self.take(database)
            return
        network, before = self._network, self._before
        self._take(database)
        self._network = network
        self._show(before)
        if self._entrance.setup is not None:
            self._entrance.show()
        after_paint(self._windows.window, self.listen)

    def _take(self, database: Database) -> None:
        # A package was compared with the workspace that is left.
        self._unwritten.let_go()
        if self._hub.is_open:
            # What is half typed belongs to the workspace that is left.
            self._windows.window.leaving.commit_focus()
            self._hub.close()
        self._hub.open(database)
        if database.remains and not database.read_only and database.handed is None:
            _clear_remains(database)
        self._network, self._before = None, None
        after_paint(self, self._remember)

    def _remember(self) -> None:
        """Note the workspace as the one to begin with."""
        # The sample is looked at, not worked on: the next start begins with the officer's own.
        if self._hub.is_open and self._hub.database.path != paths.sample_workspace():
            self._windows.note(settings.remember(self._windows.settings, self._hub.database.path))

    # It is shown -----------------------------------------------------------------------------------------------------

    def _show_again(self, kept: Kept) -> None:
        before = kept if kept.way.here is not None else self._before
        if self._entrance.setup is not None or self._entrance.locked is not None:
            # The workspace that is open waits behind the set-up; of a locked one only the place in it is known.
            self._before = before
            self._entrance.show()
            after_paint(self._windows.window, self._rehearse)
        elif self._hub.is_open:
            self._show(before)
        elif self._windows.pages:
            self._entrance.show()

    def _show(self, kept: Kept | None) -> None:
        from unnm_desktop.ui.network_names import network_names  # reads records: after the first paint

        window = self._windows.window
        unsealed = self._unwritten.unseal(self._hub.database.path, self._hub.database.key)
        if unsealed is not None:
            kept = unsealed
            self._network = unsealed.network.id if unsealed.network is not None else self._network
        self._half_done = self._locking.half_done()
        if self._half_done is not None:
            window.stack.begun.update(self._half_done.begun)
            self._entrance.beginning = self._half_done.beginning or self._entrance.beginning
        self._networks = network_names(window.desk)
        current = next((n for n in self._networks if n.id == self._network), None) or next(iter(self._networks), None)
        self._network = current.id if current is not None else None
        window.show_workspace(self._networks, current)
        if current is None:
            self._entrance.show(UserError(N_("This workspace holds no network yet.")))
            return
        window.show_pages()
        self._go_on(window, kept)
        if self._entrance.beginning is not None:
            self._entrance.show()
        after_paint(window, lambda: self._attend(window))

    def _go_on(self, window: MainWindow, kept: Kept | None) -> None:
        here = kept.way.here if kept is not None else None
        if kept is None or here is None:
            window.navigation.way.forget()
            window.navigation.begin(FIRST_PAGE)
        elif kept.network is not None and kept.network.id != self._network:
            # The record and the way to it belong to the network left; its place is the same.
            page = next((one for one in self._windows.pages if one.name == here.page), None)
            window.go(page.place or page.name if page is not None else FIRST_PAGE)
        else:
            window.take_up(kept)

    def _attend(self, window: MainWindow) -> None:
        """What the page is shown without: a word about the file, the search of records, and the watch over the day."""
        if window is not self._windows.window or not self._hub.is_open:
            return  # locked, closed or built anew before it was painted
        self._entrance.file.tell_state()
        from unnm_desktop.ui.finding import Finder  # the page is painted before they are loaded
        from unnm_desktop.ui.watch import Watch  # as above

        window.finder = Finder(window.desk)
        if self._complete:
            QTimer.singleShot(AT_REST, window, self._read_ahead)
        if self.keeper is None:
            from unnm_desktop.ui.backup_keeper import BackupKeeper  # as above

            self.keeper = BackupKeeper(self)
        self.keeper.attach(window)
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

    # What can be made ready ------------------------------------------------------------------------------------------

    def rehearse(self, found: Dashboard | None) -> None:
        """While the passphrase is typed: build the first page, and paint it unseen with the day of no network."""
        self._rehearsed = found
        self._rehearse()

    def _rehearse(self) -> None:
        if self._rehearsed is not None and self._entrance.locked is not None:
            self._windows.window.rehearse(FIRST_PAGE, self._rehearsed)

    def complete(self) -> None:
        """Every page is loaded."""
        self._complete = True
        QTimer.singleShot(AT_REST, self._windows.window, self._read_ahead)

    def _read_ahead(self) -> None:
        """She reads what she sees: what she may ask for next is made ready."""
        desk = self._windows.window.desk
        if self._hub.is_open and desk.network is not None:
            from unnm_desktop.ui.read_ahead import read_ahead  # its pages are loaded by now

            read_ahead(desk)

    # It changes ------------------------------------------------------------------------------------------------------

    def tell_handed(self) -> None:
        """The office was handed over or taken back: the frame says whether it can be written."""
        window = self._windows.window
        window.notice.clear()
        window.status.say_opened(read_only=self._hub.read_only)
        self._entrance.file.tell_state()
        # Taken back, the button that was pressed is gone, wherever it stood.
        if window.current is not None and not self._hub.read_only:
            window.current.take_keyboard()

    def _heard(self, touched: Touched) -> None:
        """A network came, went or has another name: the window says so at once."""
        if "network" not in touched.kinds or not self._networks:
            return
        from unnm_desktop.ui.network_names import network_names  # reads records: after the first paint

        window = self._windows.window
        found = network_names(window.desk)
        current = next((one for one in found if one.id == self._network), None)
        if found == self._networks:
            return
        self._networks = found
        if current is not None:
            window.change_networks(found, current)
        elif found:
            self.change_network(found[0])


def _clear_remains(database: Database) -> None:
    """What was cut off of an erasure is done before anybody can attach a file."""
    from unnm_desktop.services.handover import erasing  # not before the first paint, and hardly ever

    try:
        erasing.clear_remains(database)
    except UserError:
        import logging  # as above

        logging.getLogger("unnm").warning("what lies under erased data is not cleared away yet")
