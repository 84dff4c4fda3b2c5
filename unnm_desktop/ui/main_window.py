"""The frame: menu bar, sidebar, header, pages, status bar, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from unnm_desktop.i18n import N_
from unnm_desktop.ui.commands import Commands
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.frame_commands import frame_commands, network_commands
from unnm_desktop.ui.giving_up import gives_up
from unnm_desktop.ui.header import Header
from unnm_desktop.ui.inline_bar import BarRoom, InlineBar
from unnm_desktop.ui.job_line import JobLine
from unnm_desktop.ui.later import after_paint
from unnm_desktop.ui.leaving import Kept, Leaving
from unnm_desktop.ui.menus import Menus
from unnm_desktop.ui.navigation import Navigation
from unnm_desktop.ui.page_stack import PageStack, waiting
from unnm_desktop.ui.places import PLACES, Place
from unnm_desktop.ui.sidebar import Sidebar
from unnm_desktop.ui.status_bar import StatusBar
from unnm_desktop.ui.toast import Toasts
from unnm_desktop.ui.window_shape import LEAST_SIZE, WindowShape

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.ui.finding import Finder
    from unnm_desktop.ui.page_base import Page
    from unnm_desktop.ui.palette import Palette


class MainWindow(QMainWindow):
    """One workspace, one network at a time; pages arrive after the first paint."""

    def __init__(self, desk: Desk, places: Sequence[Place] = PLACES) -> None:
        super().__init__()
        self.desk = desk
        self.finder: Finder | None = None
        desk.ask.attach(self)
        look, language = desk.look, desk.language
        self.setWindowTitle(desk.tr(N_("UNNM Desktop")))
        self.setMinimumSize(LEAST_SIZE)
        self.commands = Commands(self, language, look)
        self.commands.no_writing = self._no_writing
        desk.commands = self.commands
        self.sidebar = Sidebar(language, look, places)
        self.shape = WindowShape(self, self.sidebar, desk.look.text_size)
        self.header = Header(language, look, self.commands)
        # What concerns the whole workspace: it can only be read, or another could not be opened.
        self.notice = InlineBar(desk)
        self.stack = PageStack(desk)
        # What is to be done before the window closes; whether it has to wait for that.
        self.farewell: Callable[[], bool] = bool
        self.navigation = Navigation(self)
        self.leaving = Leaving(self)
        self._closing = False
        # A window that makes way for a fresh one leaves jobs and workspace to it.
        self.replaced = False
        self._palette: Palette | None = None
        self.status = StatusBar(desk)
        self.jobs_line = JobLine(desk)
        self.jobs_line.left.connect(self._go_on)
        self.toasts = Toasts(self, self.status.height() + 12)
        self._build()
        self.menus = Menus(desk, self.commands, self)
        self.commands.add(*frame_commands(self, places))
        self._connect()
        self.shape.restore()

    def _build(self) -> None:
        content = QWidget()
        content.setObjectName("canvas")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(BarRoom(self.notice))
        column.addWidget(self.header)
        column.addWidget(self.jobs_line)
        column.addWidget(self.stack, 1)
        self._edge = QFrame()
        self._edge.setObjectName("sidebarEdge")
        self._edge.setFixedWidth(1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addWidget(self._edge)
        middle.addWidget(content, 1)
        whole = QWidget()
        self._rows = QVBoxLayout(whole)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addLayout(middle, 1)
        self._rows.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        desk = self.desk
        self.sidebar.chosen.connect(self.navigation.go_along)
        self.sidebar.network_chosen.connect(desk.wishes.network_wanted)
        self.sidebar.fold_wanted.connect(self.fold)
        self.header.search.textEdited.connect(self._search)
        self.header.search.returnPressed.connect(lambda: self._search(self.header.search.text()))
        desk.wishes.went.connect(self.go)
        desk.wishes.went_back.connect(self.navigation.back)
        desk.wishes.said.connect(self._say)
        desk.wishes.badge.connect(self.sidebar.set_badge)
        # A method, not a lambda: it is let go with the window, the hub outlives it.
        desk.hub.changed.connect(self._heard)
        desk.hub.taken_back.connect(self.toasts.step_gone)

    # Pages -----------------------------------------------------------------------------------------------------------

    def take_pages(self, kinds: Sequence[type[Page]]) -> None:
        """The pages are loaded; each is built when it is first shown."""
        self.navigation.take_pages(kinds)
        # Not before: whoever is told of a widget has every class of widgets made.
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_keyboard)

    def knows(self, name: str) -> bool:
        """Whether there is a page of that name."""
        return self.stack.knows(name)

    def rehearse(self, name: str, found: object) -> None:
        """Build a page and let it show this where nobody sees it."""
        page = self.stack.page(name)
        # The frame stands around it when it is seen.
        page.resize(self.stack.size() - QSize(self.sidebar.width() + self._edge.width(), self.header.height()))
        page.rehearse(found)
        self.sidebar.resize(self.sidebar.width(), self.stack.height())
        for frame in (self.sidebar, self.header):
            frame.grab()
        self.status.draw_ahead()

    @property
    def current(self) -> Page | None:
        """The page now shown."""
        return self.stack.current

    def go(self, name: str, record_id: UUID | None = None, options: Mapping[str, object] | None = None) -> None:
        """Show a page and remember the way."""
        self.navigation.go(name, record_id, options)

    def _go_on(self) -> None:
        if self.current is not None:
            self.current.take_keyboard()

    def _keep_keyboard(self, old: QWidget | None, now: QWidget | None) -> None:
        """Go on in the page when what had the keyboard there is hidden: Qt goes on wherever Tab would lead."""
        page = self.current
        if page is None or old is None or now is None or old.isVisible() or not page.isAncestorOf(old):
            return
        if not page.isAncestorOf(now):
            page.take_keyboard()

    def show_header(self) -> None:
        """What the page that is shown says of itself, and its buttons."""
        if self.current is None:
            return
        self.header.show_page(self.current)
        self.commands.refresh()

    def _heard(self, _touched: object) -> None:
        self._refresh_commands()

    def _refresh_commands(self) -> None:
        self.commands.refresh()
        self.header.refresh()

    def freeze(self) -> None:
        """Another window takes this one's place: let go of the pages."""
        self._close_palette()
        # They ask their page whether they can be used, at every change until this window is gone.
        self.navigation.drop_commands()
        self.stack.freeze()

    def take_up(self, kept: Kept) -> None:
        """Go on where the window before this one was."""
        self.shape.folded = kept.folded
        self.shape.fit()
        self.navigation.take_up(kept)

    # What commands do ------------------------------------------------------------------------------------------------

    def _say(self, text: str, action: str, run: object) -> None:
        self.toasts.say(text, action, run if callable(run) else None)

    def _search(self, text: str) -> None:
        self.header.search.blockSignals(True)
        self.header.search.clear()
        self.header.search.blockSignals(False)
        self.open_palette(text)

    def open_palette(self, text: str = "") -> None:
        """The list of everything that can be reached."""
        from unnm_desktop.ui.palette import Palette  # only when first asked for

        self._close_palette()
        page = self.current
        if page is not None:
            # It finds the buttons of the page.
            page.complete()
        self._palette = Palette(self.desk, self.commands, self.finder, self, text, page)

    def _close_palette(self) -> None:
        if self._palette is not None and isValid(self._palette):
            self._palette.leave()
        self._palette = None

    def _no_writing(self) -> str:
        """Why nothing can be written, as a msgid."""
        if not self.desk.hub.is_open:
            return N_("No workspace is open.")
        return N_("This workspace is open for reading only.") if self.desk.hub.read_only else ""

    def fold(self) -> None:
        """Fold the sidebar to its icons, or unfold it."""
        self.shape.fold()
        self.toasts.place()

    def draw_icons(self) -> None:
        """The icons of the frame; a first start paints without them and draws them a moment later."""
        self.sidebar.draw_icons()
        self.header.search.draw_icon()

    # The workspace ---------------------------------------------------------------------------------------------------

    def show_waiting(self, text: str = N_("Opening the workspace…")) -> None:
        """Nothing is loaded yet, or the workspace is closed for a moment: no page may ask for its records."""
        words = self.desk.tr(text)
        self.stack.say_waiting(words)
        if self.current is not None:
            self.show_widget(waiting(self.desk.look, words))
        self.status.say_waiting(words)

    def show_workspace(self, networks: Sequence[NetworkName], current: NetworkName | None) -> None:
        """The workspace is open and shows this network."""
        self.change_networks(networks, current)
        self.status.say_opened(read_only=self.desk.hub.read_only)
        self._refresh_commands()

    def change_networks(self, networks: Sequence[NetworkName], current: NetworkName | None) -> None:
        """The networks there are, and the one shown, as they are called now."""
        self.commands.drop(f"network-{network.id}" for network in self.desk.networks)
        self.desk.networks, self.desk.network = tuple(networks), current
        self.desk.hub.network_id = current.id if current is not None else None
        self.sidebar.set_networks(networks, current)
        if current is not None:
            sample = self.desk.tr(N_("Sample")) if current.sample else ""
            self.setWindowTitle(
                " · ".join(part for part in (current.name, current.place, self._file(current), sample) if part)
            )
        self.commands.add(*network_commands(self.desk))

    def _file(self, network: NetworkName) -> str:
        """The file in the title, where it is not called as its network: a restored copy stands beside the first one."""
        if network.sample or not self.desk.hub.is_open:
            return ""
        path = self.desk.hub.database.path
        return "" if path.stem == network.place else path.name

    def show_widget(self, widget: QWidget) -> None:
        """Something other than a page, such as the welcome."""
        self.header.hide()
        self.sidebar.hide()
        self._edge.hide()
        if not self.desk.hub.is_open:
            self.status.say_none()
        self.stack.receive(widget)

    def show_pages(self) -> None:
        """Pages can be shown from now on."""
        self.sidebar.show()
        self._edge.show()
        # Laid out now, so that the page that comes in the guest's place is not laid out at another size first.
        self.header.show()
        self._rows.activate()
        self.stack.dismiss()

    # Shape -----------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        after_paint(self, self.draw_icons)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Whoever comes back in the morning sees the page of the new day.
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.current is not None:
            self.current.make_fresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.shape.fit()
        self.toasts.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.replaced and not self._closing:
            if not self.leaving.may_close() or (self.desk.unwritten.waits and not gives_up(self.desk)):
                event.ignore()
                return
            # Nothing is asked twice; whoever closes it once more does not wait.
            self._closing = True
            for page in self.stack.made():
                page.let_go()
            if self.farewell():
                # Once that is done it closes by itself.
                event.ignore()
                return
        self.shape.remember()
        if not self.replaced:
            self.desk.jobs.cancel_all()
        super().closeEvent(event)
