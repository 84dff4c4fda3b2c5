"""The frame: menu bar, sidebar, header, pages, status bar, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from unnm_desktop.i18n import N_
from unnm_desktop.ui import panes, undoing
from unnm_desktop.ui.commands import Command, Commands
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.frame_commands import frame_commands
from unnm_desktop.ui.giving_up import gives_up, gives_up_words
from unnm_desktop.ui.header import Header
from unnm_desktop.ui.inline_bar import BarRoom, InlineBar
from unnm_desktop.ui.job_line import JobLine
from unnm_desktop.ui.keeping import Hand, hand_on, refused_on, take_hand, take_refused
from unnm_desktop.ui.later import after_paint
from unnm_desktop.ui.menus import MENUS, Menu, fill
from unnm_desktop.ui.places import PLACES, Place
from unnm_desktop.ui.sidebar import Sidebar
from unnm_desktop.ui.status_bar import StatusBar
from unnm_desktop.ui.toast import Toasts
from unnm_desktop.ui.way import Stop, Way
from unnm_desktop.ui.widgets import label
from unnm_desktop.ui.window_shape import LEAST_SIZE, WindowShape

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.ui.finding import Finder
    from unnm_desktop.ui.page_base import Page
    from unnm_desktop.ui.palette import Palette


class Kept(NamedTuple):
    """What a fresh window takes over from the one before it."""

    network: NetworkName | None
    way: Way
    hand: Hand | None
    # What fields could not keep.
    typed: tuple[Hand, ...]
    folded: bool | None
    # What pages have begun, by their names.
    begun: Mapping[str, object]


class MainWindow(QMainWindow):
    """One workspace, one network at a time; pages arrive after the first paint."""

    # The name of a menu and the menu, filled with the commands that stand in it.
    menu_filled = Signal(str, object)

    def __init__(self, desk: Desk, places: Sequence[Place] = PLACES) -> None:
        super().__init__()
        self.desk = desk
        self.finder: Finder | None = None
        self._kinds: dict[str, type[Page]] = {}
        self._wanted: Stop | None = None
        self._along = False
        self._pages: dict[str, Page] = {}
        self._page: Page | None = None
        self._page_commands: list[str] = []
        self.way = Way()
        # What pages that are not made yet go on with, by their names.
        self.begun: dict[str, object] = {}
        desk.ask.attach(self)
        look, language = desk.look, desk.language
        self.setWindowTitle(desk.tr(N_("UNNM Desktop")))
        self.setMinimumSize(LEAST_SIZE)
        self.commands = Commands(self, language, look)
        self.commands.no_writing = self._no_writing
        self.sidebar = Sidebar(language, look, places)
        self._shape = WindowShape(self, self.sidebar, desk.look.text_size)
        self.header = Header(language, look, self.commands)
        # What concerns the whole workspace: it can only be read, or another could not be opened.
        self.notice = InlineBar(desk)
        self.stack = QStackedWidget()
        # What is to be done before the window closes; whether it has to wait for that.
        self.farewell: Callable[[], bool] = bool
        self._leaving = False
        # A window that makes way for a fresh one leaves jobs and workspace to it.
        self.replaced = False
        self._kept: Kept | None = None
        self._palette: Palette | None = None
        # The page whose grey line stands in the header.
        self._told: Page | None = None
        self._guest: QWidget | None = None
        self._wait = label(look, "", "grey")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self._wait)
        self.status = StatusBar(desk)
        self.jobs_line = JobLine(desk)
        self.toasts = Toasts(self, self.status.height() + 12)
        self._build()
        self._menus = {name: Menu(desk.look, desk.tr(title), self) for name, title in MENUS}
        for name, menu in self._menus.items():
            self.menuBar().addMenu(menu)
            menu.aboutToShow.connect(lambda name=name: self._fill_menu(name))
        self.commands.add(*frame_commands(self, places))
        self._connect()
        self._shape.restore()

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
        self.sidebar.chosen.connect(self._go_along)
        self.sidebar.network_chosen.connect(desk.wishes.network_wanted)
        self.sidebar.fold_wanted.connect(self.fold)
        self.header.search.textEdited.connect(self._search)
        self.header.search.returnPressed.connect(lambda: self._search(self.header.search.text()))
        desk.wishes.went.connect(self.go)
        desk.wishes.went_back.connect(self.back)
        desk.wishes.said.connect(self._say)
        desk.wishes.badge.connect(self.sidebar.set_badge)
        # A method, not a lambda: it is let go with the window, the hub outlives it.
        desk.hub.changed.connect(self._heard)
        desk.hub.taken_back.connect(self.toasts.step_gone)

    # Pages -----------------------------------------------------------------------------------------------------------

    def take_pages(self, kinds: Sequence[type[Page]]) -> None:
        """The pages are loaded; each is built when it is first shown."""
        known = {kind.name: kind for kind in kinds}
        if known == self._kinds:
            return
        self._kinds = known
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.go(wanted.page, wanted.record_id, wanted.options)
        # Some commands lead to pages that were not known until now.
        self.commands.refresh()

    def page(self, name: str) -> Page:
        """The page of that name, built now if need be."""
        if name not in self._pages:
            page = self._kinds[name](self.desk)
            page.header_changed.connect(self._show_header)
            self._pages[name] = page
            self.stack.addWidget(page)
            begun = self.begun.pop(name, None)
            if begun is not None:
                page.go_on(begun)
        return self._pages[name]

    def begun_on_pages(self) -> dict[str, object]:
        """What pages have begun, by their names, shown since or not."""
        return self.begun | {name: begun for name, page in self._pages.items() if (begun := page.begun()) is not None}

    def stop(self) -> Stop | None:
        """Where the officer is, as the way back leads there."""
        self._note_record()
        return self.way.here

    def rehearse(self, name: str, found: object) -> None:
        """Build a page and let it show this where nobody sees it."""
        page = self.page(name)
        # The frame stands around it when it is seen.
        page.resize(self.stack.size() - QSize(self.sidebar.width() + self._edge.width(), self.header.height()))
        page.rehearse(found)
        for frame in (self.sidebar, self.header):
            frame.grab()
        self.status.draw_ahead()

    @property
    def current(self) -> Page | None:
        """The page now shown."""
        return self._page

    def go(self, name: str, record_id: UUID | None = None, options: Mapping[str, object] | None = None) -> None:
        """Show a page and remember the way."""
        stop = Stop(name, record_id, dict(options or {}))
        # A set-up under way is left by its own buttons.
        if self._guest is not None:
            return
        # A page that is still being loaded is shown when it comes.
        self._wanted = stop if name not in self._kinds else None
        if self._wanted is not None:
            return
        if record_id is not None:
            from unnm_desktop.ui import recents  # records are shown after the first paint only

            recents.note(self.desk, name, record_id, stop.options.get("entity"))
        if self.way.here != stop:
            self._note_record()
            self.way.go(stop)
        self._show(stop)

    def _go_along(self, name: str) -> None:
        """Arrows in the sidebar show place after place: the keyboard stays there."""
        self._along = True
        self.go(name)
        self._along = False

    @property
    def has_guest(self) -> bool:
        """Whether something other than a page is shown."""
        return self._guest is not None

    def knows(self, name: str) -> bool:
        """Whether there is a page of that name."""
        return name in self._kinds

    def _note_record(self) -> None:
        page = self._page
        if page is not None:
            current = getattr(page, "current", None)
            self.way.note(current() if callable(current) else None, page.leads_back())

    def _show(self, stop: Stop) -> None:
        page = self.page(stop.page)
        if page is not self._page:
            self.commands.drop(self._page_commands)
            self._page = page
            found = tuple(page.commands())
            self._page_commands = [command.id for command in found]
            self.commands.add(*found)
        self.sidebar.light(page.place or page.name)
        self.header.setVisible(not page.own_header)
        self.stack.setCurrentWidget(page)
        page.make_fresh()
        if stop.record_id is not None or stop.options:
            page.open_record(stop.record_id, stop.options)
        self._show_header()
        first = page.first_focus()
        if first is not None and not self._along:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_header(self) -> None:
        page = self._page
        if page is None:
            return
        if page.counted:
            self._told, words = page, page.subline()
        else:
            # The number before stays until the new one is known; of another page its place is kept.
            words = self.header.subline.text() if page is self._told else "\u00a0"
        self.header.show_page(page.heading(), words)
        known = {command.id: command for command in self.commands.all()}
        secondary = [known[name] for name in page.secondary if name in known]
        self.header.show_commands(secondary, known.get(page.primary))
        self._refresh_commands()

    def _heard(self, _touched: object) -> None:
        self._refresh_commands()

    def _refresh_commands(self) -> None:
        self.commands.refresh()
        page = self._page
        if page is not None:
            known = {command.id: command for command in self.commands.all()}
            for name, made in self.header.buttons.items():
                if name in known:
                    made.setEnabled(known[name].enabled())

    def back(self) -> None:
        """Go where the officer was before."""
        self._walk(-1)

    def forward(self) -> None:
        """Go again where back came from."""
        self._walk(1)

    def _walk(self, steps: int) -> None:
        if self.way.can_go(steps):
            self._note_record()
            stop = self.way.walk(steps)
            if stop is not None:
                self._show(stop)

    def keep(self) -> Kept | None:
        """Where the officer is, for the fresh window in this one's place; of the page only a picture stays.

        None when something typed could not be kept and she wants to stay with it.

        """
        if self._kept is None:
            hand = hand_on(self._page)
            if not self.may_renew():
                return None
            for page in self._pages.values():
                page.hand_on()
            self._kept = self._keep(hand)
        return self._kept

    def leave(self) -> Kept:
        """The same at once and without a question, because the workspace is locked: what cannot be written comes along.

        The texts of minutes among it are in ``desk.unwritten``; the window itself keeps no word.

        """
        hand = hand_on(self._page)
        self.commit_focus()
        for page in self._pages.values():
            if not page.may_close():
                self.desk.unwritten.minutes |= page.unwritten()
        kept = self._keep(hand)
        self._kept = kept._replace(hand=None, typed=(), begun={})
        return kept

    def _keep(self, hand: Hand | None) -> Kept:
        self._note_record()
        kept = Kept(
            self.desk.network, self.way, hand, refused_on(self._page), self._shape.folded, self.begun_on_pages()
        )
        self._freeze()
        return kept

    def _freeze(self) -> None:
        self._close_palette()
        # Qt dresses every widget there is anew, those of the old pages too: they go first.
        picture = QLabel()
        picture.setPixmap(self.stack.grab())
        self.stack.addWidget(picture)
        self.stack.setCurrentWidget(picture)
        self._page = None
        # They ask their page whether they can be used, at every change until this window is gone.
        self.commands.drop(self._page_commands)
        for page in self._pages.values():
            page.let_go()
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def take_up(self, kept: Kept) -> None:
        """Go on where the window before this one was."""
        self._shape.folded = kept.folded
        self._shape.fit()
        self.begun.update(kept.begun)
        self.way.take(kept.way)
        if self.way.here is not None:
            self._show(self.way.here)
        if self._page is not None:
            self._page.complete()
            take_refused(self._page, kept.typed)
            if kept.hand is not None:
                take_hand(self._page, kept.hand)

    # What commands do ------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the newest step and say which; the keyboard stays where it was."""
        now = QApplication.focusWidget()
        self.commit_focus()
        undoing.undo(self.desk)
        # What was undone may have taken the field along.
        if now is not None and isValid(now) and self.isAncestorOf(now):
            now.setFocus()

    def redo(self) -> None:
        """Do again what was taken back last."""
        undoing.redo(self.desk)

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
        if self._page is not None:
            # It finds the buttons of the page.
            self._page.complete()
        self._palette = Palette(self.desk, self.commands, self.finder, self, text, self._page)

    def _close_palette(self) -> None:
        if self._palette is not None and isValid(self._palette):
            self._palette.leave()
        self._palette = None

    def resize_text(self, step: int) -> None:
        """Larger or smaller text; 0 is the normal size."""
        size = min(150, max(90, self.desk.settings.text_size + step)) if step else 100
        if size != self.desk.settings.text_size:
            self.desk.wishes.settings_wanted.emit(replace(self.desk.settings, text_size=size))

    def _no_writing(self) -> str:
        """Why nothing can be written, as a msgid."""
        if not self.desk.hub.is_open:
            return N_("No workspace is open.")
        return N_("This workspace is open for reading only.") if self.desk.hub.read_only else ""

    def fold(self) -> None:
        """Fold the sidebar to its icons, or unfold it."""
        self._shape.fold()
        self.toasts.place()

    def walk_panes(self, step: int) -> None:
        """Give the keyboard to the next part of the window, or the one before."""
        page = self._page
        found: list[QWidget | None] = [self.sidebar.top_list, self.header.search if self.header.isVisible() else None]
        if page is not None:
            found += [page.first_focus(), getattr(page, "inspector", None)]
        found += [toast.button for toast in self.toasts.shown()]
        panes.walk([pane for pane in found if pane is not None and pane.isVisible()], step)

    def _fill_menu(self, name: str) -> None:
        menu = self._menus[name]
        menu.clear()
        self.commands.refresh()
        fill(menu, name, self.commands)
        self.menu_filled.emit(name, menu)

    def draw_icons(self) -> None:
        """The icons of the frame; a first start paints without them and draws them a moment later."""
        self.sidebar.draw_icons()
        self.header.search.draw_icon()

    # The workspace ---------------------------------------------------------------------------------------------------

    def show_waiting(self) -> None:
        """Nothing is loaded yet, or the workspace is closed for a moment: no page may ask for its records."""
        words = self.desk.tr(N_("Opening the workspace…"))
        self._wait.setText(words)
        if self._page is not None:
            waiting = label(self.desk.look, words, "grey")
            waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.show_widget(waiting)
        self.status.say_loading()

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
            self.setWindowTitle(" · ".join(part for part in (current.name, current.place, sample) if part))
        self.commands.add(*self._other_networks())

    def _other_networks(self) -> Sequence[Command]:
        """The switcher's choices as commands: it has no place in a folded sidebar."""
        return [
            Command(
                f"network-{network.id}",
                N_("Switch to {name}"),
                partial(self.desk.wishes.network_wanted.emit, network),
                "chevrons-up-down",
                menu="go",
                values={"name": f"{network.name} · {network.place}" if network.place else network.name},
            )
            for network in self.desk.networks
            if network is not self.desk.network
        ]

    def show_widget(self, widget: QWidget) -> None:
        """Something other than a page, such as the welcome."""
        self._drop_guest()
        self._guest = widget
        self.header.hide()
        self.sidebar.hide()
        self._edge.hide()
        if not self.desk.hub.is_open:
            self.status.say_none()
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def show_pages(self) -> None:
        """Pages can be shown from now on."""
        self.sidebar.show()
        self._edge.show()
        # Laid out now, so that the page that comes in the guest's place is not laid out at another size first.
        self.header.show()
        self._rows.activate()
        self._drop_guest()

    def _drop_guest(self) -> None:
        if self._guest is not None:
            self.stack.removeWidget(self._guest)
            self._guest.deleteLater()
            self._guest = None

    # Shape -----------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        after_paint(self, self.draw_icons)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Whoever comes back in the morning sees the page of the new day.
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self._page is not None:
            self._page.make_fresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shape.fit()
        self.toasts.place()

    def commit_focus(self) -> None:
        """What is half typed is kept before something else happens."""
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            now.clearFocus()

    def may_close(self) -> bool:
        """Whether everything typed is kept, or the officer lets go of what could not be."""
        pages = self._pages.values()
        return (
            self.may_renew()
            and (not any(map(refused_on, pages)) or gives_up(self.desk))
            and (not any(page.only_here() for page in pages) or gives_up_words(self.desk))
        )

    def may_renew(self) -> bool:
        """The same for a fresh window over the same workspace: what fields could not keep comes along."""
        self.commit_focus()
        return all(page.may_close() for page in self._pages.values()) or gives_up(self.desk)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.replaced and not self._leaving:
            if not self.may_close() or (self.desk.unwritten.waits and not gives_up(self.desk)):
                event.ignore()
                return
            # Nothing is asked twice; whoever closes it once more does not wait.
            self._leaving = True
            for page in self._pages.values():
                page.let_go()
            if self.farewell():
                # Once that is done it closes by itself.
                event.ignore()
                return
        self._shape.remember()
        if not self.replaced:
            self.desk.jobs.cancel_all()
        super().closeEvent(event)
