"""The commands of every page with a list: its filter, its columns, its details and the record that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from unnm_desktop.i18n import N_
from unnm_desktop.ui.bulk import COPY, copy_rows
from unnm_desktop.ui.commands import NO_ROW, Command

if TYPE_CHECKING:
    from unnm_desktop.ui.page import RecordsPage


NO_FILTERS = N_("This list has no filters of its own.")


def list_commands(page: RecordsPage) -> Sequence[Command]:
    """What can be asked for on a page with a list."""
    # Reads the lists of the services, which this floor's bases do not need for themselves.
    from unnm_desktop.ui.list_export import can_export, export_page

    narrows, can_remove, shown = partial(_narrows, page), page.can_remove, partial(_has_history, page)
    found = [
        Command("filter", N_("Filter this list"), partial(_to_filter, page), "funnel", ("Ctrl+F",), menu="view"),
        Command("narrow", N_("More filters"), page.narrowing.open_menu, "sliders-horizontal", ("Ctrl+Shift+F",),
                narrows, "view", why=NO_FILTERS),
        Command("views", N_("Saved views"), page.saved_views.open_menu, "bookmark", ("Ctrl+Shift+B",), narrows,
                "view", why=NO_FILTERS),
        Command("columns", N_("Choose columns"), page.columns.open_menu, "columns-3", menu="view"),
        Command("inspector", N_("Show or hide details"), page.toggle_inspector, "panel-right", ("F9",), menu="view"),
        Command("copy", COPY, partial(_copy, page), "copy", ("Ctrl+C",), partial(_is_chosen, page), "edit",
                within=page.lists, why=NO_ROW),
        Command("remove", N_("Move to Trash"), page.remove_selected, "trash", ("Delete",), can_remove, "edit",
                within=page.lists),
        Command("history", N_("History of this record"), partial(_see_history, page), "file-clock", ("Ctrl+H",), shown,
                "view", why=NO_ROW),
        Command("edit", N_("Edit details"), partial(_edit, page), "pencil", ("F2",), can_remove, "edit"),
    ]  # fmt: skip
    if can_export(page):
        export = partial(export_page, page)
        found.append(Command("export", N_("Export this list"), export, "file-spreadsheet", menu="file"))
    if page.new_text:
        found.insert(
            0,
            Command("new", page.new_text, page.new, "plus", ("Ctrl+N",), page.can_create, "file", why=page.why_not_new),
        )
    return found


def _to_filter(page: RecordsPage) -> None:
    page.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
    page.filter_box.selectAll()


def _narrows(page: RecordsPage) -> bool:
    return page.narrowing.button.isVisibleTo(page)


def _copy(page: RecordsPage) -> None:
    copy_rows(page, page.marked())


def _is_chosen(page: RecordsPage) -> bool:
    return bool(page.marked())


def _edit(page: RecordsPage) -> None:
    page.show_inspector(shown=True)
    page.inspector.parts.focus()


def _has_history(page: RecordsPage) -> bool:
    return bool(page.kind) and page.current() is not None


def _see_history(page: RecordsPage) -> None:
    chosen = page.current()
    if chosen is not None:
        page.desk.go("history", chosen, entity=page.kind)
