"""The frame: menu bar, sidebar, header, pages, status bar, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui.commands import Command, Commands
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.header import Header
from unnm_desktop.ui.later import after_paint
from unnm_desktop.ui.memory import memory
from unnm_desktop.ui.places import PLACES, Place
from unnm_desktop.ui.sidebar import Sidebar
from unnm_desktop.ui.status_bar import StatusBar
from unnm_desktop.ui.toast import Toasts
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.ui.page import Page
    from unnm_desktop.ui.palette import Finder

FIRST_SIZE = QSize(1366, 768)
LEAST_SIZE = QSize(1100, 640)
NARROW_BELOW = 1180
MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("view", N_("&View")),
    ("go", N_("&Go")),
    ("help", N_("&Help")),
)


@dataclass(frozen=True)
class Stop:
    """A place the officer has been to."""

    page: str
    record_id: UUID | None = None
    options: Mapping[str, object] = field(default_factory=dict)


class MainWindow(QMainWindow):
    """One workspace, one network at a time; pages arrive after the first paint."""

    def __init__(self, desk: Desk, places: Sequence[Place] = PLACES) -> None:
        super().__init__()
        self.desk = desk
        self.finder: Finder | None = None
        self._kinds: dict[str, type[Page]] = {}
        self._wanted: Stop | None = None
        self._pages: dict[str, Page] = {}
        self._page: Page | None = None
        self._page_commands: list[str] = []
        self._places = tuple(places)
        self._way: list[Stop] = []
        self._at = -1
        desk.ask.attach(self)
        look, language = desk.look, desk.language
        self.setWindowTitle(desk.tr(N_("UNNM Desktop")))
        self.setMinimumSize(LEAST_SIZE)
        self.commands = Commands(self, language, look)
        self.sidebar = Sidebar(language, look, places)
        self.header = Header(language, look, self.commands)
        self.stack = QStackedWidget()
        # A window that makes way for a fresh one leaves jobs and workspace to it.
        self.replaced = False
        self._guest: QWidget | None = None
        self._wait = label(look, "", "grey")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self._wait)
        self.status = StatusBar(desk)
        self.toasts = Toasts(self, self.status.height() + 12)
        self._build()
        self._menus = {name: QMenu(desk.tr(title), self) for name, title in MENUS}
        for name, menu in self._menus.items():
            self.menuBar().addMenu(menu)
            menu.aboutToShow.connect(lambda name=name: self._fill_menu(name))
        self.commands.add(*self._own_commands())
        self._connect()
        self._restore()

    def _build(self) -> None:
        content = QWidget()
        content.setObjectName("canvas")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        edge = QFrame()
        edge.setObjectName("sidebarEdge")
        edge.setFixedWidth(1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addWidget(edge)
        middle.addWidget(content, 1)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(middle, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        desk = self.desk
        self.sidebar.chosen.connect(lambda name: self.go(name))
        self.sidebar.network_chosen.connect(desk.wishes.network_wanted)
        self.header.search.textEdited.connect(self._search)
        self.header.search.returnPressed.connect(lambda: self._search(self.header.search.text()))
        desk.wishes.went.connect(self.go)
        desk.wishes.went_back.connect(self.back)
        desk.wishes.said.connect(self._say)
        desk.wishes.badge.connect(self.sidebar.set_badge)
        # A method, not a lambda: it is let go with the window, the hub outlives it.
        desk.hub.changed.connect(self._heard)

    def _own_commands(self) -> Sequence[Command]:
        rtl = self.desk.look.rtl
        go = [
            Command(
                f"go-{place.name}",
                place.title,
                lambda name=place.name: self.go(name),  # type: ignore[misc]  # mypy cannot infer a default's type
                place.icon,
                (f"Ctrl+{number}",) if number < 10 else (),
                menu="go",
            )
            for number, place in enumerate(self._places, 1)
        ]
        # The arrow points back along the line of reading.
        back, forward = ("Alt+Right", "Alt+Left") if rtl else ("Alt+Left", "Alt+Right")
        opened = lambda: self.desk.hub.is_open and not self.desk.hub.read_only  # noqa: E731 - asked by two commands
        return (
            Command("undo", N_("Undo"), self.undo, "undo-2", ("Ctrl+Z",), opened, "edit"),
            Command("redo", N_("Redo"), self.redo, "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y"), opened, "edit"),
            *go,
            Command("back", N_("Back"), self.back, "arrow-left", (back,), lambda: self._at > 0, "go"),
            Command(
                "forward", N_("Forward"), self.forward, "arrow-right", (forward,),
                lambda: self._at < len(self._way) - 1, "go",
            ),
            Command("palette", N_("Search or type a command"), self.open_palette, "search", ("Ctrl+K",), menu="go"),
            Command("sidebar", N_("Fold or unfold the sidebar"), self._fold, "panel-left", ("Shift+F9",), menu="view"),
            Command("larger", N_("Larger text"), lambda: self._resize_text(10), "zoom-in", ("Ctrl++", "Ctrl+="),
                    menu="view"),
            Command("smaller", N_("Smaller text"), lambda: self._resize_text(-10), "zoom-out", ("Ctrl+-",),
                    menu="view"),
            Command("normal", N_("Normal text size"), lambda: self._resize_text(0), "type", ("Ctrl+0",), menu="view"),
            Command("next-pane", N_("Next pane"), lambda: self._pane(1), "", ("F6",), menu="view"),
            Command("previous-pane", N_("Previous pane"), lambda: self._pane(-1), "", ("Shift+F6",), menu="view"),
            Command("shortcuts", N_("Keyboard shortcuts"), self._shortcuts, "keyboard", ("Ctrl+/",), menu="help"),
            Command("import", N_("Import a spreadsheet"), lambda: self.go("exchange"), "upload", (), opened, "file"),
            Command("quit", N_("Quit"), self.close, "log-out", ("Ctrl+Q",), menu="file"),
        )  # fmt: skip

    # Pages -----------------------------------------------------------------------------------------------------------

    def take_pages(self, kinds: Sequence[type[Page]]) -> None:
        """The pages are loaded; each is built when it is first shown."""
        self._kinds = {kind.name: kind for kind in kinds}
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.go(wanted.page, wanted.record_id, wanted.options)

    def page(self, name: str) -> Page:
        """The page of that name, built now if need be."""
        if name not in self._pages:
            page = self._kinds[name](self.desk)
            page.header_changed.connect(self._show_header)
            self._pages[name] = page
            self.stack.addWidget(page)
        return self._pages[name]

    @property
    def current(self) -> Page | None:
        """The page now shown."""
        return self._page

    def go(self, name: str, record_id: UUID | None = None, options: Mapping[str, object] | None = None) -> None:
        """Show a page and remember the way."""
        stop = Stop(name, record_id, dict(options or {}))
        # A page that is still being loaded is shown when it comes.
        self._wanted = stop if name not in self._kinds else None
        if self._wanted is not None:
            return
        if self._at < 0 or self._way[self._at] != stop:
            self._note_record()
            del self._way[self._at + 1 :]
            self._way.append(stop)
            self._at = len(self._way) - 1
        self._show(stop)

    def _note_record(self) -> None:
        # The way back leads to the record that was looked at, not only to its list.
        current = getattr(self._page, "current", None)
        if self._at >= 0 and callable(current):
            self._way[self._at] = Stop(self._way[self._at].page, current(), {})

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
        if first is not None and not self.sidebar.isAncestorOf(QApplication.focusWidget() or self):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_header(self) -> None:
        page = self._page
        if page is None:
            return
        self.header.show_page(page.heading(), page.subline())
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
        if self._at > 0:
            self._note_record()
            self._at -= 1
            self._show(self._way[self._at])

    def forward(self) -> None:
        """Go again where back came from."""
        if self._at < len(self._way) - 1:
            self._at += 1
            self._show(self._way[self._at])

    def where(self) -> Stop | None:
        """The stop now shown, for a fresh window to go to."""
        self._note_record()
        return self._way[self._at] if self._at >= 0 else None

    # What commands do ------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the newest step and say which."""
        self._commit_focus()
        self._said_back(self.desk.hub.undo, N_("Nothing to undo."), N_("Undone: {label}"),
                        N_("Undo “{label}” of {moment}? Press Ctrl+Z again."))  # fmt: skip

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._said_back(self.desk.hub.redo, N_("Nothing to redo."), N_("Done again: {label}"),
                        N_("Redo “{label}” of {moment}? Press Ctrl+Shift+Z again."))  # fmt: skip

    def _said_back(self, run: object, nothing: str, done: str, named: str) -> None:
        tr, language = self.desk.tr, self.desk.language
        try:
            result = run() if callable(run) else None
        except UserError as error:
            self.toasts.say(tr(error.message, **error.values))
            return
        if result is None:
            self.toasts.say(tr(nothing))
        elif result.done:
            self.toasts.say(tr(done, label=tr(result.label)))
        else:
            local = result.at.astimezone()
            moment = f"{language.day(local.date(), short=True)} {language.time(local.time())}"
            self.toasts.say(tr(named, label=tr(result.label), moment=moment))

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

        palette = Palette(self.desk, self.commands, self.finder, self)
        palette.box.setText(text)
        palette.show()
        palette.box.setFocus()

    def _shortcuts(self) -> None:
        lines = []
        for command in self.commands.all():
            keys = self.commands.keys(command)
            if keys:
                lines.append(f"\u2066{keys}\u2069   {self.commands.text(command)}")
        self.desk.ask.tell(self.desk.tr(N_("Keyboard shortcuts")), "\n".join(lines))

    def _resize_text(self, step: int) -> None:
        size = min(150, max(90, self.desk.settings.text_size + step)) if step else 100
        if size != self.desk.settings.text_size:
            self.desk.wishes.settings_wanted.emit(replace(self.desk.settings, text_size=size))

    def _fold(self) -> None:
        self._folded = not self.sidebar.narrow
        self._fit()

    def _pane(self, step: int) -> None:
        page = self._page
        panes: list[QWidget] = [self.sidebar.top_list, self.header.search]
        if page is not None:
            first = page.first_focus()
            if first is not None:
                panes.append(first)
            inspector = getattr(page, "inspector", None)
            if isinstance(inspector, QWidget) and inspector.isVisible():
                panes.append(inspector)
        now = QApplication.focusWidget()
        here = next(
            (n for n, pane in enumerate(panes) if now is pane or (now is not None and pane.isAncestorOf(now))), -1
        )
        pane = panes[(here + step) % len(panes)] if here >= 0 else panes[0]
        parts = getattr(pane, "parts", None)
        if parts is not None:
            parts.focus()
        else:
            pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill_menu(self, name: str) -> None:
        menu = self._menus[name]
        menu.clear()
        self.commands.refresh()
        for command in self.commands.all():
            if command.menu == name:
                menu.addAction(self.commands.action(command.id))

    def draw_icons(self) -> None:
        """The icons of the frame; a first start paints without them and draws them a moment later."""
        self.sidebar.draw_icons()
        self.header.search.draw_icon(self.desk.look)

    # The workspace ---------------------------------------------------------------------------------------------------

    def show_waiting(self) -> None:
        """Nothing is loaded yet."""
        self._wait.setText(self.desk.tr(N_("Opening the workspace…")))
        self.status.say_loading()

    def show_workspace(self, networks: Sequence[NetworkName], current: NetworkName | None) -> None:
        """The workspace is open and shows this network."""
        self.desk.networks, self.desk.network = tuple(networks), current
        self.desk.hub.network_id = current.id if current is not None else None
        self.sidebar.set_networks(networks, current)
        if current is not None:
            place = f" · {current.place}" if current.place else ""
            self.setWindowTitle(f"{current.name}{place}")
        self.status.say_opened(read_only=self.desk.hub.read_only)
        self._refresh_commands()

    def show_widget(self, widget: QWidget) -> None:
        """Something other than a page, such as the welcome."""
        self._drop_guest()
        self._guest = widget
        self.header.hide()
        self.sidebar.setEnabled(False)
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def show_pages(self) -> None:
        """Pages can be shown from now on."""
        self._drop_guest()
        self.sidebar.setEnabled(True)

    def _drop_guest(self) -> None:
        if self._guest is not None:
            self.stack.removeWidget(self._guest)
            self._guest.deleteLater()
            self._guest = None

    def add_file_commands(self, new: Callable[[], object], open_one: Callable[[], object]) -> None:
        """New and open in the File menu."""
        self.commands.add(
            Command("new-workspace", N_("New workspace"), new, "file-plus", (), menu="file"),
            Command("open-workspace", N_("Open a workspace"), open_one, "folder-open", ("Ctrl+O",), menu="file"),
        )

    # Shape -----------------------------------------------------------------------------------------------------------

    _folded = False

    def _fit(self) -> None:
        narrow = self._folded or self.width() < NARROW_BELOW
        if narrow != self.sidebar.narrow:
            self.sidebar.set_narrow(narrow)

    def _restore(self) -> None:
        store = memory()
        self._folded = store.value("window/folded", "false") == "true"
        state = store.value("window/geometry")
        if state is None or not self.restoreGeometry(state):
            screen = QApplication.primaryScreen()
            room = screen.availableSize() if screen is not None else FIRST_SIZE
            self.resize(FIRST_SIZE.boundedTo(room).expandedTo(LEAST_SIZE))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        after_paint(self, self.draw_icons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.toasts.place()

    def _commit_focus(self) -> None:
        """What is half typed is kept before something else happens."""
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            now.clearFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._commit_focus()
        store = memory()
        store.setValue("window/geometry", self.saveGeometry())
        store.setValue("window/folded", "true" if self._folded else "false")
        if not self.replaced:
            self.desk.jobs.cancel_all()
        super().closeEvent(event)
