"""The window's own commands: places, the way back, undo, text size, panes, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from unnm_desktop.i18n import N_
from unnm_desktop.ui import panes, undoing
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.places import Place

if TYPE_CHECKING:
    from unnm_desktop.ui.main_window import MainWindow

# The document behind Ctrl+P on the pages of lists; a page with a paper of its own has the key itself.
PRINTED = {
    "meetings": "agenda",
    "actions": "actions",
    "decisions": "decisions",
    "members": "directory",
    "workplan": "workplan",
}
NUMBERED = 9


def frame_commands(window: MainWindow, places: Sequence[Place]) -> Sequence[Command]:
    """What can be asked for on every page."""
    # The arrow points back along the line of reading.
    back, forward = ("Alt+Right", "Alt+Left") if window.desk.look.rtl else ("Alt+Left", "Alt+Right")
    can_write, text, way = _can_write(window), partial(_resize_text, window), window.navigation.way
    return (
        Command("new-meeting", N_("New meeting"), partial(_new_meeting, window), "calendar-plus",
                ("Ctrl+Shift+N",), can_write, "file"),
        Command("preview-list", N_("Preview and print"), partial(_preview, window), "printer", ("Ctrl+P",),
                partial(_has_paper, window), "file", why=N_("This page has no document of its own.")),
        Command("import", N_("Import a spreadsheet"), partial(window.go, "exchange"), "upload", (), can_write, "file"),
        Command("backup-now", N_("Back up now"), window.desk.wishes.backup_wanted.emit, "archive", (), can_write,
                "file"),
        Command("backups", N_("Backups"), partial(window.go, "backups"), "archive", (), can_write, "file"),
        Command("history-paper", N_("Save the history as PDF"), partial(_save_history, window), "file-clock", (),
                partial(_shows, window, "history"), "file"),
        Command("quit", N_("Quit"), window.close, "log-out", ("Ctrl+Q",), menu="file"),
        Command("undo", N_("Undo"), partial(_undo, window), "undo-2", ("Ctrl+Z",), can_write, "edit"),
        Command("redo", N_("Redo"), partial(undoing.redo, window.desk), "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y"),
                can_write, "edit"),
        *(
            Command(f"go-{place.name}", place.title, partial(window.go, place.name), place.icon,
                    (f"Ctrl+{number}",) if number <= NUMBERED else (), menu="go")
            for number, place in enumerate(places, 1)
        ),
        Command("duplicates", N_("Find possible duplicates"), partial(window.go, "duplicates"), "users", (),
                partial(_shows, window, "duplicates"), "go"),
        Command("back", N_("Back"), window.navigation.back, "arrow-left", (back,), partial(way.can_go, -1), "go",
                why=N_("There is no page before this one.")),
        Command("forward", N_("Forward"), window.navigation.forward, "arrow-right", (forward,), partial(way.can_go, 1),
                "go", why=N_("There is no page after this one.")),
        Command("palette", N_("Search or type a command"), window.open_palette, "search", ("Ctrl+K",), menu="go"),
        Command("sidebar", N_("Fold or unfold the sidebar"), window.fold, "panel-left", ("Shift+F9",), menu="view"),
        Command("larger", N_("Larger text"), partial(text, 10), "zoom-in", ("Ctrl++", "Ctrl+="), menu="view"),
        Command("smaller", N_("Smaller text"), partial(text, -10), "zoom-out", ("Ctrl+-",), menu="view"),
        Command("normal", N_("Normal text size"), partial(text, 0), "type", ("Ctrl+0",), menu="view"),
        Command("next-pane", N_("Next pane"), partial(_walk_panes, window, 1), "", ("F6",), menu="view"),
        Command("previous-pane", N_("Previous pane"), partial(_walk_panes, window, -1), "", ("Shift+F6",), menu="view"),
        Command("row-menu", N_("Menu of what is chosen"), panes.open_menu, "", ("Shift+F10",), menu="view"),
        Command("help", N_("Help"), partial(_help, window), "book-open", ("F1",), partial(window.knows, "manual"),
                "help"),
        Command("shortcuts", N_("Keyboard shortcuts"), partial(_shortcuts, window), "keyboard", ("Ctrl+/",),
                menu="help"),
        Command("about", N_("About UNNM Desktop"), partial(_about, window), "info", menu="help"),
    )  # fmt: skip


def network_commands(desk: Desk) -> Sequence[Command]:
    """The switcher's choices as commands: it has no place in a folded sidebar."""
    return [
        Command(
            f"network-{network.id}",
            N_("Switch to {name}"),
            partial(desk.wishes.network_wanted.emit, network),
            "chevrons-up-down",
            menu="go",
            values={"name": f"{network.name} · {network.place}" if network.place else network.name},
        )
        for network in desk.networks
        if network is not desk.network
    ]


def _can_write(window: MainWindow) -> Callable[[], bool]:
    hub = window.desk.hub
    return lambda: hub.is_open and not hub.read_only and window.stack.guest is None


def _shows(window: MainWindow, page: str) -> bool:
    return window.desk.hub.is_open and window.knows(page) and window.stack.guest is None


def _new_meeting(window: MainWindow) -> None:
    window.go("meetings")
    window.commands.run("new")


def _save_history(window: MainWindow) -> None:
    from unnm_desktop.ui.history_paper import save_history  # seldom wanted

    save_history(window)


def _has_paper(window: MainWindow) -> bool:
    return window.current is not None and window.current.name in PRINTED and window.knows("reports")


def _preview(window: MainWindow) -> None:
    if window.current is not None:
        window.go("reports", None, {"kind": PRINTED[window.current.name]})


def _undo(window: MainWindow) -> None:
    """Take back the newest step and say which; the keyboard stays where it was."""
    now = QApplication.focusWidget()
    window.leaving.commit_focus()
    undoing.undo(window.desk)
    # What was undone may have taken the field along.
    if now is not None and isValid(now) and window.isAncestorOf(now):
        now.setFocus()


def _resize_text(window: MainWindow, step: int) -> None:
    """Larger or smaller text; 0 is the normal size."""
    kept = window.desk.settings
    size = min(150, max(90, kept.text_size + step)) if step else 100
    if size != kept.text_size:
        window.desk.wishes.settings_wanted.emit(replace(kept, text_size=size))


def _walk_panes(window: MainWindow, step: int) -> None:
    """Give the keyboard to the next part of the window, or the one before."""
    page, header = window.current, window.header
    found: list[QWidget | None] = [window.sidebar.top_list, header.search if header.isVisible() else None]
    if page is not None:
        found += [page.first_focus(), getattr(page, "inspector", None)]
    found += [toast.button for toast in window.toasts.shown()]
    panes.walk([pane for pane in found if pane is not None and pane.isVisible()], step)


def _help(window: MainWindow) -> None:
    """The manual, at the chapter that tells of the page on the screen."""
    from unnm_desktop.ui.chapters import CHAPTER_OF  # the manual is not read before the first paint

    page = window.current
    tab = f"{page.name}:{page.leads_back().get('tab', '')}" if page is not None else ""
    chapter = CHAPTER_OF.get(tab) or (CHAPTER_OF.get(page.name) if page is not None else None)
    window.go("manual", options={"chapter": chapter} if chapter else None)


def _shortcuts(window: MainWindow) -> None:
    from unnm_desktop.ui.shortcut_sheet import ShortcutSheet  # only when first asked for

    ShortcutSheet(window.desk, window.commands, window).exec()


def _about(window: MainWindow) -> None:
    from unnm_desktop.ui.about import About  # as above

    About(window.desk, window).exec()
